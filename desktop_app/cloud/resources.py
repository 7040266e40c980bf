"""CloudResources: list Google's tree page by page (Resource Manager v3, Cloud Healthcare v1), and ask of a store what
is in it and what one may do with it. Nothing is listed that was not asked for: a hospital group has thousands of them.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from desktop_app.core.certificates import certificate_reason
from desktop_app.core.errors import (
    AnswerError,
    LightboxError,
    NotAllowed,
    NotDicomWeb,
    NotFound,
    RequestRefused,
    ServerFailed,
    SignInNeeded,
    TimedOut,
    TooBusy,
    Unreachable,
)
from desktop_app.core.words import say

from .google_error import Doing, explain
from .resource import GOOGLE_HOSTS, CloudHosts, Resource, ResourceKind, matches

PAGE_SIZE = 1000                # the most that datasets.list and dicomStores.list give
_AT_ONCE = 16
_TRIES = 4
_BACK_OFF_MOST_S = 32.0
_TIMEOUT = httpx.Timeout(30.0)
_RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})

READ = "healthcare.dicomStores.dicomWebRead"
WRITE = "healthcare.dicomStores.dicomWebWrite"
DELETE = "healthcare.dicomStores.dicomWebDelete"


@dataclass(frozen=True, slots=True)
class Batch:
    """Some resources that were found, and the parents that could not be listed, each with the reason."""

    items: tuple[Resource, ...] = ()
    failed: tuple[tuple[Resource, LightboxError], ...] = ()


@dataclass(frozen=True, slots=True)
class StoreMetrics:
    """How much is in a DICOM store. None where Google did not say."""

    studies: int | None
    series: int | None
    instances: int | None
    stored_bytes: int | None


@dataclass(frozen=True, slots=True)
class StoreRights:
    """What the person signed in may do with a DICOM store."""

    may_read: bool
    may_write: bool
    may_delete: bool


@dataclass(frozen=True, slots=True)
class _Listing:
    """How one level is listed."""

    doing: Doing
    array: str                  # the key of the array in an answer; absent when it is empty
    collection: str = ""        # appended to the parent's name


_LISTINGS: dict[ResourceKind | None, _Listing] = {
    None: _Listing(Doing.LIST_PROJECTS, "projects"),
    ResourceKind.PROJECT: _Listing(Doing.LIST_LOCATIONS, "locations", "locations"),
    ResourceKind.LOCATION: _Listing(Doing.LIST_DATASETS, "datasets", "datasets"),
    ResourceKind.DATASET: _Listing(Doing.LIST_STORES, "dicomStores", "dicomStores"),
}


class CloudResources:
    """Google's tree over an httpx client that is signed in (its auth must cover `hosts.origins`).

    `pause` waits between tries.
    """

    def __init__(
        self, http: httpx.AsyncClient, hosts: CloudHosts = GOOGLE_HOSTS, *,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._http = http
        self._hosts = hosts
        self._pause = pause
        self._headers = {"Accept": "application/json"}

    async def list_children(
        self, parent: Resource | None = None, *, text: str = "", page_size: int = PAGE_SIZE
    ) -> AsyncGenerator[tuple[Resource, ...], None]:
        """What lies in `parent` (None: the projects one may see), a page at a time, in Google's order, which for
        projects is none. `text` narrows it by ID or title. An empty page is not passed on.

        Raises an AnswerError with Google's reason in words, NetworkError's kin, or ValueError for a DICOM store, which
        has no children.
        """
        listing = _LISTINGS.get(parent.kind if parent else None)
        if listing is None:
            raise ValueError("a DICOM store has no children in this tree")
        token, seen = "", set[str]()
        while token not in seen:        # a server that repeats itself would never end
            seen.add(token)
            page = await self._get(
                self._list_url(parent, listing), self._list_params(parent, text, page_size, token),
                listing.doing, str(parent) if parent else "")
            found = page.get(listing.array)
            items = tuple(
                resource for entry in (found if isinstance(found, list) else ())
                if (resource := _resource_from(entry, parent)) is not None and matches(resource, text))
            if items:
                yield items
            token = _text(page.get("nextPageToken"))
            if not token:
                return

    async def list_datasets(self, project: Resource, *, text: str = "") -> AsyncGenerator[Batch, None]:
        """The datasets of a project in all its locations at once, as the locations answer. A location that fails is
        told and does not lose the others; raises only if the locations themselves cannot be listed."""
        locations = [location async for page in self.list_children(project) for location in page]
        async with aclosing(self._fan_out(locations, text)) as batches:
            async for batch in batches:
                yield batch

    async def list_stores(
        self, project: Resource, *, dataset: str = "", text: str = ""
    ) -> AsyncGenerator[Batch, None]:
        """The DICOM stores in those datasets of a project whose ID is `dataset` (empty: in all), as they answer."""
        async with aclosing(self.list_datasets(project, text=dataset)) as batches:
            async for batch in batches:
                if batch.failed:
                    yield Batch(failed=batch.failed)
                wanted = [found for found in batch.items if not dataset or found.id == dataset]
                async with aclosing(self._fan_out(wanted, text)) as stores:
                    async for store_batch in stores:
                        yield store_batch

    async def store_metrics(self, store: Resource) -> StoreMetrics:
        """How many studies, series, instances and bytes a DICOM store holds. Raises as `list_children` does."""
        found = await self._get(
            f"{self._hosts.healthcare_root}/{_quoted(store.name)}:getDICOMStoreMetrics", {}, Doing.READ, str(store))
        size = [_number(found.get(key)) for key in ("blobStorageSizeBytes", "structuredStorageSizeBytes")]
        known = [number for number in size if number is not None]
        return StoreMetrics(
            studies=_number(found.get("studyCount")), series=_number(found.get("seriesCount")),
            instances=_number(found.get("instanceCount")), stored_bytes=sum(known) if known else None)

    async def store_rights(self, store: Resource) -> StoreRights:
        """What may be done with a DICOM store, so that the rest can be greyed out. Raises as `list_children` does."""
        url = f"{self._hosts.healthcare_root}/{_quoted(store.name)}:testIamPermissions"
        found = await self._ask(
            lambda: self._http.post(
                url, json={"permissions": [READ, WRITE, DELETE]}, headers=self._headers, timeout=_TIMEOUT),
            Doing.READ, str(store))
        granted = found.get("permissions")
        names = granted if isinstance(granted, list) else []
        return StoreRights(may_read=READ in names, may_write=WRITE in names, may_delete=DELETE in names)

    async def _fan_out(self, parents: Sequence[Resource], text: str) -> AsyncGenerator[Batch, None]:
        """The children of many parents, at most `_AT_ONCE` asked at a time, as they come."""
        gate = asyncio.Semaphore(_AT_ONCE)

        async def children_of(parent: Resource) -> Batch:
            async with gate:
                try:
                    return Batch(tuple([
                        item async for page in self.list_children(parent, text=text) for item in page]))
                except LightboxError as error:
                    return Batch(failed=((parent, error),))

        tasks = [asyncio.create_task(children_of(parent)) for parent in parents]
        try:
            for done in asyncio.as_completed(tasks):
                batch = await done
                if batch.items or batch.failed:
                    yield batch
        finally:
            # Whoever stops listening, or is cancelled, stops the requests too.
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _list_url(self, parent: Resource | None, listing: _Listing) -> str:
        if parent is None:
            return f"{self._hosts.resource_manager.rstrip('/')}/v3/projects:search"
        return f"{self._hosts.healthcare_root}/{_quoted(parent.name)}/{listing.collection}"

    @staticmethod
    def _list_params(parent: Resource | None, text: str, page_size: int, token: str) -> dict[str, str]:
        params = {"pageSize": str(page_size)}
        if token:
            params["pageToken"] = token
        # Fields of one query are alternatives to each other. What has other signs in it is narrowed on this side only.
        if parent is None and re.fullmatch(r"[A-Za-z0-9-]+", text):
            params["query"] = f"projectId:{text}* displayName:{text}*"
        return params

    async def _get(self, url: str, params: dict[str, str], doing: Doing, what: str) -> dict[str, Any]:
        return await self._ask(
            lambda: self._http.get(url, params=params, headers=self._headers, timeout=_TIMEOUT), doing, what)

    async def _ask(
        self, send: Callable[[], Awaitable[httpx.Response]], doing: Doing, what: str
    ) -> dict[str, Any]:
        """The JSON object that Google answers, after as many tries as its limits ask for."""
        for attempt in range(1, _TRIES + 1):
            failure: LightboxError
            try:
                answer = await send()
            except LightboxError:
                raise                       # signing in again did not succeed
            except Exception as error:      # the aiohttp transport lets errors of its own through
                failure = _network_error(error)
                if certificate_reason(error):
                    raise failure from error        # it would be refused again
                failure.__cause__ = error
            else:
                if answer.status_code == 200:
                    return _object(answer)
                failure = _refusal(answer, doing, what)
                if answer.status_code not in _RETRIED:
                    raise failure
            if attempt == _TRIES:
                raise failure
            await self._pause(_back_off_s(attempt, failure))
        raise AssertionError("the last try returns or raises")


def _back_off_s(attempt: int, error: LightboxError) -> float:
    if isinstance(error, AnswerError) and error.retry_after_s is not None:
        return min(error.retry_after_s, _BACK_OFF_MOST_S)
    return min(2.0 ** (attempt - 1) + random.random(), _BACK_OFF_MOST_S)     # noqa: S311 - spreads repeats in time


def _refusal(answer: httpx.Response, doing: Doing, what: str) -> LightboxError:
    status = answer.status_code
    after = answer.headers.get("retry-after", "")
    retry_after_s = float(after) if re.fullmatch(r"\d{1,6}", after) else None
    if (known := explain(status, answer.content, doing=doing, what=what, retry_after_s=retry_after_s)) is not None:
        return known
    detail = f"{answer.request.method} {answer.request.url.copy_with(query=None)} answered {status}"
    if status >= 500 or status == 429:
        return (TooBusy if status in (429, 503) else ServerFailed)(
            say(
                "cloud", "Google's service failed to answer. Try again in a moment."), status=status, detail=detail,
            retry_after_s=retry_after_s)
    if status == 407:
        return RequestRefused(
            say(
                "cloud", "The network's proxy did not let the request reach Google. Ask your administrator "
                "for the proxy settings."),
            status=status, detail=detail)
    if 300 <= status < 400 or "html" in answer.headers.get("content-type", ""):
        return NotDicomWeb(
            say(
                "cloud", "Something other than Google answered, as a proxy or a sign-in page of the network "
                "does. Check the network; ask your administrator if it stays so."), detail=detail)
    kind = {401: SignInNeeded, 403: NotAllowed, 404: NotFound}.get(status)
    if kind is not None:
        return kind(status=status, detail=detail)
    return RequestRefused(say(
        "cloud", "Google's service refused for a reason that it did not name."), status=status, detail=detail)


def _network_error(error: Exception) -> LightboxError:
    detail = f"{type(error).__name__}: {type(error.__cause__).__name__}"
    if reason := certificate_reason(error):
        return Unreachable(say(
            "cloud", "The certificate of Google's service {reason}.").format(reason=reason), detail=detail)
    # The aiohttp transport names most failures to connect a time-out; both sentences fit both.
    if isinstance(error, httpx.ReadTimeout | httpx.WriteTimeout | httpx.PoolTimeout):
        return TimedOut(say("cloud", "Google did not answer in time. Try again."), detail=detail)
    return Unreachable(
        say(
            "cloud", "Google cannot be reached. Check the network and the proxy settings, then try again."),
        detail=detail)


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = json.loads(answer.content)
    except ValueError as error:
        raise NotDicomWeb(
            say(
                "cloud", "Something other than Google answered, as a proxy or a sign-in page of the network "
                "does. Check the network; ask your administrator if it stays so."),
            detail=answer.headers.get("content-type", "")) from error
    if not isinstance(found, dict):
        raise NotDicomWeb(say("cloud", "Google answered in a way that Lightbox does not understand."))
    return found


def _resource_from(entry: object, parent: Resource | None) -> Resource | None:
    """A resource of a listing; None for what is unusable or being deleted."""
    if not isinstance(entry, dict):
        return None
    if parent is None:
        project = _text(entry.get("projectId"))
        alive = _text(entry.get("state")) in ("", "ACTIVE", "STATE_UNSPECIFIED")
        return Resource.of(project, title=_text(entry.get("displayName"))) if project and alive else None
    name = _text(entry.get("name"))
    if len(name.split("/")) == len(parent.name.split("/")) + 2:
        return Resource(name)
    # Locations may come with their ID alone.
    own = _text(entry.get("locationId"))
    return Resource.of(*parent.ids, own) if own else None


def _quoted(name: str) -> str:
    return quote(name, safe="/:")


def _number(value: object) -> int | None:
    """An int64, which Google writes as a string."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        return int(value)
    except ValueError:
        return None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
