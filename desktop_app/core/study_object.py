"""StudyObject: what lies in a study and is no image: reports, presentation states, key images, documents, waveforms."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from desktop_app.core.frame import LookupTable
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.graphics import OverlayPlane, Shutter
from desktop_app.core.presentation_tables import PresentationTables
from desktop_app.core.window import Window

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ObjectHead:
    """What every object says of itself. `moment` is `YYYYMMDDHHMMSS.FFFFFF` as far as known.

    `kind` is the SOP class in words. `is_ours`: written by this program. `warnings` are sentences about what is
    odd in it.
    """

    ref: FrameRef
    sop_class_uid: str = ""
    kind: str = ""
    modality: str = ""
    title: str = ""
    author: str = ""
    moment: str = ""
    is_ours: bool = False
    warnings: tuple[str, ...] = ()


class Shape(StrEnum):
    """Graphic Type (0070,0023), and text."""

    POINT = "POINT"
    MULTIPOINT = "MULTIPOINT"
    POLYLINE = "POLYLINE"
    INTERPOLATED = "INTERPOLATED"
    CIRCLE = "CIRCLE"
    ELLIPSE = "ELLIPSE"
    TEXT = "TEXT"


@dataclass(frozen=True, slots=True)
class Graphic:
    """One drawing of an object on images.

    `points` are (column, row) with the origin at the upper left corner of the first pixel (PS3.3 C.10.5.1.2,
    C.18.6.1.2), or fractions of the displayed area where `in_view`. Without `refs` it belongs to every image of its
    object. `name` is what is measured or drawn, `text` what stands beside it.
    """

    refs: tuple[FrameRef, ...]
    shape: Shape
    points: tuple[Point, ...]
    name: str = ""
    text: str = ""
    filled: bool = False
    in_view: bool = False
    tracking_uid: str = ""
    tracking_id: str = ""


class LineKind(StrEnum):
    HEADING = "heading"
    TEXT = "text"
    VALUE = "value"
    LINK = "link"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One content item of a report, at its depth in the tree. `refs` are the images that it points to."""

    depth: int
    kind: LineKind
    name: str = ""
    text: str = ""
    refs: tuple[FrameRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A structured report as a document (PS3.3 C.17.3): lines in reading order, and what it measured on images."""

    head: ObjectHead
    lines: tuple[ReportLine, ...] = ()
    graphics: tuple[Graphic, ...] = ()
    template: str = ""
    status: str = ""
    replaces: frozenset[str] = frozenset()      # SOP Instance UIDs of predecessor documents


@dataclass(frozen=True, slots=True)
class DisplayedArea:
    """Displayed Area (PS3.3 C.10.4): corners in pixels counted from 1, inclusive. `size_mode` is the standard's."""

    refs: tuple[FrameRef, ...]
    top_left: Point
    bottom_right: Point
    size_mode: str = "SCALE TO FIT"
    magnification: float = 1.0


@dataclass(frozen=True, slots=True)
class VoiChoice:
    """The window of a presentation state for some images; for all where `refs` is empty."""

    refs: tuple[FrameRef, ...]
    window: Window


@dataclass(frozen=True, slots=True)
class VoiTable:
    """The VOI table of a presentation state for some images; for all where `refs` is empty."""

    refs: tuple[FrameRef, ...]
    lut: LookupTable


@dataclass(frozen=True, slots=True)
class Presentation:
    """A softcopy presentation state (PS3.3 A.33): how images are to be shown.

    `rotation` is in quarter turns clockwise and comes after `flip_horizontal`, as in ViewState (PS3.3 C.10.6 has them
    the other way round). `refs` with frame number 0 mean every frame of that image. `planes` are overlays that it
    brings along; of the image's own it shows those of `image_groups` (0x6000 …, C.11.7), all where that is None.
    `rescale` is (slope, intercept).
    """

    head: ObjectHead
    refs: tuple[FrameRef, ...] = ()
    label: str = ""
    windows: tuple[VoiChoice, ...] = ()
    inverted: bool = False
    rotation: int = 0
    flip_horizontal: bool = False
    areas: tuple[DisplayedArea, ...] = ()
    shutter: Shutter | None = None
    graphics: tuple[Graphic, ...] = ()
    voi_tables: tuple[VoiTable, ...] = ()
    modality_lut: LookupTable | None = None
    presentation_lut: LookupTable | None = None
    rescale: tuple[float, float] | None = None
    planes: tuple[OverlayPlane, ...] = ()
    image_groups: frozenset[int] | None = None

    def tables_for(self, ref: FrameRef) -> PresentationTables | None:
        """The tables it brings for an image; None for none."""
        voi = next((one.lut for one in self.voi_tables if not one.refs or is_among(ref, one.refs)), None)
        if voi is None and self.modality_lut is None and self.presentation_lut is None and self.rescale is None:
            return None
        return PresentationTables(self.modality_lut, voi, self.presentation_lut, self.rescale)

    def speaks_of(self, ref: FrameRef) -> bool:
        """Whether it says how this image is to be shown."""
        return is_among(ref, self.refs)

    def window_for(self, ref: FrameRef) -> Window | None:
        return next((one.window for one in self.windows if not one.refs or is_among(ref, one.refs)), None)

    def area_for(self, ref: FrameRef) -> DisplayedArea | None:
        return next((one for one in self.areas if not one.refs or is_among(ref, one.refs)), None)


@dataclass(frozen=True, slots=True)
class KeyImages:
    """A Key Object Selection (PS3.3 A.35.4): which images matter, and why."""

    head: ObjectHead
    refs: tuple[FrameRef, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class PdfDocument:
    """An encapsulated PDF. `page_sizes` are in points (1/72 inch)."""

    head: ObjectHead
    data: bytes = field(repr=False, compare=False, default=b"")
    page_sizes: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class WaveformChannel:
    """One channel: samples in `unit`, NaN where a sample is padding."""

    name: str
    unit: str
    samples: Any = field(repr=False, compare=False, default=None)


@dataclass(frozen=True, slots=True)
class WaveformGroup:
    """Channels that were sampled together (a multiplex group, PS3.3 C.10.9). `frequency_hz` is above zero."""

    label: str
    frequency_hz: float
    channels: tuple[WaveformChannel, ...]

    @property
    def seconds(self) -> float:
        return max((len(channel.samples) for channel in self.channels), default=0) / self.frequency_hz


@dataclass(frozen=True, slots=True)
class Waveforms:
    head: ObjectHead
    groups: tuple[WaveformGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherObject:
    """Anything else: it says what it is, in lines of (name, value)."""

    head: ObjectHead
    facts: tuple[tuple[str, str], ...] = ()


StudyObject = Report | Presentation | KeyImages | PdfDocument | Waveforms | OtherObject


def is_among(ref: FrameRef, refs: tuple[FrameRef, ...]) -> bool:
    """Whether a frame is meant; frame number 0 means every frame of an image."""
    return any(
        one.sop_instance_uid == ref.sop_instance_uid and one.frame_number in (0, ref.frame_number) for one in refs
    )


def is_on(refs: tuple[FrameRef, ...], ref: FrameRef, of: StudyObject) -> bool:
    """Whether what an object draws on `refs` (none: on all that it speaks of) lies on a frame."""
    if not refs:
        return isinstance(of, Presentation) and of.speaks_of(ref)
    return is_among(ref, refs)
