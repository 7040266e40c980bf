"""After signing in, reading and uploading: no token, no name and no birth date where they must not be."""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pydicom
import pytest
from pydicom.uid import generate_uid
from PySide6.QtWidgets import QApplication

from desktop_app import hand
from desktop_app.app import Program
from desktop_app.archive.archive import Archive
from desktop_app.archive.server import create_app
from desktop_app.core.settings import Settings
from desktop_app.core.store import SignInKind
from desktop_app.services.crash_reports import CrashReports
from desktop_app.services.log import start_log
from desktop_app.viewmodels.job import Job
from tests.gui.program import run_program, until
from tests.support.google_like import GoogleLike, GoogleProject
from tests.support.google_place import CLIENT_SECRET, GooglePlace

NAME, PATIENT_ID, BORN = "Leaktest^Quillon", "LEAK-4711", "19130407"
PASSWORD, TOKEN = "correct-horse-battery", "handed-out-token-9f3b2c"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[GooglePlace]:
    loop = asyncio.new_event_loop()
    archive = loop.run_until_complete(Archive.open(tmp_path / "elsewhere" / "far"))
    world = GoogleLike(
        projects=[GoogleProject("clinic", "Clinic", stores={"europe-west4": {"chest": ["ct"]}})],
        dicom_web=create_app(archive))
    with GooglePlace(world) as made:
        yield made
    loop.run_until_complete(archive.close())
    loop.close()


def patient_file(samples: Path, folder: Path) -> Path:
    """A CT slice of somebody who does not exist, under a file name that says nothing."""
    dataset = pydicom.dcmread(min((samples / "ct-abdomen").glob("*.dcm")))
    dataset.PatientName, dataset.PatientID, dataset.PatientBirthDate = NAME, PATIENT_ID, BORN
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = generate_uid(), generate_uid()
    dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    folder.mkdir(parents=True)
    dataset.save_as(folder / "one.dcm")
    return folder


def found_in(text: bytes, secrets: list[str]) -> list[int]:
    """Which of the secrets occur, by their number: a failing test must not print them either."""
    return [number for number, secret in enumerate(secrets) if secret.encode() in text]


def arguments_and_environments() -> list[bytes]:
    """Of this process and of those that it started; empty where the system does not show them."""
    me = str(os.getpid())
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
            if me in (process.name, parent):
                found.append((process / "cmdline").read_bytes() + (process / "environ").read_bytes())
        except OSError:
            continue                            # it ended meanwhile
    return found


@pytest.mark.parametrize("verbose", [False, True])
def test_nothing_secret_is_left_behind(
    qapp: QApplication, tmp_path: Path, samples: Path, place: GooglePlace, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], verbose: bool,
) -> None:
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    caplog.set_level(logging.DEBUG)
    dropped = patient_file(samples, tmp_path / "elsewhere" / "dropped")
    log = logging.getLogger("desktop_app")
    handlers, propagate = list(log.handlers), log.propagate
    started: list[bytes] = []
    in_between: list[bytes] = []

    was_on = faulthandler.is_enabled()                      # pytest has one of its own
    crashes = CrashReports(home / "state" / "crashes")
    crashes.begin("Qt")

    async def fail_quoting() -> None:
        words = f"{NAME} {PATIENT_ID} {BORN} {PASSWORD} {TOKEN} {place.provider.secrets[-1]}"
        try:
            raise KeyError(words)
        except KeyError as error:
            raise RuntimeError(words) from error

    async def scenario(program: Program) -> None:
        models = program.models
        start_log(home / "state", verbose=verbose)
        log.propagate = True
        address = place.store_url("clinic", "europe-west4", "chest", "ct")
        assert models.archives.add(address, "CT", SignInKind.GOOGLE) == ""
        await until(lambda: models.session.account, "the sign-in")
        models.uploads.drop([dropped], models.archives.selected)
        await until(lambda: models.uploads.rows and models.uploads.rows[0].finished, "the upload")
        models.worklist.refresh()
        await until(lambda: models.worklist.table.studies, "the study in the list")
        hand.click_row(program.window.worklist_page.table, 0, twice=True)
        await until(lambda: models.workspace.viewers and models.workspace.viewers[0].active.frame is not None,
                    "the image")
        place.end_all_tokens()
        models.worklist.refresh()
        await until(lambda: any(n.action_text == "Continue" for n in models.notices.items), "the notice")
        hand.click(program.window.top_bar.notice.action)
        await until(lambda: not models.worklist.busy and models.worklist.error is None, "the list once more")
        # Secrets that are typed in, with an archive that is not there: failing is when things are written down.
        models.archives.add("http://127.0.0.1:9/dicom-web", "Basic", SignInKind.BASIC, user="reader",
                            password=PASSWORD)
        await until(lambda: models.worklist.error is not None, "the refusal")
        models.archives.add("http://127.0.0.1:9/other", "Bearer", SignInKind.BEARER, password=TOKEN)
        await until(lambda: models.worklist.error is not None and not models.worklist.busy, "the refusal")
        # What nobody foresaw: its words quote what they please, and the log must not.
        Job(program.window, lambda error: None).start(fail_quoting())
        program.network.submit(lambda backend: fail_quoting())
        await until(lambda: (home / "state" / "lightbox.log").read_text().count("RuntimeError") == 2, "the log")
        try:
            await fail_quoting()
        except RuntimeError as error:
            crashes.note(error)
        (report,) = (home / "state" / "crashes").iterdir()
        with report.open("a") as file:
            faulthandler.dump_traceback(file)               # as a fault would, with every thread
        started.extend(arguments_and_environments())
        in_between.extend(path.read_bytes() for path in temporary.rglob("*") if path.is_file())

    secrets = [PASSWORD, TOKEN, CLIENT_SECRET]
    names = [NAME, "Quillon", PATIENT_ID, BORN]
    try:
        run_program(
            qapp, home, scenario, settings=Settings(google=place.settings()), site=place.site(),
            browser=place.open_browser)
    finally:
        crashes.end()
        if was_on:
            faulthandler.enable(sys.__stderr__)
        for handler in [one for one in log.handlers if one not in handlers]:
            log.removeHandler(handler)
            handler.close()
        log.propagate = propagate
    secrets += place.provider.secrets                       # codes, states, verifiers, access, refresh and ID tokens
    assert len(place.provider.secrets) > 8 and len(place.opened) == 2

    files = [path for path in tmp_path.rglob("*") if path.is_file() and "elsewhere" not in path.parts]
    local = [path for path in files if (home / "data" / "archive") in path.parents]
    assert (home / "config" / "settings.json") in files
    assert any(path.name == "lightbox.log" for path in files)
    (report,) = (path for path in files if path.suffix == ".crash")
    told = report.read_text()
    assert "RuntimeError" in told and "KeyError" in told and "most recent call first" in told
    bad = {str(path.relative_to(tmp_path)): found for path in files if path not in local
           if (found := found_in(path.read_bytes(), secrets + names))}
    assert bad == {}
    assert not any(found_in(path.read_bytes(), secrets) for path in local)
    assert not any(found_in(str(path).encode(), secrets + names) for path in files)
    assert started or not Path("/proc/self/cmdline").exists()
    assert not any(found_in(text, secrets + names) for text in started + in_between)
    printed = capfd.readouterr()
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("desktop_app"))
    assert found_in((printed.out + printed.err + ours).encode(), secrets + names) == []
