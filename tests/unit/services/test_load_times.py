"""Where the time of loading goes."""

from __future__ import annotations

import pytest

from desktop_app.core.errors import NotFound
from desktop_app.core.load_times import LoadReport, Span, Stage, StageTime
from desktop_app.core.study import Instance, Series
from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.image_loader import ImageLoader
from desktop_app.services.load_times import LoadTimes, TimesByStudy
from desktop_app.services.study_opener import open_study
from tests.unit.services.images import STUDY, FakeArchive, ThreadlessDecoder, ref, refs


def test_a_span_adds_up() -> None:
    span = Span()
    for seconds in (0.1, 0.3):
        span.add(seconds)
    assert (span.count, round(span.mean_ms), span.longest_s) == (2, 200, 0.3)
    assert span.plus(Span(1, 0.5, 0.5)) == Span(3, 0.9, 0.5) and Span().mean_ms == 0.0


def test_the_report_tells_what_was_done_and_nothing_else() -> None:
    times = TimesByStudy()
    assert times.stages() == () and LoadReport().slowest is None
    times.of("1.2.3")[Stage.DECODE].add(0.0123)
    times.of("1.2.3").fetched(1.0, 1.5, 1.6)
    times.of("4.5.6").fetched(1.0, 0.0, 1.2)
    assert [one.stage for one in times.stages("1.2.3")] == [Stage.FIRST_BYTE, Stage.TRANSFER, Stage.DECODE]
    assert times.stages("nobody") == () and times.stages()[0].count == 2
    report = LoadReport(times.stages("1.2.3"), 3, 8, 2_000_000.0, 17, 1, 5)
    assert report.slowest is Stage.FIRST_BYTE
    assert report.text().splitlines() == [
        "first byte: 1 × 500 ms (longest 500 ms, sum 0.5 s)", "transfer: 1 × 100 ms (longest 100 ms, sum 0.1 s)",
        "decode: 1 × 12 ms (longest 12 ms, sum 0.0 s)",
        "at once: 3 of 8, rate: 2.0 MB/s, repeated: 1, received: 17 bytes, waiting: 5",
    ]


def test_only_the_latest_studies_are_remembered() -> None:
    times = TimesByStudy()
    for number in range(40):
        times.of(str(number))[Stage.SEARCH].add(1.0)
    assert times.stages("39") and not times.stages("0")
    assert times.stages() == (StageTime(Stage.SEARCH, 16, 1000.0, 1000.0, 16.0),)


def test_what_fails_takes_time_too() -> None:
    times = LoadTimes()
    with pytest.raises(NotFound), times.measuring(Stage.SEARCH):
        raise NotFound
    assert times[Stage.SEARCH].count == 1


async def test_each_step_from_the_search_to_the_decoded_image_is_measured_and_none_is_named() -> None:
    archive = FakeArchive()
    archive.hold(*refs(1, 2))
    archive.series = [Series(STUDY, "1.2.3.4")]
    archive.instances = {"1.2.3.4": [Instance(STUDY, "1.2.3.4", one.sop_instance_uid) for one in refs(1, 2)]}
    loader = ImageLoader("store", archive, ThreadlessDecoder(), FrameCache(10**6))          # type: ignore[arg-type]
    events = open_study(archive, STUDY, loader.expect, loader.times.of(STUDY))              # type: ignore[arg-type]
    assert len([event async for event in events]) == 2
    for one in refs(1, 2):
        await loader.frame(one)
    await loader.close()
    stages = loader.times.stages(STUDY)
    assert {one.stage: one.count for one in stages} == {
        Stage.SEARCH: 1, Stage.METADATA: 1, Stage.FIRST_BYTE: 2, Stage.TRANSFER: 2, Stage.DECODE: 2}
    assert ref(1).sop_instance_uid not in LoadReport(stages).text()
