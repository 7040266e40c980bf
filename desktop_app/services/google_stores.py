"""GoogleStores: Google's tree of projects, locations, datasets and DICOM stores, for a person who chooses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

from desktop_app.cloud.google_error import Doing, explain
from desktop_app.cloud.resource import CloudHosts, Resource, ResourceKind, parse_typed
from desktop_app.cloud.resources import Batch, CloudResources, StoreMetrics, StoreRights
from desktop_app.core.errors import AnswerError
from desktop_app.core.store import SignInKind, Store
from desktop_app.core.words import say

if TYPE_CHECKING:
    import httpx

    from desktop_app.dicomweb.exchange import Refusal


def google_store(hosts: CloudHosts, sign_in: SignInKind = SignInKind.GOOGLE) -> Store:
    """Stands for Google as a whole, before a store is chosen: whom to sign in to."""
    return Store("Google", hosts.healthcare.rstrip("/"), sign_in)


def resource_of(store: Store, hosts: CloudHosts) -> Resource | None:
    """The DICOM store that this archive is; None if it is none of Google's."""
    at_google = store.url.startswith(hosts.healthcare.rstrip("/") + "/") and store.sign_in.at_google
    return parse_typed(store.url).resource if at_google else None


_DOING = {"GET": Doing.READ, "POST": Doing.WRITE, "DELETE": Doing.DELETE}
_ABOUT_THE_STORE = frozenset({401, 403, 429})       # others are about the object that was asked for


def refusal_in_words(store: Store) -> Refusal | None:
    """What Google's refusals of DICOMweb requests to this store mean; None where it is none of Google's."""
    if not store.sign_in.at_google:
        return None
    found = parse_typed(store.url).resource
    what = str(found) if found is not None else say("services", "this DICOM store")

    def explained(method: str, status: int, body: bytes, retry_after_s: float | None) -> AnswerError | None:
        if status not in _ABOUT_THE_STORE and status < 500:
            return None
        return explain(status, body, doing=_DOING.get(method, Doing.READ), what=what, retry_after_s=retry_after_s)

    return explained


class GoogleStores:
    """Over one signed-in client for all of Google. Lives on the network thread."""

    def __init__(self, hosts: CloudHosts, connect: Callable[[Store], httpx.AsyncClient]) -> None:
        self.hosts = hosts
        self._connect = connect
        self._clients: dict[SignInKind, httpx.AsyncClient] = {}

    def cloud(self, sign_in: SignInKind = SignInKind.GOOGLE) -> CloudResources:
        if sign_in not in self._clients:
            self._clients[sign_in] = self._connect(google_store(self.hosts, sign_in))
        return CloudResources(self._clients[sign_in], self.hosts)

    async def children(self, parent: Resource | None, text: str = "") -> AsyncIterator[Batch]:
        """What lies in `parent`, as it comes. A project answers with its datasets of all locations at once."""
        cloud = self.cloud()
        if parent is not None and parent.kind is ResourceKind.PROJECT:
            async for batch in cloud.list_datasets(parent, text=text):
                yield batch
        else:
            async for page in cloud.list_children(parent, text=text):
                yield Batch(page)

    async def completions(self, text: str) -> AsyncIterator[Batch]:
        """What the text typed so far may become: a project, `project/dataset`, `project/dataset/store`."""
        typed = parse_typed(text)
        if typed.resource is not None:
            yield Batch((typed.resource,))
        elif typed.depth == 0:
            async for batch in self.children(None, typed.project):
                yield batch
        elif not typed.project:
            return
        elif typed.depth == 1:
            async for batch in self.cloud().list_datasets(Resource.of(typed.project), text=typed.dataset):
                yield batch
        else:
            stores = self.cloud().list_stores(Resource.of(typed.project), dataset=typed.dataset, text=typed.store)
            async for batch in stores:
                yield batch

    async def rights(self, store: Store, resource: Resource) -> StoreRights:
        """Raises the errors of CloudResources."""
        return await self.cloud(store.sign_in).store_rights(resource)

    async def metrics(self, store: Store, resource: Resource) -> StoreMetrics:
        """Raises the errors of CloudResources."""
        return await self.cloud(store.sign_in).store_metrics(resource)

    async def close(self) -> None:
        """May be called again; what is closed already stays so."""
        await asyncio.gather(*(client.aclose() for client in self._clients.values()))
