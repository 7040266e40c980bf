"""The web viewer that an archive has: a template of its addresses."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from desktop_app.core.words import say

_PLACES = frozenset({"study", "series"})
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def checked_template(text: str) -> str:
    """The template itself. Raises ValueError with a sentence when no page of a viewer could come of it."""
    text = text.strip()
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        is_web = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
        sound = is_web and bool(parts.hostname) and "@" not in parts.netloc and "{" not in parts.netloc
    except ValueError:
        sound = False
    if not sound or not text.isprintable() or " " in text or len(text) > 2048:
        raise ValueError(say(
            "core", "The web viewer's address begins with https:// and holds no name or password."))
    places = re.findall(r"\{([^{}]*)\}", text)
    rest = re.sub(r"\{[^{}]*\}", "", text)
    if "study" not in places or not _PLACES.issuperset(places) or "{" in rest or "}" in rest:
        raise ValueError(say(
            "core", "The web viewer's address needs {study}, and may have {series}; it knows nothing else."))
    return text


def page_of(template: str, study_uid: str, series_uid: str = "") -> str:
    """The page that shows this study; `{series}` stays empty where none is known. UIDs must have been checked."""
    filled = {"study": quote(study_uid, safe=""), "series": quote(series_uid, safe="")}
    return re.sub(r"\{(study|series)\}", lambda found: filled[found[1]], template)
