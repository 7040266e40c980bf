"""PresentationTables: the tables that a presentation state brings along, in place of the image's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:                       # it brings numpy, and a view is read back before the first window stands
    from desktop_app.core.frame import Frame, LookupTable


@dataclass(frozen=True, eq=False, slots=True)
class PresentationTables:
    """None where the state has none: then the image's own is used (PS3.3 C.11.1, C.11.2, C.11.6)."""

    modality_lut: LookupTable | None = None
    voi_lut: LookupTable | None = None
    presentation_lut: LookupTable | None = None
    rescale: tuple[float, float] | None = None

    def applied(self, frame: Frame) -> Frame:
        """The grey frame as it is to be shown with them; colour is left alone."""
        if frame.is_colour:
            return frame
        if self.modality_lut is not None:
            values = self.modality_lut.values
            frame = replace(frame, modality_lut=self.modality_lut, slope=1.0, intercept=0.0, mappings=(), mapped_by="",
                            value_range=(float(values.min()), float(values.max())))
        elif self.rescale is not None and self.rescale[0]:
            frame = _rescaled(frame, *self.rescale)
        if self.voi_lut is not None:
            frame = replace(frame, voi_luts=(self.voi_lut,), windows=())
        if self.presentation_lut is not None:
            frame = replace(frame, presentation_lut=self.presentation_lut)
        return frame


def _rescaled(frame: Frame, slope: float, intercept: float) -> Frame:
    """The frame with another line to its values; itself where that is the image's own, in whatever unit it is shown."""
    own = next(((one.slope, one.intercept) for one in frame.mappings if one.is_rescale), (frame.slope, frame.intercept))
    if frame.modality_lut is None and own == (slope, intercept):
        return frame
    if frame.modality_lut is None and frame.slope:
        ends = [(value - frame.intercept) / frame.slope * slope + intercept for value in frame.value_range]
    else:
        ends = [float(value) * slope + intercept for value in (frame.pixels.min(), frame.pixels.max())]
    return replace(frame, modality_lut=None, slope=slope, intercept=intercept, mappings=(), mapped_by="",
                   value_range=(min(ends), max(ends)), facts=replace(frame.facts, unit=""))
