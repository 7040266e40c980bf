"""Window: VOI window centre and width (PS3.3 C.11.2)."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop_app.core.words import say

MIN_WIDTH = 1.0             # of LINEAR, PS3.3 C.11.2.1.2.1
_MIN_EXACT_WIDTH = 1e-6     # of the others: above zero


class VoiFunction(StrEnum):
    """VOI LUT Function (0028,1056)."""

    LINEAR = "LINEAR"
    LINEAR_EXACT = "LINEAR_EXACT"
    SIGMOID = "SIGMOID"


@dataclass(frozen=True, slots=True)
class Window:
    """A window in modality values (HU, SUV …)."""

    center: float
    width: float
    function: VoiFunction = VoiFunction.LINEAR
    explanation: str = ""

    def __post_init__(self) -> None:
        if not (math.isfinite(self.center) and math.isfinite(self.width)):
            raise ValueError("a window needs finite numbers")

    @classmethod
    def of_range(cls, low: float, high: float) -> Window:
        """The window that shows every value of low … high (both inclusive) without clipping.

        Whole numbers get a LINEAR window; others a LINEAR_EXACT one, which can be narrower than 1.
        """
        if float(low).is_integer() and float(high).is_integer():
            return cls(center=(low + high + 1) / 2, width=max(high - low + 1, MIN_WIDTH),
                       explanation=say("core", "Full range"))
        width = max(high - low, _MIN_EXACT_WIDTH)
        return cls((low + high) / 2, width, VoiFunction.LINEAR_EXACT, explanation=say("core", "Full range"))

    @property
    def min_width(self) -> float:
        """The narrowest width that the function allows."""
        return MIN_WIDTH if self.function is VoiFunction.LINEAR else _MIN_EXACT_WIDTH

    def dragged(self, right_px: float, down_px: float) -> Window:
        """The window after a drag: right widens, down raises the centre (darker), in proportion to the width."""
        gain = max(self.width, self.min_width) / 256
        width = max(self.min_width, self.width + right_px * gain)
        return replace(self, center=self.center + down_px * gain, width=width, explanation="")
