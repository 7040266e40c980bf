"""Overlay planes of a presentation state: those it brings along, and which of the image's it shows (PS3.3 C.11.7)."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pydicom
from pydicom.dataset import Dataset

from desktop_app.core.graphics import OverlayPlane, overlay_bitmap
from desktop_app.objects.attributes import number, text

assert pydicom

_GROUPS = range(0x6000, 0x6020, 2)
_ROWS, _COLUMNS, _FRAMES, _TYPE, _ORIGIN, _FIRST_FRAME = 0x0010, 0x0011, 0x0015, 0x0040, 0x0050, 0x0051
_LAYER, _LABEL, _DATA = 0x1001, 0x1500, 0x3000
_MOST_FRAMES = 256


@dataclass(frozen=True, slots=True)
class StateOverlays:
    """`planes` in the order of their layers, `shutter` the one that hides what it covers. `image_groups` are the groups
    of overlays that the image's own are drawn from; None where the state speaks of none. `unread`: how many could not
    be read."""

    planes: tuple[OverlayPlane, ...] = ()
    shutter: OverlayPlane | None = None
    image_groups: frozenset[int] | None = None
    unread: int = 0


def read_state_overlays(dataset: Dataset, layer_orders: Mapping[str, float]) -> StateOverlays:
    """The overlays of a presentation state. A plane without a layer is not drawn (PS3.3 C.11.7)."""
    hiding = int(number(dataset, "ShutterOverlayGroup") or 0)
    if "BITMAP" not in text(dataset, "ShutterShape").upper().split("\\"):
        hiding = 0
    planes: list[tuple[float, OverlayPlane]] = []
    shutter, of_image, unread, is_spoken_of = None, set(), 0, False
    for group in _GROUPS:
        layer, data = str(_value(dataset, group, _LAYER) or "").strip(), _value(dataset, group, _DATA)
        is_spoken_of |= bool(layer) or (group, _LAYER) in dataset
        if data is None:
            if layer:
                of_image.add(group)
            continue
        found = _planes(dataset, group, data)
        unread += not found
        if group == hiding:
            shutter = next(iter(found), None)
        elif layer:
            planes += [(layer_orders.get(layer, 0.0), one) for one in found]
    planes.sort(key=lambda one: one[0])
    groups = frozenset(of_image) if is_spoken_of else None
    return StateOverlays(tuple(one for _, one in planes), shutter, groups, unread)


def _planes(dataset: Dataset, group: int, data: Any) -> list[OverlayPlane]:
    rows, columns = _whole(dataset, group, _ROWS), _whole(dataset, group, _COLUMNS)
    frames = min(max(1, _whole(dataset, group, _FRAMES, 1)), _MOST_FRAMES)
    first = _whole(dataset, group, _FIRST_FRAME, 1)
    top, left = _origin(_value(dataset, group, _ORIGIN))
    label = str(_value(dataset, group, _LABEL) or "").strip() or f"Overlay {(group >> 1) % 16 + 1}"
    is_region = str(_value(dataset, group, _TYPE) or "").strip().upper() == "R"
    packed = data if isinstance(data, bytes) else struct.pack(f"<{len(data)}H", *data)
    found = []
    for index in range(frames):
        mask = overlay_bitmap(packed, rows, columns, index)
        if mask is not None:
            number_of = first + index if frames > 1 else 0
            found.append(OverlayPlane(mask, label, is_region, group, top, left, number_of))
    return found


def _value(dataset: Dataset, group: int, element: int) -> Any:
    try:
        return dataset[(group, element)].value if (group, element) in dataset else None
    except Exception:       # pydicom raises what it likes about values of others
        return None


def _whole(dataset: Dataset, group: int, element: int, otherwise: int = 0) -> int:
    try:
        return int(_value(dataset, group, element))
    except (TypeError, ValueError):
        return otherwise


def _origin(value: Any) -> tuple[int, int]:
    """Row and column of the first pixel, counted from 0 here and from 1 there."""
    try:
        row, column = value
        return int(row) - 1, int(column) - 1
    except (TypeError, ValueError):
        return 0, 0
