"""The services are built whole or not at all."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_app.archive.archive import Archive
from desktop_app.building import build_backend
from desktop_app.core.errors import DiskError
from desktop_app.core.settings import Settings
from desktop_app.services.backend import Backend
from desktop_app.services.dialects import Dialects
from desktop_app.services.folders import Folders
from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.site_file import Site
from desktop_app.services.upload_journal import UploadJournal


@pytest.fixture(autouse=True)
def _nothing_runs_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Also while somebody still holds what was made: a thread must not wait for the garbage to be collected."""
    held: list[object] = []

    def keep(kind: type[Archive | UploadJournal]) -> None:
        begin = kind.__init__

        def make(self: object, *arguments: object) -> None:
            held.append(self)
            begin(self, *arguments)                                                 # type: ignore[arg-type]

        monkeypatch.setattr(kind, "__init__", make)

    keep(Archive)
    keep(UploadJournal)
    yield
    assert held
    running = [thread for thread in threading.enumerate() if thread.name.startswith(("archive-", "upload-"))]
    for thread in running:
        thread.join(3.0)
    assert not [thread.name for thread in running if thread.is_alive()]


async def build(home: Path) -> Backend:
    folders = Folders.below(home)
    folders.make()
    return await build_backend(folders, None, FrameCache(10**6), lambda address: None, Settings(), None, Site())


def replace(patch: pytest.MonkeyPatch, step: str, work: Callable[..., None]) -> None:
    """Something else is done where a part of the build works on a thread."""
    if step == "journal":
        patch.setattr(UploadJournal, "_open", work)
    else:
        patch.setattr(Dialects, "__init__", work)


@pytest.mark.parametrize("step", ["journal", "dialects"])
async def test_a_build_that_fails_leaves_nothing_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object) -> None:
        raise DiskError("no")

    replace(monkeypatch, step, fail)
    with pytest.raises(DiskError):
        await build(tmp_path)


@pytest.mark.parametrize("step", ["journal", "dialects"])
async def test_a_build_that_is_given_up_leaves_nothing_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    began, go_on = threading.Event(), threading.Event()

    def wait(*_: object) -> None:
        began.set()
        go_on.wait(10)

    replace(monkeypatch, step, wait)
    task = asyncio.create_task(build(tmp_path))
    await asyncio.to_thread(began.wait, 10)
    task.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_build_that_is_built_again_after_a_failure_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise DiskError("no")

    with monkeypatch.context() as patch:
        replace(patch, "dialects", fail)
        with pytest.raises(DiskError):
            await build(tmp_path)
    backend = await build(tmp_path)
    try:
        assert await backend.archive.count() == 0
    finally:
        await backend.close()
