"""Read Google's errors and say them in words (google.rpc.Status as JSON, with ErrorInfo, Help and RetryInfo details).

A 403 also means "does not exist", and most reasons that matter stand in `details[].reason`, not in the status.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from desktop_app.core.errors import (
    AnswerError,
    NotAllowed,
    NotFound,
    RequestRefused,
    ServerFailed,
    SignInNeeded,
    TooBusy,
)
from desktop_app.core.words import say, t


class Doing(Enum):
    """What was tried, with the role that allows it (as Google's console names it)."""

    LIST_PROJECTS = (t("cloud", "list your projects"), "Browser")
    LIST_LOCATIONS = (t("cloud", "list the locations of"), "Healthcare Dataset Viewer")
    LIST_DATASETS = (t("cloud", "list the datasets of"), "Healthcare Dataset Viewer")
    LIST_STORES = (t("cloud", "list the DICOM stores of"), "Healthcare DICOM Store Viewer")
    READ = (t("cloud", "read"), "Healthcare DICOM Viewer")
    WRITE = (t("cloud", "store into"), "Healthcare DICOM Editor")
    DELETE = (t("cloud", "delete from"), "Healthcare DICOM Editor")

    def __init__(self, verb: str, role: str) -> None:
        self.verb = verb
        self.role = role


@dataclass(frozen=True, slots=True)
class GoogleError:
    """What an error answer of Google's says. Empty strings where it says nothing."""

    http_status: int
    status: str = ""                    # PERMISSION_DENIED …
    message: str = ""
    reason: str = ""                    # SERVICE_DISABLED …
    metadata: Mapping[str, str] = field(default_factory=dict)
    link: str = ""
    retry_after_s: float | None = None


def read_google_error(http_status: int, body: bytes) -> GoogleError | None:
    """The error in `body`; None if it is none of Google's (a front end's or a proxy's HTML, say)."""
    try:
        document = json.loads(body)
    except ValueError:
        return None
    if isinstance(document, list):      # streaming methods wrap it
        document = document[0] if document else None
    error = document.get("error") if isinstance(document, dict) else None
    if isinstance(error, str):          # the OAuth front end's shape
        assert isinstance(document, dict)
        return GoogleError(http_status, status="UNAUTHENTICATED" if http_status == 401 else "", reason=error,
                           message=_text(document.get("error_description")))
    if not isinstance(error, dict):
        return None
    details = error.get("details")
    return _with_details(http_status, error, [item for item in details if isinstance(item, dict)]
                         if isinstance(details, list) else [])


def _with_details(http_status: int, error: dict[str, Any], details: list[dict[str, Any]]) -> GoogleError:
    reason, link, retry_after_s = "", "", None
    metadata: dict[str, str] = {}
    for detail in details:
        kind = _text(detail.get("@type")).rpartition(".")[2]
        if kind == "ErrorInfo":
            reason = reason or _text(detail.get("reason"))
            found = detail.get("metadata")
            if isinstance(found, dict):
                metadata |= {_text(key): _text(value) for key, value in found.items()}
        elif kind == "Help":
            links = detail.get("links")
            for item in links if isinstance(links, list) else []:
                link = link or (_text(item.get("url")) if isinstance(item, dict) else "")
        elif kind == "RetryInfo":
            retry_after_s = _seconds(_text(detail.get("retryDelay")))
    if not reason:                      # the older shape of the same thing
        errors = error.get("errors")
        first = errors[0] if isinstance(errors, list) and errors else None
        reason = _text(first.get("reason")) if isinstance(first, dict) else ""
    return GoogleError(
        http_status=http_status, status=_text(error.get("status")), message=_text(error.get("message")), reason=reason,
        metadata=metadata, link=_safe_link(metadata.get("activationUrl", "") or link), retry_after_s=retry_after_s)


def explain(
    http_status: int, body: bytes, *, doing: Doing, what: str, retry_after_s: float | None = None
) -> AnswerError | None:
    """The error for a refusal of Google's while `doing` something to `what` ("DICOM store chest-ct"), to be raised.
    None if the answer is none of Google's, so that the caller says it his own way."""
    error = read_google_error(http_status, body)
    if error is None:
        return None
    kind, template = _REASONS.get(error.reason) or _STATUSES.get(error.status) or _family(http_status)
    named = error.status or error.reason or str(http_status)
    text = say("cloud", template).format(
        what=what or say("cloud", "this"), doing=" ".join(filter(None, (say("cloud", doing.verb), what))),
        role=doing.role, status=named,
        project=_project(error, what), service=_service(error))
    return kind(
        text, status=http_status, link=error.link,
        detail=_one_line(" · ".join(filter(None, (
            f"HTTP {http_status}", error.status, error.reason, error.metadata.get("permission", ""), error.message)))),
        retry_after_s=error.retry_after_s if error.retry_after_s is not None else retry_after_s)


_Rule = tuple[type[AnswerError], str]

_DENIED = t(
    "cloud", "You may not {doing}, or it does not exist. Google answered {status}. Check the name; ask the "
    "owner for the role {role}.")

# google.api.ErrorReason and Identity and Access Management's own.
_REASONS: dict[str, _Rule] = {
    "SERVICE_DISABLED": (
        NotAllowed, t(
            "cloud", "The {service} is switched off in {project}. Its owner can switch it on; it then takes a "
            "few minutes.")),
    "accessNotConfigured": (
        NotAllowed, t(
            "cloud", "The {service} is switched off in {project}. Its owner can switch it on; it then takes a "
            "few minutes.")),
    "BILLING_DISABLED": (NotAllowed, t(
        "cloud", "Billing is switched off in {project}, so Google does not answer. Ask its owner.")),
    "ACCESS_TOKEN_SCOPE_INSUFFICIENT": (
        SignInNeeded, t(
            "cloud", "Your sign-in does not allow Lightbox to {doing}. Sign in again and tick every box on "
            "Google's page.")),
    "insufficientPermissions": (
        SignInNeeded, t(
            "cloud", "Your sign-in does not allow Lightbox to {doing}. Sign in again and tick every box on "
            "Google's page.")),
    "ACCESS_TOKEN_EXPIRED": (SignInNeeded, t("cloud", "Your sign-in has ended. Sign in again to go on.")),
    "ACCESS_TOKEN_TYPE_UNSUPPORTED": (SignInNeeded, t(
        "cloud", "Google does not take this kind of sign-in here. Sign in again.")),
    "CREDENTIALS_MISSING": (SignInNeeded, t("cloud", "Google asks you to sign in. Sign in and try again.")),
    "ACCOUNT_STATE_INVALID": (SignInNeeded, t(
        "cloud", "This Google account is disabled or gone. Sign in with another one.")),
    "USER_PROJECT_DENIED": (
        NotAllowed, t(
            "cloud", "You may not use {project} for Google's accounting. Choose another quota project in the "
            "settings, or none.")),
    "CONSUMER_SUSPENDED": (NotAllowed, t("cloud", "Google has suspended {project}. Ask its owner.")),
    "CONSUMER_INVALID": (NotAllowed, t(
        "cloud", "Either {project} does not exist or you may not see it. Check the project's ID.")),
    "SECURITY_POLICY_VIOLATED": (
        NotAllowed, t(
            "cloud", "Your organisation's network rules (VPC Service Controls) forbid to {doing} from here. "
            "Ask your administrator.")),
    "ORG_RESTRICTION_VIOLATION": (
        NotAllowed, t("cloud", "Your organisation's network forbids to {doing}. Ask your administrator.")),
    "LOCATION_POLICY_VIOLATED": (NotAllowed, t(
        "cloud", "A policy forbids to {doing} from where you are. Ask your administrator.")),
    "RATE_LIMIT_EXCEEDED": (TooBusy, t(
        "cloud", "Google's limit of requests per minute is reached for {project}. Wait a little and try "
        "again.")),
    "RESOURCE_QUOTA_EXCEEDED": (TooBusy, t(
        "cloud", "Google's quota is used up for {project}. Wait, or ask its owner for more.")),
    "IAM_PERMISSION_DENIED": (NotAllowed, _DENIED),
    "invalid_token": (SignInNeeded, t("cloud", "Your sign-in has ended. Sign in again to go on.")),
}

_STATUSES: dict[str, _Rule] = {
    "UNAUTHENTICATED": (SignInNeeded, t(
        "cloud", "Your sign-in has ended or is not accepted here. Sign in again to go on.")),
    "PERMISSION_DENIED": (NotAllowed, _DENIED),
    "NOT_FOUND": (NotFound, t("cloud", "There is no {what}. Check the name, and refresh the list.")),
    "INVALID_ARGUMENT": (RequestRefused, t(
        "cloud", "Google did not understand the request to {doing}. Check the name.")),
    "FAILED_PRECONDITION": (RequestRefused, t(
        "cloud", "Google cannot {doing} in its present state. The details say why.")),
    "ALREADY_EXISTS": (RequestRefused, t("cloud", "This exists already: {what}.")),
    "ABORTED": (RequestRefused, t("cloud", "Something else changed {what} at the same time. Try again.")),
    "RESOURCE_EXHAUSTED": (TooBusy, t(
        "cloud", "Google's limit of requests is reached for {project}. Wait a little and try again.")),
    "UNAVAILABLE": (TooBusy, t(
        "cloud", "Google is too busy to {doing} at the moment. Wait a little and try again.")),
    "DEADLINE_EXCEEDED": (ServerFailed, t("cloud", "Google took too long to {doing}. Try again.")),
    "INTERNAL": (ServerFailed, t("cloud", "Google failed to {doing}. Try again in a moment.")),
    "UNIMPLEMENTED": (RequestRefused, t("cloud", "Google does not offer to {doing} this way.")),
}


def _family(http_status: int) -> _Rule:
    by_number = {401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED",
                 503: "UNAVAILABLE", 504: "DEADLINE_EXCEEDED"}
    return _STATUSES[by_number.get(http_status, "INTERNAL" if http_status >= 500 else "INVALID_ARGUMENT")]


def _project(error: GoogleError, what: str) -> str:
    """The project that an error is about, for a sentence."""
    named = error.metadata.get("consumer", "").removeprefix("projects/")
    if not named:
        return what if what.startswith("project ") else say("cloud", "the project")
    return say("cloud", "project {name}").format(name=named)


_SERVICES = {
    "healthcare.googleapis.com": "Cloud Healthcare API",
    "cloudresourcemanager.googleapis.com": "Cloud Resource Manager API",
}


def _service(error: GoogleError) -> str:
    named = error.metadata.get("service", "")
    return _SERVICES.get(named) or (
        say("cloud", "service {name}").format(name=named) if named else say("cloud", "service that this needs"))


def _safe_link(url: str) -> str:
    """A link is offered as a button, so it must be a web page over TLS."""
    return url if url.startswith("https://") and url.isprintable() and " " not in url else ""


def _seconds(text: str) -> float | None:
    found = re.fullmatch(r"(\d{1,6}(?:\.\d+)?)s", text)
    return float(found[1]) if found else None


def _one_line(text: str) -> str:
    return " ".join(text.split())[:600]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
