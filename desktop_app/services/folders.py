"""Where the program keeps its things: the system's own places, or one folder that the user names."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Folders:
    """`data` outlives everything, `config` holds settings, `state` holds logs, `cache` may be removed at any time.

    All are private to the user.
    """

    data: Path
    config: Path
    state: Path
    cache: Path

    @classmethod
    def of_user(cls) -> Folders:
        """The system's places, or everything below $LIGHTBOX_HOME."""
        home = os.environ.get("LIGHTBOX_HOME")
        if home:
            return cls.below(Path(home))
        import platformdirs

        dirs = platformdirs.PlatformDirs("lightbox", appauthor=False)
        return cls(Path(dirs.user_data_dir), Path(dirs.user_config_dir), Path(dirs.user_state_dir),
                   Path(dirs.user_cache_dir))

    @classmethod
    def below(cls, folder: Path) -> Folders:
        return cls(folder / "data", folder / "config", folder / "state", folder / "cache")

    @property
    def archive(self) -> Path:
        return self.data / "archive"

    @property
    def uploads(self) -> Path:
        """The journal of uploads."""
        return self.data / "uploads.sqlite"

    @property
    def audit(self) -> Path:
        """services.audit.Audit: what was opened, exported, sent and deleted."""
        return self.data / "audit.jsonl"

    @property
    def keys(self) -> Path:
        """services.cache_key.KeyFiles: used where there is no keychain."""
        return self.config / "keys"

    @property
    def session(self) -> Path:
        """What was drawn and arranged, encrypted."""
        return self.data / "session.lbx"

    @property
    def deidentify_key(self) -> Path:
        """By what UIDs and patients are replaced: without it nobody can tell which was which."""
        return self.data / "deidentify.key"

    @property
    def made(self) -> Path:
        """DICOM objects that were made of other files, until they are in their archive."""
        return self.data / "made"

    @property
    def decoding(self) -> Path:
        """What is being decoded, and what is left out because decoding it ended the program."""
        return self.data / "decoding"

    @property
    def work(self) -> Path:
        """Readers' work that an archive has not taken yet."""
        return self.data / "work"

    @property
    def images(self) -> Path:
        """The disk cache: encrypted instances."""
        return self.cache / "images"

    @property
    def crashes(self) -> Path:
        """services.crash_reports.CrashReports: where in the program it was when it ended badly."""
        return self.state / "crashes"

    @property
    def settings(self) -> Path:
        return self.config / "settings.json"

    @property
    def indexes(self) -> Path:
        """The indexes of folders that were opened as archives."""
        return self.cache / "folders"

    @property
    def hanging(self) -> Path:
        """How studies were arranged, as readable text."""
        return self.config / "hanging-learned.toml"

    @property
    def dialects(self) -> Path:
        """What the archives turned out to accept."""
        return self.config / "archives.json"

    def make(self) -> None:
        """Makes what is missing, readable by nobody else."""
        for folder in (self.data, self.config, self.state, self.cache):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def private_folder(folder: Path) -> None:
    """Makes it, and what is missing above it, for this user alone. Raises OSError."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
