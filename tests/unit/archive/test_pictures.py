"""Rendered pictures and thumbnails (WADO-RS), PS3.18 8.3.5, 10.4.1.1.3 and 10.4.1.1.4."""

from __future__ import annotations

import io

import httpx
import numpy as np
import pytest
from PIL import Image

from desktop_app.archive.archive import Archive
from desktop_app.archive.rendering import BadPicture, Region, Viewport, parse_picture
from desktop_app.archive.storage import Incoming
from desktop_app.core.window import VoiFunction, Window
from tests.unit.archive.objects import dataset, instance, part10, parts_of, path_of, store, with_pixels

ONE = path_of(1, 1, 1)


def _ramp(number: int = 1, series: int = 1, **attributes: object) -> bytes:
    """64 rows, 128 columns; values from 0 at the left to 127 at the right."""
    pixels = np.tile(np.arange(128, dtype=np.uint16), (64, 1))
    return part10(with_pixels(dataset(1, series, number, **attributes), pixels))


def _read(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)))


async def _picture(client: httpx.AsyncClient, path: str = ONE + "/rendered", accept: str = "image/png",
                   **parameters: str) -> np.ndarray:
    response = await client.get(path, params=parameters, headers={"Accept": accept})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == accept
    return _read(response.content)


async def test_the_whole_image_in_its_own_window(client: httpx.AsyncClient) -> None:
    await store(client, _ramp(WindowCenter=64, WindowWidth=128))
    picture = await _picture(client)
    assert picture.shape == (64, 128)
    assert (picture[0, 0], picture[0, 127]) == (0, 255)
    assert abs(int(picture[0, 64]) - 129) <= 1


async def test_the_window_of_the_request(client: httpx.AsyncClient) -> None:
    await store(client, _ramp(WindowCenter=64, WindowWidth=128))
    picture = await _picture(client, window="32,2,linear")
    assert (picture[0, 30], picture[0, 33]) == (0, 255)
    exact = await _picture(client, window="32,64,linear-exact")
    assert (exact[0, 0], exact[0, 32], exact[0, 64]) == (0, 128, 255)
    assert 120 < (await _picture(client, window="64,10,SIGMOID"))[0, 64] < 136


@pytest.mark.parametrize(("viewport", "shape", "first", "last"), [
    ("64,64", (32, 64), 0, 127),            # fits, in proportion
    ("256,256", (128, 256), 0, 127),        # may be enlarged
    ("64,64,64,0,64,64", (64, 64), 64, 127),
    ("32,32,64,,32,32", (32, 32), 64, 95),
    ("128,128,,,-128,", (64, 128), 127, 0),     # flipped
])
async def test_viewports(client: httpx.AsyncClient, viewport: str, shape: tuple[int, int], first: int,
                         last: int) -> None:
    await store(client, _ramp())
    picture = await _picture(client, viewport=viewport, window="63.5,127,linear-exact")
    assert picture.shape == shape
    assert abs(picture[0, 0] / 2 - first) <= 2
    assert abs(picture[0, -1] / 2 - last) <= 2


async def test_jpeg_is_the_default_and_quality_counts(client: httpx.AsyncClient) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (64, 64)).astype(np.uint8)
    await store(client, part10(with_pixels(dataset(), noise)))
    sizes = []
    for quality in ("20", "95"):
        response = await client.get(ONE + "/rendered", params={"quality": quality})
        assert response.headers["content-type"] == "image/jpeg"
        assert response.headers["content-length"] == str(len(response.content))
        assert _read(response.content).shape == (64, 64)
        sizes.append(len(response.content))
    assert sizes[0] < sizes[1] / 2


async def test_colour_stays_colour(client: httpx.AsyncClient) -> None:
    red = np.zeros((8, 8, 3), np.uint8)
    red[..., 0] = 200
    await store(client, part10(with_pixels(dataset(), red)))
    assert (await _picture(client))[0, 0].tolist() == [200, 0, 0]


async def test_each_frame_has_its_picture(client: httpx.AsyncClient) -> None:
    frames = np.stack([np.full((8, 8), value, np.uint8) for value in (0, 100, 200)])
    await store(client, part10(with_pixels(dataset(), frames)))
    found = [(await _picture(client, f"{ONE}/frames/{n}/rendered", window="128,256,linear"))[0, 0] for n in (1, 2, 3)]
    assert found == [0, 100, 200]
    assert (await _picture(client, window="128,256,linear"))[0, 0] == 0
    response = await client.get(f"{ONE}/frames/2,3/rendered?window=128,256,linear",
                                headers={"Accept": 'multipart/related; type="image/png"'})
    assert [_read(part.data)[0, 0] for part in parts_of(response)] == [100, 200]
    assert (await client.get(f"{ONE}/frames/4/rendered")).status_code == 404
    assert (await client.get(f"{ONE}/frames/0/rendered")).status_code == 400


async def test_thumbnails_of_everything(client: httpx.AsyncClient, archive: Archive) -> None:
    await archive.store([
        Incoming(instance(1, 3, 1, Modality="SR")),
        *(Incoming(part10(with_pixels(dataset(1, 2, number), np.full((300, 200), number * 10, np.uint8))))
          for number in (1, 2, 3)),
    ])
    for path in (path_of(1), path_of(1, 2), path_of(1, 2, 2), path_of(1, 2, 2) + "/frames/1"):
        response = await client.get(path + "/thumbnail", params={"window": "128,256,linear"})
        assert response.headers["content-type"] == "image/jpeg"
        picture = _read(response.content)
        assert picture.shape == (128, 85)
        assert abs(int(picture[64, 40]) - 20) <= 2          # the middle one
    assert (await _picture(client, path_of(1, 2) + "/thumbnail", viewport="30,30")).shape == (30, 20)
    assert (await client.get(path_of(1, 3) + "/thumbnail")).status_code == 404


@pytest.mark.parametrize(("parameters", "status"), [
    ({"window": "40"}, 400), ({"window": "40,0,linear"}, 400), ({"window": "a,b,linear"}, 400),
    ({"window": "40,80,cubic"}, 400), ({"viewport": "100"}, 400), ({"viewport": "0,0"}, 400),
    ({"viewport": "1e9,1e9"}, 400), ({"viewport": "nan,5"}, 400), ({"quality": "0"}, 400), ({"quality": "101"}, 400),
    ({"accept": "image/gif"}, 406), ({"accept": "video/mp4"}, 406),
])
async def test_what_cannot_be_made_is_refused(client: httpx.AsyncClient, parameters: dict[str, str],
                                              status: int) -> None:
    await store(client, _ramp())
    assert (await client.get(ONE + "/rendered", params=parameters)).status_code == status


async def test_what_was_ignored_is_said(client: httpx.AsyncClient) -> None:
    await store(client, _ramp())
    response = await client.get(ONE + "/rendered?annotation=patient&iccprofile=srgb")
    assert response.status_code == 200
    assert [text.split('"')[1][:25] for text in response.headers.get_list("warning")] == [
        "The annotation parameter ", "The iccprofile parameter "]


async def test_what_is_no_image_or_cannot_be_decoded(client: httpx.AsyncClient) -> None:
    broken = with_pixels(dataset(1, 1, 2), np.zeros((64, 64), np.uint16))
    await store(client, instance(1, 1, 1), part10(broken)[:-6000])
    assert (await client.get(ONE + "/rendered")).status_code == 404
    assert (await client.get(path_of(1, 1, 2) + "/rendered")).status_code == 406


def test_parameters() -> None:
    wish = parse_picture({"window": "40, 400 ,LINEAR", "quality": "70"}, "image/png")
    assert (wish.window, wish.quality, wish.viewport) == (Window(40, 400, VoiFunction.LINEAR), 70, None)
    assert parse_picture({}, "image/jpeg", is_thumbnail=True).viewport == Viewport(128, 128)
    with pytest.raises(BadPicture):
        parse_picture({"viewport": "1,2,3"}, "image/png")


@pytest.mark.parametrize(("source", "region"), [
    ((None, None, None, None), Region(0, 0, 100, 50)),
    ((10, 20, 30, 10), Region(10, 20, 30, 10)),
    ((90, 40, 30, 30), Region(90, 40, 10, 10)),                 # what lies outside is not there
    ((500, 500, 10, 10), Region(99, 49, 1, 1)),
    ((0, 0, -100, -50), Region(0, 0, 100, 50, True, True)),
])
def test_regions_stay_inside_the_image(source: tuple[float | None, ...], region: Region) -> None:
    x, y, width, height = source
    assert Viewport(10, 10, (x, y, width, height)).region(50, 100) == region
