"""The other end of a codec process: reads videos, so that what a stream does to the codec ends that process only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.core.errors import DicomError, LightboxError
from desktop_app.imaging.video import VideoStream

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_STREAMS = 2        # kept open, so that two viewports may play


def serve(connection: Connection) -> None:
    """Answers until the connection is closed.

    Asks are (key, transfer syntax, rows, columns, number) and are answered with (rows, columns) and the bytes of the
    RGB frame, with "more" where the stream of that key is to be sent, or with an error's class and sentence.
    """
    streams: dict[str, VideoStream] = {}
    while True:
        try:
            key, syntax, rows, columns, number = connection.recv()
        except (EOFError, OSError):
            return
        try:
            if key not in streams:
                connection.send(("more", ""))
                while len(streams) >= _STREAMS:
                    del streams[next(iter(streams))]
                streams[key] = VideoStream(connection.recv_bytes(), syntax, rows, columns)
            stream = streams[key] = streams.pop(key)
            pixels = stream.frame(number)
        except DicomError as error:
            connection.send((type(error).__name__, error.user_text))
        except MemoryError:
            connection.send(("LightboxError", LightboxError.default_text))
        else:
            connection.send(("frame", ""))
            connection.send_bytes(pixels.tobytes())
