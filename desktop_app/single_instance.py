"""One program for each user: a second start hands over what it was asked to show, and ends.

The two speak through a local socket in the user's own runtime folder (a named pipe on Windows), which nobody else may
open. What comes through it is checked as if a stranger had written it.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer

from desktop_app.core.open_request import OpenRequest, from_message, to_message

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalSocket

_PATIENCE_MS = 2000
_MOST_BYTES = 128 * 1024
_TAKEN = b"taken\n"


def socket_name(data: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Where the program of this user and this data folder listens; empty if there is no place that is safe."""
    own = hashlib.sha256(str(data.absolute()).encode()).hexdigest()[:16]
    if sys.platform == "win32":
        return f"lightbox-{own}"
    folder = _private_folder(environment)
    return str(folder / f"lightbox-{own}.sock") if folder is not None else ""


def _private_folder(environment: Mapping[str, str]) -> Path | None:
    """A folder that belongs to this user and that nobody else may enter."""
    given = environment.get("XDG_RUNTIME_DIR", "")
    candidates = [Path(given)] if given else []
    candidates.append(Path(tempfile.gettempdir()) / f"lightbox-{os.getuid()}")
    for folder in candidates:
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            facts = folder.lstat()
        except OSError:
            continue
        if stat.S_ISDIR(facts.st_mode) and facts.st_uid == os.getuid() and not facts.st_mode & 0o077:
            return folder
    return None


def hand_over(name: str, request: OpenRequest) -> bool:
    """Whether a running program took the request. Blocking, for at most a few seconds; before any window stands."""
    if not name or not _is_ours(name):
        return False
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.write(to_message(request))
    answer = b""
    while not answer.endswith(b"\n") and socket.waitForReadyRead(_PATIENCE_MS):
        answer += bytes(socket.readAll().data())
    socket.disconnectFromServer()
    return answer == _TAKEN


def _is_ours(name: str) -> bool:
    """Nothing is told to a socket that somebody else put there."""
    if sys.platform == "win32":
        return True
    try:
        facts = os.lstat(name)
    except OSError:
        return False
    return stat.S_ISSOCK(facts.st_mode) and facts.st_uid == os.getuid()


class Instance(QObject):
    """The one that listens. `take` gets each request that makes sense."""

    def __init__(self, name: str, take: Callable[[OpenRequest], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        from PySide6.QtNetwork import QLocalServer

        self._name, self._take = name, take
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)
        self._heard: dict[QLocalSocket, bytes] = {}

    def listen(self) -> bool:
        """Whether it listens now. A socket that a killed program left behind is taken away."""
        if not self._name:
            return False
        return self._server.listen(self._name) or (
            self._server.removeServer(self._name) and self._server.listen(self._name))

    def close(self) -> None:
        """Nothing is heard any more."""
        self._server.close()
        sockets, self._heard = list(self._heard), {}
        for socket in sockets:
            socket.disconnected.disconnect(self._forget)
            socket.abort()

    def _accept(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._heard[socket] = b""
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(self._forget)
            if socket.bytesAvailable():
                socket.readyRead.emit()

    def _read(self) -> None:
        socket = cast("QLocalSocket", self.sender())
        if socket not in self._heard:
            return
        heard = self._heard[socket] = self._heard[socket] + bytes(socket.readAll().data())
        if len(heard) > _MOST_BYTES:
            self._refuse(socket)
        elif heard.endswith(b"\n"):
            try:
                request = from_message(heard)
            except (ValueError, RecursionError):
                self._refuse(socket)
                return
            socket.write(_TAKEN)
            socket.flush()
            self._take(request)

    def _refuse(self, socket: QLocalSocket) -> None:
        """Hangs up, once Qt is done with telling that something came."""
        del self._heard[socket]
        QTimer.singleShot(0, socket.abort)

    def _forget(self) -> None:
        socket = cast("QLocalSocket", self.sender())
        self._heard.pop(socket, None)
        socket.deleteLater()
