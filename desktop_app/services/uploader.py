"""Uploader: every file gets a verdict, and never a better one than is known.

Scanning, asking, sending and reading back run beside each other: the first files go out while later ones are found.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.errors import AnswerError, LightboxError, NotFound
from desktop_app.core.upload import UploadItem, UploadProgress, Verdict, reason_in_words
from desktop_app.services.decoder import Decoder
from desktop_app.services.same_instance import same_instance
from desktop_app.services.upload_scan import files_below, look_at

if TYPE_CHECKING:
    from desktop_app.dicomweb.client import DicomWebClient
    from desktop_app.dicomweb.store_response import StoreResponse

_LANES = 8
_BATCH_BYTES = 8 * 2**20
_BATCH_FILES = 16
_LOOKED_AT_ONCE = 32

SeriesKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class UploadEvent:
    """News of an upload: files that got their verdict just now, and where it stands."""

    judged: tuple[UploadItem, ...]
    progress: UploadProgress


class Uploader:
    """Uploads to one archive. Lives on the network thread."""

    def __init__(self, client: DicomWebClient, decoder: Decoder) -> None:
        self._client, self._decoder = client, decoder

    async def upload(self, paths: Sequence[Path]) -> AsyncIterator[UploadEvent]:
        """Uploads all that lies below the paths; ends when every file has its verdict.

        Cancelling stops the network too.
        """
        run = _Run(self._client, self._decoder)
        work = asyncio.create_task(run.go(paths))
        try:
            while not work.done() or not run.news.empty():
                getting = asyncio.create_task(run.news.get())
                done, _ = await asyncio.wait((getting, work), return_when=asyncio.FIRST_COMPLETED)
                if getting in done:
                    judged = [getting.result()]
                    while not run.news.empty():
                        judged.append(run.news.get_nowait())
                    yield UploadEvent(tuple(item for item in judged if item is not None), run.progress)
                else:
                    getting.cancel()
            await work
            yield UploadEvent((), run.progress)
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)


class _Run:
    """One upload under way."""

    def __init__(self, client: DicomWebClient, decoder: Decoder) -> None:
        self.news: asyncio.Queue[UploadItem | None] = asyncio.Queue()
        self._client, self._decoder = client, decoder
        self._verdicts: Counter[Verdict] = Counter()
        self._found = self._done = self._total_bytes = self._sent_bytes = 0
        self._scanning = True
        self._there: dict[SeriesKey, asyncio.Task[set[str]]] = {}
        self._first_of: dict[str, UploadItem] = {}  # SOP Instance UID → the first file of this drop with it
        self._claimed: dict[SeriesKey, list[UploadItem]] = {}  # said to be stored, not read back yet

    @property
    def progress(self) -> UploadProgress:
        totals = tuple(sorted(self._verdicts.items(), key=lambda pair: list(Verdict).index(pair[0])))
        return UploadProgress(
            self._found, self._done, self._total_bytes, self._sent_bytes, self._scanning, totals
        )

    async def go(self, paths: Sequence[Path]) -> None:
        ready: asyncio.Queue[UploadItem | None] = asyncio.Queue(maxsize=_BATCH_FILES * _LANES * 2)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._scan(paths, ready))
            group.create_task(self._dispatch(ready))
        await self._read_back()

    # -- finding -------------------------------------------------------------------------------------------------

    async def _scan(self, paths: Sequence[Path], ready: asyncio.Queue[UploadItem | None]) -> None:
        files = await self._decoder.run(lambda: iter(files_below([Path(path) for path in paths])))
        while True:
            bunch = await self._decoder.run(
                lambda: [look_at(path) for _, path in zip(range(_LOOKED_AT_ONCE), files, strict=False)]
            )
            if not bunch:
                break
            for item in bunch:
                self._found += 1
                self._total_bytes += item.size
                if item.verdict is not None:
                    self._judge(item)
                elif item.sop_instance_uid in self._first_of:
                    self._judge(await self._twin(item))
                else:
                    self._first_of[item.sop_instance_uid] = item
                    await ready.put(item)
            self.news.put_nowait(None)
        self._scanning = False
        await ready.put(None)

    async def _twin(self, item: UploadItem) -> UploadItem:
        """The same UID twice in one drop: only the first is sent."""
        first = self._first_of[item.sop_instance_uid]
        try:
            same = await self._decoder.run(
                lambda: same_instance(item.path.read_bytes(), first.path.read_bytes())
            )
        except OSError as error:
            return item.judged(
                Verdict.UNREADABLE, f"The file cannot be read: {error.strerror or 'the disk refused'}."
            )
        if same:
            return item.judged(
                Verdict.ALREADY_THERE, f"The same as {first.path.name}, which is in this upload too."
            )
        return item.judged(
            Verdict.CONFLICT,
            f"It has the UID of {first.path.name} in this upload, but other content. Only that one was sent.",
        )

    # -- sending -------------------------------------------------------------------------------------------------

    async def _dispatch(self, ready: asyncio.Queue[UploadItem | None]) -> None:
        lanes = asyncio.Semaphore(_LANES)
        async with asyncio.TaskGroup() as group:
            batch: list[UploadItem] = []
            while True:
                item = await ready.get()
                if item is not None:
                    there = await self._already_there(item)
                    if there is None:
                        continue
                    if item.sop_instance_uid in there:
                        await lanes.acquire()
                        group.create_task(self._in_lane(lanes, self._compare(item)))
                        continue
                    batch.append(item)
                full = len(batch) >= _BATCH_FILES or sum(one.size for one in batch) >= _BATCH_BYTES
                if batch and (full or item is None or ready.empty()):
                    await lanes.acquire()
                    group.create_task(self._in_lane(lanes, self._send(tuple(batch))))
                    batch = []
                if item is None:
                    return

    @staticmethod
    async def _in_lane(lanes: asyncio.Semaphore, work: object) -> None:
        try:
            await work  # type: ignore[misc]
        finally:
            lanes.release()

    async def _already_there(self, item: UploadItem) -> set[str] | None:
        """The UIDs that the archive has of this series; None, with a verdict, when it cannot be asked."""
        key = (item.study_instance_uid, item.series_instance_uid)
        if key not in self._there:
            self._there[key] = asyncio.create_task(self._list_series(key))
        try:
            return await self._there[key]
        except LightboxError as error:
            self._judge(item.judged(Verdict.NOT_SENT, error.user_text))
            return None

    async def _list_series(self, key: SeriesKey) -> set[str]:
        try:
            return {instance.sop_instance_uid async for instance in self._client.iter_instances(*key)}
        except NotFound:
            return set()

    async def _compare(self, item: UploadItem) -> None:
        """An instance with this UID is there already: the same one, or another?"""
        try:
            theirs = await self._client.retrieve_instance(
                item.study_instance_uid, item.series_instance_uid, item.sop_instance_uid
            )
            same = await self._decoder.run(lambda: same_instance(item.path.read_bytes(), theirs))
        except LightboxError as error:
            self._judge(
                item.judged(
                    Verdict.NOT_SENT,
                    f"The archive has an object with this UID that cannot be compared. {error.user_text}",
                )
            )
        except OSError as error:
            self._judge(
                item.judged(
                    Verdict.UNREADABLE, f"The file cannot be read: {error.strerror or 'the disk refused'}."
                )
            )
        else:
            if same:
                self._judge(
                    item.judged(Verdict.ALREADY_THERE, "The archive has it already, with the same content.")
                )
            else:
                self._judge(
                    item.judged(
                        Verdict.CONFLICT,
                        "The archive has an object with this UID but other content. Nothing was sent.",
                    )
                )

    async def _send(self, batch: tuple[UploadItem, ...]) -> None:
        try:
            response = await self._client.store([item.path for item in batch], on_bytes=self._count_bytes)
        except (AnswerError, LightboxError) as error:
            if len(batch) > 1:
                for item in batch:  # one bad file must not speak for the others
                    await self._send((item,))
                return
            verdict = Verdict.REFUSED if isinstance(error, AnswerError) else Verdict.NOT_SENT
            self._judge(batch[0].judged(verdict, error.user_text))
            return
        for item in batch:
            self._take_answer(item, response)

    def _take_answer(self, item: UploadItem, response: StoreResponse) -> None:
        failure = response.reason_for(item.sop_instance_uid)
        if failure is not None:
            words = reason_in_words(failure.reason)
            self._judge(
                item.judged(Verdict.REFUSED, f"{words[0].upper()}{words[1:]}. {failure.detail}".strip())
            )
            return
        self._claimed.setdefault((item.study_instance_uid, item.series_instance_uid), []).append(item)
        self.news.put_nowait(None)

    def _count_bytes(self, nbytes: int) -> None:
        self._sent_bytes += nbytes

    # -- reading back --------------------------------------------------------------------------------------------

    async def _read_back(self) -> None:
        """ "Stored" is said only of what the archive lists afterwards."""
        for key, items in self._claimed.items():
            try:
                listed = await self._list_series(key)
            except LightboxError as error:
                for item in items:
                    self._judge(
                        item.judged(
                            Verdict.STORED_WITH_WARNING,
                            f"The archive took it, but could not be asked afterwards. {error.user_text}",
                        )
                    )
                continue
            for item in items:
                if item.sop_instance_uid in listed:
                    self._judge(item.judged(Verdict.STORED))
                else:
                    self._judge(
                        item.judged(
                            Verdict.REFUSED,
                            "The archive took it without complaint, but does not list it afterwards.",
                        )
                    )

    def _judge(self, item: UploadItem) -> None:
        self._done += 1
        assert item.verdict is not None
        self._verdicts[item.verdict] += 1
        self.news.put_nowait(item)
