"""Pictures of series: asked for once, in the cheapest way the archive offers, never in the way of the images."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator

import numpy as np
import pytest
from PIL import Image

from desktop_app.core.errors import DicomError, NotFound, ServerFailed, SignInNeeded
from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.image_loader import ImageLoader
from desktop_app.services.thumbnails import EDGE_PX, Thumbnails
from tests.unit.services.fake_clock import settle
from tests.unit.services.images import EDGE, FakeArchive, ThreadlessDecoder, ref


class Bench:
    def __init__(self) -> None:
        self.archive, self.decoder = FakeArchive(), ThreadlessDecoder()
        self.archive.pictures = {"thumbnail": NotFound(status=404), "rendered": NotFound(status=404)}
        self.loader = ImageLoader("store", self.archive, self.decoder, FrameCache(10**7))   # type: ignore[arg-type]
        self.thumbnails = Thumbnails(self.archive, self.loader, self.decoder)               # type: ignore[arg-type]


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    made = Bench()
    yield made
    made.archive.gate.open = True
    await made.loader.close()


def png(width: int, height: int, mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, (width, height)).save(buffer, "PNG")
    return buffer.getvalue()


async def test_the_thumbnail_service_first(bench: Bench) -> None:
    bench.archive.pictures["thumbnail"] = png(400, 200)
    picture = await bench.thumbnails.of(ref(1))
    assert picture.shape == (EDGE_PX // 2, EDGE_PX, 3)
    assert bench.archive.asked == ["thumbnail"]
    assert not picture.flags.writeable


@pytest.mark.parametrize(("mode", "shape"), [("L", (100, 160)), ("RGBA", (100, 160, 3)), ("P", (100, 160, 3))])
async def test_pictures_of_any_kind(bench: Bench, mode: str, shape: tuple[int, ...]) -> None:
    bench.archive.pictures["rendered"] = png(320, 200, mode)
    assert (await bench.thumbnails.of(ref(1))).shape == shape


async def test_the_frame_where_the_archive_draws_nothing(bench: Bench) -> None:
    bench.archive.hold(*(ref(number) for number in range(5)))
    for number in range(5):
        assert (await bench.thumbnails.of(ref(number))).shape == (EDGE, EDGE)
    assert bench.archive.asked.count("thumbnail") == 2          # then it is known
    assert bench.archive.asked.count("rendered") == 2


async def test_one_picture_that_cannot_be_drawn_does_not_end_the_service(bench: Bench) -> None:
    bench.archive.hold(*(ref(number) for number in range(5)))
    bench.archive.pictures["rendered"] = ServerFailed(status=500)
    for number in range(4):
        await bench.thumbnails.of(ref(number))
    bench.archive.pictures["rendered"] = png(320, 320)
    assert (await bench.thumbnails.of(ref(4))).shape == (EDGE_PX, EDGE_PX, 3)


async def test_what_worked_once_is_not_given_up(bench: Bench) -> None:
    bench.archive.pictures["thumbnail"] = png(320, 320)
    bench.archive.hold(*(ref(number) for number in range(9)))
    await bench.thumbnails.of(ref(0))
    bench.archive.pictures["thumbnail"] = NotFound(status=404)
    for number in range(1, 6):
        await bench.thumbnails.of(ref(number))
    bench.archive.pictures["thumbnail"] = png(320, 320)
    assert (await bench.thumbnails.of(ref(7))).shape == (EDGE_PX, EDGE_PX, 3)


@pytest.mark.parametrize("junk", [b"", b"<html>sign in</html>", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, png(64, 64)[:60]])
async def test_junk_is_no_picture_but_no_disaster(bench: Bench, junk: bytes) -> None:
    bench.archive.pictures["thumbnail"] = junk
    bench.archive.hold(ref(1))
    assert (await bench.thumbnails.of(ref(1))).shape == (EDGE, EDGE)


async def test_a_decoded_frame_needs_no_request(bench: Bench) -> None:
    bench.archive.hold(ref(1))
    await bench.loader.frame(ref(1))
    bench.archive.asked.clear()
    await bench.thumbnails.of(ref(1))
    assert bench.archive.asked == []


async def test_the_same_picture_is_asked_for_once(bench: Bench) -> None:
    bench.archive.pictures["thumbnail"] = png(320, 320)
    both = await asyncio.gather(bench.thumbnails.of(ref(1)), bench.thumbnails.of(ref(1)))
    assert both[0] is both[1] is await bench.thumbnails.of(ref(1))
    assert bench.archive.asked == ["thumbnail"]
    assert bench.thumbnails._making == {}


async def test_a_sign_in_is_not_hidden_by_another_way(bench: Bench) -> None:
    bench.archive.pictures["thumbnail"] = SignInNeeded(status=401)
    with pytest.raises(SignInNeeded):
        await bench.thumbnails.of(ref(1))
    assert bench.archive.asked == ["thumbnail"]


async def test_an_object_without_pixels_has_no_picture(bench: Bench) -> None:
    bench.archive.objects[ref(1).sop_instance_uid] = b"DICM?" * 100
    with pytest.raises(DicomError):
        await bench.thumbnails.of(ref(1))


async def test_a_picture_never_presses(bench: Bench) -> None:
    """Its frame is fetched beside the others, without the right of way of what someone looks at."""
    bench.archive.hold(ref(1), ref(2))
    bench.archive.gate.open = False
    making = asyncio.ensure_future(bench.thumbnails.of(ref(1)))
    await settle()
    assert list(bench.archive.gate.waiting) == [ref(1).sop_instance_uid]
    assert not bench.loader._queue.is_demanded(ref(1))
    bench.loader.wish("v", [ref(2)])
    await settle()
    assert len(bench.archive.gate.waiting) == 2                 # the line is not held for it
    making.cancel()
    await settle()
    assert list(bench.archive.gate.waiting) == [ref(2).sop_instance_uid]


async def test_two_lanes_and_no_more(bench: Bench) -> None:
    bench.archive.hold(*(ref(number) for number in range(5)))
    bench.archive.gate.open = False
    making = [asyncio.ensure_future(bench.thumbnails.of(ref(number))) for number in range(5)]
    await settle()
    assert len(bench.archive.gate.waiting) == 2
    bench.archive.gate.open = True
    await bench.archive.gate.let(*list(bench.archive.gate.waiting))
    pictures = await asyncio.gather(*making)
    assert all(np.array_equal(picture, pictures[0]) for picture in pictures)
