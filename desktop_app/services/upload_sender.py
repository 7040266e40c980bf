"""Sender: gets batches of files to the archive, repeats what is worth it, and says what became of each.

The same SOP Instance may be sent again without harm, so whatever broke off is sent again. A refusal is an answer and is
not repeated; a batch that is refused as a whole is sent in halves, so that one bad file does not speak for the others.
"""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from desktop_app.core.difference import InstanceDifference
from desktop_app.core.errors import (
    AnswerError,
    DamagedDicom,
    DicomError,
    Disconnected,
    DiskError,
    LightboxError,
    NetworkError,
    NotAllowed,
    ServerFailed,
    SignInNeeded,
    TooBusy,
    Unreachable,
    user_text,
)
from desktop_app.core.upload import UploadItem, Verdict, reason_in_words
from desktop_app.core.words import say, t
from desktop_app.dicomweb.store_body import Source
from desktop_app.dicomweb.store_metadata import NOT_APART, MetadataForm, split_file
from desktop_app.dicomweb.transport import RetryPolicy
from desktop_app.services.compare_instances import compare_instances
from desktop_app.services.decoder import Decoder, Urgency
from desktop_app.services.same_instance import same_instance
from desktop_app.services.upload_lanes import BatchSize, Lanes
from desktop_app.services.upload_outgoing import Outgoing, read_file
from desktop_app.services.upload_zip import Zips, ZipTrouble

if TYPE_CHECKING:
    from desktop_app.dicomweb.client import DicomWebClient
    from desktop_app.dicomweb.store_response import StoreResponse

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[Any]]

PATIENCE = RetryPolicy(attempts=8, first_pause_s=0.5, max_pause_s=20.0)
_AWAY_KNOWN_S = 90.0  # how long an archive may be away that has answered before …
_AWAY_NEVER_SEEN_S = 4.0  # … and one that never did: its address may be wrong
ABOUT_ALL = (SignInNeeded, NotAllowed, Unreachable, Disconnected)    # what is left would fare the same
_MOST_TIMES_AWAY = 8
_MOST_COMPARED = 2**30
_LARGE = 4 * 2**20      # what is larger, and held in memory as a whole, waits for its turn
_LARGE_AT_ONCE = 2
_MOST_HELD = 2 * 2**20  # of one request, where it cannot be streamed
_MOST_APART = 2**28  # it is held in memory twice
_EXISTS_SURELY = frozenset({0x0111, 0xB00E, 0xB00F})
_EXISTS_REASONS = _EXISTS_SURELY | {0x0110}

_MAY_NOT_STORE = t(
    "services", "You may not store into this archive. Ask its owner for the right to write, then send again.")
_CHANGED = t("services", "The file changed while it was being sent. Send it again when it is complete.")
_CHANGED_BEFORE = t(
    "services", "The file changed after it was found and before it was sent. Send it again when it is complete.")
_CONFLICT = t("services", "The archive has an object with this UID but other content. Nothing was sent.")
_OTHER_CONTENT = t("services", "The archive lists it, but what it hands out is not what was sent.")
_NOT_FETCHED = t("services", "The archive lists it, but it could not be fetched again to be compared. {}")
_IDENTICAL = t("services", "The archive has it already, with the same content.")


@dataclass(slots=True)
class Traffic:
    """Bytes of one upload: all that went out, and those of requests that are under way."""

    wire: int = 0
    under_way: int = 0


class Sender:
    """For one archive; what it learns (lanes, batch size) is kept for the next upload."""

    def __init__(
        self, client: DicomWebClient, decoder: Decoder, *, sleep: Sleep = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.client, self.decoder = client, decoder
        self.lanes, self.batch = Lanes(), BatchSize()
        self._large = asyncio.Semaphore(_LARGE_AT_ONCE)
        self.sleep = sleep
        self._chance = chance
        self._has_answered = False
        self._healing: asyncio.Task[None] | None = None
        self._hoping = 0
        self.waiting = ""

    async def send(
        self, batch: Sequence[UploadItem], zips: Zips, traffic: Traffic, outgoing: Outgoing
    ) -> list[UploadItem]:
        """Each file judged, or without verdict when the archive claims to have stored it.

        Raises SignInNeeded, NotAllowed, Unreachable and Disconnected: they are about all that is left.
        """
        judged = await self.decoder.run(lambda: _changed_since_found(batch), urgency=Urgency.IDLE)
        gone = {item.key for item in judged}
        batch = [item for item in batch if item.key not in gone]
        if not batch:
            return judged
        apart = outgoing.choices.apart and self.client.dialect.stores_apart
        parts: list[tuple[UploadItem, ...]] = [(item,) for item in reversed(batch)] if apart else [tuple(batch)]
        todo = [(part, 0) for part in parts]
        while todo:
            part, repeats = todo.pop()
            outcome = await self._try(part, zips, traffic, outgoing, repeats)
            if isinstance(outcome, list):
                judged += outcome
                continue
            if len(part) > 1:
                middle = len(part) // 2
                todo += [(part[middle:], repeats + 1), (part[:middle], repeats + 1)]
            elif outcome.again and repeats + 1 < PATIENCE.attempts:
                todo.append((part, repeats + 1))
            else:
                judged.append(part[0].judged(outcome.verdict, outcome.reason))
                continue
            if outcome.again:
                await self.sleep(PATIENCE.pause_s(repeats + 1, outcome.retry_after_s, self._chance()))
        return judged

    def is_full(self, files: int, nbytes: int, outgoing: Outgoing) -> bool:
        """Whether a request takes no more than so many files and bytes."""
        held = outgoing.in_memory and nbytes >= _MOST_HELD
        return held or self.client.dialect.stores_one_by_one or self.batch.is_full(files, nbytes)

    async def patiently(self, action: Callable[[], Awaitable[T]]) -> T:
        """The result of an idempotent action; while the archive is away, it is waited for. Raises Unreachable."""
        for times_away in itertools.count(1):
            try:
                result = await action()
            except Unreachable as error:
                if times_away > _MOST_TIMES_AWAY:
                    raise
                await self._heal(error)
            else:
                self._has_answered = True
                return result
        raise AssertionError("never ends by itself")

    async def compare(self, item: UploadItem, zips: Zips, outgoing: Outgoing) -> UploadItem:
        """An instance with this UID is there already: the same one, or another?"""
        if item.size > _MOST_COMPARED:
            return item.judged(
                Verdict.NOT_SENT, say(
                    "services", "The archive has an object with this UID. The file is too large to be "
                    "compared.")
            )
        try:
            async with self._room_for(item.size):
                theirs = await self.patiently(lambda: self.client.retrieve_instance(*outgoing.uids(item)))
                same = await self.decoder.run(
                    lambda: same_instance(outgoing.read(item, zips), theirs), urgency=Urgency.IDLE
                )
        except (Unreachable, SignInNeeded, Disconnected):
            raise
        except OSError as error:
            return item.judged(Verdict.UNREADABLE, _unreadable(error))
        except LightboxError as error:
            return item.judged(
                Verdict.NOT_SENT,
                say(
                    "services", "The archive has an object with this UID that cannot be compared. {trouble}").format(
                        trouble=error.user_text),
            )
        if same:
            return item.judged(Verdict.ALREADY_THERE, say("services", _IDENTICAL))
        return item.judged(Verdict.CONFLICT, say("services", _CONFLICT))

    async def verified(self, item: UploadItem, zips: Zips, outgoing: Outgoing) -> UploadItem:
        """A file that the archive lists, fetched again and compared; said to be stored only when it is the same."""
        if item.verdict not in (Verdict.STORED, Verdict.STORED_WITH_WARNING):
            return item
        try:
            compared = await self.compare(item, zips, outgoing)
        except LightboxError as error:
            return item.judged(Verdict.STORED_WITH_WARNING, say("services", _NOT_FETCHED).format(error.user_text))
        if compared.verdict is Verdict.ALREADY_THERE:
            return item
        if compared.verdict is Verdict.CONFLICT:
            return item.judged(Verdict.CONFLICT, say("services", _OTHER_CONTENT))
        return item.judged(Verdict.STORED_WITH_WARNING, say("services", _NOT_FETCHED).format(compared.reason))

    async def difference(self, item: UploadItem) -> InstanceDifference:
        """How the file differs from what the archive has under its UID. Raises LightboxError."""
        def ours() -> bytes:
            zips = Zips()
            try:
                return read_file(item, zips)
            except OSError as error:
                raise DiskError(_unreadable(error)) from error
            finally:
                zips.close()

        if item.size > _MOST_COMPARED:
            raise LightboxError(say("services", "The file is too large to be compared."))
        mine = await self.decoder.run(ours, urgency=Urgency.IDLE)
        theirs = await self.client.retrieve_instance(
            item.study_instance_uid, item.series_instance_uid, item.sop_instance_uid
        )
        return await self.decoder.run(lambda: compare_instances(mine, theirs), urgency=Urgency.IDLE)

    @asynccontextmanager
    async def _room_for(self, nbytes: int) -> AsyncIterator[None]:
        """Memory for so many bytes: few large files have it at the same time."""
        if nbytes <= _LARGE:
            yield
            return
        async with self._large:
            yield

    # -- one request ---------------------------------------------------------------------------------------------

    async def _try(
        self, part: tuple[UploadItem, ...], zips: Zips, traffic: Traffic, outgoing: Outgoing, repeats: int
    ) -> list[UploadItem] | _Failure:
        began = self.lanes.began()
        counted = 0

        def count(nbytes: int) -> None:
            nonlocal counted
            counted += nbytes
            traffic.wire += nbytes
            traffic.under_way += nbytes

        size = sum(item.size for item in part)
        try:
            before = await self.decoder.run(lambda: [_signature(item) for item in part], urgency=Urgency.IDLE)
            async with self._room_for(size if outgoing.in_memory or outgoing.choices.apart else 0):
                response = await self._apart(part, zips, outgoing, count)
                if response is None:
                    response = await self._whole(part, zips, outgoing, count)
            after = await self.decoder.run(lambda: [_signature(item) for item in part], urgency=Urgency.IDLE)
        except (SignInNeeded, Disconnected):
            raise
        except NotAllowed as error:
            raise NotAllowed(
                say("services", _MAY_NOT_STORE), status=error.status, detail=error.detail, link=error.link) from error
        except Unreachable:
            raise
        except (OSError, LightboxError) as error:
            return self._failure(error, size, began)
        finally:
            traffic.under_way -= counted
        self.lanes.went_well(size)
        self.batch.went_well()
        judged = []
        for item, was, now in zip(part, before, after, strict=True):
            if was != now:
                judged.append(item.judged(Verdict.UNREADABLE, say("services", _CHANGED)))
            else:
                judged.append(await self._answer(item, response, zips, outgoing, again=repeats > 0))
        return judged

    async def _whole(
        self, part: tuple[UploadItem, ...], zips: Zips, outgoing: Outgoing, count: Callable[[int], None]
    ) -> StoreResponse:
        bodies: list[Source] = await self.decoder.run(
            lambda: [outgoing.body(item, zips) for item in part], urgency=Urgency.IDLE
        )
        storage_class = outgoing.choices.storage_class.value
        return await self.patiently(
            lambda: self.client.store(bodies, on_bytes=count, storage_class=storage_class))

    async def _apart(
        self, part: tuple[UploadItem, ...], zips: Zips, outgoing: Outgoing, count: Callable[[int], None]
    ) -> StoreResponse | None:
        """The answer to an object that was made here and went as metadata and bytes side by side, where the archive
        prefers that. None when it has to go whole: it is not of that kind, or was refused like that."""
        form, item = self.client.dialect.stores_apart, part[0]
        if not outgoing.choices.apart or form not in set(MetadataForm) or len(part) > 1 or item.size > _MOST_APART:
            return None
        try:
            split = await self.decoder.run(
                lambda: split_file(outgoing.read(item, zips), MetadataForm(form)), urgency=Urgency.IDLE)
        except DicomError:
            return None
        try:
            response = await self.patiently(lambda: self.client.store_split(split, on_bytes=count))
        except AnswerError as error:
            if error.status not in NOT_APART:
                raise
            return None
        failure = response.reason_for(outgoing.uid(item.sop_instance_uid))
        return response if failure is None or failure.reason in _EXISTS_SURELY else None

    async def _answer(
        self, item: UploadItem, response: StoreResponse, zips: Zips, outgoing: Outgoing, *, again: bool
    ) -> UploadItem:
        uid = outgoing.uid(item.sop_instance_uid)
        failure = response.reason_for(uid)
        if failure is None:
            stored = response.stored_as(uid)
            if stored is not None and stored.warning_reason is not None:
                return _with_warning(item, f"{_sentence(reason_in_words(stored.warning_reason))} {stored.detail}")
            return item
        exists = failure.reason in _EXISTS_REASONS and (again or "exist" in failure.detail.lower())
        if exists or failure.reason in _EXISTS_SURELY:
            compared = await self.compare(item, zips, outgoing)
            if compared.verdict is Verdict.ALREADY_THERE:
                return item if again else compared  # it was our own request, whose answer was lost
            if compared.verdict is Verdict.CONFLICT:
                return compared
        return item.judged(Verdict.REFUSED, f"{_sentence(reason_in_words(failure.reason))} {failure.detail}".strip())

    def _failure(self, error: Exception, size: int, began: float) -> _Failure:
        if isinstance(error, OSError | DiskError):
            text = _unreadable(error) if isinstance(error, OSError) else error.user_text
            return _Failure(Verdict.UNREADABLE, text)
        assert isinstance(error, LightboxError)
        if isinstance(error, TooBusy | ServerFailed):
            self.lanes.met_trouble(began)
            return _Failure(Verdict.NOT_SENT, _with_detail(error), True, error.retry_after_s)
        if isinstance(error, NetworkError):
            self.lanes.met_trouble(began)
            self.batch.broke()
            return _Failure(Verdict.NOT_SENT, _with_detail(error), True)
        if isinstance(error, AnswerError):
            if error.status == 413:
                self.batch.too_large(size)
            again = error.status in (408, 425)
            return _Failure(Verdict.REFUSED, _with_detail(error), again)
        unreadable = isinstance(error, ZipTrouble | DamagedDicom)
        return _Failure(Verdict.UNREADABLE if unreadable else Verdict.NOT_SENT, _with_detail(error))

    # -- waiting for an archive that is away ----------------------------------------------------------------------

    async def _heal(self, error: Unreachable) -> None:
        """Returns when the archive answers again; one asks for all. Raises when it stays away."""
        if self._healing is None or self._healing.done():
            self._healing = asyncio.create_task(self._ask_again(error))
        healing = self._healing
        self._hoping += 1
        try:
            await asyncio.wait({healing})
        finally:
            self._hoping -= 1
            if not self._hoping:
                healing.cancel()  # nobody waits any more
        if healing.cancelled():
            raise error
        if (failure := healing.exception()) is not None:
            raise failure

    async def _ask_again(self, error: Unreachable) -> None:
        limit = _AWAY_KNOWN_S if self._has_answered else _AWAY_NEVER_SEEN_S
        waited, repeat = 0.0, 0
        self.waiting = error.user_text
        try:
            while waited < limit:
                repeat += 1
                pause = PATIENCE.pause_s(repeat, None, self._chance())
                await self.sleep(pause)
                waited += pause
                try:
                    await self.client.ping()
                except NetworkError:
                    continue
                except LightboxError:
                    return  # it answers; what it says is for the others to hear
                else:
                    return
            raise error
        finally:
            self.waiting = ""


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why a request as a whole did not succeed, the verdict if it is the last word, and whether to try again."""

    verdict: Verdict
    reason: str
    again: bool = False
    retry_after_s: float | None = None


def _signature(item: UploadItem) -> tuple[int, int]:
    facts = item.path.stat()
    return facts.st_size, facts.st_mtime_ns


def _changed_since_found(items: Sequence[UploadItem]) -> list[UploadItem]:
    """Those that are not the file any more whose header was read: they may hold another instance by now."""
    changed = []
    for item in items:
        try:
            size, modified_ns = _signature(item)
        except OSError:
            continue            # the request will say so
        if modified_ns != item.modified_ns or (size != item.size and not item.member):
            changed.append(item.judged(Verdict.UNREADABLE, say("services", _CHANGED_BEFORE)))
    return changed


def _with_warning(item: UploadItem, reason: str) -> UploadItem:
    """Claimed to be stored, with a remark that is kept until it was read back."""
    return replace(item, reason=reason.strip())


def _unreadable(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return say("services", "The file is no longer there.")
    return say(
        "services", "The file cannot be read: {strerror}.").format(
            strerror=error.strerror or say("services", "the disk refused"))


def _with_detail(error: LightboxError) -> str:
    return f"{user_text(error)} {error.detail}".strip() if isinstance(error, AnswerError) else user_text(error)


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
