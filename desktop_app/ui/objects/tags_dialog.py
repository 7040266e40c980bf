"""TagsDialog: all attributes of an instance, to be searched, copied and compared."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QTreeView, QWidget

from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.tag_row import TagRow
from desktop_app.ui.dialogs import Dialog
from desktop_app.ui.widgets import button, copy_text, label, plain_table
from desktop_app.viewmodels.tags import FoundModel, TagsModel

_SIZE = (1160, 720)
_WIDTHS = (150, 250, 230, 50)
_TYPING_MS = 200


class TagsDialog(Dialog):
    """`neighbours` are instances that this one can be compared with: a name for the button, and which one."""

    def __init__(
        self, parent: QWidget | None, title: str, model: TagsModel,
        neighbours: tuple[tuple[str, FrameRef], ...] = (),
    ) -> None:
        super().__init__(parent, title, width=_SIZE[0])
        self.model = model
        self.resize(*_SIZE)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Tag, name, keyword or value"))
        self.search.setAccessibleName(self.tr("Search in the attributes"))
        self.search.setClearButtonEnabled(True)
        self.state = label(tone="secondary")
        row = QHBoxLayout()
        row.addWidget(self.search, 1)
        row.addWidget(self.state)
        self.pages = QStackedWidget(self)           # in its place before it is filled: else all of it is dressed again
        self.column.addLayout(row)
        self.column.addWidget(self.pages, 1)
        self.tree = QTreeView(self.pages)
        self.tree.setModel(model)
        self.tree.setAccessibleName(self.tr("Attributes"))
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.found = FoundModel(model.headings, self)
        self.table = plain_table(self.found, self.tr("What was found"))
        self.different = QStandardItemModel(0, 4, self)
        self.differences = plain_table(self.different, self.tr("Differences"))
        for number, width in enumerate(_WIDTHS):
            self.tree.setColumnWidth(number, width)
            self.table.setColumnWidth(number, width)
        self.table.setColumnWidth(4, 260)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.differences.horizontalHeader().setStretchLastSection(True)
        for page in (self.tree, self.table, self.differences):
            self.pages.addWidget(page)
        compare = tuple(button(name, self._comparing(ref)) for name, ref in neighbours)
        self.add_buttons(button(self.tr("Close"), self.accept, kind="primary"),
                         left=(button(self.tr("Copy"), self.copy, icon="copy", tip=self.tr("Copy what is selected")),
                               *compare))
        self._typing = QTimer(self, interval=_TYPING_MS, singleShot=True)
        self._typing.timeout.connect(lambda: model.search(self.search.text()))
        self.search.textChanged.connect(lambda _text: self._typing.start())
        QShortcut(QKeySequence.StandardKey.Copy, self, self.copy)
        model.ended.connect(self._opened)
        model.searched.connect(self._show_found)
        model.compared.connect(self._show_differences)
        self.finished.connect(lambda _code: model.close())
        self.state.setText(self.tr("Opening …"))
        self.search.setFocus()

    def copy(self) -> None:
        """The selected rows; all that is shown of the first level when nothing is selected."""
        if self.pages.currentWidget() is self.tree:
            chosen = [self.model.row_of(index) for index in self.tree.selectionModel().selectedRows()]
            rows = [row for row in chosen if row is not None] or self._first_level()
            copy_text(self.model.text_of(rows))
            return
        table = self.table if self.pages.currentWidget() is self.table else self.differences
        source = table.model()
        selected = {index.row() for index in table.selectionModel().selectedRows()}
        rows_chosen = sorted(selected) or range(source.rowCount())
        copy_text("\n".join(
            "\t".join(str(source.index(row, column).data() or "") for column in range(source.columnCount()))
            for row in rows_chosen))

    def _first_level(self) -> list[TagRow]:
        rows = [self.model.row_of(self.model.index(number, 0)) for number in range(self.model.rowCount())]
        return [row for row in rows if row is not None]

    def _opened(self) -> None:
        self.state.setText(self.model.error or self.tr("%n attribute(s)", "", self.model.rowCount()))

    def _show_found(self) -> None:
        searching = bool(self.search.text().strip())
        self.pages.setCurrentWidget(self.table if searching else self.tree)
        if not searching:
            self._opened()
            return
        self.found.show(self.model.found)
        self.state.setText(self.tr("%n found", "", len(self.model.found)))

    def _comparing(self, ref: FrameRef) -> Callable[[], None]:
        def compare() -> None:
            self.state.setText(self.tr("Comparing …"))
            self.model.compare_with(ref)
        return compare

    def _show_differences(self) -> None:
        self.different.clear()
        self.different.setHorizontalHeaderLabels(
            [self.tr("Tag"), self.tr("Name"), self.tr("This instance"), self.tr("The other one")])
        for one in self.model.differences:
            self.different.appendRow([_item(text) for text in (one.path, one.name, one.first, one.second)])
        for number, width in enumerate((220, 240, 260)):
            self.differences.setColumnWidth(number, width)
        self.pages.setCurrentWidget(self.differences)
        self.state.setText(
            self.model.compare_error or self.tr("%n difference(s)", "", len(self.model.differences)))


def _item(text: str) -> QStandardItem:
    made = QStandardItem(text)
    made.setEditable(False)
    made.setToolTip(text)
    return made
