"""Workspace, notices and the network's few characters."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from shiboken6 import isValid

from desktop_app.core.errors import Unreachable
from desktop_app.services.fetch_queue import QueueStatus
from desktop_app.viewmodels.network_status import NetworkStatus
from desktop_app.viewmodels.notices import Notice, NoticeKind, Notices
from desktop_app.viewmodels.workspace import Workspace
from tests.unit.services.fake_clock import settle
from tests.unit.viewmodels.direct import STORE, STUDY, DirectNetwork, study


@pytest.fixture
async def workspace(network: DirectNetwork) -> AsyncIterator[Workspace]:
    made = Workspace(network, network.backend.frames)           # type: ignore[arg-type]
    yield made
    for viewer in made.viewers:
        made.close(viewer)
    await settle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


async def test_a_study_is_open_once(workspace: Workspace) -> None:
    opened: list[object] = []
    workspace.viewer_opened.connect(opened.append)
    first = workspace.open(study(), STORE)
    assert workspace.open(study(), STORE) is first
    other = workspace.open(study(STUDY + ".2"), STORE)
    elsewhere = workspace.open(study(), replace(STORE, url="https://other.example"))
    assert len({id(first), id(other), id(elsewhere)}) == 3
    assert opened == [first, first, other, elsewhere]


async def test_closing_gives_everything_back(workspace: Workspace, network: DirectNetwork) -> None:
    network.backend.archive.hold_series(STUDY + ".2", 5)
    closed: list[object] = []
    workspace.viewer_closed.connect(closed.append)
    viewer = workspace.open(study(), STORE)
    await settle(200)
    assert workspace.here() == {(STORE.key, STUDY): "✓ 5"}
    workspace.close(viewer)
    workspace.close(viewer)
    assert closed == [viewer]
    assert workspace.viewers == ()
    assert workspace.here() == {}
    await settle()
    assert network.backend.loader._owners == {}
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(viewer)


async def test_images_are_counted_as_the_list_counts_them(workspace: Workspace, network: DirectNetwork) -> None:
    network.backend.archive.hold_series(STUDY + ".2", 5)
    viewer = workspace.open(study(), STORE)
    await settle(200)
    (whole,) = viewer.rail.display_sets
    frames = tuple(replace(whole.frames[0], frame_number=number) for number in range(1, 6))
    viewer.rail._sets[whole.key] = replace(whole, frames=frames)
    viewer.rail._rebuild()
    assert workspace.here() == {(STORE.key, STUDY): "✓ 1"}, "a film of five frames is one image of the study"


async def test_the_share_that_is_here(workspace: Workspace, network: DirectNetwork) -> None:
    network.backend.archive.hold_series(STUDY + ".2", 8)
    network.backend.archive.objects[f"{STUDY}.2.3"] = b"no DICOM" * 40
    workspace.open(study(), STORE)
    await settle(200)
    assert workspace.here() == {(STORE.key, STUDY): "87 %"}


# ------------------------------------------------------------------------------------------------------------ notices

def test_notices_replace_what_is_about_the_same_thing(qapp: object) -> None:
    notices = Notices()
    notices.post(Notice("Upload failed.", NoticeKind.ERROR, key="upload"))
    notices.post(Notice("Saved.", NoticeKind.GOOD))
    notices.post(Notice("Uploaded.", NoticeKind.GOOD, key="upload"))
    notices.post(Notice("Saved.", NoticeKind.GOOD))
    assert [notice.text for notice in notices.items] == ["Uploaded.", "Saved."]
    for number in range(20):
        notices.post(Notice(str(number)))
    assert len(notices.items) == 5
    assert notices.items[-1].text == "19"


def test_an_error_as_a_notice(qapp: object) -> None:
    notices, again = Notices(), []
    notices.post_error(Unreachable(detail="refused"), "Archive", lambda: again.append(1))
    notice = notices.items[0]
    assert notice.text == f"Archive: {Unreachable().user_text}"
    assert notice.detail == "refused"
    assert notice.action is not None
    notice.action()
    assert again == [1]
    notices.withdraw("Archive")
    assert notices.items == ()
    notices.post_error(KeyError("oops"))
    assert "KeyError" in notices.items[0].detail
    notices.dismiss(notices.items[0])
    assert notices.items == ()


# ------------------------------------------------------------------------------------------------------------ network

async def test_the_networks_few_characters(network: DirectNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("desktop_app.viewmodels.network_status.time.monotonic", lambda: now)
    status = NetworkStatus(network, network.backend.frames, lambda: STORE)     # type: ignore[arg-type]
    changes: list[str] = []
    status.changed.connect(lambda: changes.append(status.text))

    def look(of: QueueStatus) -> None:
        nonlocal now
        now += 2.0
        network.backend.status = of
        status._look()

    look(QueueStatus())
    look(QueueStatus())
    assert changes == []
    look(QueueStatus(in_flight=32, bytes_received=76_000_000))
    assert status.text == "↓ 38.0 MB/s · 32 at once"
    look(QueueStatus(in_flight=1, bytes_received=0))            # a store was disconnected: never negative
    assert status.text == "↓ 0 B/s · 1 at once"
    look(QueueStatus(waiting=10, trouble=Unreachable().user_text))
    assert "waiting" in status.text
    assert status.trouble == Unreachable().user_text
    look(QueueStatus())
    assert (status.text, status.trouble) == ("", "")
