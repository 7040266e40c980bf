"""Policy: what an administrator allows at this workplace, and which settings are laid down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from desktop_app.core.settings import Settings
from desktop_app.core.words import say

SettingValue = bool | int | str
LaidDown = tuple[tuple[str, SettingValue], ...]

# archives.toml has words of its own for them
_NOT_LAID_DOWN = ("archives", "selected_archive", "all_archives", "google")


@dataclass(frozen=True, slots=True)
class Policy:
    """`defaults` hold until the user chooses; `locked` settings cannot be changed. `update_address`: where the newest
    version is told, or nothing: without it the program asks nobody. `update_authorities`: a PEM file of whom to trust
    there beside the system's. `update_at_start`: also without being asked to."""

    may_cache: bool = True
    may_export: bool = True
    may_upload: bool = True
    may_delete: bool = True
    may_save_audit: bool = True
    update_address: str = ""
    update_authorities: str = ""
    update_at_start: bool = False
    defaults: LaidDown = ()
    locked: LaidDown = ()

    def first_settings(self) -> Settings:
        """Those of a user who has chosen nothing yet."""
        return replace(Settings(), **dict(self.defaults))  # type: ignore[arg-type]  # checked by `checked_settings`

    def apply(self, settings: Settings) -> Settings:
        """What is in force of what a user chose."""
        laid_down = dict(self.locked)
        if not self.may_cache:
            laid_down["disk_cache_bytes"] = 0
        return replace(settings, **laid_down)  # type: ignore[arg-type]

    def is_locked(self, setting: str) -> bool:
        return setting in dict(self.locked) or (setting == "disk_cache_bytes" and not self.may_cache)

    @property
    def export_refusal(self) -> str:
        """Why nothing may be exported, or nothing."""
        return "" if self.may_export else say(
            "core", "The administrator of this workplace has switched exporting off.")

    @property
    def upload_refusal(self) -> str:
        return "" if self.may_upload else say(
            "core", "The administrator of this workplace has switched uploading off.")

    @property
    def delete_refusal(self) -> str:
        return "" if self.may_delete else say(
            "core", "The administrator of this workplace has switched deleting off.")

    @property
    def audit_refusal(self) -> str:
        return "" if self.may_save_audit else say(
            "core", "The administrator of this workplace keeps the record of what was done.")


NOTHING_ALLOWED = Policy(may_cache=False, may_export=False, may_upload=False, may_delete=False, may_save_audit=False)


def checked_settings(values: Mapping[str, object]) -> LaidDown:
    """The values when each is a setting and of its kind. Raises ValueError with what is wrong with the first that is
    not."""
    kinds = {entry.name: type(getattr(Settings(), entry.name)) for entry in fields(Settings)}
    found: list[tuple[str, SettingValue]] = []
    for name, value in values.items():
        if name not in kinds or name in _NOT_LAID_DOWN:
            raise ValueError(f"there is no setting “{name}” to lay down")
        if type(value) is not kinds[name] or not isinstance(value, (bool, int, str)):
            raise ValueError(f"the setting “{name}” needs a value of the kind {kinds[name].__name__}")
        found.append((name, value))
    return tuple(found)
