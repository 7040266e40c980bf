"""How requests reach an archive, as a person types it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.core.oidc_ask import OidcAsk
from desktop_app.core.store import SignInKind, Store
from desktop_app.core.store_network import StoreNetwork
from desktop_app.services.keychain import Secrets
from desktop_app.viewmodels.archive_ways import ArchiveWays

STORE = Store.parse("https://archive.example/dicom-web")


def test_keys_go_to_the_secrets_and_the_rest_to_the_settings() -> None:
    ways = ArchiveWays(" /etc/ca.pem ", "/me.p12", "pw", "X-Tenant: one\n\nX-Api-Key: k3y\n")
    store, secrets = ways.of(STORE, Secrets(user="reader"))
    assert store.network == StoreNetwork("/etc/ca.pem", ("X-Tenant: one",), ("X-Api-Key",))
    assert store.certificate == "/me.p12" and "k3y" not in repr((store, secrets, ways))
    assert secrets == Secrets(user="reader", certificate_password="pw", headers="X-Api-Key: k3y")


def test_nothing_typed_changes_nothing() -> None:
    assert ArchiveWays().of(STORE, Secrets()) == (STORE, Secrets())


def test_what_is_no_header_is_said() -> None:
    with pytest.raises(ValueError, match="Name: value"):
        ArchiveWays(headers="nonsense").of(STORE, Secrets())


def test_what_a_provider_is_asked_for_belongs_to_openid_connect() -> None:
    ways = ArchiveWays(scopes=" a  b ", audience=" https://x ", redirect_port="8404")
    store, _ = ways.of(replace(STORE, sign_in=SignInKind.OIDC), Secrets())
    assert (store.ask, store.redirect_port) == (OidcAsk("a b", "https://x"), 8404)
    assert ways.of(STORE, Secrets())[0] == STORE


@pytest.mark.parametrize("port", ["70000", "x", "-1", "²"])
def test_what_is_no_port_is_said(port: str) -> None:
    with pytest.raises(ValueError, match="below 65536"):
        ArchiveWays(redirect_port=port).of(replace(STORE, sign_in=SignInKind.OIDC), Secrets())
