"""Maker: files that are no DICOM become objects of a study: looked at, then written where an upload takes them."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.errors import CannotDecode, DiskError, LightboxError
from desktop_app.core.making import MOST_BYTES, FileKind, FileToMake, MakeForm, MakePlan, StudyContext
from desktop_app.core.sizes import size_text
from desktop_app.core.words import say, t
from desktop_app.services.decoder import Decoder, Urgency

if TYPE_CHECKING:
    from desktop_app.dicomweb.client import DicomWebClient
    from desktop_app.dicomweb.dicom_json import DicomJsonDataset

_SERIES_NUMBER = 901            # what was added stands behind what was taken
_MAGIC = (
    (b"\xff\xd8\xff", FileKind.JPEG), (b"\x89PNG\r\n\x1a\n", FileKind.PNG), (b"II*\0", FileKind.TIFF),
    (b"MM\0*", FileKind.TIFF), (b"%PDF-", FileKind.PDF),
)
_UNKNOWN = t("services", "It is neither JPEG, PNG, TIFF, PDF nor MP4.")
_TOO_LARGE = t("services", "It is larger than {}.")


class Maker:
    """Writes below `folder`, one folder of its own for each call. Lives on the network thread."""

    def __init__(self, folder: Path, decoder: Decoder) -> None:
        self._folder, self._decoder = folder, decoder

    async def look(self, files: Sequence[FileToMake]) -> tuple[MakePlan, ...]:
        """What each file would become. Raises nothing of LightboxError: a refusal stands in the plan."""
        return tuple([await self._decoder.run(lambda file=file: _plan(file), urgency=Urgency.IDLE)
                      for file in files])

    async def make(self, plans: Sequence[MakePlan], form: MakeForm, context: StudyContext) -> Path:
        """Writes the objects of one new series; returns the folder that holds them and nothing else.

        Raises DiskError, or CannotDecode when a file is not any more what it was when it was looked at.
        """
        folder = self._folder / uuid.uuid4().hex
        files = [plan.file for plan in plans if not plan.refusal]
        try:
            await self._decoder.run(lambda: _make_all(files, form, context, folder), urgency=Urgency.IDLE)
        except OSError as error:
            raise DiskError(detail=str(error.strerror)) from error
        return folder

    async def remove(self, folder: Path) -> None:
        """What was made is in the archive."""
        if folder.parent == self._folder:
            await self._decoder.run(lambda: shutil.rmtree(folder, ignore_errors=True), urgency=Urgency.IDLE)

    async def sweep(self, wanted: frozenset[Path]) -> None:
        """Removes what no unfinished upload asks for."""
        def go() -> None:
            for folder in self._folder.iterdir() if self._folder.is_dir() else ():
                if folder not in wanted:
                    shutil.rmtree(folder, ignore_errors=True)

        await self._decoder.run(go, urgency=Urgency.IDLE)


async def context_of(client: DicomWebClient, first: StudyContext) -> StudyContext:
    """The patient's and the study's attributes as an instance of the study has them; `first` is what the search told,
    and all there is when the archive hands out no metadata. Raises the errors of the line."""
    async for series in client.iter_series(first.study_instance_uid):
        async for instance in client.iter_instances(
            first.study_instance_uid, series.series_instance_uid, limit=1
        ):
            try:
                found = await client.instance_metadata(
                    first.study_instance_uid, series.series_instance_uid, instance.sop_instance_uid)
            except LightboxError:
                return first
            return _context(found[0], first) if found else first
    return first


def _context(dataset: DicomJsonDataset, first: StudyContext) -> StudyContext:
    def name(tag: str, default: str) -> str:
        found = dataset.person_name(tag)
        return "=".join((found.alphabetic, found.ideographic, found.phonetic)).rstrip("=") or default

    def text(tag: str, default: str) -> str:
        return dataset.text(tag) if tag in dataset else default

    return StudyContext(
        first.study_instance_uid, name("00100010", first.patient_name), text("00100020", first.patient_id),
        text("00100021", ""), text("00100030", first.patient_birth_date), text("00100040", first.patient_sex),
        text("00080020", first.study_date), text("00080030", first.study_time), text("00200010", first.study_id),
        text("00080050", first.accession_number), name("00080090", first.referring_physician),
        text("00081030", first.description),
    )


def kind_of(data: bytes) -> FileKind | None:
    """What the first bytes say."""
    if data[4:8] == b"ftyp":
        return FileKind.MP4
    found = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    return found or (FileKind.PDF if b"%PDF-" in data[:1024] else None)


def _plan(file: FileToMake) -> MakePlan:
    """On a decode thread."""
    from desktop_app.core.making import PictureUse
    from desktop_app.objects import encapsulated
    from desktop_app.objects.secondary_capture import look_at_picture, sop_class_words

    try:
        data = _bytes_of(file)
        kind = kind_of(data)
        if kind is None:
            return MakePlan(file, size=len(data), refusal=say("services", _UNKNOWN))
        if kind is FileKind.PDF:
            pages = encapsulated.look_at_pdf(data)
            return MakePlan(file, kind, "Encapsulated PDF",
                            say("services", "its own bytes"), pages=pages, size=len(data))
        if kind is FileKind.MP4:
            video = encapsulated.look_at_film(data).video
            return MakePlan(file, kind, "Video Photographic Image",
                            say("services", "its own bytes"), video.frames, video.rows,
                            video.columns, size=len(data))
        picture = look_at_picture(data, kind)
        return MakePlan(file, kind, sop_class_words(picture, PictureUse.SECONDARY_CAPTURE), picture.how, picture.frames,
                        picture.rows, picture.columns, bits=picture.bits, size=len(data))
    except LightboxError as error:
        return MakePlan(file, refusal=error.user_text)
    except OSError as error:
        return MakePlan(file, refusal=say(
            "services", "The file cannot be read: {strerror}.").format(
                strerror=error.strerror or say("services", "the disk refused")))


def _bytes_of(file: FileToMake) -> bytes:
    if file.read is not None:
        return file.read()
    if file.path.stat().st_size > MOST_BYTES:
        raise CannotDecode(say("services", _TOO_LARGE).format(size_text(MOST_BYTES)))
    return file.path.read_bytes()


def _make_all(files: Sequence[FileToMake], form: MakeForm, context: StudyContext, folder: Path) -> None:
    """On a decode thread. The files' names say nothing."""
    from desktop_app.objects import encapsulated
    from desktop_app.objects.new_object import new_uid
    from desktop_app.objects.secondary_capture import look_at_picture, picture_object, sop_class_words

    folder.mkdir(parents=True, mode=0o700)
    now = datetime.now(UTC).astimezone()
    series: dict[str, tuple[str, int]] = {}         # objects of another modality have a series of their own
    for number, file in enumerate(files, start=1):
        data = _bytes_of(file)
        kind = kind_of(data)
        if kind is None:
            raise CannotDecode(say("services", _UNKNOWN))
        picture = look_at_picture(data, kind) if kind.is_picture else None
        words = sop_class_words(picture, form.use) if picture is not None else kind.value
        uid, series_number = series.setdefault(words, (new_uid(), _SERIES_NUMBER + len(series)))
        place = {"series_instance_uid": uid, "series_number": series_number, "instance_number": number,
                 "description": form.description, "now": now}
        if picture is not None:
            dataset = picture_object(data, picture, context, form.use, **place)  # type: ignore[arg-type]
        elif kind is FileKind.PDF:
            title = form.title or form.description
            dataset = encapsulated.pdf_object(data, context, title=title, **place)  # type: ignore[arg-type]
        else:
            film = encapsulated.look_at_film(data)
            dataset = encapsulated.film_object(data, film, context, **place)  # type: ignore[arg-type]
        dataset.save_as(folder / f"{number}.dcm", enforce_file_format=True)
