"""Rows: the worklist and its archives."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop_app.core.words import t
from desktop_app.ui.actions.action import Action, Commands, Group, Scope
from desktop_app.ui.actions.conditions import (
    has_selected_study,
    has_several_archives,
    may_delete_shown,
    may_delete_study,
    shown_deletion_refusal,
    study_deletion_refusal,
    upload_refusal,
)

_worklist = partial(Action, group=Group.WORKLIST)


def _delete_study(commands: Commands) -> None:
    worklist = commands.models.worklist
    if worklist.selected is not None:
        commands.models.deletions.begin_study(worklist.selected.store, worklist.selected.study)


def _delete_shown(*, image_only: bool) -> Callable[[Commands], None]:
    def run(commands: Commands) -> None:
        viewer, viewport = commands.viewer, commands.viewport
        if viewer is not None and viewport is not None and viewport.display_set is not None:
            index = viewport.state.index if image_only else None
            commands.models.deletions.begin_shown(viewer.store, viewer.study, viewport.display_set, index)
    return run


ROWS: tuple[Action, ...] = (
    _worklist("open_study", t("Actions", "Open the selected study"), lambda c: c.window.open_selected_study(),
              scope=Scope.TABLE, keys=("Return", "Enter"), icon="image", label=t("Actions", "Open"),
              enabled=has_selected_study),
    _worklist("delete_study", t("Actions", "Delete the selected study from its archive…"),
              _delete_study, scope=Scope.TABLE, keys=("Shift+Del",), icon="trash-2",
              label=t("Actions", "Delete study"), enabled=may_delete_study, refusal=study_deletion_refusal),
    _worklist("delete_series", t("Actions", "Delete the shown series from its archive…"),
              _delete_shown(image_only=False), scope=Scope.VIEWER, keys=("Ctrl+Shift+Del",),
              icon="trash-2", enabled=may_delete_shown, refusal=shown_deletion_refusal),
    _worklist("delete_image", t("Actions", "Delete the shown image from its archive…"),
              _delete_shown(image_only=True), scope=Scope.VIEWER, keys=("Shift+Del",),
              icon="trash-2", enabled=may_delete_shown, refusal=shown_deletion_refusal),
    _worklist("search_field", t("Actions", "Search for studies"), lambda c: c.window.focus_search(), keys=("Ctrl+F",),
              icon="search", label=t("Actions", "Search")),
    _worklist("refresh", t("Actions", "Ask the archive again"), lambda c: c.models.worklist.refresh(), keys=("F5",),
              icon="refresh-cw", label=t("Actions", "Refresh")),
    _worklist("all_archives", t("Actions", "Search all archives at once"),
              lambda c: c.models.archives.select_all(), keys=("Ctrl+Shift+F",), icon="layers",
              label=t("Actions", "All archives"), enabled=has_several_archives),
    _worklist("open_files", t("Actions", "Upload files to the selected archive…"), lambda c: c.window.choose_files(),
              keys=("Ctrl+O",), icon="upload", label=t("Actions", "Upload files"), refusal=upload_refusal),
    _worklist("open_folder", t("Actions", "Upload a folder to the selected archive…"),
              lambda c: c.window.choose_folder(), keys=("Ctrl+Shift+O",), icon="folder-open",
              label=t("Actions", "Upload a folder"), refusal=upload_refusal),
    _worklist("paste", t("Actions", "Add the picture or the files on the clipboard to the study"),
              lambda c: c.window.paste(), keys=("Ctrl+V",), icon="plus", refusal=upload_refusal),
    _worklist("add_archive", t("Actions", "Add an archive…"), lambda c: c.window.add_archive(), icon="plus",
              label=t("Actions", "Add archive")),
    _worklist("open_archive_folder", t("Actions", "Open a folder or a CD as an archive, for reading…"),
              lambda c: c.window.choose_archive_folder(), icon="folder-open"),
    _worklist("choose_google", t("Actions", "Add a DICOM store of Google Cloud…"), lambda c: c.window.choose_google(),
              icon="cloud"),
)
