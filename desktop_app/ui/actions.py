"""ACTIONS: what a person can do, in one table.

Menus, toolbars, tooltips, the command palette, the key sheet and the shortcuts are all made from it. A new key or menu
entry is one row. `ActionSet` turns the rows into QActions for one window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication, QKeySequence

if TYPE_CHECKING:
    from desktop_app.viewmodels.models import Models
    from desktop_app.viewmodels.viewer import ViewerModel
    from desktop_app.viewmodels.viewport import ViewportModel


def t(context: str, text: str) -> str:
    """Marks a text for the translators (pyside6-lupdate -tr-function-alias QT_TRANSLATE_NOOP+=t)."""
    return text


class WindowCommands(Protocol):
    """What actions may ask of the window that they belong to."""

    @property
    def active_viewer(self) -> ViewerModel | None: ...
    def choose_files(self) -> None: ...
    def choose_folder(self) -> None: ...
    def close_tab(self) -> None: ...
    def step_tab(self, step: int) -> None: ...
    def show_worklist(self) -> None: ...
    def focus_search(self) -> None: ...
    def open_selected_study(self) -> None: ...
    def add_archive(self) -> None: ...
    def choose_google(self) -> None: ...
    def show_settings(self) -> None: ...
    def toggle_full_screen(self) -> None: ...
    def leave_full_screen(self) -> bool: ...
    def copy_view(self) -> None: ...
    def show_palette(self) -> None: ...
    def show_keys(self) -> None: ...
    def show_about(self) -> None: ...
    def quit(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Commands:
    """What an action can reach. `viewer` and `viewport` are those in front, or None on the worklist."""

    window: WindowCommands
    models: Models

    @property
    def viewer(self) -> ViewerModel | None:
        return self.window.active_viewer

    @property
    def viewport(self) -> ViewportModel | None:
        viewer = self.viewer
        return viewer.active if viewer is not None else None


class Group(StrEnum):
    """The headings of the key sheet and the palette, in their order."""

    IMAGES = t("Actions", "Images and series")
    TOOLS = t("Actions", "Tools")
    WINDOW = t("Actions", "Window and level")
    VIEW = t("Actions", "View")
    WORKLIST = t("Actions", "Worklist")
    PROGRAM = t("Actions", "Program")


class Scope(StrEnum):
    """Where an action is offered and its keys are heard."""

    ANYWHERE = "anywhere"
    VIEWER = "viewer"           # a study tab is in front
    TABLE = "table"             # the study table has the focus


def _always(commands: Commands) -> bool:
    return True


def _has_viewer(commands: Commands) -> bool:
    return commands.viewer is not None


def _has_selected_study(commands: Commands) -> bool:
    return commands.models.worklist.selected is not None


def _may_upload(commands: Commands) -> bool:
    return not commands.models.archives.selected_row.upload_refusal


def _is_playing(commands: Commands) -> bool:
    return commands.viewport is not None and commands.viewport.playing


def _has_images(commands: Commands) -> bool:
    viewport = commands.viewport
    return viewport is not None and viewport.display_set is not None


@dataclass(frozen=True, slots=True)
class Action:
    """One row. `text` is the sentence of menus and palette, `label` the short word of a toolbar button.

    `checked` tells whether a choice is in force; without it the action is no choice. `repeats`: a held key repeats it.
    """

    id: str
    text: str
    run: Callable[[Commands], None]
    group: Group = Group.PROGRAM
    scope: Scope = Scope.ANYWHERE
    keys: tuple[str, ...] = ()
    icon: str = ""
    label: str = ""
    enabled: Callable[[Commands], bool] = _always
    checked: Callable[[Commands], bool] | None = None
    repeats: bool = False

    @property
    def title(self) -> str:
        """The text in the language of the program."""
        return QCoreApplication.translate("Actions", self.text)

    @property
    def short_title(self) -> str:
        return QCoreApplication.translate("Actions", self.label or self.text)

    @property
    def key_text(self) -> str:
        """The keys as a person reads them: "Ctrl+R", "↑"."""
        return " ".join(dict.fromkeys(readable_key(key) for key in self.keys))

    @property
    def tooltip(self) -> str:
        return f"{self.title}  ({readable_key(self.keys[0])})" if self.keys else self.title


_GLYPHS: Mapping[str, str] = MappingProxyType({
    "Up": "↑", "Down": "↓", "Left": "←", "Right": "→", "Return": "Enter", "-": "−",
})


def readable_key(key: str) -> str:
    """A key sequence in the words of this system, arrows as arrows."""
    *modifiers, last = key.split("+") if key != "+" else ["+"]
    native = QKeySequence.SequenceFormat.NativeText
    shown = [QKeySequence(f"{name}+A").toString(native).removesuffix("A") for name in modifiers]
    return "".join(shown) + _GLYPHS.get(last, last)          # the system's own separators: "Ctrl+", "⌘"


def _viewport_call(name: str, *arguments: object) -> Callable[[Commands], None]:
    """Calls a method of the active viewport."""
    def run(commands: Commands) -> None:
        if commands.viewport is not None:
            getattr(commands.viewport, name)(*arguments)
    return run


def _viewport_state(name: str) -> Callable[[Commands], bool]:
    return lambda commands: commands.viewport is not None and bool(getattr(commands.viewport.state, name))


def _set_tool(tool: str) -> Callable[[Commands], None]:
    def run(commands: Commands) -> None:
        if commands.viewer is not None:
            commands.viewer.set_tool(tool)
    return run


def _tool_is(tool: str) -> Callable[[Commands], bool]:
    return lambda commands: commands.viewer is not None and commands.viewer.tool == tool


def _annotations_call(method: str) -> Callable[[Commands], None]:
    def run(commands: Commands) -> None:
        if commands.viewer is not None:
            getattr(commands.viewer.annotations, method)()
    return run


def _annotations_can(attribute: str) -> Callable[[Commands], bool]:
    return lambda commands: commands.viewer is not None and bool(getattr(commands.viewer.annotations, attribute))


def _viewer_call(method: str, *arguments: int) -> Callable[[Commands], None]:
    def run(commands: Commands) -> None:
        if commands.viewer is not None:
            getattr(commands.viewer, method)(*arguments)
    return run


def _has_grid(commands: Commands) -> bool:
    return commands.viewer is not None and len(commands.viewer.viewports) > 1


def _is_linked(commands: Commands) -> bool:
    return commands.viewer is not None and commands.viewer.linked


def _layout_is(rows: int, columns: int) -> Callable[[Commands], bool]:
    def holds(commands: Commands) -> bool:
        layout = commands.viewer.layout if commands.viewer is not None else None
        return layout is not None and (layout.rows, layout.columns) == (rows, columns)
    return holds


def _step_series(step: int) -> Callable[[Commands], None]:
    def run(commands: Commands) -> None:
        if commands.viewer is not None:
            commands.viewer.next_series(step)
    return run


def _step_study(step: int) -> Callable[[Commands], None]:
    def run(commands: Commands) -> None:
        if commands.viewer is not None:
            commands.models.workspace.step_study(commands.viewer, step)
    return run


def _cancel(commands: Commands) -> None:
    """Cancel what is going on, else leave full screen, else put the picture back as it was."""
    viewport = commands.viewport
    if viewport is not None and viewport.cancel_drag():
        return
    if not commands.window.leave_full_screen() and viewport is not None:
        viewport.reset()


_image = partial(Action, group=Group.IMAGES, scope=Scope.VIEWER, enabled=_has_images, repeats=True)
_series = partial(Action, group=Group.IMAGES, scope=Scope.VIEWER, enabled=_has_viewer)
_drawn = partial(Action, group=Group.TOOLS, scope=Scope.VIEWER)
_window = partial(Action, group=Group.WINDOW, scope=Scope.VIEWER, enabled=_has_images)
_view = partial(Action, group=Group.VIEW, scope=Scope.VIEWER, enabled=_has_images)
_worklist = partial(Action, group=Group.WORKLIST)
_program = partial(Action, group=Group.PROGRAM)


def _tool(tool: str, text: str, label: str, key: str, icon: str) -> Action:
    return Action(f"tool_{tool}", text, _set_tool(tool), Group.TOOLS, Scope.VIEWER, (key,), icon, label,
                  _has_viewer, _tool_is(tool))


def _layout(rows: int, columns: int, key: str, text: str, icon: str) -> Action:
    return _view(f"layout_{rows}x{columns}", text, _viewer_call("set_layout", rows, columns), keys=(key,), icon=icon,
                 label=f"{rows}×{columns}", enabled=_has_viewer, checked=_layout_is(rows, columns))


def _preset(number: int, text: str) -> Action:
    return _window(f"preset_{number}", text, _viewport_call("preset", number), keys=(str(number),))


_ROWS: tuple[Action, ...] = (
    _image("previous_image", t("Actions", "Previous image"), _viewport_call("scroll_by", -1), keys=("Up",),
           icon="chevron-up"),
    _image("next_image", t("Actions", "Next image"), _viewport_call("scroll_by", 1), keys=("Down",),
           icon="chevron-down"),
    _image("back_ten", t("Actions", "Ten images back"), _viewport_call("scroll_by", -10), keys=("Shift+Up",),
           icon="chevrons-up"),
    _image("forward_ten", t("Actions", "Ten images forward"), _viewport_call("scroll_by", 10),
           keys=("Shift+Down",), icon="chevrons-down"),
    _image("first_image", t("Actions", "First image"), _viewport_call("first"), keys=("Home",), icon="skip-back"),
    _image("last_image", t("Actions", "Last image"), _viewport_call("last"), keys=("End",), icon="skip-forward"),
    _series("previous_series", t("Actions", "Previous series"), _step_series(-1), keys=("Left",), icon="arrow-left"),
    _series("next_series", t("Actions", "Next series"), _step_series(1), keys=("Right",), icon="arrow-right"),
    _series("previous_study", t("Actions", "Previous study in the list"), _step_study(-1), keys=("Ctrl+Left",),
            icon="step-back"),
    _series("next_study", t("Actions", "Next study in the list"), _step_study(1), keys=("Ctrl+Right",),
            icon="step-forward"),
    _series("next_viewport", t("Actions", "Next viewport"), _viewer_call("next_viewport", 1), keys=("Tab",),
            enabled=_has_grid),
    _series("previous_viewport", t("Actions", "Previous viewport"), _viewer_call("next_viewport", -1),
            keys=("Shift+Tab",), enabled=_has_grid),
    _series("cine", t("Actions", "Play as a film, or stop"), _viewport_call("toggle_cine"), keys=("Space",),
            icon="play", label=t("Actions", "Cine"), enabled=_has_images, checked=_is_playing),

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
    _drawn("undo", t("Actions", "Undo the last drawing"), _annotations_call("undo"), keys=("Ctrl+Z",), icon="undo-2",
           enabled=_annotations_can("can_undo")),
    _drawn("redo", t("Actions", "Draw again what was undone"), _annotations_call("redo"),
           keys=("Ctrl+Y", "Ctrl+Shift+Z"), icon="redo-2", enabled=_annotations_can("can_redo")),
    _drawn("delete_annotation", t("Actions", "Delete the selected drawing"), _annotations_call("remove_selected"),
           keys=("Del", "Backspace"), icon="trash-2", enabled=_annotations_can("selected")),

    _window("auto_window", t("Actions", "Auto window: the full range of the image"), _viewport_call("auto_window"),
            keys=("0",)),
    _window("file_window_1", t("Actions", "First window of the file"), _viewport_call("file_window", 1), keys=("1",)),
    _window("file_window_2", t("Actions", "Second window of the file"), _viewport_call("file_window", 2), keys=("2",)),
    _preset(3, t("Actions", "CT brain 80/40")),
    _preset(4, t("Actions", "CT abdomen 400/50")),
    _preset(5, t("Actions", "CT mediastinum 400/40")),
    _preset(6, t("Actions", "CT bone 2000/500")),
    _preset(7, t("Actions", "CT lung 1500/−600")),
    _preset(8, t("Actions", "CT liver 150/90")),
    _preset(9, t("Actions", "CT angio 600/300")),
    _window("invert", t("Actions", "Invert black and white"), _viewport_call("invert"), keys=("I",), icon="sun-moon",
            label=t("Actions", "Invert"), checked=_viewport_state("inverted")),

    _view("fit", t("Actions", "Fit the image into the view"), _viewport_call("fit"), keys=("=",), icon="scan",
          label=t("Actions", "Fit")),
    _view("zoom_in", t("Actions", "Zoom in"), _viewport_call("zoom_by", 1.25), keys=("+",), icon="zoom-in",
          repeats=True),
    _view("zoom_out", t("Actions", "Zoom out"), _viewport_call("zoom_by", 0.8), keys=("-",), icon="zoom-out",
          repeats=True),
    _view("one_to_one", t("Actions", "One image pixel on one screen pixel"), _viewport_call("one_to_one"),
          keys=("Ctrl+1",), icon="proportions", label="1:1"),
    _view("flip_horizontal", t("Actions", "Flip left and right"), _viewport_call("flip_horizontal"), keys=("H",),
          icon="flip-vertical-2", checked=_viewport_state("flip_horizontal")),
    _view("flip_vertical", t("Actions", "Flip top and bottom"), _viewport_call("flip_vertical"), keys=("V",),
          icon="flip-horizontal-2", checked=_viewport_state("flip_vertical")),
    _view("rotate_right", t("Actions", "Rotate right by 90°"), _viewport_call("rotate", 1), keys=("Ctrl+R",),
          icon="rotate-cw"),
    _view("rotate_left", t("Actions", "Rotate left by 90°"), _viewport_call("rotate", -1), keys=("Ctrl+L",),
          icon="rotate-ccw"),
    _layout(1, 1, "F2", t("Actions", "One viewport"), "square"),
    _layout(1, 2, "F3", t("Actions", "Two viewports side by side"), "columns-2"),
    _layout(2, 2, "F4", t("Actions", "Four viewports"), "grid-2x2"),
    _view("link", t("Actions", "Link: volumes of one frame of reference scroll together"), _viewer_call("toggle_link"),
          icon="link", label=t("Actions", "Link"), enabled=_has_grid, checked=_is_linked),
    _view("texts", t("Actions", "Corner texts: all, without names, none"), _viewport_call("cycle_text"), keys=("O",),
          icon="captions", label=t("Actions", "Texts")),
    _view("reset", t("Actions", "Put window, zoom and position back"), _viewport_call("reset"), icon="undo-2",
          label=t("Actions", "Reset")),
    _view("copy_view", t("Actions", "Copy the view as a picture"), lambda c: c.window.copy_view(), keys=("Ctrl+C",),
          icon="copy", label=t("Actions", "Copy")),
    _view("cancel", t("Actions", "Cancel, leave full screen, then reset the view"), _cancel, scope=Scope.ANYWHERE,
          keys=("Esc",), enabled=_always),
    _view("full_screen", t("Actions", "Full screen"), lambda c: c.window.toggle_full_screen(), scope=Scope.ANYWHERE,
          keys=("F11",), icon="maximize", enabled=_always),

    _worklist("open_study", t("Actions", "Open the selected study"), lambda c: c.window.open_selected_study(),
              scope=Scope.TABLE, keys=("Return", "Enter"), icon="image", label=t("Actions", "Open"),
              enabled=_has_selected_study),
    _worklist("search_field", t("Actions", "Search for studies"), lambda c: c.window.focus_search(), keys=("Ctrl+F",),
              icon="search", label=t("Actions", "Search")),
    _worklist("refresh", t("Actions", "Ask the archive again"), lambda c: c.models.worklist.refresh(), keys=("F5",),
              icon="refresh-cw", label=t("Actions", "Refresh")),
    _worklist("open_files", t("Actions", "Upload files to the selected archive…"), lambda c: c.window.choose_files(),
              keys=("Ctrl+O",), icon="upload", label=t("Actions", "Upload files"), enabled=_may_upload),
    _worklist("open_folder", t("Actions", "Upload a folder to the selected archive…"),
              lambda c: c.window.choose_folder(), keys=("Ctrl+Shift+O",), icon="folder-open",
              label=t("Actions", "Upload a folder"), enabled=_may_upload),
    _worklist("add_archive", t("Actions", "Add an archive…"), lambda c: c.window.add_archive(), icon="plus",
              label=t("Actions", "Add archive")),
    _worklist("choose_google", t("Actions", "Add a DICOM store of Google Cloud…"), lambda c: c.window.choose_google(),
              icon="cloud"),

    _program("palette", t("Actions", "All commands"), lambda c: c.window.show_palette(), keys=("Ctrl+K",),
             icon="command"),
    _program("keys", t("Actions", "Keys"), lambda c: c.window.show_keys(), keys=("?",), icon="keyboard"),
    _program("worklist", t("Actions", "Show the worklist"), lambda c: c.window.show_worklist(), keys=("Ctrl+Home",),
             icon="list", label=t("Actions", "Worklist")),
    _program("next_tab", t("Actions", "Next tab"), lambda c: c.window.step_tab(1), keys=("Ctrl+Tab",),
             icon="chevron-right"),
    _program("previous_tab", t("Actions", "Previous tab"), lambda c: c.window.step_tab(-1),
             keys=("Ctrl+Shift+Tab",), icon="chevron-left"),
    _program("close_tab", t("Actions", "Close the study"), lambda c: c.window.close_tab(), scope=Scope.VIEWER,
             keys=("Ctrl+W",), icon="x", enabled=_has_viewer),
    _program("settings", t("Actions", "Settings…"), lambda c: c.window.show_settings(), keys=("Ctrl+,",),
             icon="settings"),
    _program("lock", t("Actions", "Lock the screen"), lambda c: c.models.session.lock_now(), keys=("Ctrl+Shift+L",),
             icon="eye"),
    _program("copy_loading_report", t("Actions", "Why is it slow? Copy where the time of loading went, without names"),
             lambda c: QGuiApplication.clipboard().setText(c.models.network.report), icon="copy"),
    _program("wipe_cache", t("Actions", "Remove all images kept on this computer"),
             lambda c: c.models.network.wipe_cache(), icon="trash-2"),
    _program("about", t("Actions", "About Lightbox"), lambda c: c.window.show_about(), icon="info"),
    _program("quit", t("Actions", "Quit"), lambda c: c.window.quit(), keys=("Ctrl+Q",), icon="log-out"),
)
ACTIONS: Mapping[str, Action] = MappingProxyType({row.id: row for row in _ROWS})


def rows_by_group(rows: Iterable[Action]) -> list[tuple[Group, list[Action]]]:
    """Rows under their headings, for the key sheet."""
    rows = list(rows)
    return [(group, found) for group in Group if (found := [row for row in rows if row.group is group])]
