"""Objects that were made here, sent as metadata and bytes side by side: what goes over the line, and what when not."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pydicom
import pytest
from pydicom.dataset import Dataset

from desktop_app.core.making import FileKind, PictureUse, StudyContext
from desktop_app.core.store import System
from desktop_app.core.upload import UploadItem, Verdict
from desktop_app.core.upload_choices import UploadChoices
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.multipart import MultipartReader
from desktop_app.dicomweb.native_xml import read_native_xml
from desktop_app.dicomweb.presets import dialect_for
from desktop_app.objects.encapsulated import pdf_object
from desktop_app.objects.secondary_capture import look_at_picture, picture_object
from desktop_app.services.decoder import Decoder
from desktop_app.services.uploader import Uploader
from tests.support.pictures import pattern, pdf_bytes, picture_bytes

CONTEXT = StudyContext("1.2.3", "Yamada^Tarou", "P1")
PLACE = {"series_instance_uid": "2.25.1", "series_number": 901, "instance_number": 1, "description": "Added",
         "now": datetime(2026, 1, 2, tzinfo=UTC)}
JPEG, PDF = picture_bytes(pattern(), "JPEG"), pdf_bytes()
APART = UploadChoices(apart=True)
JSON, XML, WHOLE = "application/dicom+json", "application/dicom+xml", "application/dicom"


class Archive:
    """Lists what it took. `refuses`: the status by which it answers metadata and bytes side by side; `fails` answers
    them with a failed instance instead."""

    def __init__(self, refuses: int = 0, *, fails: bool = False) -> None:
        self.refuses, self.fails = refuses, fails
        self.kinds: list[str] = []
        self.bulk: list[tuple[str, bytes]] = []
        self.held: set[str] = set()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            rows = [{"00080018": {"vr": "UI", "Value": [uid]}} for uid in sorted(self.held)]
            past = int(parse_qs(request.url.query.decode()).get("offset", ["0"])[0])
            return httpx.Response(200, json=rows[past:])
        parts = MultipartReader(request.headers["content-type"])
        head, *others = parts.feed(request.content) + parts.close()
        kind = head.media_type.name
        self.kinds.append(kind)
        if kind != WHOLE and self.refuses:
            return httpx.Response(self.refuses)
        uid = _uid(kind, head.data)
        if kind != WHOLE and self.fails:
            return httpx.Response(409, json={"00081198": {"vr": "SQ", "Value": [
                {"00081155": {"vr": "UI", "Value": [uid]}, "00081197": {"vr": "US", "Value": [0x0110]}}]}})
        self.bulk += [(part.media_type.name, part.data) for part in others]
        self.held.add(uid)
        return httpx.Response(200, json={"00081199": {"vr": "SQ", "Value": [
            {"00081155": {"vr": "UI", "Value": [uid]}}]}})


def _uid(kind: str, data: bytes) -> str:
    if kind == WHOLE:
        return str(pydicom.dcmread(BytesIO(data)).SOPInstanceUID)
    if kind == XML:
        return next(iter(read_native_xml(data))).text("00080018")
    return str(json.loads(data)[0]["00080018"]["Value"][0])


@pytest.fixture
def decoder() -> AsyncIterator[Decoder]:
    made = Decoder(1)
    yield made      # type: ignore[misc]
    made.stop()


def picture(folder: Path, name: str = "1.dcm") -> None:
    _save(picture_object(JPEG, look_at_picture(JPEG, FileKind.JPEG), CONTEXT, PictureUse.PHOTOGRAPH,
                         **PLACE), folder / name)       # type: ignore[arg-type]


def document(folder: Path, name: str = "1.dcm") -> None:
    _save(pdf_object(PDF, CONTEXT, title="Letter", **PLACE), folder / name)     # type: ignore[arg-type]


def _save(dataset: Dataset, path: Path) -> None:
    dataset.save_as(path, enforce_file_format=True)


async def verdicts(
    folder: Path, archive: Archive, system: System, decoder: Decoder, choices: UploadChoices = APART
) -> tuple[list[UploadItem], DicomWebClient]:
    async with httpx.AsyncClient(transport=httpx.MockTransport(archive)) as http:
        root = "http://archive.test/dicom-web"
        client = DicomWebClient(root, http, dialect_for(root, system))
        judged: list[UploadItem] = []
        async for event in Uploader(client, decoder).upload([folder], choices=choices):
            judged += event.judged
        return judged, client


@pytest.mark.parametrize(("system", "make", "kind", "bulk"), [
    (System.GOOGLE, picture, JSON, ("image/jpeg", JPEG)),
    (System.DCM4CHEE, document, XML, ("application/pdf", PDF)),
], ids=["google", "dcm4chee"])
async def test_each_gets_it_as_it_prefers(
    system: System, make: Callable[[Path], None], kind: str, bulk: tuple[str, bytes], tmp_path: Path, decoder: Decoder,
) -> None:
    make(tmp_path)
    archive = Archive()
    judged, _ = await verdicts(tmp_path, archive, system, decoder)
    assert [item.verdict for item in judged] == [Verdict.STORED]
    assert archive.kinds == [kind]
    ((name, data),) = archive.bulk
    assert name == bulk[0] and data.startswith(bulk[1])


@pytest.mark.parametrize(("system", "make"), [(System.GOOGLE, document), (System.DCM4CHEE, picture),
                                              (System.ORTHANC, picture), (System.LEARNED, document)])
async def test_what_is_not_documented_to_be_taken_apart_goes_whole(
    system: System, make: Callable[[Path], None], tmp_path: Path, decoder: Decoder
) -> None:
    make(tmp_path)
    archive = Archive()
    judged, _ = await verdicts(tmp_path, archive, system, decoder)
    assert [item.verdict for item in judged] == [Verdict.STORED] and archive.kinds == [WHOLE]


async def test_files_of_a_person_go_as_they_are(tmp_path: Path, decoder: Decoder) -> None:
    picture(tmp_path)
    archive = Archive()
    await verdicts(tmp_path, archive, System.GOOGLE, decoder, UploadChoices())
    assert archive.kinds == [WHOLE]


@pytest.mark.parametrize("status", [400, 415, 500])
async def test_refused_like_that_it_goes_whole_and_is_not_offered_again(
    status: int, tmp_path: Path, decoder: Decoder
) -> None:
    for name in ("1.dcm", "2.dcm", "3.dcm"):
        picture(tmp_path, name)
    archive = Archive(refuses=status)
    judged, client = await verdicts(tmp_path, archive, System.GOOGLE, decoder)
    assert [item.verdict for item in judged] == [Verdict.STORED] * 3
    assert archive.kinds.count(WHOLE) == 3 and JSON in archive.kinds
    assert not client.dialect.stores_apart
    assert re.search("side by side", " ".join(client.dialect.notes))


async def test_an_instance_that_failed_like_that_goes_whole_once(tmp_path: Path, decoder: Decoder) -> None:
    document(tmp_path)
    archive = Archive(fails=True)
    judged, client = await verdicts(tmp_path, archive, System.DCM4CHEE, decoder)
    assert [item.verdict for item in judged] == [Verdict.STORED]
    assert archive.kinds == [XML, WHOLE] and client.dialect.stores_apart
    assert not archive.bulk, "nothing of the first try is left"


def test_the_journal_remembers_how_it_goes() -> None:
    assert UploadChoices.from_text(APART.as_text()) == APART
    assert UploadChoices.from_text("|NEARLINE|verify").apart is False
