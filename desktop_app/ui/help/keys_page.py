"""The page of keys, made from the actions table: it cannot say another key than the one that works."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.core.help_book import Page
from desktop_app.core.key_set import Mouse
from desktop_app.core.words import say
from desktop_app.ui.actions import Action
from desktop_app.ui.key_sheet import sections

NAME = "keys.md"


def keys_page(rows: Iterable[Action], mouse: Mouse) -> Page:
    """Every key of `rows` and every gesture of the mouse, as a page in Markdown."""
    table = {row.id: row for row in rows}
    palette, change = table["palette"], table["change_keys"]
    lines = [
        "# " + say("KeysPage", "Keys and mouse"), "",
        say("KeysPage", "Every action, with or without a key, is found by its name under **{palette}** ({key}). "
                          "There, **{change}** gives any action another key.").format(
            palette=palette.title, key=" ".join(_key(key) for key in palette.keys), change=change.title), ""]
    heads = "| " + say("KeysPage", "Key") + " | " + say("KeysPage", "What it does") + " |"
    for section in sections(table.values(), mouse):
        lines += [f"## {section.heading}", "", heads, "| --- | --- |"]
        lines += [f"| {' '.join(_key(key) for key in keys)} | {_cell(text)} |" for keys, text in section.lines]
        lines.append("")
    return Page(NAME, "\n".join(lines))


def _key(text: str) -> str:
    return f"`{text}`" if text != "|" else "`\\|`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
