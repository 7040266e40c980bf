"""The installers, installed and removed where they shall run: bare Debian roots without Python or network. Minutes."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from installer import common
from installer.linux import archive, deb
from installer.windows import setup
from tests.packaging.bare_root import BareRoot, CannotEnter, bare_root

pytestmark = [pytest.mark.long, pytest.mark.timeout(2400)]

_MOST_INSTALLED, _MOST_DOWNLOAD = 300e6, 110e6


@pytest.fixture(scope="module")
def package(built: Path) -> Path:
    try:
        return deb.build()
    except common.CannotBuild as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="module")
def packed(built: Path) -> Path:
    return archive.build()


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1700x1100x24", "-nolisten", "tcp"],
        pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(10)


@pytest.fixture(params=["bookworm", "trixie"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[BareRoot]:
    try:
        with bare_root(request.param, tmp_path) as made:
            yield made
    except CannotEnter as reason:
        pytest.skip(str(reason))


def assert_tour_passed(root: BareRoot, program: str, display: str) -> None:
    done = root.run(program, "--tour", "/root/tour", DISPLAY=display, QT_QPA_PLATFORM="xcb", timeout_s=400)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    told = json.loads((root.folder / "root" / "tour" / "tour.json").read_text(encoding="utf-8"))
    assert told["passed"] and len(told["steps"]) >= 16


def test_the_package_installs_runs_and_goes_in_a_bare_system(package: Path, root: BareRoot, display: str) -> None:
    before = root.files()
    shutil.copy(package, root.folder / "root")
    done = root.run("dpkg", "--install", f"/root/{package.name}")
    assert done.returncode == 0, done.stderr
    assert root.run("lightbox", "--version").stdout.startswith(f"lightbox {common.version()}")
    assert root.run("sh", "-c", "command -v python3 || echo none").stdout.strip() == "none"
    assert_tour_passed(root, "lightbox", display)
    done = root.run("dpkg", "--purge", "lightbox")
    assert done.returncode == 0, done.stderr
    assert root.files() - before == set()


def test_the_archive_installs_without_root_into_a_path_with_spaces(
    packed: Path, root: BareRoot, display: str,
) -> None:
    with tarfile.open(packed) as opened:
        opened.extractall(root.folder / "tmp", filter="tar")
    top = f"/tmp/{packed.name.removesuffix('.tar.xz')}"
    prefix = "/home/jörg müller/my programs"
    (root.folder / prefix.lstrip("/")).mkdir(parents=True)
    assert root.run("useradd", "--no-create-home", "reader").returncode == 0
    root.run("chown", "-R", "reader", "/home")
    as_user = ("setpriv", "--reuid=reader", "--clear-groups", "env", "HOME=/home/jörg müller")
    for _ in range(2):              # the second time over the first
        done = root.run(*as_user, f"{top}/install.sh", "--prefix", prefix)
        assert done.returncode == 0, done.stderr
    entry = (root.folder / prefix.lstrip("/") / "share/applications/lightbox.desktop").read_text(encoding="utf-8")
    assert f'Exec="{prefix}/lib/lightbox/lightbox" %U' in entry
    done = root.run(*as_user, f"{prefix}/bin/lightbox", "--tour", "/home/jörg müller/tour", DISPLAY=display,
                    QT_QPA_PLATFORM="xcb", timeout_s=400)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    done = root.run(*as_user, f"{prefix}/lib/lightbox/uninstall.sh")
    assert done.returncode == 0, done.stderr
    left = [path for path in (root.folder / prefix.lstrip("/")).rglob("*") if path.is_file() or path.is_symlink()]
    assert left == []


def test_a_home_that_cannot_be_written_or_is_full_is_told_and_nothing_is_left(packed: Path, tmp_path: Path) -> None:
    with tarfile.open(packed) as opened:
        opened.extractall(tmp_path, filter="tar")
    top = tmp_path / packed.name.removesuffix(".tar.xz")
    barrier = tmp_path / "file"
    barrier.touch()
    done = subprocess.run(
        [top / "install.sh", "--prefix", barrier / "x"], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1 and "cannot be written" in done.stderr
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "df").write_text("#!/bin/sh\necho head\necho disk 100 99 1 99% /\n", encoding="ascii")
    (tools / "df").chmod(0o755)
    done = subprocess.run(
        [top / "install.sh", "--prefix", tmp_path / "full"], capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"})
    assert done.returncode == 1 and "MB are free" in done.stderr
    assert not list((tmp_path / "full" / "lib").iterdir())


def test_it_is_not_installed_under_a_running_program_nor_over_a_newer_one(packed: Path, tmp_path: Path) -> None:
    with tarfile.open(packed) as opened:
        opened.extractall(tmp_path, filter="tar")
    command = [tmp_path / packed.name.removesuffix(".tar.xz") / "install.sh", "--quiet", "--prefix", tmp_path / "home"]
    installed = tmp_path / "home" / "lib" / "lightbox" / "lightbox"

    def install(*more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*command, *more], capture_output=True, encoding="utf-8", check=False)

    assert install().returncode == 0
    surroundings = {**os.environ, "LIGHTBOX_HOME": str(tmp_path / "data")}
    with subprocess.Popen([installed, "--serve", "0"], env=surroundings) as running:
        done = install()
        assert done.returncode == 1 and f"it is running (process {running.pid})" in done.stderr
        running.terminate()
    assert install().returncode == 0

    installed.rename(installed.with_name("kept"))
    installed.write_text("#!/bin/sh\necho lightbox 99.0.0\n", encoding="ascii")
    installed.chmod(0o755)
    done = install()
    assert done.returncode == 1 and "99.0.0" in done.stderr and "--downgrade" in done.stderr
    assert install("--downgrade").returncode == 0
    assert not installed.with_name("kept").exists(), "the folder was replaced as a whole"


def test_sizes_are_within_their_limits(
    built: Path, package: Path, packed: Path, record_property: Callable[[str, object], None]
) -> None:
    installed = sum(path.stat().st_size for path in built.rglob("*") if path.is_file() and not path.is_symlink())
    for name, size in ("installed", installed), (".deb", package.stat().st_size), (".tar.xz", packed.stat().st_size):
        record_property(name, f"{size / 1e6:.0f} MB")
    assert installed < _MOST_INSTALLED
    assert packed.stat().st_size < _MOST_DOWNLOAD
    assert package.stat().st_size < _MOST_DOWNLOAD


def test_the_bill_and_the_sums_say_what_is_inside(built: Path) -> None:
    bill = json.loads((built / "lightbox.cdx.json").read_text(encoding="utf-8"))
    names = {part["name"] for part in bill["components"]}
    assert bill["specVersion"] == "1.6" and names >= {"pydicom", "numpy", "httpx", "pyside6-essentials"}
    lines = (built / "FILES.sha256").read_text(encoding="utf-8").splitlines()
    paths = [path for path in built.rglob("*") if path.is_file() and not path.is_symlink()]
    files = {path.relative_to(built).as_posix() for path in paths}
    assert {line.split("  ", 1)[1] for line in lines} == files - {"FILES.sha256"}
    digest, name = lines[0].split("  ", 1)
    assert hashlib.sha256((built / name).read_bytes()).hexdigest() == digest


def test_the_windows_script_compiles_on_the_linux_folder(built: Path, tmp_path: Path) -> None:
    if shutil.which("makensis") is None:
        pytest.skip("makensis is not installed (Debian's package nsis)")
    made = setup.compile_script(built, tmp_path / "setup.exe")
    assert made.read_bytes()[:2] == b"MZ"
    assert 20e6 < made.stat().st_size < _MOST_DOWNLOAD
