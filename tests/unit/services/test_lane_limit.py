"""LaneLimit against lines that are numbers."""

from __future__ import annotations

from collections import Counter

import pytest

from desktop_app.services.lane_limit import LaneLimit
from tests.unit.services.line import Line

GBIT = 125e6
UNEVEN = (1.0, 1.3, 0.8, 1.1, 0.9, 1.6, 1.0, 0.7)


def test_long_line_gets_all_lanes_by_itself() -> None:
    limit, line = LaneLimit(), Line(latency_s=0.1, bytes_per_s=GBIT, jitter=UNEVEN)
    took = line.carry(limit, 2000, 64 * 1024)
    assert max(line.values) == 64
    assert took <= 1.25 * line.best(2000, 64 * 1024, 64)


def test_short_line_keeps_few_lanes() -> None:
    limit, line = LaneLimit(), Line(latency_s=0.001, bytes_per_s=GBIT)
    line.carry(limit, 3000, 512 * 1024)
    usual = Counter(line.values[500:]).most_common(1)[0][0]
    assert usual <= 8, Counter(line.values)


def test_tries_in_vain_do_not_creep_upwards() -> None:
    limit, line = LaneLimit(), Line(latency_s=0.001, bytes_per_s=GBIT)
    line.carry(limit, 20000, 512 * 1024)
    assert Counter(line.values[-5000:]).most_common(1)[0][0] <= 8


def test_line_that_needs_some_gets_some() -> None:
    limit, line = LaneLimit(), Line(latency_s=0.04, bytes_per_s=GBIT, jitter=UNEVEN)
    took = line.carry(limit, 600, 512 * 1024)
    assert took <= 1.10 * line.best(600, 512 * 1024, 64)
    assert limit.value >= 8


def test_a_line_that_becomes_long_is_noticed() -> None:
    limit, line = LaneLimit(), Line(latency_s=0.001, bytes_per_s=GBIT)
    line.carry(limit, 500, 512 * 1024)
    few = limit.value
    line.latency_s = 0.2
    line.carry(limit, 3000, 64 * 1024)
    assert limit.value > 2 * few


def test_refusals_find_what_the_server_takes() -> None:
    limit, line = LaneLimit(), Line(latency_s=0.05, bytes_per_s=GBIT, most=20)
    line.carry(limit, 3000, 128 * 1024)
    assert line.refused < 400                                   # of 3,000: it does not hammer
    usual = Counter(line.values[1000:]).most_common(1)[0][0]
    assert 8 <= usual <= 20


def test_one_burst_of_refusals_halves_once() -> None:
    limit = LaneLimit(start=32)
    for began in range(10):
        limit.trouble(began=float(began), now=20.0)
    assert limit.value == 16
    limit.trouble(began=21.0, now=22.0)
    assert limit.value == 8


def test_never_below_the_floor_nor_above_the_ceiling() -> None:
    limit = LaneLimit(start=4, floor=2, ceiling=128)
    for second in range(10):
        limit.trouble(began=second + 0.5, now=second + 1.0)
    assert limit.value == 2
    line = Line(latency_s=1.0, bytes_per_s=1e12, now=100.0)
    line.carry(limit, 5000, 1000)
    assert max(line.values) == 128


@pytest.mark.parametrize("idle_s", [0.0, 3600.0])
def test_a_pause_is_no_slow_line(idle_s: float) -> None:
    limit, line = LaneLimit(), Line(latency_s=0.1, bytes_per_s=GBIT)
    for _ in range(20):                                         # short series, with pauses between them
        line.carry(limit, 40, 64 * 1024)
        line.now += idle_s
    assert limit.value >= 16


def test_another_ceiling_holds_at_once() -> None:
    lanes = LaneLimit(start=16, ceiling=64)
    lanes.allow(8)
    assert lanes.value == 8
    lanes.allow(1)
    assert lanes.value == 2                 # never below the floor
    lanes.allow(128)
    assert lanes.value == 2                 # to be found out, not to be believed
