"""Job: one coroutine at a time, the latest wins, nobody hears of what was replaced."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

from desktop_app.core.errors import NotFound
from desktop_app.viewmodels.job import Job
from tests.unit.services.fake_clock import settle


class Owner(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.errors: list[Exception] = []
        self.running: list[bool] = []
        self.job = Job(self, self.errors.append)
        self.job.running_changed.connect(self.running.append)


class Work:
    """A coroutine that waits until it is let go."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.go, self.error = asyncio.Event(), error
        self.cancelled = self.finished = False

    async def run(self) -> None:
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        if self.error is not None:
            raise self.error
        self.finished = True


@pytest.fixture
def owner(qapp: QApplication) -> Owner:
    return Owner()


async def test_it_runs_and_says_so(owner: Owner) -> None:
    work = Work()
    owner.job.start(work.run())
    assert owner.job.running
    work.go.set()
    await settle()
    assert work.finished
    assert owner.running == [True, False]
    assert not owner.job.running


async def test_the_latest_wins(owner: Owner) -> None:
    first, second = Work(), Work()
    owner.job.start(first.run())
    await settle()
    owner.job.start(second.run())
    await settle()
    assert first.cancelled
    assert owner.job.running
    second.go.set()
    await settle()
    assert second.finished
    assert owner.errors == []


async def test_errors_are_told(owner: Owner) -> None:
    work = Work(NotFound(status=404))
    owner.job.start(work.run())
    work.go.set()
    await settle()
    assert [type(error) for error in owner.errors] == [NotFound]
    assert not owner.job.running


async def test_an_error_may_start_the_next_run(owner: Owner) -> None:
    again = Work()
    owner.job._on_error = lambda error: owner.job.start(again.run())
    work = Work(NotFound(status=404))
    owner.job.start(work.run())
    work.go.set()
    await settle()
    assert owner.job.running
    again.go.set()
    await settle()
    assert again.finished


async def test_the_error_of_a_replaced_run_is_not_told_but_logged(
    owner: Owner, caplog: pytest.LogCaptureFixture
) -> None:
    class Stubborn(Work):
        async def run(self) -> None:
            try:
                await self.go.wait()
            except asyncio.CancelledError:
                raise KeyError("a mistake in the program") from None

    owner.job.start(Stubborn().run())
    await settle()
    owner.job.cancel()
    await settle()
    assert owner.errors == []
    assert "a job failed" in caplog.text


async def test_cancelling_is_no_error(owner: Owner) -> None:
    work = Work()
    owner.job.start(work.run())
    await settle()
    owner.job.cancel()
    assert owner.running == [True, False]
    await settle()
    assert work.cancelled
    assert owner.errors == []
    owner.job.cancel()
    assert owner.running == [True, False]


async def test_it_ends_with_its_owner(owner: Owner) -> None:
    work = Work()
    errors = owner.errors
    owner.job.start(work.run())
    await settle()
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    await settle()
    assert work.cancelled
    assert errors == []


def test_a_timer_that_fires_after_the_loop_starts_nothing(qapp: QApplication) -> None:
    async def work() -> None:
        raise AssertionError("nothing may run any more")

    owner = QObject()
    job = Job(owner, lambda error: None)
    job.start(work())
    assert not job.running
