"""What the header of a JPEG file says: enough to know whether its bytes may be put into DICOM as they are."""

from __future__ import annotations

from dataclasses import dataclass

_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})      # SOF0 … SOF15


@dataclass(frozen=True, slots=True)
class JpegHeader:
    """`process` is the number of the SOF marker (0: baseline, 2: progressive). `transform` is Adobe's: 0 RGB or CMYK,
    1 YCbCr, 2 YCCK, None without its segment. `orientation` is that of Exif, 1 when nothing is said. `subsampled`:
    the colour is coarser than the brightness."""

    process: int
    precision: int
    rows: int
    columns: int
    components: int
    component_ids: tuple[int, ...] = ()
    transform: int | None = None
    orientation: int = 1
    subsampled: bool = False

    @property
    def is_rgb(self) -> bool:
        """The components are red, green and blue, not brightness and colour (as JFIF has it without Adobe's word)."""
        return self.components == 3 and (
            self.transform == 0 or (self.transform is None and self.component_ids == (0x52, 0x47, 0x42)))


def read_jpeg_header(data: bytes) -> JpegHeader | None:
    """The header, None for what is no JPEG or breaks off before its frame begins."""
    if data[:2] != b"\xff\xd8":
        return None
    at, transform, orientation = 2, None, 1
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF or marker in _STANDALONE:
            at += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(data[at + 2:at + 4], "big")
        body = data[at + 4:at + 2 + length]
        if length < 2 or len(body) != length - 2:
            return None
        if marker == 0xEE and body[:5] == b"Adobe" and len(body) >= 12:
            transform = body[11]
        elif marker == 0xE1 and body[:6] == b"Exif\0\0":
            orientation = _orientation(body[6:])
        elif marker in _FRAMES:
            return _frame(marker - 0xC0, body, transform, orientation)
        elif marker == 0xDA:
            return None
        at += 2 + length
    return None


def _frame(process: int, body: bytes, transform: int | None, orientation: int) -> JpegHeader | None:
    if len(body) < 6 or len(body) < 6 + 3 * body[5]:
        return None
    precision, count = body[0], body[5]
    rows, columns = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
    parts = [body[6 + 3 * n:9 + 3 * n] for n in range(count)]
    factors = [(part[1] >> 4, part[1] & 15) for part in parts]
    subsampled = any(one != factors[0] for one in factors[1:])
    return JpegHeader(process, precision, rows, columns, count, tuple(part[0] for part in parts), transform,
                      orientation, subsampled)


def _orientation(tiff: bytes) -> int:
    """Tag 0112H of the first directory."""
    order = {b"II": "little", b"MM": "big"}.get(tiff[:2])
    if order is None or len(tiff) < 10:
        return 1

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at:at + size], order)  # type: ignore[arg-type]

    start = number(4, 4)
    for entry in range(min(number(start, 2), 200)):
        at = start + 2 + 12 * entry
        if number(at, 2) == 0x0112:
            value = number(at + 8, 2)
            return value if 1 <= value <= 8 else 1
    return 1
