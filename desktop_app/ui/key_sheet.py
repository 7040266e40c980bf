"""The sheet of keys and mouse gestures, made from the actions table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop_app.core.key_set import Mouse
from desktop_app.core.words import say, t
from desktop_app.ui import theme
from desktop_app.ui.action_set import ActionSet
from desktop_app.ui.actions import Action, readable_key, rows_by_group
from desktop_app.ui.dialogs import Dialog
from desktop_app.ui.widgets import button
from desktop_app.viewmodels.key_sets import mouse
from desktop_app.viewmodels.settings import SettingsModel

_COLUMNS, _COLUMN_WIDTH, _GAP = 3, 352, 28
_CAPS_WIDTH = 122                   # room at least for the keys, left of what they do
_LINE, _CAP, _HEADING = 27, 21, 34
_WHEEL = {
    "scroll": t("KeySheet", "previous or next image; with Shift ten; with Ctrl zoom"),
    "zoom": t("KeySheet", "zoom; with Ctrl previous or next image"),
}
MOUSE_WORDS = {
    "pan": t("KeySheet", "pan"),
    "zoom": t("KeySheet", "zoom about where it began"),
    "scroll": t("KeySheet", "scroll"),
    "window": t("KeySheet", "window and level"),
    "rotate": t("KeySheet", "turn"),
    "magnifier": t("KeySheet", "lens"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines: keys or a gesture, and what they do."""

    heading: str
    lines: tuple[tuple[tuple[str, ...], str], ...]


def sections(rows: Iterable[Action], found: Mouse) -> list[Section]:
    """Every row that has a key under the heading of its group, and the gestures of the mouse last."""
    made = [
        Section(say("Actions", group), tuple((_caps(row), row.title) for row in of_group))
        for group, of_group in rows_by_group(row for row in rows if row.keys)]
    made.append(Section(say("KeySheet", "Mouse"), (
        ((say("KeySheet", "Left drag"),), say("KeySheet", "the active tool")),
        ((say("KeySheet", "Middle drag"),), say("KeySheet", MOUSE_WORDS[found.middle])),
        ((say("KeySheet", "Right drag"),), say("KeySheet", MOUSE_WORDS[found.right])),
        ((say("KeySheet", "Wheel"),), say("KeySheet", _WHEEL[found.wheel])),
    )))
    return made


class KeySheet(Dialog):
    """All keys under their headings, in columns of about the same length."""

    def __init__(self, parent: QWidget | None, actions: ActionSet, settings: SettingsModel) -> None:
        width = _COLUMNS * _COLUMN_WIDTH + (_COLUMNS - 1) * _GAP
        super().__init__(parent, self.tr("Keys and mouse"), width=width + 2 * theme.tokens().space_xl + 14)
        self.page = _Page(in_columns(sections(actions.table.values(), mouse(settings.value))))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.page)
        area.setAccessibleName(self.tr("Keys"))
        area.viewport().setAutoFillBackground(False)
        self.page.setAutoFillBackground(False)
        room = (parent.height() if parent is not None else 900) - 160
        area.setMinimumHeight(min(self.page.sizeHint().height(), max(room, 300)))
        self.column.addWidget(area)
        self.change = button(self.tr("Change keys…"), lambda: self._change(actions))
        self.add_buttons(button(self.tr("Close"), self.accept, kind="primary"), left=(self.change,))

    def _change(self, actions: ActionSet) -> None:
        self.accept()
        actions.run("change_keys")


class _Page(QWidget):
    """The columns, painted: a hundred labels would take longer to make than a hand waits for."""

    def __init__(self, columns: list[list[Section]]) -> None:
        super().__init__()
        self._columns = columns
        self._metrics = QFontMetrics(theme.font())
        self._boxes: dict[str, QRect] = {}
        caps = QFontMetrics(theme.font(theme.tokens().font_small, QFont.Weight.Medium))
        needed = max((sum(caps.horizontalAdvance(key) + 19 for key in keys)
                      for column in columns for section in column for keys, _ in section.lines), default=0)
        self._caps_width = min(max(_CAPS_WIDTH, needed + 4), _COLUMN_WIDTH // 2)
        sections = [section for column in columns for section in column]
        lines = [f"{' '.join(keys)}: {text}" for section in sections for keys, text in section.lines]
        self.setAccessibleName(self.tr("Keys and what they do"))
        self.setAccessibleDescription("\n".join(lines))

    def sizeHint(self) -> QSize:
        heights = [sum(self._height(section) for section in column) for column in self._columns]
        return QSize(_COLUMNS * _COLUMN_WIDTH + (_COLUMNS - 1) * _GAP, max(heights) + 4)

    def _height(self, section: Section) -> int:
        between = _LINE - self._metrics.lineSpacing()
        return _HEADING + sum(self._box(text).height() + between for _, text in section.lines)

    def _box(self, text: str) -> QRect:
        if text not in self._boxes:         # layouts ask for the size again and again
            room = QRect(0, 0, _COLUMN_WIDTH - self._caps_width, 200)
            self._boxes[text] = self._metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text)
        return self._boxes[text]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, column in enumerate(self._columns):
            top = 0
            for section in column:
                self._paint_section(painter, place * (_COLUMN_WIDTH + _GAP), top, section)
                top += self._height(section)

    def _paint_section(self, painter: QPainter, left: int, top: int, section: Section) -> None:
        tokens = theme.tokens()
        font = theme.font(tokens.font_caption)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
        painter.setFont(font)
        painter.setPen(tokens.colour("secondary"))
        painter.drawText(left, top + 16, section.heading.upper())
        top += _HEADING - 10
        for keys, text in section.lines:
            box = self._box(text)
            self._paint_caps(painter, left, top, keys)
            painter.setFont(theme.font())
            painter.setPen(tokens.colour("text"))
            painter.drawText(QRect(left + self._caps_width, top + 2, _COLUMN_WIDTH - self._caps_width, box.height()),
                             Qt.TextFlag.TextWordWrap, text)
            top += box.height() + _LINE - self._metrics.lineSpacing()

    def _paint_caps(self, painter: QPainter, left: int, top: int, keys: tuple[str, ...]) -> None:
        tokens = theme.tokens()
        painter.setFont(theme.font(tokens.font_small, QFont.Weight.Medium))
        for key in keys:
            cap = QRectF(left + 0.5, top + 0.5, painter.fontMetrics().horizontalAdvance(key) + 14, _CAP)
            painter.setPen(tokens.colour("edge"))
            painter.setBrush(tokens.colour("raised"))
            painter.drawRoundedRect(cap, 4, 4)
            painter.setPen(tokens.colour("text"))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
            left += round(cap.width()) + 5


def _caps(row: Action) -> tuple[str, ...]:
    return tuple(dict.fromkeys(readable_key(key) for key in row.keys))


def in_columns(sections: list[Section]) -> list[list[Section]]:
    """The sections in their order, broken where each column has its share of the lines."""
    total = sum(len(section.lines) + 1 for section in sections)
    columns: list[list[Section]] = [[] for _ in range(_COLUMNS)]
    done = 0
    for section in sections:
        length = len(section.lines) + 1
        columns[min(int((done + length / 2) * _COLUMNS / total), _COLUMNS - 1)].append(section)
        done += length
    return columns
