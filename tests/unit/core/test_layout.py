from __future__ import annotations

import pytest

from desktop_app.core.layout import Layout


def test_showing_replaces_one_viewport() -> None:
    layout = Layout(1, 2, ("a", "b")).showing(1, "c")
    assert layout.shown == ("a", "c")


@pytest.mark.parametrize(("rows", "columns", "shown"), [
    (2, 2, ("a", "b", "", "")), (1, 1, ("a",)), (1, 2, ("a", "b")), (0, 0, ("a",)), (-1, 3, ("a", "b", "")),
])
def test_resizing_keeps_reading_order(rows: int, columns: int, shown: tuple[str, ...]) -> None:
    layout = Layout(1, 2, ("a", "b"), active=1).resized(rows, columns)
    assert layout.shown == shown
    assert layout.rows * layout.columns == len(shown)
    assert 0 <= layout.active < len(shown)
