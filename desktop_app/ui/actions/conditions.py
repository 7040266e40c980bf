"""When an action is offered, and when it is in force."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.core.listed_study import ListedStudy
from desktop_app.core.store import Store
from desktop_app.ui.actions.action import Commands


def has_viewer(commands: Commands) -> bool:
    return commands.viewer is not None


def has_selected_study(commands: Commands) -> bool:
    return commands.models.worklist.selected is not None


def upload_refusal(commands: Commands) -> str:
    """Why nothing can be sent to where files go from here."""
    viewer = commands.viewer
    row = ListedStudy(viewer.study, viewer.store) if viewer is not None else commands.models.worklist.selected
    return commands.models.archives.receiver(row).upload_refusal


def has_several_archives(commands: Commands) -> bool:
    return len(commands.models.archives.rows) > 1


def study_deletion_refusal(commands: Commands) -> str:
    selected = commands.models.worklist.selected
    return _deletion_refusal(commands, selected.store) if selected is not None else ""


def shown_deletion_refusal(commands: Commands) -> str:
    viewer = commands.viewer
    return _deletion_refusal(commands, viewer.store) if viewer is not None else ""


def _deletion_refusal(commands: Commands, store: Store) -> str:
    rows = commands.models.archives.rows
    return next((row.delete_refusal for row in rows if row.store.key == store.key), "")


def may_delete_study(commands: Commands) -> bool:
    """Whether the archive of the selected study deletes at all."""
    selected = commands.models.worklist.selected
    return selected is not None and commands.models.archives.deletes_at(selected.store)


def may_delete_shown(commands: Commands) -> bool:
    viewer = commands.viewer
    return viewer is not None and has_images(commands) and commands.models.archives.deletes_at(viewer.store)


def is_playing(commands: Commands) -> bool:
    return commands.viewport is not None and commands.viewport.cine.playing


def has_images(commands: Commands) -> bool:
    viewport = commands.viewport
    return viewport is not None and viewport.display_set is not None


def viewport_state(name: str) -> Callable[[Commands], bool]:
    return lambda commands: commands.viewport is not None and bool(getattr(commands.viewport.state, name))


def is_flipped(direction: int) -> Callable[[Commands], bool]:
    """Left and right (0), or top and bottom (1)."""
    return lambda commands: commands.viewport is not None and commands.viewport.flipped[direction]


def tool_is(tool: str) -> Callable[[Commands], bool]:
    return lambda commands: commands.viewer is not None and commands.viewer.tool == tool


def annotations_can(attribute: str) -> Callable[[Commands], bool]:
    return lambda commands: commands.viewer is not None and bool(getattr(commands.viewer.annotations, attribute))


def has_grid(commands: Commands) -> bool:
    return commands.viewer is not None and len(commands.viewer.viewports) > 1


def has_priors(commands: Commands) -> bool:
    return commands.viewer is not None and bool(commands.viewer.priors.answer.priors)


def is_alone(commands: Commands) -> bool:
    return commands.viewer is not None and commands.viewer.layout.alone >= 0


def layout_is(rows: int, columns: int) -> Callable[[Commands], bool]:
    def holds(commands: Commands) -> bool:
        layout = commands.viewer.layout if commands.viewer is not None else None
        return layout is not None and (layout.rows, layout.columns) == (rows, columns)
    return holds
