"""The value under the pointer, in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from desktop_app.core.frame import Frame


def pixel_text(frame: Frame, place: tuple[float, float]) -> str:
    """`112 HU at (241, 198)` for a place in image coordinates: the modality value; empty outside the image."""
    column, row = int(place[0] // 1), int(place[1] // 1)
    value = frame.modality_value(column, row)
    if value is None:
        return ""
    if isinstance(value, tuple):
        shown = "RGB {} {} {}".format(*value)
    else:
        if math.isnan(value) and frame.pixels.dtype.kind != "f":
            shown = QCoreApplication.translate("PixelText", "no value")
            return QCoreApplication.translate("PixelText", "%s at (%d, %d)") % (shown, column, row)
        number = f"{value:.0f}" if value.is_integer() else f"{value:.4g}"  # also nan and inf
        shown = f"{number} {frame.facts.unit}".rstrip()
    return QCoreApplication.translate("PixelText", "%s at (%d, %d)") % (shown, column, row)
