"""Deletion, as each archive has it: DICOMweb (PS3.18) defines none.

Google, Azure and others take DELETE on the resource; Google answers for a study or series with a long-running operation
that is asked about until it is done. dcm4chee wants objects rejected (IHE IOCM) before a study can be deleted. Orthanc
deletes by its own interface beside DICOMweb only.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing, suppress
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from desktop_app.core.deletion import DeletionProgress, DeletionTarget, DeletionWay, Level
from desktop_app.core.errors import (
    AnswerError,
    LightboxError,
    NotAllowed,
    NotFound,
    RequestRefused,
    ServerFailed,
)
from desktop_app.core.words import say, t
from desktop_app.dicomweb import media_types, urls
from desktop_app.dicomweb.conversation import Conversation
from desktop_app.dicomweb.exchange import read_all

Sleep = Callable[[float], Awaitable[Any]]

_REJECTION = "113039^DCM"           # Data Retention Policy Expired (PS3.16 CID 7011)
_OPERATION = re.compile(r"projects/[^/?#]+/locations/[^/?#]+/datasets/[^/?#]+/operations/[^/?#]+")
_FIRST_PAUSE_S, _MAX_PAUSE_S = 1.0, 10.0
_CANCEL_S = 5.0
_MOST_ANSWER = 1 << 20
_CANCELLED, _DENIED, _GONE = 1, 7, 5            # google.rpc.Code

_MAY_NOT = t("dicomweb", "You may not delete from this archive. Ask its owner for the right to delete.")
_CANNOT = t("dicomweb", "This archive does not offer deletion. Delete it there, with the archive's own tools.")
_FAILED = t(
    "dicomweb", "The archive could not delete all of it. What is gone is gone; look at what is left and try "
    "again.")
_WAS_CANCELLED = t("dicomweb", "The deletion was stopped. What the archive had deleted by then is gone.")
_BESIDE = {Level.STUDY: "Study", Level.SERIES: "Series", Level.INSTANCE: "Instance"}


class Deletion:
    """Deletes over one conversation; which way it goes is learned once and kept in the dialect."""

    def __init__(self, talk: Conversation, sleep: Sleep = asyncio.sleep) -> None:
        self._talk = talk
        self._sleep = sleep

    async def way(self) -> DeletionWay:
        """How this archive deletes, as far as it tells without anything being deleted. Raises nothing of ours."""
        if self._talk.dialect.deletion is DeletionWay.UNKNOWN:
            with suppress(LightboxError):
                self._learn(await self._ask())
        return self._talk.dialect.deletion

    async def delete(self, target: DeletionTarget) -> AsyncGenerator[DeletionProgress, None]:
        """Deletes; says how far it is, as far as the archive does. Ends when it is done.

        Stopping early stops a long-running operation at the archive too. What is not there (any more) counts as
        deleted. Raises NotAllowed, RequestRefused where the archive offers no deletion, and the errors of the line.
        """
        way = await self.way()
        steps = {DeletionWay.REJECT: self._reject, DeletionWay.OWN: self._delete_beside}.get(way, self._delete_plainly)
        if way is DeletionWay.NONE:
            raise RequestRefused(say("dicomweb", _CANNOT), status=405)
        try:
            async with aclosing(steps(target)) as progresses:
                async for progress in progresses:
                    yield progress
        except NotAllowed as error:
            if error.user_text != say("core", NotAllowed.default_text):
                raise                   # the server's own words, understood, say more
            raise NotAllowed(
                say("dicomweb", _MAY_NOT), status=error.status, detail=error.detail, link=error.link) from error

    # -- which way -----------------------------------------------------------------------------------------------

    async def _ask(self) -> DeletionWay:
        allowed = await self._allowed()
        if "DELETE" in allowed:
            return DeletionWay.DELETE
        if await self._is_orthanc():
            return DeletionWay.OWN
        return DeletionWay.NONE if allowed else DeletionWay.UNKNOWN

    async def _allowed(self) -> frozenset[str]:
        """What OPTIONS says may be done to a study; nothing when it does not say."""
        url = urls.study_url(self._talk.root_url, "1.2.3")
        try:
            async with self._talk.exchange.open("OPTIONS", url) as response:
                await read_all(response)            # else the connection could not carry the next request
                return _methods(response.headers.get("allow", ""))
        except AnswerError:
            return frozenset()

    async def _is_orthanc(self) -> bool:
        try:
            system = json.loads(await self._text("GET", f"{self._beside}/system"))
        except (AnswerError, ValueError):
            return False
        return isinstance(system, dict) and {"ApiVersion", "DicomAet", "DatabaseVersion"} <= system.keys()

    def _learn(self, way: DeletionWay) -> None:
        self._talk.dialect = replace(self._talk.dialect, deletion=way)

    @property
    def _beside(self) -> str:
        """Orthanc's own interface: where its DICOMweb root lies."""
        return self._talk.root_url.rpartition("/")[0]

    # -- DELETE --------------------------------------------------------------------------------------------------

    async def _delete_plainly(self, target: DeletionTarget) -> AsyncGenerator[DeletionProgress, None]:
        try:
            body = await self._once("DELETE", self._url(target))
        except AnswerError as error:
            if error.status not in (405, 501):
                raise
            self._learn(DeletionWay.NONE)
            raise RequestRefused(say("dicomweb", _CANNOT), status=error.status, detail=error.detail) from error
        operation = _operation_in(body)
        if operation:
            async with aclosing(self._follow(operation)) as progresses:
                async for progress in progresses:
                    yield progress

    async def _follow(self, operation: str) -> AsyncGenerator[DeletionProgress, None]:
        """Asks about a long-running operation until it is done, ever less often."""
        url = f"{self._talk.root_url.partition('/projects/')[0]}/{operation}"
        pause = _FIRST_PAUSE_S
        try:
            while True:
                status = json.loads(await self._talk.repeating(lambda: self._text("GET", url)))
                yield _progress(status)
                if status.get("done"):
                    break
                await self._sleep(pause)
                pause = min(pause * 1.5, _MAX_PAUSE_S)
        except (asyncio.CancelledError, GeneratorExit):
            with suppress(LightboxError, TimeoutError):
                async with asyncio.timeout(_CANCEL_S):
                    await self._text("POST", f"{url}:cancel")
            raise
        _check(status)

    # -- dcm4chee ------------------------------------------------------------------------------------------------

    async def _reject(self, target: DeletionTarget) -> AsyncGenerator[DeletionProgress, None]:
        """Rejected objects are in no list any more; dcm4chee removes them by its own rules, a study at once."""
        body = await self._once("POST", f"{self._url(target)}/reject/{quote(_REJECTION)}")
        count = _count_in(body)
        yield DeletionProgress(count, count)
        if target.level is Level.STUDY:
            try:
                await self._once("DELETE", self._url(target))
            except AnswerError as error:
                if error.status not in (403, 404, 405, 409):     # not allowed to delete for good: rejected it stays
                    raise
                self._talk.note("rejected studies stay until the archive's own rules remove them")

    # -- Orthanc -------------------------------------------------------------------------------------------------

    async def _delete_beside(self, target: DeletionTarget) -> AsyncGenerator[DeletionProgress, None]:
        wanted = _BESIDE[target.level]
        found = json.loads(await self._talk.repeating(
            lambda: self._text("POST", f"{self._beside}/tools/lookup", target.uid.encode())))
        paths = [str(one.get("Path", "")) for one in found if isinstance(one, dict) and one.get("Type") == wanted]
        for number, path in enumerate(paths, start=1):
            await self._once("DELETE", f"{self._beside}{path}")
            yield DeletionProgress(number, len(paths))

    # -- one request ---------------------------------------------------------------------------------------------

    def _url(self, target: DeletionTarget) -> str:
        return urls.resource_url(
            self._talk.root_url, target.study_instance_uid, target.series_instance_uid or None,
            target.sop_instance_uid or None, lenient=self._talk.dialect.lenient_uids,
        )

    async def _once(self, method: str, url: str) -> bytes:
        """Repeats as long as it is worth it. What is not there any more after a try whose answer was lost is gone; at
        the first try nobody knows whether it ever was."""
        tries = 0

        async def attempt() -> bytes:
            nonlocal tries
            tries += 1
            return await self._text(method, url)

        try:
            return await self._talk.repeating(attempt)
        except NotFound:
            if tries == 1:
                raise
            return b""

    async def _text(self, method: str, url: str, body: bytes | None = None) -> bytes:
        async def pieces() -> AsyncIterator[bytes]:
            yield body or b""

        headers = {"Accept": media_types.JSON}
        if body is not None:
            headers |= {"Content-Type": "text/plain", "Content-Length": str(len(body))}
        async with self._talk.exchange.open(
            method, url, headers=headers, body=pieces() if body is not None else None
        ) as response:
            return (await read_all(response))[:_MOST_ANSWER]


def _methods(allow: str) -> frozenset[str]:
    return frozenset(part.strip().upper() for part in allow.split(",") if part.strip())


def _document(body: bytes) -> dict[str, Any]:
    try:
        document = json.loads(body)
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}


def _operation_in(body: bytes) -> str:
    """The name of a long-running operation in an answer of Google's; empty when it is done already."""
    document = _document(body)
    name = document.get("name")
    return name if isinstance(name, str) and _OPERATION.fullmatch(name) else ""


def _count_in(body: bytes) -> int:
    count = _document(body).get("count", 0)
    return int(count) if str(count).isdecimal() else 0


def _progress(status: dict[str, Any]) -> DeletionProgress:
    """OperationMetadata.counter: numbers as strings, absent when nothing."""
    counter = (status.get("metadata") or {}).get("counter") or {}
    pending, success, failure = (_number(counter.get(key)) for key in ("pending", "success", "failure"))
    return DeletionProgress(success, pending + success + failure, failure)


def _number(value: object) -> int:
    return int(value) if isinstance(value, int | str) and str(value).isdecimal() else 0


def _check(status: dict[str, Any]) -> None:
    error = status.get("error")
    if not error:
        if _progress(status).failed:
            raise ServerFailed(say("dicomweb", _FAILED))
        return
    code, words = error.get("code"), str(error.get("message", ""))[:300]
    if code == _GONE:
        return
    if code == _CANCELLED:
        raise RequestRefused(say("dicomweb", _WAS_CANCELLED), detail=words)
    if code == _DENIED:
        raise NotAllowed(say("dicomweb", _MAY_NOT), detail=words)
    raise ServerFailed(say("dicomweb", _FAILED), detail=words)
