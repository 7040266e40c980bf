"""Rows: going through images, series and studies."""

from __future__ import annotations

from functools import partial

from desktop_app.core.words import t
from desktop_app.ui.actions.action import Action, Group, Scope
from desktop_app.ui.actions.calls import (
    click_pointer,
    step_pointer,
    step_series,
    step_study,
    toggle_cine,
    viewer_call,
    viewport_call,
)
from desktop_app.ui.actions.conditions import has_grid, has_images, has_viewer, is_playing

_image = partial(Action, group=Group.IMAGES, scope=Scope.VIEWER, enabled=has_images, repeats=True)
_series = partial(Action, group=Group.IMAGES, scope=Scope.VIEWER, enabled=has_viewer)

_FAR, _NEAR = 16.0, 1.0         # points of the viewport

ROWS: tuple[Action, ...] = (
    _image("previous_image", t("Actions", "Previous image"), viewport_call("scroll_by", -1), keys=("Up",),
           icon="chevron-up"),
    _image("next_image", t("Actions", "Next image"), viewport_call("scroll_by", 1), keys=("Down",),
           icon="chevron-down"),
    _image("back_ten", t("Actions", "Ten images back"), viewport_call("scroll_by", -10), keys=("Shift+Up",),
           icon="chevrons-up"),
    _image("forward_ten", t("Actions", "Ten images forward"), viewport_call("scroll_by", 10),
           keys=("Shift+Down",), icon="chevrons-down"),
    _image("first_image", t("Actions", "First image"), viewport_call("first"), keys=("Home",), icon="skip-back"),
    _image("last_image", t("Actions", "Last image"), viewport_call("last"), keys=("End",), icon="skip-forward"),
    _series("previous_series", t("Actions", "Previous series"), step_series(-1), keys=("Left",), icon="arrow-left"),
    _series("next_series", t("Actions", "Next series"), step_series(1), keys=("Right",), icon="arrow-right"),
    _series("previous_study", t("Actions", "Previous study in the list"), step_study(-1), keys=("Ctrl+Left",),
            icon="step-back"),
    _series("next_study", t("Actions", "Next study in the list"), step_study(1), keys=("Ctrl+Right",),
            icon="step-forward"),
    _series("next_viewport", t("Actions", "Next viewport"), viewer_call("next_viewport", 1), keys=("Tab",),
            enabled=has_grid),
    _series("previous_viewport", t("Actions", "Previous viewport"), viewer_call("next_viewport", -1),
            keys=("Shift+Tab",), enabled=has_grid),
    _series("cine", t("Actions", "Play as a film, or stop"), toggle_cine, keys=("Space",),
            icon="play", label=t("Actions", "Cine"), enabled=has_images, checked=is_playing),
    _image("pointer_left", t("Actions", "Pointer of the keys to the left"), step_pointer(-_FAR, 0), keys=("Alt+Left",)),
    _image("pointer_right", t("Actions", "Pointer of the keys to the right"), step_pointer(_FAR, 0),
           keys=("Alt+Right",)),
    _image("pointer_up", t("Actions", "Pointer of the keys up"), step_pointer(0, -_FAR), keys=("Alt+Up",)),
    _image("pointer_down", t("Actions", "Pointer of the keys down"), step_pointer(0, _FAR), keys=("Alt+Down",)),
    _image("pointer_left_little", t("Actions", "Pointer of the keys a little to the left"), step_pointer(-_NEAR, 0),
           keys=("Alt+Shift+Left",)),
    _image("pointer_right_little", t("Actions", "Pointer of the keys a little to the right"), step_pointer(_NEAR, 0),
           keys=("Alt+Shift+Right",)),
    _image("pointer_up_little", t("Actions", "Pointer of the keys a little up"), step_pointer(0, -_NEAR),
           keys=("Alt+Shift+Up",)),
    _image("pointer_down_little", t("Actions", "Pointer of the keys a little down"), step_pointer(0, _NEAR),
           keys=("Alt+Shift+Down",)),
    _series("pointer_click", t("Actions", "Set a point at the pointer of the keys"), click_pointer,
            keys=("Alt+Return",), enabled=has_images),
)
