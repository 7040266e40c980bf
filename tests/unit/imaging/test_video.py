"""Videos: every frame by its number, in any order, from several threads; and what is wrong with those that are."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from desktop_app.core.errors import CannotDecode, DamagedDicom
from desktop_app.imaging.decode import DicomObject, open_instance
from desktop_app.imaging.shown import shown_frame
from desktop_app.services.codec_process import CodecProcess

needs_opencv = pytest.mark.skipif(importlib.util.find_spec("cv2") is None, reason="videos need OpenCV, an extra")
FILES = ("video_mpeg4_avc_hp41.dcm", "video_hevc_mp51.dcm")


@pytest.fixture(scope="module")
def codecs() -> Iterator[CodecProcess]:
    process = CodecProcess()
    yield process
    process.close()


@pytest.fixture(params=FILES)
def path(request: pytest.FixtureRequest, dicom_data: Path) -> Path:
    return dicom_data / "synthetic" / request.param


def pixels(codecs: CodecProcess, obj: DicomObject, number: int) -> np.ndarray:
    frame = shown_frame(obj, number, codecs.read_video)
    assert frame.ref.frame_number == number and frame.facts.lossy
    return frame.pixels


@needs_opencv
def test_frames_in_any_order_are_those_of_their_numbers(path: Path, codecs: CodecProcess) -> None:
    obj = open_instance(path)
    in_order = [pixels(codecs, obj, number) for number in range(1, obj.frame_count + 1)]
    assert len(in_order) == 100 and in_order[0].shape == (480, 640, 3)
    for number in (90, 1, 50, 49, 100, 2):
        assert np.array_equal(pixels(codecs, obj, number), in_order[number - 1])
    assert any(not np.array_equal(a, b) for a, b in pairwise(in_order))
    with ThreadPoolExecutor(4) as pool:
        numbers = [3, 1, 4, 2, 6, 5, 8, 7]
        for number, found in zip(numbers, pool.map(lambda n: pixels(codecs, obj, n), numbers), strict=True):
            assert np.array_equal(found, in_order[number - 1])
    with pytest.raises(DamagedDicom, match="ends before frame 101"):
        pixels(codecs, obj, 101)


@needs_opencv
def test_a_stream_that_is_none_and_one_of_another_size(path: Path) -> None:
    codecs = CodecProcess()
    data = path.read_bytes()
    start = data.index(b"ftyp")
    try:
        with pytest.raises(DamagedDicom, match="cannot be read"):
            pixels(codecs, open_instance(data[: start - 4] + bytes(len(data) - start + 4)), 1)
    finally:
        codecs.close()
    rows = b"\x28\x00\x10\x00US\x02\x00"
    smaller = data.replace(rows + (480).to_bytes(2, "little"), rows + (240).to_bytes(2, "little"))
    try:
        with pytest.raises(DamagedDicom, match="640 × 480"):
            pixels(codecs, open_instance(smaller), 1)
    finally:
        codecs.close()


def test_a_process_that_ends_takes_only_the_object_with_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codecs = CodecProcess()
    monkeypatch.setattr("desktop_app.imaging.video_worker.serve", end_at_once)
    obj = open_instance(path)
    with pytest.raises(DamagedDicom, match="ended the process"):
        codecs.read_video(obj, 1)
    with pytest.raises(CannotDecode, match="left out"):
        codecs.read_video(obj, 1)
    codecs.close()


def end_at_once(connection: object) -> None:
    import os

    os.abort()
