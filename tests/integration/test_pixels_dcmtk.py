"""DCMTK as an oracle: the grey levels of every greyscale file, by an independent program.

A grey level is right because two programs agree on it: they may differ by 1, where one rounds and the other truncates.
DCMTK rounds rescaled values to whole numbers; where slope or intercept are not whole, the rescale is taken out on its
side and the window converted to stored values on ours. JPEG-LS, JPEG 2000 and HTJ2K, which dcmj2pnm does not read, are
decompressed for it by yet other programs (dcmdjpls, pylibjpeg-openjpeg).
"""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pydicom
import pytest

from desktop_app.core.errors import DicomError
from desktop_app.core.frame import Frame
from desktop_app.core.window import VoiFunction, Window
from desktop_app.imaging.decode import decode_frame, open_instance
from desktop_app.imaging.luts import grey_table
from desktop_app.imaging.render import render, render_grey

DATA = Path(__file__).resolve().parents[1] / "data" / "dicom"
JPEG_LS = {"1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81"}
JPEG_2000 = {"1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91", "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.203"}

pytestmark = pytest.mark.skipif(
    shutil.which("dcmj2pnm") is None, reason="DCMTK's dcmj2pnm is not installed (package dcmtk)")

# What DCMTK 3.6.7 itself does not read, or reads otherwise for a reason of its own.
_NOT_BY_DCMTK = {
    "liver_rle.dcm": "single bits in RLE",
    "liver_nonbyte_aligned_rle.dcm": "single bits in RLE",
    "liver_deflate.dcm": "Deflated Image Frame",
    "liver_nonbyte_aligned_deflate.dcm": "Deflated Image Frame",
    "MR_truncated.dcm": "it refuses files that are cut off",
    "emri_small_jpeg_2k_lossless_too_short.dcm": "it refuses files that are cut off",
    "liver_j2k.dcm": "single bits in JPEG 2000",
    "liver_nonbyte_aligned_j2k.dcm": "single bits in JPEG 2000",
    "JLSL_08_07_0_1F.dcm": "its JPEG-LS codec takes this one for damaged (the manifest's decoder does not)",
    "rtdose_expb.dcm": "it swaps 32-bit values of the retired big endian syntax as 16-bit words",
    "rtdose_expb_1frame.dcm": "it swaps 32-bit values of the retired big endian syntax as 16-bit words",
    "jpeg2000-multiframe-multifragments.dcm": "it cuts lossy values that overshoot Bits Stored: white turns black",
}


def _selected() -> Iterator[pytest.param]:
    """Every greyscale file but the many like slices of two series, of which every tenth stands for all."""
    with (DATA / "MANIFEST.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            path = DATA / row["file"]
            many = "theibsi" in row["file"] or "CTHead" in row["file"] or "charset" in row["file"]
            if not row["photometric"].startswith("MONOCHROME") or row["decode"].startswith("n/a"):
                continue
            if many and not path.stem.endswith("0"):
                continue
            yield pytest.param(path, id=path.name)


def dcmtk_greys(path: Path, *options: str) -> np.ndarray:
    """What dcmj2pnm makes of the first frame: uint8 (rows, columns)."""
    command = ["dcmj2pnm", "-q", "-O", "+op", *options, str(path)]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    match = re.match(rb"P5\s+(\d+)\s+(\d+)\s+(\d+)\s", done.stdout)
    assert match, done.stderr.decode(errors="replace")
    columns, rows = int(match[1]), int(match[2])
    return np.frombuffer(done.stdout, np.uint8, rows * columns, match.end()).reshape(rows, columns)


def readable_by_dcmtk(path: Path, syntax: str, folder: Path) -> Path:
    """The file, or a copy of it that another program has decompressed."""
    target = folder / "plain.dcm"
    if syntax in JPEG_LS:
        done = subprocess.run(["dcmdjpls", "-q", str(path), str(target)], capture_output=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return target
    if syntax in JPEG_2000:
        dataset = pydicom.dcmread(path)
        dataset.decompress(decoding_plugin="pylibjpeg", generate_instance_uid=False)
        dataset.save_as(target)
        return target
    return path


def windows_for(frame: Frame) -> list[Window]:
    """The file's own window and three others: the whole range, a narrow one, one with a half as centre."""
    low, high = frame.value_range
    middle, span = round((low + high) / 2), max(high - low, 4)
    own = [w for w in frame.windows[:1] if w.function is VoiFunction.LINEAR]
    return [*own, Window(middle, round(span)), Window(round(low + span / 3), max(2, round(span / 4))),
            Window(middle + 0.5, round(span / 2) + 1)]


def without_padding(ours: np.ndarray, theirs: np.ndarray, frame: Frame) -> np.ndarray:
    """Padding is black here and windowed there: it is left out of the comparison."""
    if frame.padding is None:
        return ours
    inside = (frame.pixels >= frame.padding[0]) & (frame.pixels <= frame.padding[1])
    return np.where(inside, theirs, ours)


@pytest.mark.parametrize("path", list(_selected()))
def test_grey_levels_agree_with_dcmtk(path: Path, tmp_path: Path) -> None:
    if path.name in _NOT_BY_DCMTK:
        pytest.skip(f"DCMTK: {_NOT_BY_DCMTK[path.name]}")
    try:
        frame = replace(decode_frame(open_instance(path)), supplement=None)     # DCMTK shows its greys only
    except DicomError as error:
        pytest.skip(f"not decoded by Lightbox either: {error.user_text}")
    if frame.pixels.dtype.kind not in "iu" or frame.is_colour:
        pytest.skip("DCMTK does not show floating point images")
    plain = readable_by_dcmtk(path, frame.facts.transfer_syntax_uid, tmp_path)
    whole = float(frame.slope).is_integer() and float(frame.intercept).is_integer()
    options: tuple[str, ...] = ()
    if not whole:
        frame = replace(frame, slope=1.0, intercept=0.0, windows=(),
                        value_range=(float(frame.pixels.min()), float(frame.pixels.max())))
        options = ("-M",)
    for window in windows_for(frame):
        theirs = dcmtk_greys(plain, *options, "+Ww", repr(float(window.center)), repr(float(window.width)), "+Wfl")
        ours = without_padding(render(frame, window), theirs, frame)
        assert ours.shape == theirs.shape
        assert np.abs(ours.astype(int) - theirs).max() <= 1, f"{window}"


@pytest.mark.parametrize("shape", [None, "IDENTITY", "INVERSE"])
@pytest.mark.parametrize("photometric", ["MONOCHROME1", "MONOCHROME2"])
def test_polarity_agrees_with_dcmtk(photometric: str, shape: str | None, tmp_path: Path) -> None:
    """Also where the photometric interpretation and the presentation LUT shape contradict each other."""
    dataset = pydicom.dcmread(DATA / "pydicom__pydicom/src/pydicom/data/test_files/CT_small.dcm")
    dataset.PhotometricInterpretation = photometric
    if shape:
        dataset.PresentationLUTShape = shape
    path = tmp_path / "a.dcm"
    dataset.save_as(path)
    theirs = dcmtk_greys(path, "+Ww", "1000", "2000")
    frame = decode_frame(open_instance(path))
    assert np.abs(render(frame, Window(1000, 2000)).astype(int) - theirs).max() <= 1


def test_a_voi_lut_agrees_with_dcmtk() -> None:
    path = next(DATA.rglob("vlut_04.dcm"))
    frame = decode_frame(open_instance(path))
    assert frame.voi_luts
    table = grey_table(frame, Window(0, 1), use_voi_lut=True)
    ours = render_grey(frame.pixels, table).astype(int)
    assert np.abs(ours - dcmtk_greys(path, "+Wl", "1")).max() <= 1


def test_a_modality_lut_agrees_with_dcmtk() -> None:
    path = next(DATA.rglob("mlut_18.dcm"))
    frame = decode_frame(open_instance(path))
    assert frame.modality_lut is not None
    for window in windows_for(frame):
        theirs = dcmtk_greys(path, "+Ww", repr(float(window.center)), repr(float(window.width)), "+Wfl")
        assert np.abs(render(frame, window).astype(int) - theirs).max() <= 1


def test_sigmoid_agrees_with_dcmtk() -> None:
    path = DATA / "pydicom__pydicom/src/pydicom/data/test_files/CT_small.dcm"
    theirs = dcmtk_greys(path, "+Ww", "100", "800", "+Wfs")
    ours = render(decode_frame(open_instance(path)), Window(100, 800, VoiFunction.SIGMOID))
    assert np.abs(ours.astype(int) - theirs).max() <= 1


@pytest.mark.parametrize(("number", "relationship"), [(1, "LOG"), (1, "DISP"), (2, "LOG"), (7, "LOG")])
def test_a_modality_lut_of_an_angiogram_agrees_with_dcmtk(number: int, relationship: str, tmp_path: Path) -> None:
    """Where it leads back to intensities it is not for display (PS3.3 C.8.7.1.1.2)."""
    dataset = pydicom.dcmread(next(DATA.rglob("mlut_18.dcm")))
    dataset.SOPClassUID = f"1.2.840.10008.5.1.4.1.1.{f'12.{number}' if number < 3 else number}"
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID
    dataset.Modality = {1: "XA", 2: "RF"}.get(number, "OT")
    dataset.PixelIntensityRelationship = relationship
    path = tmp_path / "a.dcm"
    dataset.save_as(path)
    frame = decode_frame(open_instance(path))
    assert (frame.modality_lut is None) == bool(frame.facts.notes) == (number < 3)
    for window in windows_for(frame):
        theirs = dcmtk_greys(path, "+Ww", repr(float(window.center)), repr(float(window.width)), "+Wfl")
        assert np.abs(render(frame, window).astype(int) - theirs).max() <= 1
