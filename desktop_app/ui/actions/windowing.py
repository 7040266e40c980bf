"""Rows: window, level and presets."""

from __future__ import annotations

from functools import partial

from desktop_app.ui.actions.action import Action, Commands, Group, Scope, t
from desktop_app.ui.actions.calls import viewport_call
from desktop_app.ui.actions.conditions import has_images, viewport_state

_window = partial(Action, group=Group.WINDOW, scope=Scope.VIEWER, enabled=has_images)


def _preset(number: int, text: str) -> Action:
    return _window(f"preset_{number}", text, viewport_call("preset", number), keys=(str(number),))


def _explain(commands: Commands) -> None:
    if commands.viewport is not None:
        commands.viewport.explanation.explain()


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
    _window("invert", t("Actions", "Invert black and white"), viewport_call("invert"), keys=("I",), icon="sun-moon",
            label=t("Actions", "Invert"), checked=viewport_state("inverted")),
    _window("explain_pixel", t("Actions", "Explain this pixel: from its stored value to its grey"), _explain,
            keys=("X",), icon="circle-question-mark"),
)
