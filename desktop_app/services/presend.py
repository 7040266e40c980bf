"""The check before sending, if someone wants it: of every file, and of what the files say together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from desktop_app.core.errors import LightboxError
from desktop_app.core.person_name import PersonName
from desktop_app.core.presend import CheckProgress, Finding, FindingKind
from desktop_app.core.query import StudyQuery
from desktop_app.core.upload import UploadItem
from desktop_app.core.words import say
from desktop_app.services.decoder import Decoder, Urgency
from desktop_app.services.upload_zip import Zips

if TYPE_CHECKING:
    from desktop_app.dicomweb.client import DicomWebClient

_AT_ONCE = 32
_MOST_STUDIES = 50


async def check_items(
    items: Sequence[UploadItem], client: DicomWebClient, decoder: Decoder, zips: Zips
) -> AsyncIterator[CheckProgress]:
    """Findings as they come. Raises nothing of LightboxError: what cannot be asked is not found."""
    yield CheckProgress(0, len(items), tuple(_together(items)) + tuple(await _against(items, client)))
    for start in range(0, len(items), _AT_ONCE):
        bunch = items[start:start + _AT_ONCE]
        found = await decoder.run(
            lambda bunch=bunch: tuple(finding for item in bunch for finding in _of_file(item, zips)),
            urgency=Urgency.IDLE)
        yield CheckProgress(min(start + len(bunch), len(items)), len(items), found)


def _of_file(item: UploadItem, zips: Zips) -> list[Finding]:
    import pydicom

    from desktop_app.objects.conformance_check import check_dataset
    from desktop_app.objects.deidentify import may_show_a_name

    try:
        if item.member:
            dataset = pydicom.dcmread(BytesIO(zips.read(item.path, item.member)), stop_before_pixels=True)
        else:
            dataset = pydicom.dcmread(item.path, stop_before_pixels=True)
        found = [Finding(kind, item.place, text) for kind, text in check_dataset(dataset)]
        doubt = may_show_a_name(dataset)
        return [*found, Finding(FindingKind.PIXELS, item.place, doubt)] if doubt else found
    except Exception as error:
        return [Finding(FindingKind.VALUE, item.place, say(
            "services", "The file cannot be read to its end ({name}).").format(name=type(error).__name__))]


def _together(items: Sequence[UploadItem]) -> list[Finding]:
    """Two files with one UID, one study with two patients."""
    found: list[Finding] = []
    first_of: dict[str, UploadItem] = {}
    patient_of: dict[str, UploadItem] = {}
    for item in items:
        first = first_of.setdefault(item.sop_instance_uid, item)
        if first is not item:
            found.append(Finding(FindingKind.DUPLICATE, item.place, say(
                "services", "It has the UID of {name}.").format(name=first.name)))
        other = patient_of.setdefault(item.study_instance_uid, item)
        if not _same_patient(other, item.patient_name, item.patient_id):
            text = say(
                "services", "It names another patient than {name}, which is of the same study.").format(
                    name=other.name)
            found.append(Finding(FindingKind.PATIENT, item.place, text))
    return found


async def _against(items: Sequence[UploadItem], client: DicomWebClient) -> list[Finding]:
    """What the archive says of the same studies."""
    found = []
    by_study = {item.study_instance_uid: item for item in reversed(items)}
    for uid, item in list(by_study.items())[:_MOST_STUDIES]:
        try:
            page = await client.search_studies(StudyQuery(text=uid), limit=5)
        except LightboxError:
            continue
        theirs = next((study for study in page.items if study.study_instance_uid == uid), None)
        if theirs is not None and not _same_patient(item, theirs.patient_name.alphabetic, theirs.patient_id):
            found.append(Finding(
                FindingKind.PATIENT, item.place, say(
                    "services", "The archive has this study under another patient's name or ID.")))
    return found


def _same_patient(item: UploadItem, name: str, patient_id: str) -> bool:
    """By ID where both have one, and by the alphabetic name, whatever its capitals and blanks."""
    ours, theirs = (_plain(PersonName.parse(one).alphabetic) for one in (item.patient_name, name))
    same_id = not item.patient_id or not patient_id or item.patient_id.strip() == patient_id.strip()
    return same_id and (ours == theirs or not ours or not theirs)


def _plain(name: str) -> str:
    return " ".join(name.replace("^", " ").casefold().split())
