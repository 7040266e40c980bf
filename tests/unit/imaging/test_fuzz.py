"""Damage at random: a frame or one of our errors, whatever happens to the bytes; no crash, no hang, no more memory."""

from __future__ import annotations

import random
import resource
from functools import lru_cache
from pathlib import Path

import pytest

from desktop_app.core.errors import DicomError
from desktop_app.imaging.decode import decode_frame, open_instance
from desktop_app.imaging.overlay_planes import overlay_planes
from desktop_app.imaging.render import render

DATA = Path(__file__).resolve().parents[2] / "data" / "dicom"
CASES_A_FILE = 25
_MOST_BYTES = 130_000
_EXTREMES = (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\0\0\0\x80", b"\xfe\xff\x00\xe0", b"\xff\xd9")
_MOST_MEMORY_KB = 400_000


@lru_cache(maxsize=1)
def seeds() -> tuple[Path, ...]:
    """One small file of each kind: transfer syntaxes, multi-frame, sequences, palettes, single bits, floats."""
    patterns = (
        "MR_small*.dcm", "CT_small.dcm", "SC_rgb_jpeg_dcmtk.dcm", "SC_rgb_gdcm_KY.dcm", "SC_rgb_rle_2frame.dcm",
        "SC_rgb_jls_lossy_line.dcm", "JPEGLSNearLossless_16.dcm", "JLSL_RGB_ILV1.dcm", "JPEG2000.dcm",
        "JPGExtended.dcm", "liver_*1frame.dcm", "rtdose*.dcm", "emri_small*.dcm", "examples_overlay.dcm",
        "image_dfl.dcm", "693_J2KI.dcm", "ct_htj2k*.dcm", "CT0012.not_fragmented*.dcm", "OBXXXX1A_rle.dcm",
        "vlut_04.dcm", "mlut_18.dcm", "sm_image.dcm", "chrX1.dcm", "gsps*.dcm")
    found = {path for pattern in patterns for path in DATA.rglob(pattern) if path.stat().st_size < _MOST_BYTES}
    return tuple(sorted(found))


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Some bytes changed, lengths blown up, pieces cut out or put in; half of it in the header."""
    broken = bytearray(data)
    if rng.random() < 0.15:
        del broken[rng.randrange(len(broken)):]
    for _ in range(rng.choice((1, 1, 2, 5, 20, 100))):
        if not broken:
            break
        at = rng.randrange(len(broken) if rng.random() < 0.5 else min(len(broken), 3000))
        kind = rng.random()
        if kind < 0.6:
            broken[at] = rng.randrange(256)
        elif kind < 0.8:
            extreme = rng.choice(_EXTREMES)
            broken[at:at + len(extreme)] = extreme
        elif kind < 0.9:
            del broken[at:at + rng.randrange(1, 50)]
        else:
            broken[at:at] = rng.randbytes(rng.randrange(1, 30))
    return bytes(broken)


def test_there_is_something_to_damage() -> None:
    assert len(seeds()) >= 25


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", seeds(), ids=lambda path: path.stem)
def test_damage_ends_in_a_frame_or_a_sentence(path: Path) -> None:
    whole = path.read_bytes()
    rng = random.Random(path.name)
    for _ in range(CASES_A_FILE):
        try:
            obj = open_instance(damaged(whole, rng))
            assert obj.study is not None and obj.series is not None and obj.instance.frames >= 1
            for number in range(1, min(2, max(1, obj.frame_count)) + 1):
                render(decode_frame(obj, number))
            overlay_planes(obj)
        except DicomError as error:
            assert error.user_text.endswith("."), error.user_text


def test_damage_took_no_more_memory_than_the_bytes_justify() -> None:
    """Of the whole test process so far: a decoder that believed one damaged header would have taken gigabytes."""
    if len(seeds()) == 0:
        pytest.skip("no test data")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 8 * _MOST_MEMORY_KB
