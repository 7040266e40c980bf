"""Frames in another quantity: the same greys, other numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from desktop_app.core.frame import Frame, FrameRef, ImageFacts, LookupTable
from desktop_app.core.presentation_tables import PresentationTables
from desktop_app.core.study_object import ObjectHead, Presentation, VoiChoice
from desktop_app.core.value_mapping import ValueMapping
from desktop_app.core.view_state import ViewState
from desktop_app.core.window import VoiFunction, Window
from desktop_app.imaging.decode import decode_frame, open_instance
from desktop_app.imaging.luts import initial_window
from desktop_app.imaging.quantities import from_rescale, in_rescale, mapped
from desktop_app.imaging.render import render
from desktop_app.imaging.shown import shown_frame
from desktop_app.viewmodels.saved_look import presented
from tests.unit.imaging.objects import image, opened
from tests.unit.imaging.test_real_world import mapping

OWN = ValueMapping("Bq/ml", "Bq/ml", 2.0, 10.0, is_rescale=True)
SUV = ValueMapping("SUVbw", "SUVbw", 0.5, 2.5, (Window(2.5, 5.0, VoiFunction.LINEAR_EXACT),))
RAMP = np.arange(256, dtype=np.uint16).reshape(16, 16)
FRAME = Frame(FrameRef("1", "2", "3"), RAMP, 2.0, 10.0, windows=(Window(200, 300, VoiFunction.LINEAR_EXACT),),
              value_range=(10.0, 520.0), facts=ImageFacts(unit="Bq/ml"), mappings=(SUV, OWN), mapped_by="Bq/ml")


def test_a_window_of_the_file_shows_the_same_greys_in_every_quantity() -> None:
    there = mapped(FRAME, "SUVbw")
    assert there.facts.unit == "SUVbw" and there.modality_value(3, 0) == 3 * 0.5 + 2.5
    assert there.value_range == (2.5, 130.0) and there.windows[0] == SUV.windows[0]
    assert np.array_equal(render(there, there.windows[1]), render(FRAME, FRAME.windows[0]))
    back = mapped(there, "Bq/ml")
    assert back.windows == FRAME.windows and back.value_range == FRAME.value_range and back.slope == 2.0


def test_a_window_is_told_to_others_in_the_values_of_the_file() -> None:
    there = mapped(FRAME, "SUVbw")
    told = in_rescale(there, Window(5.0, 2.0, VoiFunction.LINEAR_EXACT))
    assert np.array_equal(render(FRAME, told), render(there, Window(5.0, 2.0, VoiFunction.LINEAR_EXACT)))
    assert in_rescale(FRAME, Window(5, 2)) == Window(5, 2)


def test_a_voi_lut_of_the_file_is_for_the_values_of_its_rescale_only() -> None:
    lut = LookupTable(10, np.arange(511, dtype=np.uint16), 9)
    plain = replace(FRAME, windows=(), voi_luts=(lut,), mappings=(replace(SUV, windows=()), OWN))
    there = mapped(plain, "SUVbw")
    assert plain.opens_by_voi_lut and not there.opens_by_voi_lut
    assert initial_window(there) == Window.of_range(2.5, 130.0), "the LUT's own range is in Bq/ml"
    assert mapped(there, "Bq/ml").opens_by_voi_lut


def test_a_window_of_others_is_taken_over_into_the_quantity_that_is_shown() -> None:
    """A presentation state of a PET speaks of Bq/ml, and the image is shown in SUV: the greys are those it means."""
    there = mapped(FRAME, "SUVbw")
    told = Window(200, 80, VoiFunction.LINEAR_EXACT)
    assert np.array_equal(render(there, from_rescale(there, told)), render(FRAME, told))
    assert from_rescale(there, in_rescale(there, Window(5.0, 2.0, VoiFunction.LINEAR_EXACT))).center == 5.0
    state = Presentation(ObjectHead(FrameRef("1", "2", "9")), windows=(VoiChoice((), told),))
    for unit, shown in (("", FRAME), ("SUVbw", there)):
        look = presented(ViewState(unit=unit), state, FRAME, FRAME.ref)
        assert look.window is not None and np.array_equal(render(shown, look.window), render(FRAME, told))


def test_a_rescale_of_a_presentation_state_takes_the_place_of_the_image_s_own() -> None:
    there = mapped(FRAME, "SUVbw")
    assert PresentationTables(rescale=(2.0, 10.0)).applied(there) is there          # the image's own, told again
    other = PresentationTables(rescale=(-1.0, 3.0)).applied(there)
    assert other.modality_value(1, 0) == 2.0 and other.value_range == (-252.0, 3.0)
    assert other.facts.unit == "" and other.mappings == ()


def test_a_quantity_that_is_not_there_changes_nothing() -> None:
    assert mapped(FRAME, "SUVbsa") is FRAME and mapped(FRAME, "Bq/ml") is FRAME


def test_a_real_world_table_answers_for_each_stored_value() -> None:
    item = mapping(RealWorldValueLUTData=[0.5, 2.5, 7.0, 9.0])
    stored = np.array([[10, 11], [12, 13]], np.uint16)
    frame = shown_frame(opened(image(stored, RealWorldValueMappingSequence=[item])))
    there = mapped(frame, "ADC mm2/s")
    assert [there.modality_value(*place) for place in ((0, 0), (1, 0), (0, 1), (1, 1))] == [0.5, 2.5, 7.0, 9.0]
    assert there.facts.unit == "mm2/s" and there.value_range == (0.5, 9.0)


def test_a_line_in_another_unit_can_be_chosen_and_one_like_the_rescale_gives_its_unit() -> None:
    item = mapping(RealWorldValueSlope=0.5, RealWorldValueIntercept=-1.0)
    frame = shown_frame(opened(image(RAMP, RealWorldValueMappingSequence=[item])))
    assert [one.name for one in frame.mappings] == ["", "ADC mm2/s"]
    assert mapped(frame, "ADC mm2/s").modality_value(12, 0) == 5.0
    same = mapping(RealWorldValueSlope=1.0, RealWorldValueIntercept=0.0)
    frame = shown_frame(opened(image(RAMP, RealWorldValueMappingSequence=[same])))
    assert frame.facts.unit == "mm2/s" and frame.modality_value(12, 0) == 12


@pytest.mark.parametrize("kind", ["SUVbw", "SUVlbm", "SUVbsa"])
def test_a_real_pet_has_every_quantity_that_its_data_allows(dicom_data: Path, kind: str) -> None:
    path = next((dicom_data / "oncoray__mirp/test/data/sts_images_raw/STS_001/FDG_PET/image").glob("*.dcm"))
    obj = open_instance(path)
    frame, plain = shown_frame(obj), decode_frame(obj)
    assert {one.name for one in frame.mappings} == {"SUVbw", "SUVlbm", "SUVbsa", "Bq/ml"}
    there = mapped(frame, kind)
    assert there.facts.unit == kind and there.windows[0].width == 5.0
    back = mapped(there, "Bq/ml")
    assert back.modality_value(60, 60) == pytest.approx(plain.modality_value(60, 60))


def test_what_cannot_be_told_keeps_its_unit() -> None:
    frame = shown_frame(opened(image(RAMP, Modality="PT", Units="PROPCPS", RescaleSlope=2, RescaleIntercept=0)))
    assert frame.facts.unit == "prop. counts/s" and len(frame.mappings) == 1
    assert any("PROPCPS" in warning for warning in frame.facts.warnings)
