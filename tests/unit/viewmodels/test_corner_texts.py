"""What stands in the corners, line by line."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from desktop_app.core.display_set import DisplaySet, ImageView
from desktop_app.core.errors import CannotDecode
from desktop_app.core.frame import Frame, ImageFacts, LookupTable
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.geometry import ImagePlane
from desktop_app.core.stack_check import StackCheck
from desktop_app.core.study import Series
from desktop_app.core.view_state import ViewState
from desktop_app.core.window import Window
from desktop_app.viewmodels.corner_texts import (
    CornerLine,
    CornerTexts,
    age_text,
    corner_texts,
    edge_letters,
    number_text,
    shows_voi_lut,
)
from desktop_app.viewmodels.viewport import OverlayMode

SERIES = Series("1.2", "1.2.2", "CT", 2, "Portal venous")
AXIAL = ImagePlane((-200.0, -180.0, -126.4), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), 0.8, 0.8)
CORONAL = ImagePlane((-200.0, 31.25, 90.0), (1.0, 0.0, 0.0), (0.0, 0.0, -1.0), 0.8, 0.8)
FACTS = ImageFacts(
    patient_name="PHANTOM^ONE", patient_id="P-0001", patient_birth_date="19390203", patient_sex="F",
    patient_age="055Y", institution="Test hall", study_description="CT phantom", study_date="19940417",
    study_time="091233.5", accession_number="3819201", series_number=2, series_description="Portal venous",
    modality="CT", contrast="Omni", slice_thickness_mm=5.0, spacing_mm=(0.8, 0.8), unit="HU",
)


@dataclass
class View:
    """A viewport's state, as far as texts are made of it."""

    display_set: DisplaySet | None = None
    state: ViewState = field(default_factory=ViewState)
    frame: Frame | None = None
    error: object | None = None
    loaded: bytes = b""
    expected: int = 0
    failed: int = 0
    hover_text: str = ""
    film_text: str = ""
    text_mode: OverlayMode = OverlayMode.ALL


def refs(count: int) -> tuple[FrameRef, ...]:
    return tuple(FrameRef("1.2", "1.2.2", f"1.2.2.{index}") for index in range(count))


def a_frame(**changes: object) -> Frame:
    values: dict[str, object] = {"windows": (Window(50, 400),), "plane": AXIAL, "facts": FACTS}
    return Frame(refs(1)[0], np.zeros((4, 4), np.int16), **{**values, **changes})  # type: ignore[arg-type]


def a_view(count: int = 51, **changes: object) -> View:
    values: dict[str, object] = {
        "display_set": DisplaySet("1.2.2", SERIES, refs(count), True), "state": ViewState(index=25), "frame": a_frame(),
        "loaded": b"\1" * count, "expected": count,
    }
    return View(**{**values, **changes})  # type: ignore[arg-type]


def words(lines: tuple[CornerLine, ...]) -> list[str]:
    return [line.text for line in lines]


def tone_of(texts: CornerTexts, part: str) -> str:
    lines = (*texts.top_left, *texts.top_right, *texts.bottom_left, *texts.bottom_right)
    return next(line.tone for line in lines if part in line.text)


def test_all_four_corners() -> None:
    texts = corner_texts(a_view(hover_text="-112 HU at (241, 198)"), scale=1.13)
    assert words(texts.top_left) == ["PHANTOM, ONE", "ID P-0001", "F · 55 y · born 03 Feb 1939"]
    assert words(texts.top_right) == ["Test hall", "CT phantom", "17 Apr 1994 09:12", "Acc 3819201"]
    assert words(texts.bottom_left) == ["Image 26 / 51", "W 400 L 50 · zoom 1.1×", "−112 HU at (241, 198)"]
    assert words(texts.bottom_right) == ["S2 Portal venous", "contrast Omni", "5.0 mm · z −126.4", "51 of 51 ✓"]


def test_without_names_nothing_tells_who_it_is() -> None:
    texts = corner_texts(a_view(text_mode=OverlayMode.NO_NAMES))
    everything = " ".join(words((*texts.top_left, *texts.top_right, *texts.bottom_left, *texts.bottom_right)))
    for told in ("PHANTOM", "ONE", "P-0001", "1939", "3819201"):
        assert told not in everything
    assert words(texts.top_left) == ["F · 55 y"]
    assert texts.top == "A"


def test_none_means_none_letters_too() -> None:
    assert corner_texts(a_view(text_mode=OverlayMode.NONE)) == CornerTexts()


def test_an_empty_viewport_says_nothing() -> None:
    assert corner_texts(View()) == CornerTexts()


def test_what_is_not_known_leaves_no_line() -> None:
    bare = a_frame(facts=ImageFacts(spacing_mm=(1.0, 1.0)), plane=None)
    texts = corner_texts(a_view(1, frame=bare, state=ViewState()))
    assert texts.top_left == texts.top_right == ()
    assert words(texts.bottom_left) == ["Image 1 / 1", "W 400 L 50"]
    assert words(texts.bottom_right) == ["S2 Portal venous"]


def test_the_age_is_reckoned_when_the_file_does_not_say() -> None:
    facts = replace(FACTS, patient_age="", patient_birth_date="19390418")
    assert words(corner_texts(a_view(frame=a_frame(facts=facts))).top_left)[2] == "F · 54 y · born 18 Apr 1939"


def test_while_an_image_loads_nothing_is_told_of_another_one() -> None:
    earlier = a_frame()
    texts = corner_texts(a_view(frame=None, hover_text="1 HU at (1, 1)"), shown=earlier, scale=2.0)
    assert words(texts.bottom_left) == ["Loading image 26 / 51 …", "W 400 L 50 · zoom 2.0×"]
    assert tone_of(texts, "Loading") == "caution"
    assert words(texts.bottom_right) == ["S2 Portal venous", "contrast Omni", "51 of 51 ✓"]
    assert words(texts.top_left)[0] == "PHANTOM, ONE"


def test_an_image_that_could_not_be_had_is_not_called_loading() -> None:
    texts = corner_texts(a_view(frame=None, error=CannotDecode()), known=a_frame())
    assert words(texts.bottom_left) == ["Image 26 / 51"]
    assert words(texts.top_left)[0] == "PHANTOM, ONE"
    assert texts.top == "", "no letters where there is no picture"


def test_the_window_of_the_user_goes_before_that_of_the_file() -> None:
    texts = corner_texts(a_view(state=ViewState(index=25, window=Window(-600.4, 1500.5))))
    assert "W 1500 L −600" in words(texts.bottom_left)


def test_a_voi_lut_is_named_and_gives_way_to_a_window() -> None:
    lut = LookupTable(0, np.arange(16, dtype=np.uint8), 8, "Bone detail")
    frame = a_frame(windows=(), voi_luts=(lut,))
    assert words(corner_texts(a_view(frame=frame)).bottom_left)[1] == "Bone detail"
    assert not shows_voi_lut(frame, ViewState(window=Window(1, 2)))
    assert not shows_voi_lut(replace(frame, windows=(Window(1, 2),)), ViewState())


def test_colour_has_no_window() -> None:
    frame = Frame(refs(1)[0], np.zeros((4, 4, 3), np.uint8), facts=FACTS)
    assert words(corner_texts(a_view(frame=frame), scale=1.0).bottom_left) == ["Image 26 / 51", "zoom 1.0×"]


def test_frames_of_one_object_are_called_frames() -> None:
    loop = DisplaySet("k", SERIES, tuple(FrameRef("1.2", "1.2.2", "1.2.2.1", n) for n in range(1, 31)))
    texts = corner_texts(a_view(30, display_set=loop, state=ViewState(index=11)))
    assert words(texts.bottom_left)[0] == "Frame 12 / 30"


@pytest.mark.parametrize(
    ("loaded", "failed", "line", "tone"),
    [
        (b"\1\1\1\1", 0, "4 of 4 ✓", "good"),
        (b"\1\0\1\0", 0, "2 of 4 loaded", "caution"),
        (b"\1\2\1\1", 1, "3 of 4 · 1 failed", "caution"),
    ],
)
def test_how_much_is_here_is_said_and_never_assumed(loaded: bytes, failed: int, line: str, tone: str) -> None:
    texts = corner_texts(a_view(4, loaded=loaded, failed=failed, state=ViewState()))
    assert words(texts.bottom_right)[-1] == line
    assert texts.bottom_right[-1].tone == tone


def test_gaps_and_uneven_distances_are_named_and_nothing_is_called_whole() -> None:
    view = a_view()
    assert view.display_set is not None
    view.display_set = replace(view.display_set, check=StackCheck(2, 1, (5.0, 7.5)))
    texts = corner_texts(view)
    assert words(texts.bottom_right)[-4:] == [
        "51 of 51", "2 missing in between", "1 at the same place twice", "unequal distances, 5–7.5 mm",
    ]
    assert tone_of(texts, "missing") == "caution" and tone_of(texts, "51 of 51") == ""


def test_lossy_uncalibrated_and_warned_images_say_so() -> None:
    facts = replace(FACTS, lossy="lossy 10:1", spacing_mm=None, warnings=("Slices are missing",))
    texts = corner_texts(a_view(frame=a_frame(facts=facts)))
    assert {"lossy 10:1", "not calibrated", "Slices are missing"} <= set(words(texts.bottom_right))
    assert tone_of(texts, "Slices") == "caution"
    at_detector = replace(FACTS, spacing_source="at the detector")
    assert "size at detector" in words(corner_texts(a_view(frame=a_frame(facts=at_detector))).bottom_right)


def test_the_side_of_the_body_is_written_out() -> None:
    texts = corner_texts(a_view(frame=a_frame(facts=replace(FACTS, laterality="L", contrast=""))))
    assert "left" in words(texts.bottom_right)


def test_the_view_of_a_projection_stands_beside_its_side() -> None:
    view = a_view(frame=a_frame(facts=replace(FACTS, laterality="R", contrast="")))
    assert view.display_set is not None
    view.display_set = replace(view.display_set, view=ImageView("R", "MLO"))
    assert "right · MLO" in words(corner_texts(view).bottom_right)


@pytest.mark.parametrize(
    ("plane", "place"),
    [
        (AXIAL, "z −126.4"),
        (CORONAL, "y 31.2"),
        (ImagePlane((12.0, 0, 0), (0.0, 1.0, 0.0), (0.0, 0.0, -1.0), 1, 1), "x 12.0"),
        (ImagePlane((0, 0, 10.0), (1.0, 0.0, 0.0), (0.0, 0.8, -0.6), 1, 1), "place 8.0"),
    ],
)
def test_where_a_slice_lies(plane: ImagePlane, place: str) -> None:
    texts = corner_texts(a_view(frame=a_frame(plane=plane)))
    assert f"5.0 mm · {place}" in words(texts.bottom_right)


# -- letters -------------------------------------------------------------------------------------------------------


def around(frame: Frame, state: ViewState) -> tuple[str, str, str, str]:
    letters = edge_letters(frame, state)
    return letters.top, letters.right, letters.bottom, letters.left


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (ViewState(), ("A", "L", "P", "R")),
        (ViewState(flip_horizontal=True), ("A", "R", "P", "L")),
        (ViewState(flip_vertical=True), ("P", "L", "A", "R")),
        (ViewState(rotation=1), ("R", "A", "L", "P")),
        (ViewState(rotation=2), ("P", "R", "A", "L")),
        (ViewState(rotation=3), ("L", "P", "R", "A")),
        (ViewState(rotation=1, flip_horizontal=True), ("L", "A", "R", "P")),
    ],
)
def test_letters_go_with_flips_and_turns(state: ViewState, expected: tuple[str, str, str, str]) -> None:
    assert around(a_frame(), state) == expected


def test_a_slanting_picture_has_the_letters_of_where_its_edges_lie() -> None:
    assert around(a_frame(), ViewState(tilt=30.0)) == ("AR", "LA", "PL", "RP")
    assert around(a_frame(), ViewState(tilt=30.0, rotation=1)) == ("RP", "AR", "LA", "PL")
    assert around(a_frame(), ViewState(tilt=30.0, flip_horizontal=True)) == ("AL", "RA", "PR", "LP")
    chest = a_frame(plane=None, facts=replace(FACTS, patient_orientation=("L", "F")))
    assert around(chest, ViewState(tilt=30.0)) == ("", "", "", ""), "two letters name no angle"


def test_an_oblique_plane_has_secondary_letters() -> None:
    tilted = ImagePlane((0, 0, 0), (0.8, 0.6, 0.0), (0.0, 0.0, -1.0), 1, 1)
    assert around(a_frame(plane=tilted), ViewState()) == ("H", "LP", "F", "RA")


def test_without_a_plane_the_patient_orientation_tells() -> None:
    chest = a_frame(plane=None, facts=replace(FACTS, patient_orientation=("L", "F")))
    assert around(chest, ViewState()) == ("H", "L", "F", "R")
    assert around(chest, ViewState(flip_horizontal=True)) == ("H", "R", "F", "L")


def test_an_animals_codes_are_shown_and_their_opposites_not_guessed() -> None:
    dog = a_frame(plane=None, facts=replace(FACTS, patient_orientation=("CD", "V")))
    assert around(dog, ViewState()) == ("", "CD", "V", "")


def test_unknown_orientation_has_no_letters() -> None:
    for given in ((), ("L",), ("", "")):
        assert around(a_frame(plane=None, facts=replace(FACTS, patient_orientation=given)), ViewState()) == ("",) * 4


# -- numbers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "shown"),
    [(400, "400"), (-600.0, "−600"), (40.5, "40.5"), (2.25, "2.25"), (0.0031, "0.0031"), (-0.0001, "−0.00010"),
     (1500.49, "1500"), (0, "0"), (-0.0, "0")],
)
def test_numbers_have_the_figures_that_count(value: float, shown: str) -> None:
    assert number_text(value) == shown


def test_ages() -> None:
    assert [age_text(age) for age in ("055Y", "003M", "002W", "010D", "", "old", "55")] == [
        "55 y", "3 mo", "2 wk", "10 d", "", "", ""]
