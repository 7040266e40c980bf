"""The tray at the bottom: what is being uploaded, how far it is, what became of it. Hidden when there is nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from desktop_app.core.sizes import size_text
from desktop_app.core.upload import Verdict, verdict_text
from desktop_app.core.words import counted, say
from desktop_app.ui import theme
from desktop_app.ui.widgets import ElidedLabel, button, icon_button, label, restyle

if TYPE_CHECKING:
    from desktop_app.viewmodels.uploads import UploadRow, UploadsModel

_ROW_HEIGHT = 48
_ROWS_IN_SIGHT = 3
_LEAVES_AFTER_MS = 8_000
# What is said of each verdict, in this order; what is not good is said in a link that opens the report.
_SAID = (Verdict.STORED, Verdict.STORED_WITH_WARNING, Verdict.ALREADY_THERE)
_TROUBLE = (Verdict.CONFLICT, Verdict.REFUSED, Verdict.NOT_SENT, Verdict.UNREADABLE, Verdict.NOT_DICOM)


class UploadRowView(QWidget):
    """One upload: title, counts, trouble as a link, rate, bar, and what can be done."""

    cancel_requested = Signal(int)
    report_requested = Signal(int)
    pause_requested = Signal(int, bool)
    again_requested = Signal(int)
    plan_requested = Signal(int)

    def __init__(self, row: UploadRow) -> None:
        super().__init__()
        self.row = row
        tokens = theme.tokens()
        self.setFixedHeight(_ROW_HEIGHT)
        self._title = ElidedLabel(kind="strong", mode=Qt.TextElideMode.ElideMiddle)
        self._counts = ElidedLabel(tone="secondary")
        self.trouble = button("", lambda: self.report_requested.emit(self.row.id), kind="link", tone="error",
                              tip=self.tr("Show which files, and why"))
        self._rate = label(tone="secondary")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress of the upload"))
        self.ask = button(self.tr("Look and send…"), lambda: self.plan_requested.emit(self.row.id), kind="primary",
                          tip=self.tr("What goes where, before anything is sent"))
        self.pause = button(self.tr("Pause"), lambda: self.pause_requested.emit(self.row.id, not self.row.paused),
                            tip=self.tr("Pause or go on; what is under way is sent to its end"))
        self.again = button(self.tr("Send again"), lambda: self.again_requested.emit(self.row.id),
                            tip=self.tr("What failed or was not sent, once more"))
        self.cancel = button(self.tr("Cancel"), lambda: self.cancel_requested.emit(self.row.id),
                             tip=self.tr("Stop this upload; what is stored stays stored"))
        self.report = button(self.tr("Report"), lambda: self.report_requested.emit(self.row.id),
                             tip=self.tr("What became of each file"))
        line = QHBoxLayout()
        line.setSpacing(tokens.space_s)
        line.addWidget(self._title)
        line.addWidget(self._counts)
        line.addWidget(self.trouble)
        line.addStretch(1)
        line.addWidget(self._rate)
        middle = QVBoxLayout()
        middle.setSpacing(4)
        middle.addStretch()
        middle.addLayout(line)
        middle.addWidget(self._bar)
        middle.addStretch()
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.space_s)
        whole.addLayout(middle, 1)
        whole.addSpacing(tokens.space_s)
        for one in (self.ask, self.again, self.pause, self.cancel):
            whole.addWidget(one)
        whole.addWidget(self.report)
        self.show_row(row)

    def show_row(self, row: UploadRow) -> None:
        self.row = row
        self._title.setText(f"{row.title} → {row.store_name}")
        self._counts.setText(counts_text(row))
        trouble = trouble_text(row)
        self.trouble.setText(trouble)
        self.trouble.setAccessibleName(trouble or self.trouble.toolTip())
        self.trouble.setVisible(bool(trouble))
        self._rate.setText(" · ".join(part for part in (bytes_text(row, self), row.rate_text, row.left_text) if part))
        progress = row.progress
        by_bytes = progress.total_bytes > 0 and not row.finished
        total, done = (progress.total_bytes, progress.sent_bytes) if by_bytes else (progress.found, progress.done)
        waits = not row.finished and (progress.scanning and not progress.done) and not progress.asking
        self._bar.setRange(0, 0 if waits else 1000)
        self._bar.setValue(0 if waits else round(1000 * min(done / max(total, 1), 1.0)))
        restyle(self._bar, "tone", "" if not row.finished else "caution" if trouble or row.cancelled else "good")
        self.cancel.setVisible(not row.finished)
        self.ask.setVisible(not row.finished and progress.asking)
        self.pause.setVisible(not row.finished and not progress.asking)
        self.pause.setText(self.tr("Resume") if row.paused else self.tr("Pause"))
        self.again.setVisible(row.can_send_again)
        self.report.setVisible(progress.done > 0)
        self.setAccessibleName(f"{self._title.full_text()}, {self._counts.full_text()}, {trouble}")


def counts_text(row: UploadRow) -> str:
    """"412 of 600 stored · 4 already there", or where it stands before that and after."""
    progress, totals = row.progress, dict(row.progress.totals)
    if row.error:
        return row.error
    if not progress.found and row.finished:
        return say("uploads", "no files found") if not row.cancelled else say("uploads", "cancelled")
    if progress.asking:
        return say("uploads", "%s files found · nothing is sent yet") % counted(progress.found)
    if not progress.done and progress.scanning:
        return say("uploads", "looking for DICOM files… %d found") % progress.found
    said = []
    stored = totals.get(Verdict.STORED, 0)
    of_all = say("uploads", "at least %d") % progress.found if progress.scanning else counted(progress.found)
    said.append(say("uploads", "%s of %s stored") % (counted(stored), of_all))
    said += [verdict_text(verdict, totals[verdict]) for verdict in _SAID[1:] if totals.get(verdict)]
    if row.paused:
        said.append(say("uploads", "paused"))
    elif progress.waiting:
        said.append(say("uploads", "waiting. %s") % progress.waiting)
    if row.cancelled:
        said.append(say("uploads", "cancelled"))
    return " · ".join(said)


def bytes_text(row: UploadRow, words: QWidget) -> str:
    """"120 of 300 MB" as far as that is known, empty when nothing is under way."""
    progress = row.progress
    if row.finished or progress.asking or not progress.sent_bytes:
        return ""
    sent = size_text(progress.sent_bytes)
    return sent if progress.scanning else words.tr("%s of %s") % (sent, size_text(progress.total_bytes))


def trouble_text(row: UploadRow) -> str:
    """"2 refused — why?", empty when there is none."""
    totals = dict(row.progress.totals)
    said = [verdict_text(verdict, totals[verdict]) for verdict in _TROUBLE if totals.get(verdict)]
    return say("uploads", "%s — why?") % " · ".join(said) if said else ""


class UploadTray(QFrame):
    """Shows UploadsModel, newest first."""

    report_requested = Signal(int)
    plan_requested = Signal(int)

    def __init__(self, uploads: UploadsModel, is_reading: Callable[[], bool] = lambda: False) -> None:
        """`is_reading`: whether a study is in front; its foot is left by what needs no look any more."""
        super().__init__()
        self._is_reading = is_reading
        self.leaving = QTimer(self, interval=_LEAVES_AFTER_MS)
        self.leaving.timeout.connect(self.leave_if_reading)
        self.setObjectName("uploadTray")
        self.setAccessibleName(self.tr("Uploads"))
        self._uploads = uploads
        self._rows: dict[int, UploadRowView] = {}
        tokens = theme.tokens()
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        holder = QWidget()
        holder.setLayout(self._list)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(holder)
        self._area.viewport().setAutoFillBackground(False)
        holder.setAutoFillBackground(False)             # setWidget has switched it on
        self.clear_button = icon_button("x", self.tr("Hide what is finished"), uploads.clear_finished)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.space_l, tokens.space_s, tokens.space_m, tokens.space_s)
        row.setSpacing(tokens.space_l)
        heading = label(self.tr("Uploads"), kind="strong")
        row.addWidget(heading)
        row.addWidget(self._area, 1)
        row.addWidget(self.clear_button)
        uploads.changed.connect(self._show)
        self._show()

    def row_of(self, number: int) -> UploadRowView | None:
        return self._rows.get(number)

    def leave_if_reading(self) -> None:
        """What ended well does not stand below the images of who reads."""
        if self._is_reading():
            self._uploads.clear_all_well()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._time_the_leaving()

    def hideEvent(self, event: QHideEvent) -> None:
        self.leaving.stop()                             # nobody looks, or the window is closed
        super().hideEvent(event)

    def _time_the_leaving(self) -> None:
        well = self.isVisible() and any(row.ended_well for row in self._uploads.rows)
        if well != self.leaving.isActive():
            (self.leaving.start if well else self.leaving.stop)()

    def _show(self) -> None:
        rows = self._uploads.rows
        self._time_the_leaving()
        for number in [number for number in self._rows if number not in {row.id for row in rows}]:
            gone = self._rows.pop(number)
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, row in enumerate(rows):
            view = self._rows.get(row.id)
            if view is None:
                view = self._rows[row.id] = UploadRowView(row)
                view.cancel_requested.connect(self._uploads.cancel)
                view.pause_requested.connect(self._uploads.pause)
                view.again_requested.connect(self._uploads.send_again)
                view.report_requested.connect(self.report_requested)
                view.plan_requested.connect(self.plan_requested)
                self._list.insertWidget(place, view)
            elif view.row != row:
                view.show_row(row)
        self.clear_button.setVisible(any(row.finished for row in rows))
        self._area.setFixedHeight(_ROW_HEIGHT * max(1, min(len(rows), _ROWS_IN_SIGHT)))
        self.setVisible(bool(rows))
