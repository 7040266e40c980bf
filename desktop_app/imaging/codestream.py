"""What the header of a compressed image says, before anything is decoded.

A codec allocates what the header asks for; reading the header first is how a damaged or hostile one is refused.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CodestreamHeader:
    """`process` is the SOF marker of a JPEG (0xC0 baseline … 0xC3 lossless, 0xF7 JPEG-LS), 0 for others."""

    rows: int
    columns: int
    components: int
    precision: int
    signed: bool = False
    process: int = 0
    component_ids: tuple[int, ...] = ()
    subsampled: bool = False
    adobe_transform: int | None = None      # 0 none, 1 YCbCr; None where there is no Adobe marker
    jfif: bool = False
    multi_component_transform: bool = False
    reversible: bool = True                 # of JPEG 2000: the 5-3 wavelet


def read_jpeg_header(data: bytes) -> CodestreamHeader | None:
    """Of a JPEG (ISO 10918) or JPEG-LS (ISO 14495) stream; None where it has no frame header."""
    if data[:2] != b"\xff\xd8":
        return None
    position, jfif, adobe = 2, False, None
    while position + 4 <= len(data):
        if data[position] != 0xFF:
            position += 1                               # some writers pad between segments
            continue
        marker = data[position + 1]
        if marker in (0xFF, 0x00, 0x01) or 0xD0 <= marker <= 0xD8:
            position += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack_from(">H", data, position + 2)
        body = data[position + 4 : position + 2 + length]
        if (0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC)) or marker == 0xF7:
            return _frame_header(marker, body, jfif, adobe)
        if marker in (0xD9, 0xDA):
            return None
        if marker == 0xE0 and body.startswith(b"JFIF"):
            jfif = True
        elif marker == 0xEE and body.startswith(b"Adobe") and len(body) >= 12:
            adobe = body[11]
        position += 2 + max(2, length)
    return None


def read_jpeg2000_header(data: bytes) -> CodestreamHeader | None:
    """Of a JPEG 2000 or HTJ2K codestream (ISO 15444-1 A.5.1), bare or in a JP2 file; None where it has no SIZ."""
    start = data.find(b"\xff\x4f\xff\x51", 0, 8192)
    if start < 0 or len(data) < start + 42:
        return None
    width, height, x0, y0 = struct.unpack_from(">IIII", data, start + 8)
    (components,) = struct.unpack_from(">H", data, start + 40)
    if len(data) < start + 42 + 3 * components or components == 0:
        return None
    depth = data[start + 42]
    subsampled = any(data[start + 43 + 3 * i] != 1 or data[start + 44 + 3 * i] != 1 for i in range(components))
    (size,) = struct.unpack_from(">H", data, start + 4)
    transform, reversible = False, True
    position = start + 4 + size
    while position + 4 <= len(data):                    # COD follows among the main header's segments
        marker, length = struct.unpack_from(">HH", data, position)
        if marker == 0xFF52 and position + 14 <= len(data):
            transform, reversible = data[position + 8] == 1, data[position + 13] == 1
            break
        if marker in (0xFF90, 0xFFD9) or length < 2:
            break
        position += 2 + length
    return CodestreamHeader(height - y0, width - x0, components, (depth & 0x7F) + 1, bool(depth & 0x80),
                            subsampled=subsampled, multi_component_transform=transform, reversible=reversible)


def read_jpegxl_header(data: bytes) -> CodestreamHeader | None:
    """Size of a JPEG XL image (ISO 18181-1 SizeHeader), bare or in its container; None where it cannot be found.

    Precision and components are not read and are 0.
    """
    if data[:12] == b"\x00\x00\x00\x0cJXL \r\n\x87\n":
        found = data.find(b"jxlc", 12, 4096), data.find(b"jxlp", 12, 4096)
        start = found[0] + 4 if found[0] > 0 else found[1] + 8 if found[1] > 0 else -1
    else:
        start = 0
    if start < 0 or data[start : start + 2] != b"\xff\x0a":
        return None
    bits = _Bits(data[start + 2 : start + 16])
    small = bits.take(1)

    def side() -> int:
        return (bits.take(5) + 1) * 8 if small else bits.take((9, 13, 18, 30)[bits.take(2)]) + 1

    rows = side()
    ratio = bits.take(3)
    if ratio:
        numerator, denominator = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))[ratio - 1]
        columns = rows * numerator // denominator
    else:
        columns = side()
    return CodestreamHeader(rows, columns, 0, 0)


def _frame_header(marker: int, body: bytes, jfif: bool, adobe: int | None) -> CodestreamHeader | None:
    if len(body) < 6 or len(body) < 6 + 3 * body[5]:
        return None
    precision, rows, columns, components = struct.unpack_from(">BHHB", body)
    identifiers = tuple(body[6 + 3 * i] for i in range(components))
    sampling = {body[7 + 3 * i] for i in range(components)}
    return CodestreamHeader(rows, columns, components, precision, False, marker, identifiers, len(sampling) > 1,
                            adobe, jfif)


class _Bits:
    """Reads bits from the lowest upwards; zeros after the end."""

    def __init__(self, data: bytes) -> None:
        self._value, self._at = int.from_bytes(data, "little"), 0

    def take(self, count: int) -> int:
        value = (self._value >> self._at) & ((1 << count) - 1)
        self._at += count
        return value
