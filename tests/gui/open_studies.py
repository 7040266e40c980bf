"""Studies that are open in a window over fake services, with a real workspace."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtWidgets import QApplication

from desktop_app.core.person_name import PersonName
from desktop_app.core.store import Store
from desktop_app.core.study import Study
from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.study_opener import SeriesListed, SeriesOpened
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.viewer_page import ViewerPage
from desktop_app.viewmodels.viewer import ViewerModel
from desktop_app.viewmodels.workspace import Workspace
from tests.gui.fakes import fake_models
from tests.gui.viewer_fakes import STORE, FakeBackend, FakeNetwork, display_set

_PATIENCE_S = 20.0
SETS = tuple(display_set(3, number, f"Series {number}") for number in range(2, 7))
EVENTS = (SeriesListed(tuple(one.series for one in SETS)), *(SeriesOpened(one.series, (one,), 3) for one in SETS))


def patient(uid: str, patient_id: str, name: str) -> Study:
    return Study(uid, PersonName(name), patient_id, study_date="20260101", modalities=("CT",), description="Chest")


def reading_window() -> MainWindow:
    models: Any = fake_models()
    workspace = Workspace(FakeNetwork(FakeBackend(list(EVENTS))), FrameCache(1 << 20))  # type: ignore[arg-type]
    object.__setattr__(models, "workspace", workspace)
    window = MainWindow(models)
    window.resize(1400, 900)
    return window


def opened(window: MainWindow, study: Study, store: Store = STORE) -> ViewerModel:
    """The viewer of a study whose five series are listed, the first one shown."""
    viewer = window.models.workspace.open(study, store)
    viewer.rail.take(EVENTS)
    viewer.loading.index(viewer.rail.display_sets)
    viewer.show(SETS[0].key)
    build_page(window.page_of(viewer))
    return viewer


def build_page(page: ViewerPage | None) -> None:
    """Lets a page in front build all its parts."""
    assert page is not None
    deadline = time.monotonic() + _PATIENCE_S
    while not page.is_whole:
        assert time.monotonic() < deadline, "the page was not built"
        QApplication.processEvents()
    QApplication.processEvents()                # what came last has its place too
