"""DCMTK's dcmp2pgm as an oracle: the grey levels of an image under a presentation state."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from desktop_app.core.study_object import Presentation
from desktop_app.core.view_state import ViewState
from desktop_app.imaging.decode import decode_frame, open_instance
from desktop_app.imaging.luts import grey_table, initial_window
from desktop_app.imaging.render import render_grey
from desktop_app.objects.open_object import open_object
from desktop_app.viewmodels.saved_look import presented

pytestmark = pytest.mark.skipif(
    shutil.which("dcmp2pgm") is None, reason="DCMTK's dcmp2pgm is not installed (package dcmtk)")


def theirs(image: Path, state: Path, folder: Path) -> np.ndarray:
    made = folder / "theirs.pgm"
    done = subprocess.run(["dcmp2pgm", "-q", "-p", str(state), str(image), str(made)], capture_output=True, timeout=60,
                          check=False)
    assert made.is_file(), done.stderr.decode(errors="replace")
    written = made.read_bytes()
    match = re.match(rb"P5\s+(\d+)\s+(\d+)\s+(\d+)\s", written)
    assert match
    columns, rows = int(match[1]), int(match[2])
    return np.frombuffer(written, np.uint8, rows * columns, match.end()).reshape(rows, columns)


def ours(image: Path, state: Path) -> np.ndarray:
    """As a viewport shows it that the state was applied to."""
    found = open_object(state.read_bytes())
    assert isinstance(found, Presentation)
    frame = decode_frame(open_instance(image))
    look = presented(ViewState(), found, frame, frame.ref)
    frame = look.tables.applied(frame) if look.tables is not None else frame
    by_lut = look.window is None and not frame.windows and bool(frame.voi_luts)
    table = grey_table(frame, look.window or initial_window(frame), inverted=look.inverted, use_voi_lut=by_lut)
    return render_grey(frame.pixels, table)


def test_three_tables_after_each_other(dicom_data: Path, tmp_path: Path) -> None:
    image, state = next(dicom_data.rglob("imageForPrLUTs.dcm")), next(dicom_data.rglob("prLUTs.dcm"))
    expected = theirs(image, state, tmp_path)
    assert len(np.unique(expected)) > 100
    assert np.abs(ours(image, state).astype(int) - expected).max() <= 1


@pytest.mark.parametrize("rescale", [(1, 0), (3, -40)])
@pytest.mark.parametrize("shape", ["IDENTITY", "INVERSE"])
@pytest.mark.parametrize("photometric", ["MONOCHROME1", "MONOCHROME2"])
def test_rescale_window_and_polarity(photometric: str, shape: str, rescale: tuple[int, int], dicom_data: Path,
                                     tmp_path: Path) -> None:
    """A state overrides the rescale and the polarity of its image, whatever that says of itself."""
    pixels = pydicom.dcmread(next(dicom_data.rglob("imageForPrLUTs.dcm")))
    pixels.PhotometricInterpretation = photometric
    pixels.RescaleSlope, pixels.RescaleIntercept, pixels.RescaleType = "2", "10", "US"
    state = pydicom.dcmread(next(dicom_data.rglob("prLUTs.dcm")))
    for keyword in ("ModalityLUTSequence", "SoftcopyVOILUTSequence", "PresentationLUTSequence"):
        delattr(state, keyword)
    state.RescaleSlope, state.RescaleIntercept, state.RescaleType = str(rescale[0]), str(rescale[1]), "US"
    window = Dataset()
    window.WindowCenter, window.WindowWidth = "150", "200"
    state.SoftcopyVOILUTSequence = Sequence([window])
    state.PresentationLUTShape = shape
    pixels.save_as(tmp_path / "image.dcm")
    state.save_as(tmp_path / "state.dcm")
    expected = theirs(tmp_path / "image.dcm", tmp_path / "state.dcm", tmp_path)
    assert len(np.unique(expected)) > 50
    assert np.abs(ours(tmp_path / "image.dcm", tmp_path / "state.dcm").astype(int) - expected).max() <= 1
