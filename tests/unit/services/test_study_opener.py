"""Opening a study: what comes first, and what one bad series costs the others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from desktop_app.core.errors import Interrupted, NotFound, ServerFailed
from desktop_app.core.study import Instance, Series
from desktop_app.dicomweb.dialect import Dialect
from desktop_app.services.study_opener import (
    SeriesFailed,
    SeriesGlimpsed,
    SeriesListed,
    SeriesOpened,
    StudyCounted,
    open_series,
    open_study,
)
from tests.unit.services.fake_clock import settle
from tests.unit.services.images import STUDY, FakeArchive


def series(uid: str, modality: str = "CT", number: int | None = 1) -> Series:
    return Series(STUDY, uid, modality, number)


def instances(uid: str, count: int) -> list[Instance]:
    return [
        Instance(STUDY, uid, f"{uid}.{number}", "1.2.840.10008.5.1.4.1.1.2", number, rows=8, columns=8)
        for number in range(1, count + 1)
    ]


@pytest.fixture
def archive() -> FakeArchive:
    made = FakeArchive()
    made.series = [series("1.3", "SR", 1), series("1.2", number=7), series("1.1", number=2)]
    made.instances = {"1.1": instances("1.1", 3), "1.2": instances("1.2", 5), "1.3": []}
    return made


@pytest.fixture(autouse=True)
async def _no_task_left() -> AsyncIterator[None]:
    before = asyncio.all_tasks()
    yield
    await settle()
    assert asyncio.all_tasks() - before <= {asyncio.current_task()}


async def test_the_strip_first_then_each_series(archive: FakeArchive) -> None:
    events = [event async for event in open_study(archive, STUDY)]                  # type: ignore[arg-type]
    listed = events[0]
    assert isinstance(listed, SeriesListed)
    assert [item.series_instance_uid for item in listed.series] == ["1.1", "1.2", "1.3"]    # reports come last
    opened = {event.series.series_instance_uid: event for event in events[1:] if isinstance(event, SeriesOpened)}
    assert {uid: event.instance_count for uid, event in opened.items()} == {"1.1": 3, "1.2": 5, "1.3": 0}
    assert len(opened["1.2"].display_sets[0].frames) == 5


async def test_how_much_there_should_be_is_asked_where_the_archive_tells_it_apart(archive: FakeArchive) -> None:
    archive.metrics = (4, 12)
    assert StudyCounted(4, 12) not in [event async for event in open_study(archive, STUDY)]     # type: ignore[arg-type]
    archive.dialect = Dialect(metrics=True)
    assert StudyCounted(4, 12) in [event async for event in open_study(archive, STUDY)]         # type: ignore[arg-type]
    archive.metrics = NotFound(status=404)
    events = [event async for event in open_study(archive, STUDY)]                              # type: ignore[arg-type]
    assert [type(event) for event in events] == [SeriesListed, SeriesOpened, SeriesOpened, SeriesOpened]


async def test_a_series_is_there_before_the_others_are_listed(archive: FakeArchive) -> None:
    archive.gate.open = False
    opening = open_study(archive, STUDY)                                            # type: ignore[arg-type]
    assert isinstance(await anext(opening), SeriesListed)
    following = asyncio.ensure_future(anext(opening))
    await settle()
    assert archive.gate.came == ["1.1", "1.2", "1.3"]
    await archive.gate.let("1.2")
    event = await following
    assert isinstance(event, SeriesOpened)
    assert event.series.series_instance_uid == "1.2"
    await opening.aclose()                                                          # type: ignore[attr-defined]
    assert archive.gate.waiting == {}


async def test_only_some_lists_at_once(archive: FakeArchive) -> None:
    archive.series = [series(f"1.{number}", number=number) for number in range(20)]
    archive.gate.open = False
    opening = open_study(archive, STUDY)                                            # type: ignore[arg-type]
    await anext(opening)
    following = asyncio.ensure_future(anext(opening))
    await settle()
    assert archive.gate.came == ["1.0", "1.1", "1.2"]
    following.cancel()
    with pytest.raises(asyncio.CancelledError):
        await following


@pytest.mark.parametrize("error", [ServerFailed(status=500), KeyError("oops")])
async def test_one_bad_series_does_not_stop_the_others(archive: FakeArchive, error: Exception) -> None:
    archive.gate.open = False
    opening = open_study(archive, STUDY)                                            # type: ignore[arg-type]
    await anext(opening)
    following = asyncio.ensure_future(anext(opening))
    await settle()
    await archive.gate.let("1.1", error=error)
    failed = await following
    assert isinstance(failed, SeriesFailed)
    assert failed.series.series_instance_uid == "1.1"
    assert failed.error.user_text
    archive.gate.open = True
    following = asyncio.ensure_future(anext(opening))
    await settle()
    await archive.gate.let("1.2", "1.3")
    others = [await following, *[event async for event in opening]]
    assert {event.series.series_instance_uid for event in others} == {"1.2", "1.3"}     # type: ignore[union-attr]


async def test_what_was_listed_before_a_break_is_kept(archive: FakeArchive) -> None:
    async def breaking(study_uid: str, series_uid: str, *, limit: int | None = None) -> AsyncIterator[Instance]:
        for instance in instances(series_uid, 4):
            yield instance
        raise Interrupted

    archive.iter_instances = breaking                                               # type: ignore[method-assign]
    archive.series = archive.series[1:2]
    events = [event async for event in open_study(archive, STUDY)]                  # type: ignore[arg-type]
    opened = events[1]
    assert isinstance(opened, SeriesOpened)
    assert opened.instance_count == 4
    assert isinstance(opened.error, Interrupted)                # never shown as complete


async def test_a_broken_list_of_series_is_told_after_what_it_held(archive: FakeArchive) -> None:
    async def breaking(study_uid: str) -> AsyncIterator[Series]:
        yield series("1.1")
        raise Interrupted

    archive.iter_series = breaking                                                  # type: ignore[method-assign]
    got = []
    with pytest.raises(Interrupted):
        async for event in open_study(archive, STUDY):                              # type: ignore[arg-type]
            got.append(type(event))
    assert got == [SeriesListed, SeriesOpened]


async def test_a_study_that_is_not_there(archive: FakeArchive) -> None:
    async def missing(study_uid: str) -> AsyncIterator[Series]:
        raise NotFound(status=404)
        yield

    archive.iter_series = missing                                                   # type: ignore[method-assign]
    with pytest.raises(NotFound):
        await anext(open_study(archive, STUDY))                                     # type: ignore[arg-type]


async def test_leaving_while_listing_ends_all_requests(archive: FakeArchive) -> None:
    archive.gate.open = False
    opening = open_study(archive, STUDY)                                            # type: ignore[arg-type]
    await anext(opening)
    following = asyncio.ensure_future(anext(opening))
    await settle()
    assert len(archive.gate.waiting) == 3
    following.cancel()
    await settle()
    assert archive.gate.waiting == {}
    assert following.cancelled()


async def test_one_image_comes_before_a_long_list(archive: FakeArchive) -> None:
    archive.gives_glimpses, archive.gate.open = True, False
    opening = open_study(archive, STUDY)                                            # type: ignore[arg-type]
    await anext(opening)
    glimpsed = await anext(opening)
    assert isinstance(glimpsed, SeriesGlimpsed)
    assert glimpsed.series.series_instance_uid == "1.1"
    assert [ref.sop_instance_uid for ref in glimpsed.display_set.frames] == ["1.1.1"]
    await opening.aclose()                                                          # type: ignore[attr-defined]


async def test_a_short_list_needs_no_glimpse(archive: FakeArchive) -> None:
    archive.gives_glimpses = True
    archive.series = [Series(STUDY, "1.1", "CT", 1, instance_count=3)]
    events = [event async for event in open_study(archive, STUDY)]                  # type: ignore[arg-type]
    assert [type(event) for event in events] == [SeriesListed, SeriesOpened]


async def test_a_glimpse_that_fails_is_no_trouble(archive: FakeArchive) -> None:
    whole = archive.iter_instances

    async def failing(study_uid: str, series_uid: str, *, limit: int | None = None) -> AsyncIterator[Instance]:
        if limit == 1:
            raise ServerFailed(status=500)
        async for instance in whole(study_uid, series_uid):
            yield instance

    archive.iter_instances = failing                                                # type: ignore[method-assign]
    events = [event async for event in open_study(archive, STUDY)]                  # type: ignore[arg-type]
    assert sorted(type(event).__name__ for event in events) == ["SeriesListed", *["SeriesOpened"] * 3]


@pytest.mark.parametrize("counted", [None, 2, 5])
async def test_a_list_that_breaks_off_is_told_unless_all_are_here_that_the_archive_counts(counted: int | None) -> None:
    class Repeating(FakeArchive):
        async def iter_instances(
            self, study_uid: str, series_uid: str, *, limit: int | None = None
        ) -> AsyncIterator[Instance]:
            for number in (1, 2):
                yield Instance(STUDY, series_uid, f"{series_uid}.{number}")
            raise Interrupted("more exist")

    opened = await open_series(Repeating(), Series(STUDY, "1.1", instance_count=counted))    # type: ignore[arg-type]
    assert isinstance(opened, SeriesOpened) and opened.instance_count == 2
    assert (opened.error is None) == (counted == 2)
