"""Nothing that looks like a credential passes into a text that is shown or logged."""

from __future__ import annotations

import pytest

from desktop_app.auth.redact import redact


@pytest.mark.parametrize(("text", "hidden"), [
    ("Authorization: Bearer abc.def-ghi", "abc.def-ghi"),
    ("authorization: Basic dXNlcjpwYXNz", "dXNlcjpwYXNz"),
    ("headers={'Authorization': 'Bearer secret-thing'}", "secret-thing"),
    ("proxy-authorization: Digest username=x, response=12345678", "12345678"),
    ("Set-Cookie: session=12345; Path=/", "12345"),
    ("got Bearer abcdefgh12 from there", "abcdefgh12"),
    ("GET /?access_token=abc123&x=1", "abc123"),
    ("http://127.0.0.1:5000/?code=4/0Abc&state=xyz987", "4/0Abc"),
    ("http://127.0.0.1:5000/?code=4/0Abc&state=xyz987", "xyz987"),
    ("grant_type=authorization_code&code=c0de&code_verifier=v3r1f13r", "c0de"),
    ("grant_type=authorization_code&code=c0de&code_verifier=v3r1f13r", "v3r1f13r"),
    ("code=c0de", "c0de"),
    ('{"refresh_token": "1//abc", "client_secret":"GOCSPX"}', "1//abc"),
    ('{"refresh_token": "1//abc", "client_secret":"GOCSPX"}', "GOCSPX"),
    ("password = hunter2", "hunter2"),
    ("somewhere ya29.A0ARrdaM-x_y stands", "A0ARrdaM"),
    ("jwt eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln here", "eyJzdWIiOiIxIn0"),
    ("refresh 1//0gABCDEFGHIJKLMNOPQRSTUV end", "0gABCDEFGHIJ"),
    ("it said: my own secret", "my own secret"),
])
def test_credentials_are_blackened(text: str, hidden: str) -> None:
    cleaned = redact(text, secrets=("my own secret",))
    assert hidden not in cleaned and "[hidden]" in cleaned


@pytest.mark.parametrize("text", [
    '{"error": {"code": 403, "status": "PERMISSION_DENIED"}}',
    "the state of the store: code 404, token expired",
    "GET https://host/dicom-web/studies?limit=100&offset=200",
    "1.2.840.10008.1.2.4.90",
    "", "a", "Basic facts: see the manual",
])
def test_what_is_no_credential_stays_readable(text: str) -> None:
    assert redact(text, secrets=("", "abc")) == text
