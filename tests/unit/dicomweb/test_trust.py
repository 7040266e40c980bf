"""An authority of the hospital's own, over real TLS: trusted where the file says so, and only there."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from desktop_app.core.errors import DiskError, LightboxError, Unreachable
from desktop_app.core.store import Store
from desktop_app.core.store_network import StoreNetwork
from desktop_app.dicomweb.exchange import Exchange, read_all
from desktop_app.dicomweb.transport import build_http_client
from tests.support.loopback_tls import Authority


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@asynccontextmanager
async def archive(tls: ssl.SSLContext | None, location: str = "") -> AsyncIterator[tuple[str, list[str]]]:
    """The root of a server that answers yes (or sends on to `location`), and the requests that it saw."""
    seen: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append((await reader.readuntil(b"\r\n\r\n")).decode())
        status = f"302 Found\r\nLocation: {location}" if location else "200 OK"
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0, ssl=tls) as server:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{server.sockets[0].getsockname()[1]}/dicom-web", seen


async def ask(root: str, network: StoreNetwork, **options: object) -> None:
    async with build_http_client(Store("test", root, network=network), **options) as http:   # type: ignore[arg-type]
        async with Exchange(http).open("GET", f"{root}/studies") as response:
            await read_all(response)


async def test_the_extra_authority_is_trusted(authority: Authority) -> None:
    async with archive(authority.server_context()) as (root, seen):
        await ask(root, StoreNetwork(str(authority.file)))
        assert len(seen) == 1


async def test_der_is_read_as_well(authority: Authority, tmp_path: Path) -> None:
    der = tmp_path / "authority.cer"
    certificate = x509.load_pem_x509_certificate(authority.file.read_bytes())
    der.write_bytes(certificate.public_bytes(serialization.Encoding.DER))
    async with archive(authority.server_context()) as (root, seen):
        await ask(root, StoreNetwork(str(der)))
        assert len(seen) == 1


async def test_without_it_nobody_is_asked_anything(authority: Authority) -> None:
    async with archive(authority.server_context()) as (root, seen):
        with pytest.raises(Unreachable, match="not trusted"):
            await ask(root, StoreNetwork())
        assert seen == []


async def test_another_authority_does_not_help(authority: Authority, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Authority(tmp_path / "other")
    async with archive(authority.server_context()) as (root, seen):
        with pytest.raises(Unreachable, match="not trusted"):
            await ask(root, StoreNetwork(str(other.file)))
        assert seen == []


@pytest.mark.parametrize(("options", "sentence"), [
    ({"days_left": -0.5, "age_days": 2}, "it has expired; tell its administrator"),
    ({"age_days": -0.04, "days_left": 1}, "it is not valid yet; check the clock of this computer"),     # by an hour
    ({"hosts": ("192.0.2.7",)}, "it belongs to another address"),
])
async def test_what_is_wrong_with_a_certificate_is_said(
    authority: Authority, options: dict[str, object], sentence: str
) -> None:
    async with archive(authority.server_context("bad", **options)) as (root, seen):
        with pytest.raises(Unreachable, match=sentence):
            await ask(root, StoreNetwork(str(authority.file)))
        assert seen == []


async def test_a_wrong_host_name_stays_wrong(authority: Authority) -> None:
    async with archive(authority.server_context("other", hosts=("archive.invalid",))) as (root, seen):
        with pytest.raises(Unreachable, match="not trusted: it belongs to another"):
            await ask(root, StoreNetwork(str(authority.file)))
        assert seen == []


async def test_a_missing_file_is_said_and_read_when_it_is_there(authority: Authority, tmp_path: Path) -> None:
    path = tmp_path / "later.pem"
    async with archive(authority.server_context()) as (root, seen):
        store = Store("test", root, network=StoreNetwork(str(path)))
        async with build_http_client(store) as http:
            exchange = Exchange(http)
            with pytest.raises(DiskError, match=r"later\.pem"):
                async with exchange.open("GET", f"{root}/studies"):
                    pass
            assert seen == []
            path.write_bytes(authority.file.read_bytes())
            async with exchange.open("GET", f"{root}/studies") as response:
                await read_all(response)
        assert len(seen) == 1


@pytest.mark.parametrize("data", [b"", b"not a certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n"])
async def test_a_file_that_holds_none_is_said(authority: Authority, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "odd.pem"
    path.write_bytes(data)
    async with archive(authority.server_context()) as (root, _):
        with pytest.raises(LightboxError, match=r"odd\.pem holds no certificate"):
            await ask(root, StoreNetwork(str(path)))


async def test_headers_go_along() -> None:
    async def ready() -> Mapping[str, str]:
        return {"X-Api-Key": "k"}

    async with archive(None) as (root, seen):
        await ask(root, StoreNetwork(headers=("X-Department: Radiology",)), ready=ready)
        assert "x-department: Radiology\r\n" in seen[0] and "x-api-key: k\r\n" in seen[0]


async def test_headers_do_not_leave_the_origin() -> None:
    async with archive(None) as (other, seen), archive(None, f"{other}/studies") as (root, asked):
        with pytest.raises(LightboxError):
            await ask(root, StoreNetwork(headers=("X-Department: Radiology",)))
        async with build_http_client(Store("test", root, network=StoreNetwork(headers=("X-A: 1",)))) as http:
            await http.get(f"{other}/studies")
        assert len(asked) == 1 and len(seen) == 1 and "x-a" not in seen[0]


async def test_what_a_request_waits_for_may_fail_in_words() -> None:
    async def ready() -> Mapping[str, str]:
        raise DiskError("The certificate cannot be read.")

    async with archive(None) as (root, seen):
        with pytest.raises(DiskError, match="cannot be read"):
            await ask(root, StoreNetwork(), ready=ready)
        assert seen == []
