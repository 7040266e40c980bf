"""ArchiveWays: what a person typed about how requests reach an archive, and its provider."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from desktop_app.core.oidc_ask import OidcAsk
from desktop_app.core.store import SignInKind, Store
from desktop_app.core.store_network import StoreNetwork, header_pairs, is_secret
from desktop_app.core.words import say

if TYPE_CHECKING:
    from desktop_app.services.keychain import Secrets


@dataclass(frozen=True, slots=True)
class ArchiveWays:
    """As it was typed. `headers`: lines `Name: value`. The last three are for OpenID Connect."""

    ca_file: str = ""
    certificate: str = ""
    certificate_password: str = field(default="", repr=False)
    headers: str = field(default="", repr=False)
    scopes: str = ""
    audience: str = ""
    redirect_port: str = ""

    def of(self, store: Store, secrets: Secrets) -> tuple[Store, Secrets]:
        """The store and its secrets with all that. Raises ValueError with a sentence for what cannot be sent."""
        if store.sign_in is SignInKind.OIDC:
            store = self._asking(store)
        pairs = header_pairs(self.headers.splitlines())
        plain = tuple(f"{name}: {value}" for name, value in pairs if not is_secret(name))
        hidden = [(name, value) for name, value in pairs if is_secret(name)]
        network = StoreNetwork(self.ca_file.strip(), plain, tuple(name for name, _ in hidden))
        return (
            replace(store, certificate=store.certificate or self.certificate.strip(), network=network),
            replace(secrets, certificate_password=self.certificate_password,
                    headers="\n".join(f"{name}: {value}" for name, value in hidden)),
        )

    def _asking(self, store: Store) -> Store:
        ask = OidcAsk(" ".join(self.scopes.split()), self.audience.strip())
        ask.check()
        port = self.redirect_port.strip() or "0"
        if not (port.isascii() and port.isdecimal() and int(port) < 65536):
            raise ValueError(say("archives", "The port is a number below 65536, or nothing."))
        return replace(store, ask=ask, redirect_port=int(port))
