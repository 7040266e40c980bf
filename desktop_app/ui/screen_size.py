"""How large a screen is: points of the interface for one millimetre, as the monitor itself says (EDID)."""

from __future__ import annotations

from PySide6.QtGui import QScreen

_LEAST_MM, _MOST_MM = 60.0, 4000.0          # of a screen's width: a phone, a wall
_LEAST, _MOST = 1.0, 20.0                   # points per millimetre: 25 to 500 per inch


def points_per_mm(screen: QScreen | None) -> float:
    """0 where the monitor does not know its size, or says something that cannot be."""
    if screen is None:
        return 0.0
    width_mm, width = screen.physicalSize().width(), screen.geometry().width()
    if not _LEAST_MM <= width_mm <= _MOST_MM:
        return 0.0
    found = width / width_mm
    return found if _LEAST <= found <= _MOST else 0.0
