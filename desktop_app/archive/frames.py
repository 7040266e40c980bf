"""Frames as they travel (PS3.18 10.4.1.1.6, 8.7.3.3): where each lies in a file, and its bytes.

Native frames go out little endian, padded to whole bytes; compressed ones as the codestream they are. What is
compressed can be sent uncompressed too where that says the same as the metadata.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.archive.header_json import little_endian
from desktop_app.archive.part10 import EXPLICIT_LITTLE, Buffer, Header, PixelValue, read_header
from desktop_app.core.errors import DamagedDicom, NoPixelData
from desktop_app.dicomweb.media_types import OCTET_STREAM

_PREFIX = "1.2.840.10008.1.2."
_MEDIA_TYPES = {                    # PS3.18 Tables 8.7.3-2 to -6
    "image/jpeg": ("4.50", "4.51", "4.57", "4.70"),
    "image/jls": ("4.80", "4.81"),
    "image/jp2": ("4.90", "4.91"),
    "image/jpx": ("4.92", "4.93"),
    "image/jphc": ("4.201", "4.202", "4.203"),
    "image/jxl": ("4.110", "4.111", "4.112"),
    "image/dicom-rle": ("5",),
    "video/mpeg": ("4.100", "4.101"),
    "video/mp4": ("4.102", "4.103", "4.104", "4.105", "4.106"),
    "video/H265": ("4.107", "4.108"),
}
_MEDIA_TYPE_OF = {_PREFIX + ending: media_type for media_type, endings in _MEDIA_TYPES.items() for ending in endings}
_MOST_FRAMES = 1_000_000
# What stays true of a decompressed frame: a colour space that the codec undoes would contradict the metadata.
_SAME_UNCOMPRESSED = frozenset(("MONOCHROME1", "MONOCHROME2", "PALETTE COLOR", "RGB"))


def media_type_of(transfer_syntax_uid: str) -> str:
    """The media type of a frame in a transfer syntax."""
    return _MEDIA_TYPE_OF.get(transfer_syntax_uid, OCTET_STREAM)


@dataclass(frozen=True, slots=True)
class FrameLayout:
    """Where the frames of one file lie. `extents` (offset, length) of the fragments of each compressed frame; native
    frames follow each other from `offset`, `frame_bits` each."""

    transfer_syntax_uid: str
    count: int
    offset: int = 0
    length: int = 0
    frame_bits: int = 0
    vr: str = "OW"
    is_big_endian: bool = False
    photometric: str = ""
    extents: tuple[tuple[tuple[int, int], ...], ...] | None = None
    inflated: bytes | None = None

    @property
    def sent_syntax_uid(self) -> str:
        """The transfer syntax in which a frame goes out as stored."""
        return EXPLICIT_LITTLE if self.extents is None else self.transfer_syntax_uid

    @property
    def head_length(self) -> int:
        """Bytes before the first compressed frame."""
        return self.extents[0][0][0] if self.extents else 0

    @property
    def can_be_uncompressed(self) -> bool:
        return self.extents is None or self.photometric in _SAME_UNCOMPRESSED


@dataclass(frozen=True, slots=True)
class BufferSource:
    """A buffer as the source of a scan for fragments."""

    data: Buffer

    @property
    def size(self) -> int:
        return len(self.data)

    def read(self, offset: int, length: int) -> bytes:
        return bytes(self.data[offset:offset + length])


def layout_of(data: Buffer) -> FrameLayout:
    """The layout of a file. Raises NoPixelData, DamagedDicom."""
    header = read_header(data)
    if header.pixels is None:
        raise NoPixelData
    if header.pixels.length is None:
        return _encapsulated(header)
    return _native(header, header.pixels, header.data if header.data is not data else None)


def _encapsulated(header: Header) -> FrameLayout:
    from desktop_app.imaging.fragments import frames_of, scan_fragments
    assert header.pixels is not None
    source = BufferSource(header.data)
    offsets, lengths = (header.find(tag) for tag in (0x7FE00001, 0x7FE00002))
    fragments = scan_fragments(
        source, header.pixels.offset, extended_offsets=header.value(offsets) if offsets else b"",
        extended_lengths=header.value(lengths) if lengths else b"")
    extents = frames_of(fragments, _declared_frames(header), source)
    return FrameLayout(header.transfer_syntax_uid, len(extents), photometric=header.text(0x00280004), extents=extents)


def _native(header: Header, pixels: PixelValue, inflated: Buffer | None) -> FrameLayout:
    allocated = {0x7FE00008: 32, 0x7FE00009: 64}.get(pixels.tag, header.integer(0x00280100))
    samples = header.integer(0x00280002, 1) or 1
    photometric = header.text(0x00280004)
    values = header.integer(0x00280010) * header.integer(0x00280011) * samples
    if samples == 3 and photometric in ("YBR_FULL_422", "YBR_PARTIAL_422"):     # two values for each pixel
        values = values // 3 * 2
    bits, length = values * allocated, pixels.length or 0
    if bits <= 0:
        raise DamagedDicom("The image does not say how many rows, columns and bits it has. Fetch or export it again.")
    count = min(_declared_frames(header), length * 8 // bits)
    if not count:
        raise DamagedDicom("The image is cut off inside its first frame. Fetch or export it again.")
    return FrameLayout(header.transfer_syntax_uid, count, pixels.offset, length, bits, pixels.vr, header.is_big_endian,
                       photometric, inflated=bytes(inflated) if inflated is not None else None)


def _declared_frames(header: Header) -> int:
    return min(max(header.integer(0x00280008, 1), 1), _MOST_FRAMES)


def stored_frame(data: Buffer, layout: FrameLayout, number: int) -> bytes:
    """The bytes of a frame (1-based) as stored, native ones little endian."""
    data = data if layout.inflated is None else layout.inflated
    if layout.extents is not None:
        return b"".join(bytes(data[offset:offset + length]) for offset, length in layout.extents[number - 1])
    first, last = (number - 1) * layout.frame_bits, number * layout.frame_bits
    raw = bytes(data[layout.offset + first // 8:layout.offset + (last + 7) // 8])
    if layout.frame_bits % 8:
        return _realigned(raw, first % 8, layout.frame_bits)
    if layout.is_big_endian:
        # In words even for 8-bit values of VR OW (PS3.5 8.1.2): swapped from an even byte on.
        return little_endian(raw, layout.vr if layout.vr in ("OB", "OF", "OD") else "OW", True)
    return raw


def _realigned(raw: bytes, skip: int, bits: int) -> bytes:
    """Packed bits that do not begin on a byte, moved to where they do (PS3.18 8.7.3.3)."""
    import numpy as np
    unpacked = np.unpackbits(np.frombuffer(raw, np.uint8), bitorder="little")[skip:skip + bits]
    return np.packbits(unpacked, bitorder="little").tobytes()


class Decompressor:
    """Compressed frames of one object → native bytes, little endian. `head` is its file up to the first frame."""

    def __init__(self, head: bytes, transfer_syntax_uid: str) -> None:
        from desktop_app.imaging.decode import open_instance
        self._format = open_instance(head).pixel_format
        self._transfer_syntax_uid = transfer_syntax_uid

    def native(self, frame: bytes) -> bytes:
        """Raises CannotDecode, DamagedDicom."""
        import numpy as np

        from desktop_app.imaging.codecs import decode_samples
        from desktop_app.imaging.stored_values import stored_grey
        fmt = self._format
        samples = decode_samples(self._transfer_syntax_uid, frame, fmt)
        if fmt.samples == 1:
            pixels = stored_grey(samples, fmt)
        else:
            pixels = samples.values.transpose(2, 0, 1) if fmt.planar else samples.values
        if fmt.bits_allocated == 1:
            return np.packbits(pixels.astype(np.uint8).ravel(), bitorder="little").tobytes()
        return pixels.astype(fmt.dtype.newbyteorder("<")).tobytes()


def parse_frame_list(text: str) -> list[int]:
    """`1,3,2` → [1, 3, 2]. Raises ValueError when it is no list of numbers from 1 on."""
    numbers = [int(part) for part in text.split(",") if part.isascii() and part.isdigit()]
    if len(numbers) != text.count(",") + 1 or min(numbers) < 1:
        raise ValueError(f"{text[:80]!r} is no list of frame numbers")
    return numbers
