"""Real-world values: what stored values stand for in a unit of measurement (PS3.3 C.7.6.16.2.11)."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.imaging.elements import Elements
from desktop_app.imaging.frame_scope import FrameScope


@dataclass(frozen=True, slots=True)
class RealWorldMapping:
    """A mapping of stored values first … last: a line, or a table of one entry for each stored value."""

    label: str
    unit: str
    first: float
    last: float
    slope: float = 1.0
    intercept: float = 0.0
    table: tuple[float, ...] = ()

    def value(self, stored: float) -> float | None:
        """The real-world value, None where the mapping does not reach."""
        if not self.first <= stored <= self.last:
            return None
        if self.table:
            index = int(stored - self.first)
            return self.table[index] if 0 <= index < len(self.table) else None
        return stored * self.slope + self.intercept


def real_world_mappings(scope: FrameScope, *, signed: bool) -> tuple[RealWorldMapping, ...]:
    """The mappings of a frame, in the order of the file; those that cannot be read are left out."""
    for group in (scope.own, scope.shared, scope.top):
        items = group.items("RealWorldValueMappingSequence") if group is not None else []
        found = tuple(mapping for item in items if (mapping := _mapping(item, signed=signed)) is not None)
        if found:
            return found
    return ()


def _mapping(item: Elements, *, signed: bool) -> RealWorldMapping | None:
    first = _either(item, "RealWorldValueFirstValueMapped", "DoubleFloatRealWorldValueFirstValueMapped", signed=signed)
    last = _either(item, "RealWorldValueLastValueMapped", "DoubleFloatRealWorldValueLastValueMapped", signed=signed)
    if first is None or last is None:
        return None
    units = item.item("MeasurementUnitsCodeSequence")
    unit = "" if units is None else units.text("CodeValue")
    unit = "" if unit == "1" else unit                  # UCUM's way of saying that there is none
    label = item.text("LUTLabel") or item.text("LUTExplanation")
    table = item.numbers("RealWorldValueLUTData")
    slope, intercept = item.number("RealWorldValueSlope"), item.number("RealWorldValueIntercept")
    if table:
        return RealWorldMapping(label, unit, first, last, table=table)
    if slope is None:
        return None
    return RealWorldMapping(label, unit, first, last, slope, intercept or 0.0)


def _either(item: Elements, integer: str, double: str, *, signed: bool) -> float | None:
    value = item.number(integer, signed=signed)
    return value if value is not None else item.number(double)
