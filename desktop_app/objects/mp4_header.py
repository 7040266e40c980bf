"""What the boxes of an MP4 file say (ISO/IEC 14496-12): codec, profile, size, frames. Nothing is decoded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_CONTAINERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})
_MOST_BOXES = 10_000


@dataclass(frozen=True, slots=True)
class Mp4Video:
    """The first video track. `codec` is the sample entry's name (`avc1`, `hvc1` …); profile and level are those of the
    H.264 or H.265 configuration; `seconds` is its length."""

    codec: str
    rows: int
    columns: int
    frames: int
    seconds: float
    profile: int = 0
    level: int = 0

    @property
    def frames_per_second(self) -> float:
        return self.frames / self.seconds if self.seconds else 0.0


class _Track:
    def __init__(self) -> None:
        self.is_video = False
        self.codec, self.rows, self.columns = "", 0, 0
        self.frames, self.timescale, self.duration = 0, 0, 0
        self.profile = self.level = 0


def read_mp4(data: bytes) -> Mp4Video | None:
    """The first video track; None for what is no MP4, or has none."""
    if data[4:8] != b"ftyp":
        return None
    tracks: list[_Track] = []
    for path, body in _boxes(memoryview(data), ()):
        if path[-1] == b"trak":
            tracks.append(_Track())
        if not tracks or b"trak" not in path:
            continue
        _read(tracks[-1], path[-1], bytes(body) if path[-1] not in _CONTAINERS else b"")
    video = next((track for track in tracks if track.is_video and track.codec), None)
    if video is None:
        return None
    seconds = video.duration / video.timescale if video.timescale else 0.0
    return Mp4Video(video.codec, video.rows, video.columns, video.frames, seconds, video.profile, video.level)


def _boxes(data: memoryview, path: tuple[bytes, ...]) -> Iterator[tuple[tuple[bytes, ...], memoryview]]:
    at = count = 0
    while at + 8 <= len(data) and count < _MOST_BOXES:
        size, kind, head = int.from_bytes(data[at:at + 4], "big"), bytes(data[at + 4:at + 8]), 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8:at + 16], "big"), 16
        elif size == 0:
            size = len(data) - at
        if size < head or at + size > len(data):
            return
        body = data[at + head:at + size]
        yield (*path, kind), body
        if kind in _CONTAINERS:
            yield from _boxes(body, (*path, kind))
        at, count = at + size, count + 1


def _read(track: _Track, kind: bytes, body: bytes) -> None:
    if kind == b"hdlr":
        track.is_video = body[8:12] == b"vide"
    elif kind == b"mdhd" and len(body) >= 20:
        wide = body[0] == 1
        at = 20 if wide else 12
        track.timescale = int.from_bytes(body[at:at + 4], "big")
        track.duration = int.from_bytes(body[at + 4:at + (12 if wide else 8)], "big")
    elif kind == b"stsz" and len(body) >= 12:
        track.frames = int.from_bytes(body[8:12], "big")
    elif kind == b"stsd" and len(body) >= 16 + 78:
        entry = body[8:]
        track.codec = entry[4:8].decode("latin-1")
        track.columns, track.rows = int.from_bytes(entry[32:34], "big"), int.from_bytes(entry[34:36], "big")
        _configure(track, entry[86:])


def _configure(track: _Track, rest: bytes) -> None:
    for path, body in _boxes(memoryview(rest), ()):
        if path[-1] == b"avcC" and len(body) >= 4:
            track.profile, track.level = body[1], body[3]
        elif path[-1] == b"hvcC" and len(body) >= 13:
            track.profile, track.level = body[1] & 31, body[12]
