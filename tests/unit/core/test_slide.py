"""Where tiles lie, which of them a view needs, and which instances make a pyramid."""

from __future__ import annotations

from desktop_app.core.display_set import build_display_sets
from desktop_app.core.slide import WHOLE_SLIDE, TileGrid, level_for
from desktop_app.core.study import Instance, Series

GRID = TileGrid(1000, 700, 256, 256)


def test_frames_of_a_full_level_run_along_the_rows() -> None:
    assert (GRID.across, GRID.down) == (4, 3)
    assert [GRID.place_of(number) for number in (1, 4, 5, 12, 13)] == [
        (0, 0), (768, 0), (0, 256), (768, 512), None]


def test_only_what_the_view_touches_is_needed_the_middle_first() -> None:
    assert set(GRID.frames_in(300, 100, 600, 300)) == {2, 3, 6, 7}
    assert GRID.frames_in(-100, -100, 1100, 800)[0] in (6, 7)
    assert len(GRID.frames_in(-5000, -5000, 5000, 5000)) == 12
    assert GRID.frames_in(2000, 0, 3000, 100) == []


def test_a_sparse_level_says_where_its_frames_lie_and_of_several_at_one_place_the_first_counts() -> None:
    grid = TileGrid(1000, 700, 256, 256, ((512, 256), (0, 0), (0, 0)))
    assert grid.place_of(1) == (512, 256) and grid.place_of(4) is None
    assert grid.frames_in(0, 0, 100, 100) == [2]
    assert set(grid.frames_in(0, 0, 1000, 700)) == {1, 2}


def test_the_smallest_level_that_will_do() -> None:
    widths = (1000, 4000, 16000)
    assert [level_for(widths, wanted) for wanted in (500, 1300, 1400, 5300, 90000)] == [0, 0, 1, 1, 2]


def test_levels_of_one_pyramid_are_one_display_set_and_a_label_is_a_picture_of_its_own() -> None:
    def instance(number: int, frames: int, *kind: str, reference: str = "for") -> Instance:
        return Instance("1", "1.2", f"1.2.{number}", WHOLE_SLIDE, number, frames, 256, 256, image_type=kind,
                        frame_of_reference_uid=reference)

    series = Series("1", "1.2", "SM")
    sets = build_display_sets(series, [
        instance(1, 400, "ORIGINAL", "PRIMARY", "VOLUME", "NONE"), instance(2, 25, "DERIVED", "PRIMARY", "VOLUME"),
        instance(3, 1, "DERIVED", "PRIMARY", "THUMBNAIL"), instance(4, 1, "ORIGINAL", "PRIMARY", "LABEL"),
        instance(5, 9, "ORIGINAL", "PRIMARY", "VOLUME", reference="another")])
    slides = [one for one in sets if one.levels]
    assert [[level.frames for level in one.levels] for one in slides] == [[1, 25, 400], [9]]
    assert len({one.key for one in sets}) == len(sets) == 3
    assert all(len(one.frames) == 1 for one in slides)
    (label,) = [one for one in sets if not one.levels]
    assert label.frames[0].sop_instance_uid == "1.2.4"


def test_two_images_with_as_many_tiles_are_no_levels_of_each_other_and_both_are_shown() -> None:
    def instance(number: int, frames: int) -> Instance:
        return Instance("1", "1.2", f"1.2.{number}", WHOLE_SLIDE, number, frames, 256, 256,
                        image_type=("ORIGINAL", "PRIMARY", "VOLUME"), frame_of_reference_uid="for")

    sets = build_display_sets(Series("1", "1.2", "SM"), [instance(1, 25), instance(2, 25), instance(3, 4)])
    assert [[level.first.sop_instance_uid for level in one.levels] for one in sets] == [["1.2.3", "1.2.1"], ["1.2.2"]]
