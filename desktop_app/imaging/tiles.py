"""Tiles: where the frames of a whole-slide image lie, as its header says it."""

from __future__ import annotations

from desktop_app.core.slide import WHOLE_SLIDE, TileGrid
from desktop_app.imaging.elements import Elements

_SIZES = ("TotalPixelMatrixColumns", "TotalPixelMatrixRows", "Columns", "Rows")


def read_tiles(elements: Elements) -> TileGrid | None:
    """The grid of a whole-slide level; None for any other object, and where its size is not told."""
    if elements.text("SOPClassUID") != WHOLE_SLIDE:
        return None
    across, down, columns, rows = (elements.integer(keyword) or 0 for keyword in _SIZES)
    if min(across, down, columns, rows) <= 0:
        return None
    if elements.text("DimensionOrganizationType") != "TILED_SPARSE":
        return TileGrid(across, down, columns, rows)
    places = tuple(_place(item) for item in elements.items("PerFrameFunctionalGroupsSequence"))
    return TileGrid(across, down, columns, rows, places)


def _place(item: Elements) -> tuple[int, int]:
    """(left, top) from 0; outside of everything where it is not told."""
    position = item.item("PlanePositionSlideSequence")
    if position is None:
        return -(1 << 31), -(1 << 31)
    column = position.integer("ColumnPositionInTotalImagePixelMatrix") or 1
    row = position.integer("RowPositionInTotalImagePixelMatrix") or 1
    return column - 1, row - 1
