"""Fixtures for everyone, and the checks that no test may leave anything behind."""

from __future__ import annotations

import gc
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")       # before anything imports Qt

from tests.support import orthanc as orthanc_server
from tests.support import wan_proxy
from tests.support.misbehaving import MisbehavingServer
from tests.support.orthanc import Orthanc

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes what the person at this machine keeps."""
    home = tmp_path_factory.mktemp("home")
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIGHTBOX_HOME", str(home / "lightbox"))
        for name in names:
            patch.setenv(name, str(home / name.lower()))
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            patch.delenv(name, raising=False)
            patch.delenv(name.upper(), raising=False)
        yield


@pytest.fixture(scope="session")
def dicom_data() -> Path:
    """The folder of real DICOM files (its MANIFEST.csv tells what each is)."""
    return ROOT / "tests" / "data" / "dicom"


@pytest.fixture(scope="session")
def samples() -> Path:
    """The sample studies that ship with the program."""
    return ROOT / "resources" / "samples"


@pytest.fixture(scope="session")
def orthanc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Orthanc]:
    """A real DICOMweb server for the whole session; `.url` is its service root. Tests share what it holds."""
    if reason := orthanc_server.missing():
        pytest.skip(reason)
    with Orthanc(tmp_path_factory.mktemp("orthanc")) as server:
        yield server


@pytest.fixture
def empty_orthanc(orthanc: Orthanc) -> Orthanc:
    """The same server with nothing in it."""
    orthanc.clear()
    return orthanc


@pytest.fixture
def far_away(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """`far_away(url, rtt_ms=40, mbit=1000, fault=0)`: the same server at the end of a long line."""
    with ExitStack() as lines:
        def open_line(url: str, **line: float) -> str:
            log = tmp_path / f"line-{time.monotonic_ns()}.log"
            return lines.enter_context(wan_proxy.far_away(url, log=log, **line))      # type: ignore[arg-type]
        yield open_line


@pytest.fixture
def misbehaving() -> Iterator[MisbehavingServer]:
    """A server whose answers the test writes down beforehand."""
    with MisbehavingServer() as server:
        yield server


@pytest.fixture
def refused_url() -> Iterator[str]:
    """An address where nothing listens, and nothing else can while the test runs."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/dicom-web"


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and _is_ours(thread)]
    end = time.monotonic() + 3.0
    for thread in left:
        thread.join(max(0.0, end - time.monotonic()))
    names = [thread.name for thread in left if thread.is_alive()]
    if names:
        pytest.fail(f"threads left running: {', '.join(names)}", pytrace=False)


@pytest.fixture(autouse=True)
def _no_window_or_timer_left(request: pytest.FixtureRequest) -> Iterator[None]:
    if "qapp" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("qapp")
    windows_before = _open_windows()
    gc.freeze()                     # from here on only what the test makes is looked at, which keeps this quick
    try:
        yield
        left = [name for _, name in _open_windows() - windows_before] + _active_timers()
    finally:
        gc.unfreeze()
    if left:
        pytest.fail(f"left behind: {', '.join(sorted(left))}", pytrace=False)


def _is_ours(thread: threading.Thread) -> bool:
    return not isinstance(thread, threading._DummyThread) and not thread.name.startswith(("pytest", "execnet"))


def _open_windows() -> set[tuple[int, str]]:
    from PySide6.QtWidgets import QApplication
    return {(id(w), type(w).__name__) for w in QApplication.topLevelWidgets() if w.isVisible()}


def _active_timers() -> list[str]:
    from PySide6.QtCore import QTimer
    from shiboken6 import isValid
    gc.collect()
    timers = (item for item in gc.get_objects() if type(item) is QTimer)
    return [f"QTimer of {timer.parent()!r}" for timer in timers if isValid(timer) and timer.isActive()]


def pytest_report_header() -> str:
    missing = orthanc_server.missing()
    return f"lightbox: python {sys.version.split()[0]}, {missing or 'Orthanc ' + str(orthanc_server.find_program())}"
