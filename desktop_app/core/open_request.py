"""OpenRequest: what a link, a command line or another program asks to be shown. Anyone can write a link."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from urllib.parse import parse_qsl, urlsplit

from desktop_app.core.words import say

SCHEME = "lightbox"
_MOST = 8192                    # characters of a link or a message
_MOST_VALUES = 16               # studies that one link may open
_UID = re.compile(r"[0-9]+(\.[0-9]+)*")
_TEXT = re.compile(r"[^\x00-\x1f\x7f\\*?]{1,64}")        # LO and SH (PS3.5 6.2), and no wildcards

# IHE Radiology, Invoke Image Display [RAD-106], in any case; then our own words.
_STUDY = ("studyuid", "study", "studyinstanceuid")
_ACCESSION = ("accessionnumber", "accession")
_PATIENT = ("patientid", "patient")
_ARCHIVE = ("archive", "archiveurl")
_UNDERSTOOD = {
    "requesttype", *_STUDY, *_ACCESSION, *_PATIENT, *_ARCHIVE,
    # They narrow down or wish for what is shown in any case: taken, and not followed.
    "patientname", "patientbirthdate", "lowerdatetime", "upperdatetime", "mostrecentresults", "modalitiesinstudy",
    "viewertype", "diagnosticquality", "keyimagesonly",
}


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """`archive` is a name from the list or an address; empty: wherever it is found. Paths are absolute.

    `is_link`: it came from outside (a web page, a mail, a RIS), so it may name known archives only.
    """

    archive: str = ""
    studies: tuple[str, ...] = ()
    accessions: tuple[str, ...] = ()
    patient: str = ""
    upload: tuple[str, ...] = ()
    is_link: bool = False

    def __post_init__(self) -> None:
        """Raises ValueError with a sentence for what cannot be looked for."""
        if len(self.studies) + len(self.accessions) > _MOST_VALUES:
            raise ValueError(say(
                "core", "At most {MOST_VALUES} studies are opened at once.").format(MOST_VALUES=_MOST_VALUES))
        for uid in self.studies:
            if not _UID.fullmatch(uid) or len(uid) > 64:
                raise ValueError(say(
                    "core", "A Study Instance UID has digits and dots only, at most 64. Check the link."))
        for text in (*self.accessions, *((self.patient,) if self.patient else ())):
            if not _TEXT.fullmatch(text):
                raise ValueError(
                    say(
                        "core", "An accession number or a patient ID has at most 64 characters, none of them "
                        "*, ? or \\. Check it."))
        if not self.archive.isprintable() or len(self.archive) > 2048:
            raise ValueError(say("core", "The archive that was named is none. Check the link."))

    @property
    def asks_for_images(self) -> bool:
        return bool(self.studies or self.accessions or self.patient)


def parse_link(text: str) -> OpenRequest:
    """The request in `lightbox://…?study=…` or in the parameters of IHE's Invoke Image Display.

    Raises ValueError with a sentence; it never repeats what the link says, because a page may have written it.
    """
    if len(text) > _MOST or not text.isprintable():
        raise ValueError(say("core", "This link is too long or damaged."))
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        raise ValueError(say("core", "This link is damaged.")) from None
    if parts.scheme.lower() != SCHEME:
        raise ValueError(f"This is no link for Lightbox. It begins with {SCHEME}://.")
    found: dict[str, str] = {}
    for name, value in parse_qsl(parts.query, keep_blank_values=True, max_num_fields=64):
        key = name.lower()
        if key in found:
            raise ValueError(say(
                "core", "This link says the same thing twice. Ask where it came from for another one."))
        if key not in _UNDERSTOOD:
            raise ValueError(say("core", "This link asks for something that Lightbox does not know."))
        found[key] = value.strip()
    return _of_parameters(found)


def _of_parameters(found: Mapping[str, str]) -> OpenRequest:
    def one(names: tuple[str, ...]) -> str:
        return next((found[name] for name in names if found.get(name)), "")

    kind = found.get("requesttype", "").upper()
    if kind not in ("", "STUDY", "PATIENT"):
        raise ValueError(say(
            "core", "Lightbox shows studies and patients. This link asks for another kind of thing."))
    studies, accessions, patient = one(_STUDY), one(_ACCESSION), one(_PATIENT)
    if kind == "PATIENT":
        studies = accessions = ""
    request = OpenRequest(
        one(_ARCHIVE), _listed(studies), () if studies else _listed(accessions),
        "" if studies or accessions else _local_part(patient), is_link=True)
    if not request.asks_for_images:
        raise ValueError(say("core", "This link names no study, no accession number and no patient."))
    return request


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _local_part(patient: str) -> str:
    """IHE writes a patient ID as HL7 CX, `ID^^^&OID&ISO`: DICOM's Patient ID is its first part."""
    return patient.partition("^")[0]


def to_message(request: OpenRequest) -> bytes:
    """One line for a running program."""
    return json.dumps(asdict(request)).encode() + b"\n"


def from_message(line: bytes) -> OpenRequest:
    """The inverse. Raises ValueError for anything that `to_message` does not write."""
    if len(line) > 16 * _MOST:
        raise ValueError("the message is too long")
    given = json.loads(line)
    if not isinstance(given, dict) or set(given) != {field.name for field in fields(OpenRequest)}:
        raise ValueError("this is no request")
    lists = [given[name] for name in ("studies", "accessions", "upload")]
    texts = [given["archive"], given["patient"]]
    for each in lists:
        if not isinstance(each, list):
            raise ValueError("this is no request")  # noqa: TRY004 - as json says it of what it cannot read
        texts += each
    if not all(isinstance(text, str) for text in texts) or not isinstance(given["is_link"], bool):
        raise ValueError("this is no request")
    return OpenRequest(
        given["archive"], tuple(given["studies"]), tuple(given["accessions"]), given["patient"],
        tuple(given["upload"]), given["is_link"])
