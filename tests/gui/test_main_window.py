"""The window as a whole: tabs, drops, closing, notices, and that everything can be reached and heard."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QTabBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app.core.listed_study import ListedStudy
from desktop_app.ui.dialogs import Question
from desktop_app.ui.loading_panel import LoadingPanel
from desktop_app.ui.main_window import WARM_UP, MainWindow
from desktop_app.ui.top_bar import StudyTabs
from desktop_app.viewmodels.notices import Notice, NoticeKind
from tests.gui.fakes import DONE, GOOGLE, LOCAL, STUDIES, UNDER_WAY
from tests.gui.open_studies import build_page


def tab_texts(window: MainWindow) -> list[str]:
    tabs = window.top_bar.tabs
    return [tabs.tabText(index) for index in range(tabs.count())]


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drag_in(window: MainWindow, data: QMimeData) -> QDragEnterEvent:
    event = QDragEnterEvent(QPoint(200, 200), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                            Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(window, event)
    return event


def drop(window: MainWindow, data: QMimeData) -> None:
    drag_in(window, data)
    QApplication.sendEvent(window, QDropEvent(
        QPointF(200, 200), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))


# -- tabs --------------------------------------------------------------------------------------------------------------


def test_a_study_opens_in_a_tab_of_its_own(window: MainWindow) -> None:
    workspace, worklist = window.models.workspace, window.models.worklist
    first = workspace.open(STUDIES[4], worklist.store)
    assert tab_texts(window) == ["Worklist", "CRLM-CT-1006 · CT"]
    assert window.active_viewer is first
    assert window.pages.currentWidget() is window.page_of(first)
    second = workspace.open(STUDIES[3], worklist.store)
    assert window.active_viewer is second
    assert (first.is_front, second.is_front) == (False, True)  # type: ignore[attr-defined]


def test_a_study_that_is_open_comes_to_the_front(window: MainWindow) -> None:
    workspace, store = window.models.workspace, window.models.worklist.store
    first = workspace.open(STUDIES[4], store)
    workspace.open(STUDIES[3], store)
    assert workspace.open(STUDIES[4], store) is first
    assert window.active_viewer is first
    assert len(tab_texts(window)) == 3


def test_tabs_are_walked_and_closed_from_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    workspace, store = window.models.workspace, window.models.worklist.store
    first, second = workspace.open(STUDIES[4], store), workspace.open(STUDIES[3], store)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_Tab, control)
    assert window.active_viewer is None                 # round the end, to the worklist
    qtbot.keyClick(window, Qt.Key.Key_Tab, control)
    assert window.active_viewer is first
    qtbot.keyClick(window, Qt.Key.Key_W, control)
    assert workspace.viewers == (second,)
    assert tab_texts(window) == ["Worklist", "JP-33 · MR"]


def test_many_studies_do_not_push_the_worklist_out_of_the_bar(themed: QApplication, qtbot: QtBot) -> None:
    tabs = StudyTabs("Close")
    qtbot.addWidget(tabs)
    tabs.resize(1200, 40)
    tabs.show()
    for number in range(16):
        tabs.add_study(f"A patient with a name {number} · CT · 01 Jan 2026", "#4da3ff")
    tabs.setCurrentIndex(16)
    QApplication.processEvents()
    assert tabs.tabRect(0).left() >= 0 and tabs.tabRect(16).right() <= tabs.width()
    assert tabs.tabToolTip(16).startswith("A patient with a name 15"), "what is cut off is told under the pointer"


def test_the_cross_and_the_middle_button_close_a_tab(window: MainWindow, qtbot: QtBot) -> None:
    workspace, store = window.models.workspace, window.models.worklist.store
    tabs = window.top_bar.tabs
    for study in STUDIES[:3]:
        workspace.open(study, store)
    cross = tabs.tabButton(2, QTabBar.ButtonPosition.RightSide).findChild(QAbstractButton)
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert [viewer.study for viewer in workspace.viewers] == [STUDIES[0], STUDIES[2]]
    qtbot.mouseClick(tabs, Qt.MouseButton.MiddleButton, pos=tabs.tabRect(1).center())
    assert [viewer.study for viewer in workspace.viewers] == [STUDIES[2]]
    qtbot.mouseClick(tabs, Qt.MouseButton.MiddleButton, pos=tabs.tabRect(0).center())
    assert tab_texts(window)[0] == "Worklist"           # the worklist cannot be closed


def test_closing_the_tab_in_front_shows_its_neighbour(window: MainWindow) -> None:
    workspace, store = window.models.workspace, window.models.worklist.store
    viewers = [workspace.open(study, store) for study in STUDIES[:3]]
    window.top_bar.tabs.setCurrentIndex(2)
    window.close_tab()
    assert window.active_viewer is viewers[0]
    assert window.pages.currentWidget() is window.page_of(viewers[0])
    window.close_tab()
    window.close_tab()
    assert window.active_viewer is None
    assert window.pages.currentWidget() is window.worklist_page


def test_closing_a_tab_behind_leaves_the_front_alone(window: MainWindow) -> None:
    workspace, store = window.models.workspace, window.models.worklist.store
    first, second = workspace.open(STUDIES[0], store), workspace.open(STUDIES[1], store)
    workspace.close(first)
    assert window.active_viewer is second
    assert window.pages.currentWidget() is window.page_of(second)


# -- dropping files ----------------------------------------------------------------------------------------------------


def test_files_may_be_dropped_anywhere(window: MainWindow) -> None:
    window.models.archives.select(GOOGLE)
    event = drag_in(window, files(Path("/in/a.dcm"), Path("/in/folder")))
    assert event.isAccepted()
    assert window.drop_overlay.isVisible()
    assert window.drop_overlay.text == "Drop to upload to chest-ct"
    assert window.drop_overlay.geometry() == window.rect()
    drop(window, files(Path("/in/a.dcm"), Path("/in/folder")))
    assert not window.drop_overlay.isVisible()
    assert window.models.uploads.calls == [("drop", (Path("/in/a.dcm"), Path("/in/folder")), GOOGLE)]  # type: ignore[attr-defined]


def test_what_leaves_again_is_not_uploaded(window: MainWindow) -> None:
    drag_in(window, files(Path("/in/a.dcm")))
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not window.drop_overlay.isVisible()
    assert window.models.uploads.calls == []  # type: ignore[attr-defined]


def test_a_drop_without_files_is_refused(window: MainWindow) -> None:
    text, address = QMimeData(), QMimeData()
    text.setText("hello")
    address.setUrls([QUrl("https://example.org/a.dcm")])
    for data in (text, address):
        assert not drag_in(window, data).isAccepted()
        assert not window.drop_overlay.isVisible()


def test_no_field_swallows_a_file(window: MainWindow) -> None:
    assert [field for field in window.findChildren(QLineEdit) if field.acceptDrops()] == []


# -- closing -----------------------------------------------------------------------------------------------------------


def test_it_closes_without_a_question_when_nothing_is_under_way(window: MainWindow, qtbot: QtBot) -> None:
    window.models.uploads.show(DONE)  # type: ignore[attr-defined]
    with qtbot.waitSignal(window.closed):
        assert window.close()


def test_it_asks_once_while_files_are_uploaded(window: MainWindow, qtbot: QtBot) -> None:
    window.models.uploads.show(UNDER_WAY)  # type: ignore[attr-defined]
    assert not window.close()
    assert not window.close()
    questions = window.findChildren(Question)
    assert len(questions) == 1
    with qtbot.assertNotEmitted(window.closed):
        qtbot.mouseClick(questions[0].buttons["stay"], Qt.MouseButton.LeftButton)
    assert window.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_the_easy_answers_keep_uploading(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    window.models.uploads.show(UNDER_WAY)  # type: ignore[attr-defined]
    window.close()
    with qtbot.assertNotEmitted(window.closed):
        qtbot.keyClick(window.findChild(Question), key)
    assert window.isVisible()


def test_it_closes_when_told_to_quit_all_the_same(window: MainWindow, qtbot: QtBot) -> None:
    window.models.uploads.show(UNDER_WAY)  # type: ignore[attr-defined]
    window.close()
    with qtbot.waitSignal(window.closed):
        qtbot.mouseClick(window.findChild(Question).buttons["quit"], Qt.MouseButton.LeftButton)
    assert not window.isVisible()


# -- notices -----------------------------------------------------------------------------------------------------------


def test_a_notice_covers_nothing_moves_nothing_and_takes_no_focus(window: MainWindow) -> None:
    window.models.workspace.open(STUDIES[4], window.models.worklist.store)
    build_page(window.active_page)
    focus, place = QApplication.focusWidget(), window.pages.geometry()
    window.models.notices.post(Notice("Everything has arrived.", NoticeKind.ERROR, detail="x" * 500))
    QApplication.processEvents()
    strip = window.top_bar.notice
    assert strip.isVisible()
    assert strip.text == "Everything has arrived."
    assert QApplication.focusWidget() is focus
    assert window.pages.geometry() == place
    assert window.top_bar.geometry().contains(strip.geometry().translated(window.top_bar.pos()))


def test_a_notice_offers_its_action_and_goes(window: MainWindow, qtbot: QtBot) -> None:
    done: list[str] = []
    window.models.notices.post(Notice("First", NoticeKind.CAUTION))
    window.models.notices.post(Notice("It failed.", NoticeKind.ERROR, "why", "Try again", lambda: done.append("again")))
    strip = window.top_bar.notice
    assert strip.more.text() == "+1"
    qtbot.mouseClick(strip.action, Qt.MouseButton.LeftButton)
    assert done == ["again"]
    assert strip.text == "First"
    qtbot.mouseClick(strip.dismiss, Qt.MouseButton.LeftButton)
    assert not strip.isVisible()


@pytest.mark.parametrize(("kind", "goes"), [
    (NoticeKind.GOOD, True), (NoticeKind.INFO, True), (NoticeKind.CAUTION, False), (NoticeKind.ERROR, False),
])
def test_only_good_news_leave_by_themselves(window: MainWindow, kind: NoticeKind, goes: bool) -> None:
    window.models.notices.post(Notice("Something", kind))
    timer = window.top_bar.notice._leave
    assert timer.isActive() is goes
    if goes:
        timer.timeout.emit()
    assert (window.models.notices.items == ()) is goes
    timer.stop()


def test_the_whole_of_a_long_notice_can_be_read(window: MainWindow, qtbot: QtBot) -> None:
    window.models.notices.post(Notice("A sentence that is too long for the bar. " * 8, NoticeKind.ERROR, "HTTP 403"))
    qtbot.mouseClick(window.top_bar.notice.details, Qt.MouseButton.LeftButton)
    dialog = window.findChild(QDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_the_chips_speak_only_when_there_is_something_to_say(window: MainWindow) -> None:
    bar = window.top_bar
    assert not bar.network_chip.isVisible()
    window.models.network.say("↓ 38 MB/s · 32 at once", "memory 1.2 GB")  # type: ignore[attr-defined]
    assert bar.network_chip.isVisible()
    assert bar.network_chip.text() == "↓ 38 MB/s · 32 at once"
    bar.network_chip.click()
    panel = next(dialog for dialog in window.findChildren(LoadingPanel) if dialog.isVisible())
    assert [panel.table.data(panel.table.index(0, column)) for column in range(5)] == [
        "Decoding an image", "3", "2 ms", "4 ms", "0.0 s"]
    panel.copy.click()
    assert QGuiApplication.clipboard().text().startswith("decode: 3 × 2 ms (longest 4 ms")
    panel.accept()
    window.models.network.say("", "memory 1.2 GB")  # type: ignore[attr-defined]
    assert not bar.network_chip.isVisible()
    assert bar.cache_chip.isVisible()


# -- everything can be reached and heard -------------------------------------------------------------------------------


def everything(window: MainWindow) -> None:
    """Brings every part of the window to the light."""
    window.models.worklist.fill(STUDIES)  # type: ignore[attr-defined]
    window.models.uploads.show(UNDER_WAY, DONE)  # type: ignore[attr-defined]
    window.models.worklist.select(ListedStudy(STUDIES[0], LOCAL))
    window.models.notices.post(Notice("It failed.", NoticeKind.ERROR, "why", "Try again", lambda: None))
    window.models.workspace.open(STUDIES[4], LOCAL)


def nameless(root: QWidget) -> list[str]:
    kinds = (QAbstractButton, QLineEdit, QComboBox, QTableView, QTabBar)
    parts = [part for kind in kinds for part in root.findChildren(kind)]
    return [_place(part) for part in parts if not _is_qts(part)
            and not (part.accessibleName() or (isinstance(part, QAbstractButton) and part.text()))]


def without_tooltip(root: QWidget) -> list[str]:
    return [_place(part) for part in root.findChildren(QAbstractButton)
            if not _is_qts(part) and not part.toolTip() and not part.accessibleDescription()]


def _is_qts(part: QWidget) -> bool:
    """Parts that Qt makes for itself (the corner of a table, what clears a field) are not ours to name."""
    if isinstance(part.parentWidget(), QLineEdit):
        return True
    return type(part).__name__ == "QAbstractButton" or part.objectName().startswith(("qt_", "Scroll"))


def _place(part: QWidget) -> str:
    above = part.parentWidget()
    return f"{type(part).__name__} {part.accessibleName() or part.objectName()} in {type(above).__name__}"


def test_every_control_has_a_name_and_every_button_a_tooltip(window: MainWindow) -> None:
    everything(window)
    assert nameless(window) == []
    assert without_tooltip(window) == []


@pytest.mark.parametrize("action", ["keys", "about", "add_archive"])
def test_dialogs_are_reachable_and_named(window: MainWindow, action: str) -> None:
    window.actions_set.run(action)
    dialog = window.findChild(QDialog)
    assert dialog.isVisible()
    assert dialog.isModal()
    assert nameless(dialog) == []
    assert without_tooltip(dialog) == []
    dialog.reject()


def test_tab_walks_through_the_worklist_in_reading_order(window: MainWindow, qtbot: QtBot) -> None:
    page = window.worklist_page
    window.models.worklist.fill(STUDIES)  # type: ignore[attr-defined]
    window.models.worklist.select(ListedStudy(STUDIES[0], LOCAL))
    QApplication.processEvents()
    page.search.text.setFocus()
    met: list[QWidget | None] = []
    for _ in range(16):
        met.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    wanted = [page.search.text, page.search.date, page.search.modality, page.search.description,
              page.search.search_button, page.table, page.preview.open_button]
    places = [met.index(part) for part in wanted]
    assert places == sorted(places)
    assert any(type(part).__name__ == "ArchiveButton" for part in met)


def test_the_search_key_leads_to_the_field_from_a_study(window: MainWindow, qtbot: QtBot) -> None:
    window.models.workspace.open(STUDIES[4], LOCAL)
    qtbot.keyClick(window.active_page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.active_viewer is None
    assert QApplication.focusWidget() is window.worklist_page.search.text


def test_full_screen_and_back(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()


def test_the_view_is_copied_as_a_picture(window: MainWindow, qtbot: QtBot) -> None:
    window.models.workspace.open(STUDIES[4], LOCAL)
    QApplication.clipboard().clear()
    qtbot.keyClick(window.active_page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert not QApplication.clipboard().image().isNull()
    assert window.models.notices.items[-1].kind is NoticeKind.GOOD
    window.models.notices.dismiss(window.models.notices.items[-1])


def test_the_first_study_finds_its_page_loaded_bit_by_bit(window: MainWindow) -> None:
    assert WARM_UP[-1] == "desktop_app.ui.viewer_page"
    for step in range(len(WARM_UP)):
        assert window._idle.isActive()
        assert len(window._cold) == len(WARM_UP) - step
        window._idle.stop()
        window._idle.timeout.emit()
    assert window._cold == []
    assert set(WARM_UP) <= set(sys.modules)
