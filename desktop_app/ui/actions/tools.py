"""Rows: what the left button does, and the drawings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.core.words import t
from desktop_app.ui.actions.action import Action, Commands, Group, Scope
from desktop_app.ui.actions.calls import annotations_call, set_tool
from desktop_app.ui.actions.conditions import annotations_can, has_viewer, tool_is

_drawn = partial(Action, group=Group.TOOLS, scope=Scope.VIEWER)


def _tool(tool: str, text: str, label: str, key: str, icon: str) -> Action:
    return Action(f"tool_{tool}", text, set_tool(tool), Group.TOOLS, Scope.VIEWER, (key,), icon, label,
                  has_viewer, tool_is(tool))


def _finish(commands: Commands) -> None:
    if commands.viewport is not None:
        commands.viewport.pen.finish()


def _can_finish(commands: Commands) -> bool:
    return commands.viewport is not None and commands.viewport.pen.can_finish


def _copy_on(step: int) -> Callable[[Commands], None]:
    def run(commands: Commands) -> None:
        if commands.viewer is not None:
            commands.viewer.measurements.copy_on(step)
    return run


def _copy_range(commands: Commands) -> None:
    from desktop_app.ui.copy_range_dialog import CopyRangeDialog

    if commands.viewer is not None and commands.viewer.measurements.selected_range is not None:
        parent = commands.window if isinstance(commands.window, QWidget) else None
        CopyRangeDialog(parent, commands.viewer.measurements).open()


def _copy_text(commands: Commands) -> None:
    if commands.viewer is not None:
        QGuiApplication.clipboard().setText(commands.viewer.measurements.text)


def _copy_csv(commands: Commands) -> None:
    if commands.viewer is not None:
        QGuiApplication.clipboard().setText(commands.viewer.measurements.csv)


ROWS: tuple[Action, ...] = (
    _tool("window", t("Actions", "Window/level: drag right for wider, down for darker"), t("Actions", "Window"),
          "W", "contrast"),
    _tool("pan", t("Actions", "Pan: drag the picture"), t("Actions", "Pan"), "P", "move"),
    _tool("zoom", t("Actions", "Zoom: drag up to enlarge"), t("Actions", "Zoom"), "Z", "search"),
    _tool("scroll", t("Actions", "Scroll: drag through the images"), t("Actions", "Scroll"), "S", "gallery-vertical"),
    _tool("window_region", t("Actions", "Window of a region: drag a box around what is to be seen"),
          t("Actions", "Region"), "Shift+W", "square-dashed"),
    _tool("rotate", t("Actions", "Turn: drag around the middle of the picture"), t("Actions", "Turn"), "Shift+R",
          "orbit"),
    _tool("magnifier", t("Actions", "Magnifier: hold the button for a lens"), t("Actions", "Magnifier"), "M",
          "scan-search"),
    _tool("cursor", t("Actions", "3D cursor: every viewport goes to the place under the pointer"),
          t("Actions", "3D cursor"), "C", "crosshair"),
    _tool("length", t("Actions", "Length: drag from end to end"), t("Actions", "Length"), "L", "ruler"),
    _tool("angle", t("Actions", "Angle: drag the first leg, then click the end of the second"), t("Actions", "Angle"),
          "A", "angle"),
    _tool("rectangle", t("Actions", "Rectangle: mean and spread of the values inside"), t("Actions", "Rectangle"),
          "R", "square"),
    _tool("ellipse", t("Actions", "Ellipse: mean and spread of the values inside"), t("Actions", "Ellipse"), "E",
          "circle"),
    _tool("polyline", t("Actions", "Path: click from corner to corner, double-click to end"), t("Actions", "Path"),
          "Shift+L", "spline"),
    _tool("bidirectional", t("Actions", "Long and short axis: drag the long one"), t("Actions", "Axes"), "B",
          "scaling"),
    _tool("cobb", t("Actions", "Cobb angle: drag along one end plate, then along the other"), t("Actions", "Cobb"),
          "Shift+A", "equal-not"),
    _tool("freehand", t("Actions", "Freehand: draw around an area, or click from corner to corner"),
          t("Actions", "Freehand"), "F", "lasso"),
    _tool("probe", t("Actions", "Probe: click for the value at a place"), t("Actions", "Probe"), "D", "pipette"),
    _tool("arrow", t("Actions", "Arrow: drag from its tip"), t("Actions", "Arrow"), "T", "move-up-right"),
    _tool("text", t("Actions", "Text: click where it belongs"), t("Actions", "Text"), "Shift+T", "type"),
    _tool("calibration", t("Actions", "Calibrate: drag over something of known length, then type the length"),
          t("Actions", "Calibrate"), "Shift+C", "ruler-dimension-line"),
    _drawn("finish_drawing", t("Actions", "End the path or outline"), _finish, keys=("Ctrl+Return", "Enter"),
           enabled=_can_finish),
    _drawn("undo", t("Actions", "Undo the last drawing"), annotations_call("undo"), keys=("Ctrl+Z",), icon="undo-2",
           enabled=annotations_can("can_undo")),
    _drawn("redo", t("Actions", "Draw again what was undone"), annotations_call("redo"),
           keys=("Ctrl+Y", "Ctrl+Shift+Z"), icon="redo-2", enabled=annotations_can("can_redo")),
    _drawn("delete_annotation", t("Actions", "Delete the selected drawing"), annotations_call("remove_selected"),
           keys=("Del", "Backspace"), icon="trash-2", enabled=annotations_can("selected")),
    _drawn("copy_to_next", t("Actions", "Copy the selected drawing to the next image"), _copy_on(1), keys=("Ctrl+D",),
           icon="copy-plus", enabled=annotations_can("selected")),
    _drawn("copy_to_previous", t("Actions", "Copy the selected drawing to the previous image"), _copy_on(-1),
           keys=("Ctrl+Shift+D",), icon="copy-plus", enabled=annotations_can("selected")),
    _drawn("copy_to_range", t("Actions", "Copy the selected drawing to a range of images…"), _copy_range,
           icon="copy-plus", enabled=annotations_can("selected")),
    _drawn("copy_results", t("Actions", "Copy all results as text"), _copy_text, keys=("Ctrl+Shift+C",), icon="copy",
           enabled=annotations_can("items")),
    _drawn("copy_results_csv", t("Actions", "Copy all results as a table (CSV)"), _copy_csv, icon="table-2",
           enabled=annotations_can("items")),
)
