"""ReadBack: the archive is asked what it lists, before anything is sent and after; only then "stored" is said."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from desktop_app.core.errors import LightboxError, NotFound
from desktop_app.core.upload import UploadItem, Verdict
from desktop_app.core.words import say, t
from desktop_app.services.upload_outgoing import Outgoing
from desktop_app.services.upload_sender import Sender
from desktop_app.services.upload_zip import Zips

_SERIES_AT_ONCE = 6
_QUESTIONS_AT_ONCE = 2
_ASKED_TOGETHER = 24    # instances: an address of 2,000 characters is refused nowhere
_LAGS_S = (1.0, 2.0, 4.0)  # an archive's list may lag behind what it has stored

_LOST_ANSWER = t("services", "The archive took it without complaint, but does not list it afterwards.")
_CANNOT_ASK = t("services", "The archive took it, but could not be asked afterwards. {}")

SeriesKey = tuple[str, str]
Judge = Callable[[Sequence[UploadItem]], Awaitable[None]]


class ReadBack:
    """For one upload. What the archive claimed to have stored waits here until it is listed."""

    def __init__(self, sender: Sender, zips: Zips, judge: Judge) -> None:
        self._sender, self._zips, self._judge = sender, zips, judge
        self._series, self._questions = asyncio.Semaphore(_SERIES_AT_ONCE), asyncio.Semaphore(_QUESTIONS_AT_ONCE)
        self._claimed: dict[SeriesKey, list[UploadItem]] = {}
        self._asks_early = True

    def claimed(self, items: Sequence[UploadItem]) -> None:
        """The archive says that it has stored these."""
        for item in items:
            self._claimed.setdefault(item.series_key, []).append(item)

    async def listed(
        self, key: SeriesKey, outgoing: Outgoing, unless: Callable[[], LightboxError | None]
    ) -> frozenset[str]:
        """The UIDs that the archive has of a series. Raises what `unless` says when its turn comes."""
        async with self._series:
            if (error := unless()) is not None:
                raise error
            return await self._sender.patiently(lambda: self._list(key, outgoing))

    async def early(self, outgoing: Outgoing) -> None:
        """Asks for some of what was claimed until now, while the rest is sent. What is not listed yet is asked for
        again at the end; an archive that does not answer such a question is not asked another."""
        key, items = next(
            ((key, items) for key, items in self._claimed.items() if len(items) >= _ASKED_TOGETHER), (("", ""), []))
        if not items or not self._asks_early or self._questions.locked():
            return              # an archive that is busy storing is not made to answer a queue of questions
        asked, self._claimed[key] = items[:_ASKED_TOGETHER], items[_ASKED_TOGETHER:]
        by_uid = {outgoing.uid(item.sop_instance_uid): item for item in asked}
        async with self._questions:
            try:
                listed = await self._sender.client.list_among(outgoing.uid(key[0]), outgoing.uid(key[1]), tuple(by_uid))
            except LightboxError:
                listed = frozenset()        # the question at the end has the last word
            if not listed or not listed <= by_uid.keys():
                self._asks_early = False
            self._claimed[key] += [item for uid, item in by_uid.items() if uid not in listed]
            await self._settle([item for uid, item in by_uid.items() if uid in listed], listed, outgoing)

    async def rest(self, outgoing: Outgoing) -> None:
        """All that was claimed gets its verdict."""
        async with asyncio.TaskGroup() as group:
            for key, items in self._claimed.items():
                if items:
                    group.create_task(self._rest_of(key, items, outgoing))
        self._claimed = {}

    async def _rest_of(self, key: SeriesKey, items: Sequence[UploadItem], outgoing: Outgoing) -> None:
        async with self._series:
            try:
                listed = await self._sender.patiently(lambda: self._list(key, outgoing))
                for lag in _LAGS_S:
                    if all(outgoing.uid(item.sop_instance_uid) in listed for item in items):
                        break
                    await self._sender.sleep(lag)
                    listed = await self._sender.patiently(lambda: self._list(key, outgoing))
            except LightboxError as error:
                reason = say("services", _CANNOT_ASK).format(error.user_text)
                await self._judge([item.judged(Verdict.STORED_WITH_WARNING, reason) for item in items])
                return
        await self._settle(items, listed, outgoing)

    async def _settle(self, items: Sequence[UploadItem], listed: frozenset[str], outgoing: Outgoing) -> None:
        judged = [_verdict_after(item, listed, outgoing) for item in items]
        if outgoing.choices.verify:
            judged = [await self._sender.verified(item, self._zips, outgoing) for item in judged]
        await self._judge(judged)

    async def _list(self, key: SeriesKey, outgoing: Outgoing) -> frozenset[str]:
        try:
            return frozenset(
                [instance.sop_instance_uid async for instance in self._sender.client.iter_instances(
                    outgoing.uid(key[0]), outgoing.uid(key[1]), only_uids=True)]
            )
        except NotFound:
            return frozenset()


def _verdict_after(item: UploadItem, listed: frozenset[str], outgoing: Outgoing) -> UploadItem:
    if outgoing.uid(item.sop_instance_uid) not in listed:
        return item.judged(Verdict.REFUSED, say("services", _LOST_ANSWER))
    remark = f"{item.reason} {outgoing.doubt(item)}".strip()
    return item.judged(Verdict.STORED_WITH_WARNING if remark else Verdict.STORED, remark)
