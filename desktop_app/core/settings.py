"""Settings: what the user chose, as one value."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from desktop_app.core.store import Store


@dataclass(frozen=True, slots=True)
class GoogleSettings:
    """How to reach Google. An empty address means Google's own; a private cloud names others.

    `recent` and `pinned` are resource names of DICOM stores, the latest first.
    """

    client_id: str = ""                      # of the OAuth client; its secret lies in the keychain
    quota_project: str = ""                  # whose quota requests count against, if not the client's own
    recent: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    ca_file: str = ""                        # authorities to trust for Google's hosts beside the system's
    resource_manager: str = ""
    healthcare: str = ""
    issuer: str = ""
    authorization: str = ""
    token: str = ""
    revocation: str = ""

    def completed_by(self, given: GoogleSettings) -> GoogleSettings:
        """The same, with what `given` says where nothing is said here."""
        missing: dict[str, Any] = {name: getattr(given, name) for name in _names() if not getattr(self, name)}
        return replace(self, **missing)

    def beside(self, given: GoogleSettings) -> GoogleSettings:
        """What is said here and not by `given`: the inverse of `completed_by`."""
        same: dict[str, Any] = {name: "" for name in _names() if getattr(self, name) == getattr(given, name)}
        return replace(self, **same)


def _names() -> list[str]:
    """The addresses and paths among Google's settings."""
    return [field.name for field in fields(GoogleSettings) if field.default == "" and field.name != "client_id"]


@dataclass(frozen=True, slots=True)
class LoadingSettings:
    """How images are fetched."""

    transfers_at_once: int = 64              # at most, for each archive; how many there are finds itself out
    idle_timeout_s: int = 30                 # of silence, until a transfer counts as broken
    on_hover: bool = False                   # the first images of a study that the pointer rests on


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is remembered between two starts. Holds no secrets."""

    archives: tuple[Store, ...] = ()
    language: str = ""                       # a code of viewmodels/language.py; empty: that of the system
    selected_archive: str = ""               # Store.key
    all_archives: bool = False               # the worklist asks every archive at once
    frame_cache_bytes: int = 0               # 0: a quarter of the memory
    disk_cache_bytes: int = 10 * 10**9       # encrypted images kept on this computer; 0: none
    interpolation: str = "bicubic"           # between pixels: a value of core/interpolation.py
    hang_on_opening: bool = True             # a study is hung by itself as soon as it is listed
    shortcuts: str = "lightbox"              # a file of resources/keys
    shortcut_changes: tuple[str, ...] = ()   # what differs from it: `action=keys`, see core/key_set.py
    keep_secrets: bool = True                # passwords go into the keychain of the system; else they last a session
    lock_after_min: int = 0                  # minutes without input until the screen is locked; 0: never
    show_before_upload: bool = False         # what goes where, and the choices, also for a small drop
    window_places: tuple[str, ...] = ()      # core.window_places: where windows stood on which monitors
    loading: LoadingSettings = LoadingSettings()
    google: GoogleSettings = GoogleSettings()
