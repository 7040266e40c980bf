"""Rows: what the open health models of Google (HAI-DEF) want to be told, and whether a series is ready for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from desktop_app.core.words import t
from desktop_app.ui.actions.action import Action, Commands, Group, Scope
from desktop_app.ui.actions.conditions import has_images
from desktop_app.viewmodels.notices import Notice, NoticeKind

_haidef = partial(Action, group=Group.PROGRAM, scope=Scope.VIEWER, enabled=has_images)


def _copy(commands: Commands, text: Callable[[], str], done: str) -> None:
    try:
        QGuiApplication.clipboard().setText(text())
    except ValueError as error:
        commands.models.notices.post(Notice(str(error), NoticeKind.CAUTION, key="haidef"))
        return
    commands.models.notices.post(Notice(done, NoticeKind.GOOD, key="haidef"))


def _copy_path_request(commands: Commands) -> None:
    viewer, viewport = commands.viewer, commands.viewport
    if viewer is not None and viewport is not None and viewport.display_set is not None:
        shown = viewport.display_set
        _copy(commands, lambda: commands.models.haidef.request_for_path(viewer.store, shown),
              QCoreApplication.translate("Actions", "The request is on the clipboard. It holds no token."))


def _copy_cxr_link(commands: Commands) -> None:
    viewer, viewport = commands.viewer, commands.viewport
    if viewer is not None and viewport is not None and viewport.display_set is not None:
        ref = viewport.display_set.frames[viewport.state.index]
        _copy(commands, lambda: commands.models.haidef.link_for_cxr(viewer.store, ref),
              QCoreApplication.translate("Actions", "The link is on the clipboard. It holds no token."))


def _check(commands: Commands) -> None:
    viewer, viewport = commands.viewer, commands.viewport
    if viewer is not None and viewport is not None and viewport.display_set is not None:
        commands.models.haidef.check(viewer.store, viewport.display_set)


ROWS: tuple[Action, ...] = (
    _haidef("copy_path_request", t("Actions", "Copy as Path request (HAI-DEF)"), _copy_path_request, icon="copy"),
    _haidef("copy_cxr_link", t("Actions", "Copy as CXR link (HAI-DEF)"), _copy_cxr_link, icon="copy"),
    _haidef("check_haidef", t("Actions", "Is this series ready for HAI-DEF?"), _check, icon="circle-check"),
)
