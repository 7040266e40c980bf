"""Child processes that end with the tests, however the tests end."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path


def start(command: Sequence[str | Path], *, log: Path, env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Starts a program whose output goes to a file; the kernel ends it should the tests be killed."""
    words = [str(word) for word in command]
    if setpriv := shutil.which("setpriv"):
        words = [setpriv, "--pdeathsig", "KILL", *words]
    with log.open("wb") as out:
        return subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **(env or {})},
        )


def stop(process: subprocess.Popen[bytes], grace_s: float = 5.0) -> None:
    """Asks, waits, then kills."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(grace_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, limit_s: float = 30.0) -> None:
    """Polls until a started program is ready. Raises RuntimeError with the end of its log when it is not."""
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        if ready():
            return
        time.sleep(0.02)
    tail = log.read_text(errors="replace")[-2000:]
    raise RuntimeError(f"{process.args!r} is not ready (exit code {process.poll()}):\n{tail}")
