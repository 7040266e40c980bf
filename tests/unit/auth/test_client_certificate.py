"""Client certificates: a server on loopback that asks for one, and the ways a file may not fit."""

from __future__ import annotations

import asyncio
import ssl
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

from desktop_app.auth.client_certificate import add_client_certificate
from desktop_app.core.errors import DiskError, LightboxError, SignInFailed
from tests.support.loopback_tls import Authority

PASSWORD = "pässword"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


Files = dict[str, tuple[Path, Path | None, str]]


@pytest.fixture(scope="module")
def files(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The same certificate in the shapes that people are given. Name → file, key file, password."""
    folder = tmp_path_factory.mktemp("client")
    certificate, key = authority.issue("client", hosts=("client.example",))
    loaded = serialization.load_pem_private_key(key.read_bytes(), None)
    own = x509.load_pem_x509_certificate(certificate.read_bytes())
    sealed = serialization.BestAvailableEncryption(PASSWORD.encode())

    def write(name: str, data: bytes) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    encrypted = loaded.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, sealed)
    p12 = pkcs12.serialize_key_and_certificates(b"client", loaded, own, None, sealed)        # type: ignore[arg-type]
    bare = pkcs12.serialize_key_and_certificates(
        b"client", loaded, own, None, serialization.NoEncryption())                           # type: ignore[arg-type]
    without_key = pkcs12.serialize_key_and_certificates(b"client", None, own, None, sealed)
    return {
        "two files": (certificate, key, ""),
        "one file": (write("both.pem", certificate.read_bytes() + key.read_bytes()), None, ""),
        "encrypted key": (write("sealed.pem", certificate.read_bytes() + encrypted), None, PASSWORD),
        "PKCS #12": (write("client.p12", p12), None, PASSWORD),
        "PKCS #12 without password": (write("bare.pfx", bare), None, ""),
        "PKCS #12 without key": (write("keyless.p12", without_key), None, PASSWORD),
    }


async def subject_seen(authority: Authority, context: ssl.SSLContext) -> object:
    """Whom the server sees when a client with `context` comes."""
    seen: asyncio.Future[object] = asyncio.get_running_loop().create_future()

    async def on_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.set_result(writer.get_extra_info("peercert")["subject"][0][0][1])
        writer.close()

    asks = authority.server_context("asking")
    asks.verify_mode = ssl.CERT_REQUIRED
    asks.load_verify_locations(authority.file)
    server = await asyncio.start_server(on_connection, "127.0.0.1", 0, ssl=asks)
    async with server:
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
        await reader.read()
        writer.close()
        return await seen


@pytest.mark.parametrize("shape", [
    "two files", "one file", "encrypted key", "PKCS #12", "PKCS #12 without password"])
async def test_the_server_sees_who_comes(authority: Authority, files: Files, shape: str) -> None:
    certificate, key, password = files[shape]
    context = authority.client_context()
    add_client_certificate(context, certificate, key=key, password=password)
    assert await subject_seen(authority, context) == "client"


async def test_a_key_never_lies_on_the_disk_in_the_clear(
    authority: Authority, files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seen: list[bytes] = []
    real: Callable[..., None] = ssl.SSLContext.load_cert_chain

    def watch(self: ssl.SSLContext, path: Path, *args: object, **options: object) -> None:
        seen.append(Path(path).read_bytes())
        assert Path(path).stat().st_mode & 0o077 == 0
        real(self, path, *args, **options)

    monkeypatch.setattr(ssl.SSLContext, "load_cert_chain", watch)
    certificate, _, password = files["PKCS #12"]
    add_client_certificate(authority.client_context(), certificate, password=password)
    assert b"BEGIN ENCRYPTED PRIVATE KEY" in seen[0] and b"BEGIN PRIVATE KEY" not in seen[0]
    assert list(tmp_path.iterdir()) == []       # and nothing stays


@pytest.mark.parametrize(("shape", "password", "sentence"), [
    ("PKCS #12", "wrong", "Check its password"),
    ("PKCS #12", "", "If it has a password"),
    ("encrypted key", "wrong", "Check its password"),
    ("encrypted key", "", "If it has a password"),
    ("PKCS #12 without key", PASSWORD, "no certificate with its private key"),
])
def test_what_does_not_fit_is_said_in_words(files: Files, shape: str, password: str, sentence: str) -> None:
    with pytest.raises(SignInFailed, match=sentence):
        add_client_certificate(ssl.create_default_context(), files[shape][0], password=password)


def test_a_certificate_without_its_key_or_with_another(authority: Authority, files: Files) -> None:
    certificate, _, _ = files["two files"]
    _, other = authority.issue("other")
    for key in (None, other):
        with pytest.raises(SignInFailed, match="do not fit together"):
            add_client_certificate(ssl.create_default_context(), certificate, key=key)


@pytest.mark.parametrize("content", [None, b"", b"nonsense", b"-----BEGIN CERTIFICATE-----\nnonsense"])
def test_other_files(tmp_path: Path, files: Files, content: bytes | None) -> None:
    path = tmp_path / "certificate"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LightboxError) as caught:
        add_client_certificate(ssl.create_default_context(), path)
    assert isinstance(caught.value, DiskError if content is None else SignInFailed)
    with pytest.raises(DiskError):
        add_client_certificate(ssl.create_default_context(), files["two files"][0], key=tmp_path / "none")
