"""Rows: how the picture lies, layouts and links."""

from __future__ import annotations

from functools import partial

from desktop_app.core.words import t
from desktop_app.ui.actions.action import Action, Group, Scope, always
from desktop_app.ui.actions.calls import cancel, viewport_call
from desktop_app.ui.actions.conditions import (
    has_images,
    is_flipped,
)

_view = partial(Action, group=Group.VIEW, scope=Scope.VIEWER, enabled=has_images)


ROWS: tuple[Action, ...] = (
    _view("fit", t("Actions", "Fit the image into the view"), viewport_call("fit"), keys=("=",), icon="scan",
          label=t("Actions", "Fit")),
    _view("zoom_in", t("Actions", "Zoom in"), viewport_call("zoom_by", 1.25), keys=("+",), icon="zoom-in",
          repeats=True),
    _view("zoom_out", t("Actions", "Zoom out"), viewport_call("zoom_by", 0.8), keys=("-",), icon="zoom-out",
          repeats=True),
    _view("one_to_one", t("Actions", "One image pixel on one screen pixel"), viewport_call("one_to_one"),
          keys=("Ctrl+1",), icon="proportions", label="1:1"),
    _view("true_size", t("Actions", "True size: a millimetre on a millimetre of the monitor"),
          lambda c: c.window.on_page.show_true_size(), keys=("Ctrl+2",), icon="ruler", label=t("Actions", "True size")),
    _view("flip_horizontal", t("Actions", "Flip left and right"), viewport_call("flip_horizontal"), keys=("H",),
          icon="flip-vertical-2", checked=is_flipped(0)),
    _view("flip_vertical", t("Actions", "Flip top and bottom"), viewport_call("flip_vertical"), keys=("V",),
          icon="flip-horizontal-2", checked=is_flipped(1)),
    _view("rotate_right", t("Actions", "Rotate right by 90°"), viewport_call("rotate", 1), keys=("Ctrl+R",),
          icon="rotate-cw"),
    _view("rotate_left", t("Actions", "Rotate left by 90°"), viewport_call("rotate", -1), keys=("Ctrl+L",),
          icon="rotate-ccw"),
    _view("texts", t("Actions", "Corner texts: all, without names, none"), viewport_call("cycle_text"), keys=("O",),
          icon="captions", label=t("Actions", "Texts")),
    _view("reset", t("Actions", "Put window, zoom and position back"), viewport_call("reset"), icon="undo-2",
          label=t("Actions", "Reset")),
    _view("copy_view", t("Actions", "Copy the view as a picture"), lambda c: c.window.copy_view(), keys=("Ctrl+C",),
          icon="copy", label=t("Actions", "Copy")),
    _view("cancel", t("Actions", "Cancel, leave full screen, then reset the view"), cancel, scope=Scope.ANYWHERE,
          keys=("Esc",), enabled=always),
    _view("full_screen", t("Actions", "Full screen"), lambda c: c.window.toggle_full_screen(), scope=Scope.ANYWHERE,
          keys=("F11",), icon="maximize", enabled=always),
)
