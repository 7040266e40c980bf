"""The lock, the settings page and the password dialog; and what an archive that needs a password asks for."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app import hand
from desktop_app.app import Program
from desktop_app.core.settings import LoadingSettings, Settings
from desktop_app.core.store import SignInKind, Store
from desktop_app.services.backend import Backend, Connection
from desktop_app.services.site_file import OAuthClient, Site
from desktop_app.ui.archive_dialog import AddArchive
from desktop_app.ui.lock_page import IdleWatch
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.settings_page import SettingsPage
from desktop_app.ui.sign_in_dialog import PasswordDialog
from desktop_app.ui.test_panel import TestPanel
from desktop_app.viewmodels.archives import ArchiveState
from desktop_app.viewmodels.session import Lock
from tests.gui.fakes import FakeSession
from tests.gui.program import run_program, until
from tests.support.misbehaving import Answer, MisbehavingServer


def fake_session(window: MainWindow) -> FakeSession:
    session = window.models.session
    assert isinstance(session, FakeSession)
    return session


def press_named(window: MainWindow, text: str) -> None:
    button = next(b for b in window.guard.page.findChildren(QPushButton) if b.text() == text and b.isVisible())
    button.click()


def test_while_locked_nothing_is_seen_and_no_key_is_heard(window: MainWindow, qtbot: QtBot) -> None:
    window.show_keys()
    dialog = next(top for top in QApplication.topLevelWidgets() if isinstance(top, QDialog) and top.isVisible())
    session = fake_session(window)
    session.set_lock(Lock("Locked", "reader@example.org signed in here.", "k"))
    assert window.guard.page.isVisible() and not window.worklist_page.isVisible()
    assert not window.top_bar.isVisible() and not dialog.isVisible() and not window.acceptDrops()
    enabled = [action.objectName() for action in window.actions() if action.isEnabled()]
    assert enabled == ["quit"]
    press_named(window, "Sign in again")
    press_named(window, "Sign out")
    assert session.names() == ["unlock", "sign_out_and_unlock"]
    session.set_lock(None)
    assert window.worklist_page.isVisible() and dialog.isVisible() and window.acceptDrops()
    assert window.actions_set["open_files"].isEnabled()
    dialog.close()


def test_another_account_offers_both_ways(window: MainWindow) -> None:
    session = fake_session(window)
    session.set_lock(Lock("Another account came back", "A was here, B came.", "k", is_other=True))
    press_named(window, "Go on as this account")
    press_named(window, "Do not use it")
    assert session.calls == [("decide", "k", True), ("decide", "k", False)]
    session.set_lock(None)


def test_without_input_the_watch_calls_and_input_puts_it_off(window: MainWindow) -> None:
    called: list[int] = []
    watch = IdleWatch(window, lambda: called.append(1))
    watch.set_minutes(1)
    assert watch._idle.isActive() and watch._idle.interval() == 60_000
    watch._idle.stop()
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QApplication.sendEvent(window.worklist_page, key)
    assert watch._idle.isActive()                           # begun anew by the key
    watch._idle.timeout.emit()
    assert called == [1]
    watch.set_minutes(0)
    assert not watch._idle.isActive()
    QApplication.sendEvent(window.worklist_page, key)
    assert not watch._idle.isActive()


def test_the_account_stands_in_the_bar(window: MainWindow) -> None:
    bar = window.top_bar
    assert not bar.account_button.isVisible()
    fake_session(window).say("reader@example.org")
    assert bar.account_button.isVisible() and bar.account_button.text() == "reader@example.org"
    assert [action.text() for action in bar.account_button.menu().actions()] == ["Lock the screen", "Sign out"]


def test_idle_locks_and_a_click_unlocks_where_nobody_is_signed_in(qapp: QApplication, tmp_path: Path) -> None:
    async def scenario(program: Program) -> None:
        models, window = program.models, program.window
        models.session.lock_now()
        assert models.session.lock is not None and "Nobody is signed in" in models.session.lock.text
        assert window.guard.page.isVisible()
        press_named(window, "Show the studies")
        assert models.session.lock is None and window.worklist_page.isVisible()

    run_program(qapp, tmp_path, scenario)


async def _local_connection(backend: Backend) -> Connection:
    return backend.connection(Store.local())


async def _budgets(backend: Backend) -> tuple[int, int]:
    assert backend._disk is not None
    return backend._frames.budget_bytes, backend._disk.budget_bytes


def test_settings_keep_the_oauth_client_and_the_lock(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "client.json"
    file.write_text(json.dumps({"installed": {"client_id": "from-file", "client_secret": "shh-secret"}}))
    broken = tmp_path / "broken.json"
    broken.write_text("{}")

    async def scenario(program: Program) -> None:
        program.window.show_settings()
        page = next(d for d in program.window.findChildren(SettingsPage) if d.isVisible())
        assert page.client_id.text() == "site-client" and "administrator" in page.source
        assert "Radiology" in page.archives and "set up by your administrator" in page.archives
        page.grab().save(str(tmp_path / "settings.png"))
        program.models.oauth.load(broken)
        await until(lambda: "not the file of an OAuth client" in page.source, "the sentence")
        program.models.oauth.load(file)
        await until(lambda: page.client_id.text() == "from-file", "the client of the file")
        page.lock.setCurrentIndex(page.lock.findData(15))
        page.keep.setChecked(False)
        page.hang.setChecked(False)
        page.loading.at_once.setValue(100)
        page.loading.idle.setValue(12)
        page.loading.disk.setValue(3)
        page.loading.memory.setValue(2)
        page.loading.hover.setChecked(True)
        connection = await program.network.call(_local_connection)
        await until(lambda: connection.http.timeout.read == 12.0, "the idle time-out")
        assert connection.loader._lanes._ceiling == 100
        value = program.models.settings.value
        assert value.loading == LoadingSettings(100, 12, True)
        assert (value.disk_cache_bytes, value.frame_cache_bytes) == (3 * 10**9, 2 * 10**9)
        async with asyncio.timeout(20):         # each setting reaches the other thread by itself
            while await program.network.call(_budgets) != (2 * 10**9, 3 * 10**9):
                await asyncio.sleep(0.01)
        page.loading.wipe.click()
        assert page.loading.kept == "nothing is kept"
        value = program.models.settings.value
        assert (value.lock_after_min, value.keep_secrets, value.google.client_id) == (15, False, "from-file")
        assert not value.hang_on_opening
        page.accept()
        saved = tmp_path / "config" / "settings.json"
        await until(lambda: saved.exists() and '"lock_after_min": 15' in saved.read_text(), "the settings on disk")
        assert "shh-secret" not in saved.read_text()
        program.models.settings.change(lock_after_min=0)

    site = Site((Store("Radiology", "https://pacs.example.org/dicom-web"),), OAuthClient("site-client", "s"))
    run_program(qapp, tmp_path, scenario, site=site)


def test_archives_of_the_installation_stay(qapp: QApplication, tmp_path: Path) -> None:
    store = Store("Radiology", "https://pacs.example.org/dicom-web")

    async def scenario(program: Program) -> None:
        archives = program.models.archives
        archives.remove(store)
        assert [row.store.name for row in archives.rows] == ["Local archive", "Radiology"]
        menu = program.window.worklist_page.archives.menu_of(archives.rows[1])
        assert not any("Remove" in action.text() for action in menu.actions())
        assert program.models.settings.value.archives == ()

    run_program(qapp, tmp_path, scenario, site=Site((store,)))


def test_a_password_is_asked_for_again_and_tried(
    qapp: QApplication, tmp_path: Path, misbehaving: MisbehavingServer
) -> None:
    misbehaving.script(Answer(200, b"[]"))

    async def scenario(program: Program) -> None:
        models = program.models
        store = models.archives.rows[1].store
        models.archives.select(store)
        await until(lambda: models.archives.rows[1].state is ArchiveState.SIGN_IN, "the need of a password")
        models.archives.sign_in(store)
        dialog = next(d for d in program.window.findChildren(PasswordDialog) if d.isVisible())
        hand.type_text(dialog.user, "a:b")
        hand.key(dialog.password, "Return")
        assert "colon" in dialog.sentence and dialog.isVisible()
        dialog.user.setText("reader")
        dialog.password.setText("pass")
        hand.key(dialog.password, "Return")
        await until(lambda: models.archives.rows[1].state is ArchiveState.READY, "the archive")

    store = Store("Clinic", misbehaving.url, SignInKind.BASIC)
    run_program(qapp, tmp_path, scenario, settings=Settings(archives=(store,)))


@pytest.mark.parametrize(("answer", "words"), [
    (Answer.html(), "does not answer as a DICOMweb archive"),
    (Answer.refuses(403), "may not read"),
])
def test_an_archive_that_fails_its_trial_is_added_only_by_a_second_click(
    qapp: QApplication, tmp_path: Path, misbehaving: MisbehavingServer, answer: Answer, words: str
) -> None:
    misbehaving.script(answer)

    async def scenario(program: Program) -> None:
        program.window.add_archive()
        dialog = next(d for d in program.window.findChildren(AddArchive) if d.isVisible())
        hand.type_text(dialog.fields["address"], misbehaving.url)
        hand.key(dialog.fields["address"], "Return")
        await until(lambda: program.models.test.result is not None, "the trial")
        assert len(program.models.archives.rows) == 1 and dialog.add_button.text() == "Add anyway"
        texts = [part.text() for part in dialog.findChild(TestPanel).findChildren(QLabel)]
        assert any(words in text for text in texts)
        dialog.grab().save(str(tmp_path / "trial.png"))
        hand.click(dialog.add_button)
        assert len(program.models.archives.rows) == 2
        await asyncio.sleep(0)

    run_program(qapp, tmp_path, scenario)
