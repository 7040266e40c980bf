"""References: which image is meant. Evidence sequences tell the series of each instance (PS3.3 C.17.2)."""

from __future__ import annotations

import pydicom

from desktop_app.core.frame_ref import FrameRef
from desktop_app.objects.attributes import Level, items, numbers, text

assert pydicom


class Evidence:
    """Finds study and series of an instance that an object mentions by its UID only."""

    def __init__(self, dataset: Level) -> None:
        self._study = text(dataset, "StudyInstanceUID")
        self._places: dict[str, tuple[str, str]] = {}
        for keyword in ("CurrentRequestedProcedureEvidenceSequence", "PertinentOtherEvidenceSequence",
                        "StudiesContainingOtherReferencedInstancesSequence"):
            for study in items(dataset, keyword):
                for series in items(study, "ReferencedSeriesSequence"):
                    self._note(text(study, "StudyInstanceUID") or self._study, series)
        for series in items(dataset, "ReferencedSeriesSequence"):
            self._note(self._study, series)

    def _note(self, study: str, series: Level) -> None:
        for keyword in ("ReferencedSOPSequence", "ReferencedImageSequence", "ReferencedInstanceSequence"):
            for item in items(series, keyword):
                self._places[text(item, "ReferencedSOPInstanceUID")] = (study, text(series, "SeriesInstanceUID"))

    def refs(self, item: Level, *, every_frame: int = 1) -> tuple[FrameRef, ...]:
        """The frames that one item of a Referenced SOP (or Image) Sequence means.

        `every_frame` is the number that stands for an image without frame numbers. Series UID is empty when the object
        does not say.
        """
        uid = text(item, "ReferencedSOPInstanceUID")
        if not uid:
            return ()
        study, series = self._places.get(uid, (self._study, ""))
        frames = [int(one) for one in numbers(item, "ReferencedFrameNumber") if one >= 1] or [every_frame]
        return tuple(FrameRef(study, series, uid, frame) for frame in frames)
