"""A line and a server as numbers: what LaneLimit meets, without time passing."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from desktop_app.services.lane_limit import LaneLimit


@dataclass
class Line:
    """`latency_s` before the first byte of each transfer, `bytes_per_s` shared fairly by those that flow.

    More than `most` at once are refused (429) after the latency.
    """

    latency_s: float
    bytes_per_s: float
    most: int = 1000
    jitter: tuple[float, ...] = (1.0,)
    now: float = 0.0
    values: list[int] = field(default_factory=list)
    refused: int = 0

    def carry(self, limit: LaneLimit, count: int, nbytes: int) -> float:
        """Carries `count` transfers under the limit; returns the seconds that it took."""
        start, left, number = self.now, count, 0
        flowing: list[list[float]] = []                 # [began, first byte at, bytes left]

        def fill() -> None:
            nonlocal left, number
            while left and len(flowing) < limit.value:
                latency = self.latency_s * self.jitter[number % len(self.jitter)]
                flowing.append([self.now, self.now + latency, float(nbytes)])
                limit.began(self.now)
                left, number = left - 1, number + 1

        fill()
        while left or flowing:
            active = [item for item in flowing if item[1] <= self.now]
            share = self.bytes_per_s / len(active) if active else 0.0
            step = min(
                [item[2] / share for item in active] + [item[1] - self.now for item in flowing if item[1] > self.now]
            )
            step = max(step, 1e-9)
            self.now += step
            for item in active:
                item[2] -= share * step
            for item in [item for item in flowing if item[1] <= self.now + 1e-12]:
                if len(flowing) > self.most and item[2] == nbytes:
                    flowing.remove(item)
                    limit.trouble(item[0], self.now)
                    left, self.refused = left + 1, self.refused + 1
                elif item[2] <= 1e-6:
                    full = len(flowing) >= limit.value
                    flowing.remove(item)
                    limit.finished(nbytes, self.now, full=full)
                    self.values.append(limit.value)
                fill()
        limit.idle()
        return self.now - start

    def best(self, count: int, nbytes: int, lanes: int) -> float:
        """The shortest time that is possible with so many lanes."""
        return max(count * nbytes / self.bytes_per_s, math.ceil(count / lanes) * self.latency_s)
