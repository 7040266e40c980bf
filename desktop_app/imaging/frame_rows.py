"""What an enhanced object says of each of its frames: where it lies, and what sets it apart (PS3.3 C.7.6.16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pydicom
from pydicom.datadict import dictionary_description, tag_for_keyword

from desktop_app.core.display_set import Stack, stacks_of
from desktop_app.core.slide import WHOLE_SLIDE
from desktop_app.core.study import Instance
from desktop_app.imaging.elements import Elements
from desktop_app.imaging.study_values import declared_frames, instance_of

assert pydicom

_TYPES = ("MRImageFrameTypeSequence", "CTImageFrameTypeSequence", "PETFrameTypeSequence", "XRay3DFrameTypeSequence",
          "ParametricMapFrameTypeSequence")
_SEQUENCES = (
    "FrameContentSequence", "PlanePositionSequence", "PlaneOrientationSequence", "MRDiffusionSequence",
    "MREchoSequence", "CardiacSynchronizationSequence", "RespiratorySynchronizationSequence",
    "TemporalPositionSequence", "ContrastBolusUsageSequence", *_TYPES)
MACROS = frozenset(f"{tag_for_keyword(keyword):08X}" for keyword in _SEQUENCES)
"""The tags of the functional groups that `read_frame_rows` looks into."""

# Dimensions that a row has a field for, or that say no more than where the frame lies.
_KNOWN_DIMENSIONS = frozenset(
    tag_for_keyword(keyword) for keyword in (
        "StackID", "InStackPositionNumber", "ImagePositionPatient", "ImageOrientationPatient", "TemporalPositionIndex",
        "TemporalPositionTimeOffset", "DiffusionBValue", "EffectiveEchoTime", "PlanePositionSequence", "FrameType",
        "SliceLocation", "RowPositionInTotalImagePixelMatrix", "ColumnPositionInTotalImagePixelMatrix"))
_WITHOUT_CONTRAST = {"NO": "no contrast", "YES": "contrast"}
_SAYS_NOTHING = frozenset({"", "NONE"})


def read_frame_rows(elements: Elements) -> tuple[Instance, ...]:
    """One row per frame, in the order of the file; empty where the object does not tell of every frame by itself.

    A frame's `number` and `frame_number` both count from 1; what all frames share is in every row.
    """
    count = declared_frames(elements)
    if count < 2 or elements.text("SOPClassUID") == WHOLE_SLIDE:
        return ()
    frames = elements.items("PerFrameFunctionalGroupsSequence")
    if len(frames) != count:
        return ()
    whole = replace(instance_of(elements), frames=1)
    groups = _Groups(elements.item("SharedFunctionalGroupsSequence"))
    dimensions = _dimensions(elements)
    rows = tuple(_row(whole, groups, frame, number, dimensions) for number, frame in enumerate(frames, start=1))
    return _without_constant_dimensions(rows)


def read_frame_stacks(elements: Elements) -> tuple[Stack, ...]:
    """The stacks that the frames of an enhanced object make; empty where it does not tell of its frames."""
    rows = read_frame_rows(elements)
    return stacks_of(rows, elements.text("Modality")) if rows else ()


@dataclass(frozen=True, slots=True)
class _Dimension:
    place: int                          # among the Dimension Index Values
    words: str


class _Groups:
    """Functional groups of a frame, else those that all frames share, which are looked up only once."""

    def __init__(self, shared: Elements | None) -> None:
        self._shared = shared
        self._numbers: dict[tuple[str, str], tuple[float, ...]] = {}
        self._texts: dict[tuple[str, str], tuple[str, ...]] = {}

    def numbers(self, frame: Elements, sequence: str, keyword: str) -> tuple[float, ...]:
        own = frame.item(sequence) if sequence in frame else None
        found = own.numbers(keyword) if own is not None else ()
        if found or self._shared is None:
            return found
        key = sequence, keyword
        if key not in self._numbers:
            macro = self._shared.item(sequence)
            self._numbers[key] = macro.numbers(keyword) if macro is not None else ()
        return self._numbers[key]

    def number(self, frame: Elements, sequence: str, keyword: str) -> float | None:
        found = self.numbers(frame, sequence, keyword)
        return found[0] if found else None

    def integer(self, frame: Elements, sequence: str, keyword: str) -> int | None:
        found = self.number(frame, sequence, keyword)
        return None if found is None else int(found)

    def texts(self, frame: Elements, sequence: str, keyword: str) -> tuple[str, ...]:
        own = frame.item(sequence) if sequence in frame else None
        found = own.texts(keyword) if own is not None else ()
        if found or self._shared is None:
            return found
        key = sequence, keyword
        if key not in self._texts:
            macro = self._shared.item(sequence)
            self._texts[key] = macro.texts(keyword) if macro is not None else ()
        return self._texts[key]

    def text(self, frame: Elements, sequence: str, keyword: str) -> str:
        found = self.texts(frame, sequence, keyword)
        return found[0] if found else ""


def _row(whole: Instance, groups: _Groups, frame: Elements, number: int, dimensions: Sequence[_Dimension]) -> Instance:
    position = groups.numbers(frame, "PlanePositionSequence", "ImagePositionPatient")
    turned = groups.numbers(frame, "PlaneOrientationSequence", "ImageOrientationPatient")
    indices = groups.numbers(frame, "FrameContentSequence", "DimensionIndexValues") if dimensions else ()
    return replace(
        whole,
        number=number,
        frame_number=number,
        image_position=(position[0], position[1], position[2]) if len(position) == 3 else whole.image_position,
        image_orientation=(turned[0], turned[1], turned[2], turned[3], turned[4], turned[5])
        if len(turned) == 6 else whole.image_orientation,
        image_type=_kind(groups, frame) or whole.image_type,
        acquisition_number=groups.integer(frame, "FrameContentSequence", "FrameAcquisitionNumber"),
        b_value=_b_value(groups, frame),
        echo_time_ms=groups.number(frame, "MREchoSequence", "EffectiveEchoTime"),
        temporal_position=_time(groups, frame),
        trigger_time_ms=_phase(groups, frame),
        stack_id=groups.text(frame, "FrameContentSequence", "StackID"),
        contrast_phase=_contrast(groups, frame),
        dimensions=tuple((one.words, int(indices[one.place])) for one in dimensions if one.place < len(indices)),
    )


def _kind(groups: _Groups, frame: Elements) -> tuple[str, ...]:
    """Frame Type, and of MR the Complex Image Component; from the third value on only what says something."""
    for sequence in _TYPES:
        found = groups.texts(frame, sequence, "FrameType")
        if found:
            component = groups.text(frame, sequence, "ComplexImageComponent")
            return (*found[:2], *(word for word in (*found[2:], component) if word not in _SAYS_NOTHING))
    return ()


def _b_value(groups: _Groups, frame: Elements) -> float | None:
    found = groups.number(frame, "MRDiffusionSequence", "DiffusionBValue")
    if found is None and groups.text(frame, "MRDiffusionSequence", "DiffusionDirectionality") == "NONE":
        return 0.0
    return found


def _time(groups: _Groups, frame: Elements) -> int | None:
    """Which time; where only an offset in seconds is given, its milliseconds, which sort as well."""
    index = groups.integer(frame, "FrameContentSequence", "TemporalPositionIndex")
    if index is not None:
        return index
    offset = groups.number(frame, "TemporalPositionSequence", "TemporalPositionTimeOffset")
    return None if offset is None else round(offset * 1000)


def _phase(groups: _Groups, frame: Elements) -> float | None:
    for sequence, keyword in (
        ("CardiacSynchronizationSequence", "NominalCardiacTriggerDelayTime"),
        ("CardiacSynchronizationSequence", "NominalPercentageOfCardiacPhase"),
        ("RespiratorySynchronizationSequence", "NominalPercentageOfRespiratoryPhase"),
    ):
        found = groups.number(frame, sequence, keyword)
        if found is not None:
            return found
    return None


def _contrast(groups: _Groups, frame: Elements) -> str:
    phase = groups.text(frame, "ContrastBolusUsageSequence", "ContrastBolusAgentPhase")
    given = groups.text(frame, "ContrastBolusUsageSequence", "ContrastBolusAgentAdministered").upper()
    return phase.replace("_", " ").lower() or _WITHOUT_CONTRAST.get(given, "")


def _dimensions(elements: Elements) -> tuple[_Dimension, ...]:
    found = []
    for place, item in enumerate(elements.items("DimensionIndexSequence")):
        pointer = _pointer(item)
        if pointer in _KNOWN_DIMENSIONS:
            continue
        words = item.text("DimensionDescriptionLabel") or _name_of(pointer)
        if words:
            found.append(_Dimension(place, words))
    return tuple(found)


def _pointer(item: Elements) -> int | None:
    """Dimension Index Pointer (0020,9165), a tag as value: read as pydicom gives it."""
    try:
        value = item.dataset.get("DimensionIndexPointer")
        return None if value is None else int(value)
    except (TypeError, ValueError):
        return None


def _name_of(tag: int | None) -> str:
    try:
        return dictionary_description(tag) if tag is not None else ""
    except KeyError:
        return ""


def _without_constant_dimensions(rows: tuple[Instance, ...]) -> tuple[Instance, ...]:
    """A dimension in which all frames are at one place tells none of them apart."""
    fewest = min(len(row.dimensions) for row in rows)
    varied = [at for at in range(fewest) if len({row.dimensions[at] for row in rows}) > 1]
    if len(varied) == fewest and all(len(row.dimensions) == fewest for row in rows):
        return rows
    return tuple(replace(row, dimensions=tuple(row.dimensions[at] for at in varied)) for row in rows)
