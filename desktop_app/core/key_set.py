"""Keys and mouse buttons: a ready set, what the user changed of it, and which action a key belongs to in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace

MOUSE_TOOLS = ("pan", "zoom", "scroll", "window", "rotate", "magnifier")     # of TOOLS: what a button may do
_MOUSE = "mouse."


@dataclass(frozen=True, slots=True)
class Mouse:
    """What a drag with the middle and right button does (a key of TOOLS), and what the wheel does.

    `wheel` is "scroll" or "zoom"; with Ctrl it does the other. The left button has the active tool.
    """

    middle: str = "pan"
    right: str = "zoom"
    wheel: str = "scroll"


@dataclass(frozen=True, slots=True)
class KeySet:
    """A ready set. `keys` holds the keys of the actions that it names; every other action keeps its own."""

    id: str
    name: str
    keys: tuple[tuple[str, tuple[str, ...]], ...] = ()
    mouse: Mouse = Mouse()


@dataclass(frozen=True, slots=True)
class Claim:
    """An action that has keys of its own, and where it hears them: two with no place in common may share a key."""

    id: str
    places: frozenset[str]
    keys: tuple[str, ...]


def resolved(
    claims: Iterable[Claim], key_set: KeySet, changes: tuple[str, ...], normal: Callable[[str], str]
) -> dict[str, tuple[str, ...]]:
    """The keys of each action.

    The user's come first, then those of the set, then the action's own; a key that is taken by then is not given twice.
    `normal` gives equal keys one spelling.
    """
    claims = tuple(claims)
    known = {claim.id for claim in claims}
    own, ready = key_changes(changes), dict(key_set.keys)
    taken: dict[str, list[frozenset[str]]] = {}
    result: dict[str, tuple[str, ...]] = {}
    layers: tuple[Mapping[str, tuple[str, ...]], ...] = (own, ready, {claim.id: claim.keys for claim in claims})
    for layer in layers:
        for claim in claims:
            if claim.id not in layer or claim.id in result or claim.id not in known:
                continue
            free = []
            for key in layer[claim.id]:
                others = taken.setdefault(normal(key), [])
                if not any(claim.places & places for places in others):
                    others.append(claim.places)
                    free.append(key)
            result[claim.id] = tuple(free)
    return result


def owner(
    claims: Iterable[Claim], keys: Mapping[str, tuple[str, ...]], asking: str, key: str, normal: Callable[[str], str]
) -> str | None:
    """The action that a key belongs to where `asking` would hear it too; None when it is free."""
    claims = tuple(claims)
    places = next((claim.places for claim in claims if claim.id == asking), frozenset())
    for claim in claims:
        if claim.id != asking and claim.places & places and normal(key) in {normal(k) for k in keys.get(claim.id, ())}:
            return claim.id
    return None


# -- what the user changed, as lines of the settings: `tool_length=Shift+L`, `mouse.right=pan` ----------------------


def key_changes(changes: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Action → keys; an action without keys has none any more."""
    lines = (line.partition("=") for line in changes if "=" in line and not line.startswith(_MOUSE))
    return {name: tuple(keys.split()) for name, _, keys in lines}


def with_keys(changes: tuple[str, ...], action: str, keys: tuple[str, ...] | None) -> tuple[str, ...]:
    """The changes with other keys for an action; None for those of the set."""
    rest = tuple(line for line in changes if not line.startswith(f"{action}="))
    return rest if keys is None else (*rest, f"{action}={' '.join(keys)}")


def mouse_of(key_set: KeySet, changes: tuple[str, ...]) -> Mouse:
    """The mouse of the set with the user's changes, as far as they name tools that there are."""
    allowed = {"middle": MOUSE_TOOLS, "right": MOUSE_TOOLS, "wheel": ("scroll", "zoom")}
    lines = (line.removeprefix(_MOUSE).partition("=") for line in changes if line.startswith(_MOUSE))
    chosen = {name: value for name, _, value in lines if value in allowed.get(name, ())}
    return replace(key_set.mouse, **chosen)


def with_mouse(changes: tuple[str, ...], part: str, value: str) -> tuple[str, ...]:
    """The changes with another tool for a button (`middle`, `right`) or another use of the `wheel`."""
    assert part in {field.name for field in fields(Mouse)}
    return (*(line for line in changes if not line.startswith(f"{_MOUSE}{part}=")), f"{_MOUSE}{part}={value}")
