"""View-models without threads: the network's work runs on the test's own loop, the loader is the real one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QTimer

from desktop_app.core.errors import LightboxError
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import Store
from desktop_app.core.study import Instance, Series, Study
from desktop_app.dicomweb.search import SearchPage
from desktop_app.services.fetch_queue import QueueStatus
from desktop_app.services.first_images import OWNER as FIRST_IMAGES
from desktop_app.services.first_images import wish_first_images
from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.image_loader import ImageLoader
from desktop_app.services.lane_limit import LaneLimit
from desktop_app.services.study_opener import StudyEvent, open_study
from desktop_app.services.thumbnails import Thumbnails
from tests.unit.services.fake_clock import FakeClock, settle
from tests.unit.services.images import STUDY, FakeArchive, ThreadlessDecoder, image

STORE = Store.parse("https://archive.example/dicom-web", "Archive")


def series(uid: str, modality: str = "CT", number: int | None = 1, *, stated: int | None = None) -> Series:
    return Series(STUDY, uid, modality, number, f"Series {uid}", instance_count=stated)


def instances(uid: str, count: int) -> list[Instance]:
    """A volume of axial slices."""
    return [
        Instance(
            STUDY, uid, f"{uid}.{number}", "1.2.840.10008.5.1.4.1.1.2", number, rows=8, columns=8,
            image_position=(0.0, 0.0, float(number)), image_orientation=(1.0, 0.0, 0.0, 0.0, 1.0, 0.0),
        )
        for number in range(1, count + 1)
    ]


class SearchableArchive(FakeArchive):
    """Answers searches page by page, as it was told to."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: dict[int, SearchPage | Exception] = {}
        self.searches: list[tuple[StudyQuery, int]] = []

    async def search_studies(self, query: StudyQuery, *, offset: int = 0, limit: int = 100) -> SearchPage:
        self.searches.append((query, offset))
        await self.gate.enter(("search", offset))
        page = self.pages[offset]
        if isinstance(page, Exception):
            raise page
        return page

    def hold_series(self, uid: str, count: int, **of: Any) -> None:
        self.series.append(series(uid, **of))
        self.instances[uid] = instances(uid, count)
        for one in self.instances[uid]:
            ref = FrameRef(STUDY, uid, one.sop_instance_uid)
            self.objects[one.sop_instance_uid] = image(ref)


@dataclass
class DirectBackend:
    """The backend's verbs over one archive."""

    archive: SearchableArchive = field(default_factory=SearchableArchive)
    frames: FrameCache = field(default_factory=lambda: FrameCache(10**8))
    clock: FakeClock = field(default_factory=FakeClock)
    decoder: ThreadlessDecoder = field(default_factory=ThreadlessDecoder)
    wishes: list[tuple[str, tuple[FrameRef, ...], bool]] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    status: QueueStatus = field(default_factory=QueueStatus)
    facts: dict[str, Study] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connect()

    def connect(self) -> None:
        """Makes what talks to the archive (anew, as after a sign-in)."""
        self.client = self.archive
        self.loader = ImageLoader(
            STORE.key, self.archive, self.decoder, self.frames,                 # type: ignore[arg-type]
            lanes=LaneLimit(start=8), clock=self.clock,
        )
        self.thumbnails = Thumbnails(self.archive, self.loader, self.decoder)   # type: ignore[arg-type]

    def connection(self, store: Store) -> DirectBackend:
        return self

    def read_study(self, store: Store, study_instance_uid: str) -> AsyncIterator[StudyEvent]:
        return open_study(self.archive, study_instance_uid)                     # type: ignore[arg-type]

    open_study = read_study                 # nothing is noted here

    async def wish_first_images(self, store: Store, study_instance_uid: str) -> int:
        return await wish_first_images(self.archive, self.loader, study_instance_uid)      # type: ignore[arg-type]

    async def forget_first_images(self, store: Store) -> None:
        self.loader.forget(FIRST_IMAGES)

    async def completed(self, store: Store, studies: Sequence[Study]) -> AsyncIterator[Study]:
        for study in studies:
            if study.study_instance_uid in self.facts:
                yield self.facts[study.study_instance_uid]

    async def wish(self, store: Store, owner: str, refs: Sequence[FrameRef], *, first: bool) -> None:
        self.wishes.append((owner, tuple(refs), first))
        self.loader.wish(owner, refs, first=first)

    async def try_again(self, store: Store, owner: str) -> None:
        self.loader.try_again(owner)

    async def forget(self, store: Store, owner: str, study_instance_uid: str) -> None:
        self.forgotten.append(owner)
        self.loader.forget(owner)

    def traffic(self) -> QueueStatus:
        return self.status

    def disk_bytes(self) -> int:
        return 0


class DirectNetwork:
    """The bridge with both ends on one bank."""

    def __init__(self) -> None:
        self.backend = DirectBackend()
        self._tasks: set[asyncio.Task[Any]] = set()

    async def call(self, work: Callable[[Any], Awaitable[Any]]) -> Any:
        return await work(self.backend)

    def submit(self, work: Callable[[Any], Awaitable[Any]]) -> Future[Any]:
        async def run() -> Any:
            return await work(self.backend)

        try:
            task = asyncio.get_running_loop().create_task(run())
        except RuntimeError:            # the test is over, but a timer of Qt's still fired
            return Future()
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return Future()

    def peek(self, look: Callable[[Any], Any]) -> Any:
        return look(self.backend)

    async def stream(self, work: Callable[[Any], AsyncIterator[Any]]) -> AsyncIterator[tuple[Any, ...]]:
        items = work(self.backend)
        try:
            async for item in items:
                yield (item,)
        finally:
            await items.aclose()                                                # type: ignore[attr-defined]

    async def close(self) -> None:
        self.backend.archive.gate.open = self.backend.decoder.gate.open = True
        await self.backend.loader.close()
        await settle()


def study(uid: str = STUDY, date: str = "20260101", **of: Any) -> Study:
    return Study(uid, study_date=date, **of)


def page(*studies: Study, more: bool = False, next_offset: int = 0) -> SearchPage:
    return SearchPage(studies, more, next_offset or len(studies))


async def fire(timer: QTimer) -> None:
    """Its time has come; fails when nobody set it."""
    assert timer.isActive(), "the timer was not set"
    timer.stop()
    timer.timeout.emit()
    await settle(60)


def text_of(error: LightboxError | None) -> str:
    return error.user_text if error is not None else ""


async def until_written(condition: Callable[[], bool]) -> None:
    """Waits for work on another thread: a file that is written or read."""
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        await asyncio.sleep(0.005)
