"""StudyDelegate: how a cell of the table of studies is painted."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop_app.core.listed_study import ListedStudy
from desktop_app.ui import theme
from desktop_app.viewmodels.worklist import COLUMNS, ChipsRole, Column

PADDING = 11
_FITS_KEPT = 8192
_CHIP_HEIGHT = 18
_CHIP_GAP = 4
_REST_WIDTH = 20                                    # for "+2", where not all chips find room
_WIDEST_HERE = "✓ 1,204"


class StudyDelegate(QStyledItemDelegate):
    """Paints cells: one look for the whole row under the pointer or selected, modalities as chips."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self.hovered_row = -1
        self.selected_row = -1
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

    def width_of(self, row: ListedStudy, column: Column) -> int:
        """What a cell needs to show all of its text."""
        if column.id == "modalities":
            chips = (self._chip_metrics.horizontalAdvance(chip) + 12 + _CHIP_GAP for chip in row.study.modalities)
            return sum(chips) + 2 * PADDING
        text = _WIDEST_HERE if column.id == "here" else column.text(row)
        metrics = self._strong_metrics if column.id == "patient" else self._metrics
        return metrics.horizontalAdvance(text) + 2 * PADDING + 2

    def paint(self, painter: QPainter, option: QStyleOptionViewItem,
              index: QModelIndex | QPersistentModelIndex) -> None:
        rect, column, row = option.rect, COLUMNS[index.column()], index.row()
        selected = row == self.selected_row
        if selected:
            painter.fillRect(rect, self._colours["selected"])
        elif row == self.hovered_row:
            painter.fillRect(rect, self._colours["panel"])
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._rule)
        inner = rect.adjusted(PADDING, 0, -PADDING, 0)
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
