"""Where the time of loading goes: stages, how often and how long each, and a report of them without any name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.core.sizes import size_text


class Stage(StrEnum):
    """In the order in which an image passes them."""

    SEARCH = "search"              # which series there are
    METADATA = "metadata"          # which images are in them, and what they say of themselves
    FIRST_BYTE = "first byte"      # of an image, from asking
    TRANSFER = "transfer"          # of an image, from its first byte to its last
    DECODE = "decode"              # waiting for a decode thread included
    PAINT = "paint"                # one repaint of one viewport


@dataclass(slots=True)
class Span:
    """How often something was done, how long it took in all, and how long at most (seconds)."""

    count: int = 0
    total_s: float = 0.0
    longest_s: float = 0.0

    def add(self, seconds: float) -> None:
        self.count += 1
        self.total_s += seconds
        self.longest_s = max(self.longest_s, seconds)

    @property
    def mean_ms(self) -> float:
        return 1000 * self.total_s / self.count if self.count else 0.0

    def plus(self, other: Span) -> Span:
        return Span(self.count + other.count, self.total_s + other.total_s, max(self.longest_s, other.longest_s))


@dataclass(frozen=True, slots=True)
class StageTime:
    """One stage as it stood when it was looked at. Times in milliseconds, the sum in seconds."""

    stage: Stage
    count: int
    mean_ms: float
    longest_ms: float
    total_s: float

    @classmethod
    def of(cls, stage: Stage, span: Span) -> StageTime:
        return cls(stage, span.count, span.mean_ms, 1000 * span.longest_s, span.total_s)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """The time of one study (or of all of one archive), and what its archive's queue does.

    Images are fetched and decoded side by side, so that the sums are longer than what a person waits.
    """

    stages: tuple[StageTime, ...] = ()
    in_flight: int = 0
    limit: int = 0
    bytes_per_s: float = 0.0
    bytes_received: int = 0
    retries: int = 0
    waiting: int = 0
    trouble: str = ""

    @property
    def slowest(self) -> Stage | None:
        """The stage with the largest sum; None before anything was measured."""
        return max(self.stages, key=lambda one: one.total_s).stage if self.stages else None

    def text(self) -> str:
        """Lines that can be sent to anyone: counts, times and sizes only."""
        lines = [
            f"{one.stage}: {one.count} × {one.mean_ms:.0f} ms "
            f"(longest {one.longest_ms:.0f} ms, sum {one.total_s:.1f} s)"
            for one in self.stages
        ]
        lines.append(
            f"at once: {self.in_flight} of {self.limit}, rate: {size_text(self.bytes_per_s)}/s, "
            f"repeated: {self.retries}, received: {self.bytes_received} bytes, waiting: {self.waiting}"
        )
        return "\n".join(lines)
