"""Application Default Credentials: which file, which kinds, and what goes over the line."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from desktop_app.auth.application_default import (
    HOW_TO_GET_THEM,
    credentials_file,
    default_token,
    parse_default_credentials,
    read_default_credentials,
)
from desktop_app.core.errors import DiskError, LightboxError, SignInFailed

NOW = 1_800_000_000.0
PERSON = {"type": "authorized_user", "client_id": "c.apps", "client_secret": "hidden-client",
          "refresh_token": "1//hidden", "quota_project_id": "billing-1", "account": "reader@example.org"}


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def service_account(key: rsa.RSAPrivateKey) -> dict[str, str]:
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()
    return {"type": "service_account", "client_email": "robot@clinic.example", "private_key": pem,
            "private_key_id": "key-1", "token_uri": "https://oauth2.example/token"}


def answering(answer: Callable[[httpx.Request], httpx.Response]) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.MockTransport(answer), auth=("store", "password"))


@pytest.mark.parametrize(("environment", "windows", "path"), [
    ({"GOOGLE_APPLICATION_CREDENTIALS": "/keys/robot.json", "CLOUDSDK_CONFIG": "/other"}, False, "/keys/robot.json"),
    ({"CLOUDSDK_CONFIG": "/sdk"}, False, "/sdk/application_default_credentials.json"),
    ({}, False, "/home/r/.config/gcloud/application_default_credentials.json"),
    ({"APPDATA": "/Users/r/AppData"}, True, "/Users/r/AppData/gcloud/application_default_credentials.json"),
    ({"GOOGLE_APPLICATION_CREDENTIALS": " "}, False, "/home/r/.config/gcloud/application_default_credentials.json"),
])
def test_the_file_is_where_googles_tools_put_it(environment: dict[str, str], windows: bool, path: str) -> None:
    assert credentials_file(environment, Path("/home/r"), windows=windows) == Path(path)


async def test_a_persons_credentials_become_a_token() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"access_token": "ya29.x", "token_type": "Bearer", "expires_in": 3599,
                                         "scope": "a b", "refresh_token": "1//another"})

    credentials = parse_default_credentials(json.dumps(PERSON))
    async with answering(answer) as http:
        token = await default_token(credentials, http, clock=lambda: NOW)
    assert token.access_token == "ya29.x" and token.expires_at == NOW + 3599 and token.scopes == ("a", "b")
    assert token.account == "reader@example.org" and token.refresh_token == ""
    assert credentials.quota_project == "billing-1"
    form = parse_qs(seen[0].content.decode())
    assert str(seen[0].url) == "https://oauth2.googleapis.com/token" and "Authorization" not in seen[0].headers
    assert form["grant_type"] == ["refresh_token"] and form["refresh_token"] == ["1//hidden"]
    assert "hidden" not in repr(credentials) + repr(token)


async def test_a_service_account_proves_itself_by_its_key(
    service_account: dict[str, str], key: rsa.RSAPrivateKey
) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"access_token": "ya29.y", "token_type": "Bearer", "expires_in": 3600})

    async with answering(answer) as http:
        token = await default_token(
            parse_default_credentials(json.dumps(service_account)), http, scopes=("s1", "s2"), clock=lambda: NOW)
    assert token.account == "robot@clinic.example" and token.scopes == ("s1", "s2")
    form = parse_qs(seen[0].content.decode())
    assert form["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
    head, claims, signature = form["assertion"][0].split(".")
    key.public_key().verify(decode(signature), f"{head}.{claims}".encode(), padding.PKCS1v15(), hashes.SHA256())
    assert json.loads(decode(head)) == {"alg": "RS256", "typ": "JWT", "kid": "key-1"}
    assert json.loads(decode(claims)) == {
        "iss": "robot@clinic.example", "scope": "s1 s2", "aud": "https://oauth2.example/token", "iat": int(NOW),
        "exp": int(NOW) + 3600}


def decode(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


async def test_a_clock_that_is_wrong_by_an_hour_is_put_right_by_googles(service_account: dict[str, str]) -> None:
    issued: list[int] = []

    def answer(request: httpx.Request) -> httpx.Response:
        claims = json.loads(decode(parse_qs(request.content.decode())["assertion"][0].split(".")[1]))
        issued.append(claims["iat"])
        headers = {"Date": "Fri, 15 Jan 2027 08:00:00 GMT"}         # = NOW
        if abs(claims["iat"] - NOW) > 300:
            return httpx.Response(400, headers=headers, json={
                "error": "invalid_grant", "error_description": "Invalid JWT: Token must be a short-lived token"})
        return httpx.Response(200, headers=headers, json={"access_token": "ya29.z", "expires_in": 3600})

    wrong = NOW - 3600
    async with answering(answer) as http:
        token = await default_token(parse_default_credentials(json.dumps(service_account)), http, clock=lambda: wrong)
    assert issued == [int(wrong), int(NOW)]
    assert token.expires_at == wrong + 3600         # on this machine's own clock


@pytest.mark.parametrize(("answer", "sentence"), [
    (httpx.Response(400, json={"error": "invalid_grant", "error_description": "Token has been expired or revoked."}),
     "gcloud auth application-default login"),
    (httpx.Response(407, text="<html>"), "proxy"),
    (httpx.Response(200, text="<html>"), "Something other than the sign-in server"),
])
async def test_refusals_are_said_in_words(answer: httpx.Response, sentence: str) -> None:
    async with answering(lambda request: answer) as http:
        with pytest.raises(LightboxError, match=sentence) as caught:
            await default_token(parse_default_credentials(json.dumps(PERSON)), http)
    assert "hidden" not in caught.value.user_text + caught.value.detail


async def test_a_key_that_was_deleted_is_said_in_words(service_account: dict[str, str]) -> None:
    deleted = httpx.Response(400, json={"error": "invalid_grant", "error_description": "Invalid JWT Signature."})
    async with answering(lambda request: deleted) as http:
        with pytest.raises(SignInFailed, match="was deleted or disabled"):
            await default_token(parse_default_credentials(json.dumps(service_account)), http)


def test_the_hosts_of_the_settings_hold_where_the_file_names_none(service_account: dict[str, str]) -> None:
    ours = "https://token.example/token"
    assert parse_default_credentials(json.dumps(PERSON), ours).token_uri == ours
    assert parse_default_credentials(json.dumps(service_account), ours).token_uri == service_account["token_uri"]


async def test_a_line_that_breaks_is_said_in_words() -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("reset")
    async with answering(fail) as http:
        with pytest.raises(LightboxError, match=r"oauth2\.googleapis\.com broke off"):
            await default_token(parse_default_credentials(json.dumps(PERSON)), http)


@pytest.mark.parametrize(("text", "sentence"), [
    ("{", "damaged"), ("[]", "damaged"),
    ('{"type": "external_account"}', "“external_account” cannot be used"),
    ("{}", "“unknown” cannot be used"),
    ('{"type": "authorized_user", "client_id": "c"}', "not complete"),
    ('{"type": "service_account", "client_email": "a", "private_key": "k", "token_uri": "http://plain.example"}',
     "without encryption"),
])
def test_files_that_cannot_be_used_are_refused_in_words(text: str, sentence: str) -> None:
    with pytest.raises(SignInFailed, match=sentence):
        parse_default_credentials(text)


@pytest.mark.parametrize("kind", ["nonsense", "elliptic"])
async def test_a_key_that_cannot_sign_is_refused_in_words(service_account: dict[str, str], kind: str) -> None:
    pem = "nonsense" if kind == "nonsense" else ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()
    credentials = parse_default_credentials(json.dumps(service_account | {"private_key": pem}))
    async with answering(lambda request: pytest.fail("asked")) as http:
        with pytest.raises(SignInFailed, match="The key in the file"):
            await default_token(credentials, http)


async def test_no_file_tells_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(SignInFailed) as caught:
        await read_default_credentials(tmp_path / "none.json")
    assert caught.value.user_text == HOW_TO_GET_THEM


async def test_a_file_that_cannot_be_read_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path, tmp_path / "binary.json"):
        with pytest.raises(DiskError, match="cannot be read"):
            await read_default_credentials(path)
    (tmp_path / "good.json").write_text(json.dumps(PERSON))
    assert (await read_default_credentials(tmp_path / "good.json")).kind == "authorized_user"
