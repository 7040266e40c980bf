"""Secrets in a real keychain: GNOME's Secret Service, on a message bus and in a home of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

MISSING = next(
    (f"{program} is missing (Debian: {package})" for program, package in (
        ("dbus-run-session", "dbus"), ("gnome-keyring-daemon", "gnome-keyring")) if shutil.which(program) is None), "")

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING or "-")

PASSWORD = "correct-horse-battery"

# Each line is a program of its own, as if Lightbox were started anew each time.
_BEGIN = """
import asyncio, sys
from desktop_app.services.keychain import SecretDrawer, Secrets, SystemKeychain, has_system_keychain
drawer = SecretDrawer(SystemKeychain())
key = "https://pacs.example.org/dicom-web"
"""
_KEEP = "kept = asyncio.run(drawer.keep(key, Secrets('reader', sys.stdin.readline().strip())))\nprint('kept', kept)"
_FIND = "found = asyncio.run(drawer.find(key))\nprint('found', found.user, len(found.password))"
_FORGET = "asyncio.run(drawer.forget(key))\nprint('forgotten', has_system_keychain())"


def in_a_session(home: Path, *steps: str) -> list[str]:
    """What the steps print, one after another on one bus."""
    begin = "printf keyring-password | gnome-keyring-daemon --unlock --components=secrets >/dev/null\n"
    script = begin + "".join(f'printf "%s" "$SECRET" | "$PYTHON" -c "$STEP{n}"\n' for n in range(len(steps)))
    runtime = home / "runtime"
    runtime.mkdir(parents=True, exist_ok=True, mode=0o700)
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), "PYTHON": sys.executable,
        "HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "XDG_DATA_HOME": str(home / "data"), "SECRET": PASSWORD,
        **{f"STEP{n}": _BEGIN + step for n, step in enumerate(steps)}}
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-ec", script], env=environment, capture_output=True,
        encoding="utf-8", timeout=60,
        check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert PASSWORD not in done.stdout + done.stderr
    return done.stdout.splitlines()


def test_a_password_outlives_the_program_and_leaves_when_it_is_told_to(tmp_path: Path) -> None:
    said = in_a_session(tmp_path, _KEEP, _FIND, _FORGET, _FIND)
    assert said == ["kept True", f"found reader {len(PASSWORD)}", "forgotten True", "found  0"]


def test_what_is_kept_is_encrypted_on_the_disk(tmp_path: Path) -> None:
    assert in_a_session(tmp_path, _KEEP) == ["kept True"]
    files = list(tmp_path.rglob("*.keyring"))
    assert files and not any(PASSWORD.encode() in path.read_bytes() for path in files)
