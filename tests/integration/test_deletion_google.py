"""Deletion at Google, spoken by a server with Google's shapes over a real archive: operations, rights, stopping."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import httpx
import pytest

from desktop_app.archive.archive import Archive
from desktop_app.archive.server import create_app
from desktop_app.cloud.resource import CloudHosts
from desktop_app.core.deletion import DeletionTarget
from desktop_app.core.errors import NotAllowed, ServerFailed
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import SignInKind, Store
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.services.archive_check import refusals
from desktop_app.services.deletion import delete, offer_of
from desktop_app.services.google_stores import GoogleStores
from tests.support.google_like import DELETE, GoogleLike, GoogleProject
from tests.unit.services.upload_fakes import SERIES, STUDY, dicom_bytes

PATH = "projects/p/locations/l/datasets/d/dicomStores/s/dicomWeb"


@pytest.fixture
async def google(tmp_path: Path) -> AsyncIterator[GoogleLike]:
    archive = await Archive.open(tmp_path / "archive")
    world = GoogleLike([GoogleProject("p", stores={"l": {"d": ["s"]}})], create_app(archive))
    yield world
    await archive.close()


@pytest.fixture
async def client(google: GoogleLike, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DicomWebClient]:
    transport = httpx.ASGITransport(google.app())  # type: ignore[arg-type]
    headers = {"Authorization": "Bearer x"}
    async with httpx.AsyncClient(transport=transport, base_url="https://google", headers=headers) as http:
        made = DicomWebClient(f"https://google/v1/{PATH}", http)

        async def no_pause(_: float) -> None:
            return

        made._deletion._sleep = no_pause
        await made.store([dicom_bytes(f"1.{number}") for number in range(3)])
        yield made


async def studies(client: DicomWebClient) -> int:
    return len((await client.search_studies(StudyQuery())).items)


async def test_a_study_goes_when_the_operation_is_done(google: GoogleLike, client: DicomWebClient) -> None:
    google.polls_until_done = 4
    offer = await offer_of(client, DeletionTarget(STUDY), "")
    assert (offer.instances, offer.refusal) == (3, "")
    steps = [step async for step in delete(client, "key", DeletionTarget(STUDY), None)]
    assert [step.done for step in steps] == [0, 0, 0, 3]
    assert await studies(client) == 0


async def test_an_instance_goes_at_once(google: GoogleLike, client: DicomWebClient) -> None:
    assert [step async for step in delete(client, "key", DeletionTarget(STUDY, SERIES, "1.1"), None)] == []
    assert len([one async for one in client.iter_instances(STUDY, SERIES)]) == 2
    assert google.operations == {}


async def test_stopping_stops_it_at_google_and_nothing_goes(google: GoogleLike, client: DicomWebClient) -> None:
    google.polls_until_done = 100
    async with aclosing(delete(client, "key", DeletionTarget(STUDY), None)) as steps:
        async for _ in steps:
            break
    (operation,) = google.operations.values()
    assert operation.cancelled
    assert await studies(client) == 1


async def test_an_operation_that_fails_is_no_success(google: GoogleLike, client: DicomWebClient) -> None:
    google.operation_error = {"code": 13, "message": "internal"}
    with pytest.raises(ServerFailed, match="could not delete"):
        await client.delete(STUDY)
    assert await studies(client) == 1


async def test_who_lacks_the_right_is_refused_before_and_by_google(google: GoogleLike, client: DicomWebClient) -> None:
    google.permissions = tuple(right for right in google.permissions if right != DELETE)
    store = Store("s", f"https://google/v1/{PATH}", SignInKind.GOOGLE)
    hosts = CloudHosts(healthcare="https://google")
    stores = GoogleStores(hosts, lambda _store: client._talk.exchange._http)
    _, refusal = await refusals(store, stores, client.dialect)
    offer = await offer_of(client, DeletionTarget(STUDY), refusal)
    assert "may not delete" in offer.refusal and offer.instances is None
    with pytest.raises(NotAllowed, match="may not delete"):
        await client.delete(STUDY)
    assert await studies(client) == 1
