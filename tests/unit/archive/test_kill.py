"""Killed at any moment, the archive opens again with every instance it had acknowledged, and with none by halves."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.archive.archive import Archive
from desktop_app.archive.attributes import Level
from desktop_app.archive.matching import parse_search
from tests.unit.archive.objects import image

ROOT = Path(__file__).resolve().parents[3]
EDGE = 64           # as in the child

# Stores batch after batch for ever and says what is acknowledged; now and then it deletes, and says that too.
_CHILD = """
import asyncio, random, sys
from pathlib import Path
from desktop_app.archive.archive import Archive
from desktop_app.archive.storage import Incoming
from tests.unit.archive.objects import image

async def main(folder, study, seed):
    chance = random.Random(seed)
    archive = await Archive.open(Path(folder))
    print("open", flush=True)
    number = 0
    while True:
        batch = range(number + 1, number + 1 + chance.randint(1, 12))
        number = batch[-1]
        files = [Incoming(image(study, 1, each, edge=64)) for each in batch]
        outcomes = await archive.store(files)
        assert all(outcome.reason == 0 for outcome in outcomes), outcomes
        print(*(f"+{each}" for each in batch), flush=True)
        if chance.random() < 0.2:
            print(f"-{batch[0]}", flush=True)       # said before it is done: from now on it may be gone
            await archive.delete(f"1.2.{study}", f"1.2.{study}.1", f"1.2.{study}.1.{batch[0]}")

asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
"""


def _run_and_kill(folder: Path, study: int, chance: random.Random) -> tuple[set[int], set[int]]:
    """(acknowledged, possibly deleted) when the child was killed."""
    command = [sys.executable, "-c", _CHILD, str(folder), str(study), str(chance.randint(0, 999))]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as child:
        assert child.stdout is not None
        words = []
        for _ in range(chance.randint(3, 40)):
            words += child.stdout.readline().split()
        child.kill()
        words += child.stdout.read().split()        # what it had said before it died counts too
    assert words[0] == "open"
    return ({int(word[1:]) for word in words if word[0] == "+"}, {int(word[1:]) for word in words if word[0] == "-"})


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_killed_at_a_random_moment(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    for study in (1, 2, 3):
        stored, deleted = _run_and_kill(tmp_path, study, chance)
        assert len(stored) > 1
        archive = await Archive.open(tmp_path)
        listed = await archive.on_disk(archive.search_now, parse_search(Level.INSTANCE, [], study_uid=f"1.2.{study}"))
        numbers = {int(row.sop_instance_uid.rsplit(".")[-1]) for row in listed.rows}
        assert stored - deleted <= numbers
        for one in await archive.instances(f"1.2.{study}"):
            number = int(one.sop_instance_uid.rsplit(".")[-1])
            assert await archive.read(one.path) == image(study, 1, number, edge=EDGE)
        on_disk = {path.name for path in (tmp_path / "files").rglob("*") if path.is_file()}
        everything = [one for each in range(1, study + 1) for one in await archive.instances(f"1.2.{each}")]
        assert on_disk == {Path(one.path).name for one in everything}
        assert list((tmp_path / "incoming").iterdir()) == []
        await archive.close()
        (tmp_path / "in-use").touch()               # as if this one had been killed too
