"""The command line as a person or a script uses it: a process of its own, its output and its exit code."""

from __future__ import annotations

import asyncio
import gc
import io
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop_app.archive.archive import Archive
from desktop_app.cli import parse_command
from desktop_app.commands import run_command
from desktop_app.core.errors import Unreachable
from desktop_app.core.settings import Settings
from desktop_app.core.store import SignInKind, Store, System
from desktop_app.services import retrieval
from desktop_app.services.folders import Folders
from desktop_app.services.settings_file import save_settings
from tests.support.asgi_server import AsgiServer
from tests.support.misbehaving import Answer, MisbehavingServer
from tests.support.systems import SYSTEMS, SystemServer

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("CT_small.dcm", "MR_small.dcm", "JPEG2000.dcm")


@dataclass
class Place:
    url: str
    archive: Archive
    server: SystemServer


@dataclass
class Ended:
    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]


def run(home: Path, *arguments: object) -> Ended:
    """In this process, which saves the imports."""
    out, err = io.StringIO(), io.StringIO()
    thresholds = gc.get_threshold()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setenv("LIGHTBOX_HOME", str(home))
        try:
            code = run_command(parse_command([str(one) for one in arguments]))
        except SystemExit as error:
            code = int(error.code or 0)
        finally:
            gc.unfreeze()
            gc.set_threshold(*thresholds)
    return Ended(code, out.getvalue(), err.getvalue())


def run_process(home: Path, *arguments: object, **environment: str) -> Ended:
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", *map(str, arguments)], capture_output=True, encoding="utf-8", check=False,
        cwd=ROOT, timeout=90, env={**os.environ, "LIGHTBOX_HOME": str(home), **environment})
    assert "Traceback" not in done.stderr, done.stderr
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def files(dicom_data: Path) -> list[Path]:
    return [next(iter(sorted(dicom_data.rglob(name)))) for name in NAMES]


@pytest.fixture
def place(tmp_path: Path, files: list[Path]) -> Iterator[Place]:
    archive = asyncio.run(Archive.open(tmp_path / "archive"))
    ways = SYSTEMS["any PS3.18 server"]
    server = SystemServer(ways, archive)
    with AsgiServer(server) as http:
        yield Place(http.url + ways.root, archive, server)
    asyncio.run(archive.close())


def test_the_four_commands_do_a_days_work(place: Place, files: list[Path], tmp_path: Path) -> None:
    home, copies = tmp_path / "home", tmp_path / "copies"
    stored = run(home, "store", "--archive", place.url, "--json", *files)
    assert stored.code == 0, stored.err
    assert [row["state"] for row in stored.rows] == ["stored"] * 3

    found = run(home, "search", "--archive", place.url, "--modality", "ct", "--json")
    assert (found.code, [row["PatientID"] for row in found.rows]) == (0, ["1CT1"])
    study = str(found.rows[0]["StudyInstanceUID"])
    assert run(home, "search", "--archive", place.url, "--name", "Nobody*").out == ""
    assert study in run(home, "search", "--archive", place.url, "compressed").out

    copied = run(home, "retrieve", "--archive", place.url, "--all", "--to", copies, "--json")
    assert copied.code == 0, copied.err
    assert sorted(Path(str(row["path"])).read_bytes() for row in copied.rows) == sorted(
        path.read_bytes() for path in files), "byte for byte"

    next(copies.rglob("*.dcm")).unlink()
    again = run(home, "retrieve", "--archive", place.url, "--all", "--to", copies, "--json")
    assert sorted(str(row["state"]) for row in again.rows) == ["copied", "here already", "here already"]

    asked = run(home, "delete", "--archive", place.url, study)
    assert (asked.code, asyncio.run(place.archive.count())) == (0, 3), "nothing goes without --yes"
    gone = run(home, "delete", "--archive", place.url, "--yes", "--json", study)
    assert (gone.code, [row["state"] for row in gone.rows]) == (0, ["deleted"])
    assert asyncio.run(place.archive.count()) == 2


def test_a_folder_is_searched_and_copied_too(files: list[Path], tmp_path: Path) -> None:
    found = run(tmp_path / "home", "search", "--archive", files[0].parent, "--id", "1CT1", "--json")
    assert found.code == 0
    study = str(found.rows[0]["StudyInstanceUID"])
    (tmp_path / "list.txt").write_text(f"# wanted\n{study}\n")
    copied = run(tmp_path / "home", "retrieve", "--archive", files[0].parent, "--list", tmp_path / "list.txt",
                 "--to", tmp_path / "copies")
    assert copied.code == 0
    assert len(list((tmp_path / "copies" / study).rglob("*.dcm"))) >= 1


def test_what_was_not_done_is_in_the_exit_code(
    place: Place, files: list[Path], tmp_path: Path, refused_url: str
) -> None:
    home = tmp_path / "home"
    (tmp_path / "no.txt").write_text("no DICOM")
    some = run(home, "store", "--archive", place.url, "--json", files[0], tmp_path / "no.txt")
    assert (some.code, {row["state"] for row in some.rows}) == (1, {"stored", "not DICOM"})
    missing = run(home, "retrieve", "--archive", place.url, "1.2.3.4.5", "--to", tmp_path / "copies", "--json")
    assert missing.code in (0, 1)
    assert not list((tmp_path / "copies").rglob("*.dcm"))
    assert run(home, "search", "--archive", refused_url).code == 4
    assert run(home, "retrieve", "--to", tmp_path).code == 2
    assert run(home, "search", "--archive", place.url, "--system", "abacus").code == 1


def test_a_token_of_the_environment_is_sent_and_a_refusal_is_said(
    misbehaving: MisbehavingServer, tmp_path: Path
) -> None:
    misbehaving.script(Answer.refuses(401))
    refused = run_process(tmp_path / "home", "search", "--archive", misbehaving.url, LIGHTBOX_TOKEN="not-a-secret")
    assert refused.code == 3
    assert misbehaving.requests[0].headers["authorization"] == "Bearer not-a-secret"
    assert "not-a-secret" not in refused.out + refused.err
    assert not any(b"not-a-secret" in path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file())


# -- what an administrator switched off --------------------------------------------------------------------------------


def test_what_is_switched_off_is_so_on_the_command_line_too(
    tmp_path: Path, place: Place, dicom_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIGHTBOX_SITE", str(tmp_path / "site"))
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "archives.toml").write_text("[policy]\nexport = false\nupload = false\ndelete = false\n")
    home, file = tmp_path / "home", next(dicom_data.rglob("CT_small.dcm"))
    uid = "1.3.6.1.4.1.5962.1.2.1.20040119072730.12322"
    before = asyncio.run(place.archive.count())
    stored = run(home, "store", "--archive", place.url, file)
    copied = run(home, "retrieve", "--archive", place.url, uid, "--to", tmp_path / "out")
    deleted = run(home, "delete", "--archive", place.url, uid, "--yes")
    assert (stored.code, copied.code, deleted.code) == (3, 3, 1)
    assert "switched uploading off" in stored.err and "switched exporting off" in copied.err
    assert "switched deleting off" in deleted.out
    assert not list((tmp_path / "out").rglob("*.dcm")) and asyncio.run(place.archive.count()) == before
    assert run(home, "store", file).code == 0, "the embedded archive is always open"


def test_what_is_copied_stands_in_the_record(tmp_path: Path, dicom_data: Path) -> None:
    home = tmp_path / "home"
    assert run(home, "store", next(dicom_data.rglob("CT_small.dcm"))).code == 0
    assert run(home, "retrieve", "--all", "--to", tmp_path / "out").code == 0
    kinds = [json.loads(line)["kind"] for line in (home / "data" / "audit.jsonl").read_text().splitlines()]
    assert kinds == ["sent", "exported"]


def test_what_was_copied_before_the_line_broke_stands_in_the_record_too(
    tmp_path: Path, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, honest, copies = tmp_path / "home", retrieval._copy, itertools.count()

    async def copy(*arguments: Any) -> retrieval.Copied:
        if next(copies):
            raise Unreachable
        return await honest(*arguments)

    assert run(home, "store", *files[:3]).code == 0
    monkeypatch.setattr(retrieval, "_copy", copy)
    assert run(home, "retrieve", "--all", "--to", tmp_path / "out", "--at-once", 1).code == 4
    lines = [json.loads(line) for line in (home / "data" / "audit.jsonl").read_text().splitlines()]
    assert [(line["kind"], line["count"]) for line in lines if line["kind"] == "exported"] == [("exported", 1)]


def test_all_archives_are_searched_at_once(
    tmp_path: Path, place: Place, files: list[Path], refused_url: str
) -> None:
    """The local one, one on the net, one that wants a browser, one that is gone, and one that has no list."""
    home = tmp_path / "home"
    assert run(home, "store", "--json", files[1]).code == 0
    assert run(home, "store", "--archive", place.url, files[0]).code == 0
    archives = [
        Store("Near", place.url), Store("Closed", "https://closed.example/rs", SignInKind.OIDC, "https://issuer.example"),
        Store("Gone", refused_url), Store("Images", f"{refused_url}/images", system=System.MYHEALTH)]
    save_settings(Folders.below(home).settings, Settings(archives=tuple(archives)))
    ended = run(home, "search", "--all-archives", "--json")
    assert ended.code == 1, "some of it could not be searched, and that is said"
    assert sorted(str(row["Archive"]) for row in ended.rows) == ["Local archive", "Near"]
    assert len({row["StudyInstanceUID"] for row in ended.rows}) == 2
    assert "Closed: It asks you to sign in" in ended.err
    assert "Gone: Nothing answers" in ended.err
    assert "Images" not in ended.err
    assert "2 studies in 2 of 4 archives" in ended.err
    save_settings(Folders.below(home).settings, Settings(archives=tuple(archives[:1])))
    lines = run(home, "search", "--all-archives")
    assert lines.code == 0
    assert sorted(line.split("\t")[-1] for line in lines.out.splitlines()) == ["Local archive", "Near"]
