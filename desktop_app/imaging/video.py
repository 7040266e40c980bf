"""Video: single frames of MPEG-2, MPEG-4 and HEVC streams (PS3.5 8.2.6 to 8.2.9), through OpenCV's FFmpeg.

OpenCV is an extra of its own and is imported with the first video. Its reader of streams in memory was seen to end the
process, so it is to be used in a process of its own only (video_worker.py).
"""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from typing import Any

import numpy as np
from pydicom import uid as dicom_uid

from desktop_app.core.errors import CannotDecode, DamagedDicom
from desktop_app.core.frame import Pixels
from desktop_app.core.words import say

_KEPT = 16                  # frames that were passed on the way to another: decode threads ask out of order
_WORTH_A_SEEK = 64          # frames ahead; nearer ones are reached by decoding what lies between


class VideoStream:
    """The frames of one stream. Any thread may ask for any of them; asking in their order is quick."""

    def __init__(self, data: bytes, transfer_syntax_uid: str, rows: int, columns: int) -> None:
        self._data, self._syntax, self._rows, self._columns = data, transfer_syntax_uid, rows, columns
        self._lock = threading.Lock()
        self._capture: Any = None
        self._next = 1
        self._recent: OrderedDict[int, Pixels] = OrderedDict()

    def frame(self, number: int) -> Pixels:
        """RGB (rows, columns, 3) uint8 of a frame, 1-based. Raises CannotDecode without OpenCV, DamagedDicom."""
        with self._lock:
            if number not in self._recent:
                self._reach(number)
            rgb = self._recent[number]
            self._recent.move_to_end(number)
            while len(self._recent) > _KEPT:
                self._recent.popitem(last=False)
            return rgb

    def _reach(self, number: int) -> None:
        if self._capture is None or number < self._next:
            self._open()
            self._seek(number)
        elif number - self._next > _WORTH_A_SEEK:
            self._seek(number)
        while self._next <= number:
            found, bgr = self._capture.read()
            if not found:
                raise DamagedDicom(say(
                    "imaging", "The video ends before frame {number}. Fetch or export it again.").format(
                        number=number),
                                   detail=f"{self._next - 1} frames in {len(self._data)} bytes")
            if bgr.shape != (self._rows, self._columns, 3):
                raise DamagedDicom(say(
                    "imaging", "The object announces {columns} × {rows} pixels, its video has {shape} × "
                    "{shape_2}.").format(
                        columns=self._columns, rows=self._rows, shape=bgr.shape[1], shape_2=bgr.shape[0]))
            if number - self._next < _KEPT:
                self._recent[self._next] = np.ascontiguousarray(bgr[..., ::-1])
            self._next += 1

    def _open(self) -> None:
        try:
            import cv2
        except ImportError as error:
            name = dicom_uid.UID(self._syntax).name
            raise CannotDecode(say(
                "imaging", "This is a video ({name}), and the part of Lightbox that plays videos is not "
                "installed (OpenCV). Install it, or open the video with another player.").format(
                    name=name)) from error
        self._capture = None                # never release(): with a stream in memory it ends the process (OpenCV 5.0)
        open_stream: Any = cv2.VideoCapture
        self._capture = open_stream(io.BytesIO(self._data), cv2.CAP_FFMPEG, [])
        self._next = 1
        if not self._capture.isOpened():
            raise DamagedDicom(say(
                "imaging", "The video cannot be read: its stream is damaged, or of another kind than "
                "announced."),
                               detail=f"transfer syntax {self._syntax}, {len(self._data)} bytes")

    def _seek(self, number: int) -> None:
        """By the container's index where it has one; a bare stream is read from its beginning."""
        import cv2

        if number - self._next <= 1 or self._capture.get(cv2.CAP_PROP_FRAME_COUNT) < number:
            return
        if self._capture.set(cv2.CAP_PROP_POS_FRAMES, number - 1):
            if int(self._capture.get(cv2.CAP_PROP_POS_FRAMES)) == number - 1:
                self._next = number
            else:                                           # it went elsewhere: from the beginning then
                self._open()
