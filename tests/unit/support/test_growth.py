"""The soak's judgement: a leak is told from breathing."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.support.growth import Sample, grown, slope, take

STEADY = Sample(200_000, 60_000, 20, 30, 130, 400, 20_000, 4)


def breathing(count: int, seed: int = 1) -> list[Sample]:
    chance = random.Random(seed)
    return [replace(STEADY, memory_kb=200_000 + chance.randrange(20_000), handles=30 + chance.randrange(3),
                    widgets=130 + 24 * chance.randrange(2), python_objects=20_000 + chance.randrange(400))
            for _ in range(count)]


def test_what_breathes_does_not_grow() -> None:
    assert all(grown(breathing(40, seed), 10) == {} for seed in range(20))


@pytest.mark.parametrize(("name", "each_round"), [
    ("widgets", 3), ("threads", 1), ("handles", 1), ("qt_objects", 1), ("tasks", 1), ("memory_kb", 2000),
    ("heap_kb", 800),
    ("python_objects", 80)])
def test_a_leak_of_each_round_is_found(name: str, each_round: int) -> None:
    leaking = [replace(one, **{name: getattr(one, name) + number * each_round})
               for number, one in enumerate(breathing(40))]
    assert set(grown(leaking, 10)) == {name}


def test_what_fills_up_during_the_warm_up_is_no_leak() -> None:
    filling = [replace(STEADY, widgets=130 + min(number, 10)) for number in range(40)]
    assert grown(filling, 12) == {}
    with pytest.raises(ValueError, match="too few"):
        grown(filling, 36)


def test_the_slope_is_that_of_a_line() -> None:
    assert slope([replace(STEADY, threads=20 + 2 * number) for number in range(9)], "threads") == pytest.approx(2)


def test_this_process_can_be_counted(qapp: object) -> None:
    here = take(tasks=3)
    assert here.tasks == 3 and here.threads >= 1 and here.python_objects > 0
