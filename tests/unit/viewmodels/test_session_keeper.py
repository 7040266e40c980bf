"""What is recorded of open studies, and what is given back."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace

import pytest

from desktop_app.core.annotation import Annotation, AnnotationKind
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.layout import Layout
from desktop_app.core.plain import to_text
from desktop_app.core.session_state import (
    DRAWN,
    OPEN,
    PLACE,
    VIEW,
    Drawn,
    Entry,
    Replay,
    StudyState,
    replayed,
)
from desktop_app.core.store import Store
from desktop_app.core.view_state import ViewState
from desktop_app.core.window import Window
from desktop_app.viewmodels.notices import NoticeKind, Notices
from desktop_app.viewmodels.session_keeper import SessionKeeper
from desktop_app.viewmodels.viewer import ViewerModel
from desktop_app.viewmodels.workspace import Workspace
from tests.unit.services.fake_clock import settle
from tests.unit.services.images import STUDY
from tests.unit.viewmodels.direct import STORE, DirectNetwork, fire, page, study


class MemoryRecord:
    """The record without a disk."""

    def __init__(self, *entries: Entry, **of: object) -> None:
        self.trouble = ""
        self.entries: list[Entry] = list(entries)
        self._of = of

    def load(self) -> Future[Replay]:
        done: Future[Replay] = Future()
        done.set_result(replace(Replay(replayed(self.entries)[0]), **self._of))  # type: ignore[arg-type]
        return done

    def append(self, entries: tuple[Entry, ...]) -> None:
        self.entries += entries

    @property
    def studies(self) -> tuple[StudyState, ...]:
        return replayed(self.entries)[0]


class Session:
    """A program as far as it remembers."""

    def __init__(self, network: DirectNetwork, record: MemoryRecord) -> None:
        self.record, self.notices = record, Notices()
        self.workspace = Workspace(network, network.backend.frames)  # type: ignore[arg-type]
        self.keeper = SessionKeeper(record, network, self.workspace, self.notices, self.store_of)  # type: ignore[arg-type]

    def store_of(self, key: str) -> Store | None:
        return STORE if key == STORE.key else None

    async def start(self) -> None:
        self.keeper.start()
        await settle(60)

    async def open(self, uid: str = STUDY) -> ViewerModel:
        viewer = self.workspace.open(study(uid), STORE)
        await settle(300)
        return viewer

    async def write(self) -> None:
        if self.keeper._later.isActive():
            await fire(self.keeper._later)

    def close(self) -> None:
        for viewer in self.workspace.viewers:
            self.workspace.close(viewer)


@pytest.fixture(autouse=True)
def archive(network: DirectNetwork) -> None:
    network.backend.archive.hold_series("1.1", 3, number=1)
    network.backend.archive.hold_series("1.2", 4, number=2)
    network.backend.archive.pages[0] = page(study())

    async def find(store: Store, *, study_instance_uid: str) -> object:
        return study(study_instance_uid)

    network.backend.find_study = find                       # type: ignore[attr-defined]


def line(uid: str = "1.1.2", series: str = "1.1") -> Annotation:
    return Annotation(1, AnnotationKind.LENGTH, FrameRef(STUDY, series, uid), ((1.0, 1.0), (5.0, 4.0)))


def drawn(annotation: Annotation, title: str = "") -> Entry:
    return Entry(STORE.key, STUDY, DRAWN + "a", to_text(Drawn(annotation, title)))


async def test_layout_windows_tool_and_drawings_come_back(network: DirectNetwork) -> None:
    first = Session(network, MemoryRecord())
    await first.start()
    viewer = await first.open()
    viewer.set_layout(1, 2)
    viewer.show("1.2/8×8")
    viewer.active.set_window(Window(40.0, 400.0))
    viewer.active.go_to(3)
    viewer.viewports[1].zoom_by(2.5)
    viewer.set_tool("pan")
    viewer.annotations.items = (line(),)
    viewer.annotations.changed.emit()
    await first.write()
    viewer.close()                                          # the program ends; nobody closed the study

    second = Session(network, MemoryRecord(*first.record.entries))
    await second.start()
    [notice] = second.notices.items
    assert notice.action is not None and "1" in notice.text
    notice.action()
    await settle(600)
    [again] = second.workspace.viewers
    assert (again.layout.rows, again.layout.columns, again.layout.shown) == (1, 2, viewer.layout.shown)
    assert again.active.display_set is not None and again.active.display_set.key == "1.2/8×8"
    assert (again.active.window.center, again.active.state.index, again.tool) == (40.0, 3, "pan")
    [back] = again.annotations.items
    assert (back.kind, back.ref, back.points) == (line().kind, line().ref, line().points)
    assert not again.annotations.can_undo and second.notices.items == ()
    assert again.viewports[1].state.zoom == 2.5, "the same series in two viewports, each as it was"
    second.close()


async def test_what_is_linked_comes_back_with_the_slices_linked_by_hand(network: DirectNetwork) -> None:
    first = Session(network, MemoryRecord())
    await first.start()
    viewer = await first.open()
    viewer.set_layout(1, 2)
    viewer.show("1.1/8×8", viewer.viewports[0])
    viewer.show("1.2/8×8", viewer.viewports[1])
    viewer.viewports[1].go_to(2)
    viewer.linking.link_here()
    viewer.linking.toggle("zoom")
    viewer.linking.toggle_lines()
    await first.write()
    kept = viewer.linking.state
    assert dict(kept.anchors)["1.2/8×8"] == 2
    viewer.close()

    second = Session(network, MemoryRecord(*first.record.entries))
    await second.start()
    second.keeper.reopen()
    await settle(600)
    [again] = second.workspace.viewers
    assert again.linking.state == kept and again.linking.links.zoom and not again.linking.shows_lines
    before = again.viewports[1].state.index - again.viewports[0].state.index
    again.activate(again.viewports[0])
    again.active.scroll_by(-1 if again.active.state.index else 1)
    assert again.viewports[1].state.index - again.viewports[0].state.index == before
    second.close()


async def test_only_what_changed_is_recorded(network: DirectNetwork) -> None:
    session = Session(network, MemoryRecord())
    await session.start()
    viewer = await session.open()
    await session.write()
    before = len(session.record.entries)
    viewer.active.go_to(0)
    viewer.active.go_to(2)
    await session.write()
    assert [entry.part for entry in session.record.entries[before:]] == [VIEW + "1.1/8×8", PLACE + "0"]
    await session.write()
    assert len(session.record.entries) == before + 2
    session.close()


async def test_what_is_undone_or_deleted_stays_away(network: DirectNetwork) -> None:
    session = Session(network, MemoryRecord(drawn(line())))
    await session.start()
    viewer = await session.open()
    [item] = viewer.annotations.items
    viewer.annotations.select(item.key)
    viewer.annotations.remove_selected()
    await session.write()
    [left] = session.record.studies
    assert left.drawn == ()
    viewer.annotations.undo()
    await session.write()
    assert len(session.record.studies[0].drawn) == 1
    session.close()


async def test_a_study_that_was_closed_is_not_offered_but_keeps_its_drawings(network: DirectNetwork) -> None:
    first = Session(network, MemoryRecord(drawn(line())))
    await first.start()
    first.workspace.close(await first.open())
    assert [state.is_open for state in first.record.studies] == [False]
    again = await first.open()
    assert len(again.annotations.items) == 1, "opened again in the same session"
    first.workspace.close(again)
    second = Session(network, MemoryRecord(*first.record.entries))
    await second.start()
    assert second.notices.items == ()
    assert len((await second.open()).annotations.items) == 1
    second.close()


async def test_studies_that_nobody_asked_back_are_not_offered_for_ever(network: DirectNetwork) -> None:
    was_open = Entry(STORE.key, STUDY, OPEN, to_text(True))
    idle = Session(network, MemoryRecord(was_open))
    await idle.start()
    idle.keeper.end()
    assert [state.is_open for state in idle.record.studies] == [True], "nothing was done: they are offered once more"

    worked = Session(network, MemoryRecord(was_open, drawn(line())))
    await worked.start()
    await worked.open(STUDY + ".9")
    worked.keeper.end()
    states = {state.study_instance_uid: state for state in worked.record.studies}
    assert (states[STUDY].is_open, states[STUDY + ".9"].is_open) == (False, True)
    assert states[STUDY].drawn, "what was drawn stays"
    worked.close()

    asked = Session(network, MemoryRecord(was_open, Entry("another archive", STUDY, OPEN, to_text(True))))
    await asked.start()
    asked.keeper.reopen()
    await settle(300)
    asked.keeper.end()
    assert all(state.is_open for state in asked.record.studies), "what could not be had is offered again"
    asked.close()


async def test_drawings_of_a_series_that_is_gone_are_kept_and_named(network: DirectNetwork) -> None:
    gone = line("9.9.1", "9.9")
    session = Session(network, MemoryRecord(drawn(gone, "7 · Lung")))
    await session.start()
    viewer = await session.open()
    [notice] = session.notices.items
    assert notice.kind is NoticeKind.CAUTION and "7 · Lung" in notice.text and "9.9" in notice.detail
    assert [item.ref for item in viewer.annotations.items] == [gone.ref]
    viewer.set_tool("pan")
    await session.write()
    [kept] = session.record.studies[0].drawn
    assert kept[1].series_title == "7 · Lung", "its name is not forgotten either"
    session.close()


async def test_a_series_that_could_not_be_listed_is_not_called_gone(network: DirectNetwork) -> None:
    del network.backend.archive.instances["1.2"]
    session = Session(network, MemoryRecord(drawn(line("1.2.1", "1.2"))))
    await session.start()
    await session.open()
    assert session.notices.items == ()
    session.close()


@pytest.mark.parametrize(("damage", "words"), [
    ({"broke_off": True, "kept_aside": "session-x.lbx"}, "breaks off"), ({"damaged": 2}, "cannot be read"),
])
async def test_damage_is_said(network: DirectNetwork, damage: dict[str, object], words: str) -> None:
    session = Session(network, MemoryRecord(drawn(line()), **damage))
    await session.start()
    [notice] = session.notices.items
    assert words in notice.text and str(damage.get("kept_aside", "")) in notice.detail
    session.close()


async def test_where_nothing_can_be_kept_the_first_drawing_says_so(network: DirectNetwork) -> None:
    session = Session(network, MemoryRecord())
    session.record.trouble = "no keychain"
    await session.start()
    viewer = await session.open()
    viewer.set_tool("pan")
    assert session.notices.items == ()
    for _ in range(2):
        viewer.annotations.changed.emit()
    [notice] = session.notices.items
    assert "key of the record" in notice.detail
    session.close()


async def test_a_study_of_an_archive_that_is_gone_is_named(network: DirectNetwork) -> None:
    session = Session(network, MemoryRecord(Entry("https://other.example", "1.2.3", OPEN, to_text(True))))
    await session.start()
    session.keeper.reopen()
    await settle(60)
    [notice] = session.notices.items
    assert notice.kind is NoticeKind.CAUTION and session.workspace.viewers == ()
    session.close()


async def test_a_layout_with_a_series_that_is_gone_is_filled_with_what_there_is(network: DirectNetwork) -> None:
    session = Session(network, MemoryRecord())
    await session.start()
    viewer = session.workspace.open(study(), STORE)
    viewer.arranger.want(Layout(1, 2, ("9.9", "1.2/8×8"), 1), [("1.2/8×8", ViewState(2, zoom=2.0))])
    await settle(300)
    shown = [one.display_set.key for one in viewer.viewports if one.display_set is not None]
    assert shown == ["1.1/8×8", "1.2/8×8"] and viewer.layout.shown == tuple(shown)
    assert (viewer.active.state.index, viewer.active.state.zoom) == (2, 2.0)
    session.close()
