"""Mammograms with a known truth: every calcification is where it was put, through JPEG 2000 too."""

from __future__ import annotations

import numpy as np
import pytest

from desktop_app.core.interpolation import Interpolation
from desktop_app.core.window import Window
from desktop_app.imaging.decode import decode_frame, open_instance
from desktop_app.imaging.interpolate import interpolated
from desktop_app.imaging.render import render
from tests.support.mammograms import CALCIFICATION, VIEWS, as_dicom, mammogram


@pytest.mark.parametrize("number", range(4))
def test_what_was_drawn_is_what_is_read(number: int) -> None:
    made = mammogram(number, 1024, 832)
    plain = decode_frame(open_instance(as_dicom(made)))
    packed = decode_frame(open_instance(as_dicom(made, jpeg_2000=True)))
    assert np.array_equal(plain.pixels, made.pixels) and np.array_equal(packed.pixels, made.pixels)
    assert plain.facts.laterality == VIEWS[number][0] and plain.facts.spacing_source == "at the detector"
    grey = render(plain, Window(9000, 12000))
    assert all(grey[place] == 255 for place in made.calcifications)
    assert {plain.modality_value(column, row) for row, column in made.calcifications} == {float(CALCIFICATION)}
    breast, air = (grey[:, -40:], grey[:, :40]) if made.side == "R" else (grey[:, :40], grey[:, -40:])
    assert breast.mean() > 60 > 5 > air.mean()


def test_a_small_view_averages_and_loses_no_light() -> None:
    made = mammogram(0, 1024, 832)
    small = interpolated(made.pixels, Interpolation.LANCZOS, (0, 0, 832, 1024), (208, 256))
    assert small.mean() == pytest.approx(made.pixels.mean(), rel=0.002)
    row, column = made.calcifications[0]
    around = small[row // 4 - 2 : row // 4 + 3, column // 4 - 2 : column // 4 + 3]
    assert around.max() > np.median(around) + 2000, "a single bright pixel is still seen"
