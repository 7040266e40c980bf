"""Layout: how many viewports, and which display set each one shows."""

from __future__ import annotations

from dataclasses import dataclass, replace

MOST = 4                # rows, and columns


@dataclass(frozen=True, slots=True)
class Layout:
    """A grid of viewports. `shown[i]` is the key of the display set in viewport i, empty for none.

    `alone` is the one viewport that fills the page while the others wait, -1 for none.
    """

    rows: int = 1
    columns: int = 1
    shown: tuple[str, ...] = ("",)
    active: int = 0
    alone: int = -1

    def showing(self, viewport: int, display_set_key: str) -> Layout:
        shown = list(self.shown)
        shown[viewport] = display_set_key
        return replace(self, shown=tuple(shown))

    def resized(self, rows: int, columns: int) -> Layout:
        """Another grid, of 1 to 4 rows and columns; what fits stays where it was in reading order."""
        rows, columns = min(max(rows, 1), MOST), min(max(columns, 1), MOST)
        shown = (self.shown + ("",) * (rows * columns))[: rows * columns]
        return Layout(rows, columns, shown, min(self.active, rows * columns - 1))
