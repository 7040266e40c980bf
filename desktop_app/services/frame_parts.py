"""A part of a large instance: some of its frames, as they lie in the disk cache and as they are decoded."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop_app.core.display_set import Stack
from desktop_app.core.errors import CannotDecode, DamagedDicom
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.words import say

if TYPE_CHECKING:
    from desktop_app.core.frame import Frame
    from desktop_app.dicomweb.client import FramePart
    from desktop_app.imaging.decode import DicomObject

_MARK = b"frames 1\n"
_NATIVE = "1.2.840.10008.1.2.1"
_BYTES_PER_ROW = 10 * 2**20  # of a table of contents: nothing of ours is longer


@dataclass(frozen=True, slots=True)
class Header:
    """All that an instance says but its pixels: the JSON of its metadata, and what that only points to."""

    raw: Mapping[str, Any]
    bulk: Mapping[str, bytes]
    common: Any  # the pydicom Dataset of what all frames share
    frame_stacks: tuple[Stack, ...] = ()  # of all frames


@dataclass(frozen=True, slots=True)
class Part:
    """Encoded frames of one instance, by frame number, with the header that explains them."""

    header: DicomObject
    frames: Mapping[int, tuple[str, bytes]]  # transfer syntax UID, bytes

    @property
    def frame_count(self) -> int:
        return len(self.frames)

    @property
    def nbytes(self) -> int:
        return sum(len(data) for _, data in self.frames.values())

    def decode_shown(self, frame_number: int) -> Frame:
        """The frame with what belongs to it. On a decode thread. Raises DicomErrors."""
        from desktop_app.imaging.shown import shown_frame_bytes

        if frame_number not in self.frames:
            raise DamagedDicom(say(
                "services", "This image is missing in what the archive sent. Fetch it again."))
        syntax, data = self.frames[frame_number]
        return shown_frame_bytes(self.header, syntax, data, frame_number)


def pack_frames(frames: Sequence[FramePart]) -> bytes:
    """Frames in one piece, to be read by `open_part`."""
    table = [[frame.number, frame.transfer_syntax_uid, len(frame.data)] for frame in frames]
    return b"".join([_MARK, json.dumps(table).encode(), b"\n", *(frame.data for frame in frames)])


def open_part(data: bytes, header: Header) -> Part:
    """The frames in what `pack_frames` made. On a decode thread.

    Raises DamagedDicom and CannotDecode for frames that are not what the header describes: the instance as a whole
    may still be readable.
    """
    from desktop_app.imaging.codecs import NATIVE, sniff_transfer_syntax
    from desktop_app.imaging.decode import object_from_dataset
    from desktop_app.imaging.json_header import with_frames

    end = data.find(b"\n", len(_MARK), _BYTES_PER_ROW)
    if not data.startswith(_MARK) or end < 0:
        raise DamagedDicom(say("services", "These are no frames."))
    frames: dict[int, tuple[str, bytes]] = {}
    at = end + 1
    for number, syntax, length in json.loads(data[len(_MARK) : end]):
        frames[number] = (syntax, data[at : at + length])
        at += length
    described = object_from_dataset(
        with_frames(header.common, header.raw, frames, header.bulk), frame_stacks=header.frame_stacks)
    fmt = described.pixel_format
    embedded = any(0x60000010 + group in described.dataset and 0x60003000 + group not in described.dataset
                   for group in range(0, 0x200000, 0x20000))  # overlays in unused bits, retired
    if fmt.frame_bits % 8 or fmt.bits_allocated > 16 or embedded:
        raise CannotDecode(say("services", "Frames of this kind are read from the whole object."))
    for number, (syntax, frame) in frames.items():
        found = syntax or sniff_transfer_syntax(frame) or _NATIVE
        if found in NATIVE and not fmt.frame_bytes <= len(frame) <= fmt.frame_bytes + 1:
            raise DamagedDicom(say(
                "services", "Frame {number} has {count} bytes instead of {frame_bytes}.").format(
                    number=number, count=len(frame), frame_bytes=fmt.frame_bytes))
        frames[number] = (found, frame)
    return Part(described, frames)


def make_header(raw: Mapping[str, Any], bulk: Mapping[str, bytes], ref: FrameRef) -> Header:
    """On a decode thread. Raises DamagedDicom for the metadata of another instance, or of none with pixels."""
    from desktop_app.imaging.elements import Elements
    from desktop_app.imaging.frame_rows import MACROS, read_frame_stacks
    from desktop_app.imaging.json_header import dataset_from_json, with_macros

    common = dataset_from_json(raw, bulk)
    elements = Elements(common)
    if elements.text("SOPInstanceUID") != ref.sop_instance_uid or not elements.integer("Rows"):
        raise DamagedDicom(say("services", "The metadata of this object do not describe it."))
    return Header(raw, bulk, common, read_frame_stacks(Elements(with_macros(common, raw, MACROS))))


def pack_header(raw: Mapping[str, Any], bulk: Mapping[str, bytes]) -> bytes:
    """A header in one piece. On a decode thread."""
    return json.dumps([raw, {uri: base64.b64encode(data).decode() for uri, data in bulk.items()}]).encode()


def read_header(data: bytes, ref: FrameRef) -> Header:
    """What `pack_header` made. On a decode thread. Raises DamagedDicom."""
    try:
        raw, bulk = json.loads(data)
        return make_header(raw, {uri: base64.b64decode(text) for uri, text in bulk.items()}, ref)
    except (ValueError, TypeError, AttributeError) as error:
        raise DamagedDicom(say("services", "This header cannot be read.")) from error
