"""The DICOM conformance statement, made from the program's own tables, in the order of PS3.2.

`statement()` returns it as Markdown. What is a table in the code is a table here; sentences stand only where the code
has none, and each names the clause that it is about.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from pydicom.uid import UID_dictionary

from desktop_app import __version__
from desktop_app.archive import attributes, charset, search_sql
from desktop_app.archive.rendering import OFFERED
from desktop_app.archive.server import _routes
from desktop_app.core.deidentify import DatesChoice
from desktop_app.core.display_set import has_pixels
from desktop_app.core.intended_use import NOT_FOR_DIAGNOSIS
from desktop_app.core.open_request import _ACCESSION, _ARCHIVE, _PATIENT, _STUDY, SCHEME
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import SignInKind
from desktop_app.core.study import Instance, Series
from desktop_app.core.upload import Verdict
from desktop_app.core.video import VIDEO
from desktop_app.dicomweb import media_types, rows
from desktop_app.dicomweb.dialect import Dialect
from desktop_app.dicomweb.query_params import study_searches
from desktop_app.imaging.codecs import can_decode
from desktop_app.objects import encapsulated, secondary_capture, structured_report
from desktop_app.objects.attributes import MANUFACTURER
from desktop_app.objects.open_object import kind_of_class
from desktop_app.resources import resource_path

Cells = tuple[str, ...]

# What Lightbox writes. The classes of highdicom's documents are named as it names them; a test looks that no other
# constructor of theirs is called.
WRITTEN: tuple[tuple[str, str], ...] = (
    ("1.2.840.10008.5.1.4.1.1.88.33", "measurements (TID 1500)"),
    ("1.2.840.10008.5.1.4.1.1.11.1", "windows, views, arrows and texts on grey images"),
    ("1.2.840.10008.5.1.4.1.1.11.2", "views, arrows and texts on colour images"),
    ("1.2.840.10008.5.1.4.1.1.88.59", "key images"),
    (secondary_capture._SC, "a picture that was added"),
    (secondary_capture._SC_GREY_BYTE, "several grey pictures in one file, 8 bits"),
    (secondary_capture._SC_GREY_WORD, "several grey pictures in one file, 16 bits"),
    (secondary_capture._SC_COLOUR, "several colour pictures in one file"),
    (secondary_capture._PHOTOGRAPH, "a photograph that was added"),
    (encapsulated._ENCAPSULATED_PDF, "a PDF that was added"),
    (encapsulated._VIDEO_PHOTOGRAPHIC, "a film that was added"),
)
_SIGN_INS = {
    SignInKind.NONE: "no authentication",
    SignInKind.BASIC: "HTTP Basic (RFC 7617)",
    SignInKind.BEARER: "a bearer token that the user was given (RFC 6750)",
    SignInKind.OIDC: "OpenID Connect: authorization code with PKCE (RFC 7636) in the system's browser (RFC 8252)",
    SignInKind.GOOGLE: "Google: the same, with an OAuth client of the user's organisation",
    SignInKind.GOOGLE_DEFAULT: "Google: Application Default Credentials of the computer",
    SignInKind.CERTIFICATE: "a client certificate in the TLS handshake",
}
_MATCHING = {
    attributes.Kind.UID: "list of UIDs", attributes.Kind.TEXT: "single value, wildcard; case ignored",
    attributes.Kind.MOMENT: "single value, range", attributes.Kind.NUMBER: "single value",
    attributes.Kind.SEQUENCE: "sequence",
}
_OWN_CODES = "99LIGHTBOX"
# Not in pydicom's dictionary.
_NEWER = {
    "1.2.840.10008.1.2.8.1": "Deflated Image Frame Compression",
    "1.2.840.113619.5.2": "Implicit VR Little Endian with pixels in big endian (private, GE; read only)",
}
_STORAGE = "1.2.840.10008.5.1.4.1.1."
_NEWER_CLASSES = {_STORAGE + "66.7": "Label Map Segmentation Storage"}
_NOT_MEDICAL = (_STORAGE + "501.", _STORAGE + "601.")               # luggage (DICOS) and materials (DICONDE)
# RT Dose and Parametric Map: their modules for pixels are conditional, and no image is rare.
_IMAGES_BY_CONDITION = frozenset({_STORAGE + "481.2", _STORAGE + "30"})
_KEY_MATCHING = {
    "StudyDate": "range", "ModalitiesInStudy": "single value", "StudyInstanceUID": "single value, typed whole"}
_SERIES = "/studies/{study}/series/{series}"
_INSTANCE = f"{_SERIES}/instances/{{instance}}"
_SEARCHES = ("studies", "series", "instances")
_RESOURCES = {"GET": "retrieve", "POST": "store", "DELETE": "delete", "OPTIONS": "what is allowed"}


def statement() -> str:
    parts = [
        *_overview(), *_introduction(), *_networking(), *_client(), *_server(), *_transfer_syntaxes(), *_classes(),
        *_media(), *_characters(), *_security(), *_annexes()]
    return "\n".join(parts).rstrip() + "\n"


def _overview() -> list[str]:
    return [
        "# DICOM conformance statement", "",
        f"Lightbox {__version__}, by {MANUFACTURER}. Made from the tables of the program, in the order of "
        f"PS3.2 of the "
        "DICOM standard.", "",
        f"> {NOT_FOR_DIAGNOSIS}", "",
        "## 1 Overview", "",
        "Lightbox is a workstation that reads, shows, measures and sends DICOM objects. It communicates "
        "over DICOM Web "
        "Services (PS3.18) only: there is no DIMSE, no association and no Application Entity Title. It also "
        "holds an "
        "archive of its own, which is a DICOM Web origin server.", "",
        *_table(("Service (PS3.18)", "User agent", "Origin server (the local archive)"), (
            ("Studies: Search (QIDO-RS, 10.6)", "yes", "yes"),
            ("Studies: Retrieve (WADO-RS, 10.4): instances, metadata, frames, bulk data", "yes", "yes"),
            ("Studies: Retrieve, rendered and thumbnail", "yes", "yes"),
            ("Studies: Store (STOW-RS, 10.5)", "yes", "yes"),
            ("Deletion by the DELETE method (not in PS3.18)", "where the archive has it", "yes"),
            ("WADO-URI (9)", "application/dicom", "no"),
            ("Worklist (UPS-RS, 11), Non-Patient Instances (12)", "no", "no"),
            ("Media: File-Set Creator (PS3.10)", "yes", "–"),
            ("Media: File-Set Reader", "yes, as folders of files", "–"),
        )),
    ]


def _introduction() -> list[str]:
    return [
        "## 2 Introduction", "",
        "For integrators and administrators. It does not promise that two systems work together: only a "
        "test of the two "
        "does. What Lightbox learned about an archive stands under **Conformance notes…** in the menu of "
        "that archive.", "",
        "The clauses named here are those of the current edition of the standard (PS3.18 8.7: media types; "
        "PS3.4 C.2.2.2: "
        "matching; PS3.15 E: de-identification).", "",
    ]


def _networking() -> list[str]:
    return [
        "## 3 Application model", "",
        "One process holds both sides. The user agent speaks HTTP/1.1 to every archive that was set up; the "
        "origin server is "
        "reached in the process by the program itself, and over a socket only when it was started with "
        "`--serve` (on "
        "loopback; for other computers with a token and TLS only).", "",
        "Transfers run side by side; how many is found out for each archive. A transfer that broke off is "
        "asked for again. An "
        "object counts as stored only when the archive lists it afterwards.", "",
    ]


def _client() -> list[str]:
    query = StudyQuery(patient_name="A", patient_id="A", accession_number="A", description="A", modality="CT",
                       date_from="20260101", date_to="20260102")
    keys = [name for search in study_searches(query, Dialect(), offset=100, limit=100) for name, _ in search]
    typed = {name for word in ("doe", "doe1") for search in study_searches(
        StudyQuery(text=word), Dialect(), offset=0, limit=100) for name, _ in search}
    keys += [name for name in sorted(typed) if name not in keys]
    control = {"includefield", "limit", "offset", "fuzzymatching"}
    return [
        "## 4 User agent", "", "### 4.1 Search", "",
        "Matching keys that are sent at study level; a word that is typed is sent with wildcards, once for "
        "each key that it "
        "may stand in:", "",
        *_table(("Key", "Matching"), (
            (key, _KEY_MATCHING.get(key, "single value, wildcard"))
            for key in dict.fromkeys([*keys, "StudyInstanceUID"]) if key not in control)),
        f"Other parameters: {', '.join(f'`{name}`' for name in sorted(control))} (`fuzzymatching` only "
        f"where the archive is "
        "known to have it). What the archive does not match exactly is narrowed again on this side, and the "
        "list says so.", "",
        "Attributes that are asked for by `includefield`, beside those that PS3.18 10.6.3 requires:", "",
        *_table(("Level", "Attributes"), (
            ("Study", ", ".join(rows.STUDY_FIELDS)), ("Series", ", ".join(rows.SERIES_FIELDS)),
            ("Instance", ", ".join(rows.INSTANCE_FIELDS)))),
        "Answers: " + _codes(media_types.JSON_LADDER) + "; XML is read where it is sent.", "",
        "### 4.2 Retrieve", "",
        "Media types that are asked for, the best first; an archive that refuses one is asked with the "
        "next:", "",
        *_table(("What", "Accept"), (
            ("instances", _codes(media_types.INSTANCE_LADDER)), ("frames", _codes(media_types.FRAMES_LADDER)),
            ("bulk data", _codes(media_types.BULKDATA_LADDER)), ("rendered", _codes(media_types.RENDERED_LADDER)),
            ("what no codec here reads", _codes(media_types.DECOMPRESSED_LADDER)))),
        "Pixel data is asked for as it is stored. A picture that the archive rendered is marked as not for "
        "measurement.", "",
        "### 4.3 Store", "",
        f"`{media_types.MULTIPART_RELATED}; type=\"{media_types.DICOM}\"`, or one file as "
        f"`{media_types.DICOM}` where the "
        f"archive takes only that; objects that were made here also as metadata (`{media_types.DICOM_JSON}` or "
        f"`{media_types.DICOM_XML}`) with bulk data beside it. Files are sent as they are: neither the "
        f"transfer syntax nor an "
        "attribute is changed, unless the user asks for de-identification. Every instance gets a verdict: "
        + ", ".join(verdict.value for verdict in Verdict) + ".", "",
        "### 4.4 Invocation", "",
        f"Links of the scheme `{SCHEME}:` open studies, also with the parameters of IHE Invoke Image "
        f"Display (RAD-106): "
        + _codes((*_STUDY, *_ACCESSION, *_PATIENT, *_ARCHIVE)) + ", in any case. A link can open and search; "
        "it cannot send, store or delete.", "",
    ]


def _server() -> list[str]:
    found: dict[tuple[str, str], None] = {}
    for route in _routes(_NO_ARCHIVE):
        for method in sorted(getattr(route, "methods", None) or ()):
            if method != "HEAD":
                found[(method, re.sub(r":\w+}", "}", str(getattr(route, "path", ""))))] = None
    listed = []
    for level in attributes.Level:
        computed = [one for one in attributes.ATTRIBUTES.values() if one.level is level]
        listed += [(level.name.capitalize(), f"{one.keyword} ({one.tag >> 16:04X},{one.tag & 0xFFFF:04X})",
                    _MATCHING[one.kind] if _is_matched(one) else "not matched",
                    "yes" if one.returned else "by includefield")
                   for one in sorted(computed, key=lambda one: one.tag)]
    return [
        "## 5 Origin server", "", "### 5.1 Resources", "",
        f"`{{series}}` stands for `{_SERIES}`, `{{instance}}` for `{_INSTANCE}`.", "",
        *_table(("Method", "Resource below the service's root", "For"), (
            (method, f"`{_short(path)}`", _purpose(method, path)) for method, path in found)),
        "Instances are retrieved as they are stored, or as Explicit VR Little Endian where that is asked "
        "for. Rendered media "
        "types: " + _codes(OFFERED) + ".", "",
        "### 5.2 Search", "",
        *_table(("Level", "Attribute", "Matching", "Returned"), listed),
        "Any other attribute of an instance's data set is matched too, without an index. `limit`, `offset` "
        "and `includefield` are "
        "supported; `fuzzymatching` is answered with a Warning header, and literal matching.", "",
        "### 5.3 Store", "",
        f"`{media_types.MULTIPART_RELATED}; type=\"{media_types.DICOM}\"` and `{media_types.DICOM}`. "
        f"Instances of every Storage "
        "SOP Class and of every transfer syntax, private ones too, are kept byte for byte. An instance that "
        "is there already "
        "is not overwritten: identical ones succeed, others are refused (failure reason 0111H).", "",
    ]


def _transfer_syntaxes() -> list[str]:
    known = {uid: str(entry[0]) for uid, entry in UID_dictionary.items() if entry[1] == "Transfer Syntax"} | _NEWER
    shown = {uid: name for uid, name in known.items() if can_decode(uid) or uid in VIDEO}
    return [
        "## 6 Transfer syntaxes", "",
        "All are stored, sent and exported unchanged. These are also decoded and shown; videos need the "
        "extra `video`, and "
        "are else drawn by the archive where it does that.", "",
        *_table(("Name", "UID"), ((shown[uid], uid) for uid in sorted(shown, key=_by_number))),
    ]


def _classes() -> list[str]:
    kinds: dict[str, list[str]] = {}
    names = {uid: str(name) for uid, (name, kind, _info, retired, _keyword) in UID_dictionary.items()
             if kind == "SOP Class" and uid.startswith(_STORAGE) and "Storage" in name and not retired
             and not uid.startswith(_NOT_MEDICAL)} | _NEWER_CLASSES
    for uid in names:
        kinds.setdefault(_opened_as(uid), []).append(uid)
    lines = [
        "## 7 SOP classes", "",
        "Every Storage SOP Class can be retrieved, listed with its attributes, exported and sent. As what "
        "each is "
        "opened; an object that should hold an image and does not is opened with its attributes.", ""]
    for kind, uids in sorted(kinds.items(), key=lambda entry: -len(entry[1])):
        lines += [f"### Opened as {kind}", "", *_table(
            ("SOP class", "UID"), ((names[uid], uid) for uid in sorted(uids, key=_by_number)))]
    lines += [
        "### Written", "",
        *_table(("SOP class", "UID", "For"), (
            (UID_dictionary[uid][0], uid, purpose) for uid, purpose in WRITTEN)),
        "Written objects are in Explicit VR Little Endian; pictures and films keep the compression of their "
        "file where DICOM "
        "knows it. They belong to the study that they were made for, in series of their own.", ""]
    return lines


def _media() -> list[str]:
    return [
        "## 8 Media interchange", "",
        "Export writes a File-Set with a DICOMDIR (PS3.10) of the objects as the archive holds them, "
        "without claiming an "
        "application profile of PS3.11, because their transfer syntaxes are kept. Folders and CDs are read "
        "as archives: every "
        "DICOM file in them, with or without a DICOMDIR.", "",
    ]


def _characters() -> list[str]:
    return [
        "## 9 Character sets", "",
        "Specific Character Set (0008,0005), read:", "",
        ", ".join(f"`{name}`" for name in ("ISO_IR 6", *charset._CODECS)) + "; and code extensions "
        "by ISO 2022 (several values). Names are shown with their ideographic and phonetic groups. What "
        "contradicts its declaration is shown as UTF-8 where it is that, and marked else; the "
        "bytes are not changed.", "",
        "Written objects use `ISO_IR 192` (UTF-8). DICOM JSON and XML are UTF-8.", "",
    ]


def _security() -> list[str]:
    dates = ", ".join(choice.value for choice in DatesChoice)
    return [
        "## 10 Security", "",
        *_table(("Authentication at an archive", ""), ((kind.value, _SIGN_INS[kind]) for kind in SignInKind)),
        "TLS by the operating system's trust store, or authorities that are named for an archive; "
        "certificates are always "
        "verified. Credentials go to the origin of their archive only.", "",
        f"De-identification before sending: Basic Application Level Confidentiality Profile (PS3.15 E), "
        f"with the options Retain "
        f"UIDs, Clean Descriptors, Retain Device Identity, and for dates: {dates}. Pixels are not cleaned.", "",
        "A local audit record holds who opened, exported, sent and deleted which study, with hashed UIDs. "
        "It is not the audit "
        "trail of PS3.15 A.5.", "",
    ]


def _annexes() -> list[str]:
    own = [code for code in vars(structured_report).values() if getattr(code, "scheme_designator", "") == _OWN_CODES]
    own += [code for code in structured_report._CONCEPTS.values() if code.scheme_designator == _OWN_CODES]
    return [
        "## 11 Grayscale display", "",
        "Images are shown with 8 bits of grey through the operating system. Presentation values are "
        "computed as PS3.4 N.2 says "
        "(modality LUT, VOI LUT, presentation LUT), but the program does not apply the Grayscale Standard "
        "Display Function "
        "(PS3.14): they are as standard as the calibration of the monitor makes them.", "",
        "## 12 Extensions", "",
        "No private SOP classes, no private transfer syntaxes and no private attributes are written. "
        "Measurements that "
        "the standard has no code for use codes of our own:", "",
        *_table(("Code", "Scheme", "Meaning"), ((code.value, code.scheme_designator, code.meaning) for code in own)),
    ]


def _purpose(method: str, path: str) -> str:
    return "search" if method == "GET" and path.endswith(_SEARCHES) else _RESOURCES[method]


def _short(path: str) -> str:
    return path.replace(_INSTANCE, "{instance}", 1).replace(_SERIES, "{series}", 1)


def _is_matched(one: attributes.Attribute) -> bool:
    by_index = one.tag in search_sql._UID_COLUMNS or one.tag in attributes.INDEXED
    return by_index or one.tag == attributes.MODALITIES_IN_STUDY or one.tag in attributes.KEPT[one.level]


def _opened_as(uid: str) -> str:
    is_image = has_pixels(Series("1.2", "1.2.3"), Instance("1.2", "1.2.3", "1.2.3.4", uid)) and (
        _must_have_rows(uid) or uid in _IMAGES_BY_CONDITION)
    return "images" if is_image else kind_of_class(uid)


def _must_have_rows(uid: str) -> bool:
    """Whether objects of the class hold an image, by what the standard requires of them; so they do if nobody knows."""
    required = _required()
    keywords = {keyword for module in required["classes"].get(uid, ())
                for kind in ("1", "2") for keyword in required["modules"][module].get(kind, ())}
    return "Rows" in keywords or uid not in required["classes"]


@cache
def _required() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(resource_path("required_attributes.json").read_text(encoding="utf-8"))
    return table


def _by_number(uid: str) -> tuple[int, ...]:
    return tuple(int(part) for part in uid.split("."))


def _codes(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _table(head: Sequence[str], lines: Iterable[Cells]) -> list[str]:
    rows_ = [" | ".join(cell.replace("|", "\\|") for cell in line) for line in lines]
    return [f"| {' | '.join(head)} |", "|" + " --- |" * len(head), *(f"| {row} |" for row in rows_), ""]


class _Nothing:
    """Stands for an archive where only the routes to it are asked for."""

    def __getattr__(self, name: str) -> Any:
        return self


_NO_ARCHIVE: Any = _Nothing()
