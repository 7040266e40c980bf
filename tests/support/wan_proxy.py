"""A TCP proxy that makes a loopback server look far away, or the line to it unreliable.

Every byte is delivered half a round trip after it was read, each direction is held to a bandwidth that all connections
share in turn, and a new connection costs one more round trip, the handshake that loopback hides. With `--fault` it also
breaks connections on purpose. It runs in a process of its own, so that it does not compete with what it measures:

    python -m tests.support.wan_proxy --listen 9042 --target 127.0.0.1:8042 --rtt-ms 40 --mbit 1000

Only loopback addresses are accepted. It prints one line when it is ready.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests.support import processes
from tests.support.ports import free_port

_CHUNK = 32 * 1024          # what one connection may put on the line before the next has its turn
_AHEAD_S = 0.010            # the line's own buffer: never idle between two turns
_ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def far_away(
    url: str, *, rtt_ms: float = 40.0, mbit: float = 0.0, fault: float = 0.0, seed: int = 0, log: Path,
) -> Iterator[str]:
    """The same URL, `rtt_ms` away over a line of `mbit` Mbit/s each way (0: no limit) that breaks with chance `fault`
    in every 500 kB."""
    parts = urlsplit(url)
    port = free_port()
    command = [
        sys.executable, "-m", "tests.support.wan_proxy", "--listen", str(port), "--target", parts.netloc,
        "--rtt-ms", str(rtt_ms), "--mbit", str(mbit), "--fault", str(fault), "--seed", str(seed),
    ]
    process: subprocess.Popen[bytes] = processes.start(command, log=log, env={"PYTHONPATH": str(_ROOT)})
    try:
        processes.wait_until(lambda: b"ready" in log.read_bytes(), process, log)
        yield urlunsplit(parts._replace(netloc=f"127.0.0.1:{port}"))
    finally:
        processes.stop(process)


class _Line:
    """One direction of the line, shared by all connections in turn. A connection has at most one chunk waiting for
    its turn, so that what a client cancels is never sent."""

    def __init__(self, bytes_per_s: float) -> None:
        self._rate = bytes_per_s
        self._free_at = 0.0
        self._turn = asyncio.Lock()

    async def send(self, count: int) -> float:
        """Waits for the line; returns when the last of so many bytes has left it, in loop time (s)."""
        loop = asyncio.get_running_loop()
        if not self._rate:
            return loop.time()
        async with self._turn:
            if (ahead := self._free_at - loop.time() - _AHEAD_S) > 0:
                await asyncio.sleep(ahead)
            self._free_at = max(loop.time(), self._free_at) + count / self._rate
            return self._free_at


async def _pump(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, line: _Line, delay_s: float, cut_after: int | None,
) -> None:
    loop = asyncio.get_running_loop()
    under_way: asyncio.Queue[tuple[float, bytes] | None] = asyncio.Queue(maxsize=64)

    async def deliver() -> None:
        while (item := await under_way.get()) is not None:
            due, data = item
            if (wait := due - loop.time()) > 0:
                await asyncio.sleep(wait)
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()

    task = asyncio.create_task(deliver())
    sent = 0
    try:
        while data := await reader.read(_CHUNK):
            sent += len(data)
            if cut_after is not None and sent > cut_after:
                writer.transport.abort()
                return
            await under_way.put((await line.send(len(data)) + delay_s, data))
        await under_way.put(None)
        await task
    except (ConnectionError, asyncio.CancelledError):
        pass
    finally:
        task.cancel()


async def _serve(listen: int, target: str, rtt_ms: float, mbit: float, fault: float, seed: int) -> None:
    host, _, port = target.rpartition(":")
    if host not in ("127.0.0.1", "localhost", "[::1]"):
        raise SystemExit("only loopback addresses are accepted")
    chance = random.Random(seed)
    up, down = _Line(mbit * 1e6 / 8), _Line(mbit * 1e6 / 8)
    half_s = rtt_ms / 2000

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(2 * half_s)
        cut = int(chance.expovariate(fault / 500_000)) if fault else None
        try:
            far_reader, far_writer = await asyncio.open_connection(host.strip("[]"), int(port), limit=_CHUNK)
        except OSError:
            writer.transport.abort()
            return
        for end in (writer, far_writer):
            end.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        ways = [
            asyncio.ensure_future(_pump(reader, far_writer, up, half_s, cut)),
            asyncio.ensure_future(_pump(far_reader, writer, down, half_s, cut)),
        ]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)     # a client that hangs up wants nothing more
        for way in ways:
            way.cancel()
        for end in (writer, far_writer):
            if cut is not None:
                end.transport.abort()
            else:
                end.close()

    server = await asyncio.start_server(connect, "127.0.0.1", listen, limit=_CHUNK, backlog=512)
    print(f"ready: 127.0.0.1:{listen} -> {target}, rtt {rtt_ms} ms, {mbit or 'no'} Mbit/s limit", flush=True)
    async with server:
        await server.serve_forever()


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listen", type=int, required=True)
    parser.add_argument("--target", required=True, help="HOST:PORT on loopback")
    parser.add_argument("--rtt-ms", type=float, default=0)
    parser.add_argument("--mbit", type=float, default=0, help="bandwidth each way, shared; 0 = no limit")
    parser.add_argument("--fault", type=float, default=0, help="chance of a cut in every 500 kB, either direction")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with contextlib.suppress(ImportError):          # it keeps a fast line busy on fewer cores
        import uvloop
        uvloop.install()
    asyncio.run(_serve(options.listen, options.target, options.rtt_ms, options.mbit, options.fault, options.seed))


if __name__ == "__main__":
    _main()
