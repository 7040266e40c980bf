"""The table of studies: fixed row height, chips for modalities, columns that can be moved, hidden and resized."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)

from desktop_app.core.listed_study import ListedStudy
from desktop_app.ui import theme
from desktop_app.ui.study_delegate import PADDING, StudyDelegate
from desktop_app.viewmodels.worklist import COLUMNS, ListedRole, WorklistModel

_ARROW = 15
_NEAR_END_ROWS = 20                                 # more rows are asked for before the last one is in sight
_HIDDEN_AT_FIRST = frozenset({"sex", "referring"})
_FILLS = "description"                              # takes what room is left
_MEASURED_ROWS = 50                                 # a column is as wide as the first rows need
# Who gives room when there is too little, in this order, and how little each can live with.
_GIVES = (
    ("accession", 96), ("referring", 90), ("modalities", 112), ("description", 170), ("patient", 130),
    ("patient_id", 84), ("modalities", 70), ("description", 120), ("archive", 96),
)
_WIDEST = 320
_IDS = tuple(column.id for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class HeaderLayout:
    """How the columns are arranged: ids in their order, the hidden ones, widths in device independent pixels."""

    order: tuple[str, ...] = _IDS
    hidden: frozenset[str] = _HIDDEN_AT_FIRST
    widths: tuple[tuple[str, int], ...] = ()


class StudyHeader(QHeaderView):
    """Titles with the arrow of the sorted column right behind the text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(44)
        self.setFixedHeight(theme.tokens().row)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setSortIndicatorShown(True)
        self.setSortIndicatorClearable(False)
        self.setAccessibleName(self.tr("Columns"))

    def width_of_title(self, section: int) -> int:
        """What a title needs, with room for the arrow."""
        metrics = QFontMetrics(theme.font(theme.tokens().font_small, QFont.Weight.Medium))
        title = str(self.model().headerData(section, self.orientation()))
        return metrics.horizontalAdvance(title) + 2 + max(PADDING + _ARROW + 2, 2 * PADDING)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        tokens = theme.tokens()
        is_sorted = self.sortIndicatorSection() == section
        painter.save()
        painter.fillRect(rect, tokens.colour("window"))
        painter.setPen(tokens.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        font = theme.font(tokens.font_small, QFont.Weight.Medium)
        metrics = QFontMetrics(font)
        right_room = _ARROW + 2 if is_sorted else PADDING
        room = rect.width() - PADDING - right_room
        title = str(self.model().headerData(section, self.orientation()))
        text = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(text)
        right = COLUMNS[section].align_right
        left = rect.right() - right_room - width if right else rect.left() + PADDING
        painter.setFont(font)
        painter.setPen(tokens.colour("text" if is_sorted else "secondary"))
        painter.drawText(QRect(left, rect.top(), width + 2, rect.height()), Qt.AlignmentFlag.AlignVCenter, text)
        if is_sorted:
            name = "arrow-down" if self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder else "arrow-up"
            drawn = theme.pixmap(name, 12, "text", self.devicePixelRatioF())
            painter.drawPixmap(left + width + 4, rect.center().y() - 5, drawn)
        painter.restore()


class StudyTable(QTableView):
    """The view of WorklistModel.table. Keeps place and selection while rows come and go."""

    open_requested = Signal(object)                 # ListedStudy
    header_layout_changed = Signal(object)          # HeaderLayout
    hovered = Signal(object)                        # ListedStudy or None
    menu_requested = Signal(QPoint)                 # a place on the screen; the study under it is selected

    def __init__(self, worklist: WorklistModel) -> None:
        super().__init__()
        self._worklist = worklist
        self._sized_by_hand = False
        self._needed = [0] * len(COLUMNS)               # the widest content seen; columns do not shrink while one types
        self._arranging = False
        self._place = 0
        self._measured: set[ListedStudy] = set()
        self._hidden = _HIDDEN_AT_FIRST                 # by choice; the archive is also hidden where there is one only
        self._delegate = StudyDelegate(self)
        self._header = StudyHeader(self)
        self.setHorizontalHeader(self._header)
        self.setModel(worklist.table)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Studies"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)    # scrolling moves what is painted
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.tokens().row)
        self.verticalHeader().setMinimumSectionSize(theme.tokens().row)
        self.verticalScrollBar().setSingleStep(theme.tokens().row)
        self.apply_header_layout(HeaderLayout())

        header = self._header
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose_columns)
        header.sectionResized.connect(self._section_resized)
        header.sectionMoved.connect(lambda *_: self._arranged())
        header.sectionClicked.connect(self._sort)
        self._show_sorting()

        worklist.scope_changed.connect(self._show_columns)
        rows = worklist.table
        rows.modelAboutToBeReset.connect(self._remember_place)
        rows.modelReset.connect(self._restore_place)
        rows.modelReset.connect(self._measure)
        rows.rowsInserted.connect(self._measure)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._look_for_the_end())
        self.verticalScrollBar().rangeChanged.connect(lambda *_: self._look_for_the_end())
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.doubleClicked.connect(self._open)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)

    # -- studies -------------------------------------------------------------------------------------------------

    def current_row(self) -> ListedStudy | None:
        return self.currentIndex().data(ListedRole) if self.currentIndex().isValid() else None

    def listed_at(self, place: QPoint) -> ListedStudy | None:
        """The row that lies there, in coordinates of the rows."""
        index = self.indexAt(place)
        return index.data(ListedRole) if index.isValid() else None

    def focus_first(self) -> None:
        """Gives the keyboard to the table; with nothing selected, to its first row."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, self._header.logicalIndex(0)))

    def _ask_menu(self, where: QPoint) -> None:
        if self.indexAt(where).isValid():
            self.setCurrentIndex(self.indexAt(where))
            self.menu_requested.emit(self.viewport().mapToGlobal(where))

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ListedRole)
        if row is not None:
            self.open_requested.emit(row)

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            if not self.selectionModel().isSelected(current):   # Qt's own choice when the keyboard comes here
                flags = QItemSelectionModel.SelectionFlag
                self.selectionModel().select(current, flags.ClearAndSelect | flags.Rows)
            self._worklist.select(current.data(ListedRole))

    def _remember_place(self) -> None:
        self._place = self.verticalScrollBar().value()

    def _restore_place(self) -> None:
        selected = self._worklist.selected
        if selected is not None:
            rows = enumerate(self._worklist.table.rows)
            row = next((number for number, listed in rows if listed.key == selected.key), -1)
            if row >= 0:
                self.setAutoScroll(False)               # the list may change while someone reads it: it must not jump
                self.setCurrentIndex(self.model().index(row, self._header.logicalIndex(0)))
                self.setAutoScroll(True)
            else:
                self._worklist.select(None)             # what is not in the list any more is not opened by accident
        self.verticalScrollBar().setValue(self._place)
        self._show_sorting()

    def _look_for_the_end(self) -> None:
        bar = self.verticalScrollBar()
        if bar.maximum() and bar.value() >= bar.maximum() - _NEAR_END_ROWS * theme.tokens().row:
            self._worklist.load_more()

    # -- columns -------------------------------------------------------------------------------------------------

    def header_layout(self) -> HeaderLayout:
        """The arrangement as a value; `apply_header_layout` brings it back."""
        order = tuple(_IDS[self._header.logicalIndex(place)] for place in range(len(_IDS)))
        return HeaderLayout(order, self._hidden, tuple((name, self._width(number)) for number, name in enumerate(_IDS)))

    def apply_header_layout(self, layout: HeaderLayout) -> None:
        """Arranges the columns; ids that do not exist any more are passed over, new ones stand at the end."""
        self._arranging = True
        widths = {column.id: column.width for column in COLUMNS} | dict(layout.widths)
        self._sized_by_hand = bool(layout.widths)
        order = [name for name in layout.order if name in _IDS]
        for place, name in enumerate(order + [name for name in _IDS if name not in order]):
            number = _IDS.index(name)
            self._header.moveSection(self._header.visualIndex(number), place)
            self._header.resizeSection(number, max(widths[name], self._header.minimumSectionSize()))
        self._hidden = layout.hidden & frozenset(_IDS)
        self._arranging = False
        self._show_columns()

    def _show_columns(self) -> None:
        """Those that are wanted; the archive only where the rows are of several."""
        is_of_one = not self._worklist.is_of_many
        for number, name in enumerate(_IDS):
            self._header.setSectionHidden(number, name in self._hidden or (name == "archive" and is_of_one))
        self._fill()

    def _width(self, number: int) -> int:
        return self._header.sectionSize(number) or COLUMNS[number].width

    def _arranged(self) -> None:
        if not self._arranging:
            self.header_layout_changed.emit(self.header_layout())

    def _section_resized(self, _number: int, old: int, new: int) -> None:
        if not self._arranging and old and new:
            self._sized_by_hand = True
            self._arranged()

    def _measure(self) -> None:
        """Notes what the first rows need, each study once; the columns follow unless someone has sized them."""
        new = [row for row in self._worklist.table.rows[:_MEASURED_ROWS] if row not in self._measured]
        if not new:
            return
        self._measured.update(new)
        for number, column in enumerate(COLUMNS):
            widths = (self._delegate.width_of(row, column) for row in new)
            self._needed[number] = max(self._needed[number], self._header.width_of_title(number), *widths)
        self._fill()

    def _fill(self) -> None:
        """Until someone sizes columns: each as wide as it needs, the description takes what is left."""
        if self._sized_by_hand or not any(self._needed):
            return
        shown = [number for number in range(len(COLUMNS)) if not self._header.isSectionHidden(number)]
        widths = {number: min(self._needed[number], _WIDEST) for number in shown}
        room = self.viewport().width() - sum(widths.values())
        for name, least in _GIVES:
            number = _IDS.index(name)
            if room < 0 and number in widths:
                given = min(-room, max(widths[number] - least, 0))
                widths[number] -= given
                room += given
        if room > 0 and _IDS.index(_FILLS) in widths:
            widths[_IDS.index(_FILLS)] += room
        self._arranging = True
        for number, width in widths.items():
            self._header.resizeSection(number, width)
        self._arranging = False

    def _choose_columns(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(COLUMNS):
            title = str(self.model().headerData(number, Qt.Orientation.Horizontal))
            choice = QAction(title, menu, checkable=True, checked=column.id not in self._hidden)
            choice.setEnabled(column.id != "patient" and (column.id != "archive" or self._worklist.is_of_many))
            choice.toggled.connect(lambda shown, number=number: self.show_column(number, shown))
            menu.addAction(choice)
        menu.addSeparator()
        menu.addAction(self.tr("Arrange as at first"), self.reset_columns)
        menu.popup(self._header.mapToGlobal(where))

    def show_column(self, number: int, shown: bool) -> None:
        name = frozenset({_IDS[number]})
        self._hidden = self._hidden - name if shown else self._hidden | name
        self._show_columns()
        self._arranged()

    def reset_columns(self) -> None:
        self.apply_header_layout(HeaderLayout())
        self._arranged()

    def _sort(self, number: int) -> None:
        """A click sorts; another click on the same header turns the order round."""
        column = _IDS[number]
        same = column == self._worklist.sort_column
        self._worklist.sort_by(column, not self._worklist.sort_descending if same else column == "study_date")
        self._show_sorting()

    def _show_sorting(self) -> None:
        falling = self._worklist.sort_descending
        order = Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder
        self._header.setSortIndicator(_IDS.index(self._worklist.sort_column), order)

    # -- Qt ------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        has_selection = self.selectionModel().hasSelection()
        self._delegate.selected_row = self.currentIndex().row() if has_selection else -1
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.tokens().colour("window"))
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: object) -> None:
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered_row:
            for changed in (self._delegate.hovered_row, row):
                self.viewport().update(0, self.rowViewportPosition(changed), self.viewport().width(),
                                       self.rowHeight(changed))
            self._delegate.hovered_row = row
            self.hovered.emit(self.model().index(row, 0).data(ListedRole) if row >= 0 else None)
