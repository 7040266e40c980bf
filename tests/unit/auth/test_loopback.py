"""The listener on loopback: the one answer it waits for, and everything else that may knock."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import AsyncIterator

import pytest

from desktop_app.auth import pages
from desktop_app.auth.loopback import LoopbackListener, carries_state, parameters_of
from desktop_app.core.errors import SignInFailed
from tests.support.oidc_fake import visit

STATE = "s" * 40


@pytest.fixture
async def listener() -> AsyncIterator[LoopbackListener]:
    async with LoopbackListener(carries_state(STATE)) as opened:
        yield opened


async def knock(listener: LoopbackListener, query: str) -> asyncio.Task[object]:
    """Send a request and return while it is under way, with the listener having seen it."""
    task: asyncio.Task[object] = asyncio.create_task(visit(f"{listener.redirect_uri}?{query}"))
    return task


async def test_waits_for_the_answer_and_shows_the_outcome(listener: LoopbackListener) -> None:
    task = await knock(listener, f"code=abc&state={STATE}")
    url = await listener.wait()
    assert parameters_of(url) == {"code": "abc", "state": STATE}
    assert not task.done()                  # the page is not shown before the outcome is known
    listener.answer(pages.SIGNED_IN)
    shown = await task
    assert shown.status == 200 and "You are signed in." in shown.body and "You may close this window." in shown.body


async def test_listens_on_loopback_only_and_on_a_port_of_the_systems_choice(listener: LoopbackListener) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", listener.redirect_uri)
    port = int(listener.redirect_uri.split(":")[2].rstrip("/"))
    with pytest.raises(OSError):
        socket.create_connection(("::1", port), timeout=1).close()


@pytest.mark.parametrize(("target", "status"), [
    ("favicon.ico", 404),                              # a browser's own idea
    ("other?code=abc&state=" + STATE, 404),            # the right answer at the wrong place
    ("", 400),                                         # a port scanner
    ("?code=abc", 400),                                # no state
    ("?code=abc&state=wrong", 400),                    # another sign-in's state
    ("?error=access_denied&state=", 400),              # an empty state
    (f"?state={STATE}", 400),                          # neither code nor error
    (f"?code=a&code=b&state={STATE}", 400),            # twice the same parameter is no answer
])
async def test_stray_requests_are_answered_and_change_nothing(
    listener: LoopbackListener, target: str, status: int
) -> None:
    stray = await visit(listener.redirect_uri + target)
    assert stray.status == status and "<h1>" in stray.body
    task = await knock(listener, f"code=real&state={STATE}")
    assert parameters_of(await listener.wait())["code"] == "real"
    listener.answer(pages.SIGNED_IN)
    await task


async def test_the_answer_brought_twice_sees_the_same_page_and_counts_once(listener: LoopbackListener) -> None:
    first = await knock(listener, f"code=one&state={STATE}")
    assert parameters_of(await listener.wait())["code"] == "one"
    second = await knock(listener, f"code=two&state={STATE}")
    listener.answer(pages.SIGNED_IN)
    assert (await first).body == (await second).body
    assert parameters_of(await listener.wait())["code"] == "one"


async def test_silent_connections_do_not_keep_the_answer_out(listener: LoopbackListener) -> None:
    port = int(listener.redirect_uri.split(":")[2].rstrip("/"))
    silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
    task = await knock(listener, f"code=abc&state={STATE}")
    await listener.wait()
    listener.answer(pages.SIGNED_IN)
    assert (await task).status == 200
    for _, writer in silent:
        writer.close()


@pytest.mark.parametrize("raw", [
    b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\r\n\r\n",                       # somebody tries TLS
    b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\n\r\n",           # a head without end
    b"nonsense\r\n\r\n",
])
async def test_what_is_no_request_is_refused(listener: LoopbackListener, raw: bytes) -> None:
    assert (await visit(listener.redirect_uri, raw=raw)).status == 400


async def test_another_host_name_is_refused(listener: LoopbackListener) -> None:
    assert (await visit(f"{listener.redirect_uri}?code=a&state={STATE}", host="evil.example:80")).status == 400


async def test_a_client_that_hangs_up_is_no_matter(listener: LoopbackListener) -> None:
    port = int(listener.redirect_uri.split(":")[2].rstrip("/"))
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HT")
    writer.close()
    task = await knock(listener, f"code=abc&state={STATE}")
    await listener.wait()
    listener.answer(pages.SIGNED_IN)
    assert (await task).status == 200


async def test_leaving_tells_a_waiting_browser_and_frees_the_port() -> None:
    async with LoopbackListener(carries_state(STATE)) as listener:
        uri = listener.redirect_uri
        task = await knock(listener, f"code=abc&state={STATE}")
        await listener.wait()
    assert "cancelled in Lightbox" in (await task).body
    with pytest.raises(OSError):
        await visit(uri)


async def test_cancelling_the_wait_closes_the_port() -> None:
    opened: list[str] = []

    async def attempt() -> None:
        async with LoopbackListener(carries_state(STATE)) as listener:
            opened.append(listener.redirect_uri)
            await listener.wait()

    task = asyncio.create_task(attempt())
    while not opened:
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with pytest.raises(OSError):
        await visit(opened[0])


async def test_a_port_in_use_is_said_in_words() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SignInFailed, match=f"Another program uses port {port}.*redirect_port in archives.toml"):
            async with LoopbackListener(carries_state(STATE), port=port):
                pass


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as tried:
            tried.bind(("::1", 0))
    except OSError:
        return False
    return True


ipv6 = pytest.mark.skipif(not has_ipv6(), reason="this computer has no ::1")


@ipv6
async def test_where_the_browser_is_told_localhost_both_its_meanings_are_ours() -> None:
    async with LoopbackListener(carries_state(STATE), host_name="localhost") as listener:
        port = int(listener.redirect_uri.split(":")[2].rstrip("/"))
        reader, writer = await asyncio.open_connection("::1", port)
        writer.write(f"GET /?code=abc&state={STATE} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode())
        assert parameters_of(await listener.wait())["code"] == "abc"
        listener.answer(pages.SIGNED_IN)
        assert b"You are signed in." in await reader.read()
        writer.close()
    for address in ("127.0.0.1", "::1"):
        with pytest.raises(OSError):
            socket.create_connection((address, port), timeout=1).close()


@ipv6
async def test_nobody_else_may_listen_where_localhost_may_lead() -> None:
    with socket.socket(socket.AF_INET6) as taken:
        taken.bind(("::1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SignInFailed, match=f"Another program uses port {port}"):
            async with LoopbackListener(carries_state(STATE), port=port, host_name="localhost"):
                pass


async def test_no_port_at_all_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: socket.socket, address: object) -> None:
        raise PermissionError(13, "forbidden")
    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(SignInFailed, match="could not listen") as caught:
        async with LoopbackListener(carries_state(STATE)):
            pass
    assert "PermissionError" in caught.value.detail


def test_state_is_compared_whole_and_survives_any_text() -> None:
    check = carries_state(STATE)
    assert check({"state": STATE})
    assert not any(check({"state": text}) for text in ("", STATE[:-1], STATE + "s", "ß\ud800"))


@pytest.mark.parametrize("page", [
    pages.SIGNED_IN, pages.CANCELLED, pages.NOT_OURS, pages.NOT_AN_ANSWER, pages.NOT_FOUND, pages.BAD_REQUEST,
    pages.refusal("No <b>luck</b>."),
], ids=lambda page: page.headline)
def test_pages_bring_nothing_from_outside_and_are_not_kept(page: pages.Page) -> None:
    answer = pages.response(page).decode()
    head, _, body = answer.partition("\r\n\r\n")
    assert f"Content-Length: {len(body.encode())}" in head
    assert "no-store" in head and "no-referrer" in head and "default-src 'none'" in head
    assert "http:" not in body and "https:" not in body and "<b>" not in body
    assert "close this window" in body.lower() or "Go on in the window" in body
    assert "history.replaceState" in body       # the used code leaves the address bar
