"""Every real file of the test data, against what independent decoders said of it (tests/data/dicom/MANIFEST.csv)."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from desktop_app.core.errors import CannotDecode, DamagedDicom, DicomError, NoPixelData, NotDicom
from desktop_app.imaging.decode import decode_frame, open_instance
from tests.unit.imaging.manifest import LOSSY, READABLE, Row, digest, manifest

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:pydicom")

_DEFLATED = "1.2.840.10008.1.2.1.99"
_VIDEO = {f"1.2.840.10008.1.2.4.{n}" for n in range(100, 109)}

# What no decoder at hand could read when the manifest was made, and what Lightbox makes of it.
_READ_ALL_THE_SAME = {
    "JPEG-lossy.dcm": ((1024, 256), "uint16", 0, 264),
    "MR_truncated.dcm": ((64, 64), "int16", 0, 2145),
    "badVR.dcm": ((10, 10), "uint32", 795000, 1254000),
    "OT-PAL-8-face.dcm": ((480, 640, 3), "uint8", 0, 255),
    "liver_deflate.dcm": ((512, 512), "uint8", 0, 1),
    "liver_nonbyte_aligned_deflate.dcm": ((510, 510), "uint8", 0, 1),
    "liver_nonbyte_aligned_rle.dcm": ((510, 510), "uint8", 0, 1),
    "liver_rle.dcm": ((512, 512), "uint8", 0, 1),
    "RG2_JPLY.dcm": ((2140, 1760), "uint16", 0, 960),
    "CTImage.dcm_JPEGProcess10_12TransferSyntax_1.2.840.10008.1.2.4.55.dcm": ((512, 512), "uint16", 497, 2708),
    "CTImage.dcm_JPEGProcess6_8TransferSyntax_1.2.840.10008.1.2.4.53.dcm": ((512, 512), "uint16", 497, 2708),
    "test_slide_coordinates.dcm": ((802, 1604, 3), "uint8", 0, 255),
}


def test_the_manifest_is_the_one_that_is_meant() -> None:
    assert len(READABLE) > 450
    assert len({row.syntax for row in READABLE}) >= 15


@pytest.mark.parametrize("row", READABLE, ids=lambda row: row.file.rsplit("/", 1)[-1])
def test_every_file_is_decoded(row: Row) -> None:
    obj = open_instance(row.path.read_bytes())
    frame = decode_frame(obj)
    assert frame.pixels.shape[:2] == (row.rows, row.columns)
    assert not frame.pixels.flags.writeable
    if frame.is_colour:
        assert frame.pixels.dtype == np.uint8 and frame.pixels.shape[2] == 3
    if row.is_comparable:
        assert digest(row.file) == row.pixel_md5, "other stored values than pydicom's decoders gave"
    elif not frame.is_colour:
        values = [decode_frame(obj, n).pixels for n in range(1, obj.frame_count + 1)]
        low, high = (float(part) for part in row.pixel_min_max.split(".."))
        assert min(v.min() for v in values) == pytest.approx(low, abs=1)
        assert max(v.max() for v in values) == pytest.approx(high, abs=1)


def test_what_must_be_equal_is_equal() -> None:
    """The same image in several transfer syntaxes."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in READABLE:
        if row.syntax not in LOSSY and row.photometric != "PALETTE COLOR":
            groups[row.pixel_md5].append(row)
    twins = [group for group in groups.values() if len({row.syntax for row in group}) > 1]
    assert len(twins) >= 5
    for group in twins:
        assert len({digest(row.file) for row in group}) == 1, [row.file for row in group]


@pytest.mark.parametrize("row", [r for r in manifest() if r.path.name in _READ_ALL_THE_SAME],
                         ids=lambda row: row.path.name)
def test_files_that_others_cannot_read(row: Row) -> None:
    shape, dtype, low, high = _READ_ALL_THE_SAME[row.path.name]
    pixels = decode_frame(open_instance(row.path)).pixels
    assert (pixels.shape, str(pixels.dtype), int(pixels.min()), int(pixels.max())) == (shape, dtype, low, high)


@pytest.mark.parametrize("row", [r for r in manifest() if r.decode.startswith("FAIL")
                                 and r.path.name not in _READ_ALL_THE_SAME], ids=lambda row: row.path.name)
def test_what_cannot_be_shown_says_why(row: Row) -> None:
    expected = CannotDecode if row.syntax in _VIDEO else (DamagedDicom, NoPixelData)
    with pytest.raises(expected) as raised:
        decode_frame(open_instance(row.path))
    assert raised.value.user_text.endswith(".")


@pytest.mark.parametrize("row", [r for r in manifest() if r.decode.startswith("n/a")],
                         ids=lambda row: row.file.rsplit("/", 1)[-1])
def test_objects_without_pixels_open_and_say_so(row: Row) -> None:
    if row.path.name == "no_meta.dcm":          # begins in the middle of an element
        with pytest.raises(NotDicom):
            open_instance(row.path)
        return
    obj = open_instance(row.path.read_bytes())
    assert obj.instance.sop_class_uid or obj.dataset.file_meta or len(obj.dataset)
    try:
        decode_frame(obj)
    except (NoPixelData, DamagedDicom) as error:
        assert error.user_text
    except DicomError as error:         # pragma: no cover - the wrong class
        pytest.fail(f"{type(error).__name__} instead of NoPixelData")


def test_the_same_from_a_file_and_from_bytes() -> None:
    for row in READABLE[::17]:
        by_path, by_bytes = open_instance(row.path), open_instance(row.path.read_bytes())
        assert np.array_equal(decode_frame(by_path).pixels, decode_frame(by_bytes).pixels)
        assert by_path.nbytes == by_bytes.nbytes
        assert by_path.nbytes == row.path.stat().st_size or by_path.transfer_syntax_uid == _DEFLATED
        assert by_path.frame_count == by_bytes.frame_count
