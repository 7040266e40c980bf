"""The log holds no words of exceptions: they may quote what was in a file or a form."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.services.log import catch_uncaught, start_log, without_words

SECRET = "Quillon^Leaktest"
LOGGERS = ("desktop_app", "asyncio", "qasync")


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of a log that catches everything; all is as before afterwards."""
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [(one, list(one.handlers), one.propagate, one.level) for one in loggers]
    for holder, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(holder, name, getattr(holder, name))
    start_log(tmp_path)
    catch_uncaught()
    yield tmp_path / "lightbox.log"
    for one, handlers, propagate, level in before:
        for handler in [added for added in one.handlers if added not in handlers]:
            one.removeHandler(handler)
            handler.close()
        one.propagate = propagate
        one.setLevel(level)


def fail() -> None:
    try:
        raise KeyError(SECRET)
    except KeyError as error:
        raise ValueError(f"no {SECRET}") from error


def caught() -> ValueError:
    with pytest.raises(ValueError) as info:
        fail()
    return info.value


def test_kind_cause_and_places_are_told_and_nothing_else() -> None:
    told = without_words(caught())
    assert SECRET not in told
    assert told.index("ValueError") < told.index("caused by KeyError")
    assert "unit/services/test_log.py:" in told and "in fail" in told
    assert str(Path.home()) not in told


def test_a_ring_of_causes_ends() -> None:
    first, second = ValueError(SECRET), KeyError(SECRET)
    first.__cause__, second.__cause__ = second, first
    assert without_words(first).count("caused by") == 9


def test_what_is_logged_with_an_exception(log: Path) -> None:
    error, record = caught(), logging.getLogger("desktop_app.here")
    other = logging.StreamHandler(stream=(log.parent / "other").open("w"))      # another one was there first
    logging.getLogger("desktop_app").handlers.insert(0, other)
    record.error("a job failed", exc_info=error)
    other.stream.close()
    text = log.read_text()
    assert SECRET in (log.parent / "other").read_text()
    assert "a job failed" in text and "ValueError" in text and SECRET not in text


def test_what_nobody_took(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    error = caught()
    sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    text, printed = log.read_text(), capsys.readouterr()
    assert text.count("an exception that nobody took") == 2 and text.count("caused by KeyError") == 2
    assert SECRET not in text + printed.out + printed.err
    assert printed.err.count("Traceback") == 2


def test_a_task_whose_end_nobody_looked_at(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async def failing() -> None:
        fail()

    async def forgetting() -> None:
        task = asyncio.ensure_future(failing(), loop=asyncio.get_running_loop())
        await asyncio.wait([task])

    asyncio.run(forgetting())
    gc.collect()
    text = log.read_text()
    assert "nobody took" in text and "ValueError" in text
    assert SECRET not in text + capsys.readouterr().err
