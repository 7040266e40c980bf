"""`lightbox check`: what this installation makes of files, said for each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from desktop_app.check import run_check
from tests.architecture.source import ROOT
from tests.unit.imaging.objects import image

GREY = np.arange(30 * 40, dtype=np.uint16).reshape(30, 40)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "good").write_bytes(image(GREY))
    return tmp_path


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.filterwarnings("default")
def test_each_file_gets_a_line_and_one_bad_file_is_told_by_the_exit_code(
    folder: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    assert run_check([str(folder)], as_json=True) == 0
    (shown,) = rows(capsys)
    assert shown == {
        "path": str(folder / "inner" / "good"), "state": "shown", "transferSyntax": "1.2.840.10008.1.2.1",
        "sopClass": "1.2.840.10008.5.1.4.1.1.7", "frames": 1, "rows": 30, "columns": 40, "reason": ""}
    (folder / "note.txt").write_text("no image", encoding="ascii")
    (folder / "cut.dcm").write_bytes(image(GREY)[:-2000])
    (folder / "odd.dcm").write_bytes(image(GREY, syntax="1.2.3.4", encoded=[b"????"]))
    assert run_check([str(folder)], as_json=True) == 1
    found = {Path(str(row["path"])).name: row for row in rows(capsys)}
    assert {name: row["state"] for name, row in found.items()} == {
        "good": "shown", "note.txt": "not DICOM", "cut.dcm": "damaged", "odd.dcm": "cannot decode"}
    assert all(row["reason"] for name, row in found.items() if name != "good")


def test_what_has_no_image_is_opened_as_what_it_is(dicom_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = {str(next(dicom_data.rglob(name))): state for name, state in (
        ("reportsi.dcm", "document"), ("sr.dcm", "document"))}
    assert run_check(list(found), as_json=True) == 0
    assert {row["path"]: row["state"] for row in rows(capsys)} == found


def test_a_file_that_is_not_there_is_said_and_nothing_to_check_is_no_success(
    tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    assert run_check([str(tmp_path)], as_json=False) == 1
    assert "no file" in capsys.readouterr().err
    assert run_check([str(tmp_path / "gone.dcm")], as_json=True) == 1
    assert rows(capsys)[0]["reason"]


def test_it_is_a_command_of_the_program_and_writes_no_profile(folder: Path) -> None:
    home = folder / "home"
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", "check", str(folder / "inner")], capture_output=True, encoding="utf-8",
        cwd=ROOT, env={**os.environ, "LIGHTBOX_HOME": str(home)}, timeout=90, check=False)
    assert done.returncode == 0 and done.stdout.split("\t")[:3] == ["shown", "1.2.840.10008.1.2.1", "40×30"]
    assert not home.exists()
