"""Which lines stay when room is short, and the scale bar."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter

from desktop_app.core.view_state import ViewState
from desktop_app.core.view_transform import ViewTransform
from desktop_app.ui import theme
from desktop_app.ui.viewport.paint_text import TextPainter, fit_corner_lines, horizontal_scale, length_text
from desktop_app.ui.viewport.slice_bar import bar_rows
from desktop_app.viewmodels.corner_texts import CornerLine, CornerTexts
from tests.gui.viewer_fakes import FACTS, display_set, frame

LINE = 17.0
TEXTS = CornerTexts(
    top_left=(CornerLine("PHANTOM, ONE", 95, may_elide=True), CornerLine("ID P-0001", 80)),
    top_right=(CornerLine("Test hall", 10, may_elide=True), CornerLine("17 Apr 1994 09:12", 85, short="17 Apr 1994")),
    bottom_left=(
        CornerLine("Image 26 / 51", 100, short="26/51"),
        CornerLine("W 400 L 50 · zoom 1.1×", 90, short="W 400 L 50"),
    ),
    bottom_right=(CornerLine("S2 Portal venous phase", 75, may_elide=True), CornerLine("51 of 51 ✓", 68, "good")),
    top="A", right="L",
)


def fitted(width: float, height: float) -> CornerTexts:
    """With letters that are 6 px wide each."""
    return fit_corner_lines(TEXTS, width, height, LINE, lambda text: 6.0 * len(text))


def words(texts: CornerTexts) -> set[str]:
    lines = (*texts.top_left, *texts.top_right, *texts.bottom_left, *texts.bottom_right)
    return {line.text for line in lines}


def test_with_room_everything_is_written() -> None:
    assert fitted(1000, 800) == replace(
        TEXTS, **{corner: tuple(CornerLine(line.text, line.importance, line.tone) for line in getattr(TEXTS, corner))
                  for corner in ("top_left", "top_right", "bottom_left", "bottom_right")})


def test_in_a_low_viewport_the_least_important_lines_go_first() -> None:
    three_rows = 2 * 12 + 4 * LINE
    texts = fitted(1000, three_rows)
    assert words(texts) == {"PHANTOM, ONE", "Image 26 / 51", "W 400 L 50 · zoom 1.1×",
                            "17 Apr 1994 09:12", "S2 Portal venous phase", "51 of 51 ✓"}
    assert words(fitted(1000, 2 * 12 + 2 * LINE)) == {"Image 26 / 51", "17 Apr 1994 09:12"}
    assert words(fitted(1000, 20)) == set()


def test_in_a_narrow_viewport_lines_grow_short_and_no_number_is_ever_cut() -> None:
    texts = fitted(2 * (12 + 26 + 80), 800)
    assert words(texts) == {"PHANTOM, ONE", "ID P-0001", "17 Apr 1994", "Test hall", "Image 26 / 51", "W 400 L 50",
                            "S2 Portal ve…", "51 of 51 ✓"}
    narrower = words(fitted(2 * (12 + 26 + 58), 800))
    assert "26/51" in narrower
    assert not any(text.startswith(("W", "17")) for text in narrower)


def test_the_letters_stay() -> None:
    assert (fitted(200, 60).top, fitted(200, 60).right) == ("A", "L")


def test_the_writing_keeps_to_its_corners(qapp: object) -> None:
    theme.load_fonts()
    screen = QImage(600, 400, QImage.Format.Format_RGB32)
    screen.fill(0)
    with QPainter(screen) as painter:
        TextPainter().paint(painter, replace(TEXTS, top="", right=""), QSize(600, 400), 1.0)
    lines = np.frombuffer(screen.constBits(), np.uint8).reshape(400, 600, 4)[:, :, 1]
    assert lines[:60, :140].any() and lines[:60, 460:].any() and lines[350:, :160].any() and lines[350:, 440:].any()
    assert not lines[70:340].any()
    assert not lines[:, 200:400].any()
    assert not lines[:, :8].any() and not lines[:, 592:].any()


def test_a_decimal_point_is_as_bright_as_its_figures_whatever_lies_below(qapp: object) -> None:
    theme.load_fonts()
    for grey in (0, 110, 255):
        brightest = []
        for text in ("5", "."):
            screen = QImage(40, 30, QImage.Format.Format_RGB32)
            screen.fill(QColor(grey, grey, grey))
            with QPainter(screen) as painter:
                TextPainter().write(painter, [text], 10, 5, 1.0)
            picture = np.frombuffer(screen.constBits(), np.uint8).reshape(30, 40, 4)[:, :, 1]
            changed = picture[picture != grey]
            brightest.append(int(changed.max()))
            assert int(changed.max()) - int(changed.min()) > 120, "light letters, dark rim"
        assert brightest[1] > 0.8 * brightest[0]


# -- scale bar -----------------------------------------------------------------------------------------------------


def scale_of(spacing: tuple[float, float] | None, state: ViewState | None = None) -> tuple[float, float] | None:
    shown = frame(display_set(1).frames[0], facts=replace(FACTS, spacing_mm=spacing))
    return horizontal_scale(shown, ViewTransform.of(state or ViewState(), (64, 64), (640, 640)), 200.0)


def test_the_bar_is_as_long_as_it_says() -> None:
    length, mm = scale_of((0.5, 0.5)) or (0, 0)         # 10 px for one pixel of 0.5 mm: 200 px are 10 mm
    assert (length, mm) == (pytest.approx(200.0), 10.0)
    length, mm = scale_of((0.5, 0.5), ViewState(zoom=1.5)) or (0, 0)
    assert (length, mm) == (pytest.approx(150.0), 5.0)


def test_in_a_turned_picture_the_bar_goes_by_the_rows() -> None:
    upright, turned = scale_of((2.0, 0.5)), scale_of((2.0, 0.5), ViewState(rotation=1))
    assert upright is not None and turned is not None
    assert upright[1] / upright[0] == pytest.approx(0.05)
    assert turned[1] / turned[0] == pytest.approx(0.2)


def test_without_a_known_size_there_is_no_bar() -> None:
    assert scale_of(None) is None


def test_lengths_are_told_in_handy_units() -> None:
    assert [length_text(mm) for mm in (50, 10, 5, 0.5, 0.05)] == ["5 cm", "1 cm", "5 mm", "0.5 mm", "50 µm"]


def test_the_bar_grows_shorter_rather_than_cross_a_text(qapp: object) -> None:
    theme.load_fonts()
    long = CornerTexts(bottom_left=(CornerLine("W 2363 L 182 · zoom 4.7× · 1.2× x", 90), CornerLine("7 HU", 60)))
    shown = frame(display_set(1).frames[0], facts=replace(FACTS, spacing_mm=(1.0, 1.0)))
    transform = ViewTransform.of(ViewState(), (64, 64), (500, 500))

    def columns(texts: CornerTexts, *, bar: bool) -> set[int]:
        """Where something is written in the rows of the bar."""
        screen = QImage(500, 500, QImage.Format.Format_RGB32)
        screen.fill(0)
        painter = TextPainter()
        with QPainter(screen) as on_screen:
            painter.paint(on_screen, texts, screen.size(), 1.0)
            if bar:
                painter.paint_scale(on_screen, shown, transform, screen.size(), 1.0)
        picture = np.frombuffer(screen.constBits(), np.uint8).reshape(500, 500, 4)[430:468, :, 1]
        return set(np.flatnonzero(picture.any(axis=0)).tolist())

    text, alone, both = columns(long, bar=False), columns(CornerTexts(), bar=True), columns(long, bar=True)
    assert max(text) > min(alone), "they would meet"
    bar = both - text
    assert bar and min(bar) > max(text), "but the bar keeps out of the way"
    assert max(bar) - min(bar) < max(alone) - min(alone)


# -- what the slice bar shows ----------------------------------------------------------------------------------------


def test_few_images_take_several_rows_each() -> None:
    assert bar_rows(b"\1\0\2", 6).tolist() == [1, 1, 0, 0, 2, 2]


def test_of_many_images_in_one_row_a_failed_one_counts_most_and_all_must_be_here() -> None:
    assert bar_rows(b"\1\1" b"\1\0" b"\2\0" b"\1\1", 4).tolist() == [1, 0, 2, 1]


def test_a_bar_over_nothing_is_empty() -> None:
    assert bar_rows(b"", 5).tolist() == [0] * 5
    assert bar_rows(b"\1", 0).tolist() == []
