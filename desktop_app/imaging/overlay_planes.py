"""Overlay planes: the bitmaps of groups 6000 to 601E (PS3.3 C.9.2), where they lie on the image."""

from __future__ import annotations

import numpy as np

from desktop_app.core.errors import DicomError
from desktop_app.core.frame import Pixels
from desktop_app.core.graphics import OverlayPlane, overlay_bitmap
from desktop_app.imaging.decode import DicomObject
from desktop_app.imaging.elements import Elements
from desktop_app.imaging.pixel_format import PixelFormat

_GROUPS = range(0x6000, 0x6020, 2)
_ROWS, _COLUMNS, _FRAMES, _DESCRIPTION, _TYPE = 0x0010, 0x0011, 0x0015, 0x0022, 0x0040
_ORIGIN, _FIRST_FRAME, _BIT_POSITION, _LABEL, _DATA = 0x0050, 0x0051, 0x0102, 0x1500, 0x3000


def overlay_planes(obj: DicomObject, frame_number: int = 1) -> list[OverlayPlane]:
    """The overlays of a frame, in the order of their groups; those that cannot be read are left out.

    Overlays in bits of the pixel data itself (retired, still met) are read where the pixel data is native.
    """
    try:
        fmt = obj.pixel_format
    except DicomError:
        return []
    planes = []
    groups = {tag >> 16 for tag in tuple(obj.dataset.keys())}
    for group in groups.intersection(_GROUPS) and _GROUPS:      # most images have none
        base = group << 16
        if obj.elements.integer(base | _ROWS) is None and obj.elements.integer(base | _BIT_POSITION) is None:
            continue
        plane = _plane(obj, obj.elements, base, fmt, frame_number)
        if plane is not None:
            planes.append(plane)
    return planes


def _plane(obj: DicomObject, elements: Elements, base: int, fmt: PixelFormat, frame_number: int) -> OverlayPlane | None:
    label = elements.text(base | _LABEL) or elements.text(base | _DESCRIPTION) or f"Overlay {(base >> 17) % 16 + 1}"
    is_region = elements.text(base | _TYPE).upper() == "R"
    data = elements.raw(base | _DATA)
    if not data:
        mask = _embedded(obj, elements.integer(base | _BIT_POSITION) or 0, fmt, frame_number)
        return None if mask is None else OverlayPlane(mask, label, is_region, base >> 16)
    rows, columns = elements.integer(base | _ROWS) or 0, elements.integer(base | _COLUMNS) or 0
    frames = max(1, elements.integer(base | _FRAMES) or 1)
    first = elements.integer(base | _FIRST_FRAME) or 1
    index = frame_number - first if frames > 1 else 0
    bitmap = overlay_bitmap(data, rows, columns, index) if index < frames else None
    if bitmap is None:
        return None
    origin = elements.numbers(base | _ORIGIN, signed=True)
    top, left = (int(origin[0]) - 1, int(origin[1]) - 1) if len(origin) >= 2 else (0, 0)
    mask = np.zeros((fmt.rows, fmt.columns), bool)
    y0, x0 = max(0, top), max(0, left)
    y1, x1 = min(fmt.rows, top + rows), min(fmt.columns, left + columns)
    if y0 < y1 and x0 < x1:
        mask[y0:y1, x0:x1] = bitmap[y0 - top : y1 - top, x0 - left : x1 - left]
    mask.setflags(write=False)
    return OverlayPlane(mask, label, is_region, base >> 16)


def _embedded(obj: DicomObject, bit: int, fmt: PixelFormat, frame_number: int) -> Pixels | None:
    in_use = range(fmt.high_bit + 1 - fmt.bits_stored, fmt.high_bit + 1)
    if fmt.samples != 1 or fmt.bits_allocated not in (8, 16) or not 0 <= bit < fmt.bits_allocated or bit in in_use:
        return None
    try:
        data, _ = obj.frame_bytes(frame_number)
    except DicomError:
        return None
    if not obj.is_native or len(data) < fmt.frame_bytes:
        return None
    order = ">" if obj.is_big_endian else "<"
    values = np.frombuffer(data, f"{order}u{fmt.bits_allocated // 8}", fmt.pixels).reshape(fmt.rows, fmt.columns)
    mask = (values >> bit) & 1 != 0
    mask.setflags(write=False)
    return mask
