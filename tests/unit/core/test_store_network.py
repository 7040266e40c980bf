"""Headers of an archive, as they are typed."""

from __future__ import annotations

import pytest

from desktop_app.core.store_network import StoreNetwork, header_pairs, is_secret


def test_lines_become_pairs() -> None:
    network = StoreNetwork(headers=("X-Department:  Radiology ", "", "x-routing: a:b"))
    assert network.header_pairs == (("X-Department", "Radiology"), ("x-routing", "a:b"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no colon", "Name: value"), (": value", "Name: value"), ("X-Empty:", "Name: value"),
        ("X-Two: one\r\nX-Evil: two", "Name: value"), ("X Space: v", "Name: value"), ("X-Umlaut: ä", "Name: value"),
        ("Authorization: Bearer x", "signing in"), ("cookie: a=b", "signing in"),
        ("Host: elsewhere", "itself"), ("Content-Length: 3", "itself"),
    ],
)
def test_what_is_no_header_is_said(line: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        header_pairs([line])


def test_each_header_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        header_pairs(["X-A: 1", "x-a: 2"])


def test_a_provider_is_trusted_alike_but_told_nothing() -> None:
    network = StoreNetwork("/etc/ca.pem", ("X-A: 1",), ("X-Api-Key",))
    assert network.for_sign_in == StoreNetwork("/etc/ca.pem")


@pytest.mark.parametrize(("name", "secret"), [("X-Api-Key", True), ("X-Access-Token", True), ("X-Tenant", False)])
def test_names_that_hide_something(name: str, secret: bool) -> None:
    assert is_secret(name) is secret
