"""URLs of the studies service (PS3.18 10.1.1): pure builders over a service root without a trailing slash."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from desktop_app.core.errors import InvalidUid

_UID = re.compile(r"[0-9.]{1,64}")
_LENIENT_UID = re.compile(r"[0-9A-Za-z._-]{1,128}")


def check_uid(uid: str, *, lenient: bool = False) -> str:
    """The UID itself (PS3.5 9.1: digits and dots, at most 64). Raises InvalidUid for anything else.

    `lenient` also lets letters, `-`, `_` and twice the length pass: archives exist that hold such
    objects. A path separator never passes.
    """
    if not (_LENIENT_UID if lenient else _UID).fullmatch(uid) or uid.strip(".") == "":
        raise InvalidUid
    return uid


def studies_url(root: str) -> str:
    return f"{root.rstrip('/')}/studies"


def study_url(root: str, study_uid: str, *, lenient: bool = False) -> str:
    return f"{studies_url(root)}/{check_uid(study_uid, lenient=lenient)}"


def series_url(root: str, study_uid: str, series_uid: str, *, lenient: bool = False) -> str:
    return f"{study_url(root, study_uid, lenient=lenient)}/series/{check_uid(series_uid, lenient=lenient)}"


def instance_url(root: str, study_uid: str, series_uid: str, sop_uid: str, *, lenient: bool = False) -> str:
    series = series_url(root, study_uid, series_uid, lenient=lenient)
    return f"{series}/instances/{check_uid(sop_uid, lenient=lenient)}"


def frames_url(
    root: str, study_uid: str, series_uid: str, sop_uid: str, numbers: Sequence[int], *, lenient: bool = False
) -> str:
    """URL of some frames. Numbers start at 1. Raises ValueError for none, or for one below 1."""
    if not numbers or min(numbers) < 1:
        raise ValueError("frame numbers start at 1")
    listed = ",".join(str(number) for number in numbers)
    return f"{instance_url(root, study_uid, series_uid, sop_uid, lenient=lenient)}/frames/{listed}"


def resource_url(
    root: str, study_uid: str, series_uid: str | None = None, sop_uid: str | None = None, *, lenient: bool = False
) -> str:
    """URL of a study, a series or an instance, by how many UIDs are given."""
    if sop_uid is not None and series_uid is not None:
        return instance_url(root, study_uid, series_uid, sop_uid, lenient=lenient)
    if sop_uid is not None:
        raise ValueError("an instance needs the UID of its series")
    if series_uid is not None:
        return series_url(root, study_uid, series_uid, lenient=lenient)
    return study_url(root, study_uid, lenient=lenient)


def origin_of(url: str) -> tuple[str, str, int]:
    """Scheme, host and port: what must be equal for credentials to go along."""
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    return scheme, (parts.hostname or "").lower(), parts.port or {"http": 80, "https": 443}.get(scheme, 0)


def same_origin(one: str, other: str) -> bool:
    try:
        return origin_of(one) == origin_of(other)
    except ValueError:
        return False


def rebased(root: str, uri: str, base: str = "") -> str:
    """A BulkDataURI or RetrieveURL as an URL below `root`'s origin.

    Relative references resolve against `base` (the URL of the document they stood in, else the root). Behind a proxy
    servers name themselves wrongly: a foreign origin is replaced by the root, from `/studies/` on. Raises ValueError
    when no URL of this origin comes out: nothing is ever asked of another one.
    """
    url = urljoin(base or studies_url(root), uri.strip())
    if same_origin(url, root):
        return url
    parts = urlsplit(url)
    _, found, tail = parts.path.partition("/studies/")
    if parts.scheme not in ("http", "https") or not found:
        raise ValueError("the address lies outside this archive")
    return f"{studies_url(root)}/{tail}" + (f"?{parts.query}" if parts.query else "")
