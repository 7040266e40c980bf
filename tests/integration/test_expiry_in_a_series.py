"""A token that ends in the middle of a series: the real client, the real archive, a Google-like front that checks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from desktop_app.archive.archive import Archive
from desktop_app.archive.server import create_app
from desktop_app.auth.bearer import BearerAuth
from desktop_app.auth.credentials import Token
from desktop_app.cloud.resource import CloudHosts, Resource
from desktop_app.core.errors import SignInFailed, SignInNeeded
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import SignInKind, Store
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.transport import build_http_client
from tests.support.asgi_server import AsgiServer
from tests.support.google_like import GoogleLike, GoogleProject

FIRST, SECOND = Token("first-token", account="reader"), Token("second-token", account="reader")
PLACE = Resource.of("clinic", "europe-west4", "chest", "ct")


class Front:
    """The store, and the one token that it takes."""

    def __init__(self, url: str, google: GoogleLike) -> None:
        self.hosts = CloudHosts(resource_manager=url, healthcare=url)
        self.url = PLACE.dicom_web_url(self.hosts)
        self.google = google
        self.accepted = FIRST
        self.last = 10**9           # how many more requests the first token is good for
        google.check_token = self._check

    def _check(self, token: str) -> str:
        if token == FIRST.access_token:
            self.last -= 1
            if self.last < 0:
                self.accepted = SECOND
        return "" if token == self.accepted.access_token else "expired"


@pytest.fixture
async def front(tmp_path: Path) -> AsyncIterator[Front]:
    archive = await Archive.open(tmp_path / "archive")
    google = GoogleLike(
        projects=[GoogleProject("clinic", stores={"europe-west4": {"chest": ["ct"]}})], dicom_web=create_app(archive))
    with AsgiServer(google.app()) as server:
        yield Front(server.url, google)
    await archive.close()


@pytest.fixture
async def slices(front: Front, samples: Path) -> AsyncIterator[list[Path]]:
    """A CT series in the store; its files."""
    files = sorted((samples / "ct-abdomen").glob("*.dcm"))
    async with client_of(front, BearerAuth(FIRST, front.hosts.origins)) as http:
        answer = await DicomWebClient(front.url, http).store(files)
    assert len(answer.stored) == len(files) > 40 and not answer.failed
    yield files


def client_of(front: Front, auth: httpx.Auth) -> httpx.AsyncClient:
    return build_http_client(Store("Clinic", front.url, SignInKind.GOOGLE), auth=auth)


async def fetch_all(client: DicomWebClient) -> list[bytes]:
    page = await client.search_studies(StudyQuery())
    study = page.items[0]
    series = [found async for found in client.iter_series(study.study_instance_uid)]
    instances = [found async for found in client.iter_instances(
        study.study_instance_uid, series[0].series_instance_uid)]
    return list(await asyncio.gather(*(
        client.retrieve_instance(study.study_instance_uid, series[0].series_instance_uid, found.sop_instance_uid)
        for found in instances)))


@pytest.mark.parametrize("good_for", [0, 1, 2, 10, 30])
async def test_no_slice_is_lost_and_one_renewal_is_enough(front: Front, slices: list[Path], good_for: int) -> None:
    renewals: list[Token] = []

    async def renew(ended: Token) -> Token:
        renewals.append(ended)
        return SECOND

    front.last = good_for
    async with client_of(front, BearerAuth(FIRST, front.hosts.origins, renew)) as http:
        fetched = await fetch_all(DicomWebClient(front.url, http))
    assert sorted(fetched) == sorted(file.read_bytes() for file in slices)
    assert renewals == [FIRST]


async def test_what_is_parked_waits_for_a_person_and_goes_on(front: Front, slices: list[Path]) -> None:
    asked, agreed = asyncio.Event(), asyncio.Event()

    async def renew(ended: Token) -> Token:
        asked.set()
        await agreed.wait()
        return SECOND

    front.last = 20
    auth = BearerAuth(FIRST, front.hosts.origins, renew)
    async with client_of(front, auth) as http:
        work = asyncio.create_task(fetch_all(DicomWebClient(front.url, http)))
        await asked.wait()
        assert not work.done() and auth.parked >= 1
        agreed.set()
        assert len(await work) == len(slices)


async def test_an_upload_goes_on_too(front: Front, samples: Path) -> None:
    async def renew(ended: Token) -> Token:
        return SECOND

    files = sorted((samples / "ct-abdomen").glob("*.dcm"))[:5]
    front.last = 0
    async with client_of(front, BearerAuth(FIRST, front.hosts.origins, renew)) as http:
        answer = await DicomWebClient(front.url, http).store(files)
    assert len(answer.stored) == 5


async def test_a_refused_renewal_ends_each_request_with_the_reason(front: Front, slices: list[Path]) -> None:
    async def renew(ended: Token) -> Token:
        raise SignInFailed("Access was not allowed in the browser.")

    front.last = 15
    async with client_of(front, BearerAuth(FIRST, front.hosts.origins, renew)) as http:
        with pytest.raises(SignInNeeded, match="Access was not allowed"):
            await fetch_all(DicomWebClient(front.url, http))
