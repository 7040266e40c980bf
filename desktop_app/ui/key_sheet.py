"""The sheet of keys and mouse gestures, made from the actions table."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.actions import Action, readable_key, rows_by_group, t
from desktop_app.ui.dialogs import Dialog
from desktop_app.ui.widgets import button, label

_COLUMNS = 3
Section = tuple[str, list[tuple[tuple[str, ...], str]]]         # heading, (keys, what they do)
_MOUSE: tuple[tuple[str, str], ...] = (
    (t("KeySheet", "Left drag"), t("KeySheet", "the active tool")),
    (t("KeySheet", "Middle drag"), t("KeySheet", "pan")),
    (t("KeySheet", "Right drag"), t("KeySheet", "zoom about where it began")),
    (t("KeySheet", "Wheel"), t("KeySheet", "previous or next image; with Shift ten; with Ctrl zoom")),
)


class KeySheet(Dialog):
    """All keys under their headings, in columns of about the same length."""

    def __init__(self, parent: QWidget | None, table: Mapping[str, Action]) -> None:
        super().__init__(parent, self.tr("Keys and mouse"), width=1180)
        tokens = theme.tokens()
        groups = rows_by_group(row for row in table.values() if row.keys)
        sections: list[Section] = [
            (self._heading(group), [(row.keys, row.title) for row in rows]) for group, rows in groups]
        sections.append((self.tr("Mouse"), [((self.tr(what),), self.tr(does)) for what, does in _MOUSE]))
        columns = QHBoxLayout()
        columns.setSpacing(tokens.space_xl + 8)
        columns.setContentsMargins(0, 0, tokens.space_l, 0)
        for part in _in_columns(sections):
            columns.addLayout(self._column(part), 1)
        content = QWidget()
        content.setLayout(columns)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(content)
        area.setAccessibleName(self.tr("Keys"))
        area.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        area.setMinimumHeight(min(content.sizeHint().height() + 4, 740))
        self.column.addWidget(area)
        self.add_buttons(button(self.tr("Close"), self.accept, kind="primary"))

    def _heading(self, group: str) -> str:
        return QCoreApplication.translate("Actions", group)

    def _column(self, sections: list[Section]) -> QVBoxLayout:
        tokens = theme.tokens()
        column = QVBoxLayout()
        column.setSpacing(tokens.space_s)
        for heading, rows in sections:
            column.addWidget(label(heading.upper(), kind="caption"))
            grid = QGridLayout()
            grid.setVerticalSpacing(6)
            grid.setHorizontalSpacing(tokens.space_l)
            grid.setColumnMinimumWidth(0, 108)
            grid.setColumnStretch(1, 1)
            for place, (keys, text) in enumerate(rows):
                grid.addLayout(_key_caps(keys), place, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                grid.addWidget(label(text, wrap=True), place, 1)
            column.addLayout(grid)
            column.addSpacing(tokens.space_m)
        column.addStretch()
        return column


def _key_caps(keys: tuple[str, ...]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(4)
    for key in dict.fromkeys(readable_key(key) for key in keys):
        cap = QFrame()
        cap.setObjectName("keyCap")
        inner = QHBoxLayout(cap)
        inner.setContentsMargins(7, 1, 7, 1)
        inner.addWidget(label(key, kind="small"))
        row.addWidget(cap)
    return row


def _in_columns(sections: list[Section]) -> list[list[Section]]:
    """The sections in their order, broken where each column has its share of the lines."""
    total = sum(len(rows) + 2 for _, rows in sections)
    columns: list[list[Section]] = [[] for _ in range(_COLUMNS)]
    lines = 0.0
    for section in sections:
        length = len(section[1]) + 2
        place = int((lines + length / 2) * _COLUMNS / total)
        columns[min(place, _COLUMNS - 1)].append(section)
        lines += length
    return columns
