"""`lightbox --serve`: who starts it is told where it answers, and it does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import httpx

from tests.architecture.source import ROOT


def test_it_says_where_it_answers_and_answers_there(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "desktop_app", "--serve", "0"]
    surroundings = {**os.environ, "LIGHTBOX_HOME": str(tmp_path)}
    with subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, encoding="utf-8") as running:
        try:
            assert running.stdout is not None
            said = re.search(r"http://127\.0\.0\.1:\d+/dicom-web", running.stdout.readline())
            assert said is not None
            answer = httpx.get(f"{said[0]}/studies?limit=1", timeout=60)
        finally:
            running.terminate()
    assert answer.status_code == 200 and len(answer.json()) == 1
