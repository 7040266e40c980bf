"""Google's tree, listed from a server on loopback that speaks the documented shapes."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import httpx
import pytest
from httpx_aiohttp import AiohttpTransport
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from desktop_app.auth.bearer import BearerAuth
from desktop_app.auth.credentials import Token
from desktop_app.cloud.resource import CloudHosts, Resource
from desktop_app.cloud.resources import Batch, CloudResources
from desktop_app.core.errors import (
    LightboxError,
    NotAllowed,
    NotDicomWeb,
    NotFound,
    RequestRefused,
    ServerFailed,
    SignInNeeded,
    TooBusy,
    Unreachable,
)
from tests.support.asgi_server import AsgiServer
from tests.support.google_like import GoogleLike, GoogleProject, google_error
from tests.support.loopback_tls import Authority

CLINIC = Resource.of("clinic")
CT = Resource.of("clinic", "europe-west4", "chest", "ct")


@pytest.fixture(scope="module")
def google_server() -> Iterator[tuple[GoogleLike, str]]:
    google = GoogleLike()
    with AsgiServer(google.app()) as server:
        yield google, server.url


@pytest.fixture
def google(google_server: tuple[GoogleLike, str]) -> GoogleLike:
    """The server in a known state."""
    google, _ = google_server
    google.__init__(projects=[                      # type: ignore[misc]
        GoogleProject("clinic", "Clinic North", stores={
            "europe-west4": {"chest": ["ct", "cr"], "empty": []},
            "us-central1": {"research": ["ct-anon"], "chest": ["ct-us"]},
            "asia-east1": {}}),
        GoogleProject("laboratory", "Laboratory"),
        GoogleProject("old", "Old", state="DELETE_REQUESTED"),
    ])
    return google


@pytest.fixture
def waited() -> list[float]:
    return []


@pytest.fixture
async def cloud(
    google: GoogleLike, google_server: tuple[GoogleLike, str], waited: list[float]
) -> AsyncIterator[CloudResources]:
    url = google_server[1]
    hosts = CloudHosts(resource_manager=url, healthcare=url)

    async def pause(seconds: float) -> None:
        waited.append(seconds)

    async with httpx.AsyncClient(auth=BearerAuth(Token("token"), hosts.origins)) as http:
        yield CloudResources(http, hosts, pause=pause)


async def names(pages: AsyncIterator[tuple[Resource, ...]]) -> list[str]:
    return [resource.id async for page in pages for resource in page]


async def gather(batches: AsyncIterator[Batch]) -> tuple[list[str], list[str]]:
    found, failed = [], []
    async for batch in batches:
        found += [resource.name for resource in batch.items]
        failed += [f"{resource}: {type(error).__name__}" for resource, error in batch.failed]
    return sorted(found), failed


async def test_the_tree_from_the_root_to_a_stores_address(cloud: CloudResources) -> None:
    assert await names(cloud.list_children()) == ["clinic", "laboratory"]       # not the one being deleted
    assert await names(cloud.list_children(CLINIC)) == ["europe-west4", "us-central1", "asia-east1"]
    location = Resource.of("clinic", "europe-west4")
    assert await names(cloud.list_children(location)) == ["chest", "empty"]
    dataset = Resource.of("clinic", "europe-west4", "chest")
    stores = [store async for page in cloud.list_children(dataset) for store in page]
    assert stores == [CT, Resource.of("clinic", "europe-west4", "chest", "cr")]
    with pytest.raises(ValueError, match="no children"):
        await names(cloud.list_children(CT))


async def test_empty_lists_have_no_key_and_are_no_error(cloud: CloudResources) -> None:
    assert await names(cloud.list_children(Resource.of("clinic", "europe-west4", "empty"))) == []
    assert await names(cloud.list_children(Resource.of("laboratory"))) == []


async def test_three_thousand_projects_come_page_by_page(cloud: CloudResources, google: GoogleLike) -> None:
    google.projects = [GoogleProject(f"p-{number:04}") for number in range(3000)]
    google.most_per_page = 500
    pages = cloud.list_children()
    first = await anext(pages)
    assert len(first) == 500 and len(google.asked) == 1         # nothing is fetched that nobody looks at
    rest = [resource async for page in pages for resource in page]
    assert len({resource.id for resource in (*first, *rest)}) == 3000 and len(google.asked) == 6
    await pages.aclose()


async def test_typing_asks_google_for_the_beginning_and_narrows_here(cloud: CloudResources, google: GoogleLike) -> None:
    google.projects.append(GoogleProject("x-1", "Clinic South"))
    assert await names(cloud.list_children(text="clin")) == ["clinic", "x-1"]
    assert google.asked[-1][2]["query"] == "projectId:clin* displayName:clin*"
    assert await names(cloud.list_children(text="th: \"")) == []      # other signs go into no query
    assert "query" not in google.asked[-1][2]
    assert await names(cloud.list_children(text="c north")) == ["clinic"]


async def test_a_page_may_be_empty_and_still_have_a_next_one(cloud: CloudResources, google: GoogleLike) -> None:
    google.answers = [
        JSONResponse({"nextPageToken": "a"}),
        JSONResponse({"projects": [{"projectId": "late", "state": "ACTIVE"}], "nextPageToken": ""})]
    assert await names(cloud.list_children()) == ["late"]


async def test_a_server_that_repeats_itself_is_left(cloud: CloudResources, google: GoogleLike) -> None:
    google.answers = [JSONResponse({"projects": [{"projectId": "same"}], "nextPageToken": "a"}) for _ in range(10)]
    assert await names(cloud.list_children()) == ["same", "same"]


@pytest.mark.parametrize("entry", [None, 5, {}, {"projectId": 7}, {"name": "projects/1"}])
async def test_an_entry_that_cannot_be_used_does_not_lose_the_others(
    cloud: CloudResources, google: GoogleLike, entry: object
) -> None:
    google.answers = [JSONResponse({"projects": [entry, {"projectId": "good"}]})]
    assert await names(cloud.list_children()) == ["good"]


async def test_locations_without_a_full_name_are_understood(cloud: CloudResources, google: GoogleLike) -> None:
    google.answers = [JSONResponse({"locations": [{"locationId": "us-east4"}, {"name": "odd"}]})]
    found = [resource async for page in cloud.list_children(CLINIC) for resource in page]
    assert found == [Resource.of("clinic", "us-east4")]


async def test_datasets_of_all_locations(cloud: CloudResources) -> None:
    found, failed = await gather(cloud.list_datasets(CLINIC))
    assert [name.removeprefix("projects/clinic/locations/") for name in found] == [
        "europe-west4/datasets/chest", "europe-west4/datasets/empty",
        "us-central1/datasets/chest", "us-central1/datasets/research"]
    assert failed == []


async def test_locations_are_asked_at_the_same_time_but_not_all_at_once(
    cloud: CloudResources, google: GoogleLike
) -> None:
    google.projects[0].stores = {f"region-{number}": {"d": []} for number in range(40)}

    async def wait_for_company() -> None:
        for _ in range(50):
            await asyncio.sleep(0.001)
            if google.running >= 16:
                return

    google.pause = wait_for_company
    found, _ = await gather(cloud.list_datasets(CLINIC))
    assert len(found) == 40 and google.most_running == 16


async def test_a_location_that_fails_is_told_and_loses_nothing_else(cloud: CloudResources, google: GoogleLike) -> None:
    google.failing_locations = frozenset({"europe-west4"})
    found, failed = await gather(cloud.list_datasets(CLINIC))
    assert len(found) == 2 and failed == ["location europe-west4: TooBusy"]


async def test_stores_of_a_dataset_wherever_it_lies(cloud: CloudResources) -> None:
    found, _ = await gather(cloud.list_stores(CLINIC, dataset="chest"))
    assert [name.rsplit("/", 1)[1] for name in found] == ["cr", "ct", "ct-us"]
    found, _ = await gather(cloud.list_stores(CLINIC, text="anon"))
    assert [name.rsplit("/", 1)[1] for name in found] == ["ct-anon"]


async def test_whoever_stops_listening_stops_the_requests(cloud: CloudResources, google: GoogleLike) -> None:
    google.projects[0].stores = {f"region-{number}": {"d": []} for number in range(60)}
    batches = cloud.list_datasets(CLINIC)
    await anext(batches)
    await batches.aclose()
    asked = len(google.asked)
    assert asked < 60
    assert [task for task in asyncio.all_tasks() if "children_of" in repr(task)] == []


async def test_metrics_are_numbers_though_they_come_as_text(cloud: CloudResources) -> None:
    metrics = await cloud.store_metrics(CT)
    assert (metrics.studies, metrics.series, metrics.instances) == (12, 34, 5600)
    assert metrics.stored_bytes == 9007199254740993 + 7


@pytest.mark.parametrize(("answer", "studies"), [({}, None), ({"studyCount": "many"}, None), ({"studyCount": 3}, 3),
                                                 ({"studyCount": True}, None)])
async def test_metrics_that_are_missing_are_not_made_up(
    cloud: CloudResources, google: GoogleLike, answer: dict[str, object], studies: int | None
) -> None:
    google.answers = [JSONResponse(answer)]
    metrics = await cloud.store_metrics(CT)
    assert metrics.studies == studies and metrics.stored_bytes is None


async def test_rights_of_a_store(cloud: CloudResources, google: GoogleLike) -> None:
    assert (await cloud.store_rights(CT)).may_delete
    google.permissions = ("healthcare.dicomStores.dicomWebRead",)
    rights = await cloud.store_rights(CT)
    assert (rights.may_read, rights.may_write, rights.may_delete) == (True, False, False)
    google.permissions = ()
    assert not (await cloud.store_rights(CT)).may_read


# ---- refusals

async def refusal(cloud: CloudResources, parent: Resource | None = CLINIC) -> LightboxError:
    with pytest.raises(LightboxError) as caught:
        await names(cloud.list_children(parent))
    return caught.value


async def test_a_service_that_is_off(cloud: CloudResources, google: GoogleLike) -> None:
    google.projects[0].service_enabled = False
    error = await refusal(cloud)
    assert isinstance(error, NotAllowed) and "switched off in project 4711" in error.user_text
    assert error.link.startswith("https://console.developers.google.com/apis/api/healthcare.googleapis.com")


async def test_a_project_that_is_denied_or_does_not_exist(cloud: CloudResources, google: GoogleLike) -> None:
    google.projects[0].denied = True
    for project in (CLINIC, Resource.of("nowhere")):
        error = await refusal(cloud, project)
        assert isinstance(error, NotAllowed) and f"list the locations of project {project.id}" in error.user_text


async def test_a_scope_that_was_not_granted_asks_to_sign_in_again(cloud: CloudResources, google: GoogleLike) -> None:
    google.check_token = lambda token: "scope"
    error = await refusal(cloud)
    assert isinstance(error, SignInNeeded) and "tick every box" in error.user_text


async def test_a_sign_in_that_has_ended(cloud: CloudResources, google: GoogleLike) -> None:
    google.check_token = lambda token: "expired"
    assert isinstance(await refusal(cloud), SignInNeeded)


async def test_a_busy_google_is_asked_again_after_the_time_it_names(
    cloud: CloudResources, google: GoogleLike, waited: list[float]
) -> None:
    busy = JSONResponse({"error": {"code": 429, "status": "RESOURCE_EXHAUSTED"}}, 429, headers={"Retry-After": "7"})
    google.answers = [busy, google_error(503, "UNAVAILABLE", "later"), Response(status_code=502)]
    assert await names(cloud.list_children()) == ["clinic", "laboratory"]
    assert waited[0] == 7.0 and len(waited) == 3 and 2.0 <= waited[1] <= 3.0


async def test_a_google_that_stays_busy_is_given_up(
    cloud: CloudResources, google: GoogleLike, waited: list[float]
) -> None:
    google.answers = [google_error(503, "UNAVAILABLE", "later") for _ in range(10)]
    assert isinstance(await refusal(cloud), TooBusy)
    assert len(google.asked) == 4 and len(waited) == 3


async def test_what_is_refused_for_good_is_not_asked_again(
    cloud: CloudResources, google: GoogleLike, waited: list[float]
) -> None:
    google.projects[0].denied = True
    await refusal(cloud)
    assert len(google.asked) == 1 and waited == []


@pytest.mark.parametrize(("answer", "kind"), [
    (HTMLResponse("<html>Guest network</html>"), NotDicomWeb),
    (HTMLResponse("<html>403</html>", 403), NotDicomWeb),
    (RedirectResponse("https://portal.example"), NotDicomWeb),
    (JSONResponse([1]), NotDicomWeb),
    (Response(status_code=401), SignInNeeded),
    (Response(status_code=403), NotAllowed),
    (Response(status_code=404), NotFound),
    (Response(status_code=418), RequestRefused),
    (Response(status_code=501), ServerFailed),
])
async def test_answers_that_are_not_googles(
    cloud: CloudResources, google: GoogleLike, answer: Response, kind: type[LightboxError]
) -> None:
    google.answers = [answer]
    error = await refusal(cloud)
    assert type(error) is kind and "pageSize" not in error.detail


async def test_a_google_that_cannot_be_reached(refused_url: str, waited: list[float]) -> None:
    hosts = CloudHosts(resource_manager=refused_url, healthcare=refused_url)

    async def pause(seconds: float) -> None:
        waited.append(seconds)

    async with httpx.AsyncClient() as http:
        error = await refusal(CloudResources(http, hosts, pause=pause))
    assert isinstance(error, Unreachable) and len(waited) == 3


async def test_a_proxy_that_wants_to_know_who_asks(cloud: CloudResources, google: GoogleLike) -> None:
    google.answers = [HTMLResponse("<html>Proxy</html>", 407)]
    error = await refusal(cloud)
    assert "proxy did not let the request reach Google" in error.user_text and len(google.asked) == 1


@pytest.mark.parametrize(("options", "known", "sentence"), [
    ({}, False, "this computer does not know; ask your administrator"),
    ({"days_left": -0.5, "age_days": 2}, True, "has expired"),
    ({"age_days": -0.04, "days_left": 1}, True, "check the clock of this computer"),
])
@pytest.mark.parametrize("transport", [httpx.AsyncHTTPTransport, AiohttpTransport])
async def test_a_certificate_that_is_not_good(
    tmp_path: Path, waited: list[float], options: dict[str, float], known: bool, sentence: str,
    transport: Callable[..., httpx.AsyncBaseTransport],
) -> None:
    authority = Authority(tmp_path)
    server = await asyncio.start_server(
        lambda reader, writer: writer.close(), "127.0.0.1", 0, ssl=authority.server_context(**options))

    async def pause(seconds: float) -> None:
        waited.append(seconds)

    url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    trusting = authority.client_context() if known else ssl.create_default_context()
    async with server, httpx.AsyncClient(transport=transport(verify=trusting)) as http:
        error = await refusal(CloudResources(http, CloudHosts(resource_manager=url, healthcare=url), pause=pause))
    assert isinstance(error, Unreachable) and "Google's service" in error.user_text and sentence in error.user_text
    assert waited == []                         # it would be refused again


async def test_projects_are_asked_for_by_the_thousand() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={})

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        await names(CloudResources(http).list_children())
    assert str(seen[0].url) == "https://cloudresourcemanager.googleapis.com/v3/projects:search?pageSize=1000"
