"""Priors: found in every archive that answers, opened beside the study in the same tab, linked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from desktop_app.core.errors import Unreachable
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.store import Store
from desktop_app.core.study import Series, Study
from desktop_app.dicomweb.search import SearchPage
from desktop_app.services.priors import find_priors
from desktop_app.services.study_opener import open_study
from desktop_app.viewmodels.viewer import ViewerModel
from tests.unit.services.fake_clock import settle
from tests.unit.services.images import STUDY, image
from tests.unit.viewmodels.direct import (
    STORE,
    DirectBackend,
    DirectNetwork,
    SearchableArchive,
    instances,
    study,
)

OTHER = Store("Other", "https://other.example/dicom-web")
PRIOR = "1.2.826.0.1.3680043.8.498.77"
BODY = {"patient_id": "1"}


class Elsewhere(DirectBackend):
    """Two archives: the one of the study, and one that holds the prior."""

    def __init__(self) -> None:
        super().__init__()
        self.other = DirectBackend(frames=self.frames)

    def connection(self, store: Store) -> DirectBackend:
        return self.other if store.key == OTHER.key else self

    def read_study(self, store: Store, study_instance_uid: str) -> AsyncIterator[Any]:
        return open_study(self.connection(store).archive, study_instance_uid)   # type: ignore[arg-type]

    async def wish(self, store: Store, owner: str, refs: Any, *, first: bool) -> None:
        await DirectBackend.wish(self.connection(store), store, owner, refs, first=first)

    async def find_priors(self, of: Study, stores: tuple[Store, ...]) -> Any:
        return await find_priors(of, stores, lambda store: self.connection(store).archive)  # type: ignore[arg-type,return-value]


@pytest.fixture
def backend(network: DirectNetwork) -> Elsewhere:
    made = network.backend = Elsewhere()
    made.archive.hold_series("1.1", 5, number=1)
    made.archive.pages[0] = SearchPage((study(**BODY),), False, 1)
    made.other.archive.pages[0] = SearchPage((study(PRIOR, "20251201", modalities=("CT",), **BODY),), False, 1)
    hold_prior(made.other.archive)
    return made


def hold_prior(archive: SearchableArchive) -> None:
    archive.series.append(Series(PRIOR, "7.1", "CT", 1, "Series 1.1"))
    archive.instances["7.1"] = [replace(one, study_instance_uid=PRIOR, frame_of_reference_uid="9.9")
                                for one in instances("7.1", 4)]
    for one in archive.instances["7.1"]:
        ref = FrameRef(PRIOR, "7.1", one.sop_instance_uid)
        archive.objects[one.sop_instance_uid] = image(ref)


@pytest.fixture
async def viewer(network: DirectNetwork, backend: Elsewhere) -> AsyncIterator[ViewerModel]:
    made = ViewerModel(network, STORE, study(**BODY), backend.frames)           # type: ignore[arg-type]
    made.priors.search((STORE, OTHER))
    await settle(300)
    yield made
    made.close()
    await backend.other.loader.close()
    await settle()


async def test_they_are_found_in_every_archive(viewer: ViewerModel) -> None:
    [prior] = viewer.priors.answer.priors
    assert (prior.study.study_instance_uid, prior.store, prior.days) == (PRIOR, OTHER, -31)
    assert viewer.priors.answer.silent == ()


async def test_an_archive_that_fails_is_named_and_keeps_nothing_back(
    network: DirectNetwork, backend: Elsewhere, viewer: ViewerModel,
) -> None:
    backend.archive.pages[0] = Unreachable("No way there.")
    viewer.priors.search((OTHER, STORE))
    await settle(100)
    assert [prior.store for prior in viewer.priors.answer.priors] == [OTHER]
    assert viewer.priors.answer.silent == ((STORE.name, "No way there."),)


async def test_it_is_opened_beside_in_the_same_tab_from_its_own_archive(
    backend: Elsewhere, viewer: ViewerModel,
) -> None:
    assert viewer.priors.open_latest()
    await settle(600)
    assert (viewer.layout.rows, viewer.layout.columns) == (1, 2)
    first, second = viewer.viewports
    assert first.display_set is not None and first.display_set.series.study_instance_uid == STUDY
    assert second.display_set is not None and second.display_set.series.study_instance_uid == PRIOR
    assert second.frame is not None and second.frame.ref.study_instance_uid == PRIOR
    assert (first.store, second.store) == (STORE, OTHER)
    assert bytes(second.loaded).count(1) == 4, "its slices are loaded as well"
    assert viewer.priors.open(viewer.priors.answer.priors[0]) is viewer.priors.open_priors[0], "opened once"


async def test_both_scroll_by_the_same_distance(viewer: ViewerModel) -> None:
    viewer.priors.open_latest()
    await settle(600)
    first, second = viewer.viewports
    assert viewer.linking.is_anchored, "their frames of reference differ"
    before = first.state.index, second.state.index
    first.go_to(before[0] - 1)
    assert second.state.index == before[1] - 1


async def test_series_keys_stay_within_the_study_that_is_shown(viewer: ViewerModel) -> None:
    viewer.priors.open_latest()
    await settle(600)
    viewer.activate(viewer.viewports[1])
    viewer.next_series(1)
    shown = viewer.active.display_set
    assert shown is not None and shown.series.study_instance_uid == PRIOR
    viewer.show(viewer.rail.cards[0].key)
    assert viewer.active.store == STORE and viewer.active.frame is not None
    assert viewer.active.frame.ref.study_instance_uid == STUDY


async def test_a_prior_that_cannot_be_read_says_why(backend: Elsewhere, viewer: ViewerModel) -> None:
    backend.other.archive.series = []
    opened = viewer.priors.open(viewer.priors.answer.priors[0])
    await settle(300)
    assert opened.error is not None and len(viewer.viewports) == 1


async def test_who_has_no_id_has_no_priors(network: DirectNetwork, backend: Elsewhere) -> None:
    viewer = ViewerModel(network, STORE, study(), backend.frames)               # type: ignore[arg-type]
    viewer.priors.search((STORE, OTHER))
    await settle(300)
    assert viewer.priors.answer.priors == () and not viewer.priors.open_latest()
    assert backend.other.archive.searches == []
    viewer.close()
