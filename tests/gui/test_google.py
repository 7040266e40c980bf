"""From "Add archive" to the first image of a Google-like store, as a new user would; and what a session asks later."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPushButton

from desktop_app import hand
from desktop_app.app import Program
from desktop_app.archive.archive import Archive
from desktop_app.archive.server import create_app
from desktop_app.cloud.resource import Resource
from desktop_app.core.session import SessionPhase
from desktop_app.core.settings import Settings
from desktop_app.ui.archive_dialog import AddArchive
from desktop_app.ui.google_dialog import GoogleDialog
from desktop_app.ui.settings_page import SettingsPage
from desktop_app.ui.sign_in_dialog import SignInDialog
from desktop_app.ui.viewport.canvas import ViewportCanvas
from desktop_app.viewmodels.archives import ArchiveState
from desktop_app.viewmodels.resource_tree import Node
from tests.gui.program import run_program, until
from tests.support.google_like import GoogleLike, GoogleProject
from tests.support.google_place import CLIENT_ID, CLIENT_SECRET, GooglePlace

CLINIC = GoogleProject("clinic", "Clinic", stores={"europe-west4": {"chest": ["ct"]}})
EMPTY = GoogleProject("research", "Research", stores={"us-central1": {}})


@pytest.fixture
def place(tmp_path: Path, samples: Path) -> Iterator[GooglePlace]:
    loop = asyncio.new_event_loop()
    archive = loop.run_until_complete(Archive.open(tmp_path / "far"))
    for file in sorted((samples / "ct-abdomen").glob("*.dcm"))[:3]:
        loop.run_until_complete(archive.store_bytes(file.read_bytes()))
    with GooglePlace(GoogleLike(projects=[CLINIC, EMPTY], dicom_web=create_app(archive))) as made:
        yield made
    loop.run_until_complete(archive.close())
    loop.close()


def dialog_of(program: Program, kind: type[QDialog]) -> QDialog | None:
    return next((one for one in program.window.findChildren(kind) if one.isVisible()), None)


class Inputs:
    """A hand that counts what it does."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        self.count += 1


async def look_around(program: Program, folder: Path, name: str) -> None:
    """A picture of the window with the dialog over it."""
    await asyncio.sleep(0.05)
    front = next((d for d in program.window.findChildren(QDialog) if d.isVisible()), program.window)
    front.grab().save(str(folder / f"{name}.png"))


async def first_image(program: Program) -> None:
    def painted() -> bool:
        viewers = program.models.workspace.viewers
        canvases = [c for c in program.window.findChildren(ViewportCanvas) if c.isVisible()]
        return bool(viewers and canvases) and viewers[0].active.frame is not None and (
            canvases[0].shown_frame is viewers[0].active.frame)

    await until(painted, "the first image")


async def open_first_study(program: Program) -> None:
    await until(lambda: program.models.worklist.table.studies, "the list of the store")
    hand.click_row(program.window.worklist_page.table, 0, twice=True)


async def open_chooser(program: Program, inputs: Inputs) -> GoogleDialog:
    window = program.window
    inputs()
    hand.click(window.worklist_page.archives.add_button)
    adding = dialog_of(program, AddArchive)
    assert isinstance(adding, AddArchive)
    inputs()
    hand.click(adding.google)
    await until(lambda: program.models.chooser.signed_in, "the sign-in at the provider")
    chooser = dialog_of(program, GoogleDialog)
    assert isinstance(chooser, GoogleDialog)
    return chooser


def test_by_typing_four_inputs_lead_to_the_first_image(
    qapp: QApplication, tmp_path: Path, place: GooglePlace
) -> None:
    async def scenario(program: Program) -> None:
        inputs = Inputs()
        chooser = await open_chooser(program, inputs)
        inputs()                                                # one line, with Enter at its end
        hand.type_text(chooser.field, "clinic/chest/ct")
        await look_around(program, tmp_path, "chooser")
        hand.key(chooser.field, "Return")
        inputs()
        await until(lambda: program.models.archives.selected.name == "ct", "the store in the list")
        await open_first_study(program)
        await first_image(program)
        assert inputs.count == 4
        row = program.models.archives.selected_row
        assert row.subtitle == "Google · clinic / chest" and row.state is ArchiveState.READY
        assert program.models.session.account == "reader@example.org"
        assert program.window.top_bar.account_button.isVisible()
        assert program.models.settings.value.google.recent
        again = await open_chooser(program, Inputs())
        await until(lambda: again.items.index(0, 0).data() == "ct  ·  clinic/chest/ct", "the store used before")
        first = again.items.index(0, 0)
        assert not first.data(Qt.ItemDataRole.DecorationRole).isNull()
        assert first.data(Qt.ItemDataRole.AccessibleTextRole).endswith("used before")
        again.reject()

    run_program(qapp, tmp_path, scenario, settings=Settings(google=place.settings()), site=place.site(),
                browser=place.open_browser)


def test_by_looking_through_the_tree_four_inputs_lead_there_too(
    qapp: QApplication, tmp_path: Path, place: GooglePlace
) -> None:
    place.google.projects = [CLINIC]                            # one way only: it opens by itself

    async def scenario(program: Program) -> None:
        inputs = Inputs()
        chooser = await open_chooser(program, inputs)
        tree = program.models.chooser.tree
        await until(lambda: any(len(found.ids) == 4 for found in tree.resources()), "the store in the tree")
        node = next(node for node in tree.root if node.resource is not None and len(node.resource.ids) == 4)
        await until(lambda: chooser.tree.visualRect(chooser.items.index_of(node)).isValid(), "the store on the screen")
        await look_around(program, tmp_path, "tree")
        inputs()
        hand.double_click(chooser.tree.viewport(), chooser.tree.visualRect(chooser.items.index_of(node)).center())
        await until(lambda: program.models.archives.selected.name == "ct", "the store in the list")
        inputs()
        await open_first_study(program)
        await first_image(program)
        assert inputs.count == 4

    run_program(qapp, tmp_path, scenario, settings=Settings(google=place.settings()), site=place.site(),
                browser=place.open_browser)


def test_among_three_thousand_projects_the_last_is_found_by_two_letters(
    qapp: QApplication, tmp_path: Path, place: GooglePlace
) -> None:
    place.google.projects = [GoogleProject(f"ward-{number:04}", f"Ward {number}") for number in range(2999)]
    place.google.projects.append(CLINIC)

    async def scenario(program: Program) -> None:
        tree = program.models.chooser.tree
        pieces, take = [], tree.take

        def noted(node: Node, items: tuple[Resource, ...]) -> None:
            pieces.append(len(items))
            take(node, items)

        tree.take = noted  # type: ignore[method-assign]
        chooser = await open_chooser(program, Inputs())
        await until(lambda: len(tree.resources()) == 3000, "all projects in the tree")
        assert max(pieces) <= 100                               # the window answers in between
        shown = [chooser.items.index(row, 0).data() for row in range(3000)]
        assert shown[0] == "clinic  ·  Clinic" and shown == sorted(shown)
        asked = [path for _, path, _ in place.google.asked if path.startswith("/v3/")]
        assert len(asked) == 3                                  # three pages of the list, and nothing inside of any
        assert not any("/locations" in path for _, path, _ in place.google.asked)
        await look_around(program, tmp_path, "many")
        hand.type_text(chooser.field, "cl")
        await until(lambda: [one.id for one in program.models.chooser.completions] == ["clinic"], "the one that fits")
        hand.type_text(chooser.field, "inic/chest/ct")
        hand.key(chooser.field, "Return")
        await until(lambda: program.models.archives.selected.name == "ct", "the store in the list")

    run_program(qapp, tmp_path, scenario, settings=Settings(google=place.settings()), site=place.site(),
                browser=place.open_browser)


def test_a_location_that_fails_is_told_while_one_types(
    qapp: QApplication, tmp_path: Path, place: GooglePlace
) -> None:
    place.google.denied_locations = frozenset({"europe-west4"})

    async def scenario(program: Program) -> None:
        chooser = await open_chooser(program, Inputs())
        hand.type_text(chooser.field, "clinic/")
        await until(lambda: chooser.sentence, "the sentence")
        assert "europe-west4" in chooser.sentence and not program.models.chooser.completions
        place.google.denied_locations = frozenset()
        hand.type_text(chooser.field, "ch")
        await until(lambda: program.models.chooser.completions, "the dataset")
        assert chooser.sentence == ""
        chooser.reject()

    run_program(qapp, tmp_path, scenario, settings=Settings(google=place.settings()), site=place.site(),
                browser=place.open_browser)


def test_whoever_types_on_means_another_store(qapp: QApplication, tmp_path: Path, place: GooglePlace) -> None:
    async def scenario(program: Program) -> None:
        chooser, model = await open_chooser(program, Inputs()), program.models.chooser
        hand.type_text(chooser.field, "clinic/chest/ct")
        await until(lambda: any(len(found.ids) == 4 for found in model.completions), "the store")
        hand.click(chooser.list.viewport(), chooser.list.visualItemRect(chooser.list.item(0)).center())
        await until(lambda: model.test.result is not None, "the trial")
        hand.type_text(chooser.field, "-scan")
        assert model.selected is None and model.test.result is None
        await until(lambda: not model.busy, "the answer")
        hand.click(chooser.add)
        assert len(program.models.archives.rows) == 1
        chooser.reject()

    run_program(qapp, tmp_path, scenario, settings=Settings(google=place.settings()), site=place.site(),
                browser=place.open_browser)


def test_a_cancelled_sign_in_can_be_begun_again_in_the_chooser(
    qapp: QApplication, tmp_path: Path, place: GooglePlace
) -> None:
    comes_back = False

    def browser(address: str) -> None:
        if comes_back:
            place.open_browser(address)

    async def scenario(program: Program) -> None:
        nonlocal comes_back
        model = program.models.chooser
        hand.click(program.window.worklist_page.archives.add_button)
        adding = dialog_of(program, AddArchive)
        assert isinstance(adding, AddArchive)
        hand.click(adding.google)
        await until(lambda: dialog_of(program, SignInDialog) is not None, "the dialog")
        asking, chooser = dialog_of(program, SignInDialog), dialog_of(program, GoogleDialog)
        assert isinstance(asking, SignInDialog) and isinstance(chooser, GoogleDialog)
        await until(asking.copy.isEnabled, "the address")
        hand.click(asking.cancel, QPoint(10, 10))
        assert not model.signed_in and "cancelled" in chooser.sentence and chooser.isVisible()
        assert not place.google.asked                           # nobody is signed in, so nothing is asked
        await look_around(program, tmp_path, "cancelled")
        comes_back = True
        again = next(one for one in chooser.message.findChildren(QPushButton) if one.text() == "Sign in")
        hand.click(again)
        await until(lambda: len(model.tree.resources()) >= 2, "the projects")
        assert model.signed_in and chooser.sentence == ""
        chooser.reject()

    run_program(qapp, tmp_path, scenario, settings=Settings(google=place.settings()), site=place.site(),
                browser=browser)


def test_the_chooser_signs_in_anew_where_the_session_has_ended(
    qapp: QApplication, tmp_path: Path, place: GooglePlace
) -> None:
    async def scenario(program: Program) -> None:
        models = program.models
        models.archives.add(place.store_url("clinic", "europe-west4", "chest", "ct"), "CT", hand_kind())
        await until(lambda: models.session.account and models.worklist.table.studies, "the sign-in")
        place.end_all_tokens()
        models.worklist.refresh()
        await until(lambda: models.session.states[0].phase is SessionPhase.ENDED, "the end")
        chooser = await open_chooser(program, Inputs())         # it lies over the notice that offers to go on
        await until(lambda: len(models.chooser.tree.resources()) >= 2, "the projects")
        assert len(place.opened) == 2
        await until(lambda: not models.worklist.busy, "the list once more")
        assert models.worklist.error is None
        chooser.reject()

    run_program(qapp, tmp_path, scenario, settings=Settings(google=place.settings()), site=place.site(),
                browser=place.open_browser)


def test_a_session_that_ends_while_one_looks_around_is_begun_anew_by_the_next_letter(
    qapp: QApplication, tmp_path: Path, place: GooglePlace
) -> None:
    async def scenario(program: Program) -> None:
        chooser, models = await open_chooser(program, Inputs()), program.models
        await until(lambda: len(models.chooser.tree.resources()) >= 2, "the projects")
        place.end_all_tokens()
        hand.type_text(chooser.field, "clinic/")
        await until(lambda: models.session.states[0].phase is SessionPhase.ENDED, "the end")
        assert len(place.opened) == 1                           # nobody clicked or typed since
        hand.type_text(chooser.field, "che")
        await until(lambda: [one.id for one in models.chooser.completions] == ["chest"], "the dataset")
        assert len(place.opened) == 2 and "login_hint=reader" in place.opened[1]
        chooser.reject()

    run_program(qapp, tmp_path, scenario, settings=Settings(google=place.settings()), site=place.site(),
                browser=place.open_browser)


def test_a_pasted_address_of_google_signs_in_by_itself(
    qapp: QApplication, tmp_path: Path, place: GooglePlace
) -> None:
    async def scenario(program: Program) -> None:
        hand.click(program.window.worklist_page.archives.add_button)
        adding = dialog_of(program, AddArchive)
        assert isinstance(adding, AddArchive)
        hand.type_text(adding.fields["address"], place.store_url("clinic", "europe-west4", "chest", "ct"))
        hand.key(adding.fields["address"], "Return")
        await until(lambda: len(program.models.archives.rows) == 2, "the archive in the list")
        await open_first_study(program)
        await first_image(program)
        assert len(place.opened) == 1

    run_program(qapp, tmp_path, scenario, settings=Settings(google=place.settings()), site=place.site(),
                browser=place.open_browser)


def test_a_store_is_tried_before_it_is_saved_and_missing_rights_grey_out_uploads(
    qapp: QApplication, tmp_path: Path, place: GooglePlace
) -> None:
    place.google.permissions = place.google.permissions[:1]     # reading only

    async def scenario(program: Program) -> None:
        chooser = await open_chooser(program, Inputs())
        model = program.models.chooser
        hand.type_text(chooser.field, "clinic/")
        await until(lambda: any(len(found.ids) == 3 for found in model.completions), "the dataset")
        hand.type_text(chooser.field, "chest/")
        await until(lambda: any(len(found.ids) == 4 for found in model.completions), "the store")
        item = chooser.list.item(0)
        hand.click(chooser.list.viewport(), chooser.list.visualItemRect(item).center())
        await until(lambda: model.test.result is not None, "the trial")
        await look_around(program, tmp_path, "tried")
        assert model.test.result is not None and model.test.result.passed
        assert "12 studies · 5,600 images" in model.test.result.counts
        assert any("may not store" in text for text in chooser.panel.texts)
        assert len(program.models.archives.rows) == 1           # nothing is saved yet
        hand.click(chooser.add)
        await until(lambda: len(program.models.archives.rows) == 2, "the archive in the list")
        refusal = program.models.archives.selected_row.upload_refusal
        assert "Healthcare DICOM Editor" in refusal
        actions = program.window.actions_set
        await until(lambda: not actions["open_files"].isEnabled(), "no uploads")
        assert refusal in actions["open_files"].toolTip()
        await until(lambda: program.models.worklist.table.studies and not program.models.worklist.busy, "the list")
        hand.click_row(program.window.worklist_page.table, 0)
        await until(lambda: program.models.worklist.selected, "the selected study")
        await until(lambda: program.models.archives.deletes_at(program.models.archives.selected), "what it can do")
        actions.refresh()
        assert not actions["delete_study"].isEnabled()
        assert "You may not delete from this archive" in actions["delete_study"].toolTip()
        program.window.worklist_page._show_menu(QPoint(0, 0))
        menu = program.window.worklist_page.findChildren(QMenu)[-1]
        assert [one.objectName() for one in menu.actions()] == ["open_study", "delete_study"]
        menu.close()
        hand.drag_in(program.window, [tmp_path])
        assert program.window.drop_overlay.text == refusal
        program.window.drop_overlay.hide()

    run_program(qapp, tmp_path, scenario, settings=Settings(google=place.settings()), site=place.site(),
                browser=place.open_browser)


def test_a_pinned_store_is_the_first_in_the_tree_from_then_on(
    qapp: QApplication, tmp_path: Path, place: GooglePlace
) -> None:
    async def scenario(program: Program) -> None:
        chooser, model = await open_chooser(program, Inputs()), program.models.chooser
        hand.type_text(chooser.field, "clinic/chest/ct")
        await until(lambda: any(len(found.ids) == 4 for found in model.completions), "the store")
        hand.click(chooser.list.viewport(), chooser.list.visualItemRect(chooser.list.item(0)).center())
        await until(lambda: chooser.pin.isVisible(), "the button")
        hand.click(chooser.pin)
        pinned = program.models.settings.value.google.pinned
        assert [name.rsplit("/", 1)[1] for name in pinned] == ["ct"] and chooser.pin.text() == "Unpin"
        chooser.reject()
        again = await open_chooser(program, Inputs())
        first = again.items.node_at(again.items.index(0, 0))
        assert first.resource is not None and first.resource.name == pinned[0]
        await until(lambda: len(model.tree.resources()) >= 3, "the projects below")
        await look_around(program, tmp_path, "pinned")
        again.reject()

    run_program(qapp, tmp_path, scenario, settings=Settings(google=place.settings()), site=place.site(),
                browser=place.open_browser)


def test_a_session_that_ends_waits_for_one_click_and_the_image_stays(
    qapp: QApplication, tmp_path: Path, place: GooglePlace
) -> None:
    async def scenario(program: Program) -> None:
        models = program.models
        assert models.archives.add(place.store_url("clinic", "europe-west4", "chest", "ct"), "CT",
                                   hand_kind()) == ""
        await until(lambda: models.session.account, "the sign-in")
        await open_first_study(program)
        await first_image(program)
        place.end_all_tokens()
        models.worklist.refresh()
        await until(lambda: any(n.action_text == "Continue" for n in models.notices.items), "the notice")
        await look_around(program, tmp_path, "ended")
        assert len(place.opened) == 1 and models.workspace.viewers[0].active.frame is not None
        back = []
        models.session.came_back.connect(lambda: back.append(1))
        hand.click(program.window.top_bar.notice.action)
        await until(lambda: not models.worklist.busy, "the list once more")
        assert models.worklist.error is None and len(place.opened) == 2
        assert "login_hint=reader" in place.opened[1] and "prompt=" not in place.opened[1]
        await until(lambda: back == [1], "the window in front of the browser again")

    run_program(qapp, tmp_path, scenario, settings=Settings(google=place.settings()), site=place.site(),
                browser=place.open_browser)


def hand_kind() -> object:
    from desktop_app.core.store import SignInKind

    return SignInKind.GOOGLE


def test_a_tab_that_was_closed_is_shown_again_and_can_be_given_up(
    qapp: QApplication, tmp_path: Path, place: GooglePlace
) -> None:
    opened: list[str] = []

    def browser(address: str) -> None:
        opened.append(address)
        if len(opened) == 1:
            place.open_browser(address)

    async def scenario(program: Program) -> None:
        models, bar = program.models, program.window.top_bar
        models.archives.add(place.store_url("clinic", "europe-west4", "chest", "ct"), "CT", hand_kind())
        await until(lambda: models.session.account and not models.worklist.busy, "the sign-in")
        place.end_all_tokens()
        models.worklist.refresh()
        await until(lambda: any(n.action_text == "Continue" for n in models.notices.items), "the notice")
        hand.click(bar.notice.action)
        await until(lambda: any(n.action_text == "Show it again" for n in models.notices.items), "what goes on")
        assert models.notices.items[-1].text == "Sign in at Google in your browser." and len(opened) == 2
        await look_around(program, tmp_path, "browser")
        hand.click(bar.notice.action)
        await until(lambda: dialog_of(program, SignInDialog) is not None, "the dialog")
        dialog = dialog_of(program, SignInDialog)
        assert isinstance(dialog, SignInDialog)
        await until(lambda: len(opened) == 3, "the browser")
        assert opened[2] == opened[1] and dialog.copy.isEnabled() and models.worklist.busy
        hand.click(dialog.cancel, QPoint(10, 10))
        await until(lambda: not models.worklist.busy, "the end of the wait")
        assert models.worklist.error is not None and "cancelled" in models.worklist.error.user_text

    run_program(qapp, tmp_path, scenario, settings=Settings(google=place.settings()), site=place.site(),
                browser=browser)


@pytest.mark.parametrize("keep", [False, True])
def test_another_account_locks_the_screen_until_the_user_decides(
    qapp: QApplication, tmp_path: Path, place: GooglePlace, keep: bool
) -> None:
    async def scenario(program: Program) -> None:
        models, window = program.models, program.window
        models.archives.add(place.store_url("clinic", "europe-west4", "chest", "ct"), "CT", hand_kind())
        await until(lambda: models.session.account, "the sign-in")
        await open_first_study(program)
        await first_image(program)
        place.end_all_tokens()
        place.provider.account, place.provider.claims = "colleague@example.org", {"sub": "2002"}
        models.worklist.refresh()
        await until(lambda: any(n.action_text == "Continue" for n in models.notices.items), "the notice")
        hand.click(window.top_bar.notice.action)
        await until(lambda: models.session.lock is not None, "the lock")
        await look_around(program, tmp_path, "locked")
        assert window.guard.page.isVisible() and not window.top_bar.isVisible()
        assert not window.actions_set["open_files"].isEnabled()
        models.session.decide(models.session.lock.session, keep)
        await until(lambda: models.session.lock is None, "the screen")
        assert window.top_bar.isVisible()
        if keep:
            assert models.workspace.viewers == ()               # what the first one saw is gone
            await until(lambda: models.session.account == "colleague@example.org", "the other account")
        else:
            assert len(models.workspace.viewers) == 1
            assert len(place.provider.revoked) == 1

    run_program(qapp, tmp_path, scenario, settings=Settings(google=place.settings()), site=place.site(),
                browser=place.open_browser)


def test_signing_out_revokes_and_clears_the_screen(qapp: QApplication, tmp_path: Path, place: GooglePlace) -> None:
    async def scenario(program: Program) -> None:
        models = program.models
        models.archives.add(place.store_url("clinic", "europe-west4", "chest", "ct"), "CT", hand_kind())
        await until(lambda: models.session.account, "the sign-in")
        await open_first_study(program)
        await first_image(program)
        models.archives.sign_out(models.archives.selected)
        await until(lambda: place.provider.revoked, "the revocation")
        assert models.workspace.viewers == () and models.worklist.table.studies == []
        await until(lambda: models.session.account == "", "the account to leave the screen")
        assert models.worklist.error is not None and "signed out" in models.worklist.error.user_text
        backend = program.network.peek(lambda made: made)
        assert backend is not None and backend._frames.nbytes == 0

    run_program(qapp, tmp_path, scenario, settings=Settings(google=place.settings()), site=place.site(),
                browser=place.open_browser)


def test_a_browser_that_never_comes_back_can_be_cancelled(
    qapp: QApplication, tmp_path: Path, place: GooglePlace
) -> None:
    async def scenario(program: Program) -> None:
        models = program.models
        models.archives.add(place.store_url("clinic", "europe-west4", "chest", "ct"), "CT", hand_kind())
        await until(lambda: dialog_of(program, SignInDialog) is not None, "the dialog")
        dialog = dialog_of(program, SignInDialog)
        assert isinstance(dialog, SignInDialog)
        await until(dialog.copy.isEnabled, "the address")
        await look_around(program, tmp_path, "sign-in")
        hand.click(dialog.copy, QPoint(10, 10))
        assert QApplication.clipboard().text().startswith("https://accounts.example.org/auth")
        QApplication.clipboard().clear()
        hand.click(dialog.cancel, QPoint(10, 10))
        row = models.archives.selected_row
        assert row.state is ArchiveState.SIGN_IN
        await until(lambda: not any(state.address for state in models.session.states), "the end of the flow")

    run_program(qapp, tmp_path, scenario, settings=Settings(google=place.settings()), site=place.site(),
                browser=lambda address: None)


def test_unlocking_asks_whoever_signed_in_to_do_so_again(
    qapp: QApplication, tmp_path: Path, place: GooglePlace
) -> None:
    async def scenario(program: Program) -> None:
        models, window = program.models, program.window
        models.archives.add(place.store_url("clinic", "europe-west4", "chest", "ct"), "CT", hand_kind())
        await until(lambda: models.session.account, "the sign-in")
        models.session.lock_now()
        assert models.session.lock is not None and "reader@example.org" in models.session.lock.text
        models.session.unlock()
        await until(lambda: models.session.lock is None, "the screen")
        assert len(place.opened) == 2 and "prompt=login" in place.opened[1]
        assert "login_hint=reader" in place.opened[1] and window.top_bar.isVisible()

        models.session.lock_now()                           # somebody else at the desk does not get in
        place.provider.account, place.provider.claims = "colleague@example.org", {"sub": "2002"}
        models.session.unlock()
        await until(lambda: models.session.lock is not None and models.session.lock.is_other, "the question")
        models.session.decide(models.session.lock.session, False)
        await until(lambda: models.session.lock is not None and models.session.lock.trouble, "the sentence")
        assert models.session.lock is not None and not window.top_bar.isVisible()
        models.session.sign_out_and_unlock()
        await until(lambda: models.session.lock is None and len(place.provider.revoked) == 2, "the way out")
        assert models.worklist.table.studies == []

    run_program(qapp, tmp_path, scenario, settings=Settings(google=place.settings()), site=place.site(),
                browser=place.open_browser)


def test_the_end_is_told_beforehand_with_a_way_to_go_on(
    qapp: QApplication, tmp_path: Path, place: GooglePlace
) -> None:
    async def scenario(program: Program) -> None:
        models = program.models
        models.archives.add(place.store_url("clinic", "europe-west4", "chest", "ct"), "CT", hand_kind())
        await until(lambda: models.session.account, "the sign-in")
        (state,) = models.session.states
        assert state.phase is SessionPhase.ACTIVE and not any(n.action for n in models.notices.items)
        models.session._take((replace(state, phase=SessionPhase.ENDING, ends_at=time.time() + 230),))
        notice = models.notices.items[-1]
        assert notice.text == "Your sign-in at Google ends in 4 minutes." and notice.action_text == "Continue"
        assert program.window.top_bar.notice.isVisible()
        hand.click(program.window.top_bar.notice.action)
        await until(lambda: len(place.opened) == 2, "the browser")
        await until(lambda: models.session.states[0].phase is SessionPhase.ACTIVE, "the session")
        assert not any(item.action_text == "Continue" for item in models.notices.items)

    run_program(qapp, tmp_path, scenario, settings=Settings(google=place.settings()), site=place.site(),
                browser=place.open_browser)


def test_without_an_oauth_client_the_dialog_says_how_to_make_one(
    qapp: QApplication, tmp_path: Path, place: GooglePlace
) -> None:
    async def scenario(program: Program) -> None:
        program.models.archives.add(place.store_url("clinic", "europe-west4", "chest", "ct"), "CT", hand_kind())
        await until(lambda: dialog_of(program, SignInDialog) is not None, "the dialog")
        dialog = dialog_of(program, SignInDialog)
        assert isinstance(dialog, SignInDialog)
        await until(lambda: "Create credentials" in dialog.sentence, "the sentence")
        await look_around(program, tmp_path, "no-client")
        assert dialog.again.isVisible() and not place.opened
        assert dialog.link.isVisible() and program.models.archives.sign_in_link.endswith("/apis/credentials")
        hand.click(dialog.settings)
        page = dialog_of(program, SettingsPage)
        assert isinstance(page, SettingsPage)
        page.client_id.setText(CLIENT_ID)
        page.client_secret.setText(CLIENT_SECRET)
        page.accept()
        hand.click(dialog.again)
        assert not dialog.link.isVisible()
        await until(lambda: program.models.session.account, "the sign-in with the client of one's own")

    run_program(qapp, tmp_path, scenario, settings=Settings(google=place.settings()), browser=place.open_browser)
