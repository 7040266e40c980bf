"""The look, in one place: tokens, palette, style sheet, typeface, icons.

Widgets ask for a token by name and never write a colour or a size of their own. Another theme is another `Tokens`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QIcon,
    QIconEngine,
    QImage,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop_app.resources import resource_path


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as #rrggbb; lengths and type sizes in device independent pixels."""

    image: str = "#000000"
    window: str = "#0E1116"
    panel: str = "#151A21"
    raised: str = "#1C232C"
    hover: str = "#252E39"
    line: str = "#2A333F"
    edge: str = "#3A4654"           # of what can be pressed or typed into: 3:1 matters more there than for a divider
    text: str = "#E6EAF0"
    secondary: str = "#9AA7B5"
    disabled: str = "#66727F"
    accent: str = "#4DA3FF"
    accent_hover: str = "#6FB5FF"
    on_accent: str = "#08111C"
    selected: str = "#17304F"
    good: str = "#3FB68B"
    caution: str = "#E5B454"
    error: str = "#F2727F"

    space_xs: int = 4
    space_s: int = 8
    space_m: int = 12
    space_l: int = 16
    space_xl: int = 24
    radius: int = 6
    control: int = 34               # height of buttons and fields
    row: int = 32                   # height of a table row
    bar: int = 44                   # height of the top bar
    icon: int = 18

    font_caption: int = 11
    font_small: int = 12
    font_text: int = 13
    font_title: int = 15
    font_overlay: int = 12

    def colour(self, name: str, alpha: float = 1.0) -> QColor:
        """A token as a QColor; a name that starts with # is a colour already."""
        colour = QColor(name if name.startswith("#") else getattr(self, name))
        colour.setAlphaF(alpha)
        return colour


DARK = Tokens()
FONT_FAMILY = "Inter"


def tokens() -> Tokens:
    """The tokens of the running program."""
    return getattr(QApplication.instance(), "lightbox_tokens", DARK)


def colour(name: str, alpha: float = 1.0) -> QColor:
    """A token of the running program as a QColor."""
    return tokens().colour(name, alpha)


def apply_theme(app: QApplication, theme: Tokens = DARK) -> None:
    """Dresses the whole program, before the first window; calling again with other tokens changes the theme."""
    app.lightbox_tokens = theme  # type: ignore[attr-defined]
    load_fonts()
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(font())
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme))


def font(size: int | None = None, weight: QFont.Weight = QFont.Weight.Normal, *, tabular: bool = False) -> QFont:
    """The typeface at a size in pixels. `tabular` gives every figure the same width, so that numbers do not dance."""
    result = QFont(FONT_FAMILY)
    result.setPixelSize(size or tokens().font_text)
    result.setWeight(weight)
    result.setStyleHint(QFont.StyleHint.SansSerif)
    result.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    if tabular:
        result.setFeature(QFont.Tag("tnum"), 1)
    return result


@cache
def load_fonts() -> bool:
    """Registers the shipped typeface. False when it is missing: the system's sans-serif serves then."""
    folder = resource_path("fonts")
    files = sorted(path for path in folder.glob("*") if path.suffix.lower() in (".ttf", ".otf"))
    loaded = [QFontDatabase.addApplicationFont(str(path)) >= 0 for path in files]
    return any(loaded)


def palette(theme: Tokens) -> QPalette:
    """The colours for whatever the style sheet leaves to the style."""
    roles = QPalette.ColorRole
    result = QPalette()
    for role, name in (
        (roles.Window, "window"), (roles.WindowText, "text"), (roles.Base, "window"), (roles.AlternateBase, "panel"),
        (roles.Text, "text"), (roles.Button, "raised"), (roles.ButtonText, "text"), (roles.BrightText, "error"),
        (roles.ToolTipBase, "raised"), (roles.ToolTipText, "text"), (roles.PlaceholderText, "secondary"),
        (roles.Highlight, "selected"), (roles.HighlightedText, "text"), (roles.Link, "accent"),
        (roles.Accent, "accent"), (roles.Light, "edge"), (roles.Midlight, "line"), (roles.Mid, "line"),
        (roles.Dark, "window"), (roles.Shadow, "image"),
    ):
        result.setColor(role, theme.colour(name))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("disabled"))
    return result


def style_sheet(theme: Tokens) -> str:
    """resources/theme.qss with the tokens filled in; an unknown $name is an error."""
    values = {name: str(value) for name, value in asdict(theme).items()}
    values["family"] = FONT_FAMILY
    values["icons"] = resource_path("icons").as_posix()
    return Template(resource_path("theme.qss").read_text(encoding="utf-8")).substitute(values)


def icon(name: str, tone: str = "text", *, checked_tone: str = "") -> QIcon:
    """An icon of resources/icons, tinted by a token, crisp at every scale.

    `checked_tone` tints it while its button is on. Disabled buttons show it in the token `disabled`. An unknown name
    raises FileNotFoundError, so that a missing picture is found by the first test and not by a person.
    """
    if name not in _icon_names():
        raise FileNotFoundError(f"There is no icon {name}.svg in {_icon_folder()}.")
    return QIcon(_SvgIconEngine(name, tone, checked_tone or tone))


def program_icon() -> QIcon:
    """The sign of the program, in its own colours, for window frames and task bars."""
    return QIcon(str(resource_path("icons", "lightbox.svg")))


def pixmap(name: str, size: int, tone: str = "text", ratio: float = 1.0) -> QPixmap:
    """An icon as a pixmap of `size` device independent pixels, for painting by hand."""
    result = _rendered(name, tokens().colour(tone).name(), max(1, round(size * ratio)))
    result = QPixmap(result)
    result.setDevicePixelRatio(ratio)
    return result


@cache
def _icon_folder() -> Path:
    return resource_path("icons")


@cache
def _icon_names() -> frozenset[str]:
    return frozenset(path.stem for path in _icon_folder().glob("*.svg"))


@cache
def _svg(name: str) -> str:
    return (_icon_folder() / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _rendered(name: str, tint: str, edge: int) -> QPixmap:
    image = QImage(edge, edge, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    drawing = QSvgRenderer(QByteArray(_svg(name).replace("currentColor", tint).encode()))
    drawing.render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    return QPixmap.fromImage(image)


class _SvgIconEngine(QIconEngine):
    """Renders the drawing at the very size that is asked for, instead of scaling a pixmap."""

    def __init__(self, name: str, tone: str, checked_tone: str) -> None:
        super().__init__()
        self._name, self._tone, self._checked_tone = name, tone, checked_tone

    def _tint(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode == QIcon.Mode.Disabled:
            return colour("disabled").name()
        return colour(self._checked_tone if state == QIcon.State.On else self._tone).name()

    def paint(self, painter: QPainter, rect: object, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF() if painter.device() else 1.0
        edge = min(rect.width(), rect.height())  # type: ignore[attr-defined]
        drawn = QPixmap(_rendered(self._name, self._tint(mode, state), max(1, round(edge * ratio))))
        drawn.setDevicePixelRatio(ratio)
        place = QRectF(0, 0, edge, edge)
        place.moveCenter(QRectF(rect).center())  # type: ignore[call-overload]
        painter.drawPixmap(place.topLeft(), drawn)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return QPixmap(_rendered(self._name, self._tint(mode, state), max(1, min(size.width(), size.height()))))

    def clone(self) -> QIconEngine:
        return _SvgIconEngine(self._name, self._tone, self._checked_tone)
