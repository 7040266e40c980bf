"""The model behind the small tables: how little of a view is disturbed when its rows change."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop_app.ui.row_table import Index, RowTable

pytestmark = pytest.mark.usefixtures("qapp")


class Table(RowTable[tuple[str, int]]):
    titles = ("Name", "Count")
    numbers = (1,)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.rows[index.row()][index.column()]
        return super().data(index, role)


def shown(table: Table) -> list[tuple[Any, ...]]:
    return [tuple(table.index(row, column).data() for column in range(table.columnCount()))
            for row in range(table.rowCount())]


@pytest.mark.parametrize(("before", "after", "news"), [
    ((), (("a", 1),), ["reset"]),
    ((("a", 1),), (("a", 1), ("b", 2), ("c", 3)), [(1, 2)]),
    ((("a", 1),), (("a", 1),), []),
    ((("a", 1), ("b", 2)), (("b", 2),), ["reset"]),
    ((("a", 1),), (("b", 2), ("a", 1)), ["reset"]),
])
def test_a_view_keeps_its_place_where_rows_are_only_added(before: tuple, after: tuple, news: list) -> None:
    table = Table()
    watch = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Warning)
    table.show(before)
    told: list[object] = []
    table.modelReset.connect(lambda: told.append("reset"))
    table.rowsInserted.connect(lambda _parent, first, last: told.append((first, last)))
    table.show(after)
    assert (told, shown(table)) == (news, list(after))
    assert isinstance(watch.model(), QAbstractItemModel)


def test_numbers_and_their_titles_end_at_the_right() -> None:
    table = Table()
    table.show((("a", 1),))
    right, role = Qt.AlignmentFlag.AlignRight, Qt.ItemDataRole.TextAlignmentRole
    assert [bool(table.index(0, column).data(role) & right) for column in (0, 1)] == [False, True]
    across = Qt.Orientation.Horizontal
    assert [bool(table.headerData(column, across, role) & right) for column in (0, 1)] == [False, True]
    assert table.headerData(1, across) == "Count"
