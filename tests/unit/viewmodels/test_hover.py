"""A study that the pointer rests on begins to load, where that is wanted, and ends to when it leaves."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import QObject

from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.listed_study import ListedStudy
from desktop_app.core.settings import LoadingSettings, Settings
from desktop_app.viewmodels.hover import HoverModel
from desktop_app.viewmodels.settings import SettingsModel
from tests.unit.services.fake_clock import settle
from tests.unit.services.images import STUDY
from tests.unit.viewmodels.direct import STORE, DirectNetwork, fire, instances, series, study

HOVERED = ListedStudy(study(STUDY), STORE)


@pytest.fixture
async def hover(network: DirectNetwork) -> AsyncIterator[HoverModel]:
    archive = network.backend.archive
    archive.series = [series("1.2.3.4")]
    archive.instances = {"1.2.3.4": instances("1.2.3.4", 30)}
    archive.hold(*(FrameRef(STUDY, "1.2.3.4", f"1.2.3.4.{number}") for number in range(1, 31)))
    owner = QObject()
    settings = SettingsModel(Settings(loading=LoadingSettings(on_hover=True)), lambda _: None)
    made = HoverModel(network, settings, owner)                             # type: ignore[arg-type]
    yield made
    made.over(None)
    await settle()


async def test_its_first_images_are_fetched_and_no_more(hover: HoverModel, network: DirectNetwork) -> None:
    hover.over(HOVERED)
    assert network.backend.archive.asked == []
    await fire(hover._rest)
    await settle(80)
    asked = network.backend.archive.asked
    assert len(asked) == 8 and asked[0] == "1.2.3.4.16" and len(set(asked)) == 8


async def test_who_only_passes_over_loads_nothing(hover: HoverModel, network: DirectNetwork) -> None:
    hover.over(HOVERED)
    hover.over(None)
    assert not hover._rest.isActive()
    await settle(20)
    assert network.backend.archive.asked == []


async def test_it_ends_when_the_pointer_leaves(hover: HoverModel, network: DirectNetwork) -> None:
    network.backend.archive.gate.open = False
    hover.over(HOVERED)
    await fire(hover._rest)
    await settle()
    await network.backend.archive.gate.let("1.2.3.4")                       # its list
    await settle()
    assert network.backend.loader.status.in_flight > 0
    hover.over(None)
    await settle(20)
    assert network.backend.loader.status.in_flight == 0 and network.backend.loader.status.waiting == 0


async def test_it_does_not_unless_it_is_wanted(hover: HoverModel, network: DirectNetwork) -> None:
    assert Settings().loading.on_hover is False
    hover._settings.change(loading=LoadingSettings())
    hover.over(HOVERED)
    assert not hover._rest.isActive()
