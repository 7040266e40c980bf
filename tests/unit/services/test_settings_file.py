"""The settings file: written whole, read with patience, never lost."""

from __future__ import annotations

import json
import os
import sys
import threading
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from desktop_app.core.errors import DiskError
from desktop_app.core.oidc_ask import OidcAsk
from desktop_app.core.settings import Settings
from desktop_app.core.store import SignInKind, Store
from desktop_app.core.store_network import StoreNetwork
from desktop_app.services.settings_file import load_settings, save_settings

ARCHIVE = Store(
    "Archive", "https://archive.example/dicom-web", SignInKind.OIDC, "https://issuer.example", "lightbox",
    network=StoreNetwork("/etc/hospital.pem", ("X-Department: Radiology",), ("X-Api-Key",)),
    ask=OidcAsk("one two", "https://archive.example", "localhost"))
CHOSEN = Settings(archives=(ARCHIVE,), selected_archive=ARCHIVE.key, frame_cache_bytes=10**9)

root_only = pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def write(path: Path, text: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def test_there_and_back(path: Path) -> None:
    assert load_settings(path) == Settings()
    save_settings(path, CHOSEN)
    assert load_settings(path) == CHOSEN
    assert sorted(file.name for file in path.parent.iterdir()) == ["settings.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_nobody_else_reads_it(path: Path) -> None:
    save_settings(path, CHOSEN)
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[]", b"17", b'"text"', b"null", b"\xff\xfe\x00", b"[" * 100_000],
    ids=lambda text: str(text[:8]),
)
def test_a_broken_file_is_moved_aside(path: Path, text: bytes) -> None:
    write(path, text)
    assert load_settings(path) == Settings()
    assert path.with_suffix(".broken.json").read_bytes() == text
    assert not path.exists()


def test_each_broken_file_is_kept(path: Path) -> None:
    for text in ("{1", "{2", "{3"):
        write(path, text)
        load_settings(path)
    kept = {file.read_text() for file in path.parent.iterdir()}
    assert kept == {"{1", "{2", "{3"}


@pytest.mark.parametrize(
    "change",
    [
        {"frame_cache_bytes": "much"}, {"frame_cache_bytes": None}, {"frame_cache_bytes": True},
        {"keep_secrets": "no"}, {"selected_archive": 17}, {"archives": None}, {"archives": {"a": 1}},
        {"from_a_later_version": [1, 2]},
    ],
    ids=str,
)
def test_one_odd_value_costs_only_itself(path: Path, change: dict[str, object]) -> None:
    save_settings(path, CHOSEN)
    raw = json.loads(path.read_text())
    write(path, json.dumps({**raw, **change}))
    name = next(iter(change))
    expected = replace(CHOSEN, **{name: getattr(Settings(), name)}) if hasattr(CHOSEN, name) else CHOSEN
    assert load_settings(path) == expected


@pytest.mark.parametrize(
    "entry",
    [
        17, None, {}, {"name": "no address"}, {"name": "odd", "url": "ftp://x"}, {"name": "odd", "url": 3},
        {"name": "odd", "url": "https://x", "sign_in": "handshake"},
        {"name": "odd", "url": "https://x", "network": {"headers": ["no header"]}},
    ],
    ids=str,
)
def test_one_odd_archive_costs_only_itself(path: Path, entry: object) -> None:
    save_settings(path, CHOSEN)
    raw = json.loads(path.read_text())
    raw["archives"].insert(0, entry)
    write(path, json.dumps(raw))
    assert load_settings(path) == CHOSEN


@root_only
def test_a_file_that_cannot_be_read(path: Path) -> None:
    save_settings(path, CHOSEN)
    path.chmod(0)
    with pytest.raises(DiskError, match="permissions"):
        load_settings(path)


def test_a_folder_in_its_place(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(DiskError):
        load_settings(path)
    with pytest.raises(DiskError):
        save_settings(path, CHOSEN)
    assert list(path.parent.iterdir()) == [path]                # nothing half-written is left


def test_many_at_once_leave_one_whole_file(path: Path) -> None:
    def save(number: int) -> None:
        for turn in range(20):
            save_settings(path, replace(CHOSEN, frame_cache_bytes=number * 100 + turn))

    threads = [threading.Thread(target=save, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert load_settings(path).archives == (ARCHIVE,)
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_no_secret_has_a_place_in_it() -> None:
    def texts(value: object) -> list[str]:
        inner = [getattr(value, field.name) for field in fields(value)]         # type: ignore[arg-type]
        own = [field.name for field in fields(value) if field.type == "str"]    # type: ignore[arg-type]
        return own + [name for item in inner if is_dataclass(item) for name in texts(item)]

    words = ("password", "secret", "user", "key", "refresh", "bearer")
    assert [name for name in texts(Settings()) + texts(ARCHIVE) if any(word in name for word in words)] == []
