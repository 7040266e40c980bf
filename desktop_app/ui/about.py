"""About: what this is, its version, what it must not be used for, and under which licences it and its parts are."""

from __future__ import annotations

import platform

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import Signal, qVersion
from PySide6.QtWidgets import QWidget

from desktop_app import __version__
from desktop_app.core.intended_use import NOT_FOR_DIAGNOSIS
from desktop_app.core.words import say
from desktop_app.ui.dialogs import Dialog
from desktop_app.ui.widgets import button, copy_text, label


class About(Dialog):
    """Short; the list of every part and its licence is a page of the help, which `licences_requested` asks for."""

    licences_requested = Signal()

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, self.tr("Lightbox %s") % __version__, width=520)
        self.column.addWidget(label(self.tr("A DICOM workstation for the desktop that speaks DICOMweb."), wrap=True))
        self.column.addWidget(label(say("core", NOT_FOR_DIAGNOSIS), tone="caution", wrap=True))
        self.column.addWidget(label(self.tr(
            "Open source under the Apache License 2.0. With the typeface Inter (SIL Open Font License) and icons of "
            "Lucide (ISC)."), tone="secondary", wrap=True))
        self.column.addWidget(label(self.tr(
            "It uses Qt {qt} and PySide6 under the GNU LGPL, version 3. You may exchange Qt's libraries for your own "
            "build; “Licences” says how.").format(qt=qVersion()), tone="secondary", wrap=True))
        self.versions = self._versions()
        self.column.addWidget(label(self.versions, kind="small", tone="secondary", wrap=True))
        self.licences = button(self.tr("Licences…"), self._ask_licences, icon="file-text",
                               tip=self.tr("Every part that is inside, with its version and its licence"))
        copy = button(self.tr("Copy"), lambda: copy_text(f"Lightbox {__version__}\n{self.versions}"), icon="copy",
                      tip=self.tr("Copy the versions, for a report of a problem"))
        self.add_buttons(button(self.tr("Close"), self.accept, kind="primary"), left=(self.licences, copy))

    def _versions(self) -> str:
        return (f"Qt {qVersion()} · PySide6 {pyside_version} · Python {platform.python_version()} · "
                f"{platform.system()} {platform.release()} {platform.machine()}")

    def _ask_licences(self) -> None:
        self.accept()
        self.licences_requested.emit()
