"""Rows: the worklist and its archives."""

from __future__ import annotations

from functools import partial

from desktop_app.ui.actions.action import Action, Group, Scope, t
from desktop_app.ui.actions.conditions import has_selected_study, may_upload

_worklist = partial(Action, group=Group.WORKLIST)

ROWS: tuple[Action, ...] = (
    _worklist("open_study", t("Actions", "Open the selected study"), lambda c: c.window.open_selected_study(),
              scope=Scope.TABLE, keys=("Return", "Enter"), icon="image", label=t("Actions", "Open"),
              enabled=has_selected_study),
    _worklist("search_field", t("Actions", "Search for studies"), lambda c: c.window.focus_search(), keys=("Ctrl+F",),
              icon="search", label=t("Actions", "Search")),
    _worklist("refresh", t("Actions", "Ask the archive again"), lambda c: c.models.worklist.refresh(), keys=("F5",),
              icon="refresh-cw", label=t("Actions", "Refresh")),
    _worklist("open_files", t("Actions", "Upload files to the selected archive…"), lambda c: c.window.choose_files(),
              keys=("Ctrl+O",), icon="upload", label=t("Actions", "Upload files"), enabled=may_upload),
    _worklist("open_folder", t("Actions", "Upload a folder to the selected archive…"),
              lambda c: c.window.choose_folder(), keys=("Ctrl+Shift+O",), icon="folder-open",
              label=t("Actions", "Upload a folder"), enabled=may_upload),
    _worklist("add_archive", t("Actions", "Add an archive…"), lambda c: c.window.add_archive(), icon="plus",
              label=t("Actions", "Add archive")),
    _worklist("choose_google", t("Actions", "Add a DICOM store of Google Cloud…"), lambda c: c.window.choose_google(),
              icon="cloud"),
)
