"""Rules of hanging, and what was learned of a reader's own ways, as text that a person can read and edit."""

from __future__ import annotations

import contextlib
import json
import logging
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from desktop_app.core.errors import DiskError
from desktop_app.core.hanging import Learned, Place, Rule, Seen
from desktop_app.core.words import say
from desktop_app.services.settings_file import write_whole

_RULE_FIELDS = frozenset({"name", "modalities", "any_modality", "images", "grid", "place", "needs"})
_PLACE_FIELDS = frozenset({"modality", "laterality", "view", "chest_wall"})
_HEAD = """# How you arranged studies, newest last. Lightbox writes this file and reads it at its start.
# A block is one kind of study; remove it, and it is forgotten. It names no patient and no study.
"""
_log = logging.getLogger(__name__)


def load_rules(path: Path) -> tuple[Rule, ...]:
    """The rules in their order. Raises ValueError with the rule's name for what is no rule."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(_rule(row) for row in table["rule"])


def load_learned(path: Path) -> tuple[Learned, ...]:
    """What was learned; blocks that make no sense are passed over, a file that is none is like no file."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        _log.warning("what was learned of hanging cannot be read: %s", type(error).__name__)
        with contextlib.suppress(OSError):
            path.replace(path.with_suffix(".broken.toml"))          # a person may have written it
        return ()
    found = []
    blocks = table.get("study", [])
    for block in blocks if isinstance(blocks, list) else []:
        try:
            found.append(_learned(block))
        except (ValueError, TypeError, KeyError, AttributeError):
            _log.warning("a block of what was learned of hanging makes no sense")
    return tuple(found)


def save_learned(path: Path, learned: Sequence[Learned]) -> None:
    """Raises DiskError."""
    try:
        write_whole(path, learned_text(learned))
    except DiskError as error:
        raise DiskError(say(
            "services", "How you arranged this study cannot be remembered. Check the space and permissions of "
            "{parent}.").format(parent=path.parent)) from error


def learned_text(learned: Sequence[Learned]) -> str:
    return _HEAD + "".join(_block(one) for one in learned)


def _rule(row: Mapping[str, Any]) -> Rule:
    name = str(row.get("name", ""))
    unknown = (set(row) - _RULE_FIELDS) | {key for place in row.get("place", ()) for key in set(place) - _PLACE_FIELDS}
    if unknown:
        raise ValueError(f"{name}: {', '.join(sorted(unknown))} means nothing")
    rows, columns = row["grid"]
    fewest, most = row.get("images", (1, 10**6))
    places = tuple(Place(**place) for place in row.get("place", ()))
    return Rule(name, tuple(row["modalities"]), rows, columns, places, fewest, most, row.get("needs", 0),
                row.get("any_modality", False))


def _block(one: Learned) -> str:
    lines = ["", "[[study]]", f"modalities = {_list(one.modalities)}", f"body_part = {_text(one.body_part)}",
             f"words = {_list(one.words)}", f"grid = [{one.rows}, {one.columns}]"]
    for seen in one.seen:
        lines.append("[[study.viewport]]")
        if seen is None:
            continue
        lines += [f"modality = {_text(seen.modality)}", f"words = {_list(seen.words)}"]
        lines += [f"{name} = {_text(value)}" for name, value in
                  (("laterality", seen.laterality), ("view", seen.view), ("part", seen.part)) if value]
        if seen.window is not None:
            lines.append(f"window = {{ center = {seen.window[0]!r}, width = {seen.window[1]!r} }}")
        if seen.inverted:
            lines.append("inverted = true")
    return "\n".join(lines) + "\n"


def _learned(block: Mapping[str, Any]) -> Learned:
    rows, columns = block["grid"]
    if not (isinstance(rows, int) and isinstance(columns, int) and 1 <= rows <= 4 and 1 <= columns <= 4):
        raise ValueError("no grid")
    seen = tuple(_seen(view) if view else None for view in block.get("viewport", ()))
    return Learned(_words(block["modalities"]), str(block.get("body_part", "")), _words(block.get("words", ())),
                   rows, columns, seen)


def _seen(view: Mapping[str, Any]) -> Seen:
    window = view.get("window")
    values = (float(window["center"]), float(window["width"])) if window is not None else None
    return Seen(str(view["modality"]), _words(view.get("words", ())), str(view.get("laterality", "")),
                str(view.get("view", "")), str(view.get("part", "")), values, bool(view.get("inverted", False)))


def _words(raw: Sequence[object]) -> tuple[str, ...]:
    return tuple(str(word) for word in raw)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")         # JSON's strings are TOML's


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(_text(value) for value in values)}]"
