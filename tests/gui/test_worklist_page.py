"""The worklist: searching, the states of the list, the table, its columns, the archives and the preview."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QDate, QModelIndex, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.errors import SignInNeeded, Unreachable
from desktop_app.core.listed_study import ListedStudy
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import SignInKind
from desktop_app.ui.actions.action import Scope
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.search_bar import DATE_PRESETS, SearchBar
from desktop_app.ui.study_table import HeaderLayout, StudyTable
from desktop_app.ui.worklist_page import WorklistPage
from desktop_app.viewmodels.archives import ArchiveState
from desktop_app.viewmodels.store_search import Trouble
from desktop_app.viewmodels.worklist import COLUMNS
from tests.gui.fakes import CARDS, DCM4CHEE, GOOGLE, LOCAL, ORTHANC, STUDIES, FakeWorklist, many_studies

TODAY = QDate(2026, 3, 2)
COLUMN = {column.id: number for number, column in enumerate(COLUMNS)}


@pytest.fixture
def page(window: MainWindow) -> WorklistPage:
    return window.worklist_page


@pytest.fixture
def worklist(window: MainWindow) -> FakeWorklist:
    return window.models.worklist  # type: ignore[return-value]


@pytest.fixture
def search(themed: QApplication, qtbot: QtBot) -> SearchBar:
    bar = SearchBar("Ctrl+F", lambda: TODAY)
    qtbot.addWidget(bar)
    bar.show()
    return bar


def buttons_of(part: QWidget) -> list[str]:
    QApplication.processEvents()                # a layout shows what it was given when the loop comes round
    return [button.text() for button in part.findChildren(QPushButton) if button.isVisibleTo(part)]


def press(part: QWidget, text: str) -> None:
    QApplication.processEvents()
    next(one for one in part.findChildren(QPushButton) if one.text() == text and one.isVisibleTo(part)).click()


def row_point(table: StudyTable, row: int) -> QPoint:
    return table.visualRect(table.model().index(row, 0)).center()


# -- searching ---------------------------------------------------------------------------------------------------------


def test_every_letter_is_a_new_question(search: SearchBar, qtbot: QtBot) -> None:
    asked: list[StudyQuery] = []
    search.query_edited.connect(asked.append)
    qtbot.keyClicks(search.text, "CR")
    assert asked == [StudyQuery(text="C"), StudyQuery(text="CR")]


def test_the_description_is_found_anywhere_in_the_text(search: SearchBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(search.query_edited) as caught:
        search.description.setText("")
        qtbot.keyClicks(search.description, "l")
    assert caught.args == [StudyQuery(description="*l*")]
    qtbot.keyClick(search.description, Qt.Key.Key_Backspace)
    assert search._query == StudyQuery()


@pytest.mark.parametrize(("text", "first", "last"), [
    ("Today", "20260302", "20260302"), ("Yesterday", "20260301", "20260301"),
    ("Last 7 days", "20260224", "20260302"), ("Last 30 days", "20260201", "20260302"),
])
def test_dates_have_presets(search: SearchBar, qtbot: QtBot, text: str, first: str, last: str) -> None:
    assert text in [preset.text for preset in DATE_PRESETS]
    choice = next(action for action in search.date.menu().actions() if action.text() == text)
    with qtbot.waitSignal(search.query_edited) as caught:
        choice.trigger()
    assert caught.args == [StudyQuery(date_from=first, date_to=last)]
    assert search.date.text() == text
    assert choice.isChecked()
    next(action for action in search.date.menu().actions() if action.text() == "Any date").trigger()
    assert search.dates == ("", "")


def test_a_range_is_taken_the_right_way_round(search: SearchBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(search.query_edited) as caught:
        search.set_range("20260220", "20260110")
    assert caught.args == [StudyQuery(date_from="20260110", date_to="20260220")]
    assert search.date.text() == "10 Jan 2026 – 20 Feb 2026"


def test_modality_and_clear(search: SearchBar, qtbot: QtBot) -> None:
    assert not search.clear_button.isVisible()
    next(action for action in search.modality.menu().actions() if action.text() == "MR").trigger()
    assert search.modality.text() == "MR"
    assert search.clear_button.isVisible()
    with qtbot.waitSignal(search.query_edited) as caught:
        search.clear_button.click()
    assert caught.args == [StudyQuery()]


def test_a_question_from_elsewhere_is_shown_and_not_asked_again(search: SearchBar, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(search.query_edited):
        search.show_query(StudyQuery(text="crlm", modality="CT", description="*liver*", date_from="20260101"))
    assert (search.text.text(), search.modality.text(), search.description.text()) == ("crlm", "CT", "liver")
    assert search.date.text() == "from 01 Jan 2026"


def test_enter_asks_now_and_down_goes_to_the_table(page: WorklistPage, worklist: FakeWorklist, qtbot: QtBot) -> None:
    worklist.fill(STUDIES)
    page.focus_search()
    qtbot.keyClick(page.search.text, Qt.Key.Key_Return)
    assert worklist.names() == ["search_now"]
    qtbot.keyClick(page.search.text, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is page.table
    assert worklist.selected == ListedStudy(STUDIES[0], LOCAL)


# -- the states of the list --------------------------------------------------------------------------------------------


def test_rows_and_their_status_are_shown(page: WorklistPage, worklist: FakeWorklist) -> None:
    worklist.fill(many_studies(100), "First 100 studies — more exist, scroll to load")
    assert page.table.isVisible()
    assert page.status.full_text() == "First 100 studies — more exist, scroll to load"


def test_an_empty_archive_says_how_to_fill_it(page: WorklistPage, worklist: FakeWorklist) -> None:
    worklist.say("This archive holds no studies yet.")
    assert not page.table.isVisible()
    assert page.message.title == "Local archive holds no studies yet."
    assert buttons_of(page.message) == ["Upload files", "Upload a folder"]


def test_no_match_offers_to_clear_the_filters(page: WorklistPage, worklist: FakeWorklist) -> None:
    worklist.set_query(StudyQuery(text="nobody"))
    worklist.say("No study matches.")
    assert page.message.title == "No study in Local archive matches."
    press(page.message, "Clear all filters")
    assert worklist.query == StudyQuery()
    assert page.search.text.text() == ""


def test_an_error_stands_where_it_happened_with_what_helps(
    window: MainWindow, page: WorklistPage, worklist: FakeWorklist,
) -> None:
    window.models.archives.select(ORTHANC)
    worklist.say(error=Unreachable(detail="connection refused"))
    assert page.message.title == Unreachable.default_text
    assert buttons_of(page.message) == ["Try again", "Copy details"]
    press(page.message, "Copy details")
    assert QApplication.clipboard().text().endswith("connection refused")
    press(page.message, "Try again")
    assert worklist.calls == [("search_in", ORTHANC)]


def test_an_error_takes_no_rows_away(page: WorklistPage, worklist: FakeWorklist) -> None:
    worklist.fill(STUDIES)
    worklist.say(error=Unreachable())
    assert page.table.isVisible()
    assert page.banner.isVisible()
    assert page.banner.text == Unreachable.default_text
    worklist.fill(STUDIES)
    assert not page.banner.isVisible()


def test_an_archive_that_wants_a_sign_in_offers_one(
    window: MainWindow, page: WorklistPage, worklist: FakeWorklist,
) -> None:
    window.models.archives.select(GOOGLE)
    worklist.say(error=SignInNeeded())
    assert buttons_of(page.message) == ["Sign in", "Try again"]
    press(page.message, "Sign in")
    assert window.models.archives.calls[-1] == ("sign_in", GOOGLE)  # type: ignore[attr-defined]


def test_a_quick_answer_shows_no_spinner_and_a_slow_one_does(page: WorklistPage, worklist: FakeWorklist) -> None:
    worklist.say("No study matches.")
    before = page.message.title
    worklist.say("Searching…", busy=True)
    assert page.message.title == before
    page._busy_after.timeout.emit()
    assert page.message.title == "Searching Local archive…"
    worklist.fill(STUDIES)
    assert page.table.isVisible()
    assert not page._busy_after.isActive()


def test_the_first_hint_stays_until_a_study_is_opened(
    window: MainWindow, page: WorklistPage, worklist: FakeWorklist,
) -> None:
    worklist.fill(STUDIES)
    assert page.hint.isVisible()
    window.models.archives.select(ORTHANC)
    assert not page.hint.isVisible()
    window.models.archives.select(LOCAL)
    assert page.hint.isVisible()
    page.open_study(ListedStudy(STUDIES[0], LOCAL))
    window.show_worklist()
    assert not page.hint.isVisible()


# -- the table ---------------------------------------------------------------------------------------------------------


def test_double_click_opens_the_study_under_the_pointer(
    page: WorklistPage, worklist: FakeWorklist, qtbot: QtBot,
) -> None:
    worklist.fill(STUDIES)
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=row_point(page.table, 3))
    qtbot.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=row_point(page.table, 3))
    assert worklist.calls[-1] == ("open", ListedStudy(STUDIES[3], LOCAL))


def test_enter_opens_the_selected_study(
    window: MainWindow, page: WorklistPage, worklist: FakeWorklist, qtbot: QtBot,
) -> None:
    worklist.fill(STUDIES)
    page.table.focus_first()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert worklist.selected == ListedStudy(STUDIES[1], LOCAL)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert worklist.calls[-1] == ("open", ListedStudy(STUDIES[1], LOCAL))
    assert window.active_viewer is not None


def test_the_keys_of_the_list_work_in_the_list(
    window: MainWindow, page: WorklistPage, worklist: FakeWorklist, qtbot: QtBot,
) -> None:
    """A key that is shown beside a menu entry is one that can be pressed, also with a study open in another tab."""
    table = window.actions_set.table
    assert {row.id for row in table.values() if row.scope is Scope.TABLE} == {
        action.objectName() for action in page.table.actions()}
    worklist.fill(STUDIES)
    worklist.open(ListedStudy(STUDIES[0], LOCAL))
    window.show_worklist()
    page.table.focus_first()
    worklist.select(page.table.current_row())
    window.models.archives.rows = tuple(replace(row, deletes=True) for row in window.models.archives.rows)
    window.actions_set.refresh()
    qtbot.keyClick(page.table, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    assert window.models.deletions.calls == [("begin_study", LOCAL, STUDIES[0])]    # type: ignore[attr-defined]


def test_selection_and_place_survive_another_answer(page: WorklistPage, worklist: FakeWorklist) -> None:
    studies = many_studies(200)
    worklist.fill(studies)
    page.table.setCurrentIndex(worklist.table.index(150, 0))
    QApplication.processEvents()
    place = page.table.verticalScrollBar().value()
    assert place > 0
    worklist.fill(studies[1:])
    assert page.table.current_row() == ListedStudy(studies[150], LOCAL)
    assert page.table.verticalScrollBar().value() == place
    assert worklist.selected == ListedStudy(studies[150], LOCAL)


def test_the_row_that_the_keyboard_stands_on_is_seen_to_be_selected(
    page: WorklistPage, worklist: FakeWorklist, qtbot: QtBot
) -> None:
    worklist.fill(STUDIES)
    page.search.setFocus()
    page.table.setFocus()
    QApplication.processEvents()
    row = page.table.current_row()
    assert row is not None and worklist.selected == row
    assert page.table.selectionModel().isRowSelected(page.table.currentIndex().row(), QModelIndex())


def test_more_is_asked_for_before_the_last_row_is_seen(page: WorklistPage, worklist: FakeWorklist) -> None:
    worklist.fill(many_studies(200))
    QApplication.processEvents()
    assert "load_more" not in worklist.names()
    bar = page.table.verticalScrollBar()
    bar.setValue(bar.maximum() - 5 * 32)
    assert "load_more" in worklist.names()


def test_a_header_sorts_and_turns_round(page: WorklistPage, worklist: FakeWorklist, qtbot: QtBot) -> None:
    worklist.fill(STUDIES)
    header = page.table.horizontalHeader()

    def click(column: str) -> None:
        number = COLUMN[column]
        x = header.sectionViewportPosition(number) + header.sectionSize(number) // 2
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 10))

    click("images")
    click("images")
    click("study_date")
    assert [call[1:] for call in worklist.calls] == [("images", False), ("images", True), ("study_date", True)]
    assert header.sortIndicatorSection() == COLUMN["study_date"]
    assert header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder


def test_columns_are_moved_hidden_and_sized_and_stay_so(
    page: WorklistPage, worklist: FakeWorklist, qtbot: QtBot,
) -> None:
    table = page.table
    worklist.fill(STUDIES)
    assert table.isColumnHidden(COLUMN["sex"])
    with qtbot.waitSignal(table.header_layout_changed):
        table.show_column(COLUMN["sex"], True)
    table.show_column(COLUMN["accession"], False)
    table.horizontalHeader().moveSection(COLUMN["modalities"], 0)
    table.horizontalHeader().resizeSection(COLUMN["patient"], 222)
    kept = table.header_layout()
    assert kept.order[0] == "modalities"
    assert kept.hidden == {"referring", "accession"}
    assert dict(kept.widths)["patient"] == 222
    table.reset_columns()
    assert table.header_layout().order == HeaderLayout().order
    assert table.header_layout().hidden == HeaderLayout().hidden
    table.apply_header_layout(kept)
    assert table.header_layout() == kept


def test_an_old_layout_with_unknown_columns_does_no_harm(page: WorklistPage) -> None:
    page.table.apply_header_layout(HeaderLayout(("images", "no such column"), frozenset({"gone"}), (("old", 10),)))
    layout = page.table.header_layout()
    assert layout.order[0] == "images"
    assert sorted(layout.order) == sorted(column.id for column in COLUMNS)


def test_columns_use_the_room_there_is(page: WorklistPage, worklist: FakeWorklist) -> None:
    worklist.fill(STUDIES)
    QApplication.processEvents()
    header = page.table.horizontalHeader()
    assert header.length() >= page.table.viewport().width()


def test_a_hundred_thousand_rows_cost_only_what_is_seen(page: WorklistPage, worklist: FakeWorklist) -> None:
    worklist.fill(many_studies(100_000))
    QApplication.processEvents()
    page.table.verticalScrollBar().setValue(50_000 * 32)
    worklist.table.asked = set()
    page.table.viewport().repaint()
    seen = page.table.viewport().height() // 32 + 2
    assert 0 < len(worklist.table.asked) <= seen
    assert min(worklist.table.asked) >= 50_000 - 1


# -- all archives at once ----------------------------------------------------------------------------------------------


def test_all_archives_are_one_list_with_a_column_that_says_where(
    window: MainWindow, page: WorklistPage, worklist: FakeWorklist, qtbot: QtBot,
) -> None:
    assert page.table.isColumnHidden(COLUMN["archive"]), "one archive's list does not repeat its name"
    qtbot.mouseClick(page.archives.all_button, Qt.MouseButton.LeftButton)
    assert window.models.archives.everywhere
    assert worklist.stores == (LOCAL, GOOGLE, ORTHANC, DCM4CHEE)
    assert page.archives.all_button.isChecked()
    assert "4 archives" in page.archives.all_button.accessibleDescription()
    assert "1 needs you to sign in" in page.archives.all_button.accessibleDescription()
    worklist.table.replace([ListedStudy(STUDIES[0], LOCAL), ListedStudy(STUDIES[0], GOOGLE)])
    assert not page.table.isColumnHidden(COLUMN["archive"])
    assert [page.table.model().index(row, COLUMN["archive"]).data() for row in (0, 1)] == [LOCAL.name, GOOGLE.name]
    button = page.archives.button_of(ORTHANC)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.table.isColumnHidden(COLUMN["archive"])
    assert not page.archives.all_button.isChecked()


def test_the_column_that_says_where_may_be_hidden(window: MainWindow, page: WorklistPage) -> None:
    window.models.archives.select_all()
    page.table.show_column(COLUMN["archive"], False)
    assert page.table.isColumnHidden(COLUMN["archive"])
    assert "archive" in page.table.header_layout().hidden
    page.table.reset_columns()
    assert not page.table.isColumnHidden(COLUMN["archive"])


def test_each_archive_that_failed_has_its_line_and_its_remedy(
    window: MainWindow, page: WorklistPage, worklist: FakeWorklist,
) -> None:
    window.models.archives.select_all()
    worklist.table.replace([ListedStudy(STUDIES[0], LOCAL)])
    worklist.troubles = (Trouble(ORTHANC, Unreachable()), Trouble(DCM4CHEE, SignInNeeded(status=401)))
    worklist.say_only("1 study")
    assert page.table.isVisible()
    assert page.status.full_text() == "1 study"
    lines = page.banner.text.split("\n")
    assert [line.partition(":")[0] for line in lines] == [ORTHANC.name, DCM4CHEE.name]
    assert buttons_of(page.banner) == ["Try again", "Sign in", "Try again"]
    press(page.banner, "Sign in")
    assert window.models.archives.calls[-1] == ("sign_in", DCM4CHEE)  # type: ignore[attr-defined]
    press(page.banner, "Try again")
    assert worklist.calls[-1] == ("search_in", ORTHANC)


def test_many_archives_that_failed_leave_room_for_the_rows(
    window: MainWindow, page: WorklistPage, worklist: FakeWorklist,
) -> None:
    window.models.archives.select_all()
    worklist.table.replace([ListedStudy(STUDIES[0], LOCAL)])
    gone = [replace(ORTHANC, name=f"Archive {number}") for number in range(9)]
    worklist.troubles = tuple(Trouble(store, Unreachable()) for store in gone)
    worklist.say_only("1 study")
    assert buttons_of(page.banner).count("Try again") == 3
    press(page.banner, "6 more archives could not be searched")
    assert buttons_of(page.banner).count("Try again") == 9


def test_nobody_answered(window: MainWindow, page: WorklistPage, worklist: FakeWorklist) -> None:
    window.models.archives.select_all()
    worklist.troubles = tuple(Trouble(store, Unreachable()) for store in worklist.stores)
    worklist.say_only("")
    assert page.message.title == "None of the archives could be searched."
    assert page.banner.isVisible()


def test_files_go_to_the_archive_of_the_row_they_are_given_to(
    window: MainWindow, page: WorklistPage, worklist: FakeWorklist,
) -> None:
    row = ListedStudy(STUDIES[0], GOOGLE)
    assert window.intake.receiver(row) == LOCAL, "a list of one archive has one receiver"
    window.models.archives.select_all()
    assert window.intake.receiver(row) == GOOGLE
    assert window.intake.receiver(None) == LOCAL


# -- archives ----------------------------------------------------------------------------------------------------------


def test_archives_are_chosen_by_click_and_by_arrow(window: MainWindow, page: WorklistPage, qtbot: QtBot) -> None:
    archives = window.models.archives
    button = page.archives.button_of(ORTHANC)
    assert button is not None
    assert not button.isChecked()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert archives.selected == ORTHANC
    assert button.isChecked()
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Up)
    assert QApplication.focusWidget() is page.archives.button_of(GOOGLE)


def test_an_archive_says_its_state_in_words_too(page: WorklistPage) -> None:
    buttons = [page.archives.button_of(store) for store in (LOCAL, ORTHANC, DCM4CHEE)]
    assert [button.accessibleName() for button in buttons if button is not None] == [
        "Local archive, ready", "Orthanc, room 3, does not answer", "dcm4chee, needs you to sign in"]


def test_the_menu_of_an_archive_offers_what_makes_sense(window: MainWindow, page: WorklistPage) -> None:
    def offered(place: int) -> list[str]:
        menu = page.archives.menu_of(window.models.archives.rows[place])
        return [action.text() for action in menu.actions() if action.text()]

    assert offered(0) == ["Check again"]
    learned = ["Conformance notes…", "Forget what was learned of it"]
    assert offered(1) == ["Check again", "Sign in", "Sign out", *learned, "Remove from this list…"]
    assert offered(2) == ["Check again", *learned, "Remove from this list…"]
    assert offered(3) == ["Check again", "Sign in", *learned, "Remove from this list…"]


def test_a_row_changes_in_place(window: MainWindow, page: WorklistPage) -> None:
    archives = window.models.archives
    button = page.archives.button_of(ORTHANC)
    ready = {"state": ArchiveState.READY, "subtitle": "localhost:8042"}
    archives.rows = tuple(replace(row, **ready) if row.store == ORTHANC else row for row in archives.rows)  # type: ignore[arg-type]
    archives.changed.emit()
    assert page.archives.button_of(ORTHANC) is button
    assert button is not None
    assert button.accessibleName() == "Orthanc, room 3, ready"
    archives.remove(ORTHANC)
    assert page.archives.button_of(ORTHANC) is None


def test_removing_an_archive_is_asked_first(window: MainWindow, page: WorklistPage, qtbot: QtBot) -> None:
    from desktop_app.ui.dialogs import Question

    page.remove_archive_requested.emit(DCM4CHEE)
    qtbot.keyClick(window.findChild(Question), Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert DCM4CHEE in [row.store for row in window.models.archives.rows]
    page.remove_archive_requested.emit(DCM4CHEE)
    question = next(dialog for dialog in window.findChildren(Question) if dialog.isVisible())
    question.buttons["remove"].click()
    assert DCM4CHEE not in [row.store for row in window.models.archives.rows]


# -- preview -----------------------------------------------------------------------------------------------------------


def test_the_preview_shows_the_selected_study(page: WorklistPage, worklist: FakeWorklist) -> None:
    preview = page.preview
    assert not preview.open_button.isVisible()
    worklist.select(ListedStudy(STUDIES[4], LOCAL))
    QApplication.processEvents()
    assert preview.open_button.isVisible()
    card = preview.card("a")
    assert card is not None
    assert card.accessibleName() == "2 · Portal venous, CT · 51 images"
    preview.open_button.click()
    assert worklist.calls[-1] == ("open", ListedStudy(STUDIES[4], LOCAL))


def test_the_preview_follows_the_rail(page: WorklistPage, worklist: FakeWorklist) -> None:
    worklist.select(ListedStudy(STUDIES[4], LOCAL))
    rail = worklist.preview
    rail.cards = (CARDS[0], replace(CARDS[1], warning="3 images could not be shown"))
    rail.changed.emit()
    assert page.preview.card("c") is None
    assert "3 images could not be shown" in page.preview.card("b").accessibleName()  # type: ignore[union-attr]
    worklist.select(ListedStudy(STUDIES[0], LOCAL))
    rail.cards = ()
    rail.changed.emit()                                 # the earlier study's rail is not heard any more
    assert page.preview.card("a") is not None


@pytest.mark.parametrize(("kind", "offered"), [
    (SignInKind.BASIC, ["Sign in", "Try again"]), (SignInKind.NONE, ["Try again"]),
    (SignInKind.GOOGLE_DEFAULT, ["Try again"]),
])
def test_a_sign_in_is_offered_where_this_program_knows_one(
    window: MainWindow, page: WorklistPage, worklist: FakeWorklist, kind: SignInKind, offered: list[str],
) -> None:
    window.models.archives.select(replace(ORTHANC, sign_in=kind))
    worklist.say(error=SignInNeeded())
    assert buttons_of(page.message) == offered


def on_screen(page: WorklistPage) -> QImage:
    """The rows as they stand on the screen; `grab` would paint them anew."""
    table, window = page.table, page.window()
    place = table.viewport().mapTo(window, QPoint(0, 0))
    size = table.viewport().size()
    shown = window.screen().grabWindow(window.winId(), place.x(), place.y(), size.width(), size.height())
    return shown.toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_scrolling_asks_for_the_rows_that_come_into_sight_and_moves_the_others(
    page: WorklistPage, worklist: FakeWorklist
) -> None:
    worklist.fill(many_studies(200))
    table, bar = page.table, page.table.verticalScrollBar()
    table.selectRow(12)
    for place in (320, 330):                    # the preview of the selected study finds its place meanwhile
        bar.setValue(place)
        QApplication.processEvents()
    worklist.table.asked = set()
    bar.setValue(bar.value() + 32)
    QApplication.processEvents()
    assert 0 < len(worklist.table.asked) <= 3
    moved = on_screen(page)
    table.viewport().repaint()
    assert moved == on_screen(page)


def test_the_look_of_the_row_under_the_pointer_goes_with_the_pointer(
    page: WorklistPage, worklist: FakeWorklist, qtbot: QtBot
) -> None:
    worklist.fill(STUDIES)
    QApplication.processEvents()
    plain = on_screen(page)
    qtbot.mouseMove(page.table.viewport(), row_point(page.table, 1))
    QApplication.processEvents()
    hovered = on_screen(page)
    assert hovered != plain
    page.table.leaveEvent(None)
    QApplication.processEvents()
    assert on_screen(page) == plain
