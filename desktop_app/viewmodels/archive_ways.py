"""ArchiveWays: what a person typed about how requests reach an archive."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from desktop_app.core.store import Store
from desktop_app.core.store_network import StoreNetwork, header_pairs, is_secret

if TYPE_CHECKING:
    from desktop_app.services.keychain import Secrets


@dataclass(frozen=True, slots=True)
class ArchiveWays:
    """As it was typed. `headers`: lines `Name: value`."""

    ca_file: str = ""
    certificate: str = ""
    certificate_password: str = field(default="", repr=False)
    headers: str = field(default="", repr=False)

    def of(self, store: Store, secrets: Secrets) -> tuple[Store, Secrets]:
        """The store and its secrets with all that. Raises ValueError with a sentence for what is no header."""
        pairs = header_pairs(self.headers.splitlines())
        plain = tuple(f"{name}: {value}" for name, value in pairs if not is_secret(name))
        hidden = [(name, value) for name, value in pairs if is_secret(name)]
        network = StoreNetwork(self.ca_file.strip(), plain, tuple(name for name, _ in hidden))
        return (
            replace(store, certificate=store.certificate or self.certificate.strip(), network=network),
            replace(secrets, certificate_password=self.certificate_password,
                    headers="\n".join(f"{name}: {value}" for name, value in hidden)),
        )
