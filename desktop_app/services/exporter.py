"""Exporter: DICOM objects and pictures as files. Nothing half-written ever stands under its final name."""

from __future__ import annotations

import asyncio
import errno
import zipfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from desktop_app.core.audit import AuditKind
from desktop_app.core.errors import DiskError, SwitchedOff
from desktop_app.core.export import DicomForm, ExportProgress, PictureForm
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.view_state import ViewState
from desktop_app.core.words import say
from desktop_app.services.audit import Audit
from desktop_app.services.decoder import Decoder

if TYPE_CHECKING:
    from desktop_app.core.frame import Frame
    from desktop_app.objects.media import MediaDirectory
    from desktop_app.services.image_loader import ImageLoader
    from desktop_app.services.study_objects import StudyObjects

_JPEG_QUALITY = 92
_READ_AHEAD = 4
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class _Names:
    """Names without anything of the patient: series and instances by number."""

    series: dict[str, int]

    def of(self, ref: FrameRef, number: int) -> Path:
        return Path(f"S{self.series[ref.series_instance_uid]:03d}") / f"I{number:06d}.dcm"


class Exporter:
    """Of one archive. Lives on the network thread; files are written on others."""

    def __init__(
        self, objects: StudyObjects, loader: ImageLoader, decoder: Decoder, audit: Audit | None = None,
        store_name: str = "", refusal: str = "",
    ) -> None:
        """`refusal`: why nothing may be exported here; every method then raises SwitchedOff with it."""
        self._refusal = refusal
        self._audit, self._store_name = audit or Audit(None), store_name
        self._objects, self._loader, self._decoder = objects, loader, decoder

    async def dicom(self, refs: Sequence[FrameRef], target: Path, form: DicomForm) -> AsyncIterator[ExportProgress]:
        """Writes the instances as they are stored, into a folder, a ZIP (`target` is the file) or a media folder.

        Raises DiskError, which names how many were written; those stay.
        """
        self._may_export()
        refs = tuple({ref.sop_instance_uid: ref for ref in refs}.values())
        series = {uid: number for number, uid in enumerate(dict.fromkeys(ref.series_instance_uid for ref in refs), 1)}
        writer = _WRITERS[form](target, _Names(series))
        done = nbytes = 0
        try:
            with _said(lambda: done, len(refs), target):
                await asyncio.to_thread(writer.begin)
                async for ref, data in self._ahead(refs):
                    await asyncio.to_thread(writer.add, ref, data, done + 1)
                    done, nbytes = done + 1, nbytes + len(data)
                    yield ExportProgress(done, len(refs), nbytes, str(target))
                await asyncio.to_thread(writer.end)
        finally:
            await asyncio.to_thread(writer.tidy)
            await self._note(refs[:done])

    async def picture(self, pixels: Any, path: Path, form: PictureForm, study_instance_uid: str) -> None:
        """One picture of a study, uint8 (rows, columns) or (rows, columns, 3). Raises DiskError."""
        self._may_export()
        with _said(lambda: 0, 1, path):
            await self._decoder.run(_save_picture, pixels, path, form)
        await self._audit.note(AuditKind.EXPORTED, self._store_name, study_instance_uid, 1)

    async def file(self, data: bytes, path: Path, study_instance_uid: str) -> None:
        """A file that was made of a study elsewhere. Raises DiskError."""
        self._may_export()
        with _said(lambda: 0, 1, path):
            await asyncio.to_thread(write_whole, path, data)
        await self._audit.note(AuditKind.EXPORTED, self._store_name, study_instance_uid, 1)

    async def series(self, refs: Sequence[FrameRef], state: ViewState, folder: Path) -> AsyncIterator[ExportProgress]:
        """Every frame as a PNG at its own size, windowed and turned as `state` says. Raises DiskError or what a frame
        could not be decoded for."""
        self._may_export()
        done = 0
        try:
            with _said(lambda: done, len(refs), folder):
                await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
                for number, ref in enumerate(refs, start=1):
                    frame = await self._loader.frame(ref, pressing=False)
                    path = folder / f"image-{number:05d}.png"
                    await self._decoder.run(_save_frame, frame, state, path)
                    done = number
                    yield ExportProgress(done, len(refs), 0, str(folder))
        finally:
            await self._note(refs[:done])

    async def film(
        self, refs: Sequence[FrameRef], state: ViewState, path: Path, frame_ms: float
    ) -> AsyncIterator[ExportProgress]:
        """All frames as one animated WebP. Raises DiskError or what a frame could not be decoded for."""
        self._may_export()
        pictures: list[Any] = []
        with _said(lambda: 0, 1, path):
            for number, ref in enumerate(refs, start=1):
                frame = await self._loader.frame(ref, pressing=False)
                pictures.append(await self._decoder.run(_rendered, frame, state))
                yield ExportProgress(number, len(refs) + 1, 0, str(path))
            await self._decoder.run(_save_film, pictures, path, frame_ms)
        await self._note(refs)
        yield ExportProgress(len(refs) + 1, len(refs) + 1, 0, str(path))

    def _may_export(self) -> None:
        if self._refusal:
            raise SwitchedOff(self._refusal)

    async def _note(self, refs: Sequence[FrameRef]) -> None:
        """Writes down what has left: how many of each study."""
        for study, count in Counter(ref.study_instance_uid for ref in refs).items():
            await self._audit.note(AuditKind.EXPORTED, self._store_name, study, count)

    async def _ahead(self, refs: Sequence[FrameRef]) -> AsyncIterator[tuple[FrameRef, bytes]]:
        """The objects in their order, a few of them fetched at once."""
        coming: dict[int, asyncio.Task[bytes]] = {}
        try:
            for number, ref in enumerate(refs):
                for ahead in range(number, min(number + _READ_AHEAD, len(refs))):
                    if ahead not in coming:
                        coming[ahead] = asyncio.ensure_future(self._objects.bytes_of(refs[ahead], keep=False))
                yield ref, await coming.pop(number)
        finally:
            for task in coming.values():
                task.cancel()
            await asyncio.gather(*coming.values(), return_exceptions=True)


@contextmanager
def _said(done: Any, total: int, target: Path) -> Iterator[None]:
    """Says errors of the disk in a sentence that names what was written."""
    try:
        yield
    except OSError as error:
        why = (say("services", "The disk is full") if error.errno in _FULL
               else say("services", "The disk refused to write"))
        written = say("services", "nothing was written")
        if done():
            written = say("services", "{done} of {total} files were written to {name}").format(
                done=done(), total=total, name=target.name)
        raise DiskError(
            say(
                "services", "{why}: {written}, and nothing half-written is left. Make room, or choose another "
                "place.").format(why=why, written=written),
            detail=str(error.strerror)) from error


def write_whole(path: Path, data: bytes) -> None:
    """A file that is there whole or not at all."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


class _Writer(Protocol):
    """`tidy` runs in any case, last: it takes away what is not whole."""

    def begin(self) -> None: ...
    def add(self, ref: FrameRef, data: bytes, number: int) -> None: ...
    def end(self) -> None: ...
    def tidy(self) -> None: ...


class _FolderWriter:
    def __init__(self, target: Path, names: _Names) -> None:
        self._target, self._names = target, names
        self._made: set[Path] = set()

    def begin(self) -> None:
        self._target.mkdir(parents=True, exist_ok=True)

    def add(self, ref: FrameRef, data: bytes, number: int) -> None:
        path = self._target / self._names.of(ref, number)
        if path.parent not in self._made:
            path.parent.mkdir(exist_ok=True)
            self._made.add(path.parent)
        write_whole(path, data)

    def end(self) -> None: ...

    def tidy(self) -> None: ...


class _ZipWriter:
    def __init__(self, target: Path, names: _Names) -> None:
        self._target, self._names = target, names
        self._part = target.with_name(target.name + ".part")
        self._zip: zipfile.ZipFile | None = None

    def begin(self) -> None:
        self._zip = zipfile.ZipFile(self._part, "w", zipfile.ZIP_STORED, allowZip64=True)

    def add(self, ref: FrameRef, data: bytes, number: int) -> None:
        assert self._zip is not None
        self._zip.writestr(self._names.of(ref, number).as_posix(), data)

    def end(self) -> None:
        assert self._zip is not None
        self._zip.close()
        self._part.replace(self._target)

    def tidy(self) -> None:
        if self._zip is not None and self._zip.fp is not None:
            with suppress(OSError):             # the disk is full: the part goes anyway
                self._zip.close()
        self._part.unlink(missing_ok=True)


class _MediaWriter:
    """A folder with a DICOMDIR. The directory comes last: before it is there, nothing claims to be complete."""

    def __init__(self, target: Path, names: _Names) -> None:
        self._target = target
        self._directory: MediaDirectory | None = None
        self._parts: dict[str, Path] = {}

    def begin(self) -> None:
        from desktop_app.objects.media import MediaDirectory

        self._target.mkdir(parents=True, exist_ok=True)
        if (self._target / "DICOMDIR").exists():
            raise DiskError(say(
                "services", "There is a DICOMDIR in this folder already. Choose an empty folder."))
        self._directory = MediaDirectory()

    def add(self, ref: FrameRef, data: bytes, number: int) -> None:
        assert self._directory is not None
        part = self._target / f"{number:08d}.part"
        self._parts[ref.sop_instance_uid] = part
        part.write_bytes(data)
        self._directory.add(data)

    def end(self) -> None:
        assert self._directory is not None
        for uid, place in self._directory.places().items():
            path = self._target.joinpath(*place)
            path.parent.mkdir(parents=True, exist_ok=True)
            self._parts.pop(uid).replace(path)
        write_whole(self._target / "DICOMDIR", self._directory.data())

    def tidy(self) -> None:
        for part in self._parts.values():
            part.unlink(missing_ok=True)
        if self._directory is not None:
            self._directory.close()


_WRITERS: dict[DicomForm, Callable[[Path, _Names], _Writer]] = {
    DicomForm.FOLDER: _FolderWriter, DicomForm.ZIP: _ZipWriter, DicomForm.MEDIA: _MediaWriter,
}


def _rendered(frame: Frame, state: ViewState) -> Any:
    """A frame as it is shown, flipped and turned, uint8; aslant it lies on black."""
    import numpy as np

    from desktop_app.imaging.render import render

    pixels = render(frame, state.window, inverted=state.inverted)
    if state.flip_horizontal:
        pixels = pixels[:, ::-1]
    if state.flip_vertical:
        pixels = pixels[::-1]
    pixels = np.ascontiguousarray(np.rot90(pixels, -state.rotation))
    if not state.tilt:
        return pixels
    from PIL import Image

    return np.asarray(Image.fromarray(pixels).rotate(-state.tilt, Image.Resampling.BICUBIC, expand=True))


def _save_frame(frame: Frame, state: ViewState, path: Path) -> None:
    _save_picture(_rendered(frame, state), path, PictureForm.PNG)


def _save_picture(pixels: Any, path: Path, form: PictureForm) -> None:
    import io

    from PIL import Image

    out, image = io.BytesIO(), Image.fromarray(pixels)
    if form is PictureForm.JPEG:
        image.save(out, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
    elif form is PictureForm.TIFF:
        image.save(out, "TIFF", compression="tiff_deflate")
    else:
        image.save(out, {PictureForm.PNG: "PNG", PictureForm.WEBP: "WEBP"}[form], lossless=True)
    write_whole(path, out.getvalue())


def _save_film(pictures: list[Any], path: Path, frame_ms: float) -> None:
    import io

    from PIL import Image

    out = io.BytesIO()
    images = [Image.fromarray(pixels).convert("RGB") for pixels in pictures]
    images[0].save(out, "WEBP", save_all=True, append_images=images[1:], duration=max(round(frame_ms), 1), loop=0,
                   quality=90, method=2)
    write_whole(path, out.getvalue())
