"""What one action is: a row of the table, with what it may reach."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from desktop_app.core.words import t

if TYPE_CHECKING:
    from desktop_app.viewmodels.models import Models
    from desktop_app.viewmodels.viewer import ViewerModel
    from desktop_app.viewmodels.viewport import ViewportModel


class PageCommands(Protocol):
    """What actions may ask of the study in front of a window."""

    def show_tags(self) -> None: ...
    def show_export(self) -> None: ...
    def print_view(self) -> None: ...
    def show_true_size(self) -> None: ...
    def show_test_pattern(self) -> None: ...


class WindowCommands(Protocol):
    """What actions may ask of the window that they belong to."""

    @property
    def active_viewer(self) -> ViewerModel | None: ...
    def choose_files(self) -> None: ...
    def choose_folder(self) -> None: ...
    def paste(self) -> None: ...
    def close_tab(self) -> None: ...
    def step_tab(self, step: int) -> None: ...
    def show_worklist(self) -> None: ...
    def focus_search(self) -> None: ...
    def open_selected_study(self) -> None: ...
    def add_archive(self) -> None: ...
    def choose_google(self) -> None: ...
    def choose_archive_folder(self) -> None: ...
    def show_settings(self) -> None: ...
    def show_loading_times(self) -> None: ...
    def toggle_full_screen(self) -> None: ...
    def leave_full_screen(self) -> bool: ...
    def copy_view(self) -> None: ...
    @property
    def on_page(self) -> PageCommands: ...
    def choose_layout(self) -> None: ...
    def toggle_own_window(self) -> None: ...
    def has_own_window(self) -> bool: ...
    def show_palette(self) -> None: ...
    def show_keys(self) -> None: ...
    def change_keys(self) -> None: ...
    def show_help(self) -> None: ...
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
    STUDY = t("Actions", "Study")
    WORKLIST = t("Actions", "Worklist")
    PROGRAM = t("Actions", "Program")


class Scope(StrEnum):
    """Where an action is offered and its keys are heard."""

    ANYWHERE = "anywhere"
    VIEWER = "viewer"           # a study tab is in front
    TABLE = "table"             # the study table has the focus


def always(commands: Commands) -> bool:
    return True


def no_reason(commands: Commands) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Action:
    """One row. `text` is the sentence of menus and palette, `label` the short word of a toolbar button.

    `refusal` gives the sentence why it may not be done, where it could be: it is greyed out then, and says so.
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
    enabled: Callable[[Commands], bool] = always
    checked: Callable[[Commands], bool] | None = None
    repeats: bool = False
    refusal: Callable[[Commands], str] = no_reason

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
    word = _GLYPHS.get(last) or QKeySequence(last).toString(native) or last
    return "".join(shown) + word          # the system's own separators: "Ctrl+", "⌘"
