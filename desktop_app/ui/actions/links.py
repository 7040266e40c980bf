"""Rows: links to what is selected or shown, for other programs, and the archive's own web viewer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.store import Store
from desktop_app.core.words import t
from desktop_app.ui.actions.action import Action, Commands, Group
from desktop_app.ui.widgets import copy_text
from desktop_app.viewmodels.notices import Notice, NoticeKind
from desktop_app.viewmodels.store_links import dicomweb_link, viewer_page

_link = partial(Action, group=Group.WORKLIST)


def _study(commands: Commands) -> tuple[Store, str] | None:
    """The open study in front, else the one selected in the worklist."""
    viewer, worklist = commands.viewer, commands.models.worklist
    if viewer is not None:
        return viewer.store, viewer.study.study_instance_uid
    selected = worklist.selected
    return (selected.store, selected.study.study_instance_uid) if selected is not None else None


def _shown(commands: Commands) -> FrameRef | None:
    viewport = commands.viewport
    if viewport is None or viewport.display_set is None:
        return None
    frames, index = viewport.display_set.frames, viewport.state.index
    return frames[index] if 0 <= index < len(frames) else None


def _may_link_study(commands: Commands) -> bool:
    found = _study(commands)
    return found is not None and not (found[0].is_local or found[0].is_folder)


def _may_link_shown(commands: Commands) -> bool:
    return _may_link_study(commands) and _shown(commands) is not None


def _has_web_viewer(commands: Commands) -> bool:
    found = _study(commands)
    return found is not None and bool(found[0].web_viewer)


def _told(commands: Commands, work: Callable[[], str]) -> None:
    """Does it, and says how it went."""
    try:
        text, kind = work(), NoticeKind.GOOD
    except ValueError as error:
        text, kind = str(error), NoticeKind.CAUTION
    if text:
        commands.models.notices.post(Notice(text, kind, key="links"))


def _copy(commands: Commands, link: Callable[[], str]) -> None:
    def work() -> str:
        copy_text(link())
        return QCoreApplication.translate("Actions", "The link is on the clipboard. It holds no token.")
    _told(commands, work)


def _copy_study(commands: Commands) -> None:
    if (found := _study(commands)) is not None:
        _copy(commands, lambda: dicomweb_link(*found))


def _copy_shown(depth: int) -> Callable[[Commands], None]:
    """`depth`: how many of series, instance and frame the link names."""
    def run(commands: Commands) -> None:
        found, ref = _study(commands), _shown(commands)
        if found is not None and ref is not None:
            sop_uid, number = ref.sop_instance_uid if depth > 1 else "", ref.frame_number if depth > 2 else 0
            _copy(commands, lambda: dicomweb_link(
                found[0], ref.study_instance_uid, ref.series_instance_uid, sop_uid, number))
    return run


def _open_in_browser(commands: Commands) -> None:
    found, ref = _study(commands), _shown(commands)
    if found is None:
        return

    def work() -> str:
        page = viewer_page(*found, ref.series_instance_uid if ref is not None else "")
        if not QDesktopServices.openUrl(QUrl(page)):
            raise ValueError(QCoreApplication.translate("Actions", "No web browser could be started."))
        return ""
    _told(commands, work)


ROWS: tuple[Action, ...] = (
    _link("copy_study_link", t("Actions", "Copy the DICOMweb link of the study"), _copy_study, icon="copy",
          enabled=_may_link_study),
    _link("copy_series_link", t("Actions", "Copy the DICOMweb link of the shown series"), _copy_shown(1), icon="copy",
          enabled=_may_link_shown),
    _link("copy_image_link", t("Actions", "Copy the DICOMweb link of the shown image"), _copy_shown(2), icon="copy",
          enabled=_may_link_shown),
    _link("copy_frame_link", t("Actions", "Copy the DICOMweb link of the shown frame"), _copy_shown(3), icon="copy",
          enabled=_may_link_shown),
    _link("open_in_browser", t("Actions", "Open in the archive's web viewer"), _open_in_browser, icon="external-link",
          enabled=_has_web_viewer),
)
