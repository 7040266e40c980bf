"""Dialogs: they open without stopping the world, say how they ended, and keep what was typed when it was wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
import qasync
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop_app.core.store import SignInKind
from desktop_app.ui.actions import ACTIONS
from desktop_app.ui.archive_dialog import AddArchive
from desktop_app.ui.dialogs import Answer, DateRange, Dialog, Question, TextDetails, question, shown
from desktop_app.ui.key_sheet import KeySheet
from desktop_app.ui.main_window import MainWindow
from desktop_app.viewmodels.archive_ways import ArchiveWays
from tests.gui.fakes import FakeArchives

ANSWERS = (Answer("stay", "Stay", is_safe=True), Answer("go", "Go", "primary"))


@pytest.fixture
def run(themed: QApplication) -> Callable[[Callable[[], Awaitable[Any]]], Any]:
    """Runs a coroutine on Qt's loop, as the program does."""
    def go(work: Callable[[], Awaitable[Any]]) -> Any:
        themed.setQuitOnLastWindowClosed(False)
        loop = qasync.QEventLoop(themed, already_running=False)
        try:
            return loop.run_until_complete(asyncio.wait_for(work(), 10))
        finally:
            loop.close()
            themed.setQuitOnLastWindowClosed(True)
    return go


def dialog_in_sight() -> Dialog:
    return next(top for top in QApplication.topLevelWidgets() if isinstance(top, Dialog) and top.isVisible())


@pytest.mark.parametrize(("act", "answer"), [
    (lambda dialog: dialog.buttons["go"].click(), "go"),
    (lambda dialog: dialog.buttons["stay"].click(), "stay"),
    (lambda dialog: dialog.reject(), "stay"),
])
def test_a_question_is_awaited(run: Any, act: Callable[[Question], None], answer: str) -> None:
    async def ask() -> str:
        asking = asyncio.ensure_future(question(None, "Go?", "It leads somewhere.", ANSWERS))
        await asyncio.sleep(0)
        dialog = dialog_in_sight()
        assert isinstance(dialog, Question)
        act(dialog)
        return await asking

    assert run(ask) == answer


def test_cancelling_the_await_closes_the_dialog(run: Any) -> None:
    async def ask() -> bool:
        asking = asyncio.ensure_future(shown(TextDetails(None, "Notice", "Something happened.", "HTTP 500")))
        await asyncio.sleep(0)
        assert dialog_in_sight().isVisible()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        return any(isinstance(top, Dialog) and top.isVisible() for top in QApplication.topLevelWidgets())

    assert run(ask) is False


def test_details_are_copied_with_their_sentence(themed: QApplication, qtbot: QtBot) -> None:
    dialog = TextDetails(None, "Notice", "You may not read this.", "HTTP 403 PERMISSION_DENIED")
    qtbot.addWidget(dialog)
    dialog.open()
    next(button for button in dialog.findChildren(QPushButton) if button.text() == "Copy").click()
    assert QApplication.clipboard().text() == "You may not read this.\nHTTP 403 PERMISSION_DENIED"


def test_names_from_files_are_never_read_as_markup(themed: QApplication, qtbot: QtBot) -> None:
    dialog = TextDetails(None, "Notice", "<b>Doe</b>", "")
    qtbot.addWidget(dialog)
    assert {part.textFormat() for part in dialog.findChildren(QLabel)} == {Qt.TextFormat.PlainText}


# -- adding an archive -------------------------------------------------------------------------------------------------


@pytest.fixture
def archives() -> FakeArchives:
    return FakeArchives()


@pytest.fixture
def adding(themed: QApplication, qtbot: QtBot, archives: FakeArchives) -> Iterator[AddArchive]:
    window = QWidget()                          # the dialog deletes itself when it ends; this ends it in any case
    qtbot.addWidget(window)
    dialog = AddArchive(window, archives)  # type: ignore[arg-type]
    window.show()
    dialog.open()
    yield dialog
    if isValid(dialog):
        dialog.reject()
    window.close()


def shown_fields(dialog: AddArchive) -> list[str]:
    return [name for name, field in dialog.fields.items() if field.isVisible()]


@pytest.mark.parametrize(("kind", "fields"), [
    (SignInKind.NONE, ["address", "name"]),
    (SignInKind.BASIC, ["address", "name", "user", "password"]),
    (SignInKind.BEARER, ["address", "name", "token"]),
    (SignInKind.OIDC, ["address", "name", "issuer", "client_id", "client_secret"]),
    (SignInKind.GOOGLE, ["address", "name", "client_id", "client_secret"]),
])
def test_only_the_fields_that_a_sign_in_needs_are_shown(
    adding: AddArchive, kind: SignInKind, fields: list[str],
) -> None:
    adding.choose_kind(kind)
    assert shown_fields(adding) == fields


def test_secrets_are_not_shown(adding: AddArchive) -> None:
    hidden = {name for name, field in adding.fields.items() if field.echoMode() == field.EchoMode.Password}
    assert hidden == {"password", "token", "client_secret"}


def test_what_is_typed_reaches_the_model(adding: AddArchive, archives: FakeArchives, qtbot: QtBot) -> None:
    adding.choose_kind(SignInKind.BASIC)
    typed = {"address": "https://pacs.example.org/dicom-web", "name": "PACS", "user": "reader", "password": "pw"}
    for name, text in typed.items():
        qtbot.keyClicks(adding.fields[name], text)
    qtbot.keyClick(adding.fields["password"], Qt.Key.Key_Return)
    assert archives.calls == [
        ("add", "https://pacs.example.org/dicom-web", "PACS", SignInKind.BASIC, "", "", "", "reader", "pw", "", "",
         ArchiveWays())]
    assert not isValid(adding) or not adding.isVisible()


def test_a_token_is_handed_over_and_stale_fields_are_not(
    adding: AddArchive, archives: FakeArchives, qtbot: QtBot,
) -> None:
    adding.choose_kind(SignInKind.BASIC)
    qtbot.keyClicks(adding.fields["user"], "someone")
    adding.choose_kind(SignInKind.BEARER)
    qtbot.keyClicks(adding.fields["token"], "abc")
    qtbot.keyClick(adding.fields["address"], Qt.Key.Key_Return)
    assert archives.calls == [("add", "", "", SignInKind.BEARER, "", "", "", "", "abc", "", "",
                               ArchiveWays())]


def test_what_few_archives_need_is_asked_for_on_demand(
    adding: AddArchive, archives: FakeArchives, qtbot: QtBot,
) -> None:
    assert not adding.own.isVisible()
    adding.more.click()
    assert adding.own.isVisible() and not adding.more.isVisible()
    qtbot.keyClicks(adding.fields["address"], "https://pacs.example.org")
    qtbot.keyClicks(adding.own.ca_file, "/etc/hospital.pem")
    qtbot.keyClicks(adding.own.headers, "X-Tenant: one")
    assert adding.own.password.echoMode() == adding.own.password.EchoMode.Password
    qtbot.keyClick(adding.fields["address"], Qt.Key.Key_Return)
    assert archives.calls[0][-1] == ArchiveWays("/etc/hospital.pem", "", "", "X-Tenant: one")


def test_what_a_provider_is_asked_for_belongs_to_openid_connect(
    adding: AddArchive, archives: FakeArchives, qtbot: QtBot,
) -> None:
    adding.more.click()
    assert not adding.own.scopes.isVisible() and not adding.own.port.isVisible()
    adding.choose_kind(SignInKind.OIDC)
    assert adding.own.scopes.isVisible() and adding.own.audience.isVisible()
    qtbot.keyClicks(adding.own.scopes, "api/.default")
    qtbot.keyClicks(adding.own.audience, "https://x")
    qtbot.keyClicks(adding.own.port, "8404")
    qtbot.keyClick(adding.fields["address"], Qt.Key.Key_Return)
    assert archives.calls[0][-1] == ArchiveWays(scopes="api/.default", audience="https://x", redirect_port="8404")


def test_the_models_sentence_is_shown_and_nothing_is_lost(
    adding: AddArchive, archives: FakeArchives, qtbot: QtBot,
) -> None:
    archives.trouble = "This is not a web address."
    qtbot.keyClicks(adding.fields["address"], "ftp://x")
    qtbot.keyClick(adding.fields["address"], Qt.Key.Key_Return)
    assert adding.isVisible()
    assert adding.sentence == "This is not a web address."
    assert adding.fields["address"].text() == "ftp://x"
    assert QApplication.focusWidget() is adding.fields["address"]


# -- others ------------------------------------------------------------------------------------------------------------


def test_a_range_of_dates_begins_with_what_was_chosen(themed: QApplication, qtbot: QtBot) -> None:
    dialog = DateRange(None, ("20260110", ""))
    dialog.open()
    assert dialog.first.date() == QDate(2026, 1, 10)
    dialog.last.setDate(QDate(2026, 2, 1))
    with qtbot.waitSignal(dialog.chosen) as caught:
        next(button for button in dialog.findChildren(QPushButton) if button.text() == "Use").click()
    assert caught.args == ["20260110", "20260201"]


def test_the_key_sheet_holds_every_key(window: MainWindow) -> None:
    window.show_keys()
    sheet = window.findChild(KeySheet)
    lines = sheet.page.accessibleDescription().splitlines()
    assert {f"{row.key_text}: {row.title}" for row in ACTIONS.values() if row.keys} <= set(lines)
    assert {"↑: Previous image", "Ctrl+R: Rotate right by 90°", "Middle drag: pan"} <= set(lines)
    sheet.accept()


def test_the_key_sheet_fits_into_its_window(window: MainWindow) -> None:
    window.show_keys()
    sheet = window.findChild(KeySheet)
    assert sheet.height() <= window.height()
    assert sheet.width() <= window.width()
    sheet.accept()


def test_nothing_in_the_room_stops_the_world() -> None:
    import ast
    from pathlib import Path

    import desktop_app.ui as room

    found = []
    for path in Path(room.__file__ or "").parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("exec", "exec_", "getOpenFileName", "processEvents"):
                found.append(f"{path.name}:{node.lineno}")
    assert found == []


def test_dialogs_keep_their_window_alive_and_modal(window: MainWindow) -> None:
    window.show_about()
    dialog = dialog_in_sight()
    assert dialog.parent() is window
    assert dialog.windowModality() == Qt.WindowModality.WindowModal
    dialog.accept()
