"""What is told of the workplace: a run that ended badly, the record of what was done, newer versions; and that the
program asks nobody anything by itself."""

from __future__ import annotations

import asyncio
import csv
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop_app.app import Program
from desktop_app.core.policy import Policy
from desktop_app.services.audit import Audit
from desktop_app.services.crash_reports import CrashReports
from desktop_app.services.site_file import Site
from desktop_app.ui.crash_dialog import CrashDialog
from desktop_app.ui.settings_page import SettingsPage
from desktop_app.viewmodels.launch import Launch
from tests.gui.program import run_program, until
from tests.unit.services.test_update_check import Intranet


def noted(folder: Path) -> None:
    reports = CrashReports(folder)
    reports.begin("Qt 6")
    try:
        raise ValueError("about Quillon^Leaktest")
    except ValueError as error:
        reports.note(error)
    reports.end()


@pytest.mark.parametrize("answer", ["close", "delete", "save"])
def test_a_report_is_shown_once_and_goes_only_where_the_person_wants_it(
    qapp: QApplication, tmp_path: Path, answer: str
) -> None:
    home = tmp_path / "home"
    noted(home / "state" / "crashes")

    async def scenario(program: Program) -> None:
        program.models.crashes._reports = CrashReports(home / "state" / "crashes")
        program.models.crashes.look()
        window = program.window
        await until(lambda: window.findChild(CrashDialog), "the dialog")
        dialog = window.findChild(CrashDialog)
        assert not dialog.box.isVisible()
        dialog.show_it.click()
        assert dialog.box.isVisible() and "ValueError" in dialog.box.toPlainText()
        assert "Quillon" not in dialog.box.toPlainText()
        if answer == "save":
            dialog.save.click()
            dialog.findChild(QFileDialog).fileSelected.emit(str(tmp_path / "report.txt"))
            dialog.findChild(QFileDialog).reject()
            await until(lambda: (tmp_path / "report.txt").exists(), "the saved report")
        dialog.remove.click() if answer == "delete" else dialog.accept()
        left = [] if answer == "delete" else [".seen"]
        await until(lambda: [path.suffix for path in (home / "state" / "crashes").iterdir()] == left, "the end of it")
        program.models.crashes.look()
        await until(lambda: not program.models.crashes._looking.running, "the second look")
        await until(lambda: not window.findChild(CrashDialog), "nothing more to show")

    run_program(qapp, home, scenario)
    if answer == "save":
        assert "ValueError" in (tmp_path / "report.txt").read_text()


@pytest.mark.parametrize("name", ["record.csv", "record.jsonl"])
def test_the_record_is_saved_from_the_settings(
    qapp: QApplication, tmp_path: Path, samples: Path, name: str
) -> None:
    async def scenario(program: Program) -> None:
        models = program.models
        models.uploads.drop((samples / "radiograph",), models.archives.rows[0].store)
        await until(lambda: models.uploads.rows and models.uploads.rows[0].finished, "the upload")
        page = SettingsPage(program.window, models)
        page.open()
        page.workplace.save_record.click()
        page.workplace.findChild(QFileDialog).fileSelected.emit(str(tmp_path / name))
        page.workplace.findChild(QFileDialog).reject()
        await until(lambda: name in page.workplace.record_text.text(), "the sentence")
        assert page.workplace.record_text.text().startswith("1 ")
        page.reject()

    run_program(qapp, tmp_path / "home", scenario)
    kept = tmp_path / "home" / "data" / "audit.jsonl"
    if name.endswith(".jsonl"):
        assert (tmp_path / name).read_bytes() == kept.read_bytes()
        assert Audit(tmp_path / name).read().broken_at == 0
    else:
        (row,) = csv.DictReader((tmp_path / name).read_text("utf-8-sig").splitlines())
        assert row["kind"] == "sent" and len(row["study"]) == 64


def test_a_record_that_was_changed_is_told_when_it_is_saved(
    qapp: QApplication, tmp_path: Path
) -> None:
    record = tmp_path / "home" / "data" / "audit.jsonl"
    record.parent.mkdir(parents=True)
    record.write_text(json.dumps({"kind": "opened"}) + "\n")

    async def scenario(program: Program) -> None:
        program.models.audit.save(tmp_path / "saved.csv")
        await until(lambda: any("Line 1" in one.text for one in program.models.notices.items), "the word")

    run_program(qapp, tmp_path / "home", scenario)


def test_who_may_not_save_the_record_is_told_why(qapp: QApplication, tmp_path: Path) -> None:
    async def scenario(program: Program) -> None:
        page = SettingsPage(program.window, program.models)
        page.open()
        assert not page.workplace.save_record.isEnabled()
        assert "administrator" in page.workplace.save_record.toolTip()
        program.models.audit.save(tmp_path / "saved.csv")
        await asyncio.sleep(0)
        page.reject()

    run_program(qapp, tmp_path / "home", scenario, site=Site(policy=Policy(may_save_audit=False)))
    assert not (tmp_path / "saved.csv").exists()


# -- newer versions ----------------------------------------------------------------------------------------------------


@pytest.fixture
def intranet(tmp_path: Path) -> Iterator[Intranet]:
    server = Intranet(tmp_path)
    yield server
    server.close()


def site(intranet: Intranet, *, at_start: bool = False) -> Site:
    return Site(policy=Policy(
        update_address=intranet.address, update_authorities=intranet.ca_file, update_at_start=at_start))


def test_a_newer_version_is_looked_for_when_somebody_asks(
    qapp: QApplication, tmp_path: Path, intranet: Intranet
) -> None:
    async def scenario(program: Program) -> None:
        program.models.updates.start()
        page = SettingsPage(program.window, program.models)
        page.open()
        texts = page.workplace.updates_text
        assert page.workplace.look.isVisibleTo(page) and intranet.asked == []
        for body, said in ((b'{"version": "99.1"}', "Version 99.1"), (b"<html>", "did not tell"),
                           (b'{"version": "0.0.1"}', "the newest")):
            intranet.body = body
            page.workplace.look.click()
            await until(lambda: said in texts.text(), said)  # noqa: B023
        assert program.models.notices.items == () and len(intranet.asked) == 3
        page.reject()

    run_program(qapp, tmp_path / "home", scenario, site=site(intranet))


@pytest.mark.parametrize("body", [b'{"version": "99.1", "page": "https://x.example.org/"}', b"nonsense"])
def test_it_is_looked_for_at_the_start_where_the_administrator_wants_that(
    qapp: QApplication, tmp_path: Path, intranet: Intranet, body: bytes
) -> None:
    intranet.body = body

    async def scenario(program: Program) -> None:
        program.models.updates.start()
        await until(lambda: intranet.asked and not program.models.updates.busy, "the look")
        texts = [notice.text for notice in program.models.notices.items]
        assert len(texts) == int(body.startswith(b"{")) and all("99.1" in text for text in texts)

    run_program(qapp, tmp_path / "home", scenario, site=site(intranet, at_start=True))


def test_nobody_is_asked_anything_by_itself(
    qapp: QApplication, tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole start and a study of the local archive: no connection is made and no name is looked up."""
    reached: list[Any] = []

    def note(what: str) -> Any:
        def refuse(*arguments: Any, **_: Any) -> Any:
            address = arguments[1] if what.startswith("connect") else arguments[0]
            reached.append((what, address))
            raise OSError("guarded")
        return refuse

    honest = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> Any:
        is_local = self.family == getattr(socket, "AF_UNIX", -1)
        return honest(self, address) if is_local else note("connect")(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", note("connect_ex"))
    monkeypatch.setattr(socket, "getaddrinfo", note("getaddrinfo"))
    monkeypatch.setattr(socket, "gethostbyname", note("gethostbyname"))

    async def scenario(program: Program) -> None:
        program.keeper.start()
        program.models.hanging.start()
        Launch(program.network, program.models, program.window).go()
        program.models.network.start()
        program.models.crashes.look()
        program.models.updates.start()
        await until(lambda: len(program.models.worklist.table.studies) > 1 and not program.models.worklist.busy, "list")
        viewer = program.models.workspace.open(program.models.worklist.table.studies[0], program.models.worklist.store)
        await until(lambda: viewer.active.frame is not None and not viewer.busy, "an image")
        page = SettingsPage(program.window, program.models)
        page.open()
        assert not page.workplace.look.isVisibleTo(page) and "nowhere" in page.workplace.updates_text.text()
        page.reject()

    run_program(qapp, tmp_path, scenario, samples)
    assert reached == []


def test_the_guard_would_see_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The network thread's sockets go through the same doors."""
    seen: list[Any] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *arguments, **_: seen.append(arguments) or (_ for _ in ()).throw(
        OSError("guarded")))

    async def ask() -> None:
        from desktop_app.services.update_check import NoRelease, newest_release

        with pytest.raises(NoRelease):
            await newest_release("https://updates.example.org/lightbox.json")

    asyncio.run(ask())
    assert seen
