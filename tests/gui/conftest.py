"""Fixtures of the interface's tests."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.theme import apply_theme
from tests.gui.fakes import FakeViewer, fake_models


@pytest.fixture
def themed(qapp: QApplication) -> QApplication:
    """The application, dressed."""
    if not qapp.styleSheet():
        apply_theme(qapp)
    return qapp


@pytest.fixture
def window(themed: QApplication, qtbot: QtBot) -> MainWindow:
    """The main window over fake models, shown and active."""
    made = MainWindow(fake_models(FakeViewer))
    qtbot.addWidget(made, before_close_func=lambda _window: made.models.uploads.show())     # so that it may close
    made.resize(1400, 900)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made
