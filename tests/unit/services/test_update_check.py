"""Newer versions are asked for at the administrator's address only, and whatever answers there does no harm."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from desktop_app import __version__
from desktop_app.core.release import Release, version_key
from desktop_app.services.update_check import NoRelease, newest_release
from tests.support.loopback_tls import Authority


class Intranet:
    """An https server on loopback that answers what it is told to."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.status, self.body, self.headers = 200, b"", {"Content-Type": "application/json"}
        intranet = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                intranet.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                self.send_response(intranet.status)
                for name, value in intranet.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(intranet.body)

            def log_message(self, *_: object) -> None: ...

        authority = Authority(folder)
        self.ca_file = str(authority.file)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.socket = authority.server_context().wrap_socket(self._server.socket, server_side=True)
        self.address = f"https://127.0.0.1:{self._server.server_address[1]}/lightbox.json"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def intranet(tmp_path: Path) -> Iterator[Intranet]:
    server = Intranet(tmp_path)
    yield server
    server.close()


async def test_a_newer_version_is_told(intranet: Intranet) -> None:
    intranet.body = b'{"version": "99.1", "page": "https://intranet.example.org/lightbox", "more": [1]}'
    found = await newest_release(intranet.address, intranet.ca_file)
    assert found == Release("99.1", "https://intranet.example.org/lightbox")
    assert found.is_newer_than(__version__) and not Release(__version__).is_newer_than(__version__)
    ((path, headers),) = intranet.asked
    assert path == "/lightbox.json" and "cookie" not in headers and "authorization" not in headers
    assert headers["user-agent"] == f"Lightbox/{__version__}"


@pytest.mark.parametrize("body", [
    b"", b"<html>Sign in</html>", b"[]", b"17", b"{}", b'{"version": 2}', b'{"version": "latest"}', b"\xff\xfe\x00",
    b'{"version": "1.2.3<script>"}', b"[" * 60_000, b'{"version": "' + b"9" * 200 + b'"}', b"x" * 100_000])
async def test_bad_answers_are_one_sentence(intranet: Intranet, body: bytes) -> None:
    intranet.body = body
    with pytest.raises(NoRelease):
        await newest_release(intranet.address, intranet.ca_file)


@pytest.mark.parametrize("status", [204, 302, 401, 404, 500])
async def test_no_redirect_is_followed_and_no_refusal_believed(intranet: Intranet, status: int) -> None:
    intranet.status, intranet.body = status, b"" if status == 204 else b'{"version": "99.0"}'
    intranet.headers = {"Location": intranet.address, "WWW-Authenticate": "Basic"}
    with pytest.raises(NoRelease):
        await newest_release(intranet.address, intranet.ca_file)
    assert len(intranet.asked) == 1


async def test_only_a_server_that_is_trusted_is_heard(intranet: Intranet) -> None:
    intranet.body = b'{"version": "99.0"}'
    with pytest.raises(NoRelease, match="administrator"):
        await newest_release(intranet.address)
    assert intranet.asked == []


async def test_where_nobody_answers_it_says_so() -> None:
    with pytest.raises(NoRelease):
        await newest_release("https://127.0.0.1:9/lightbox.json")


@pytest.mark.parametrize("page", ["javascript:alert(1)", "http://x.example.org", "https://", 17, "https://x/\n" * 2,
                                  "https://x.example.org/" + "a" * 400])
async def test_a_page_that_is_no_https_address_is_not_shown(intranet: Intranet, page: object) -> None:
    intranet.body = json.dumps({"version": "99.0", "page": page}).encode()
    assert (await newest_release(intranet.address, intranet.ca_file)).page == ""


@pytest.mark.parametrize(("older", "newer"), [
    ("0.9.9", "0.10.0"), ("1.2", "1.2.1"), ("1.2.0rc1", "1.2.0"), ("1.2.0rc1", "1.2.0rc2"), ("1.9", "2.0")])
def test_versions_are_ordered(older: str, newer: str) -> None:
    assert version_key(older) < version_key(newer)
    assert Release(newer).is_newer_than(older) and not Release(older).is_newer_than(newer)


def test_the_programs_own_version_is_one() -> None:
    assert version_key(__version__)
