"""The pages that the browser shows when it comes back: one shape, a few tones, nothing from outside.

A page carries no text that came with the request: what a stranger put into an address is never shown as ours.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from html import escape

from desktop_app.core.words import language, say, t


class Tone(StrEnum):
    """What a page tells at the first glance."""

    GOOD = "good"
    CAUTION = "caution"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Page:
    """What the browser shows: an HTTP status, a headline, a sentence or two."""

    status: int
    tone: Tone
    headline: str
    text: str


SIGNED_IN = Page(
    200, Tone.GOOD, t("auth", "You are signed in."),
    t("auth", "You may close this window. Lightbox goes on where you left it."))
CANCELLED = Page(
    200, Tone.CAUTION, t("auth", "The sign-in was cancelled in Lightbox."),
    t("auth", "Nothing was opened. You may close this window, and sign in again from Lightbox."))
NOT_OURS = Page(
    400, Tone.CAUTION, t("auth", "This answer belongs to another sign-in."),
    t("auth", "It may come from an earlier attempt. Close this window, and go on in the one that Lightbox opened "
      "last."))
NOT_AN_ANSWER = Page(
    400, Tone.CAUTION, t("auth", "Lightbox is waiting for a sign-in here."),
    t("auth", "This request holds no answer to it. Go on in the window that Lightbox opened."))
NOT_FOUND = Page(
    404, Tone.CAUTION, t("auth", "There is nothing here."),
    t("auth", "You may close this window and return to Lightbox."))
BAD_REQUEST = Page(
    400, Tone.CAUTION, t("auth", "This request was not understood."),
    t("auth", "You may close this window and return to Lightbox."))


def refusal(text: str) -> Page:
    """The page for a sign-in that ended without success; `text` is the sentence that Lightbox shows too."""
    return Page(
        200, Tone.ERROR, t("auth", "You are not signed in."),
        say("auth", "{text} You may close this window.").format(text=text))


_STYLE = """
:root{color-scheme:dark}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:flex;align-items:center;justify-content:center;padding:24px;
background:#0E1116;color:#E6EAF0;
font:16px/1.5 Inter,"Segoe UI",system-ui,-apple-system,"Helvetica Neue",Arial,sans-serif}
main{width:100%;max-width:460px;background:#151A21;border:1px solid #2A333F;border-radius:6px;padding:32px}
.brand{display:flex;align-items:center;gap:8px;color:#9AA7B5;font-size:14px;margin:0 0 24px}
.brand svg{flex:none}
.mark{display:flex;align-items:center;justify-content:center;width:40px;height:40px;border-radius:50%;margin-bottom:16px;
border:1.5px solid currentColor}
.good .mark{color:#3FB68B}.caution .mark{color:#E5B454}.error .mark{color:#F2727F}
h1{font-size:22px;line-height:1.3;font-weight:600;margin:0 0 8px}
p{margin:0;color:#9AA7B5}
"""

# The address of this page holds the code that was just used up; it goes out of the address bar and the history.
_SCRIPT = 'history.replaceState(null,"",location.pathname)'

_GLYPHS = {
    Tone.GOOD: '<path d="M4 10.5l4 4 8-9"/>',
    Tone.CAUTION: '<path d="M10 4v8"/><path d="M10 15.5v.5"/>',
    Tone.ERROR: '<path d="M5 5l10 10"/><path d="M15 5L5 15"/>',
}


def render(page: Page) -> bytes:
    """The page as a document, UTF-8."""
    headline, text = escape(say("auth", page.headline)), escape(say("auth", page.text))
    icon = (f'<svg width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.5" '
            f'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{_GLYPHS[page.tone]}</svg>')
    brand = ('<svg width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="#4DA3FF" stroke-width="1.5" '
             'aria-hidden="true"><rect x="2" y="3" width="16" height="14" rx="2"/>'
             '<circle cx="10" cy="10" r="4"/></svg>')
    return (
        f'<!doctype html><html lang="{language()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        '<link rel="icon" href="data:,">'
        f'<title>{headline} – Lightbox</title><style>{_STYLE}</style></head>'
        f'<body><main class="{page.tone}" role="{"status" if page.tone is Tone.GOOD else "alert"}">'
        f'<div class="brand">{brand}<span>Lightbox</span></div><div class="mark">{icon}</div>'
        f'<h1>{headline}</h1><p>{text}</p></main>'
        f'<script>{_SCRIPT}</script></body></html>'
    ).encode()


def _digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


HEADERS: tuple[tuple[str, str], ...] = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Content-Security-Policy",
     f"default-src 'none'; img-src data:; style-src {_digest(_STYLE)}; script-src {_digest(_SCRIPT)}; "
     "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    ("Connection", "close"),
)


def response(page: Page, *, with_body: bool = True) -> bytes:
    """The whole HTTP/1.1 answer that shows `page`; without its body for a HEAD request."""
    body = render(page)
    lines = [f"HTTP/1.1 {page.status} {_REASONS.get(page.status, 'Done')}", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in HEADERS]
    head = ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")
    return head + body if with_body else head


_REASONS = {200: "OK", 400: "Bad Request", 404: "Not Found"}
