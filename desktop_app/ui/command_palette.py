"""The command palette: every action by a few letters of its name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QKeyCombination,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui import theme
from desktop_app.ui.action_set import ActionSet
from desktop_app.ui.actions import Action
from desktop_app.ui.widgets import label

_WIDTH, _TOP, _ROW, _ROWS_IN_SIGHT = 560, 72, 36, 10
_NOT_LISTED = ("palette", "cancel")             # they mean something only as keys
_RowRole = Qt.ItemDataRole.UserRole
_AGAIN = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_K)
_PAGE = _ROWS_IN_SIGHT
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _PAGE, Qt.Key.Key_PageUp: -_PAGE}


def matching(rows: Sequence[Action], text: str) -> list[Action]:
    """The rows in which every typed word begins some word, or else appears somewhere; the former first."""
    words = text.casefold().split()

    def rank(row: Action) -> int:
        title = row.title.casefold()
        parts = title.replace("/", " ").split()
        if all(any(part.startswith(word) for part in parts) for word in words):
            return 0
        return 1 if all(word in title for word in words) else 2

    ranked = [(rank(row), place, row) for place, row in enumerate(rows)]
    return [row for found, _, row in sorted(ranked, key=lambda entry: entry[:2]) if found < 2]


class CommandPalette(QWidget):
    """Lies over its window while it is open, and gives the focus back when it closes."""

    def __init__(self, window: QWidget, actions: ActionSet) -> None:
        super().__init__(window)
        self._actions = actions
        self._rows: list[Action] = []
        self._came_from: QWidget | None = None
        self.setAccessibleName(self.tr("All commands"))
        box = self._box = QFrame(self)
        box.setObjectName("palette")
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Type what you want to do"))
        self.field.setAccessibleName(self.tr("Command"))
        self.field.setAcceptDrops(False)
        self.field.textChanged.connect(lambda _text: self._narrow())
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_RowDelegate(actions, self.list))
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName(self.tr("Commands that match"))
        self.list.itemClicked.connect(lambda _item: self._run())
        column = QVBoxLayout(box)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.nothing = label(self.tr("No command matches."), tone="secondary")
        self.nothing.setFixedHeight(_ROW)
        self.nothing.setIndent(theme.tokens().space_s)
        column.addWidget(self.nothing)
        self.hide()

    def open(self) -> None:
        self._came_from = QApplication.focusWidget()
        self._rows = [row for row in self._actions.offered() if row.id not in _NOT_LISTED]
        self.field.clear()
        self._narrow()
        self.setGeometry(self.parentWidget().rect())
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        self.hide()
        if self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.PopupFocusReason)
            self._came_from = None

    def fit(self) -> None:
        """Follows the size of the window and the number of matches."""
        self.setGeometry(self.parentWidget().rect())
        rows = max(1, min(self.list.count(), _ROWS_IN_SIGHT))
        self.list.setFixedHeight(rows * _ROW)
        width = min(_WIDTH, self.width() - 32)
        height = self._box.layout().minimumSize().height()
        self._box.setGeometry(QRect((self.width() - width) // 2, _TOP, width, height))

    def _narrow(self) -> None:
        self.list.clear()
        for row in matching(self._rows, self.field.text()):
            item = QListWidgetItem(row.title)
            item.setData(_RowRole, row.id)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.title}, {row.key_text}" if row.keys else row.title)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(self.list.count() > 0)
        self.nothing.setVisible(not self.list.count())
        self.fit()

    def _run(self) -> None:
        item = self.list.currentItem()
        self.dismiss()
        if item is not None:
            self._actions.run(item.data(_RowRole))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()                      # while this is open, no shortcut of the window is heard
            return True
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if key in _MOVES and self.list.count():
            row = self.list.currentRow() + _MOVES[key]
            self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run()
        elif key == Qt.Key.Key_Escape or event.keyCombination() == _AGAIN:
            self.dismiss()
        elif key not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return super().eventFilter(watched, event)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.dismiss()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour("image", 0.45))


class _RowDelegate(QStyledItemDelegate):
    """Icon, title, keys."""

    def __init__(self, actions: ActionSet, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem,
              index: QModelIndex | QPersistentModelIndex) -> None:
        tokens = theme.tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.colour("selected" if chosen else "hover"))
            painter.drawRoundedRect(rect, 4, 4)
        row = self._actions.row(index.data(_RowRole))
        if row.icon:
            ratio = option.widget.devicePixelRatioF()
            painter.drawPixmap(rect.left() + 10, rect.center().y() - 8, theme.pixmap(row.icon, 16, "secondary", ratio))
        keys = row.key_text
        painter.setFont(theme.font(tokens.font_small))
        painter.setPen(tokens.colour("secondary"))
        right = rect.adjusted(0, 0, -12, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, keys)
        room = rect.adjusted(36, 0, -24 - painter.fontMetrics().horizontalAdvance(keys), 0)
        painter.setFont(theme.font())
        painter.setPen(tokens.colour("text"))
        title = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, title)
        painter.restore()
