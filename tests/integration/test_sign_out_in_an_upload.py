"""Signing out, or removing the archive, while files are on their way to it: told in words, and gone on with later."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.app import Program
from desktop_app.archive.archive import Archive
from desktop_app.archive.server import create_app
from desktop_app.core.settings import Settings
from desktop_app.core.store import SignInKind
from desktop_app.core.upload import Verdict
from tests.gui.program import run_program, until
from tests.support.google_like import GoogleLike, GoogleProject
from tests.support.google_place import GooglePlace

COUNT = 12


@pytest.fixture
def place(tmp_path: Path) -> Iterator[GooglePlace]:
    loop = asyncio.new_event_loop()
    archive = loop.run_until_complete(Archive.open(tmp_path / "far"))
    world = GoogleLike(
        projects=[GoogleProject("clinic", "Clinic", stores={"europe-west4": {"chest": ["ct"]}})],
        dicom_web=create_app(archive))
    with GooglePlace(world) as made:
        yield made
    loop.run_until_complete(archive.close())
    loop.close()


@pytest.fixture
def files(tmp_path: Path, samples: Path) -> Path:
    folder = tmp_path / "dropped"
    folder.mkdir()
    for file in sorted((samples / "ct-abdomen").glob("*.dcm"))[:COUNT]:
        shutil.copy(file, folder)
    return folder


class Line:
    """Holds the second store request and those after it until it is let go."""

    def __init__(self, place: GooglePlace) -> None:
        self._place, self.held, self.open = place, 0, False
        place.google.pause = self._pause

    async def _pause(self) -> None:
        method, path, _ = self._place.google.asked[-1]
        if method == "POST" and path.endswith("/studies") and not self.open:
            self.held += 1
            while not self.open:
                await asyncio.sleep(0.01)


@pytest.mark.parametrize("how", ["signed out", "removed"])
def test_an_upload_ends_in_words_and_goes_on_after_the_next_sign_in(
    qapp: QApplication, tmp_path: Path, place: GooglePlace, files: Path, how: str
) -> None:
    line = Line(place)

    async def scenario(program: Program) -> None:
        models = program.models
        address = place.store_url("clinic", "europe-west4", "chest", "ct")
        assert models.archives.add(address, "CT", SignInKind.GOOGLE) == ""
        await until(lambda: models.session.account, "the sign-in")
        store = models.archives.selected
        models.uploads.drop([files], store, ask=False)
        await until(lambda: line.held, "files on their way")
        if how == "signed out":
            models.archives.sign_out(store)
        else:
            models.archives.remove(store)
        await until(lambda: models.uploads.rows[0].finished, "the end of the upload")
        row = models.uploads.rows[0]
        report = models.uploads.report(row.id)
        assert len(report) == COUNT and {item.verdict for item in report} == {Verdict.NOT_SENT}
        assert all("You signed out of this archive" in item.reason for item in report)
        assert row.can_send_again and len(place.opened) == 1
        line.open = True                        # whatever was under way may arrive now
        if how == "removed":
            assert models.archives.add_store(store) == ""
        else:
            models.archives.sign_in(store)
        await until(lambda: models.session.account, "the next sign-in")
        models.uploads.send_again(row.id)
        await until(lambda: not models.uploads.rows[0].finished, "the second attempt")
        await until(lambda: models.uploads.rows[0].finished, "its end")
        done = dict(models.uploads.rows[0].progress.totals)
        assert sum(done.get(verdict, 0) for verdict in (Verdict.STORED, Verdict.ALREADY_THERE)) == COUNT
        assert done.get(Verdict.NOT_SENT, 0) == 0

    run_program(qapp, tmp_path / "home", scenario, settings=Settings(google=place.settings()), site=place.site(),
                browser=place.open_browser)
