"""Fragments: which bytes of encapsulated pixel data belong to which frame (PS3.5 A.4)."""

from __future__ import annotations

import struct
from bisect import bisect_left
from dataclasses import dataclass

from desktop_app.core.errors import DamagedDicom
from desktop_app.core.words import say
from desktop_app.imaging.source import Source

_ITEM, _DELIMITER = b"\xfe\xff\x00\xe0", b"\xfe\xff\xdd\xe0"
_STARTS = (
    b"\xff\xd8\xff",                # JPEG and JPEG-LS
    b"\xff\x4f\xff\x51",            # JPEG 2000, HTJ2K
    b"\x00\x00\x00\x0cjP  ",        # JP2
    b"\xff\x0a",                    # JPEG XL
    b"\x00\x00\x00\x0cJXL ",        # JPEG XL in its container
)
_LONGEST_START = 12

Extent = tuple[int, int]            # offset in the source, length


@dataclass(frozen=True, slots=True)
class Fragments:
    """The items of encapsulated pixel data, the offset tables, and whether the end was reached.

    `offsets` (Basic or Extended Offset Table) count from the first byte of the first fragment's item tag.
    """

    base: int
    items: tuple[Extent, ...]
    offsets: tuple[int, ...] = ()
    lengths: tuple[int, ...] = ()
    cut_off: bool = False


def scan_fragments(source: Source, offset: int, *, extended_offsets: bytes = b"",
                   extended_lengths: bytes = b"") -> Fragments:
    """Walks the items from `offset`, the first byte after the header of the Pixel Data element.

    Walks by the lengths of the items only, so that a delimiter inside a codestream does no harm. Items that run over
    the end are kept as far as they go. Raises DamagedDicom where there is not a single item.
    """
    items: list[Extent] = []
    position, cut_off = offset, True
    while position + 8 <= source.size:
        head = source.read(position, 8)
        (length,) = struct.unpack_from("<I", head, 4)
        if head[:4] == _DELIMITER:
            cut_off = False
            break
        if head[:4] != _ITEM:
            break
        start = position + 8
        available = source.size - start
        if length > available:
            length = max(0, available)
            items.append((start, length))
            break
        items.append((start, length))
        position = start + length
    if not items:
        raise DamagedDicom(say(
            "imaging", "The compressed pixel data is cut off at its beginning. Fetch or export it again."))
    table, fragments = items[0], items[1:]
    base = table[0] + table[1]
    if extended_offsets:
        offsets, lengths = _words(extended_offsets, "Q"), _words(extended_lengths, "Q")
    else:
        offsets, lengths = _words(source.read(*table), "I"), ()
    return Fragments(base, tuple(fragments), offsets, lengths, cut_off)


def frames_of(fragments: Fragments, frame_count: int, source: Source) -> tuple[tuple[Extent, ...], ...]:
    """The extents of each frame, in order; fewer than `frame_count` where fragments are missing at the end.

    One frame takes all fragments, as many fragments as frames take one each. Else the offset tables decide where
    they point at items, else the magic bytes with which a codestream starts. Raises DamagedDicom where none helps.
    """
    items = fragments.items
    if not items:
        raise DamagedDicom(say(
            "imaging", "The compressed pixel data holds no fragments. Fetch or export it again."))
    if frame_count == 1:
        return (items,)
    if len(items) == frame_count:
        return tuple((item,) for item in items)
    by_table = _by_offset_table(fragments, frame_count)
    if by_table:
        return by_table
    if len(items) < frame_count:
        return tuple((item,) for item in items)             # cut off: one fragment for each frame that is there
    starts = [index for index, item in enumerate(items)
              if source.read(item[0], min(item[1], _LONGEST_START)).startswith(_STARTS)]
    if starts and starts[0] == 0 and len(starts) <= frame_count:
        return tuple(items[begin:end] for begin, end in zip(starts, [*starts[1:], len(items)], strict=True))
    raise DamagedDicom(say(
        "imaging", "The {frame_count} frames cannot be told apart in {count} fragments of compressed data. "
        "Export the object again with an offset table.").format(frame_count=frame_count, count=len(items)))


def _by_offset_table(fragments: Fragments, frame_count: int) -> tuple[tuple[Extent, ...], ...]:
    offsets, items = fragments.offsets, fragments.items
    if len(offsets) != frame_count or list(offsets) != sorted(set(offsets)):
        return ()
    heads = [item[0] - 8 - fragments.base for item in items]
    starts = [bisect_left(heads, offset) for offset in offsets]
    if any(index >= len(heads) or heads[index] != offset for index, offset in zip(starts, offsets, strict=True)):
        return ()
    frames = [items[begin:end] for begin, end in zip(starts, [*starts[1:], len(items)], strict=True)]
    if len(fragments.lengths) == frame_count:
        frames = [_trimmed(frame, length) for frame, length in zip(frames, fragments.lengths, strict=True)]
    return tuple(frames)


def _trimmed(frame: tuple[Extent, ...], length: int) -> tuple[Extent, ...]:
    if len(frame) == 1 and 0 < length <= frame[0][1]:
        return ((frame[0][0], length),)
    return frame


def _words(data: bytes, code: str) -> tuple[int, ...]:
    size = struct.calcsize(code)
    return struct.unpack_from(f"<{len(data) // size}{code}", data) if len(data) >= size else ()
