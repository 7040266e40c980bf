"""Killed at random moments, an upload goes on at the next start: everything is stored once, and the journal says so."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.core.upload import Verdict
from desktop_app.services.upload_journal import FileState, UploadJournal
from tests.support.ct_series import CtSeries, make_ct_series
from tests.support.orthanc import Orthanc
from tests.support.upload_child import UPLOAD_ID

ROOT = Path(__file__).resolve().parents[2]


def start(url: str, folder: Path, journal: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.support.upload_child", url, str(folder), str(journal)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, encoding="utf-8")


def kill_at_random(child: subprocess.Popen[str], chance: random.Random, span_s: float) -> bool:
    """Kills it some time after its first sign of life; False when it ended before."""
    assert child.stdout is not None
    if not child.stdout.readline():
        child.wait()
        return False
    deadline = time.monotonic() + chance.uniform(0, span_s)
    while time.monotonic() < deadline and child.poll() is None:
        time.sleep(0.002)
    ended = child.poll() is not None
    child.kill()
    child.wait()
    child.stdout.close()
    return not ended


async def check(server: Orthanc, series: CtSeries, journal_file: Path, read: Callable[[str], bytes]) -> None:
    journal = await UploadJournal.open(journal_file)
    assert journal.is_on_disk
    rows = await journal.rows(UPLOAD_ID)
    assert await journal.unfinished() == ()
    await journal.close()
    assert {(row.state, row.item.verdict) for row in rows} == {(FileState.DONE, Verdict.STORED)}
    assert sorted(row.item.sop_instance_uid for row in rows) == sorted(series.sop_instance_uids)
    held = json.loads(read("/instances?expand"))
    assert sorted(one["MainDicomTags"]["SOPInstanceUID"] for one in held) == sorted(series.sop_instance_uids)
    by_uid = {one["MainDicomTags"]["SOPInstanceUID"]: one["ID"] for one in held}
    for row in rows:
        assert server.file(by_uid[row.item.sop_instance_uid]) == row.item.path.read_bytes()


async def killed_often(server: Orthanc, folder: Path, count: int, kills: int, seed: int) -> None:
    series = make_ct_series(folder / "in", count)
    chance = random.Random(seed)
    journal = folder / "uploads.sqlite"
    done = 0
    for _ in range(kills):
        child = start(server.url, series.files[0].parent, journal)
        done += kill_at_random(child, chance, 1.2)
    last = start(server.url, series.files[0].parent, journal)
    last.communicate(timeout=100)
    assert last.returncode == 0
    assert done > kills // 3, "most of them were killed in the middle"
    await check(server, series, journal, lambda path: server._rest("GET", path))


@pytest.mark.timeout(180)
async def test_killed_three_times(empty_orthanc: Orthanc, tmp_path: Path) -> None:
    await killed_often(empty_orthanc, tmp_path, 600, 3, seed=6)


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_killed_twenty_times(empty_orthanc: Orthanc, tmp_path: Path) -> None:
    await killed_often(empty_orthanc, tmp_path, 600, 20, seed=7)
