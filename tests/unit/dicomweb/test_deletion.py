"""Deletion in each archive's own way: what is asked of it, in which order, and what its answers mean."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager

import httpx
import pytest

from desktop_app.core.deletion import DeletionProgress, DeletionTarget, DeletionWay
from desktop_app.core.errors import LightboxError, NotAllowed, RequestRefused, ServerFailed
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.deletion import Deletion
from desktop_app.dicomweb.presets import dialect_for
from desktop_app.dicomweb.transport import RetryPolicy

ROOT = "http://archive.example.org/dicom-web"
GOOGLE = "https://healthcare.googleapis.com/v1/projects/p/locations/l/datasets/d/dicomStores/s/dicomWeb"
DCM4CHEE = "https://pacs.example.org/dcm4chee-arc/aets/DCM4CHEE/rs"
OPERATION = "projects/p/locations/l/datasets/d/operations/7"
STUDY, SERIES = DeletionTarget("1.2"), DeletionTarget("1.2", "1.3")

Answer = tuple[int, object] | Callable[[httpx.Request], httpx.Response]


class Scripted:
    """Answers by method and path; keeps what was asked."""

    def __init__(self, **answers: list[Answer]) -> None:
        self.answers = {key.replace("_", " ", 1): list(values) for key, values in answers.items()}
        self.asked: list[str] = []
        self.slept: list[float] = []

    def say(self, what: str, *answers: Answer) -> Scripted:
        self.answers[what] = list(answers)
        return self

    def __call__(self, request: httpx.Request) -> httpx.Response:
        what = f"{request.method} {request.url.path}"
        self.asked.append(what)
        answers = self.answers.get(what)
        if not answers:
            return httpx.Response(404)
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if callable(answer):
            return answer(request)
        status, body = answer
        return httpx.Response(status, json=body) if body is not None else httpx.Response(status)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


@asynccontextmanager
async def client_of(server: Scripted, root: str) -> AsyncIterator[DicomWebClient]:
    async with httpx.AsyncClient(transport=httpx.MockTransport(server)) as http:
        client = DicomWebClient(root, http, retry=RetryPolicy(attempts=2, first_pause_s=0.0, max_pause_s=0.0))
        client._deletion = Deletion(client._talk, server.sleep)
        yield client


async def deleted(server: Scripted, root: str, target: DeletionTarget = STUDY) -> list[DeletionProgress]:
    async with client_of(server, root) as client:
        return [progress async for progress in client.deleting(target)]


@pytest.mark.parametrize(("root", "way"), [
    (GOOGLE, DeletionWay.DELETE), (DCM4CHEE, DeletionWay.REJECT),
    ("https://w-d.dicom.azurehealthcareapis.com/v2", DeletionWay.DELETE),
    ("https://dicom-medical-imaging.eu-west-1.amazonaws.com/d", DeletionWay.NONE), (ROOT, DeletionWay.UNKNOWN),
])
def test_what_is_known_by_the_address(root: str, way: DeletionWay) -> None:
    assert dialect_for(root).deletion is way


def allowing(methods: str) -> Answer:
    return lambda request: httpx.Response(204, headers={"Allow": methods})


ORTHANC = {"ApiVersion": 16, "DicomAet": "ORTHANC", "DatabaseVersion": 6}


@pytest.mark.parametrize(("server", "way"), [
    pytest.param(Scripted().say("OPTIONS /dicom-web/studies/1.2.3", allowing("GET, DELETE")), DeletionWay.DELETE,
                 id="it says so"),
    pytest.param(Scripted().say("OPTIONS /dicom-web/studies/1.2.3", allowing("GET")), DeletionWay.NONE,
                 id="it says that it does not"),
    pytest.param(Scripted().say("GET /system", (200, ORTHANC)), DeletionWay.OWN, id="Orthanc"),
    pytest.param(Scripted().say("GET /system", (200, ["something else"])), DeletionWay.UNKNOWN, id="something else"),
    pytest.param(Scripted(), DeletionWay.UNKNOWN, id="it says nothing"),
])
async def test_an_archive_is_asked_whether_it_deletes(server: Scripted, way: DeletionWay) -> None:
    async with client_of(server, ROOT) as client:
        assert await client.deletion_way() is way
        assert not any(line.startswith("DELETE") for line in server.asked), "nothing is tried at its cost"


async def test_an_archive_that_refuses_is_not_asked_again() -> None:
    server = Scripted().say("DELETE /dicom-web/studies/1.2", (405, None))
    async with client_of(server, ROOT) as client:
        with pytest.raises(RequestRefused, match="does not offer deletion"):
            await client.delete("1.2")
        assert await client.deletion_way() is DeletionWay.NONE


async def test_what_is_gone_already_counts_as_deleted() -> None:
    server = Scripted().say("DELETE /dicom-web/studies/1.2", (503, None), (404, None))
    assert await deleted(server, ROOT) == []
    assert server.asked.count("DELETE /dicom-web/studies/1.2") == 2


def at_google(*states: object) -> Scripted:
    path = httpx.URL(GOOGLE).path
    return (Scripted().say(f"DELETE {path}/studies/1.2", (200, {"name": OPERATION}))
            .say(f"GET /v1/{OPERATION}", *((200, state) for state in states))
            .say(f"POST /v1/{OPERATION}:cancel", (200, {})))


def counted(**counter: str) -> dict[str, object]:
    return {"name": OPERATION, "metadata": {"counter": counter}}


async def test_google_is_asked_ever_less_often_until_it_is_done() -> None:
    running = counted(pending="600")
    server = at_google(*[running] * 8, counted(pending="100", success="500"), counted(success="600") | {"done": True})
    steps = await deleted(server, GOOGLE)
    assert steps[0] == DeletionProgress(0, 600) and steps[-1] == DeletionProgress(600, 600)
    assert server.slept[0] == 1.0 and server.slept[-1] == 10.0
    assert server.slept == sorted(server.slept)
    assert "POST /v1/" + OPERATION + ":cancel" not in server.asked


@pytest.mark.parametrize("how", ["closed", "cancelled"])
async def test_leaving_early_stops_the_operation_at_google(how: str) -> None:
    server = at_google(counted(pending="600"))
    async with client_of(server, GOOGLE) as client:
        if how == "closed":
            async with aclosing(client.deleting(STUDY)) as steps:
                async for _ in steps:
                    break
        else:
            seen = asyncio.Event()

            async def run() -> None:
                async for _ in client.deleting(STUDY):
                    seen.set()
                    await asyncio.sleep(0)

            task = asyncio.create_task(run())
            await seen.wait()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            assert task.cancelled()
    assert server.asked[-1] == f"POST /v1/{OPERATION}:cancel"


@pytest.mark.parametrize(("end", "error", "words"), [
    ({"error": {"code": 1, "message": "cancelled"}}, RequestRefused, "stopped"),
    ({"error": {"code": 7, "message": "no"}}, NotAllowed, "may not delete"),
    ({"error": {"code": 13, "message": "oh"}}, ServerFailed, "could not delete all"),
    ({"metadata": {"counter": {"success": "5", "failure": "1"}}}, ServerFailed, "could not delete all"),
])
async def test_an_operation_that_ends_badly_says_how(end: dict[str, object], error: type[LightboxError], words: str
                                                     ) -> None:
    with pytest.raises(error, match=words):
        await deleted(at_google({"name": OPERATION, "done": True, **end}), GOOGLE)


async def test_an_operation_of_somewhere_else_is_not_followed() -> None:
    path = httpx.URL(GOOGLE).path
    server = Scripted().say(f"DELETE {path}/studies/1.2", (200, {"name": "../../../elsewhere"}))
    assert await deleted(server, GOOGLE) == []
    assert len(server.asked) == 1


async def test_no_right_is_said_in_words_of_deletion() -> None:
    path = httpx.URL(GOOGLE).path
    with pytest.raises(NotAllowed, match="may not delete"):
        await deleted(Scripted().say(f"DELETE {path}/studies/1.2", (403, {"error": {"message": "no"}})), GOOGLE)


async def test_dcm4chee_rejects_first_and_then_deletes_a_study() -> None:
    path = httpx.URL(DCM4CHEE).path
    server = Scripted().say(f"POST {path}/studies/1.2/reject/113039^DCM", (200, {"count": 26})).say(
        f"DELETE {path}/studies/1.2", (204, None))
    assert await deleted(server, DCM4CHEE) == [DeletionProgress(26, 26)]
    assert server.asked == [f"POST {path}/studies/1.2/reject/113039^DCM", f"DELETE {path}/studies/1.2"]


async def test_dcm4chee_may_keep_what_is_rejected() -> None:
    path = httpx.URL(DCM4CHEE).path
    server = Scripted().say(f"POST {path}/studies/1.2/reject/113039^DCM", (204, None)).say(
        f"DELETE {path}/studies/1.2", (403, None))
    await deleted(server, DCM4CHEE)
    series = Scripted().say(f"POST {path}/studies/1.2/series/1.3/reject/113039^DCM", (200, {"count": 3}))
    await deleted(series, DCM4CHEE, SERIES)
    assert len(series.asked) == 1, "a series is only rejected"


async def test_orthanc_deletes_by_its_own_interface() -> None:
    found = [{"ID": "abc", "Path": "/series/abc", "Type": "Series"},
             {"ID": "p", "Path": "/patients/p", "Type": "Patient"}]
    asked: list[bytes] = []

    def lookup(request: httpx.Request) -> httpx.Response:
        asked.append(request.read())
        return httpx.Response(200, text=json.dumps(found))

    server = Scripted().say("GET /system", (200, ORTHANC)).say("POST /tools/lookup", lookup).say(
        "DELETE /series/abc", (200, {}))
    assert await deleted(server, ROOT, SERIES) == [DeletionProgress(1, 1)]
    assert asked == [b"1.3"]
    assert server.asked[-1] == "DELETE /series/abc"
