"""How requests reach an archive, as a person types it."""

from __future__ import annotations

import pytest

from desktop_app.core.store import Store
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
