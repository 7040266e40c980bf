"""Pictures, documents and films of every kind that may be dropped on a study, made here."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from PIL import Image


def pattern(rows: int = 48, columns: int = 64, *, colour: bool = True) -> Image.Image:
    """Something with edges, no two rows alike."""
    y, x = np.mgrid[0:rows, 0:columns]
    grey = ((x * 4 + y * 3) % 256).astype(np.uint8)
    return Image.fromarray(np.dstack([grey, 255 - grey, (grey // 2) + y.astype(np.uint8)]) if colour else grey)


def picture_bytes(image: Image.Image, kind: str, **options: object) -> bytes:
    target = BytesIO()
    image.save(target, kind, **options)         # type: ignore[arg-type]
    return target.getvalue()


def turned_jpeg() -> bytes:
    """A JPEG whose camera was held upright: Exif says to turn it by 90°."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return picture_bytes(pattern(), "JPEG", exif=exif)


def tiff_pages(*pages: Image.Image) -> bytes:
    return picture_bytes(pages[0], "TIFF", save_all=True, append_images=list(pages[1:]))


def pdf_bytes(pages: int = 2) -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(300, 400)
    target = BytesIO()
    document.save(target)
    document.close()
    return target.getvalue()


def mp4_bytes(codec: bytes = b"avc1", profile: int = 100, level: int = 41, frames: int = 50, rows: int = 480,
              columns: int = 640) -> bytes:
    """The boxes of a film of two seconds; its frames are none that could be decoded."""
    def box(kind: bytes, *body: bytes) -> bytes:
        data = b"".join(body)
        return (len(data) + 8).to_bytes(4, "big") + kind + data

    def number(value: int, size: int = 4) -> bytes:
        return value.to_bytes(size, "big")

    if codec in (b"hvc1", b"hev1"):
        configuration = box(b"hvcC", bytes([1, profile]) + bytes(10) + bytes([level]))
    else:
        configuration = box(b"avcC", bytes([1, profile, 0, level]))
    entry = box(codec, bytes(24), number(columns, 2), number(rows, 2), bytes(50), configuration)
    table = box(b"stbl", box(b"stsd", bytes(4), number(1), entry), box(b"stsz", bytes(4), number(0), number(frames)))
    track = box(
        b"trak", box(b"mdia", box(b"mdhd", bytes(12), number(1000), number(2000), bytes(4)),
                     box(b"hdlr", bytes(8), b"vide", bytes(13)), box(b"minf", table)))
    return box(b"ftyp", b"isom", bytes(4)) + box(b"moov", track) + box(b"mdat", bytes(range(256)) * 4)
