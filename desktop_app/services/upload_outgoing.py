"""Outgoing: what leaves this machine in place of a file, and under which UIDs the archive will have it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.errors import LightboxError
from desktop_app.core.upload import UploadItem
from desktop_app.core.upload_choices import UploadChoices
from desktop_app.core.words import say, t
from desktop_app.dicomweb.store_body import Source, StreamedFile
from desktop_app.services.upload_zip import Zips

if TYPE_CHECKING:
    from desktop_app.objects.deidentify import Deidentifier

_KEY_BYTES = 32
_MOST_CHANGED = 2**30
_TOO_LARGE = t(
    "services", "The file is too large to take out what names someone, so it was not sent. Send it as it is, or "
    "de-identify it elsewhere.")


class Outgoing:
    """Files as they are, or without what names someone. Its methods may be used from any thread."""

    def __init__(self, choices: UploadChoices = UploadChoices(), key: bytes = b"") -> None:  # noqa: B008
        self.choices = choices
        self._doubts: dict[tuple[str, str], str] = {}
        self._deidentifier: Deidentifier | None = None
        if choices.deidentify is not None:
            from desktop_app.objects.deidentify import Deidentifier

            if len(key) < _KEY_BYTES:
                raise ValueError("no key to de-identify with")
            self._deidentifier = Deidentifier(key, choices.deidentify)

    @property
    def in_memory(self) -> bool:
        """Whether a file is changed, and so held as a whole while it is sent."""
        return self._deidentifier is not None

    def uid(self, uid: str) -> str:
        """Under which UID the archive will have it."""
        return uid if self._deidentifier is None else self._deidentifier.uid(uid)

    def uids(self, item: UploadItem) -> tuple[str, str, str]:
        """Study, series, instance, as the archive will have them."""
        return self.uid(item.study_instance_uid), self.uid(item.series_instance_uid), self.uid(item.sop_instance_uid)

    def body(self, item: UploadItem, zips: Zips) -> Source:
        """What is sent: streamed from where it lies, unless it has to be changed. Raises OSError, ZipTrouble, and
        DamagedDicom for what cannot be de-identified."""
        if self._deidentifier is not None:
            return self.read(item, zips)
        if not item.member:
            return item.path
        return StreamedFile(zips.size(item.path, item.member), lambda: zips.open(item.path, item.member))

    def read(self, item: UploadItem, zips: Zips) -> bytes:
        """The same in memory. Raises LightboxError for what is too large to be changed there."""
        if self._deidentifier is not None and item.size > _MOST_CHANGED:
            raise LightboxError(say("services", _TOO_LARGE))
        data = read_file(item, zips)
        if self._deidentifier is None:
            return data
        return self._deidentifier.file(data, lambda text: self._doubts.__setitem__(item.key, text))

    def doubt(self, item: UploadItem) -> str:
        """Why a file that was de-identified may still name someone, empty when nothing speaks for it."""
        return self._doubts.get(item.key, "")


def read_file(item: UploadItem, zips: Zips) -> bytes:
    """A file's bytes. Raises OSError or ZipTrouble."""
    return zips.read(item.path, item.member) if item.member else item.path.read_bytes()


def load_key(path: Path) -> bytes:
    """The key by which the same UID always becomes the same other one: made once, kept on this machine only.

    Raises OSError when it can neither be read nor written.
    """
    try:
        key = path.read_bytes()
        if len(key) >= _KEY_BYTES:
            return key
        path.replace(path.with_suffix(".broken"))       # cut short: what was made with it cannot be made again
    except FileNotFoundError:
        pass
    key = os.urandom(_KEY_BYTES)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
    return key
