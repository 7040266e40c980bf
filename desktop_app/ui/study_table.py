"""The table of studies: fixed row height, chips for modalities, columns that can be moved, hidden and resized."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QFont, QFontMetrics, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop_app.core.study import Study
from desktop_app.ui import theme
from desktop_app.viewmodels.worklist import COLUMNS, ChipsRole, StudyRole, WorklistModel

_PADDING = 11
_ARROW = 15
_CHIP_HEIGHT = 18
_CHIP_GAP = 4
_NEAR_END_ROWS = 20                                 # more rows are asked for before the last one is in sight
_HIDDEN_AT_FIRST = frozenset({"sex", "referring"})
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

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        chips = index.data(ChipsRole)
        if chips:
            width = sum(self._chip_metrics.horizontalAdvance(chip) + 12 + _CHIP_GAP for chip in chips)
        else:
            width = self._metrics.horizontalAdvance(str(index.data() or ""))
        return QSize(width + 2 * _PADDING + 2, theme.tokens().row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem,
              index: QModelIndex | QPersistentModelIndex) -> None:
        tokens = theme.tokens()
        rect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, tokens.colour("selected"))
        elif index.row() == self._view.hovered_row:
            painter.fillRect(rect, tokens.colour("panel"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, tokens.colour("line", 0.5))
        inner = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        chips = index.data(ChipsRole)
        if chips:
            self._paint_chips(painter, inner, chips, selected)
        else:
            self._paint_text(painter, inner, index)
        if selected and self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            painter.fillRect(rect.left(), rect.top(), rect.width(), 1, tokens.colour("accent"))
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, tokens.colour("accent"))

    def _paint_text(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        tokens, column = theme.tokens(), COLUMNS[index.column()]
        text = str(index.data() or "")
        is_blank = not text and column.id != "here"
        tone = "disabled" if is_blank else "good" if column.id == "here" and text.startswith("✓") else "text"
        painter.setFont(self._strong if column.id == "patient" else self._font)
        painter.setPen(tokens.colour(tone))
        side = Qt.AlignmentFlag.AlignRight if column.align_right else Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText("–" if is_blank else text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_chips(self, painter: QPainter, rect: QRect, chips: tuple[str, ...], selected: bool) -> None:
        tokens = theme.tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._chip_font)
        left, top = float(rect.left()), rect.center().y() - _CHIP_HEIGHT / 2 + 0.5
        for position, chip in enumerate(chips):
            width = self._chip_metrics.horizontalAdvance(chip) + 12
            rest = len(chips) - position
            if left + width > rect.right() + 1 and position:
                painter.setPen(tokens.colour("secondary"))
                painter.drawText(QRectF(left, rect.top(), 40, rect.height()), Qt.AlignmentFlag.AlignVCenter, f"+{rest}")
                break
            box = QRectF(left + 0.5, top + 0.5, width - 1, _CHIP_HEIGHT - 1)
            painter.setPen(QPen(tokens.colour("edge"), 1))
            painter.setBrush(tokens.colour("window" if selected else "raised"))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(tokens.colour("text"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, chip)
            left += width + _CHIP_GAP
        painter.restore()


class StudyTable(QTableView):
    """The view of WorklistModel.table. Keeps place and selection while rows come and go."""

    open_requested = Signal(object)                 # Study
    header_layout_changed = Signal(object)          # HeaderLayout

    def __init__(self, worklist: WorklistModel) -> None:
        super().__init__()
        self._worklist = worklist
        self.hovered_row = -1
        self._sized_by_hand = False
        self._needed = [0] * len(COLUMNS)               # the widest content seen; columns do not shrink while one types
        self._arranging = False
        self._place = 0
        self._header = StudyHeader(self)
        self.setHorizontalHeader(self._header)
        self.setModel(worklist.table)
        self.setItemDelegate(StudyDelegate(self))
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
        rows.dataChanged.connect(self._measure)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._look_for_the_end())
        self.verticalScrollBar().rangeChanged.connect(lambda *_: self._look_for_the_end())
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.doubleClicked.connect(self._open)

    # -- studies -------------------------------------------------------------------------------------------------

    def current_study(self) -> Study | None:
        return self.currentIndex().data(StudyRole) if self.currentIndex().isValid() else None

    def focus_first(self) -> None:
        """Gives the keyboard to the table; with nothing selected, to its first row."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, self._header.logicalIndex(0)))

    def _open(self, index: QModelIndex) -> None:
        study = index.data(StudyRole)
        if study is not None:
            self.open_requested.emit(study)

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._worklist.select(current.data(StudyRole))

    def _remember_place(self) -> None:
        self._place = self.verticalScrollBar().value()

    def _restore_place(self) -> None:
        selected = self._worklist.selected
        if selected is not None:
            uids = (study.study_instance_uid for study in self._worklist.table.studies)
            row = next((row for row, uid in enumerate(uids) if uid == selected.study_instance_uid), -1)
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
        """Notes what the first rows need; the columns follow unless someone has sized them."""
        rows = self.model()
        option = QStyleOptionViewItem()
        before = list(self._needed)
        for number in range(len(COLUMNS)):
            texts = [rows.index(row, number) for row in range(min(rows.rowCount(), _MEASURED_ROWS))]
            widths = [self.itemDelegate().sizeHint(option, index).width() for index in texts]
            self._needed[number] = max([self._needed[number], self._header.width_of_title(number), *widths])
        if self._needed != before:
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
            choice = QAction(column.title, menu, checkable=True, checked=not self._header.isSectionHidden(number))
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
            self.hovered_row = row
            self.viewport().update()
