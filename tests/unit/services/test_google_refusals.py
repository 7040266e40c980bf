"""Google's refusals of DICOMweb requests, in words, with what to do next."""

from __future__ import annotations

import json

import httpx
import pytest

from desktop_app.core.errors import AnswerError, NotAllowed, NotFound, SignInNeeded, TooBusy
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import SignInKind, Store
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.transport import NO_RETRY
from desktop_app.services.google_stores import refusal_in_words
from tests.support.google_like import google_error

URL = ("https://healthcare.googleapis.com/v1/projects/clinic/locations/us/datasets/chest/dicomStores/ct/dicomWeb")
STORE = Store("CT", URL, SignInKind.GOOGLE)


async def refused(answer: httpx.Response, store: Store = STORE, *, delete: bool = False) -> AnswerError:
    transport = httpx.MockTransport(lambda request: answer)
    async with httpx.AsyncClient(transport=transport) as http:
        client = DicomWebClient(store.url, http, retry=NO_RETRY, refusal=refusal_in_words(store))
        with pytest.raises(AnswerError) as caught:
            await (client.delete("1.2") if delete else client.search_studies(StudyQuery()))
    return caught.value


def of_google(status: int, *words: str, **metadata: str) -> httpx.Response:
    made = google_error(status, *words, **metadata)
    return httpx.Response(status, content=bytes(made.body), headers={"content-type": "application/json"})


async def test_a_service_that_is_switched_off_comes_with_its_link() -> None:
    error = await refused(of_google(
        403, "PERMISSION_DENIED", "has not been used", "SERVICE_DISABLED", service="healthcare.googleapis.com",
        activationUrl="https://console.developers.google.com/apis"))
    assert isinstance(error, NotAllowed) and "switched off" in error.user_text
    assert error.link == "https://console.developers.google.com/apis" and error.status == 403


async def test_a_missing_role_is_named_for_what_was_tried() -> None:
    denied = of_google(403, "PERMISSION_DENIED", "denied", "IAM_PERMISSION_DENIED")
    reading, deleting = await refused(denied), await refused(denied, delete=True)
    assert "read" in reading.user_text and "Healthcare DICOM Viewer" in reading.user_text
    assert "delete from" in deleting.user_text and "Healthcare DICOM Editor" in deleting.user_text


async def test_a_scope_that_was_not_ticked_asks_for_another_sign_in() -> None:
    error = await refused(of_google(403, "PERMISSION_DENIED", "scopes", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"))
    assert isinstance(error, SignInNeeded) and "tick every box" in error.user_text


async def test_a_quota_that_is_used_up_says_when_to_come_back() -> None:
    answer = of_google(429, "RESOURCE_EXHAUSTED", "quota", "RATE_LIMIT_EXCEEDED", consumer="projects/clinic")
    answer.headers["Retry-After"] = "7"
    error = await refused(answer)
    assert isinstance(error, TooBusy) and error.retry_after_s == 7 and "project clinic" in error.user_text


async def test_what_is_about_an_object_is_not_said_of_the_store() -> None:
    error = await refused(of_google(404, "NOT_FOUND", "no such study"), delete=True)
    assert isinstance(error, NotFound) and "DICOM store" not in error.user_text


@pytest.mark.parametrize("body", ["<html>Proxy</html>", json.dumps({"message": "no"}), ""])
async def test_what_is_not_googles_is_said_as_before(body: str) -> None:
    error = await refused(httpx.Response(403, text=body))
    assert isinstance(error, NotAllowed) and "Google" not in error.user_text


async def test_another_archive_is_none_of_googles() -> None:
    store = Store("Other", "https://pacs.example.org/dicom-web")
    error = await refused(of_google(403, "PERMISSION_DENIED", "denied"), store)
    assert isinstance(error, NotAllowed) and "Google" not in error.user_text
