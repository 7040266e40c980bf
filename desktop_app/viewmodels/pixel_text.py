"""The value under the pointer, in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop_app.core.words import figures

if TYPE_CHECKING:
    from desktop_app.viewmodels.pixel_place import PixelPlace


def pixel_text(place: PixelPlace | None) -> str:
    """`112 HU at (241, 198)`: the modality value; on a slide with the size of the level that it is counted in. Empty
    for no pixel."""
    if place is None:
        return ""
    frame, (column, row) = place.frame, place.shown
    value = frame.modality_value(place.column, place.row)
    if value is None:
        return ""
    if isinstance(value, tuple):
        shown = "RGB {} {} {}".format(*value)
    else:
        if math.isnan(value) and frame.pixels.dtype.kind != "f":
            shown = QCoreApplication.translate("PixelText", "no value")
            return QCoreApplication.translate("PixelText", "%s at (%d, %d)") % (shown, column, row)
        number = figures(f"{value:.0f}" if value.is_integer() else f"{value:.4g}")  # also nan and inf
        shown = f"{number} {frame.facts.unit}".rstrip()
    text = QCoreApplication.translate("PixelText", "%s at (%d, %d)") % (shown, column, row)
    return text if place.of is None else QCoreApplication.translate("PixelText", "%s of %d × %d") % (text, *place.of)
