"""Rows: how the viewports of a page are laid out."""

from __future__ import annotations

from functools import partial

from desktop_app.core.words import t
from desktop_app.ui.actions.action import Action, Group, Scope
from desktop_app.ui.actions.calls import hang, open_prior, remember_hanging, viewer_call
from desktop_app.ui.actions.conditions import has_grid, has_priors, has_viewer, is_alone, layout_is

_layouts = partial(Action, group=Group.VIEW, scope=Scope.VIEWER, enabled=has_viewer)


def _layout(rows: int, columns: int, text: str, key: str = "", icon: str = "") -> Action:
    return _layouts(f"layout_{rows}x{columns}", text, viewer_call("set_layout", rows, columns),
                    keys=(key,) if key else (), icon=icon, label=f"{rows}×{columns}", checked=layout_is(rows, columns))


ROWS: tuple[Action, ...] = (
    _layout(1, 1, t("Actions", "One viewport"), "F2", "square"),
    _layout(1, 2, t("Actions", "Two viewports side by side"), "F3", "columns-2"),
    _layout(1, 3, t("Actions", "Layout 1 × 3"), "Shift+F3"),
    _layout(1, 4, t("Actions", "Layout 1 × 4")),
    _layout(2, 1, t("Actions", "Two viewports, one above the other"), "Shift+F2"),
    _layout(2, 2, t("Actions", "Four viewports"), "F4", "grid-2x2"),
    _layout(2, 3, t("Actions", "Layout 2 × 3"), "Shift+F4"),
    _layout(2, 4, t("Actions", "Layout 2 × 4")),
    _layout(3, 1, t("Actions", "Layout 3 × 1")),
    _layout(3, 2, t("Actions", "Layout 3 × 2")),
    _layout(3, 3, t("Actions", "Layout 3 × 3")),
    _layout(3, 4, t("Actions", "Layout 3 × 4")),
    _layout(4, 1, t("Actions", "Layout 4 × 1")),
    _layout(4, 2, t("Actions", "Layout 4 × 2")),
    _layout(4, 3, t("Actions", "Layout 4 × 3")),
    _layout(4, 4, t("Actions", "Layout 4 × 4")),
    _layouts("choose_layout", t("Actions", "Choose a layout from a grid"), lambda c: c.window.choose_layout(),
             keys=("F6",), icon="grid-2x2", label=t("Actions", "Layout")),
    _layouts("hang", t("Actions", "Hang like the last time, else by the rules"),
             hang, keys=("F8",), icon="table-2", label=t("Actions", "Hang")),
    _layouts("remember_hanging", t("Actions", "Remember this arrangement for studies like this one"),
             remember_hanging, keys=("Shift+F8",), icon="star"),
    _layouts("prior", t("Actions", "Open the latest earlier study of this patient beside this one"), open_prior,
             keys=("F9",), icon="layers", label=t("Actions", "Prior"), enabled=has_priors),
    _layouts("own_window", t("Actions", "This study in a window of its own, and back"),
             lambda c: c.window.toggle_own_window(), keys=("F7",), icon="external-link",
             label=t("Actions", "Own window"), checked=lambda c: c.viewer is not None and c.window.has_own_window()),
    _layouts("alone", t("Actions", "This viewport alone, and back"), viewer_call("toggle_alone"), keys=("Return",),
             icon="expand", label=t("Actions", "Alone"), enabled=has_grid, checked=is_alone),
)
