"""Google's settings come back from the file as they went in."""

from __future__ import annotations

from pathlib import Path

from desktop_app.core.settings import GoogleSettings, Settings
from desktop_app.services.settings_file import load_settings, save_settings


def test_google_settings_survive(tmp_path: Path) -> None:
    settings = Settings(
        google=GoogleSettings(client_id="c", recent=("projects/p",), healthcare="http://127.0.0.1:1"),
        lock_after_min=5, keep_secrets=False)
    save_settings(tmp_path / "settings.json", settings)
    assert load_settings(tmp_path / "settings.json") == settings


def test_unknown_fields_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"google": {"client_id": "c", "of tomorrow": 1}, "archives": []}')
    assert load_settings(file).google == GoogleSettings(client_id="c")
