"""ACTIONS: what a person can do, in one table.

Menus, toolbars, tooltips, the command palette, the key sheet and the shortcuts are all made from it. A new key or menu
entry is one row. `ActionSet` turns the rows into QActions for one window.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from desktop_app.core.words import t
from desktop_app.ui.actions import (
    haidef,
    images,
    layouts,
    linking,
    links,
    program,
    study_work,
    tools,
    view,
    windowing,
    worklist,
)
from desktop_app.ui.actions.action import Action, Commands, Group, Scope, WindowCommands, readable_key

__all__ = ["ACTIONS", "Action", "Commands", "Group", "Scope", "WindowCommands", "readable_key", "rows_by_group", "t"]

_ROWS: tuple[Action, ...] = (
    *images.ROWS, *tools.ROWS, *windowing.ROWS, *view.ROWS, *layouts.ROWS, *linking.ROWS, *study_work.ROWS,
    *worklist.ROWS, *links.ROWS, *haidef.ROWS, *program.ROWS,
)
ACTIONS: Mapping[str, Action] = MappingProxyType({row.id: row for row in _ROWS})


def rows_by_group(rows: Iterable[Action]) -> list[tuple[Group, list[Action]]]:
    """Rows under their headings, for the key sheet."""
    rows = list(rows)
    return [(group, found) for group in Group if (found := [row for row in rows if row.group is group])]
