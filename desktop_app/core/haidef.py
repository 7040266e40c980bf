"""HAI-DEF (Path Foundation, CXR Foundation): requests and links by their published forms, and what a check found.

Nothing here ever holds a token.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit

from desktop_app.core.words import language, say, t

# The patterns of the endpoints' request schemata.
SERIES_PATH = re.compile(r"https://.+/studies/[0-9.]{1,64}/series/[0-9.]{1,64}")
INSTANCE_LINK = re.compile(r"https://.+/studies/[0-9.]{1,64}/series/[0-9.]{1,64}/instances/[0-9.]{1,64}")
INSTANCE_UID = re.compile(r"[0-9.]{1,64}")
_GOOGLE = "healthcare.googleapis.com"
_NO_LINK = t(
    "core", "This cannot be linked to: the endpoints take https addresses and UIDs of digits and dots only.")
_LOCAL_NAMES = (".local", ".lan", ".internal", ".intranet", ".home.arpa", ".localhost")


class Result(StrEnum):
    PASS = t("core", "pass")
    WARN = t("core", "warn")
    FAIL = t("core", "fail")
    NOT_ASKED = t("core", "does not apply")


@dataclass(frozen=True, slots=True)
class Finding:
    """One of the checks C1–C14. `tags`: what it looked at; `source`: whose rule it is."""

    id: str
    title: str
    result: Result
    text: str
    tags: str = ""
    source: str = ""


def normalised_root(root_url: str) -> str:
    """The service root as the endpoints want it: https, no trailing slash, no query."""
    parts = urlsplit(root_url.strip())
    return urlunsplit(("https", parts.netloc, parts.path.rstrip("/"), "", ""))


def series_path(root_url: str, study_uid: str, series_uid: str) -> str:
    """The `series_path` of a Path Foundation request. Raises ValueError with a sentence."""
    return _checked(f"{normalised_root(root_url)}/studies/{study_uid}/series/{series_uid}", SERIES_PATH)


def cxr_link(root_url: str, study_uid: str, series_uid: str, sop_uid: str) -> str:
    """The `dicomweb_uri` of a CXR Foundation request: one instance. Raises ValueError with a sentence."""
    return _checked(
        f"{normalised_root(root_url)}/studies/{study_uid}/series/{series_uid}/instances/{sop_uid}", INSTANCE_LINK)


def path_request(root_url: str, study_uid: str, series_uid: str, sop_uids: Sequence[str], patch: int = 224) -> str:
    """One instance of a Path Foundation request as JSON, its first patch at the origin, without a token.

    Raises ValueError with a sentence.
    """
    if not sop_uids or not all(INSTANCE_UID.fullmatch(uid) for uid in sop_uids):
        raise ValueError(say("core", _NO_LINK))
    request = {
        "dicom_path": {"series_path": series_path(root_url, study_uid, series_uid), "instance_uids": list(sop_uids)},
        "patch_coordinates": [{"x_origin": 0, "y_origin": 0, "width": patch, "height": patch}],
    }
    return json.dumps(request, indent=2)


def host_trouble(root_url: str) -> str:
    """Why an endpoint on the internet cannot reach this address, in a sentence; empty when it may."""
    host = (urlsplit(root_url).hostname or "").lower()
    try:
        private = not ip_address(host).is_global
    except ValueError:
        private = host == "localhost" or "." not in host or host.endswith(_LOCAL_NAMES)
    return "" if not private else say(
        "core", "The endpoint cannot reach this host: it is on this computer or in a private network.")


def _checked(url: str, form: re.Pattern[str]) -> str:
    before = url.partition("/studies/")[0]
    google_form = urlsplit(url).hostname != _GOOGLE or before.endswith("/dicomWeb")
    if not form.fullmatch(url) or not google_form:
        raise ValueError(say("core", _NO_LINK))
    return url


def page(title: str, findings: Sequence[Finding]) -> str:
    """The findings as a page that can be saved: HTML, no scripts, nothing from elsewhere."""
    colours = {Result.PASS: "#2c8a63", Result.WARN: "#a8741a", Result.FAIL: "#c23b4a", Result.NOT_ASKED: "#6b7684"}
    rows = "".join(
        f'<tr><td>{one.id}</td><td style="color:{colours[one.result]};font-weight:600">'
        f'{html.escape(say("core", one.result.value))}</td>'
        f"<td>{html.escape(one.title)}</td><td>{html.escape(one.text)}</td><td>{html.escape(one.tags)}</td>"
        f"<td>{html.escape(one.source)}</td></tr>" for one in findings)
    heads = "".join(f"<th>{html.escape(head)}</th>" for head in (
        say("core", "Check"), say("core", "Result"), say("core", "What"), say("core", "Found"), say("core", "Tags"),
        say("core", "Rule of")))
    return (
        f'<!DOCTYPE html><html lang="{language()}"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        "<style>body{font:14px sans-serif;margin:2em}td,th{border-bottom:1px solid #ccc;padding:6px 10px;"
        "text-align:left;vertical-align:top}</style></head><body>"
        f"<h1>{html.escape(title)}</h1><table><tr>{heads}</tr>{rows}</table></body></html>")
