"""The start where the home is damaged, full, read-only, or of a newer program: it goes on, and says so."""

from __future__ import annotations

import errno
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop_app.core.errors import DiskError
from desktop_app.core.settings import Settings
from desktop_app.services import profile as profiles
from desktop_app.services.folders import Folders
from desktop_app.services.profile import open_profile
from desktop_app.services.settings_file import save_settings

CHOSEN = Settings(lock_after_min=15)


def refuse(monkeypatch: pytest.MonkeyPatch, number: int, *below: Path) -> None:
    """As if the disk below these folders refused to be written to."""
    honest = Path.write_bytes

    def write(path: Path, data: Any) -> int:
        if any(folder in path.parents for folder in below):
            raise OSError(number, os.strerror(number))
        return honest(path, data)

    monkeypatch.setattr(Path, "write_bytes", write)


def test_a_fresh_home_is_made_for_its_user_alone(tmp_path: Path) -> None:
    folders = Folders.below(tmp_path)
    found = open_profile(folders, CHOSEN)
    assert found == profiles.Profile(folders, CHOSEN)
    if sys.platform != "win32":
        assert {folder.stat().st_mode & 0o777 for folder in tmp_path.iterdir()} == {0o700}
    assert all(not list(folder.iterdir()) for folder in tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_folders_that_others_could_read_are_closed(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data").chmod(0o755)
    open_profile(Folders.below(tmp_path), CHOSEN)
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_damaged_settings_are_moved_aside_and_told(tmp_path: Path) -> None:
    folders = Folders.below(tmp_path)
    folders.make()
    folders.settings.write_text("{half")
    found = open_profile(folders, CHOSEN)
    assert found.settings == CHOSEN and found.passing is None
    (said,) = found.troubles
    assert "damaged" in said and "settings.broken.json" in said
    assert (tmp_path / "config" / "settings.broken.json").read_text() == "{half"


def test_settings_of_a_newer_program_are_used_and_kept_whole(tmp_path: Path) -> None:
    folders = Folders.below(tmp_path)
    save_settings(folders.settings, CHOSEN)
    newer = {**json.loads(folders.settings.read_text()), "version": 99, "what_comes_later": {"a": 1},
             "archives": [{"name": "New", "url": "https://pacs.example.org", "sign_in": "of a later kind"}]}
    folders.settings.write_text(json.dumps(newer))
    for _ in range(2):                                  # once more: the copy is not made twice
        found = open_profile(folders, Settings())
        assert found.settings.lock_after_min == 15 and "newer" in found.troubles[0]
    save_settings(folders.settings, found.settings)
    assert "what_comes_later" not in folders.settings.read_text()
    assert json.loads((tmp_path / "config" / "settings.newer.json").read_text()) == newer
    assert open_profile(folders, Settings()).troubles == (), "what this program wrote is its own"
    assert sorted(path.name for path in (tmp_path / "config").iterdir()) == ["settings.json", "settings.newer.json"]


@pytest.mark.parametrize(("number", "words"), [(errno.ENOSPC, "disk is full"), (errno.EROFS, "permissions")])
def test_a_home_that_cannot_be_written_is_replaced_for_this_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    folders = Folders.below(tmp_path / "home")
    save_settings(folders.settings, CHOSEN)
    refuse(monkeypatch, number, tmp_path / "home")
    found = open_profile(folders, Settings())
    assert found.settings == CHOSEN, "what can be read is used"
    assert found.passing is not None and found.passing.stat().st_mode & 0o077 == 0
    assert found.folders == Folders(*(found.passing / name for name in ("data", "config", "state", "cache")))
    assert len(found.troubles) == 1 and words in found.troubles[0] and str(folders.data) in found.troubles[0]
    found.close()
    assert not found.passing.exists()


def test_only_what_is_refused_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = Folders.below(tmp_path)
    refuse(monkeypatch, errno.ENOSPC, folders.cache)
    found = open_profile(folders, CHOSEN)
    assert found.passing is not None and found.folders.cache == found.passing / "cache"
    assert (found.folders.data, found.folders.config) == (folders.data, folders.config)
    found.close()


def test_where_nothing_at_all_can_be_written_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, errno.ENOSPC, Path("/"), Path(tmp_path.anchor))
    made: list[Path] = []

    def mkdtemp(prefix: str) -> str:
        made.append(tmp_path / prefix)
        made[-1].mkdir()
        return str(made[-1])

    monkeypatch.setattr(profiles.tempfile, "mkdtemp", mkdtemp)
    with pytest.raises(DiskError, match="can write nothing"):
        open_profile(Folders.below(tmp_path / "home"), CHOSEN)
    assert made and not made[0].exists()
