"""Whose key it is: the user's wish before the ready set, the set before the action's own."""

from __future__ import annotations

from desktop_app.core.key_set import (
    Claim,
    KeySet,
    Mouse,
    key_changes,
    mouse_of,
    owner,
    resolved,
    with_keys,
    with_mouse,
)

VIEWER, TABLE, BOTH = frozenset({"viewer"}), frozenset({"table"}), frozenset({"viewer", "table"})
CLAIMS = (
    Claim("length", VIEWER, ("L",)),
    Claim("turn", VIEWER, ("Ctrl+L",)),
    Claim("open", TABLE, ("Return",)),
    Claim("alone", VIEWER, ("Return",)),
    Claim("quit", BOTH, ("Ctrl+Q",)),
)
OTHER = KeySet("other", "Other", (("turn", ("L",)), ("gone", ("X",))))


def test_a_set_takes_keys_from_actions_that_it_does_not_name() -> None:
    keys = resolved(CLAIMS, OTHER, (), str)
    assert (keys["turn"], keys["length"]) == (("L",), ())
    assert (keys["open"], keys["alone"]) == (("Return",), ("Return",)), "no place in common: both have it"
    assert "gone" not in keys


def test_the_users_wish_comes_first() -> None:
    keys = resolved(CLAIMS, OTHER, ("length=L Shift+L", "quit="), str)
    assert (keys["length"], keys["turn"], keys["quit"]) == (("L", "Shift+L"), (), ())


def test_whose_key_it_is() -> None:
    keys = resolved(CLAIMS, KeySet("", ""), (), str)
    assert owner(CLAIMS, keys, "turn", "L", str) == "length"
    assert owner(CLAIMS, keys, "length", "L", str) is None, "its own"
    assert owner(CLAIMS, keys, "open", "Ctrl+Q", str) == "quit"
    assert owner(CLAIMS, keys, "length", "Return", str) == "alone"


def test_changes_are_lines_that_can_be_read() -> None:
    changes = with_keys(with_mouse((), "right", "pan"), "fit", ("=", "Ctrl+F"))
    assert changes == ("mouse.right=pan", "fit== Ctrl+F")
    assert key_changes(changes) == {"fit": ("=", "Ctrl+F")}
    assert with_keys(changes, "fit", None) == ("mouse.right=pan",)
    assert with_mouse(changes, "right", "scroll") == ("fit== Ctrl+F", "mouse.right=scroll")


def test_a_mouse_of_nonsense_is_that_of_the_set() -> None:
    assert mouse_of(OTHER, ("mouse.right=juggle", "mouse.left=pan", "mouse.middle=scroll", "mouse.wheel=")) == Mouse(
        middle="scroll")
