"""Zips: the files inside ZIPs, read without unpacking them anywhere. Passwords are kept in memory only."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

from desktop_app.core.errors import LightboxError
from desktop_app.core.sizes import size_text
from desktop_app.core.words import say, t

_MOST_MEMBERS = 500_000
_SUSPICIOUS_RATIO = 200  # deflate reaches 1032; images seldom 20
_SUSPICIOUS_SIZE = 256 * 2**20
_MOST_IN_MEMORY = 2 * 2**30
_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")

_DAMAGED = t("services", "The ZIP is damaged. Fetch or make it again.")
_LOCKED = t("services", "The ZIP is protected, and no password was given.")
_LEADS_OUT = t("services", "Its name in the ZIP leads out of the ZIP. Such a file is not taken.")
_LINK = t("services", "It is a link to another place. Links are not followed.")
_BOMB = t("services", "It would unpack {} out of {}. That is no image; it is not taken.")
_OVERLAP = t(
    "services", "The files in this ZIP overlap, as in one that was made to fill a disk. Nothing of it is "
    "taken.")
_TOO_MANY = t("services", "The ZIP names more than {:,} files. Nothing of it is taken.")
_TOO_LARGE = t("services", "It holds {} unpacked. Unpack the ZIP and drop the files.")


class ZipTrouble(LightboxError):
    """A ZIP, or a file in it, that cannot be read. `size` in bytes, of the ZIP."""

    def __init__(self, user_text: str, *, size: int = 0) -> None:
        super().__init__(user_text)
        self.size = size


@dataclass(frozen=True, slots=True)
class PasswordNeeded:
    """The ZIP at `path` has a password that is not known. `again`: the one that was given is wrong."""

    path: Path
    again: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """One file in a ZIP. `refusal`: why it is not even looked at; empty when it is. `size` in bytes, unpacked."""

    name: str
    size: int
    refusal: str = ""


@dataclass(slots=True)
class _Opened:
    archive: Any
    infos: dict[str, Any]
    encrypted: Any
    password: bytes | None = None
    declined: bool = False
    tried: bool = False
    lock: Lock = field(default_factory=Lock)


def zip_kind(path: Path) -> bool:
    """Whether a file is a ZIP by its first bytes, whatever its name."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as file:
            return file.read(4) in _SIGNATURES
    except OSError:
        return False


class Zips:
    """The ZIPs of one upload. May be used from several threads."""

    def __init__(self) -> None:
        self._opened: dict[Path, _Opened] = {}
        self._lock = Lock()

    def asks_password(self, path: Path) -> bool:
        """Whether a password is needed that is neither known nor declined. Raises ZipTrouble."""
        zipped = self._open(path)
        return zipped.encrypted is not None and zipped.password is None and not zipped.declined

    def has_tried(self, path: Path) -> bool:
        """Whether a password was given already, which was wrong."""
        return self._open(path).tried

    def give_password(self, path: Path, password: str | None) -> bool:
        """Tries a password; None declines. False when it is wrong."""
        zipped = self._open(path)
        if password is None:
            zipped.declined = True
            return True
        zipped.tried = True
        for coded in dict.fromkeys((password.encode(), password.encode("cp437", "replace"))):
            try:
                with zipped.archive.open(zipped.encrypted, pwd=coded) as file:
                    while file.read(1 << 20):  # to the end: only the check sum tells for sure
                        pass
            except Exception:  # noqa: S112 - a wrong password shows in many ways
                continue
            zipped.password = coded
            return True
        return False

    def members(self, path: Path) -> tuple[Member, ...]:
        """The files of a ZIP. Raises ZipTrouble for one that is damaged or made to do harm."""
        zipped = self._open(path)
        return tuple(
            Member(name, info.file_size, _refusal(name, info, zipped)) for name, info in zipped.infos.items()
        )

    def size(self, path: Path, member: str) -> int:
        """Bytes, unpacked. Raises ZipTrouble when there is no such member."""
        return int(self._info(path, member).file_size)

    @contextmanager
    def open(self, path: Path, member: str) -> Iterator[BinaryIO]:
        """A member's bytes as a stream, never more than the ZIP declared. Raises ZipTrouble."""
        info, zipped = self._info(path, member), self._open(path)
        if refusal := _refusal(member, info, zipped):
            raise ZipTrouble(refusal)
        try:
            with zipped.archive.open(info, pwd=zipped.password) as file:
                yield file
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
            raise ZipTrouble(say("services", _DAMAGED)) from error
        except Exception as error:
            if isinstance(error, LightboxError | OSError) or type(error).__name__ not in _ZIP_ERRORS:
                raise
            raise ZipTrouble(say("services", _DAMAGED)) from error

    def read(self, path: Path, member: str) -> bytes:
        """A member whole. Raises ZipTrouble."""
        size = self.size(path, member)
        if size > _MOST_IN_MEMORY:
            raise ZipTrouble(say("services", _TOO_LARGE).format(size_text(size)))
        with self.open(path, member) as file:
            data = file.read()
        if len(data) != size:
            raise ZipTrouble(say("services", _DAMAGED))
        return data

    def close(self) -> None:
        with self._lock:
            for zipped in self._opened.values():
                zipped.archive.close()
            self._opened.clear()

    def _info(self, path: Path, member: str) -> Any:
        info = self._open(path).infos.get(member)
        if info is None:
            raise ZipTrouble(say("services", "The ZIP does not hold this file any more."))
        return info

    def _open(self, path: Path) -> _Opened:
        with self._lock:
            zipped = self._opened.get(path)
            if zipped is None:
                zipped = self._opened[path] = _open_zip(path)
            return zipped


_ZIP_ERRORS = frozenset({"BadZipFile", "LargeZipFile", "error", "LZMAError", "EOFError"})


def _open_zip(path: Path) -> _Opened:
    import pyzipper  # zipfile that also reads AES

    try:
        size = path.stat().st_size
        archive = pyzipper.AESZipFile(path)
    except FileNotFoundError:
        raise ZipTrouble(say("services", "The file is no longer there.")) from None
    except OSError as error:
        raise ZipTrouble(say(
            "services", "The file cannot be read: {strerror}.").format(
                strerror=error.strerror or say("services", "the disk refused"))) from error
    except Exception as error:  # pyzipper has its own BadZipFile, and broken names raise others
        raise ZipTrouble(say("services", _DAMAGED), size=size) from error
    infos = {info.filename: info for info in archive.infolist() if not info.is_dir()}
    try:
        if len(infos) > _MOST_MEMBERS:
            raise ZipTrouble(say("services", _TOO_MANY).format(_MOST_MEMBERS), size=size)
        if _overlaps(infos.values(), size):
            raise ZipTrouble(say("services", _OVERLAP), size=size)
    except ZipTrouble:
        archive.close()
        raise
    locked = (info for info in infos.values() if info.flag_bits & 1 and not _harm(info.filename, info))
    encrypted = min(locked, key=lambda info: info.file_size or 1 << 60, default=None)
    return _Opened(archive, infos, encrypted)


def _overlaps(infos: Any, size: int) -> bool:
    spans = sorted((info.header_offset, info.header_offset + 30 + info.compress_size) for info in infos)
    ends = [end for _, end in spans]
    within = not ends or ends[-1] <= size
    return not within or any(end > start for end, (start, _) in zip(ends, spans[1:], strict=False))


def _refusal(name: str, info: Any, zipped: _Opened) -> str:
    return _harm(name, info) or (say("services", _LOCKED) if info.flag_bits & 1 and zipped.password is None else "")


def _harm(name: str, info: Any) -> str:
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or not parts[0] or ":" in parts[0] or "\0" in info.orig_filename:
        return say("services", _LEADS_OUT)
    if stat.S_ISLNK(info.external_attr >> 16):
        return say("services", _LINK)
    if info.file_size > _SUSPICIOUS_SIZE and info.file_size > _SUSPICIOUS_RATIO * max(info.compress_size, 1):
        return say("services", _BOMB).format(size_text(info.file_size), size_text(info.compress_size))
    return ""
