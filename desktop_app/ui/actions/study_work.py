"""Rows: what is kept of a study: saving, key images."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop_app.core.words import t
from desktop_app.ui.actions.action import Action, Commands, Group, Scope
from desktop_app.ui.actions.conditions import has_images

_row = partial(Action, group=Group.STUDY, scope=Scope.VIEWER, enabled=has_images)


def _work_call(method: str) -> Callable[[Commands], None]:
    def run(commands: Commands) -> None:
        if commands.viewer is not None:
            getattr(commands.viewer.work, method)()
    return run


def _work_is(attribute: str) -> Callable[[Commands], bool]:
    return lambda commands: commands.viewer is not None and bool(getattr(commands.viewer.work, attribute))


ROWS: tuple[Action, ...] = (
    _row("save_work", t("Actions", "Store measurements, key images and views in the archive"), _work_call("save"),
         keys=("Ctrl+S",), icon="file-up", label=t("Actions", "Save"), enabled=_work_is("can_save")),
    _row("key_image", t("Actions", "Mark as key image, or take the mark away"), _work_call("toggle_key_image"),
         keys=("K",), icon="star", label=t("Actions", "Key image")),
    _row("key_filter", t("Actions", "Show only the key images, or all again"), _work_call("toggle_key_filter"),
         keys=("Shift+K",), icon="list-filter", enabled=lambda c: has_images(c) and (
             _work_is("key_images")(c) or _work_is("shows_key_images")(c)), checked=_work_is("shows_key_images")),
    _row("tags", t("Actions", "All attributes (tags) of the image"), lambda c: c.window.on_page.show_tags(),
         keys=("Ctrl+I",), icon="tag", label=t("Actions", "Tags")),
    _row("export", t("Actions", "Export: pictures, film, PDF, DICOM…"), lambda c: c.window.on_page.show_export(),
         keys=("Ctrl+E",), icon="download", label=t("Actions", "Export")),
    _row("print", t("Actions", "Print the view with a true scale…"), lambda c: c.window.on_page.print_view(),
         keys=("Ctrl+P",), icon="file-text"),
)
