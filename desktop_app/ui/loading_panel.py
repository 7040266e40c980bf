"""Why is it slow? Where the time of the study in front went, as it goes on, and a copy without names."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView, QWidget

from desktop_app.core.load_times import LoadReport, Stage, StageTime
from desktop_app.core.sizes import size_text
from desktop_app.core.words import counted, figures, t
from desktop_app.ui.dialogs import Dialog
from desktop_app.ui.row_table import Index, RowTable
from desktop_app.ui.viewport.canvas import ViewportCanvas
from desktop_app.ui.widgets import button, copy_text, label, plain_table, set_widths
from desktop_app.viewmodels.network_status import NetworkStatus
from desktop_app.viewmodels.viewer import ViewerModel

_LOOK_MS = 500
_ROW_PX, _HEADER_PX = 30, 36
_TITLES = (
    t("LoadingTable", "Stage"), t("LoadingTable", "Times"), t("LoadingTable", "Typical"),
    t("LoadingTable", "Longest"), t("LoadingTable", "In all"),
)
_STAGES: dict[Stage, str] = {
    Stage.SEARCH: t("LoadingTable", "List of series"), Stage.METADATA: t("LoadingTable", "Lists of images, metadata"),
    Stage.FIRST_BYTE: t("LoadingTable", "Waiting for an image's first byte"),
    Stage.TRANSFER: t("LoadingTable", "Transfer of an image"), Stage.DECODE: t("LoadingTable", "Decoding an image"),
    Stage.PAINT: t("LoadingTable", "Painting"),
}
_HINTS: dict[Stage, str] = {
    Stage.SEARCH: t("LoadingPanel", "Most of it went into the search: the archive lists series slowly."),
    Stage.METADATA: t("LoadingPanel", "Most of it went into lists and metadata: the archive makes them slowly."),
    Stage.FIRST_BYTE: t("LoadingPanel", "Most of it went into waiting for first bytes: the archive or the way to it "
                                        "answers slowly."),
    Stage.TRANSFER: t("LoadingPanel", "Most of it went into the transfer: the line is full, or slow."),
    Stage.DECODE: t("LoadingPanel", "Most of it went into decoding on this computer."),
    Stage.PAINT: t("LoadingPanel", "Most of it went into painting: nothing is slow about loading."),
}


class LoadingTable(RowTable[StageTime]):
    """One row per stage that was passed."""

    titles = _TITLES
    numbers = tuple(range(1, len(_TITLES)))

    def show(self, rows: tuple[StageTime, ...]) -> None:
        if len(rows) == len(self.rows):         # the same stages, a moment later
            self.rows = rows
            self.row_changed(0, len(rows) - 1)
        else:
            super().show(rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            row = self.rows[index.row()]
            return (
                self.tr(_STAGES[row.stage]), counted(row.count), figures(f"{row.mean_ms:,.0f} ms"),
                figures(f"{row.longest_ms:,.0f} ms"),
                figures(f"{row.total_s:,.1f} s"),
            )[index.column()]
        return super().data(index, role)


class LoadingPanel(Dialog):
    """Stays open beside the images. `viewer`: whose study it is about; None for all of the archive chosen."""

    def __init__(self, parent: QWidget, network: NetworkStatus, viewer: ViewerModel | None) -> None:
        super().__init__(parent, self.tr("Why is it slow?"), width=600)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self._network, self._viewer = network, viewer
        self.report = LoadReport()
        self.hint = label(wrap=True, tone="secondary")
        self.table = LoadingTable(self)
        self.view: QTableView = plain_table(self.table, self.tr("Where the time of loading went"))
        set_widths(self.view, 250, 70, 80, 80, 70)
        self.view.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.view.setMinimumWidth(self.view.horizontalHeader().length() + 2)
        self.view.setFixedHeight(_HEADER_PX + len(Stage) * _ROW_PX)
        self.line = label(wrap=True)
        self.note = label(self.tr("Images are fetched and decoded side by side: the sums are longer than you wait."),
                          kind="small", tone="secondary", wrap=True)
        for widget in (self.hint, self.view, self.line, self.note):
            self.column.addWidget(widget)
        self.copy = button(self.tr("Copy report"), lambda: copy_text(self.report.text()), icon="copy",
                           tip=self.tr("Times, counts and sizes; no name, no address"))
        self.add_buttons(button(self.tr("Close"), self.accept, kind="primary"), left=(self.copy,))
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        if viewer is not None:
            viewer.destroyed.connect(self.reject)
        self._look()

    def _look(self) -> None:
        canvases = [
            canvas for canvas in QApplication.allWidgets()          # a study may stand in a window of its own
            if isinstance(canvas, ViewportCanvas)
            and (self._viewer is None or canvas.viewport in self._viewer.viewports)
        ]
        report = self._network.report(self._viewer, [canvas.paint_time for canvas in canvases])
        if report == self.report and self.line.text():
            return
        self.report = report
        self.table.show(report.stages)
        slowest = report.slowest
        self.hint.setText(self.tr(_HINTS[slowest]) if slowest else self.tr("Nothing was loaded yet."))
        words = self.tr("%d at once (up to %d) · %s/s · %d repeated · %s received · %d waiting")
        self.line.setText(report.trouble or words % (
            report.in_flight, report.limit, size_text(report.bytes_per_s), report.retries,
            size_text(report.bytes_received), report.waiting))
