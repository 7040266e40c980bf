"""ValueMapping: another quantity that stored values stand for: SUV, Bq/ml, a real-world value."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.window import Window


@dataclass(frozen=True, slots=True)
class ValueMapping:
    """value = stored × slope + intercept, or an entry of `table` for each stored value of the span.

    `windows` are those that open it, before the file's own, converted. It holds for stored values of the `span` (first,
    last); None for all.
    """

    name: str
    unit: str
    slope: float
    intercept: float = 0.0
    windows: tuple[Window, ...] = ()
    span: tuple[float, float] | None = None
    table: tuple[float, ...] = ()
    is_rescale: bool = False        # what the file's own rescale gives
