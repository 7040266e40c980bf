"""Media types: a real parser, the Accept values we send, and what a body is whatever its header says.

PS3.18 8.7 has media types with quoted parameters in any order; servers add their own ways (`type="image/jpeg;
transfer-syntax=…"` with the semicolon inside the quotes). Nothing here splits on `;`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

DICOM = "application/dicom"
DICOM_JSON = "application/dicom+json"
DICOM_XML = "application/dicom+xml"
JSON = "application/json"
OCTET_STREAM = "application/octet-stream"
MULTIPART_RELATED = "multipart/related"
ZIP = "application/zip"
STORED_SYNTAX = "*"         # transfer-syntax=*: as stored, PS3.18 8.7.3.5.2
PLAIN_SYNTAX = "1.2.840.10008.1.2.1"        # Explicit VR Little Endian

_NO_PARAMETERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class MediaType:
    """One media type, names in lower case, parameter values as meant (quotes and escapes resolved)."""

    type: str = ""
    subtype: str = ""
    parameters: Mapping[str, str] = field(default_factory=lambda: _NO_PARAMETERS, compare=False)

    @property
    def name(self) -> str:
        """`type/subtype`, or an empty string for an absent header."""
        return f"{self.type}/{self.subtype}" if self.type else ""

    @property
    def boundary(self) -> str:
        return self.parameters.get("boundary", "")

    @property
    def is_multipart(self) -> bool:
        return self.type == "multipart"

    @property
    def inner(self) -> MediaType:
        """The `type` parameter of a multipart type as a media type of its own: what its parts are by default."""
        return parse_media_type(self.parameters.get("type", ""))

    @property
    def transfer_syntax_uid(self) -> str:
        """The `transfer-syntax` parameter, also when a server put it inside the quoted `type`."""
        own = self.parameters.get("transfer-syntax", "")
        return own or (self.inner.parameters.get("transfer-syntax", "") if self.is_multipart else "")


def parse_media_type(header: str | None) -> MediaType:
    """A `Content-Type` value as MediaType. Never raises: what cannot be read is left out."""
    text = (header or "").strip()
    end = _token_end(text, 0, ";")
    main_type, _, subtype = text[:end].strip().partition("/")
    if not main_type or not subtype or any(char in main_type + subtype for char in ' "<>,{}'):
        return MediaType()
    parameters: dict[str, str] = {}
    at = end
    while at < len(text):
        at += 1                                         # the semicolon
        name_end = _token_end(text, at, ";=")
        name = text[at:name_end].strip().lower()
        if name_end >= len(text) or text[name_end] == ";":
            at = name_end
            continue
        value, at = _parameter_value(text, name_end + 1)
        if name:
            parameters.setdefault(name, value)
    return MediaType(main_type.lower(), subtype.lower(), MappingProxyType(parameters))


def _token_end(text: str, start: int, stops: str) -> int:
    return next((at for at in range(start, len(text)) if text[at] in stops), len(text))


def _parameter_value(text: str, at: int) -> tuple[str, int]:
    while at < len(text) and text[at] in " \t":
        at += 1
    if at >= len(text) or text[at] != '"':
        end = _token_end(text, at, ";")
        return text[at:end].strip(), end
    value = ""
    at += 1
    while at < len(text) and text[at] != '"':
        if text[at] == "\\" and at + 1 < len(text):
            at += 1
        value += text[at]
        at += 1
    return value, _token_end(text, at + 1, ";")


def multipart_accept(part_type: str, transfer_syntax: str = "", *, quoted: bool = True) -> str:
    """`multipart/related; type="…"; transfer-syntax=…` as an Accept value."""
    inner = f'"{part_type}"' if quoted else part_type
    return f"{MULTIPART_RELATED}; type={inner}" + (f"; transfer-syntax={transfer_syntax}" if transfer_syntax else "")


# One media range per Accept header: Orthanc 1.7 answers 400 to two. Best first; a server that refuses one with
# 400, 406 or 415 is asked with the next. Without transfer-syntax the server may transcode.
INSTANCE_LADDER: tuple[str, ...] = (
    multipart_accept(DICOM, STORED_SYNTAX),
    multipart_accept(DICOM, STORED_SYNTAX, quoted=False),
    f"{DICOM}; transfer-syntax={STORED_SYNTAX}",
    multipart_accept(DICOM),
    "*/*",
)
DECOMPRESSED_LADDER: tuple[str, ...] = (
    multipart_accept(DICOM, PLAIN_SYNTAX),
    multipart_accept(DICOM, PLAIN_SYNTAX, quoted=False),
    f"{DICOM}; transfer-syntax={PLAIN_SYNTAX}",
)
MANY_INSTANCES_LADDER: tuple[str, ...] = (
    *(accept for accept in INSTANCE_LADDER[:-1] if not accept.startswith(DICOM)), ZIP, DICOM, "*/*",
)
FRAMES_LADDER: tuple[str, ...] = (
    multipart_accept(OCTET_STREAM, STORED_SYNTAX),
    multipart_accept(OCTET_STREAM, STORED_SYNTAX, quoted=False),
    f"{OCTET_STREAM}; transfer-syntax={STORED_SYNTAX}",
    multipart_accept(OCTET_STREAM),
    "*/*",
)
BULKDATA_LADDER: tuple[str, ...] = (
    multipart_accept(OCTET_STREAM, STORED_SYNTAX),
    multipart_accept(OCTET_STREAM),
    OCTET_STREAM,
    "*/*",
)
RENDERED_LADDER: tuple[str, ...] = ("image/jpeg", "image/png", "*/*")
JSON_LADDER: tuple[str, ...] = (DICOM_JSON, JSON, "*/*")

REFUSES_MEDIA_TYPE = frozenset({400, 406, 415})


class Kind(StrEnum):
    """What a body is by its first bytes."""

    DICOM = "DICOM"
    JSON = "JSON"
    XML = "XML"
    HTML = "HTML"
    MULTIPART = "multipart"
    JPEG = "image/jpeg"
    JPEG_LS = "image/jls"
    JPEG_2000 = "image/jp2"
    JPEG_XL = "image/jxl"
    PNG = "image/png"
    GIF = "image/gif"
    PDF = "application/pdf"
    ZIP = "application/zip"
    EMPTY = "nothing"
    UNKNOWN = "unknown"


_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff\xf7", Kind.JPEG_LS),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\xff\x4f\xff\x51", Kind.JPEG_2000),
    (b"\x00\x00\x00\x0cjP  ", Kind.JPEG_2000),
    (b"\xff\x0a", Kind.JPEG_XL),
    (b"\x00\x00\x00\x0cJXL ", Kind.JPEG_XL),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"GIF8", Kind.GIF),
    (b"%PDF-", Kind.PDF),
    (b"PK\x03\x04", Kind.ZIP),
)
_TEXT_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"<!doctype html", Kind.HTML), (b"<html", Kind.HTML), (b"<head", Kind.HTML), (b"<body", Kind.HTML),
    (b"<", Kind.XML),
    (b"[", Kind.JSON), (b"{", Kind.JSON),
    (b"--", Kind.MULTIPART),
)
SNIFF_LENGTH = 512


def sniff(body: bytes | bytearray | memoryview) -> Kind:
    """What the first bytes of a body say it is (132 bytes are needed to know a DICOM file)."""
    head = bytes(body[:SNIFF_LENGTH])
    if not head:
        return Kind.EMPTY
    if head[128:132] == b"DICM":
        return Kind.DICOM
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not text:
        return Kind.EMPTY if len(head) < SNIFF_LENGTH else Kind.UNKNOWN
    if text.startswith((b"<?xml", b"<!--")) and b"<html" in text:
        return Kind.HTML
    for magic, kind in _TEXT_MAGIC:
        if text.startswith(magic):
            return kind
    return Kind.UNKNOWN
