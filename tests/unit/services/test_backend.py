"""Backend: connections come and go; closing ends everything."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from desktop_app.archive.archive import Archive
from desktop_app.core.errors import Interrupted, NotFound
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import SignInKind, Store
from desktop_app.services.backend import Backend
from desktop_app.services.decoder import Decoder
from desktop_app.services.disk_cache import DiskCache, new_key
from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.local_state import LocalState
from desktop_app.services.sign_ins import SignIns
from desktop_app.services.study_opener import SeriesListed, SeriesOpened
from tests.unit.services.images import STUDY, image, ref

LOCAL = Store.local()


@pytest.fixture
async def backend(tmp_path: Path) -> AsyncIterator[Backend]:
    archive = await Archive.open(tmp_path / "archive")
    sign_ins = SignIns(lambda address: None, lambda *_: pytest.fail("no one signs in here"))
    made = Backend(archive, Decoder(threads=1), FrameCache(10**8), sign_ins)
    yield made
    await made.close()


async def hold(backend: Backend, *numbers: int) -> None:
    for number in numbers:
        await backend.archive.store_bytes(image(ref(number)))


async def test_a_study_is_opened_and_its_images_come(backend: Backend) -> None:
    await hold(backend, 1, 2, 3)
    events = [event async for event in backend.open_study(LOCAL, STUDY)]
    assert isinstance(events[0], SeriesListed)
    opened = events[1]
    assert isinstance(opened, SeriesOpened)
    frames = opened.display_sets[0].frames
    await backend.wish(LOCAL, "viewer", frames, first=True)
    arrivals = backend.connection(LOCAL).loader.arrivals("viewer")
    async with asyncio.timeout(20):
        here = {(await anext(arrivals)).ref for _ in frames}
    assert here == set(frames)
    assert backend.traffic().bytes_received > 0
    assert backend.traffic().trouble == ""
    await backend.forget(LOCAL, "viewer", STUDY)
    assert backend._frames.nbytes == 0


async def test_a_study_is_found_by_its_uid_exactly(backend: Backend) -> None:
    await hold(backend, 1)
    assert (await backend.find_study(LOCAL, study_instance_uid=STUDY)).study_instance_uid == STUDY
    with pytest.raises(NotFound):
        await backend.find_study(LOCAL, study_instance_uid=STUDY + "1")
    with pytest.raises(NotFound):
        await backend.find_study(LOCAL, accession_number="none such")


async def test_one_connection_for_one_store_until_it_is_ended(backend: Backend) -> None:
    first = backend.connection(LOCAL)
    assert backend.connection(LOCAL) is first
    listening = asyncio.ensure_future(anext(first.loader.arrivals("viewer")))
    await asyncio.sleep(0)
    await backend.disconnect(LOCAL)
    with pytest.raises(StopAsyncIteration):
        await listening                                         # who listens can turn to the new one
    with pytest.raises(Interrupted):
        await first.loader.frame(ref(1))
    assert backend.connection(LOCAL) is not first


async def test_what_was_read_of_a_folder_goes_when_it_is_taken_from_the_list(
    backend: Backend, samples: Path, tmp_path: Path
) -> None:
    """There are names in the index; the files themselves stay."""
    folder = tmp_path / "cd"
    folder.mkdir()
    shutil.copy(min((samples / "ct-abdomen").glob("*.dcm")), folder)
    store = Store.of_folder(str(folder))
    assert len((await backend.connection(store).client.search_studies(StudyQuery())).items) == 1
    await backend.disconnect(store)
    assert list(backend._indexes.iterdir()), "it is read again sooner"
    await backend.disconnect(store, for_good=True)
    assert list(backend._indexes.iterdir()) == []
    assert len(list(folder.iterdir())) == 1


async def test_forgetting_makes_no_connection(backend: Backend) -> None:
    await backend.forget(Store.parse("https://archive.example/dicom-web"), "viewer", STUDY)
    assert backend._connections == {}


async def test_clients_of_google_are_closed_too(backend: Backend) -> None:
    backend.google.cloud()
    first = backend.google._clients[SignInKind.GOOGLE]
    backend.sign_ins.google = replace(backend.sign_ins.google, healthcare="https://healthcare.example")
    backend.google.cloud()
    second = backend.google._clients[SignInKind.GOOGLE]
    assert second is not first
    await backend.close()
    assert first.is_closed
    assert second.is_closed


async def test_traffic_can_be_read_while_connections_come_and_go(backend: Backend) -> None:
    failures: list[Exception] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            try:
                backend.traffic()
            except Exception as error:                          # any at all
                failures.append(error)

    thread = threading.Thread(target=look)
    thread.start()
    loader = backend.connection(LOCAL).loader
    for number in range(200):
        loader.wish(f"viewer-{number}", [ref(n) for n in range(20)])
        if number % 3:
            loader.forget(f"viewer-{number - 1}")
        await asyncio.sleep(0)
    stop.set()
    thread.join()
    assert failures == []


async def test_what_the_own_archive_holds_is_not_kept_twice(tmp_path: Path) -> None:
    disk = DiskCache(tmp_path / "cache", new_key())
    sign_ins = SignIns(lambda address: None, lambda *_: pytest.fail("no one signs in here"))
    archive = await Archive.open(tmp_path / "archive")
    backend = Backend(archive, Decoder(threads=1), FrameCache(10**8), sign_ins, LocalState(disk=disk))
    try:
        await hold(backend, 1)
        await backend.connection(LOCAL).loader.frame(ref(1))
        assert backend.connection(LOCAL).loader._kept is None
        assert backend.connection(Store("far", "https://far.invalid/dicom-web")).loader._kept is not None
        await disk.put("https://far.invalid", "1.2.3", b"data")
        assert backend.disk_bytes() > 4
        await backend.wipe(frozenset({"https://far.invalid"}))
        assert backend.disk_bytes() == 0
    finally:
        await backend.close()


@pytest.mark.parametrize("cancelled", [False, True])
async def test_what_was_opened_at_google_is_closed_even_where_the_closing_was_cancelled(
    tmp_path: Path, cancelled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[httpx.AsyncClient] = []

    def make(*arguments: object, **options: object) -> httpx.AsyncClient:
        made.append(httpx.AsyncClient())
        return made[-1]

    monkeypatch.setattr("desktop_app.services.backend.build_http_client", make)
    sign_ins = SignIns(lambda address: None, lambda *_: pytest.fail("no one signs in here"))
    backend = Backend(await Archive.open(tmp_path / "archive"), Decoder(threads=1), FrameCache(10**8), sign_ins)
    backend.google.cloud()
    sign_ins.google = replace(sign_ins.google, healthcare="https://healthcare.example.org")
    backend.google.cloud(SignInKind.GOOGLE_DEFAULT)
    if cancelled:                               # as when the program ends at once
        for closing in backend._left.values():
            closing.cancel()
    await backend.close()
    assert len(made) == 2 and all(client.is_closed for client in made)
