"""What comes from the disk cache instead of the network, and what happens when the disk fails."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from desktop_app.core.frame_ref import FrameRef
from desktop_app.services import kept_instances
from desktop_app.services.cache_key import CacheKey
from desktop_app.services.disk_cache import DiskCache, new_key
from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.image_loader import ImageLoader
from desktop_app.services.wanted import Presence
from tests.unit.services.images import FakeArchive, ThreadlessDecoder, image, ref, refs

STORE = "https://archive"


class Sessions:
    """Programs that start one after the other at one archive with one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.archive = folder, FakeArchive()
        self.disk = DiskCache(folder, new_key())
        self._loader: ImageLoader | None = None

    async def start(self) -> ImageLoader:
        """A loader with nothing in memory."""
        await self.end()
        self._loader = ImageLoader(
            STORE, self.archive, ThreadlessDecoder(), FrameCache(10_000_000), disk=self.disk,  # type: ignore[arg-type]
        )
        self.archive.asked.clear()
        return self._loader

    async def end(self) -> None:
        if self._loader is not None:
            assert self._loader._kept is not None
            await self._loader._kept.written()
            await self._loader.close()

    @property
    def files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())


@pytest.fixture
async def sessions(tmp_path: Path) -> AsyncIterator[Sessions]:
    made = Sessions(tmp_path / "cache")
    await made.disk.open()
    yield made
    await made.end()
    made.disk.close()


async def load(loader: ImageLoader, wanted: list[FrameRef]) -> None:
    loader.wish("viewer", wanted, first=True)
    here: set[FrameRef] = set()
    async with asyncio.timeout(20):
        async for arrival in loader.arrivals("viewer"):
            assert arrival.presence is Presence.HERE, arrival
            here.add(arrival.ref)
            if len(here) == len(wanted):
                return


async def test_a_study_that_is_opened_again_asks_the_archive_for_no_image(sessions: Sessions) -> None:
    sessions.archive.hold(*refs(*range(1, 21)))
    await load(await sessions.start(), refs(*range(1, 21)))
    assert len(sessions.archive.asked) == 20
    await load(await sessions.start(), refs(*range(1, 21)))
    assert sessions.archive.asked == []


async def test_what_someone_looks_at_is_read_from_the_disk(sessions: Sessions) -> None:
    sessions.archive.hold(ref(1))
    await (await sessions.start()).frame(ref(1))
    frame = await (await sessions.start()).frame(ref(1))
    assert (frame.pixels[0, 0], sessions.archive.asked) == (1, [])


async def test_frames_of_one_object_are_read_once(sessions: Sessions) -> None:
    frames = [ref(1, number) for number in range(1, 6)]
    sessions.archive.hold(ref(1), frames=5)
    await load(await sessions.start(), frames)
    await load(await sessions.start(), frames)
    assert sessions.archive.asked == []


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-40])


def turn_a_bit(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


@pytest.mark.parametrize("damage", [cut, turn_a_bit, Path.unlink])
async def test_a_damaged_entry_is_fetched_again(sessions: Sessions, damage: Callable[[Path], None]) -> None:
    sessions.archive.hold(*refs(1, 2, 3))
    await load(await sessions.start(), refs(1, 2, 3))
    await sessions.end()
    damage(sessions.files[0])
    await load(await sessions.start(), refs(1, 2, 3))
    assert len(sessions.archive.asked) == 1
    await load(await sessions.start(), refs(1, 2, 3))
    assert sessions.archive.asked == []


async def test_a_demand_for_a_damaged_entry_asks_the_archive(sessions: Sessions) -> None:
    sessions.archive.hold(ref(1))
    await (await sessions.start()).frame(ref(1))
    await sessions.end()
    cut(sessions.files[0])
    assert (await (await sessions.start()).frame(ref(1))).pixels[0, 0] == 1
    assert sessions.archive.asked == [ref(1).sop_instance_uid]


@pytest.mark.parametrize("data", [b"nothing that is DICOM", image(ref(2))], ids=["no DICOM", "another object"])
async def test_an_entry_of_no_use_is_fetched_again(sessions: Sessions, data: bytes) -> None:
    sessions.archive.hold(*refs(1, 2))
    await sessions.disk.put(STORE, ref(1).sop_instance_uid, data)
    await load(await sessions.start(), refs(1, 2))
    assert sorted(sessions.archive.asked) == sorted(one.sop_instance_uid for one in refs(1, 2))
    await sessions.end()
    assert await sessions.disk.get(STORE, ref(1).sop_instance_uid) == sessions.archive.objects[ref(1).sop_instance_uid]


async def test_trying_again_means_asking_the_archive(sessions: Sessions) -> None:
    sessions.archive.hold(ref(1))
    await (await sessions.start()).frame(ref(1))
    await (await sessions.start()).frame(ref(1), again=True)
    assert sessions.archive.asked == [ref(1).sop_instance_uid]


async def test_a_full_disk_is_only_slower(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions.disk, "_has_room_on_disk", lambda size: False)
    sessions.archive.hold(*refs(1, 2, 3))
    await load(await sessions.start(), refs(1, 2, 3))
    await load(await sessions.start(), refs(1, 2, 3))
    assert len(sessions.archive.asked) == 3
    assert sessions.disk.nbytes == 0


async def test_a_folder_that_is_taken_away_is_filled_again(sessions: Sessions) -> None:
    sessions.archive.hold(*refs(*range(1, 11)))
    await load(await sessions.start(), refs(*range(1, 11)))
    loader = await sessions.start()
    shutil.rmtree(sessions.folder)
    await load(loader, refs(*range(1, 11)))
    assert len(sessions.archive.asked) == 10
    await load(await sessions.start(), refs(*range(1, 11)))
    assert sessions.archive.asked == []


async def test_what_the_disk_cannot_follow_is_not_held_in_memory(
    sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions.archive.hold(*refs(1, 2))
    monkeypatch.setattr(kept_instances, "UNWRITTEN_BYTES", len(sessions.archive.objects[ref(1).sop_instance_uid]) + 1)
    loader = await sessions.start()
    assert loader._kept is not None
    for one in refs(1, 2):
        loader._kept.keep(one, sessions.archive.objects[one.sop_instance_uid])
    await loader._kept.written()
    assert [sessions.disk.has(STORE, one.sop_instance_uid) for one in refs(1, 2)] == [True, False]


async def test_the_background_waits_for_the_disk(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = refs(*range(1, 31))
    sessions.archive.hold(*wanted)
    size = len(sessions.archive.objects[ref(1).sop_instance_uid])
    monkeypatch.setattr(kept_instances, "BEHIND_BYTES", size)
    monkeypatch.setattr(kept_instances, "UNWRITTEN_BYTES", 20 * size)
    await load(await sessions.start(), wanted)
    await sessions.end()
    assert all(sessions.disk.has(STORE, one.sop_instance_uid) for one in wanted)


async def test_before_the_key_is_known_nothing_is_kept(tmp_path: Path) -> None:
    disk = DiskCache(tmp_path, new_key())
    assert not await disk.put(STORE, "1.2.3", b"data")
    disk.close()


# --------------------------------------------------------------------------------------------------------------- key

class OneKeychain:
    """Remembers, unless it is told to refuse."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.refuses = False

    def get(self, name: str) -> str:
        return "" if self.refuses else self.kept.get(name, "")

    def set(self, name: str, secret: str) -> bool:
        if not self.refuses:
            self.kept[name] = secret
        return not self.refuses

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


async def opened(folder: Path, keychain: OneKeychain) -> DiskCache:
    disk = DiskCache(folder, new_key())
    await CacheKey(keychain).open(disk)
    return disk


async def test_the_key_outlives_the_session_in_the_keychain(tmp_path: Path) -> None:
    keychain = OneKeychain()
    first = await opened(tmp_path, keychain)
    await first.put(STORE, "1.2.3", b"data")
    first.close()
    again = await opened(tmp_path, keychain)
    assert await again.get(STORE, "1.2.3") == b"data"
    again.close()
    assert all(b"data" not in path.read_bytes() for path in tmp_path.rglob("*.lbx"))


@pytest.mark.parametrize("broken", ["", "no hex", "abcd"])
async def test_without_a_key_that_fits_the_cache_begins_anew(tmp_path: Path, broken: str) -> None:
    keychain = OneKeychain()
    first = await opened(tmp_path, keychain)
    await first.put(STORE, "1.2.3", b"data")
    first.close()
    keychain.kept = dict.fromkeys(keychain.kept, broken)
    again = await opened(tmp_path, keychain)
    assert (again.nbytes, list(tmp_path.rglob("*.lbx"))) == (0, [])
    again.close()


async def test_wiping_forgets_the_key(tmp_path: Path) -> None:
    keychain = OneKeychain()
    disk = await opened(tmp_path, keychain)
    await disk.put(STORE, "1.2.3", b"data")
    before = dict(keychain.kept)
    await CacheKey(keychain).wipe(disk)
    assert not disk.has(STORE, "1.2.3") and keychain.kept != before
    assert list(tmp_path.rglob("*.lbx")) == []
    await disk.put(STORE, "1.2.4", b"more")
    disk.close()
    again = await opened(tmp_path, keychain)
    assert await again.get(STORE, "1.2.4") == b"more"
    again.close()


async def test_a_keychain_that_refuses_leaves_a_key_for_this_session(tmp_path: Path) -> None:
    keychain = OneKeychain()
    keychain.refuses = True
    disk = await opened(tmp_path, keychain)
    assert await disk.put(STORE, "1.2.3", b"data") and disk.has(STORE, "1.2.3")
    disk.close()
