"""Rows: what the viewports of a study have in common, and how a film plays."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop_app.core.words import t
from desktop_app.ui.actions.action import Action, Commands, Group, Scope
from desktop_app.ui.actions.conditions import has_grid, has_images

_link = partial(Action, group=Group.VIEW, scope=Scope.VIEWER, enabled=has_grid)
_film = partial(Action, group=Group.IMAGES, scope=Scope.VIEWER, enabled=has_images)


def _toggle(part: str) -> Callable[[Commands], None]:
    def run(commands: Commands) -> None:
        if commands.viewer is not None:
            commands.viewer.linking.toggle(part)
    return run


def _is_on(part: str) -> Callable[[Commands], bool]:
    return lambda commands: commands.viewer is not None and bool(getattr(commands.viewer.linking.links, part))


def _call(method: str) -> Callable[[Commands], None]:
    def run(commands: Commands) -> None:
        if commands.viewer is not None:
            getattr(commands.viewer.linking, method)()
    return run


def _is_anchored(commands: Commands) -> bool:
    return commands.viewer is not None and commands.viewer.linking.is_anchored


def _shows_lines(commands: Commands) -> bool:
    return commands.viewer is not None and commands.viewer.linking.shows_lines


def _change_rate(step: int) -> Callable[[Commands], None]:
    def run(commands: Commands) -> None:
        if commands.viewport is not None:
            commands.viewport.cine.change_rate(step)
    return run


def _own_rate(commands: Commands) -> None:
    if commands.viewport is not None:
        commands.viewport.cine.set_rate(None)


def _toggle_sweep(commands: Commands) -> None:
    if commands.viewport is not None:
        commands.viewport.cine.toggle_sweep()


def _sweeps(commands: Commands) -> bool:
    return commands.viewport is not None and commands.viewport.cine.sweeps


ROWS: tuple[Action, ...] = (
    _link("link", t("Actions", "Link: scroll together by the place in the patient"), _toggle("scroll"), icon="link",
          keys=("Ctrl+Alt+S",), label=t("Actions", "Link"), checked=_is_on("scroll")),
    _link("link_here", t("Actions", "Link these slices: scroll together from here"), _call("link_here"), keys=("J",),
          icon="link-2", checked=_is_anchored),
    _link("unlink_here", t("Actions", "Link by the place in the patient again"), _call("unlink_here"),
          keys=("Shift+J",), enabled=_is_anchored),
    _link("link_window", t("Actions", "Link the window, within one modality"), _toggle("window"),
          keys=("Ctrl+Alt+W",), icon="contrast", checked=_is_on("window")),
    _link("link_zoom", t("Actions", "Link the zoom: a millimetre has one size"), _toggle("zoom"), keys=("Ctrl+Alt+Z",),
          icon="search", checked=_is_on("zoom")),
    _link("link_pan", t("Actions", "Link the position: the same place lies in the middle"), _toggle("pan"),
          keys=("Ctrl+Alt+P",), icon="move", checked=_is_on("pan")),
    _link("reference_lines", t("Actions", "Reference lines: where the active image cuts the others"),
          _call("toggle_lines"), keys=("Shift+O",), icon="separator-horizontal", checked=_shows_lines),
    _film("cine_faster", t("Actions", "Play faster"), _change_rate(1), keys=(".",), icon="chevrons-up", repeats=True),
    _film("cine_slower", t("Actions", "Play slower"), _change_rate(-1), keys=(",",), icon="chevrons-down",
          repeats=True),
    _film("cine_own_rate", t("Actions", "Play at the rate of the file"), _own_rate, icon="gauge"),
    _film("cine_sweep", t("Actions", "Play there and back instead of round"), _toggle_sweep, keys=("Shift+Space",),
          icon="repeat", checked=_sweeps),
)
