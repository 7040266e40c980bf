"""Interpolation: how the values between two pixels are found when an image is shown larger or smaller."""

from __future__ import annotations

from enum import StrEnum

_SEGMENTATIONS = ("1.2.840.10008.5.1.4.1.1.66.4", "1.2.840.10008.5.1.4.1.1.66.7")


class Interpolation(StrEnum):
    """What is between two pixels: the nearer one, a line, a cubic (Keys), a windowed sinc of three lobes."""

    NEAREST = "nearest"
    BILINEAR = "bilinear"
    BICUBIC = "bicubic"
    LANCZOS = "lanczos"

    @property
    def is_fine(self) -> bool:
        """Whether it takes longer than a repaint may."""
        return self in (Interpolation.BICUBIC, Interpolation.LANCZOS)


def interpolation_for(sop_class_uid: str, wish: Interpolation) -> Interpolation:
    """The wish, but never anything between two labels: half of segment 1 and segment 3 is not segment 2."""
    return Interpolation.NEAREST if sop_class_uid in _SEGMENTATIONS else wish
