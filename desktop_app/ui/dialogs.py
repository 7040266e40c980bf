"""Dialogs. None of them calls exec(): they open over their window and say by a signal, or to an await, how they ended.

The only file of this room that knows asyncio: `shown` turns a dialog into something that a coroutine can wait for.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from PySide6.QtCore import QDate, QEvent, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QDateEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui import theme
from desktop_app.ui.widgets import button, copy_text, label

_DICOM = "yyyyMMdd"
_AROUND_PX = 60                  # a window's frame and the system's bars


class Dialog(QDialog):
    """A window-modal dialog of the house: title, content, buttons at the right. It deletes itself when it ends."""

    def __init__(self, parent: QWidget | None, title: str, *, width: int = 460) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        tokens = theme.tokens()
        self.column = QVBoxLayout(self)
        self.column.addStrut(width - 2 * tokens.space_xl)       # wider where the words need it
        self.column.setContentsMargins(tokens.space_xl, tokens.space_xl, tokens.space_xl, tokens.space_l)
        self.column.setSpacing(tokens.space_m)
        self.column.addWidget(label(title, kind="title", wrap=True))

    def event(self, event: QEvent) -> bool:
        """Words that came later and need more lines make the dialog higher, as far as the screen goes."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize) and self.isVisible():
            needed = min(self.column.totalMinimumHeightForWidth(self.width()),
                         self.screen().availableGeometry().height() - _AROUND_PX)
            if needed > self.height():
                self.resize(self.width(), needed)
        return done

    def add_buttons(self, *buttons: QPushButton, left: tuple[QPushButton, ...] = ()) -> None:
        """The row at the bottom; the last button is the one that Enter presses."""
        row = QHBoxLayout()
        row.setSpacing(theme.tokens().space_s)
        row.setContentsMargins(0, theme.tokens().space_s, 0, 0)
        for one in left:
            row.addWidget(one)
        row.addStretch()
        for one in buttons:
            row.addWidget(one)
        for one in (*left, *buttons):
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if buttons:
            buttons[-1].setDefault(True)
        self.column.addLayout(row)


async def shown(dialog: QDialog) -> int:
    """Opens a dialog and waits for its end. Returns QDialog's result code. Cancelling closes the dialog."""
    ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    dialog.finished.connect(lambda code: None if ended.done() else ended.set_result(code))
    dialog.open()
    try:
        return await ended
    except asyncio.CancelledError:
        dialog.reject()
        raise


@dataclass(frozen=True, slots=True)
class Answer:
    """One button of a question. `id` is what the question answers; `is_safe` is what Esc means."""

    id: str
    text: str
    kind: str = ""
    is_safe: bool = False


class Question(Dialog):
    """A question with a sentence on what each answer leads to."""

    answered = Signal(str)

    def __init__(self, parent: QWidget | None, title: str, text: str, answers: tuple[Answer, ...]) -> None:
        super().__init__(parent, title)
        self.answer = next((answer.id for answer in answers if answer.is_safe), "")
        self.column.addWidget(label(text, tone="secondary", wrap=True))
        self.buttons = {answer.id: self._make(answer) for answer in answers}
        self.add_buttons(*self.buttons.values())
        self.finished.connect(lambda _code: self.answered.emit(self.answer))

    def _make(self, answer: Answer) -> QPushButton:
        return button(answer.text, lambda: self._choose(answer.id), kind=answer.kind)

    def _choose(self, answer_id: str) -> None:
        self.answer = answer_id
        self.accept()


async def question(parent: QWidget | None, title: str, text: str, answers: tuple[Answer, ...]) -> str:
    """Asks, and returns the id of the answer."""
    dialog = Question(parent, title, text, answers)
    await shown(dialog)
    return dialog.answer


class TextDetails(Dialog):
    """A sentence, and below it what a technician would ask for, ready to be copied."""

    def __init__(self, parent: QWidget | None, title: str, text: str, detail: str) -> None:
        super().__init__(parent, title, width=560)
        self.column.addWidget(label(text, wrap=True))
        if detail:
            self._box = QPlainTextEdit(detail)
            self._box.setReadOnly(True)
            self._box.setAccessibleName(self.tr("Details"))
            self._box.setMinimumHeight(120 if detail.count("\n") < 12 else 320)
            self.column.addWidget(self._box)
        copied = button(self.tr("Copy"), lambda: copy_text("\n".join((text, detail)).strip()), icon="copy")
        self.add_buttons(button(self.tr("Close"), self.accept, kind="primary"), left=(copied,))


class DateRange(Dialog):
    """Two days, either of which may be left open."""

    chosen = Signal(str, str)                       # DICOM dates

    def __init__(self, parent: QWidget | None, dates: tuple[str, str]) -> None:
        super().__init__(parent, self.tr("Study date"), width=340)
        today = QDate.currentDate()
        first = QDate.fromString(dates[0], _DICOM) if dates[0] else today.addDays(-30)
        last = QDate.fromString(dates[1], _DICOM) if dates[1] else today
        self.first = self._field(first, self.tr("First day"))
        self.last = self._field(last, self.tr("Last day"))
        form = QFormLayout()
        form.setSpacing(theme.tokens().space_m)
        form.addRow(label(self.tr("From"), tone="secondary"), self.first)
        form.addRow(label(self.tr("To"), tone="secondary"), self.last)
        self.column.addLayout(form)
        self.add_buttons(button(self.tr("Cancel"), self.reject), button(self.tr("Use"), self._use, kind="primary"))

    def _field(self, date: QDate, name: str) -> QDateEdit:
        field = QDateEdit(date)
        field.setDisplayFormat("dd MMM yyyy")
        field.setCalendarPopup(True)
        field.setAccessibleName(name)
        _dress_calendar(field.calendarWidget())
        return field

    def _use(self) -> None:
        self.chosen.emit(self.first.date().toString(_DICOM), self.last.date().toString(_DICOM))
        self.accept()


def _dress_calendar(calendar: QCalendarWidget) -> None:
    """What a style sheet does not reach: the weekend in the colour of all days, short heads, our arrows."""
    plain = QTextCharFormat()
    plain.setForeground(theme.colour("text"))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, plain)
    head = QTextCharFormat()
    head.setForeground(theme.colour("secondary"))
    calendar.setHeaderTextFormat(head)
    calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    for name, icon in (("qt_calendar_prevmonth", "chevron-left"), ("qt_calendar_nextmonth", "chevron-right")):
        arrow = calendar.findChild(QToolButton, name)
        if arrow is not None:
            arrow.setIcon(theme.icon(icon))
