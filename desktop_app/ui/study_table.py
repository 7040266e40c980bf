"""The table of studies: fixed row height, chips for modalities, columns that can be moved, hidden and resized."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop_app.core.listed_study import ListedStudy
from desktop_app.core.study import Study
from desktop_app.ui import theme
from desktop_app.viewmodels.worklist import COLUMNS, ChipsRole, Column, ListedRole, WorklistModel

_PADDING = 11
_FITS_KEPT = 8192
_ARROW = 15
_CHIP_HEIGHT = 18
_CHIP_GAP = 4
_REST_WIDTH = 20                                    # for "+2", where not all chips find room
_NEAR_END_ROWS = 20                                 # more rows are asked for before the last one is in sight
_HIDDEN_AT_FIRST = frozenset({"sex", "referring"})
_WIDEST_HERE = "✓ 1,204"
_FILLS = "description"                              # takes what room is left
_MEASURED_ROWS = 100                                # a column is as wide as the first rows need
# Who gives room when there is too little, in this order, and how little each can live with.
_GIVES = (
    ("accession", 96), ("referring", 90), ("modalities", 112), ("description", 170), ("patient", 130),
    ("patient_id", 84), ("modalities", 70), ("description", 120),
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
        return metrics.horizontalAdvance(title) + 2 + max(_PADDING + _ARROW + 2, 2 * _PADDING)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        tokens = theme.tokens()
        is_sorted = self.sortIndicatorSection() == section
        painter.save()
        painter.fillRect(rect, tokens.colour("window"))
        painter.setPen(tokens.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        font = theme.font(tokens.font_small, QFont.Weight.Medium)
        metrics = QFontMetrics(font)
        right_room = _ARROW + 2 if is_sorted else _PADDING
        room = rect.width() - _PADDING - right_room
        title = str(self.model().headerData(section, self.orientation()))
        text = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(text)
        right = COLUMNS[section].align_right
        left = rect.right() - right_room - width if right else rect.left() + _PADDING
        painter.setFont(font)
        painter.setPen(tokens.colour("text" if is_sorted else "secondary"))
        painter.drawText(QRect(left, rect.top(), width + 2, rect.height()), Qt.AlignmentFlag.AlignVCenter, text)
        if is_sorted:
            name = "arrow-down" if self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder else "arrow-up"
            drawn = theme.pixmap(name, 12, "text", self.devicePixelRatioF())
            painter.drawPixmap(left + width + 4, rect.center().y() - 5, drawn)
        painter.restore()


class StudyDelegate(QStyledItemDelegate):
    """Paints cells: one look for the whole row under the pointer or selected, modalities as chips."""

    def __init__(self, view: StudyTable) -> None:
        super().__init__(view)
        self._view = view
        tokens = theme.tokens()
        self._font = theme.font(tokens.font_text, tabular=True)
        self._strong = theme.font(tokens.font_text, QFont.Weight.Medium, tabular=True)
        self._chip_font = theme.font(tokens.font_caption, QFont.Weight.Medium)
        self._metrics, self._chip_metrics = QFontMetrics(self._font), QFontMetrics(self._chip_font)
        self._strong_metrics = QFontMetrics(self._strong)
        names = ("selected", "panel", "accent", "text", "secondary", "disabled", "good", "edge", "window", "raised")
        self._colours = {name: tokens.colour(name) for name in names}
        self._fits: dict[tuple[str, int, bool], tuple[str, int]] = {}
        self._rule = tokens.colour("line", 0.5)

    def width_of(self, study: Study, column: Column) -> int:
        """What a cell needs to show all of its text."""
        if column.id == "modalities":
            chips = (self._chip_metrics.horizontalAdvance(chip) + 12 + _CHIP_GAP for chip in study.modalities)
            return sum(chips) + 2 * _PADDING
        text = _WIDEST_HERE if column.id == "here" else column.text(study)
        metrics = self._strong_metrics if column.id == "patient" else self._metrics
        return metrics.horizontalAdvance(text) + 2 * _PADDING + 2

    def paint(self, painter: QPainter, option: QStyleOptionViewItem,
              index: QModelIndex | QPersistentModelIndex) -> None:
        rect, column, row = option.rect, COLUMNS[index.column()], index.row()
        selected = row == self._view.selected_row
        if selected:
            painter.fillRect(rect, self._colours["selected"])
        elif row == self._view.hovered_row:
            painter.fillRect(rect, self._colours["panel"])
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._rule)
        inner = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        chips = index.data(ChipsRole) if column.id == "modalities" else ()
        if chips:
            self._paint_chips(painter, inner, chips, selected)
        else:
            self._paint_text(painter, inner, str(index.data() or ""), column)
        if selected and self._view.hasFocus():
            painter.fillRect(rect.left(), rect.top(), rect.width(), 1, self._colours["accent"])
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._colours["accent"])

    def _paint_text(self, painter: QPainter, rect: QRect, text: str, column: Column) -> None:
        is_here, is_name = column.id == "here", column.id == "patient"
        if not text and is_here:
            return
        tone = "disabled" if not text else "good" if is_here and text.startswith("✓") else "text"
        metrics = self._strong_metrics if is_name else self._metrics
        text, width = self._fitted(text or "–", rect.width(), is_name)
        left = rect.right() + 1 - width if column.align_right else rect.left()
        painter.setFont(self._strong if is_name else self._font)
        painter.setPen(self._colours[tone])
        painter.drawText(left, rect.top() + (rect.height() + metrics.ascent() - metrics.descent()) // 2, text)

    def _fitted(self, text: str, room: int, is_name: bool) -> tuple[str, int]:
        """The text as it fits, and its width; measuring is what painting costs most, so that it is kept."""
        key = (text, room, is_name)
        found = self._fits.get(key)
        if found is None:
            metrics = self._strong_metrics if is_name else self._metrics
            width = metrics.horizontalAdvance(text)
            shown = text if width <= room else metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            if len(self._fits) >= _FITS_KEPT:
                self._fits.clear()
            found = self._fits[key] = (shown, min(width, room))
        return found

    def _paint_chips(self, painter: QPainter, rect: QRect, chips: tuple[str, ...], selected: bool) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._chip_font)
        left, top = float(rect.left()), rect.center().y() - _CHIP_HEIGHT / 2 + 0.5
        for position, chip in enumerate(chips):
            width = self._chip_metrics.horizontalAdvance(chip) + 12
            rest = len(chips) - position
            room = rect.right() + 1 - (_REST_WIDTH if rest > 1 else 0)
            if left + width > room and position:
                painter.setPen(self._colours["secondary"])
                painter.drawText(QRectF(left, rect.top(), 40, rect.height()), Qt.AlignmentFlag.AlignVCenter, f"+{rest}")
                break
            box = QRectF(left + 0.5, top + 0.5, width - 1, _CHIP_HEIGHT - 1)
            painter.setPen(QPen(self._colours["edge"], 1))
            painter.setBrush(self._colours["window" if selected else "raised"])
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(self._colours["text"])
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, chip)
            left += width + _CHIP_GAP
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
        self.hovered_row = -1
        self.selected_row = -1
        self._sized_by_hand = False
        self._needed = [0] * len(COLUMNS)               # the widest content seen; columns do not shrink while one types
        self._arranging = False
        self._place = 0
        self._measured: set[Study] = set()
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
        hidden = frozenset(name for number, name in enumerate(_IDS) if self._header.isSectionHidden(number))
        return HeaderLayout(order, hidden, tuple((name, self._width(number)) for number, name in enumerate(_IDS)))

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
            self._header.setSectionHidden(number, name in layout.hidden)
        self._arranging = False
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
        first = (row.study for row in self._worklist.table.rows[:_MEASURED_ROWS])
        new = [study for study in first if study not in self._measured]
        if not new:
            return
        self._measured.update(new)
        for number, column in enumerate(COLUMNS):
            widths = (self._delegate.width_of(study, column) for study in new)
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
            choice = QAction(title, menu, checkable=True, checked=not self._header.isSectionHidden(number))
            choice.setEnabled(column.id != "patient")
            choice.toggled.connect(lambda shown, number=number: self.show_column(number, shown))
            menu.addAction(choice)
        menu.addSeparator()
        menu.addAction(self.tr("Arrange as at first"), self.reset_columns)
        menu.popup(self._header.mapToGlobal(where))

    def show_column(self, number: int, shown: bool) -> None:
        self._header.setSectionHidden(number, not shown)
        self._fill()
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
        self.selected_row = self.currentIndex().row() if self.selectionModel().hasSelection() else -1
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
        if row != self.hovered_row:
            for changed in (self.hovered_row, row):
                self.viewport().update(0, self.rowViewportPosition(changed), self.viewport().width(),
                                       self.rowHeight(changed))
            self.hovered_row = row
            self.hovered.emit(self.model().index(row, 0).data(ListedRole) if row >= 0 else None)
