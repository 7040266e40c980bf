"""Links and second starts reach the running program, and nobody else's does."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.app import Program
from desktop_app.core.open_request import OpenRequest, parse_link, to_message
from desktop_app.single_instance import Instance, hand_over, socket_name
from desktop_app.viewmodels.launch import Launch
from tests.gui.program import run_program, until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has named pipes instead of sockets in folders")

SECOND_START = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop_app.core.open_request import parse_link
from desktop_app.single_instance import hand_over
sys.exit(0 if hand_over(sys.argv[1], parse_link(sys.argv[2])) else 1)
"""


@pytest.fixture
def name(tmp_path: Path) -> Iterator[str]:
    runtime = Path("/tmp") / f"lb-{os.getpid()}-{abs(hash(tmp_path)) % 10**6}"      # a socket's path is a short one
    runtime.mkdir(mode=0o700)
    found = socket_name(tmp_path, {"XDG_RUNTIME_DIR": str(runtime)})
    yield found
    for file in runtime.iterdir():
        file.unlink()
    runtime.rmdir()


async def second_start(name: str, link: str) -> int:
    process = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", SECOND_START, name, link], check=False, capture_output=True)
    return process.returncode


def with_launch(
    qapp: QApplication, home: Path, samples: Path, name: str, scenario: Callable[[Program, Launch], object]
) -> None:
    async def whole(program: Program) -> None:
        launch = Launch(program.network, program.models, program.window)
        launch.worklist_wanted.connect(program.window.show_worklist)
        instance = Instance(name, launch.follow, program.window)
        assert instance.listen()
        launch.go()
        await until(lambda: len(program.models.worklist.table.studies) > 2, "the samples")
        try:
            await scenario(program, launch)     # type: ignore[misc]
        finally:
            instance.close()

    run_program(qapp, home, whole, samples)


def test_a_second_start_opens_the_study_in_the_running_program(
    qapp: QApplication, tmp_path: Path, samples: Path, name: str
) -> None:
    async def scenario(program: Program, launch: Launch) -> None:
        models = program.models
        study = models.worklist.table.studies[0]
        assert await second_start(name, f"lightbox://open?study={study.study_instance_uid}") == 0
        await until(lambda: models.workspace.viewers, "the study")
        assert models.workspace.viewers[0].study.study_instance_uid == study.study_instance_uid
        patient = models.worklist.table.studies[1].patient_id
        assert await second_start(
            name, f"lightbox://ris/IHEInvokeImageDisplay?requestType=PATIENT&patientID={patient}") == 0
        await until(lambda: models.worklist.query.patient_id == patient and not models.worklist.busy, "the patient")
        assert {study.patient_id for study in models.worklist.table.studies} == {patient}
        assert program.window.active_viewer is None                 # the worklist is in front

    with_launch(qapp, tmp_path / "home", samples, name, scenario)


def test_links_name_known_archives_only_and_never_upload(
    qapp: QApplication, tmp_path: Path, samples: Path, name: str, refused_url: str
) -> None:
    async def scenario(program: Program, launch: Launch) -> None:
        models = program.models
        launch.follow(parse_link(f"lightbox://open?archive={refused_url}&study=1.2.3"))
        assert len(models.archives.rows) == 1 and models.workspace.viewers == ()
        assert any("not in your list" in notice.text for notice in models.notices.items)
        launch.follow(OpenRequest(upload=(str(samples),), is_link=True))
        assert models.uploads.rows == ()
        launch.follow(parse_link("lightbox://open?study=1.2.3"))
        await until(lambda: any("no such study" in notice.text for notice in models.notices.items), "the sentence")
        models.session.lock_now()
        study = models.worklist.table.studies[0]
        launch.follow(OpenRequest(studies=(study.study_instance_uid,)))
        assert models.workspace.viewers == () and not launch._job.running       # not behind a locked screen
        models.session.unlock()

    with_launch(qapp, tmp_path / "home", samples, name, scenario)


def test_nonsense_on_the_socket_does_nothing(qapp: QApplication, name: str) -> None:
    taken: list[OpenRequest] = []
    instance = Instance(name, taken.append)
    assert instance.listen() and Path(name).stat().st_mode & 0o077 == 0
    for line in (b"{}\n", b"GET / HTTP/1.1\r\n\r\n", b"x" * 200_000, b"[" * 100_000 + b"\n"):
        with socket.socket(socket.AF_UNIX) as peer:
            peer.connect(name)
            peer.settimeout(0.01)
            answer = None
            for _ in range(200):
                try:
                    line = line[peer.send(line):] if line else line
                    qapp.processEvents()
                    answer = peer.recv(10)
                    break
                except TimeoutError:
                    continue
                except OSError:
                    answer = b""
                    break
                if line.startswith(b"GET"):
                    break
            assert not answer
    with socket.socket(socket.AF_UNIX) as peer:
        peer.connect(name)
        peer.sendall(to_message(OpenRequest(studies=("1.2",))))
        for _ in range(200):
            qapp.processEvents()
            if taken:
                break
    assert taken == [OpenRequest(studies=("1.2",))]
    instance.close()


def test_a_socket_that_was_left_behind_is_taken_over(qapp: QApplication, name: str) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(name)
    assert not hand_over(name, OpenRequest())
    instance = Instance(name, lambda request: None)
    assert instance.listen()
    instance.close()


def test_no_folder_that_others_may_enter_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_folder, private = tmp_path / "open", tmp_path / f"lightbox-{os.getuid()}"
    open_folder.mkdir(mode=0o777)
    open_folder.chmod(0o777)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert Path(socket_name(tmp_path, {"XDG_RUNTIME_DIR": str(open_folder)})).parent == private
    private.chmod(0o755)
    assert socket_name(tmp_path, {"XDG_RUNTIME_DIR": str(open_folder)}) == ""
    private.rmdir()
    private.symlink_to(open_folder)
    assert socket_name(tmp_path, {}) == ""
    file = tmp_path / "file"
    file.write_text("no socket")
    assert not hand_over(str(file), OpenRequest()) and not hand_over("", OpenRequest())
