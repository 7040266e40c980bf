"""ACTIONS: what a person can do, in one table.

Menus, toolbars, tooltips, the command palette, the key sheet and the shortcuts are all made from it. A new key or menu
entry is one row. `ActionSet` turns the rows into QActions for one window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QToolButton, QWidget

from desktop_app.ui import theme

if TYPE_CHECKING:
    from desktop_app.viewmodels.models import Models
    from desktop_app.viewmodels.viewer import ViewerModel
    from desktop_app.viewmodels.viewport import ViewportModel


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
    def toggle_full_screen(self) -> None: ...
    def leave_full_screen(self) -> bool: ...
    def copy_view(self) -> None: ...
    def show_palette(self) -> None: ...
    def show_keys(self) -> None: ...
    def show_about(self) -> None: ...
    def close(self) -> bool: ...


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

    IMAGES = QT_TRANSLATE_NOOP("Actions", "Images and series")
    TOOLS = QT_TRANSLATE_NOOP("Actions", "Tools")
    WINDOW = QT_TRANSLATE_NOOP("Actions", "Window and level")
    VIEW = QT_TRANSLATE_NOOP("Actions", "View")
    WORKLIST = QT_TRANSLATE_NOOP("Actions", "Worklist")
    PROGRAM = QT_TRANSLATE_NOOP("Actions", "Program")


class Scope(StrEnum):
    """Where an action is offered and its keys are heard."""

    ANYWHERE = "anywhere"
    VIEWER = "viewer"           # a study tab is in front
    TABLE = "table"             # the study table has the focus


def _always(commands: Commands) -> bool:
    return True


def _has_viewer(commands: Commands) -> bool:
    return commands.viewer is not None


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
        return " ".join(readable_key(key) for key in self.keys)

    @property
    def tooltip(self) -> str:
        return f"{self.title}  ({readable_key(self.keys[0])})" if self.keys else self.title


_GLYPHS: Mapping[str, str] = MappingProxyType({
    "Up": "↑", "Down": "↓", "Left": "←", "Right": "→", "Return": "Enter", "-": "−",
})


def readable_key(key: str) -> str:
    """A key sequence in the words of this system, arrows as arrows."""
    *modifiers, last = key.split("+") if key not in ("+",) else ["+"]
    shown = [QKeySequence(f"{name}+A").toString(QKeySequence.SequenceFormat.NativeText).removesuffix("A").rstrip("+") for name in modifiers]
    return "+".join([*shown, _GLYPHS.get(last, last)])


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


def _image(id: str, text: str, run: Callable[[Commands], None], *keys: str, icon: str = "", repeats: bool = True) -> Action:
    return Action(id, text, run, Group.IMAGES, Scope.VIEWER, keys, icon, enabled=_has_images, repeats=repeats)


def _tool(tool: str, text: str, label: str, key: str, icon: str) -> Action:
    return Action(f"tool_{tool}", text, _set_tool(tool), Group.TOOLS, Scope.VIEWER, (key,), icon, label, _has_viewer, _tool_is(tool))


def _preset(number: int, text: str) -> Action:
    return Action(f"preset_{number}", text, _viewport_call("preset", number), Group.WINDOW, Scope.VIEWER, (str(number),), enabled=_has_images)


def _view(id: str, text: str, run: Callable[[Commands], None], key: str, icon: str, *, label: str = "",
          checked: Callable[[Commands], bool] | None = None, repeats: bool = False) -> Action:
    return Action(id, text, run, Group.VIEW, Scope.VIEWER, (key,) if key else (), icon, label, _has_images, checked, repeats)


_ = QT_TRANSLATE_NOOP
_ROWS: tuple[Action, ...] = (
    _image("previous_image", _("Actions", "Previous image"), _viewport_call("scroll_by", -1), "Up", icon="chevron-up"),
    _image("next_image", _("Actions", "Next image"), _viewport_call("scroll_by", 1), "Down", icon="chevron-down"),
    _image("back_ten", _("Actions", "Ten images back"), _viewport_call("scroll_by", -10), "Shift+Up", icon="chevrons-up"),
    _image("forward_ten", _("Actions", "Ten images forward"), _viewport_call("scroll_by", 10), "Shift+Down", icon="chevrons-down"),
    _image("first_image", _("Actions", "First image"), _viewport_call("first"), "Home", icon="skip-back"),
    _image("last_image", _("Actions", "Last image"), _viewport_call("last"), "End", icon="skip-forward"),
    Action("previous_series", _("Actions", "Previous series"), _step_series(-1), Group.IMAGES, Scope.VIEWER, ("Left",), "arrow-left", enabled=_has_viewer),
    Action("next_series", _("Actions", "Next series"), _step_series(1), Group.IMAGES, Scope.VIEWER, ("Right",), "arrow-right", enabled=_has_viewer),
    Action("previous_study", _("Actions", "Previous study in the list"), _step_study(-1), Group.IMAGES, Scope.VIEWER, ("Ctrl+Left",), "step-back", enabled=_has_viewer),
    Action("next_study", _("Actions", "Next study in the list"), _step_study(1), Group.IMAGES, Scope.VIEWER, ("Ctrl+Right",), "step-forward", enabled=_has_viewer),
    Action("cine", _("Actions", "Play as a film, or stop"), _viewport_call("toggle_cine"), Group.IMAGES, Scope.VIEWER, ("Space",), "play",
           _("Actions", "Cine"), _has_images, lambda commands: commands.viewport is not None and commands.viewport.playing),

    _tool("window", _("Actions", "Window/level: drag right for wider, down for darker"), _("Actions", "Window"), "W", "contrast"),
    _tool("pan", _("Actions", "Pan: drag the picture"), _("Actions", "Pan"), "P", "move"),
    _tool("zoom", _("Actions", "Zoom: drag up to enlarge"), _("Actions", "Zoom"), "Z", "search"),
    _tool("scroll", _("Actions", "Scroll: drag through the images"), _("Actions", "Scroll"), "S", "gallery-vertical"),

    Action("auto_window", _("Actions", "Auto window: the full range of the image"), _viewport_call("auto_window"), Group.WINDOW, Scope.VIEWER, ("0",),
           enabled=_has_images),
    Action("file_window_1", _("Actions", "First window of the file"), _viewport_call("file_window", 1), Group.WINDOW, Scope.VIEWER, ("1",), enabled=_has_images),
    Action("file_window_2", _("Actions", "Second window of the file"), _viewport_call("file_window", 2), Group.WINDOW, Scope.VIEWER, ("2",), enabled=_has_images),
    _preset(3, _("Actions", "CT brain 80/40")),
    _preset(4, _("Actions", "CT abdomen 400/50")),
    _preset(5, _("Actions", "CT mediastinum 400/40")),
    _preset(6, _("Actions", "CT bone 2000/500")),
    _preset(7, _("Actions", "CT lung 1500/−600")),
    _preset(8, _("Actions", "CT liver 150/90")),
    _preset(9, _("Actions", "CT angio 600/300")),
    Action("invert", _("Actions", "Invert black and white"), _viewport_call("invert"), Group.WINDOW, Scope.VIEWER, ("I",), "sun-moon",
           _("Actions", "Invert"), _has_images, _viewport_state("inverted")),

    _view("fit", _("Actions", "Fit the image into the view"), _viewport_call("fit"), "=", "scan", label=_("Actions", "Fit")),
    _view("zoom_in", _("Actions", "Zoom in"), _viewport_call("zoom_by", 1.25), "+", "zoom-in", repeats=True),
    _view("zoom_out", _("Actions", "Zoom out"), _viewport_call("zoom_by", 0.8), "-", "zoom-out", repeats=True),
    _view("one_to_one", _("Actions", "One image pixel on one screen pixel"), _viewport_call("one_to_one"), "Ctrl+1", "proportions", label="1:1"),
    _view("flip_horizontal", _("Actions", "Flip left and right"), _viewport_call("flip_horizontal"), "H", "flip-horizontal-2",
          checked=_viewport_state("flip_horizontal")),
    _view("flip_vertical", _("Actions", "Flip top and bottom"), _viewport_call("flip_vertical"), "V", "flip-vertical-2", checked=_viewport_state("flip_vertical")),
    _view("rotate_right", _("Actions", "Rotate right by 90°"), _viewport_call("rotate", 1), "Ctrl+R", "rotate-cw"),
    _view("rotate_left", _("Actions", "Rotate left by 90°"), _viewport_call("rotate", -1), "Ctrl+L", "rotate-ccw"),
    _view("texts", _("Actions", "Corner texts: all, without names, none"), _viewport_call("cycle_text"), "O", "captions", label=_("Actions", "Texts")),
    _view("reset", _("Actions", "Put window, zoom and position back"), _viewport_call("reset"), "", "undo-2", label=_("Actions", "Reset")),
    _view("copy_view", _("Actions", "Copy the view as a picture"), lambda commands: commands.window.copy_view(), "Ctrl+C", "copy", label=_("Actions", "Copy")),
    Action("cancel", _("Actions", "Cancel, leave full screen, then reset the view"), _cancel, Group.VIEW, Scope.ANYWHERE, ("Esc",)),
    Action("full_screen", _("Actions", "Full screen"), lambda commands: commands.window.toggle_full_screen(), Group.VIEW, Scope.ANYWHERE, ("F11",), "maximize"),

    Action("open_study", _("Actions", "Open the selected study"), lambda commands: commands.window.open_selected_study(), Group.WORKLIST, Scope.TABLE,
           ("Return", "Enter"), "image", _("Actions", "Open"), lambda commands: commands.models.worklist.selected is not None),
    Action("search_field", _("Actions", "Search for studies"), lambda commands: commands.window.focus_search(), Group.WORKLIST, Scope.ANYWHERE, ("Ctrl+F",), "search",
           _("Actions", "Search")),
    Action("refresh", _("Actions", "Ask the archive again"), lambda commands: commands.models.worklist.refresh(), Group.WORKLIST, Scope.ANYWHERE, ("F5",),
           "refresh-cw", _("Actions", "Refresh")),
    Action("open_files", _("Actions", "Upload files to the selected archive…"), lambda commands: commands.window.choose_files(), Group.WORKLIST, Scope.ANYWHERE,
           ("Ctrl+O",), "upload"),
    Action("open_folder", _("Actions", "Upload a folder to the selected archive…"), lambda commands: commands.window.choose_folder(), Group.WORKLIST,
           Scope.ANYWHERE, ("Ctrl+Shift+O",), "folder-open"),
    Action("add_archive", _("Actions", "Add an archive…"), lambda commands: commands.window.add_archive(), Group.WORKLIST, Scope.ANYWHERE, (), "plus"),

    Action("palette", _("Actions", "All commands"), lambda commands: commands.window.show_palette(), Group.PROGRAM, Scope.ANYWHERE, ("Ctrl+K",), "command"),
    Action("keys", _("Actions", "Keys"), lambda commands: commands.window.show_keys(), Group.PROGRAM, Scope.ANYWHERE, ("?",), "keyboard"),
    Action("worklist", _("Actions", "Show the worklist"), lambda commands: commands.window.show_worklist(), Group.PROGRAM, Scope.ANYWHERE, ("Ctrl+Home",), "list"),
    Action("next_tab", _("Actions", "Next tab"), lambda commands: commands.window.step_tab(1), Group.PROGRAM, Scope.ANYWHERE, ("Ctrl+Tab",), "chevron-right"),
    Action("previous_tab", _("Actions", "Previous tab"), lambda commands: commands.window.step_tab(-1), Group.PROGRAM, Scope.ANYWHERE, ("Ctrl+Shift+Tab",),
           "chevron-left"),
    Action("close_tab", _("Actions", "Close the study"), lambda commands: commands.window.close_tab(), Group.PROGRAM, Scope.VIEWER, ("Ctrl+W",), "x",
           enabled=_has_viewer),
    Action("about", _("Actions", "About Lightbox"), lambda commands: commands.window.show_about(), Group.PROGRAM, Scope.ANYWHERE, (), "info"),
    Action("quit", _("Actions", "Quit"), lambda commands: commands.window.close() and None, Group.PROGRAM, Scope.ANYWHERE, ("Ctrl+Q",), "log-out"),
)
del _

ACTIONS: Mapping[str, Action] = MappingProxyType({row.id: row for row in _ROWS})


class ActionSet(QObject):
    """The QActions of one window, made once, and the buttons made from them.

    Keys are heard in the whole window while their scope holds: a text field that has the focus keeps the keys that
    write, since it claims them before any shortcut.
    """

    changed = Signal()

    def __init__(self, commands: Commands, window: QWidget, table: Mapping[str, Action] = ACTIONS) -> None:
        super().__init__(window)
        self._commands = commands
        self._table = table
        self._made: dict[str, QAction] = {}
        for row in table.values():
            self._made[row.id] = self._make(row)
            if row.scope is not Scope.TABLE:
                window.addAction(self._made[row.id])
        self.refresh()

    def __getitem__(self, action_id: str) -> QAction:
        return self._made[action_id]

    def row(self, action_id: str) -> Action:
        return self._table[action_id]

    def run(self, action_id: str) -> None:
        """Does it, if it can be done now."""
        row = self._table[action_id]
        if self._offered(row):
            row.run(self._commands)
            self.refresh()

    def offered(self) -> list[Action]:
        """The rows that can be used now, in the order of the groups."""
        order = list(Group)
        return sorted((row for row in self._table.values() if self._offered(row)), key=lambda row: order.index(row.group))

    def refresh(self) -> None:
        """Brings enabled and checked up to date. Call it when the page in front or the state it shows has changed."""
        for row in self._table.values():
            action = self._made[row.id]
            action.setEnabled(self._offered(row))
            if row.checked is not None:
                action.setChecked(row.checked(self._commands))
        self.changed.emit()

    def button(self, action_id: str, parent: QWidget | None = None, *, with_text: bool = True) -> ToolButton:
        """A toolbar button for an action."""
        row, button = self._table[action_id], ToolButton(parent)
        button.setDefaultAction(self._made[action_id])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon if with_text else Qt.ToolButtonStyle.ToolButtonIconOnly)
        if not with_text:
            button.setProperty("kind", "icon")
        button.setAccessibleName(row.title)
        return button

    def _offered(self, row: Action) -> bool:
        in_scope = row.scope is not Scope.VIEWER or self._commands.viewer is not None
        return in_scope and row.enabled(self._commands)

    def _make(self, row: Action) -> QAction:
        action = QAction(row.title, self)
        action.setObjectName(row.id)
        action.setIconText(row.short_title)
        action.setToolTip(row.tooltip)
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        action.setShortcutContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut if row.scope is Scope.TABLE else Qt.ShortcutContext.WindowShortcut)
        action.setAutoRepeat(row.repeats)
        action.setCheckable(row.checked is not None)
        if row.icon:
            action.setIcon(theme.icon(row.icon))
        action.triggered.connect(lambda _checked=False, name=row.id: self.run(name))
        return action


class ToolButton(QToolButton):
    """A button that never takes the focus from the picture by a click, and that Enter and Space press when Tab led to it.

    Without the second, Space would run cine while a button has the focus: shortcuts come before widgets.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        edge = theme.tokens().icon
        self.setIconSize(QSize(edge, edge))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) and event.key() in _PRESS_KEYS:  # type: ignore[attr-defined]
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.click()
            return True
        return super().event(event)


_PRESS_KEYS = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})


def rows_by_group(rows: Iterable[Action]) -> list[tuple[Group, list[Action]]]:
    """Rows under their headings, for the key sheet."""
    rows = list(rows)
    return [(group, found) for group in Group if (found := [row for row in rows if row.group is group])]
