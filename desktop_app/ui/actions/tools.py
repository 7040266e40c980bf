"""Rows: what the left button does, and the drawings."""

from __future__ import annotations

from functools import partial

from desktop_app.ui.actions.action import Action, Group, Scope, t
from desktop_app.ui.actions.calls import annotations_call, set_tool
from desktop_app.ui.actions.conditions import annotations_can, has_viewer, tool_is

_drawn = partial(Action, group=Group.TOOLS, scope=Scope.VIEWER)


def _tool(tool: str, text: str, label: str, key: str, icon: str) -> Action:
    return Action(f"tool_{tool}", text, set_tool(tool), Group.TOOLS, Scope.VIEWER, (key,), icon, label,
                  has_viewer, tool_is(tool))


ROWS: tuple[Action, ...] = (
    _tool("window", t("Actions", "Window/level: drag right for wider, down for darker"), t("Actions", "Window"),
          "W", "contrast"),
    _tool("pan", t("Actions", "Pan: drag the picture"), t("Actions", "Pan"), "P", "move"),
    _tool("zoom", t("Actions", "Zoom: drag up to enlarge"), t("Actions", "Zoom"), "Z", "search"),
    _tool("scroll", t("Actions", "Scroll: drag through the images"), t("Actions", "Scroll"), "S", "gallery-vertical"),
    _tool("length", t("Actions", "Length: drag from end to end"), t("Actions", "Length"), "L", "ruler"),
    _tool("angle", t("Actions", "Angle: drag the first leg, then click the end of the second"), t("Actions", "Angle"),
          "A", "angle"),
    _tool("rectangle", t("Actions", "Rectangle: mean and spread of the values inside"), t("Actions", "Rectangle"),
          "R", "square"),
    _tool("ellipse", t("Actions", "Ellipse: mean and spread of the values inside"), t("Actions", "Ellipse"), "E",
          "circle"),
    _tool("arrow", t("Actions", "Arrow: drag from its tip"), t("Actions", "Arrow"), "T", "move-up-right"),
    _drawn("undo", t("Actions", "Undo the last drawing"), annotations_call("undo"), keys=("Ctrl+Z",), icon="undo-2",
           enabled=annotations_can("can_undo")),
    _drawn("redo", t("Actions", "Draw again what was undone"), annotations_call("redo"),
           keys=("Ctrl+Y", "Ctrl+Shift+Z"), icon="redo-2", enabled=annotations_can("can_redo")),
    _drawn("delete_annotation", t("Actions", "Delete the selected drawing"), annotations_call("remove_selected"),
           keys=("Del", "Backspace"), icon="trash-2", enabled=annotations_can("selected")),
)
