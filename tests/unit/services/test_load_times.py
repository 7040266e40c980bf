"""Where the time of loading goes."""

from __future__ import annotations

from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.image_loader import ImageLoader
from desktop_app.services.load_times import LoadTimes, Span
from tests.unit.services.images import FakeArchive, ThreadlessDecoder, ref, refs


def test_a_span_adds_up() -> None:
    span = Span()
    for seconds in (0.1, 0.3):
        span.add(seconds)
    assert (span.count, round(span.mean_ms), span.longest_s) == (2, 200, 0.3)


def test_the_report_tells_what_was_done_and_nothing_else() -> None:
    times = LoadTimes()
    assert times.report() == ""
    times.decode.add(0.0123)
    assert times.report() == "decode: 1 × 12 ms (longest 12 ms)"


async def test_the_loader_measures_each_image_and_names_none() -> None:
    archive = FakeArchive()
    archive.hold(*refs(1, 2))
    loader = ImageLoader("store", archive, ThreadlessDecoder(), FrameCache(10**6))          # type: ignore[arg-type]
    for one in refs(1, 2):
        await loader.frame(one)
    await loader.close()
    times = loader.times
    assert (times.first_byte.count, times.transfer.count, times.decode.count) == (2, 2, 2)
    assert ref(1).sop_instance_uid not in times.report()
