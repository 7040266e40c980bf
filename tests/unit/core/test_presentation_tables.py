"""The tables of a presentation state, in place of the image's own, one after the other."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from desktop_app.core.frame import Frame, FrameRef, LookupTable
from desktop_app.core.plain import from_text, to_text
from desktop_app.core.presentation_tables import PresentationTables
from desktop_app.core.study_object import Presentation
from desktop_app.core.view_state import ViewState
from desktop_app.core.window import Window
from desktop_app.imaging.explain import explain_pixel
from desktop_app.imaging.luts import grey_table
from desktop_app.imaging.render import render
from desktop_app.objects.open_object import open_object

STORED = np.array([[0, 1], [2, 3]], np.uint16)
FRAME = Frame(FrameRef("1", "2", "3"), STORED, windows=(Window(1.5, 4),), value_range=(0.0, 3.0))


def table(*values: int, bits: int = 8) -> LookupTable:
    return LookupTable(0, np.array(values, np.uint16), bits)


def test_each_table_takes_its_place_in_the_chain() -> None:
    modality, shown = table(30, 20, 10, 0), table(255, 0)
    voi = LookupTable(0, np.arange(0, 248, 8).astype(np.uint16), 8)
    state = PresentationTables(modality, voi, shown)
    frame = state.applied(FRAME)
    assert [frame.modality_value(column, row) for row in (0, 1) for column in (0, 1)] == [30.0, 20.0, 10.0, 0.0]
    assert frame.windows == () and frame.value_range == (0.0, 30.0)
    # VOI gives 240, 160, 80, 0; the presentation table has two entries, and its first is white
    assert render(frame).tolist() == [[0, 0], [255, 255]]
    story = explain_pixel(frame, 0, 0)
    assert story is not None and story.grey == 0 and any("2050,0010" in step.rule for step in story.steps)


def test_a_presentation_table_follows_the_window_whatever_its_length() -> None:
    square = PresentationTables(presentation_lut=LookupTable(0, (np.arange(4096) ** 2 >> 12).astype(np.uint16), 12))
    frame = square.applied(FRAME)
    plain = render(FRAME, Window(1.5, 4)).astype(float)
    assert np.abs(render(frame, Window(1.5, 4)) - plain**2 / 255).max() <= 1
    inverted = grey_table(frame, Window(1.5, 4), inverted=True)
    assert np.array_equal(inverted.levels(STORED), 255 - render(frame, Window(1.5, 4)))


def test_what_a_state_does_not_bring_stays_the_image_s_own_and_colour_is_left_alone() -> None:
    assert PresentationTables().applied(FRAME) == FRAME
    colour = Frame(FRAME.ref, np.zeros((2, 2, 3), np.uint8))
    assert PresentationTables(table(1, 2)).applied(colour) is colour


def test_a_view_is_remembered_without_them() -> None:
    state = ViewState(index=3, colour_map="PET", unit="SUVbw")
    assert from_text(ViewState, to_text(state)) == state


def test_a_real_state_with_all_three(dicom_data: Path) -> None:
    found = open_object(next(dicom_data.rglob("prLUTs.dcm")).read_bytes())
    assert isinstance(found, Presentation) and not found.head.warnings
    tables = found.tables_for(found.refs[0])
    assert tables is not None and tables.voi_lut is not None
    assert tables.modality_lut is not None and tables.presentation_lut is not None
    assert 1 <= tables.presentation_lut.bits <= 16 and tables.presentation_lut.values.size > 1
