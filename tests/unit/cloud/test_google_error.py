"""Google's errors in words."""

from __future__ import annotations

import json

import pytest

from desktop_app.cloud.google_error import Doing, explain, read_google_error
from desktop_app.core.errors import (
    AnswerError,
    NotAllowed,
    NotFound,
    RequestRefused,
    ServerFailed,
    SignInNeeded,
    TooBusy,
)
from tests.support.google_like import google_error

STORE = "DICOM store chest-ct"


def said(http_status: int, body: bytes, doing: Doing = Doing.READ, what: str = STORE) -> AnswerError:
    error = explain(http_status, body, doing=doing, what=what)
    assert error is not None
    return error


def body(http_status: int, status: str, message: str = "m", reason: str = "", **metadata: str) -> bytes:
    return bytes(google_error(http_status, status, message, reason, **metadata).body)


def test_a_denied_store_says_what_who_and_which_role() -> None:
    error = said(403, body(403, "PERMISSION_DENIED", "Permission 'x' denied", "IAM_PERMISSION_DENIED",
                           permission="healthcare.dicomStores.dicomWebRead"))
    assert type(error) is NotAllowed and error.status == 403
    assert error.user_text == (
        "You may not read DICOM store chest-ct, or it does not exist. Google answered PERMISSION_DENIED. Check the "
        "name; ask the owner for the role Healthcare DICOM Viewer.")
    assert "healthcare.dicomStores.dicomWebRead" in error.detail


@pytest.mark.parametrize(("doing", "verb", "role"), [
    (Doing.WRITE, "store into", "Healthcare DICOM Editor"),
    (Doing.DELETE, "delete from", "Healthcare DICOM Editor"),
    (Doing.LIST_STORES, "list the DICOM stores of", "Healthcare DICOM Store Viewer"),
])
def test_each_deed_has_its_role(doing: Doing, verb: str, role: str) -> None:
    text = said(403, body(403, "PERMISSION_DENIED"), doing).user_text
    assert f"You may not {verb} {STORE}" in text and role in text


def test_a_service_that_is_off_comes_with_its_link() -> None:
    link = "https://console.developers.google.com/apis/api/healthcare.googleapis.com/overview?project=4711"
    error = said(403, body(403, "PERMISSION_DENIED", "m", "SERVICE_DISABLED", service="healthcare.googleapis.com",
                           consumer="projects/4711", activationUrl=link))
    assert type(error) is NotAllowed and error.link == link
    assert "Cloud Healthcare API is switched off in project 4711" in error.user_text


def test_the_link_of_a_help_detail_is_used_too() -> None:
    error = said(403, json.dumps({"error": {"code": 403, "status": "PERMISSION_DENIED", "details": [
        {"@type": "type.googleapis.com/google.rpc.Help",
         "links": [{"description": "d", "url": "https://console.example/help"}]}]}}).encode())
    assert error.link == "https://console.example/help"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "http://plain.example", "file:///etc/passwd", "https://a b"])
def test_a_link_that_is_no_safe_page_is_not_offered(link: str) -> None:
    assert said(403, body(403, "PERMISSION_DENIED", "m", "SERVICE_DISABLED", activationUrl=link)).link == ""


@pytest.mark.parametrize(("http_status", "status", "reason", "kind", "sentence"), [
    (403, "PERMISSION_DENIED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT", SignInNeeded, "tick every box"),
    (401, "UNAUTHENTICATED", "ACCESS_TOKEN_EXPIRED", SignInNeeded, "has ended"),
    (401, "UNAUTHENTICATED", "", SignInNeeded, "Sign in again"),
    (403, "PERMISSION_DENIED", "BILLING_DISABLED", NotAllowed, "Billing"),
    (403, "PERMISSION_DENIED", "USER_PROJECT_DENIED", NotAllowed, "quota project"),
    (403, "PERMISSION_DENIED", "CONSUMER_INVALID", NotAllowed, "the project does not exist"),
    (403, "PERMISSION_DENIED", "SECURITY_POLICY_VIOLATED", NotAllowed, "VPC Service Controls"),
    (403, "PERMISSION_DENIED", "BRAND_NEW_REASON", NotAllowed, "You may not read"),
    (404, "NOT_FOUND", "", NotFound, "There is no DICOM store chest-ct"),
    (429, "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED", TooBusy, "requests per minute"),
    (503, "UNAVAILABLE", "", TooBusy, "too busy"),
    (500, "INTERNAL", "", ServerFailed, "failed to read"),
    (504, "DEADLINE_EXCEEDED", "", ServerFailed, "too long"),
    (400, "INVALID_ARGUMENT", "", RequestRefused, "did not understand"),
    (409, "ALREADY_EXISTS", "", RequestRefused, "exists already"),
    (418, "", "", RequestRefused, "did not understand"),
    (599, "", "", ServerFailed, "failed to read"),
])
def test_each_reason_has_a_sentence(
    http_status: int, status: str, reason: str, kind: type[AnswerError], sentence: str
) -> None:
    error = said(http_status, body(http_status, status, "m", reason))
    assert type(error) is kind and sentence in error.user_text and error.status == http_status
    assert "{" not in error.user_text and "  " not in error.user_text


def test_every_sentence_can_be_made() -> None:
    from desktop_app.cloud import google_error as module

    for reason in module._REASONS:
        for doing in Doing:
            text = said(403, body(403, "PERMISSION_DENIED", "m", reason), doing, "project p").user_text
            assert "{" not in text and text.endswith(".")


def test_a_list_around_the_error_and_the_older_shape_are_read() -> None:
    error = read_google_error(403, b'[{"error":{"code":403,"status":"PERMISSION_DENIED"}}]')
    assert error is not None and error.status == "PERMISSION_DENIED"
    old = said(403, b'{"error":{"code":403,"errors":[{"reason":"accessNotConfigured"}],"message":"m"}}')
    assert "switched off" in old.user_text
    oauth = said(401, b'{"error":"invalid_token","error_description":"Invalid Value"}')
    assert type(oauth) is SignInNeeded


def test_the_time_to_wait_is_read() -> None:
    found = read_google_error(429, json.dumps({"error": {"details": [
        {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "3.5s"}]}}).encode())
    assert found is not None and found.retry_after_s == 3.5


@pytest.mark.parametrize("answer", [
    b"", b"<html>403 Forbidden</html>", b"[]", b"{}", b"null", b'"text"', b'{"error": 5}', b"\xff\xfe",
])
def test_what_is_not_googles_is_left_to_the_caller(answer: bytes) -> None:
    assert explain(403, answer, doing=Doing.READ, what=STORE) is None


@pytest.mark.parametrize("error", [
    {"details": "x"}, {"details": [1, None]}, {"details": [{"@type": 3, "reason": 4}]}, {"status": 7, "message": []},
    {"errors": [5]}, {"details": [{"@type": "x.ErrorInfo", "metadata": [1]}]}, {"details": [{"@type": "x.Help"}]},
    {"details": [{"@type": "x.Help", "links": [7]}]},
])
def test_odd_shapes_do_no_harm(error: dict[str, object]) -> None:
    assert type(said(403, json.dumps({"error": error}).encode())) is NotAllowed
