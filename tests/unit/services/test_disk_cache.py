"""The disk cache: encrypted, bounded, honest about damage."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from desktop_app.services.disk_cache import DiskCache, new_key

STORE, UID = "https://store.invalid", "1.2.3"
DATA = b"DICM" + bytes(range(256)) * 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
async def cache(folder: Path) -> AsyncIterator[DiskCache]:
    cache = DiskCache(folder, new_key())
    await cache.open()
    yield cache
    cache.close()


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


async def test_gives_back_what_it_was_given(cache: DiskCache) -> None:
    assert await cache.get(STORE, UID) is None
    assert await cache.put(STORE, UID, DATA)
    assert cache.has(STORE, UID)
    assert await cache.get(STORE, UID) == DATA
    assert await cache.get("https://other.invalid", UID) is None


async def test_neither_name_nor_content_tells_anything(cache: DiskCache, folder: Path) -> None:
    await cache.put(STORE, UID, DATA)
    (file,) = files(folder)
    assert UID not in str(file) and "store" not in file.name
    assert b"DICM" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


async def test_is_there_at_the_next_start_with_the_same_key_only(folder: Path) -> None:
    key = new_key()
    first = DiskCache(folder, key)
    await first.open()
    await first.put(STORE, UID, DATA)
    first.close()
    again = DiskCache(folder, key)
    await again.open()
    assert await again.get(STORE, UID) == DATA
    again.close()
    other = DiskCache(folder, new_key())
    await other.open()
    assert not other.has(STORE, UID)
    assert files(folder) == [], "what nobody can read is not kept"
    other.close()


DAMAGES = [lambda b: b[:-1], lambda b: b"", lambda b: b[:20] + b"\0" + b[21:], lambda b: b[:30]]


@pytest.mark.parametrize("damage", DAMAGES)
async def test_a_damaged_entry_is_noticed_and_goes(cache: DiskCache, folder: Path, damage) -> None:  # type: ignore[no-untyped-def]
    await cache.put(STORE, UID, DATA)
    (file,) = files(folder)
    file.write_bytes(damage(file.read_bytes()))
    assert await cache.get(STORE, UID) is None
    assert not cache.has(STORE, UID)
    assert files(folder) == []


async def test_entries_cannot_be_exchanged(cache: DiskCache, folder: Path) -> None:
    await cache.put(STORE, "1.1", b"one" * 50)
    await cache.put(STORE, "1.2", b"two" * 50)
    first, second = files(folder)
    content = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)
    assert await cache.get(STORE, "1.1") is None
    assert await cache.get(STORE, "1.2") is None


async def test_the_longest_unused_goes_first(folder: Path) -> None:
    cache = DiskCache(folder, new_key(), budget_bytes=3 * 1100)
    await cache.open()
    for uid in ("1", "2", "3"):
        await cache.put(STORE, uid, bytes(1000))
    await cache.get(STORE, "1")
    await cache.put(STORE, "4", bytes(1000))
    assert [cache.has(STORE, uid) for uid in ("1", "2", "3", "4")] == [True, False, True, True]
    assert cache.nbytes <= cache.budget_bytes
    assert cache.nbytes == sum(file.stat().st_size for file in files(folder))
    cache.close()


async def test_a_folder_that_is_taken_away_while_running_is_an_empty_cache(cache: DiskCache, folder: Path) -> None:
    import shutil

    await cache.put(STORE, UID, DATA)
    shutil.rmtree(folder)
    assert await cache.get(STORE, UID) is None
    assert not cache.has(STORE, UID)
    assert await cache.put(STORE, UID, DATA), "and it is used again"
    assert await cache.get(STORE, UID) == DATA


async def test_a_disk_that_refuses_is_no_error(cache: DiskCache, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "open", full)
    assert not await cache.put(STORE, UID, DATA)
    monkeypatch.undo()
    assert not cache.has(STORE, UID)
    assert files(folder) == []


async def test_wiping_leaves_nothing_and_goes_on(cache: DiskCache, folder: Path) -> None:
    await cache.put(STORE, UID, DATA)
    await cache.wipe(new_key())
    assert files(folder) == []
    assert cache.nbytes == 0
    await cache.put(STORE, UID, DATA)
    assert await cache.get(STORE, UID) == DATA
