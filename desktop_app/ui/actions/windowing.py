"""Rows: window, level and presets."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.words import t
from desktop_app.ui.actions.action import Action, Commands, Group, Scope
from desktop_app.ui.actions.calls import look_call, viewport_call
from desktop_app.ui.actions.conditions import has_images, viewport_state

_window = partial(Action, group=Group.WINDOW, scope=Scope.VIEWER, enabled=has_images)


def _preset(number: int, text: str) -> Action:
    return _window(f"preset_{number}", text, viewport_call("preset", number), keys=(str(number),))


def _colour_map(name: str, text: str) -> Action:
    def holds(commands: Commands) -> bool:
        return commands.viewport is not None and commands.viewport.state.colour_map == name
    return _window(f"colour_map_{name.lower().replace(' ', '_')}", text, look_call("set_colour_map", name),
                   checked=holds)


def _interpolation(name: str, text: str) -> Action:
    def holds(commands: Commands) -> bool:
        return commands.viewport is not None and commands.viewport.look.interpolation == name
    return _window(f"interpolation_{name}", text,
                   lambda commands: commands.models.settings.change(interpolation=name), checked=holds)


def _has_units(commands: Commands) -> bool:
    return commands.viewport is not None and len(commands.viewport.look.units) > 1


def _explain(commands: Commands) -> None:
    if commands.viewport is not None:
        commands.viewport.explanation.explain()


def _type_window(commands: Commands) -> None:
    from desktop_app.ui.window_dialog import WindowDialog

    viewport = commands.viewport
    if viewport is not None and viewport.frame is not None and not viewport.frame.is_colour:
        WindowDialog(commands.window if isinstance(commands.window, QWidget) else None, viewport).open()


ROWS: tuple[Action, ...] = (
    _window("auto_window", t("Actions", "Auto window: the full range of the image"), viewport_call("auto_window"),
            keys=("0",)),
    _window("file_window_1", t("Actions", "First window of the file"), viewport_call("file_window", 1), keys=("1",)),
    _window("file_window_2", t("Actions", "Second window of the file"), viewport_call("file_window", 2), keys=("2",)),
    _preset(3, t("Actions", "CT brain 80/40")),
    _preset(4, t("Actions", "CT abdomen 400/50")),
    _preset(5, t("Actions", "CT mediastinum 400/40")),
    _preset(6, t("Actions", "CT bone 2000/500")),
    _preset(7, t("Actions", "CT lung 1500/−600")),
    _preset(8, t("Actions", "CT liver 150/90")),
    _preset(9, t("Actions", "CT angio 600/300")),
    _window("type_window", t("Actions", "Type the window's width and centre…"), _type_window, keys=("Ctrl+0",),
            icon="sliders-horizontal"),
    _window("invert", t("Actions", "Invert black and white"), viewport_call("invert"), keys=("I",), icon="sun-moon",
            label=t("Actions", "Invert"), checked=viewport_state("inverted")),
    *(_colour_map(name, text) for name, text in (
        ("Hot Iron", t("Actions", "Colour map: hot iron")), ("PET", t("Actions", "Colour map: PET")),
        ("Hot Metal Blue", t("Actions", "Colour map: hot metal blue")),
        ("Rainbow", t("Actions", "Colour map: rainbow")),
        ("PET 20 Step", t("Actions", "Colour map: PET in 20 steps")), ("Grey", t("Actions", "Colour map: grey")),
    )),
    _window("next_unit", t("Actions", "Another unit of the values: SUV, Bq/ml, real-world values"),
            look_call("next_unit"), keys=("U",), enabled=_has_units),
    _interpolation("nearest", t("Actions", "Interpolation: nearest pixel")),
    _interpolation("bilinear", t("Actions", "Interpolation: bilinear")),
    _interpolation("bicubic", t("Actions", "Interpolation: bicubic")),
    _interpolation("lanczos", t("Actions", "Interpolation: Lanczos")),
    _window("graphics", t("Actions", "The image's own overlays and shutter: shown or not"),
            look_call("toggle_graphics"), keys=("G",), checked=lambda c: not viewport_state("bare")(c)),
    _window("explain_pixel", t("Actions", "Explain this pixel: from its stored value to its grey"), _explain,
            keys=("X",), icon="circle-question-mark"),
)
