"""A hospital's own certificate authority: signing in, Google's tree and the images go by it, over real TLS."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app import hand
from desktop_app.app import Program
from desktop_app.archive.archive import Archive
from desktop_app.archive.server import create_app
from desktop_app.core.settings import GoogleSettings, Settings
from desktop_app.core.store import SignInKind, Store
from desktop_app.core.store_network import StoreNetwork
from desktop_app.services.keychain import Secrets
from desktop_app.ui.settings_page import SettingsPage
from desktop_app.ui.sign_in_dialog import SignInDialog
from tests.gui.program import run_program, until
from tests.support.google_like import GoogleLike, GoogleProject
from tests.support.google_place import CLIENT_ID, CLIENT_SECRET, GooglePlace
from tests.support.loopback_tls import Authority


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    (tmp_path / "authority").mkdir()
    return Authority(tmp_path / "authority")


@pytest.fixture
def place(tmp_path: Path, samples: Path, authority: Authority, request: pytest.FixtureRequest) -> Iterator[GooglePlace]:
    loop = asyncio.new_event_loop()
    archive = loop.run_until_complete(Archive.open(tmp_path / "far"))
    loop.run_until_complete(archive.store_bytes(min((samples / "ct-abdomen").glob("*.dcm")).read_bytes()))
    world = GoogleLike(
        projects=[GoogleProject("clinic", "Clinic", stores={"europe-west4": {"chest": ["ct"]}})],
        dicom_web=create_app(archive))
    with GooglePlace(world, authority=authority, knows_clients=getattr(request, "param", False)) as made:
        yield made
    loop.run_until_complete(archive.close())
    loop.close()


async def first_image(program: Program) -> None:
    models = program.models
    await until(lambda: models.worklist.table.studies, "the study in the list")
    hand.click_row(program.window.worklist_page.table, 0, twice=True)
    await until(lambda: models.workspace.viewers and models.workspace.viewers[0].active.frame is not None, "the image")


@pytest.mark.parametrize("by", ["the user", "the administrator"])
def test_google_behind_a_proxy_that_opens_connections(
    qapp: QApplication, tmp_path: Path, place: GooglePlace, authority: Authority, by: str
) -> None:
    settings, site = Settings(google=place.settings()), place.site()
    if by == "the administrator":
        site = replace(site, google=GoogleSettings(ca_file=str(authority.file)))

    async def scenario(program: Program) -> None:
        models = program.models
        if by == "the user":
            models.chooser.start()
            await until(lambda: models.chooser.error is not None, "the refusal")
            assert models.chooser.error is not None and "does not know; ask" in models.chooser.error.user_text
            page = SettingsPage(program.window, models)
            page.authority.setText(str(authority.file))
            page.accept()
        models.chooser.start()
        await until(lambda: any(len(found.ids) == 4 for found in models.chooser.tree.resources()), "the store")
        models.chooser.take(next(found for found in models.chooser.tree.resources() if len(found.ids) == 4), add=True)
        await until(lambda: models.archives.selected.name == "ct", "the store in the list")
        await first_image(program)
        models.archives.sign_out(models.archives.selected)
        await until(lambda: place.provider.revoked, "the revocation")

    run_program(qapp, tmp_path / "home", scenario, settings=settings, site=site, browser=place.open_browser)


@pytest.mark.parametrize("place", [False, True], indirect=True, ids=["authority", "client certificate too"])
def test_an_openid_provider_is_trusted_as_the_archive_is(
    qapp: QApplication, tmp_path: Path, place: GooglePlace, authority: Authority
) -> None:
    certificate, key = authority.issue("reader")
    pem = tmp_path / "reader.pem"
    pem.write_bytes(certificate.read_bytes() + key.read_bytes())
    store = Store(
        "Clinic", place.store_url("clinic", "europe-west4", "chest", "ct"), SignInKind.OIDC,
        issuer=place.provider.issuer, client_id=CLIENT_ID, certificate=str(pem) if place.knows_clients else "",
        network=StoreNetwork(str(authority.file), headers=("X-Department: Radiology",)))

    async def scenario(program: Program) -> None:
        models = program.models
        assert models.archives.add_store(store, Secrets(client_secret=CLIENT_SECRET)) == ""
        await first_image(program)
        asked = [request.url.path.rpartition("/")[2] for request in place.provider.asked]
        assert asked == ["openid-configuration", "token"] * (len(asked) // 2) and asked
        assert not any("X-Department" in request.headers for request in place.provider.asked)

    run_program(qapp, tmp_path / "home", scenario, browser=place.open_browser)


@pytest.mark.parametrize("place", [True], indirect=True)
def test_without_its_authority_the_provider_is_refused_in_words(
    qapp: QApplication, tmp_path: Path, place: GooglePlace, authority: Authority
) -> None:
    async def scenario(program: Program) -> None:
        models = program.models
        models.archives.add(place.store_url("clinic", "europe-west4", "chest", "ct"), "Clinic", SignInKind.OIDC,
                            place.provider.issuer, CLIENT_ID, CLIENT_SECRET)
        await until(lambda: models.archives.selected_row.subtitle.startswith("The certificate"), "the sentence")
        assert "does not know" in models.archives.selected_row.subtitle and place.provider.asked == []
        await until(lambda: program.window.findChildren(SignInDialog), "the dialog")
        for dialog in program.window.findChildren(SignInDialog):
            dialog.reject()

    run_program(qapp, tmp_path / "home", scenario, browser=place.open_browser)
