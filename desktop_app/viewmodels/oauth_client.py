"""OAuthClientModel: with which OAuth client the program signs in to Google, and where that came from."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import user_text
from desktop_app.core.words import say
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.settings import SettingsModel

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network
    from desktop_app.services.site_file import OAuthClient


class OAuthClientModel(QObject):
    """The user's own client, else the one that came with the installation. Its secret goes into the keychain."""

    changed = Signal()

    def __init__(
        self,
        network: Network[Backend],
        settings: SettingsModel,
        installed: OAuthClient | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._network, self._settings, self._installed = network, settings, installed
        self.trouble = ""
        self._job = Job(self, self._failed)
        settings.changed.connect(self.changed)

    @property
    def client_id(self) -> str:
        own = self._settings.value.google.client_id
        return self._installed.client_id if self._installed is not None and not own else own

    @property
    def source(self) -> str:
        """Where it came from, for people; how to get one when there is none."""
        if self._installed is not None and (self._installed.is_named or not self._settings.value.google.client_id):
            return (self.tr("From the file that the command line named.") if self._installed.is_named
                    else self.tr("Set up by your administrator."))
        if self._settings.value.google.client_id:
            return self.tr("Your own.")
        from desktop_app.auth.google_sign_in import HOW_TO_MAKE_A_CLIENT

        return say("auth", HOW_TO_MAKE_A_CLIENT)

    def set(self, client_id: str, client_secret: str) -> None:
        """The user's own; an empty ID goes back to the installation's."""
        client_id, client_secret = client_id.strip(), client_secret.strip()
        self.trouble = ""
        if client_id and client_secret:
            self._network.submit(lambda backend: backend.sign_ins.keep_google_client(client_id, client_secret))
        own = replace(self._settings.value.google, client_id=client_id)
        self._settings.change(google=own)
        self.changed.emit()

    def load(self, path: Path) -> None:
        """Takes the client from a file of Google's console; `trouble` says what is wrong with it."""
        self.trouble = ""
        self._job.start(self._load(path))

    async def _load(self, path: Path) -> None:
        client = await self._network.call(lambda _backend: _read_client(path))
        self.set(client.client_id, client.client_secret)

    def _failed(self, error: Exception) -> None:
        self.trouble = user_text(error)
        self.changed.emit()


async def _read_client(path: Path) -> OAuthClient:
    from desktop_app.services.site_file import read_client

    return await asyncio.to_thread(read_client, path)
