"""What is fetched first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.services.prefetch_order import around


@given(st.integers(-5, 300), st.integers(0, 300), st.sampled_from([1, -1]))
def test_every_image_once(index: int, count: int, direction: int) -> None:
    assert sorted(around(index, count, direction)) == list(range(count))


@pytest.mark.parametrize(("direction", "first"), [(1, [*range(50, 59), 49]), (-1, [*range(50, 41, -1), 51])])
def test_the_visible_one_then_its_neighbours_ahead(direction: int, first: list[int]) -> None:
    assert around(50, 100, direction)[:10] == first


def test_then_something_everywhere() -> None:
    order = around(50, 100)
    coarse = order[10:10 + 12]
    assert coarse[:4] == [48, 64, 40, 72]
    reached = sorted(order[:22])
    assert max(b - a for a, b in zip([0, *reached], [*reached, 99], strict=True)) <= 8


def test_then_the_gaps_from_near_to_far() -> None:
    rest = around(50, 100)[22:]
    distances = [abs(index - 50) for index in rest]
    assert distances == sorted(distances)


def test_a_step_wants_nearly_the_same_as_before() -> None:
    """With room for a third of the images, one step of the scroll exchanges a few of them only."""
    before, after = set(around(500, 3000)[:1000]), set(around(501, 3000)[:1000])
    assert len(after - before) <= 10
