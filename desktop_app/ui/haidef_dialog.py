"""The findings of a HAI-DEF check, line by line, and the page that can be saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSaveFile
from PySide6.QtWidgets import QFileDialog, QTextBrowser, QWidget

from desktop_app.core.haidef import Finding, Result
from desktop_app.core.words import say
from desktop_app.ui.dialogs import Dialog
from desktop_app.ui.widgets import button, label


class HaidefReport(Dialog):
    """Shows the page; counts what passed above it."""

    def __init__(self, parent: QWidget | None, findings: Sequence[Finding], page: str) -> None:
        super().__init__(parent, self.tr("Ready for HAI-DEF?"), width=980)
        self._page = page
        counts = [(result, sum(one.result is result for one in findings)) for result in Result]
        said = ", ".join(f"{count} {say('core', result.value)}" for result, count in counts if count)
        bad = any(one.result is Result.FAIL for one in findings)
        self.column.addWidget(label(said, tone="error" if bad else "good"))
        self.browser = QTextBrowser()
        self.browser.setAccessibleName(self.tr("Findings"))
        self.browser.setOpenLinks(False)
        self.browser.setMinimumHeight(460)
        self.browser.document().setDefaultStyleSheet("td, th { padding: 4px 8px; } h1 { font-size: 15px; }")
        self.browser.setHtml(page.replace("#ccc", "#2A333F"))
        self.column.addWidget(self.browser, 1)
        self.trouble = label(kind="small", tone="error", wrap=True)
        self.column.addWidget(self.trouble)
        self.add_buttons(button(self.tr("Close"), self.accept, kind="primary"),
                         left=(button(self.tr("Save…"), self._choose, icon="download"),))

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the page"), "haidef.html")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("html")
        dialog.fileSelected.connect(self.save)
        dialog.open()

    def save(self, path: str) -> None:
        """Writes the page, whole or not at all."""
        file = QSaveFile(path)
        data = self._page.encode()
        good = file.open(QSaveFile.OpenModeFlag.WriteOnly) and file.write(data) == len(data) and file.commit()
        self.trouble.setText("" if good else self.tr("The page could not be saved there. Choose another place."))
