"""The story of a pixel ends with the grey that is drawn."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from desktop_app.core.frame import Frame, FrameRef, ImageFacts, LookupTable
from desktop_app.core.window import Window
from desktop_app.imaging.explain import explain_pixel
from desktop_app.imaging.render import render

REF = FrameRef("1", "2", "3")
CT = Frame(REF, np.array([[0, 1064], [-2000, 3000]], np.int16), slope=1.0, intercept=-1024.0, padding=(-2000, -2000),
           windows=(Window(-600, 1500, explanation="Lung"), Window(40, 400)), value_range=(-1024.0, 1976.0),
           facts=ImageFacts(modality="CT", unit="HU"))


@pytest.mark.parametrize("inverted", [False, True])
@pytest.mark.parametrize("window", [None, Window(40, 400), Window(100, 7)])
def test_the_last_step_is_what_is_drawn(window: Window | None, inverted: bool) -> None:
    grey = render(CT, window, inverted=inverted)
    for row in (0, 1):
        for column in (0, 1):
            story = explain_pixel(CT, column, row, window, inverted=inverted)
            assert story is not None and story.grey == grey[row, column]


def test_the_steps_name_their_attributes() -> None:
    story = explain_pixel(CT, 1, 0, Window(40, 400))
    assert story is not None
    assert [step.name for step in story.steps] == [
        "Stored value", "Modality value", "VOI", "Polarity", "Grey on the screen"]
    assert [step.value for step in story.steps[:2]] == ["1064", "40 HU"]
    assert "stored × 1 − 1024" in story.steps[1].rule and "window 2 of 2" in story.steps[2].rule


def test_padding_and_the_outside() -> None:
    story = explain_pixel(CT, 0, 1)
    assert story is not None and story.steps[2].name == "Padding" and story.grey == 0
    assert explain_pixel(CT, 2, 0) is None and explain_pixel(CT, 0, -1) is None


def test_a_voi_lut_and_its_surprises() -> None:
    lut = LookupTable(0, np.linspace(0, 8191, 65536).astype(np.uint16), 12, "Bone")
    frame = replace(CT, voi_luts=(lut,), padding=None, pixels=np.full((2, 2), 1124, np.int16),
                    value_range=(100.0, 101.0))
    story = explain_pixel(frame, 0, 0, use_voi_lut=True)
    assert story is not None and "“Bone”" in story.steps[2].rule
    text = " ".join(story.warnings)
    assert "wider" in text and "more than the 12 bits" in text and "either may be meant" in text


def test_a_rescale_that_changes_nothing_is_a_rescale_all_the_same() -> None:
    """Values in HU as they are stored: they are in HU because the file says so."""
    story = explain_pixel(replace(CT, intercept=0.0), 1, 0)
    assert CT.facts.unit == "HU" and story is not None
    assert story.steps[1].value.endswith("HU") and "(0028,1053)" in story.steps[1].rule
    assert not any("no rescale" in warning for warning in story.warnings)


def test_warnings_about_the_window_and_the_rescale() -> None:
    plain = replace(CT, intercept=0.0, facts=replace(CT.facts, unit=""), value_range=(0.0, 3000.0), padding=None)
    story = explain_pixel(plain, 0, 0, Window(9000, 10))
    assert story is not None
    assert any("outside" in w for w in story.warnings) and any("no rescale to HU" in w for w in story.warnings)


def test_colour_has_a_short_story() -> None:
    story = explain_pixel(Frame(REF, np.full((1, 1, 3), (1, 2, 3), np.uint8)), 0, 0)
    assert story is not None and story.grey == (1, 2, 3)


def test_what_a_frame_says_by_itself_is_pointed_at() -> None:
    own = replace(CT, facts=replace(CT.facts, rescale_origin="frame", window_origin="frame"))
    story = explain_pixel(own, 1, 0)
    assert story is not None and "of this frame alone" in story.steps[1].rule
    assert sum("frame's own" in warning for warning in story.warnings) == 2
    shared = replace(CT, facts=replace(CT.facts, rescale_origin="shared", window_origin="image"))
    story = explain_pixel(shared, 1, 0)
    assert story is not None and "shared by all frames" in story.steps[1].rule and story.warnings == ()


def test_an_intercept_without_a_slope_is_pointed_at() -> None:
    story = explain_pixel(CT, 1, 0)
    assert story is not None and any("without a Rescale Slope" in warning for warning in story.warnings)


def test_two_inversions_that_meet_are_pointed_at() -> None:
    story = explain_pixel(replace(CT, monochrome1=True), 1, 0, inverted=True)
    assert story is not None and any("low values are black" in warning for warning in story.warnings)


def test_monochrome1_with_inverse_presentation_is_inverted_once_and_says_so(dicom_data: Path) -> None:
    from pydicom import dcmread

    from desktop_app.imaging.decode import decode_frame, open_instance

    dataset = dcmread(dicom_data / "pydicom__pydicom/src/pydicom/data/test_files/MR_small.dcm")
    dataset.PhotometricInterpretation, dataset.PresentationLUTShape = "MONOCHROME1", "INVERSE"
    written = BytesIO()
    dataset.save_as(written)
    frame = decode_frame(open_instance(written.getvalue()))
    story = explain_pixel(frame, 3, 3)
    assert frame.monochrome1 and story is not None
    assert any("inverted once" in warning for warning in story.warnings)
    assert frame.facts.window_origin == "image" and frame.facts.rescale_origin == ""
