"""LoadTimes: where the time of loading goes, added up. Counts and seconds only: nothing of any patient."""

from __future__ import annotations

from dataclasses import dataclass, field


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


@dataclass(slots=True)
class LoadTimes:
    """Of one store, since it was connected. Transfers overlap, so that sums are longer than what a person waits."""

    first_byte: Span = field(default_factory=Span)  # of an image, from asking
    transfer: Span = field(default_factory=Span)  # from its first byte to its last
    decode: Span = field(default_factory=Span)  # waiting for a decode thread included

    def fetched(self, began: float, first_byte: float, ended: float) -> None:
        """One image came; moments of one clock, `first_byte` 0 when the answer was empty."""
        first_byte = first_byte or ended
        self.first_byte.add(first_byte - began)
        self.transfer.add(ended - first_byte)

    def report(self) -> str:
        """A line for each, as a person reads it."""
        rows = (("first byte", self.first_byte), ("transfer", self.transfer), ("decode", self.decode))
        return "\n".join(
            f"{name}: {span.count} × {span.mean_ms:.0f} ms (longest {1000 * span.longest_s:.0f} ms)"
            for name, span in rows if span.count
        )
