"""A hand on mouse and keyboard: the events that a person would make, sent to the widgets of a window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QTableView, QWidget

_NOTCH = 120  # what one step of a wheel reports, in eighths of a degree
_DRAG_STEPS = 12

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


def _mouse(
    widget: QWidget,
    kind: QEvent.Type,
    at: QPointF,
    button: Qt.MouseButton,
    held: Qt.MouseButton,
    keys: Qt.KeyboardModifier,
) -> None:
    event = QMouseEvent(kind, at, QPointF(widget.mapToGlobal(at)), button, held, keys)
    QApplication.sendEvent(widget, event)


def centre(widget: QWidget) -> QPoint:
    return widget.rect().center()


def press(
    widget: QWidget, at: QPoint, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = NO_KEYS
) -> None:
    _mouse(widget, QEvent.Type.MouseButtonPress, QPointF(at), button, button, keys)


def release(
    widget: QWidget, at: QPoint, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = NO_KEYS
) -> None:
    _mouse(widget, QEvent.Type.MouseButtonRelease, QPointF(at), button, Qt.MouseButton.NoButton, keys)


def move(widget: QWidget, to: QPoint, held: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    _mouse(widget, QEvent.Type.MouseMove, QPointF(to), Qt.MouseButton.NoButton, held, NO_KEYS)


def click(widget: QWidget, at: QPoint | None = None, button: Qt.MouseButton = LEFT) -> None:
    at = at if at is not None else centre(widget)
    press(widget, at, button)
    release(widget, at, button)


def double_click(widget: QWidget, at: QPoint) -> None:
    click(widget, at)
    _mouse(widget, QEvent.Type.MouseButtonDblClick, QPointF(at), LEFT, LEFT, NO_KEYS)
    release(widget, at)


def drag(widget: QWidget, start: QPoint, end: QPoint, button: Qt.MouseButton = LEFT) -> None:
    """Press, many small moves, release."""
    press(widget, start, button)
    for step in range(1, _DRAG_STEPS + 1):
        move(widget, start + (end - start) * (step / _DRAG_STEPS), button)
    release(widget, end, button)


def wheel(widget: QWidget, notches: int, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
    """Positive is towards the person: the next image."""
    at = QPointF(centre(widget))
    event = QWheelEvent(
        at,
        QPointF(widget.mapToGlobal(at)),
        QPoint(),
        QPoint(0, -_NOTCH * notches),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def key(widget: QWidget, keys: str) -> None:
    """One stroke of a key, as `Ctrl+K` or `7`, by way of the shortcuts, as the window system would deliver it."""
    combination = QKeySequence(keys)[0]  # type: ignore[index]
    code, modifiers = combination.key(), combination.keyboardModifiers()
    text = (
        chr(code).lower()
        if 32 <= code < 127 and modifiers in (NO_KEYS, Qt.KeyboardModifier.ShiftModifier)
        else ""
    )
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, code, modifiers, text)
    asked.ignore()
    QApplication.sendEvent(widget, asked)
    if not asked.isAccepted() and _run_shortcut(widget, QKeySequence(combination)):
        return
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, code, modifiers, text))
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyRelease, code, modifiers, text))


def _run_shortcut(widget: QWidget, sequence: QKeySequence) -> bool:
    """Qt's own shortcut map answers real key strokes only; its rows are the actions of the window."""
    for owner in (widget, *_ancestors(widget)):
        for action in owner.actions():
            if action.isEnabled() and sequence in action.shortcuts():
                action.trigger()
                return True
    return False


def _ancestors(widget: QWidget) -> list[QWidget]:
    """Up to the window: keys in a dialog are none of the window behind it."""
    found: list[QWidget] = []
    current = widget
    while not current.isWindow() and (parent := current.parentWidget()) is not None:
        found.append(parent)
        current = parent
    return found


def type_text(widget: QWidget, text: str) -> None:
    for character in text:
        code = Qt.Key(ord(character.upper())) if character.isascii() else Qt.Key.Key_unknown
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, code, NO_KEYS, character))
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyRelease, code, NO_KEYS, character))


def click_row(table: QTableView, row: int, *, twice: bool = False) -> None:
    index = table.model().index(row, 0)
    table.scrollTo(index)
    place = table.visualRect(index).center()
    (double_click if twice else click)(table.viewport(), place)


def drag_in(widget: QWidget, paths: Sequence[Path]) -> QMimeData:
    """Files held over a widget, not let go yet. The returned data must be kept until `let_go`."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    entered = QDragEnterEvent(centre(widget), Qt.DropAction.CopyAction, data, LEFT, NO_KEYS)
    QApplication.sendEvent(widget, entered)
    return data


def let_go(widget: QWidget, data: QMimeData) -> None:
    dropped = QDropEvent(QPointF(centre(widget)), Qt.DropAction.CopyAction, data, LEFT, NO_KEYS)
    QApplication.sendEvent(widget, dropped)
