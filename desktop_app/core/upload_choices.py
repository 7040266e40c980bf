"""What a person may choose for one upload before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.core.deidentify import DeidentifyChoices


class StorageClass(StrEnum):
    """How Google keeps what is stored (header Storage-Class of its v1beta1 stores)."""

    DEFAULT = ""
    STANDARD = "STANDARD"
    NEARLINE = "NEARLINE"
    COLDLINE = "COLDLINE"
    ARCHIVE = "ARCHIVE"


@dataclass(frozen=True, slots=True)
class UploadChoices:
    """`deidentify` is None for files as they are. `verify`: each one is fetched again and compared. `apart`: they were
    made here, and go as metadata and bytes side by side where the archive prefers that."""

    deidentify: DeidentifyChoices | None = None
    storage_class: StorageClass = StorageClass.DEFAULT
    verify: bool = False
    apart: bool = False

    def as_text(self) -> str:
        """For the journal; empty without any choice."""
        names = self.deidentify.as_text() if self.deidentify is not None else ""
        if self == UploadChoices():
            return ""
        return "|".join(
            (names, self.storage_class.value, "verify" if self.verify else "", "apart" if self.apart else ""))

    @classmethod
    def from_text(cls, text: str) -> UploadChoices:
        """What `as_text` wrote. Raises ValueError for anything else: what was to lose its names is never sent with
        them because a journal could not be understood."""
        if not text:
            return cls()
        names, storage, verify, apart = [*text.split("|"), "", "", ""][:4]
        choices = DeidentifyChoices.from_text(names) if names else None
        if names and choices is None:
            raise ValueError("unknown choices of an upload")
        return cls(choices, StorageClass(storage), verify == "verify", apart == "apart")


def takes_storage_class(store_url: str) -> bool:
    """Only Google's v1beta1 addresses know the header."""
    return "/v1beta1/projects/" in store_url
