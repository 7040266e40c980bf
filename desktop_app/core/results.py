"""Results of measurements as text and as a table, for a report or a spreadsheet. Nothing in them names a patient."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.core.annotation import Annotation
from desktop_app.core.measure import Measurement

_HEAD = ("series", "image", "kind", "quantity", "value", "unit", "±", "source", "note", "text")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")            # what a spreadsheet would run


@dataclass(frozen=True, slots=True)
class Result:
    """One annotation with what it measures, and where it lies in words: series, number of the image."""

    annotation: Annotation
    measurement: Measurement | None
    series: str = ""
    image: int = 0


def as_text(results: Iterable[Result]) -> str:
    """One line for each result, its parts separated by tabs."""
    lines = []
    for one in results:
        found = one.measurement
        place = " ".join(part for part in (one.series, f"image {one.image}" if one.image else "") if part)
        parts = (place, one.annotation.kind.value, found.headline if found else "", one.annotation.text,
                 found.details if found else "")
        lines.append("\t".join(part for part in parts if part))
    return "\n".join(lines)


def as_csv(results: Iterable[Result]) -> str:
    """One row for each number, with a heading; a drawing without a number has one row with its text.

    Commas between the columns and points in the numbers (RFC 4180), whatever the language of the computer.
    """
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(_HEAD)
    for one in results:
        drawn, found = one.annotation, one.measurement
        place = (_harmless(one.series), one.image or "", drawn.kind.value)
        source, note = (found.source, found.note) if found else ("", "")
        rest = (source, note, _harmless(drawn.text))
        for quantity in found.quantities if found else ():
            spread = f"{quantity.tolerance:.6g}" if quantity.tolerance else ""
            table.writerow((*place, quantity.concept.value, f"{quantity.value:.6g}", quantity.unit, spread, *rest))
        if found is None or not found.quantities:
            table.writerow((*place, "", "", "", "", *rest))
    return out.getvalue()


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
