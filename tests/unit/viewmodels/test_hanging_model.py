"""Hanging in the working day: once, when everything is listed; learned from hands; again with one key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.core.layout import Layout
from desktop_app.core.settings import Settings
from desktop_app.core.window import Window
from desktop_app.resources import resource_path
from desktop_app.services.hanging_file import load_learned
from desktop_app.viewmodels.hanging import HangingModel
from desktop_app.viewmodels.notices import Notices
from desktop_app.viewmodels.settings import SettingsModel
from desktop_app.viewmodels.viewer import ViewerModel
from desktop_app.viewmodels.workspace import Workspace
from tests.unit.services.fake_clock import settle
from tests.unit.services.images import STUDY
from tests.unit.viewmodels.direct import STORE, DirectNetwork, fire, study, until_written


class Room:
    def __init__(self, network: DirectNetwork, file: Path) -> None:
        self.notices, self._network = Notices(), network
        self.workspace = Workspace(network, network.backend.frames)  # type: ignore[arg-type]
        self.file = file
        self.settings = SettingsModel(Settings(), lambda _: None)
        self.hanging = HangingModel(
            network, self.workspace, self.notices, resource_path("hanging.toml"), file,  # type: ignore[arg-type]
            self.settings)

    async def start(self) -> None:
        self.hanging.start()
        await until_written(lambda: bool(self.hanging._rules))

    async def open(self, uid: str = STUDY) -> ViewerModel:
        viewer = self.workspace.open(replace(study(uid), description="PET CT whole body"), STORE)
        await settle(300)
        return viewer

    async def close(self) -> None:
        self.hanging._later.stop()
        for viewer in self.workspace.viewers:
            self.workspace.close(viewer)
        await until_written(lambda: not self._network._tasks)


@pytest.fixture
async def room(network: DirectNetwork, tmp_path: Path) -> Room:
    network.backend.archive.hold_series("1.1", 3, modality="PT", number=1)
    network.backend.archive.hold_series("1.2", 4, modality="CT", number=2)
    made = Room(network, tmp_path / "learned.toml")
    await made.start()
    return made


def modalities(viewer: ViewerModel) -> list[str]:
    return [one.display_set.series.modality if one.display_set is not None else "" for one in viewer.viewports]


async def test_a_study_is_hung_when_it_is_listed(room: Room) -> None:
    viewer = await room.open()
    assert (viewer.layout.rows, viewer.layout.columns) == (1, 2) and modalities(viewer) == ["CT", "PT"]
    viewer.set_layout(1, 1)
    viewer.open()
    await settle(300)
    assert viewer.layout.columns == 1, "only once"
    await room.close()


async def test_switched_off_it_waits_for_the_key(room: Room) -> None:
    room.settings.change(hang_on_opening=False)
    viewer = await room.open()
    assert len(viewer.viewports) == 1
    assert room.hanging.hang(viewer) and modalities(viewer) == ["CT", "PT"]
    await room.close()


async def test_hung_anew_all_of_each_image_is_seen(room: Room) -> None:
    viewer = await room.open()
    viewer.active.zoom_by(3)
    assert room.hanging.hang(viewer)
    assert [one.state.zoom for one in viewer.viewports] == [1.0, 1.0]
    await room.close()


async def test_what_a_reader_touched_is_left_alone(room: Room) -> None:
    viewer = room.workspace.open(study(), STORE)
    viewer.set_layout(2, 1)
    await settle(300)
    assert (viewer.layout.rows, viewer.layout.columns) == (2, 1)
    await room.close()


async def test_what_comes_back_from_an_earlier_session_is_left_alone(room: Room) -> None:
    viewer = room.workspace.open(study(), STORE)
    viewer.arranger.want(Layout(2, 2, ("1.1/8×8", "", "", "1.2/8×8")))
    await settle(300)
    assert (viewer.layout.rows, viewer.layout.columns) == (2, 2)
    await room.close()


async def test_a_reader_is_learned_from_and_followed(room: Room) -> None:
    viewer = await room.open()
    viewer.set_layout(2, 1)
    viewer.show("1.1/8×8", viewer.viewports[0])
    viewer.show("1.2/8×8", viewer.viewports[1])
    viewer.viewports[1].set_window(Window(-600.0, 1500.0))
    await fire(room.hanging._later)
    await until_written(lambda: load_learned(room.file) == room.hanging.learned != ())
    room.workspace.close(viewer)

    again = await room.open()
    assert (again.layout.rows, again.layout.columns) == (2, 1) and modalities(again) == ["PT", "CT"]
    assert again.viewports[1].window.center == -600.0
    again.set_layout(1, 1)
    assert room.hanging.hang(again)
    assert (again.layout.rows, modalities(again)) == (2, ["PT", "CT"])
    assert "last time" in room.notices.items[-1].text
    await room.close()


async def test_going_through_one_viewport_teaches_nothing(network: DirectNetwork, tmp_path: Path) -> None:
    network.backend.archive.hold_series("1.1", 3, modality="XA", number=1)
    network.backend.archive.hold_series("1.2", 3, modality="XA", number=2)
    room = Room(network, tmp_path / "learned.toml")
    await room.start()
    viewer = await room.open()
    viewer.next_series(1)
    assert not room.hanging._later.isActive()
    assert not room.hanging.hang(viewer)
    assert "No rule" in room.notices.items[-1].text
    await room.close()


async def test_what_was_learned_is_there_at_the_next_start(room: Room, network: DirectNetwork) -> None:
    viewer = await room.open()
    viewer.set_layout(2, 2)
    room.hanging.remember(viewer)
    await until_written(lambda: bool(load_learned(room.file)))
    await room.close()
    second = Room(network, room.file)
    await second.start()
    assert second.hanging.learned == load_learned(room.file)
    assert (await second.open()).layout.rows == 2
    await second.close()
