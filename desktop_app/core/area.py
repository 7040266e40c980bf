"""Areas: which pixels lie inside an outline, and what their values are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from desktop_app.core.annotation import Annotation, AnnotationKind, Point
from desktop_app.core.frame import Frame


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of the modality values whose pixel centres lie inside; `deviation` is that of the population."""

    count: int
    mean: float
    deviation: float
    lowest: float
    highest: float


def statistics_inside(annotation: Annotation, frame: Frame) -> Statistics | None:
    """Of the modality values inside an area, padding left out; None for colour, and where no pixel centre is inside."""
    if frame.is_colour:
        return None
    values = values_inside(annotation, frame)
    return _statistics(values) if values is not None else None


def values_inside(annotation: Annotation, frame: Frame, *, step: int = 1) -> npt.NDArray[np.float64] | None:
    """Finite modality values of the pixels whose centres lie inside, without padding and without what the quantity in
    use does not reach; None when there are none.

    `step` above 1 looks at every so manieth row and column only.
    """
    left, top, right, bottom = annotation.bounds
    first_column, last_column = max(math.ceil(left - 0.5), 0), min(math.floor(right - 0.5), frame.columns - 1)
    first_row, last_row = max(math.ceil(top - 0.5), 0), min(math.floor(bottom - 0.5), frame.rows - 1)
    if first_column > last_column or first_row > last_row:
        return None
    stored = frame.pixels[first_row : last_row + 1 : step, first_column : last_column + 1 : step]
    columns = np.arange(first_column, last_column + 1, step, dtype=np.float64) + 0.5
    rows = np.arange(first_row, last_row + 1, step, dtype=np.float64) + 0.5
    if annotation.kind is AnnotationKind.ELLIPSE:
        across = (columns - (left + right) / 2) / max((right - left) / 2, 1e-9)
        down = (rows - (top + bottom) / 2) / max((bottom - top) / 2, 1e-9)
        stored = stored[across[np.newaxis, :] ** 2 + down[:, np.newaxis] ** 2 <= 1.0]
    elif annotation.kind is AnnotationKind.FREEHAND:
        stored = stored[inside_polygon(annotation.outline, columns, rows)]
    stored = stored.ravel()
    if frame.padding is not None:
        low, high = frame.padding
        stored = stored[(stored < low) | (stored > high)]
    if stored.size == 0:
        return None
    values = frame.modality_values(stored)
    values = values[np.isfinite(values)]
    return values if values.size else None


def inside_polygon(
    outline: tuple[Point, ...], columns: npt.NDArray[np.floating], rows: npt.NDArray[np.floating]
) -> npt.NDArray[np.bool_]:
    """A mask (rows, columns) of the places inside, by the even-odd rule."""
    corners = np.asarray((*outline, outline[0]), dtype=np.float64)
    x, y = corners[:-1, 0], corners[:-1, 1]
    to_x, to_y = corners[1:, 0], corners[1:, 1]
    mask = np.zeros((len(rows), len(columns)), dtype=np.bool_)
    for place, row in enumerate(rows):
        crossed = (y <= row) != (to_y <= row)
        if not crossed.any():
            continue
        share = (row - y[crossed]) / (to_y[crossed] - y[crossed])
        crossings = np.sort(x[crossed] + share * (to_x[crossed] - x[crossed]))
        mask[place] = np.searchsorted(crossings, columns) % 2 == 1
    return mask


def polygon_area(outline: tuple[Point, ...]) -> float:
    """Of an outline that does not cross itself, in square pixels."""
    closed = (*outline, outline[0])
    return abs(sum(x * to_y - to_x * y for (x, y), (to_x, to_y) in pairwise(closed))) / 2


def crosses_itself(outline: tuple[Point, ...]) -> bool:
    """Whether two sides that are no neighbours meet."""
    count = len(outline)
    if count < 4:
        return False
    a = np.asarray(outline, dtype=np.float64)
    b = np.roll(a, -1, axis=0)
    first = _side(a[:, None], b[:, None], a[None, :]) * _side(a[:, None], b[:, None], b[None, :])
    meets = (first < 0) & (first.T < 0)
    return bool(meets.any())


def _side(
    a: npt.NDArray[np.float64], b: npt.NDArray[np.float64], point: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """On which side of the lines a → b the points lie: the sign."""
    along, to = b - a, point - a
    return np.asarray(along[..., 0] * to[..., 1] - along[..., 1] * to[..., 0])


def _statistics(values: npt.NDArray[np.float64]) -> Statistics:
    return Statistics(
        int(values.size), float(values.mean()), float(values.std()), float(values.min()), float(values.max())
    )
