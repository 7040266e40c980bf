"""An archive that wants a client certificate gets it, and nobody else sees it."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import httpx
import pytest

from desktop_app.core.errors import LightboxError, SignInFailed, SignInNeeded
from desktop_app.core.store import SignInKind, Store
from desktop_app.core.store_network import StoreNetwork
from desktop_app.dicomweb.transport import build_http_client
from desktop_app.services.keychain import Secrets
from desktop_app.services.sign_ins import SignIns
from tests.support.loopback_tls import Authority


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


def person(authority: Authority, folder: Path) -> Path:
    certificate, key = authority.issue("reader")
    both = folder / "reader.pem"
    both.write_bytes(certificate.read_bytes() + key.read_bytes())
    return both


async def ask(
    authority: Authority, certificate: str, secrets: Secrets | None = None, kind: SignInKind = SignInKind.CERTIFICATE
) -> tuple[int, list[object]]:
    """Status of one request to an archive that lets in only who has a certificate, and whom it saw."""
    seen: list[object] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        seen.append(writer.get_extra_info("peercert")["subject"])
        writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    context = authority.server_context()
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(authority.file)
    async with await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context) as server:
        port = server.sockets[0].getsockname()[1]
        store = Store("Clinic", f"https://127.0.0.1:{port}/dicom-web", kind, certificate=certificate)
        sign_ins = SignIns(lambda address: None, lambda *_: pytest.fail("no browser here"))
        sign_ins._tls[store.key] = authority.client_context()       # the system does not know this authority
        if secrets is not None:
            await sign_ins.remember(store, secrets)
        async with build_http_client(
            store, auth=sign_ins.auth(store), tls=sign_ins.tls(store), ready=sign_ins.ready(store)
        ) as http:
            return (await http.get(store.url)).status_code, seen


async def test_the_certificate_is_presented(authority: Authority, tmp_path: Path) -> None:
    status, seen = await ask(authority, str(person(authority, tmp_path)))
    assert status == 204 and "reader" in str(seen)


async def test_a_file_that_is_none_is_said(authority: Authority, tmp_path: Path) -> None:
    (tmp_path / "wrong.p12").write_bytes(b"not a certificate")
    with pytest.raises(SignInFailed, match="do not fit together"):
        await ask(authority, str(tmp_path / "wrong.p12"), Secrets(password="x"))
    with pytest.raises(LightboxError, match="cannot be read"):
        await ask(authority, str(tmp_path / "missing.p12"))


async def test_other_archives_get_no_context_of_their_own(authority: Authority) -> None:
    store = Store("Clinic", "https://127.0.0.1:1/dicom-web")
    sign_ins = SignIns(lambda address: None, lambda *_: httpx.AsyncClient())
    assert sign_ins.tls(store) is None and sign_ins.auth(store) is None and sign_ins.ready(store) is None


async def test_beside_a_password_it_is_presented_too(authority: Authority, tmp_path: Path) -> None:
    certificate = str(person(authority, tmp_path))
    secrets = Secrets("reader", "of the archive", certificate_password="")
    status, seen = await ask(authority, certificate, secrets, SignInKind.BASIC)
    assert status == 204 and "reader" in str(seen)


async def test_headers_that_hide_something_come_from_the_secrets() -> None:
    store = Store("Clinic", "https://127.0.0.1:1/x", network=StoreNetwork(kept_headers=("X-Api-Key",)))
    sign_ins = SignIns(lambda address: None, lambda *_: httpx.AsyncClient())
    ready = sign_ins.ready(store)
    assert ready is not None
    with pytest.raises(SignInNeeded, match="X-Api-Key"):
        await ready()
    await sign_ins.remember(store, Secrets(headers="X-Api-Key: k"))
    assert await ready() == {"X-Api-Key": "k"}
