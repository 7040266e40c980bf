"""Part 10: the header of a DICOM file is read; where its pixels lie is noted, the pixels are left alone (PS3.10)."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from pydicom import Dataset, FileDataset
from pydicom.dataelem import RawDataElement
from pydicom.filereader import read_dataset, read_partial
from pydicom.tag import BaseTag

from desktop_app.core.errors import DamagedDicom, NotDicom
from desktop_app.core.words import say, t
from desktop_app.imaging.elements import Elements
from desktop_app.imaging.quick_header import QuickHeader, quick_header
from desktop_app.imaging.source import BytesSource, Source

_PIXELS = {0x7FE00008: "FloatPixelData", 0x7FE00009: "DoubleFloatPixelData", 0x7FE00010: "PixelData"}
_STOPS = frozenset(_PIXELS)
_LONG_HEADER = frozenset({"OB", "OW", "OF", "OD", "OL", "OV", "UN", "UT", "UC", "UR", "SQ", "SV", "UV"})
_DEFLATED = "1.2.840.10008.1.2.1.99"
_UNDEFINED = 0xFFFFFFFF
_NO_META = t(
    "imaging", "The file does not say how it is written (its File Meta Information is missing); that was "
    "found out.")
_MOST_OF_META = 32 << 10
_HEADER_PIECE = 256 << 10           # most headers end within; longer ones are read in growing pieces
# A deflated object may grow to this in any case, and beyond it by this factor; blank images deflate to a thousandth.
_FREE_INFLATION = 128 << 20
_MOST_INFLATION = 100


@dataclass(frozen=True, slots=True)
class PixelElement:
    """Where the pixels are: `length` None means encapsulated (undefined length)."""

    keyword: str
    vr: str
    offset: int
    length: int | None


@dataclass(frozen=True, slots=True)
class ParsedObject:
    """A dataset without its pixel data, and where that is."""

    dataset: Dataset
    source: Source
    transfer_syntax_uid: str
    big_endian: bool
    pixels: PixelElement | None
    cut_off: bool = False           # the header announces more than the file holds
    warnings: tuple[str, ...] = ()


def parse(source: Source) -> ParsedObject:
    """Reads the header. Raises NotDicom, or DamagedDicom where it is DICOM but cannot be read."""
    if source.size == 0:
        raise NotDicom(say("imaging", "The file is empty."))
    start = source.read(0, min(source.size, _MOST_OF_META))
    has_preamble = start[128:132] == b"DICM"
    if not has_preamble and not _looks_like_a_dataset(start):
        raise NotDicom(say("imaging", "This is not a DICOM file.") + _what_else(start))
    meta_end, transfer_syntax_uid = _scan_meta(start, 132 if has_preamble else 0)
    if transfer_syntax_uid == _DEFLATED:                # pydicom would unpack whatever comes
        return _inflated(source, meta_end)
    quick = quick_header(_beginning(source, start), meta_end, transfer_syntax_uid, _STOPS, source.size)
    if quick is not None:
        return _parsed(quick, source, transfer_syntax_uid)
    stop, stream = _StopAtPixels(), _stream(source)
    try:
        dataset = read_partial(cast(BinaryIO, stream), stop_when=stop, force=True)
    except Exception as error:                          # pydicom raises what it likes
        raise _unreadable(error) from error
    implicit, little = dataset.original_encoding
    if len(dataset) == 0 and stop.tag is None:
        raise DamagedDicom(say(
            "imaging", "This DICOM file is cut off: it holds nothing but its beginning. Fetch or export it "
            "again."))
    if not has_preamble and not _has_identity(dataset):
        raise NotDicom(say("imaging", "This is not a DICOM file."))
    pixels = stop.element(stream.tell(), implicit=bool(implicit))
    warnings = (say("imaging", _NO_META),) if not transfer_syntax_uid else ()
    if not transfer_syntax_uid and (pixels is None or pixels.length is not None):
        transfer_syntax_uid = ("1.2.840.10008.1.2" if implicit else
                               "1.2.840.10008.1.2.1" if little else "1.2.840.10008.1.2.2")
    return ParsedObject(dataset, source, transfer_syntax_uid, not little, pixels,
                        pixels is None and _breaks_off(dataset, source.size), warnings)


def _beginning(source: Source, start: bytes) -> bytes:
    """As much as most headers need: all of what is in memory anyway, else what was read already."""
    return source.read(0, source.size) if isinstance(source, BytesSource) else start


def _parsed(quick: QuickHeader, source: Source, transfer_syntax_uid: str) -> ParsedObject:
    dataset, found = quick
    pixels = None
    if found is not None:
        stop = _StopAtPixels()
        stop(BaseTag(found.tag), found.vr, found.length)
        pixels = stop.element(found.position, implicit=found.vr is None)
    return ParsedObject(dataset, source, transfer_syntax_uid, False, pixels)


class _StopAtPixels:
    """pydicom asks it at every element whether to stop; it stops at the pixels and remembers them."""

    def __init__(self) -> None:
        self.tag: int | None = None
        self._vr: str | None = None
        self._length = 0

    def __call__(self, tag: BaseTag, vr: str | None, length: int) -> bool:
        if int(tag) not in _PIXELS:
            return False
        self.tag, self._vr, self._length = int(tag), vr, length
        return True

    def element(self, position: int, *, implicit: bool) -> PixelElement | None:
        """`position` is where the header of the element begins."""
        if self.tag is None:
            return None
        header = 12 if not implicit and self._vr in _LONG_HEADER else 8
        length = None if self._length == _UNDEFINED else self._length
        return PixelElement(_PIXELS[self.tag], self._vr or "OW", position + header, length)


def _unreadable(error: Exception) -> DamagedDicom:
    return DamagedDicom(say(
        "imaging", "The header of this DICOM file is damaged and cannot be read. Fetch or export it again."),
                        detail=type(error).__name__)


def _breaks_off(dataset: Dataset, size: int) -> bool:
    last: Any = dataset.get_item(max(dataset.keys()), keep_deferred=True) if len(dataset) else None
    if not isinstance(last, RawDataElement) or last.length == _UNDEFINED:
        return False
    return last.value_tell + last.length > size


def _stream(source: Source) -> io.BufferedIOBase:
    if isinstance(source, BytesSource):
        return io.BytesIO(source.read(0, source.size))
    return io.BufferedReader(_SourceReader(source), _HEADER_PIECE)


class _SourceReader(io.RawIOBase):
    """A source as a file that pydicom can read."""

    name = ""                       # pydicom asks every file for its name

    def __init__(self, source: Source) -> None:
        self._source, self._position = source, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._source.read(self._position, len(buffer))
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._source.size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def tell(self) -> int:
        return self._position


def _inflated(source: Source, meta_end: int) -> ParsedObject:
    """Deflated Explicit VR Little Endian (PS3.5 A.5): all after the file meta information is deflated."""
    limit = max(_FREE_INFLATION, source.size * _MOST_INFLATION)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = inflater.decompress(source.read(meta_end, source.size), limit)
    except zlib.error as error:
        raise DamagedDicom(say(
            "imaging", "This deflated DICOM file is damaged and cannot be unpacked. Fetch or export it again."),
                           detail=str(error)) from error
    if len(data) >= limit:
        raise DamagedDicom(say(
            "imaging", "This deflated DICOM file unpacks to more than {limit} MB, which its {size} bytes do "
            "not justify.").format(limit=limit >> 20, size=source.size))
    stop, stream = _StopAtPixels(), io.BytesIO(data)
    try:
        meta = read_partial(io.BytesIO(source.read(0, meta_end)), force=True).file_meta
        dataset = read_dataset(stream, False, True, stop_when=stop)
    except Exception as error:                          # pydicom raises what it likes
        raise _unreadable(error) from error
    full = FileDataset(io.BytesIO(), dataset, file_meta=meta, is_implicit_VR=False, is_little_endian=True)
    pixels = stop.element(stream.tell(), implicit=False)
    return ParsedObject(full, BytesSource(data), _DEFLATED, False, pixels,
                        pixels is None and _breaks_off(dataset, len(data)))


def _scan_meta(start: bytes, position: int) -> tuple[int, str]:
    """Where group 2 ends, and the Transfer Syntax UID in it (PS3.10 7.1: always Explicit VR Little Endian)."""
    transfer_syntax_uid = ""
    while position + 8 <= len(start):
        group, element, vr, length = struct.unpack_from("<HH2sH", start, position)
        if group != 2:
            break
        if vr.decode("latin-1") in _LONG_HEADER and position + 12 <= len(start):
            (length,) = struct.unpack_from("<I", start, position + 8)
            position += 4
        if element == 0x0010:
            value = start[position + 8 : position + 8 + length]
            transfer_syntax_uid = value.decode("latin-1").strip(" \0")
        position += 8 + length
    return position, transfer_syntax_uid


def _looks_like_a_dataset(start: bytes) -> bool:
    """Without a preamble: the first element is of group 2 or 8, in either byte order, and no longer than sense."""
    if len(start) < 16:
        return False
    for order in "<>":
        group, element, length = struct.unpack_from(f"{order}HHI", start)
        vr = start[4:6]
        if group not in (0x0002, 0x0008) or element > 0x0100:
            continue
        if (vr.isalpha() and vr.isupper()) or length <= 256:
            return True
    return False


def _has_identity(dataset: Dataset) -> bool:
    elements = Elements(dataset)
    return any(elements.text(keyword) for keyword in ("SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "Modality",
                                                      "SeriesInstanceUID", "ImageType"))


_OTHERS = (
    (b"%PDF", t("imaging", "a PDF document")),
    (b"\xff\xd8\xff", t("imaging", "a JPEG picture")),
    (b"\x89PNG", t("imaging", "a PNG picture")),
    (b"PK\x03\x04", t("imaging", "a ZIP archive")),
    (b"GIF8", t("imaging", "a GIF picture")),
    (b"BM", t("imaging", "a bitmap picture")),
    (b"<!DO", t("imaging", "a web page")),
    (b"<htm", t("imaging", "a web page")),
    (b"{", t("imaging", "a JSON text")),
)


def _what_else(start: bytes) -> str:
    what = next((what for magic, what in _OTHERS if start.startswith(magic)), "")
    return say("imaging", " It looks like {what}.").format(what=say("imaging", what)) if what else ""
