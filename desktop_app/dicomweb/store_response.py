"""What became of each stored instance (PS3.18 10.5.3, I.2): read from the body, whatever the status says.

Servers disagree: 202 or 409 or 400 for a mixture, XML by default or JSON, an object or an array of one, empty
sequences, no Content-Type at all. The body names the instances, so the body decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.errors import LightboxError
from desktop_app.dicomweb.answers import datasets_in
from desktop_app.dicomweb.dicom_json import DicomJsonDataset
from desktop_app.dicomweb.media_types import MediaType, parse_media_type

_REFERENCED = "00081199"            # Referenced SOP Sequence: stored
_FAILED = "00081198"                # Failed SOP Sequence
_OTHER_FAILURES = "0008119A"        # Other Failures Sequence: parts that were no DICOM
_FAILED_ATTRIBUTES = "00741048"     # Failed Attributes Sequence (Azure), with Error Comment inside
_ERROR_COMMENTS = ("00000902", "00090097", "00091097", "00287FE0")


@dataclass(frozen=True, slots=True)
class StoredInstance:
    """An instance the server says it has stored. `warning_reason` is the code of (0008,1196), if there is one."""

    sop_instance_uid: str
    sop_class_uid: str = ""
    retrieve_url: str = ""
    warning_reason: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FailedInstance:
    """One the server did not store. `sop_instance_uid` is empty for a part it could not read as DICOM."""

    sop_instance_uid: str
    sop_class_uid: str = ""
    reason: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class StoreResponse:
    """The answer to one store request. `understood` is False when the body named no instance at all:
    then only reading back tells what is there."""

    status: int
    stored: tuple[StoredInstance, ...] = ()
    failed: tuple[FailedInstance, ...] = ()
    detail: str = ""
    understood: bool = True

    def reason_for(self, sop_instance_uid: str) -> FailedInstance | None:
        """The failure of this instance, None when it is not among the failed."""
        return next((item for item in self.failed if item.sop_instance_uid == sop_instance_uid), None)

    def stored_as(self, sop_instance_uid: str) -> StoredInstance | None:
        """What the server says of this instance, None when it is not among the stored."""
        return next((item for item in self.stored if item.sop_instance_uid == sop_instance_uid), None)


def parse_store_response(status: int, content_type: MediaType | str, body: bytes) -> StoreResponse:
    """The response read tolerantly. Never raises: what cannot be read makes `understood` False."""
    declared = content_type if isinstance(content_type, MediaType) else parse_media_type(content_type)
    datasets, detail = _datasets(declared, body)
    stored: list[StoredInstance] = []
    failed: list[FailedInstance] = []
    for dataset in datasets:
        stored += (_stored(item) for item in dataset.sequence(_REFERENCED) if len(item))
        failed += (_failed(item) for item in dataset.sequence(_FAILED) if len(item))
        failed += (_failed(item) for item in dataset.sequence(_OTHER_FAILURES) if len(item))
    return StoreResponse(status, tuple(stored), tuple(failed), detail, bool(stored or failed))


def _stored(item: DicomJsonDataset) -> StoredInstance:
    return StoredInstance(
        sop_instance_uid=item.text("00081155"),
        sop_class_uid=item.text("00081150"),
        retrieve_url=item.text("00081190"),
        warning_reason=item.int("00081196"),
        detail=_detail(item),
    )


def _failed(item: DicomJsonDataset) -> FailedInstance:
    return FailedInstance(
        sop_instance_uid=item.text("00081155"),
        sop_class_uid=item.text("00081150"),
        reason=item.int("00081197"),
        detail=_detail(item),
    )


def _detail(item: DicomJsonDataset) -> str:
    """The server's own words about an instance, wherever it puts them."""
    words = [item.text(tag) for tag in _ERROR_COMMENTS]
    for nested in (*item.sequence(_FAILED_ATTRIBUTES), *(n for tag in _ERROR_COMMENTS for n in item.sequence(tag))):
        words += [nested.text(tag) for tag in _ERROR_COMMENTS]
    return " ".join(dict.fromkeys(word for word in words if word))[:500]


def _datasets(declared: MediaType, body: bytes) -> tuple[list[DicomJsonDataset], str]:
    found: list[DicomJsonDataset] = []
    try:
        found.extend(datasets_in(declared, body))
    except LightboxError as error:
        return found, error.detail
    return found, ""
