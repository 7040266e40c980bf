"""Bytes and seconds as people read them."""

from __future__ import annotations

from desktop_app.core.words import figures

_UNITS = ("B", "kB", "MB", "GB", "TB")


def size_text(nbytes: float) -> str:
    """`1234567` → `1.2 MB` (decimal units, as networks and disks are sold)."""
    value, unit = float(nbytes), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    number = f"{value:.0f}" if unit == 0 or value >= 99.95 else f"{value:.1f}"
    return f"{figures(number)} {_UNITS[unit]}"


def duration_text(seconds: float) -> str:
    """`5 s`, `3 min`, `2 h 10 min`: no more precise than is known."""
    if seconds < 90:
        return f"{max(seconds, 1):.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
