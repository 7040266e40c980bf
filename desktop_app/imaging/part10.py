"""Part 10: the header of a DICOM file is read; where its pixels lie is noted, the pixels are left alone (PS3.10)."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset, FileDataset
from pydicom.filereader import read_dataset, read_partial
from pydicom.tag import BaseTag

from desktop_app.core.errors import DamagedDicom, NotDicom
from desktop_app.imaging.elements import Elements
from desktop_app.imaging.source import BytesSource, Source

_PIXELS = {0x7FE00008: "FloatPixelData", 0x7FE00009: "DoubleFloatPixelData", 0x7FE00010: "PixelData"}
_LONG_HEADER = frozenset({"OB", "OW", "OF", "OD", "OL", "OV", "UN", "UT", "UC", "UR", "SQ", "SV", "UV"})
_DEFLATED = "1.2.840.10008.1.2.1.99"
_UNDEFINED = 0xFFFFFFFF
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


def parse(source: Source) -> ParsedObject:
    """Reads the header. Raises NotDicom, or DamagedDicom where it is DICOM but cannot be read."""
    if source.size == 0:
        raise NotDicom("The file is empty.")
    start = source.read(0, min(source.size, 8192))
    has_preamble = start[128:132] == b"DICM"
    if not has_preamble and not _looks_like_a_dataset(start):
        raise NotDicom("This is not a DICOM file." + _what_else(start))
    found: dict[str, Any] = {}

    def at_pixels(tag: BaseTag, vr: str | None, length: int) -> bool:
        if int(tag) not in _PIXELS:
            return False
        found.update(tag=int(tag), vr=vr, length=length)
        return True

    stream = _stream(source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            dataset = read_partial(cast(BinaryIO, stream), stop_when=at_pixels, force=True)
    except Exception as error:       # pydicom raises what it likes
        raise DamagedDicom("The header of this DICOM file is damaged and cannot be read. Fetch or export it again.",
                           detail=f"{type(error).__name__}") from error
    transfer_syntax_uid = _transfer_syntax(dataset)
    if transfer_syntax_uid == _DEFLATED:
        return _inflated(source, dataset)
    implicit, little = dataset.original_encoding
    if len(dataset) == 0 and not found:
        raise DamagedDicom("This DICOM file is cut off: it holds nothing but its beginning. Fetch or export it again.")
    if not has_preamble and not _has_identity(dataset):
        raise NotDicom("This is not a DICOM file.")
    if not transfer_syntax_uid and not (found and found["length"] == _UNDEFINED):
        transfer_syntax_uid = ("1.2.840.10008.1.2" if implicit else
                               "1.2.840.10008.1.2.1" if little else "1.2.840.10008.1.2.2")
    pixels = _pixel_element(found, stream.tell(), implicit=bool(implicit))
    return ParsedObject(dataset, source, transfer_syntax_uid, not little, pixels,
                        pixels is None and _breaks_off(dataset, source.size))


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


def _pixel_element(found: dict[str, Any], position: int, *, implicit: bool) -> PixelElement | None:
    if not found:
        return None
    vr, length = found["vr"] or "OW", found["length"]
    header = 12 if not implicit and found["vr"] in _LONG_HEADER else 8
    return PixelElement(_PIXELS[found["tag"]], vr, position + header, None if length == _UNDEFINED else length)


def _inflated(source: Source, outer: Dataset) -> ParsedObject:
    """Deflated Explicit VR Little Endian (PS3.5 A.5): all after the file meta information is deflated."""
    meta_end = _end_of_meta(source)
    limit = max(_FREE_INFLATION, source.size * _MOST_INFLATION)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = inflater.decompress(source.read(meta_end, source.size), limit)
    except zlib.error as error:
        raise DamagedDicom("This deflated DICOM file is damaged and cannot be unpacked. Fetch or export it again.",
                           detail=str(error)) from error
    if len(data) >= limit:
        raise DamagedDicom(f"This deflated DICOM file unpacks to more than {limit >> 20} MB, which its "
                           f"{source.size} bytes do not justify.")
    inner = BytesSource(data)
    found: dict[str, Any] = {}

    def at_pixels(tag: BaseTag, vr: str | None, length: int) -> bool:
        if int(tag) not in _PIXELS:
            return False
        found.update(tag=int(tag), vr=vr, length=length)
        return True

    stream = io.BytesIO(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            dataset = read_dataset(stream, False, True, stop_when=at_pixels)
    except Exception as error:       # pydicom raises what it likes
        raise DamagedDicom("The header of this DICOM file is damaged and cannot be read. Fetch or export it again.",
                           detail=f"{type(error).__name__}") from error
    full = FileDataset(io.BytesIO(), dataset, file_meta=outer.file_meta, is_implicit_VR=False, is_little_endian=True)
    return ParsedObject(full, inner, _DEFLATED, False, _pixel_element(found, stream.tell(), implicit=False))


def _end_of_meta(source: Source) -> int:
    """Group 2 is always Explicit VR Little Endian; its end is where the group changes."""
    head = source.read(0, min(source.size, 1 << 16))
    position = 132 if head[128:132] == b"DICM" else 0
    while position + 8 <= len(head):
        group, _, vr, length = struct.unpack_from("<HH2sH", head, position)
        if group != 2:
            break
        if vr.decode("latin-1") in _LONG_HEADER:
            (length,) = struct.unpack_from("<I", head, position + 8)
            position += 4
        position += 8 + length
    return position


def _transfer_syntax(dataset: Dataset) -> str:
    meta = getattr(dataset, "file_meta", None)
    return Elements(meta).text("TransferSyntaxUID") if meta is not None else ""


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


_OTHERS = ((b"%PDF", "a PDF document"), (b"\xff\xd8\xff", "a JPEG picture"), (b"\x89PNG", "a PNG picture"),
           (b"PK\x03\x04", "a ZIP archive"), (b"GIF8", "a GIF picture"), (b"BM", "a bitmap picture"),
           (b"<!DO", "a web page"), (b"<htm", "a web page"), (b"{", "a JSON text"))


def _what_else(start: bytes) -> str:
    return next((f" It looks like {what}." for magic, what in _OTHERS if start.startswith(magic)), "")
