"""The look: readable, crisp, complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontInfo, QIcon
from PySide6.QtWidgets import QApplication

from desktop_app.resources import resource_path
from desktop_app.ui import theme
from desktop_app.ui.theme import DARK

UI = Path(theme.__file__).parent
TEXT_ON = [
    (text, ground)
    for ground in ("window", "panel", "raised", "selected")
    for text in ("text", "secondary", "accent", "good", "caution", "error")
]


def luminance(colour: QColor) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
             for part in (colour.redF(), colour.greenF(), colour.blueF())]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(DARK.colour(a)), luminance(DARK.colour(b))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"), [*TEXT_ON, ("on_accent", "accent"), ("on_accent", "accent_hover"), ("text", "hover")])
def test_text_is_readable_on_every_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5        # WCAG AA for text of normal size


@pytest.mark.parametrize("ground", ["window", "panel", "raised"])
def test_the_focus_ring_stands_out(ground: str) -> None:
    assert contrast("accent", ground) >= 3.0    # WCAG 1.4.11


def test_the_style_sheet_is_filled_in_and_parses(qapp: QApplication, caplog: pytest.LogCaptureFixture) -> None:
    sheet = theme.style_sheet(DARK)
    assert "$" not in sheet
    assert DARK.accent in sheet
    assert sheet.count("{") == sheet.count("}")


def test_the_typeface_ships_with_the_program(qapp: QApplication) -> None:
    assert theme.load_fonts()
    assert QFontInfo(theme.font()).family() == "Inter"
    assert QFontInfo(theme.font()).pixelSize() == 13


def test_figures_have_one_width_where_they_must(qapp: QApplication) -> None:
    from PySide6.QtGui import QFontMetricsF
    theme.load_fonts()
    metrics = QFontMetricsF(theme.font(tabular=True))
    assert metrics.horizontalAdvance("1111") == pytest.approx(metrics.horizontalAdvance("0000"))
    plain = QFontMetricsF(theme.font())
    assert plain.horizontalAdvance("1111") < plain.horizontalAdvance("0000")


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_an_icon_is_drawn_at_the_very_size_asked_for(qapp: QApplication, ratio: float) -> None:
    drawn = theme.icon("search").pixmap(QSize(20, 20), ratio)
    assert drawn.width() == round(20 * ratio)
    assert drawn.devicePixelRatio() == pytest.approx(ratio)


def test_an_icon_takes_the_tone_and_pales_when_disabled(qapp: QApplication) -> None:
    def strongest(icon: QIcon, mode: QIcon.Mode, state: QIcon.State = QIcon.State.Off) -> str:
        image = icon.pixmap(QSize(48, 48), 1.0, mode, state).toImage()
        points = (image.pixelColor(x, y) for x in range(48) for y in range(48))
        return max(points, key=lambda point: point.alpha()).name()

    icon = theme.icon("square", "accent", checked_tone="good")
    assert strongest(icon, QIcon.Mode.Normal) == DARK.accent.lower()
    assert strongest(icon, QIcon.Mode.Normal, QIcon.State.On) == DARK.good.lower()
    assert strongest(icon, QIcon.Mode.Disabled) == DARK.disabled.lower()


def test_an_unknown_icon_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        theme.icon("no-such-icon")


def test_every_icon_the_code_names_is_there() -> None:
    named = set()
    for path in UI.rglob("*.py"):
        named |= set(re.findall(r'(?:icon|set_icon|pixmap)\(\s*"([a-z0-9-]+)"', path.read_text(encoding="utf-8")))
        named |= set(re.findall(r'icon="([a-z0-9-]+)"', path.read_text(encoding="utf-8")))
    assert len(named) > 20
    assert [name for name in sorted(named) if not resource_path("icons", f"{name}.svg").is_file()] == []


def test_every_icon_has_the_strokes_of_the_house() -> None:
    drawings = list(resource_path("icons").glob("*.svg"))
    assert all('stroke-width="1.5"' in drawing.read_text(encoding="utf-8") for drawing in drawings
               if drawing.name != "lightbox.svg")
    assert resource_path("icons", "LICENSE").read_text(encoding="utf-8").startswith("ISC License")
