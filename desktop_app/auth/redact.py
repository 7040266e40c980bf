"""Blacken secrets in text that may be shown or logged: tokens, codes, passwords, session cookies."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BLACK = "[hidden]"

_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    # Header lines first: whatever follows the scheme's name belongs to it.
    (re.compile(r"(?i)\b(authorization|proxy-authorization|cookie|set-cookie)\b(['\"]?\s*[:=,]\s*['\"]?)[^\r\n'\"]+"),
     rf"\1\2{_BLACK}"),
    (re.compile(r"(?i)\b(bearer|basic|dpop)\s+[A-Za-z0-9._~+/=-]{8,}"), rf"\1 {_BLACK}"),
    # Parameters of a query, a form or a JSON object.
    (re.compile(
        r"(?i)\b(access_token|refresh_token|id_token|id_token_hint|code_verifier|client_secret|assertion|password"
        r"|client_assertion)(['\"]?\s*[=:]\s*['\"]?)[^&\s'\",}]+"), rf"\1\2{_BLACK}"),
    # Everyday words, secret only as parameters: the "code": 403 of an error stays readable.
    (re.compile(r"(?i)(?<=[?&\s])(code|state|nonce|token)=[^&\s'\",}]+"), rf"\1={_BLACK}"),
    (re.compile(r"(?i)^(code|state|nonce|token)=[^&\s'\",}]+"), rf"\1={_BLACK}"),
    # Shapes that are tokens wherever they stand: Google's, and JSON Web Tokens.
    (re.compile(r"\bya29\.[A-Za-z0-9._~+/-]+"), _BLACK),
    (re.compile(r"\b1//[A-Za-z0-9_-]{20,}"), _BLACK),
    (re.compile(r"\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)*"), _BLACK),
)


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """`text` without anything that looks like a credential, and without the given `secrets` wherever they occur."""
    for secret in secrets:
        if len(secret) >= 4:
            text = text.replace(secret, _BLACK)
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text
