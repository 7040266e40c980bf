"""CodecProcess: one process for codecs that may end it; the program goes on, and the object is named."""

from __future__ import annotations

import logging
import multiprocessing
import threading
from typing import TYPE_CHECKING

import numpy as np

from desktop_app.core import errors
from desktop_app.core.errors import CannotDecode, DamagedDicom, LightboxError
from desktop_app.core.words import say

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from desktop_app.core.frame import Pixels
    from desktop_app.imaging.decode import DicomObject

_log = logging.getLogger(__name__)
_PATIENCE_S = 30.0


class CodecProcess:
    """Started with the first object that needs it. Any thread may ask; one is answered at a time."""

    def __init__(self, patience_s: float = _PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._ended_by: set[str] = set()            # SOP Instance UIDs

    def read_video(self, obj: DicomObject, frame_number: int) -> Pixels:
        """RGB pixels (rows, columns, 3) of a frame of a video. Raises CannotDecode, DamagedDicom.

        An object that ended the process is not tried again.
        """
        key, fmt = obj.instance.sop_instance_uid, obj.pixel_format
        with self._lock:
            if key in self._ended_by:
                raise CannotDecode(say(
                    "services", "Reading this object ended the process that reads videos, so it is left out. "
                    "Open it with another player."))
            try:
                connection = self._connected()
                connection.send((key, obj.transfer_syntax_uid, fmt.rows, fmt.columns, frame_number))
                answer, text = self._answer(connection)
                if answer == "more":
                    connection.send_bytes(obj.video_bytes())
                    answer, text = self._answer(connection)
                if answer == "frame":
                    pixels = np.frombuffer(connection.recv_bytes(), np.uint8)
                    return pixels.reshape(fmt.rows, fmt.columns, 3)
            except (EOFError, OSError, TimeoutError) as error:
                self._end()
                self._ended_by.add(key)
                _log.warning("the codec process ended: %s", type(error).__name__)
                raise DamagedDicom(say(
                    "services", "This object ended the process that reads videos. Everything else goes on; "
                    "the object is left out until the program is started again."),
                                   detail=repr(error)) from error
            except LightboxError:
                self._end()                         # it waits for a stream that will not come
                raise
        kind = getattr(errors, answer, LightboxError)
        raise kind(text)

    def close(self) -> None:
        with self._lock:
            self._end()

    def _answer(self, connection: Connection) -> tuple[str, str]:
        if not connection.poll(self._patience_s):
            raise TimeoutError
        answer, text = connection.recv()
        return str(answer), str(text)

    def _connected(self) -> Connection:
        if self._connection is None or self._process is None or not self._process.is_alive():
            self._end()
            from desktop_app.imaging.video_worker import serve

            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(target=serve, args=(theirs,), name="lightbox-codecs", daemon=True)
            try:
                process.start()
            except (OSError, RuntimeError) as error:
                ours.close()
                raise CannotDecode(say(
                    "services", "Videos are read by a process of their own, which this computer does not let "
                    "start."),
                                   detail=repr(error)) from error
            finally:
                theirs.close()
            self._connection, self._process = ours, process
        return self._connection

    def _end(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.join(0.2)
            if self._process.is_alive():
                self._process.kill()
                self._process.join(2.0)
            self._process.close()
        self._connection = self._process = None
