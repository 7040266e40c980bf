"""ActionSet: the actions table as QActions of one window, and the buttons made from them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QToolButton, QWidget

from desktop_app.ui import theme
from desktop_app.ui.actions import ACTIONS, Action, Commands, Group, Scope
from desktop_app.ui.actions.keyed import keyed

_ICON_BUTTON = 32


class ActionSet(QObject):
    """The QActions of one window, made once, and the buttons made from them.

    Keys are heard in the whole window while their scope holds: a text field that has the focus keeps the keys that
    write, since it claims them before any shortcut.
    """

    changed = Signal()

    def __init__(self, commands: Commands, window: QWidget, table: Mapping[str, Action] = ACTIONS) -> None:
        super().__init__(window)
        self.commands = commands
        self._defaults = table
        self._table = keyed(table, commands.models.settings.value)
        self._made: dict[str, QAction] = {}
        self._refusals: dict[str, str] = {}     # what tooltips say; making all of them with each change takes too long
        self._locked = False
        for row in self._table.values():
            self._made[row.id] = self._make(row)
            if row.scope is not Scope.TABLE:
                window.addAction(self._made[row.id])
        commands.models.settings.changed.connect(self._rekey)
        self.refresh()

    def __getitem__(self, action_id: str) -> QAction:
        return self._made[action_id]

    @property
    def table(self) -> Mapping[str, Action]:
        """The rows with the keys in force."""
        return self._table

    @property
    def defaults(self) -> Mapping[str, Action]:
        """The rows with the keys that they come with."""
        return self._defaults

    def row(self, action_id: str) -> Action:
        return self._table[action_id]

    def run(self, action_id: str) -> None:
        """Does it, if it can be done now."""
        row = self._table[action_id]
        if self._offered(row):
            row.run(self.commands)
            self.refresh()

    def offered(self) -> list[Action]:
        """The rows that can be used now, in the order of the groups."""
        order = list(Group)
        rows = (row for row in self._table.values() if self._offered(row))
        return sorted(rows, key=lambda row: order.index(row.group))

    def refusal(self, action_id: str) -> str:
        """Why it may not be done; empty if nothing forbids it."""
        return self._table[action_id].refusal(self.commands)

    def refresh(self) -> None:
        """Brings enabled and checked up to date. Call it when the page in front or its state has changed."""
        for row in self._table.values():
            action = self._made[row.id]
            refusal = row.refusal(self.commands)
            action.setEnabled(self._offered(row, refusal))
            if refusal != self._refusals.get(row.id, ""):
                self._refusals[row.id] = refusal
                action.setToolTip(self._tip(row, refusal))
            if row.checked is not None:
                action.setChecked(row.checked(self.commands))
        self.changed.emit()

    def button(self, action_id: str, parent: QWidget | None = None, *, with_text: bool = True) -> ToolButton:
        """A toolbar button for an action."""
        row, button = self._table[action_id], ToolButton(parent)
        button.setDefaultAction(self._made[action_id])
        styles = Qt.ToolButtonStyle
        button.setToolButtonStyle(styles.ToolButtonTextBesideIcon if with_text else styles.ToolButtonIconOnly)
        if not with_text:
            button.setProperty("kind", "icon")
            button.setFixedSize(_ICON_BUTTON, _ICON_BUTTON)
        button.setAccessibleName(row.title)
        return button

    def set_locked(self, locked: bool) -> None:
        """While the screen is locked nothing can be done but to leave."""
        self._locked = locked
        self.refresh()

    def _rekey(self) -> None:
        """Other keys, as the settings say now."""
        fresh = keyed(self._defaults, self.commands.models.settings.value)
        if fresh == self._table:
            return
        self._table = fresh
        for row in fresh.values():
            action = self._made[row.id]
            action.setShortcuts([QKeySequence(key) for key in row.keys])
            action.setToolTip(self._tip(row, self._refusals.get(row.id, "")))
        self.changed.emit()

    def _offered(self, row: Action, refusal: str | None = None) -> bool:
        if self._locked:
            return row.id == "quit"
        in_scope = row.scope is not Scope.VIEWER or self.commands.viewer is not None
        refused = row.refusal(self.commands) if refusal is None else refusal
        return in_scope and row.enabled(self.commands) and not refused

    def _tip(self, row: Action, refusal: str) -> str:
        return f"{row.tooltip}\n{refusal}" if refusal else row.tooltip

    def _make(self, row: Action) -> QAction:
        action = QAction(row.title, self)
        action.setObjectName(row.id)
        action.setIconText(row.short_title)
        action.setToolTip(row.tooltip)
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        contexts = Qt.ShortcutContext
        action.setShortcutContext(
            contexts.WidgetWithChildrenShortcut if row.scope is Scope.TABLE else contexts.WindowShortcut)
        action.setAutoRepeat(row.repeats)
        action.setCheckable(row.checked is not None)
        if row.icon:
            action.setIcon(theme.icon(row.icon))
        action.triggered.connect(lambda _checked=False, name=row.id: self.run(name))
        return action


class ToolButton(QToolButton):
    """A button that a click gives no focus, and that Enter and Space press when Tab led to it.

    Without the second, Space would run cine while a button has the focus: shortcuts come before widgets.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        edge = theme.tokens().icon
        self.setIconSize(QSize(edge, edge))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() in _PRESS_KEYS and event.type() != QEvent.Type.KeyRelease:
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.click()
            return True
        return super().event(event)


_PRESS_KEYS = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})
