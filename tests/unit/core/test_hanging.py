"""Rules of hanging, and what was learned: pure functions over display sets."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop_app.core.display_set import DisplaySet, ImageView
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.hanging import (
    Hung,
    Learned,
    Place,
    Rule,
    by_rules,
    learned_from,
    like_last_time,
    with_learned,
    words_of,
)
from desktop_app.core.layout import Layout
from desktop_app.core.study import Series, Study
from desktop_app.core.view_state import ViewState
from desktop_app.core.view_transform import ViewTransform
from desktop_app.core.window import Window
from desktop_app.resources import resource_path
from desktop_app.services.hanging_file import learned_text, load_learned, load_rules, save_learned

RULES = load_rules(resource_path("hanging.toml"))
_numbers = itertools.count(1)


def hangable(modality: str, description: str = "", *, body_part: str = "", laterality: str = "", view: str = "",
             rows: tuple[str, ...] = (), reason: str = "", is_image: bool = True) -> DisplaySet:
    uid = f"1.{next(_numbers)}"
    series = Series("1", uid, modality, 1, description, body_part)
    return DisplaySet(uid, series, (FrameRef("1", uid, f"{uid}.1"),), split_reason=reason, is_image=is_image,
                      view=ImageView(laterality, view, rows))


def mammogram(*views: tuple[str, str, tuple[str, ...]]) -> list[DisplaySet]:
    return [hangable("MG", laterality=side, view=view, rows=rows) for side, view, rows in views]


def shown(hung: Hung | None, sets: list[DisplaySet]) -> list[int | None]:
    """The indices of the display sets in the viewports."""
    assert hung is not None
    keys = [one.key for one in sets]
    return [keys.index(key) if key else None for key in hung.layout.shown]


def test_the_shipped_rules_are_sound() -> None:
    assert len(RULES) >= 10 and len({rule.name for rule in RULES}) == len(RULES)
    assert {modality for rule in RULES for modality in rule.modalities} >= {"CR", "DX", "MG", "CT", "MR", "PT", "US"}


def test_a_mammogram_hangs_in_four_views_with_the_chest_walls_together() -> None:
    sets = mammogram(
        ("L", "MLO", ("A", "FL")), ("R", "MLO", ("P", "F")), ("L", "CC", ("A", "R")), ("R", "CC", ("P", "L")))
    hung = by_rules(RULES, sets)
    assert shown(hung, sets) == [3, 2, 1, 0]            # R CC, L CC over R MLO, L MLO
    assert hung is not None and (hung.layout.rows, hung.layout.columns) == (2, 2)
    assert [(place, state.align, state.flip_horizontal) for place, state in hung.places] == [
        (0, "right", False), (1, "left", False), (2, "right", False), (3, "left", False)]


def test_an_image_that_lies_the_other_way_is_turned_round() -> None:
    sets = mammogram(("R", "CC", ("A", "R")), ("L", "CC", ("P", "L")))
    hung = by_rules(RULES, sets)
    assert shown(hung, sets) == [0, 1, None, None]
    assert hung is not None and [state.flip_horizontal for _, state in hung.places] == [True, True]


@pytest.mark.parametrize("rows", [(), ("F", "P")])
def test_without_a_known_direction_nothing_is_turned(rows: tuple[str, ...]) -> None:
    hung = by_rules(RULES, mammogram(("R", "CC", rows), ("L", "CC", rows)))
    assert hung is not None and not any(state.flip_horizontal for _, state in hung.places)


def test_the_walls_meet_on_the_screen() -> None:
    """An image laid against an edge touches it, whatever the viewport, and zooms from there."""
    right = ViewTransform.of(ViewState(align="right"), (100, 200), (500.0, 400.0))
    left = ViewTransform.of(ViewState(align="left"), (100, 200), (500.0, 400.0))
    assert right.to_view(100, 0) == (500.0, 0.0) and left.to_view(0, 0) == (0.0, 0.0)


def test_a_pet_stands_beside_its_ct() -> None:
    sets = [hangable("PT"), hangable("CT"), hangable("RTSTRUCT", is_image=False)]
    hung = by_rules(RULES, sets)
    assert shown(hung, sets) == [1, 0] and hung is not None and hung.name == "PET beside CT"


@pytest.mark.parametrize(("modality", "count", "grid"), [
    ("CT", 1, (1, 1)), ("CT", 2, (1, 2)), ("CT", 3, (2, 2)), ("CT", 9, (2, 2)), ("MR", 2, (1, 2)), ("MR", 4, (2, 2)),
    ("MR", 6, (2, 3)), ("MR", 12, (2, 2)), ("US", 1, (1, 1)), ("US", 2, (1, 2)), ("US", 4, (2, 2)), ("US", 7, (3, 3)),
    ("US", 40, (4, 4)), ("CR", 1, (1, 1)), ("DX", 2, (1, 2)), ("DX", 5, (2, 2)),
])
def test_the_grid_follows_the_number_of_images(modality: str, count: int, grid: tuple[int, int]) -> None:
    sets = [hangable(modality) for _ in range(count)]
    hung = by_rules(RULES, sets)
    assert hung is not None and (hung.layout.rows, hung.layout.columns) == grid
    assert shown(hung, sets) == [n if n < count else None for n in range(grid[0] * grid[1])]


def test_a_chest_shows_the_front_first() -> None:
    sets = [hangable("DX", view="LAT"), hangable("DX", view="PA")]
    assert shown(by_rules(RULES, sets), sets) == [1, 0]


def test_no_rule_for_what_holds_no_images() -> None:
    assert by_rules(RULES, []) is None
    assert by_rules(RULES, [hangable("CT", is_image=False)]) is None
    assert by_rules(RULES, [hangable("XX")]) is None


@pytest.mark.parametrize("of", [
    {"rows": 5}, {"columns": 0}, {"name": ""}, {"modalities": ()}, {"places": (Place(),) * 5}, {"needs": 1},
    {"places": (Place(chest_wall="up"),)},
])
def test_a_rule_that_cannot_be_is_refused(of: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        replace(Rule("a", ("CT",), 2, 2), **of)


def test_a_word_that_means_nothing_is_named(tmp_path: Path) -> None:
    rule = '[[rule]]\nname = "A"\nmodalities = ["CT"]\ngrid = [1, 1]\nmodalitys = ["MR"]\n'
    (tmp_path / "rules.toml").write_text(rule)
    with pytest.raises(ValueError, match="modalitys"):
        load_rules(tmp_path / "rules.toml")


# ------------------------------------------------------------------------------------------------------- the last time

CHEST = Study("1", description="CT Thorax with contrast 2026")
LUNG = Window(-600.0, 1500.0)


def learned() -> Learned:
    lung, bone = hangable("CT", "Lung 1.0", body_part="CHEST"), hangable("CT", "Bone", body_part="CHEST")
    return learned_from(CHEST, Layout(2, 1, (lung.key, bone.key)), [(lung, ViewState(7, LUNG)), (bone, ViewState())])


def test_it_hangs_again_like_the_last_time() -> None:
    sets = [hangable("CT", "bone 3.0", body_part="Chest"), hangable("CT", "Scout"), hangable("CT", "LUNG 2.0")]
    other = Study("2", description="CT thorax contrast")
    hung = like_last_time([learned()], other, sets)
    assert shown(hung, sets) == [2, 0]
    assert hung is not None and (hung.layout.rows, hung.layout.columns) == (2, 1)
    assert hung.places[0] == (0, ViewState(0, LUNG)) and hung.places[1] == (1, ViewState())


@pytest.mark.parametrize(("study", "sets"), [
    (Study("2", description="CT Kopf nativ"), [hangable("CT", "Lung", body_part="HEAD")]),
    (Study("2", description="MR Thorax"), [hangable("MR", "Lung")]),
    (CHEST, [hangable("CT", "Liver", body_part="CHEST")]),
    (CHEST, []),
])
def test_another_kind_of_study_is_not_hung_by_it(study: Study, sets: list[DisplaySet]) -> None:
    assert like_last_time([learned()], study, sets) is None


def test_the_latest_of_one_kind_counts() -> None:
    first = learned()
    second = replace(first, rows=1, columns=2)
    assert with_learned([first], second) == (second,)
    sets = [hangable("CT", "Lung", body_part="CHEST")]
    hung = like_last_time([first, replace(second, words=(*second.words, "x"))], CHEST, sets)
    assert hung is not None


def test_words_are_what_a_description_says() -> None:
    assert words_of("CT Thorax_w/ KM  2.0 [B60f]") == ("b60f", "ct", "km", "thorax")


def test_what_was_learned_is_readable_text_and_survives_it(tmp_path: Path) -> None:
    file = tmp_path / "hanging.toml"
    quoted = replace(learned(), body_part='A "quoted\\ part"\n', words=("ä", "ö"))
    seen = replace(quoted, seen=(*quoted.seen, None), rows=2, columns=2, modalities=("CT", "PT"))
    save_learned(file, [learned(), seen])
    assert load_learned(file) == (learned(), seen)
    text = file.read_text(encoding="utf-8")
    assert 'words = ["contrast", "ct", "thorax", "with"]' in text and "window = { center = -600.0" in text
    assert learned_text([]).startswith("#")


@pytest.mark.parametrize("text", ["", "study = 3", "[[study]]\ngrid = [9, 9]\nmodalities = []", "\x00", "[[study]"])
def test_a_file_that_makes_no_sense_teaches_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "hanging.toml").write_text(text)
    assert load_learned(tmp_path / "hanging.toml") == ()
    assert load_learned(tmp_path / "missing.toml") == ()
