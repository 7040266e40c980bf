"""Decoded frames under one budget."""

from __future__ import annotations

import threading

import numpy as np

from desktop_app.core.frame import Frame
from desktop_app.core.frame_ref import FrameRef
from desktop_app.services.frame_cache import CacheKey, FrameCache

SIZE = 1000


def key(number: int, series: str = "1.2", study: str = "1", store: str = "store") -> CacheKey:
    return store, FrameRef(study, series, f"{series}.{number}")


def frame(of: CacheKey, nbytes: int = SIZE) -> Frame:
    return Frame(of[1], np.zeros((1, nbytes), np.uint8))


def fill(cache: FrameCache, *keys: CacheKey) -> list[CacheKey]:
    gone: list[CacheKey] = []
    for one in keys:
        gone += cache.put(one, frame(one))
    return gone


def test_nobody_wants_them_so_the_oldest_use_goes() -> None:
    cache = FrameCache(3 * SIZE)
    fill(cache, key(1), key(2), key(3))
    assert cache.get(key(1)) is not None
    assert fill(cache, key(4)) == [key(2)]
    assert cache.nbytes == 3 * SIZE
    assert key(1) in cache


def test_what_nobody_wants_goes_before_what_somebody_wants() -> None:
    cache = FrameCache(3 * SIZE)
    fill(cache, key(1), key(2), key(3))
    cache.want("a", [key(1), key(3)])
    assert fill(cache, key(4)) == [key(2)]
    assert fill(cache, key(5)) == [key(4)]


def test_the_farthest_in_the_list_is_forgotten_first() -> None:
    cache = FrameCache(4 * SIZE)
    wanted = [key(number) for number in range(6)]
    cache.want("a", wanted)
    fill(cache, wanted[5], wanted[4], wanted[3], wanted[2])
    assert fill(cache, wanted[0]) == [wanted[5]]
    assert fill(cache, wanted[1]) == [wanted[4]]


def test_a_frame_that_is_wanted_least_is_not_kept_at_all() -> None:
    cache = FrameCache(2 * SIZE)
    cache.want("a", [key(number) for number in range(6)])
    fill(cache, key(0), key(1))
    assert fill(cache, key(5)) == [key(5)]
    assert key(0) in cache
    assert key(1) in cache


def test_the_first_owner_is_served_first() -> None:
    cache = FrameCache(3 * SIZE)
    cache.want("b", [key(1), key(2)])
    cache.want("a", [key(3), key(4)], first=True)
    fill(cache, key(1), key(2), key(3))
    assert fill(cache, key(4)) == [key(2)]


def test_a_new_list_changes_who_goes() -> None:
    cache = FrameCache(3 * SIZE)
    cache.want("a", [key(1), key(2), key(3), key(4), key(5)])
    fill(cache, key(1), key(2), key(3))
    assert fill(cache, key(4)) == [key(4)]
    cache.want("a", [key(5), key(4), key(3), key(2), key(1)])
    assert fill(cache, key(5), key(4)) == [key(1), key(2)]


def test_pinned_frames_stay_even_over_the_budget() -> None:
    cache = FrameCache(2 * SIZE)
    fill(cache, key(1), key(2))
    cache.pin("viewport", [key(1), key(2)])
    assert fill(cache, key(3)) == [key(3)]
    cache.pin("viewport", [key(1), key(2), key(3)])
    assert fill(cache, key(3)) == []
    assert cache.nbytes == 3 * SIZE
    cache.unpin("viewport")
    assert fill(cache, key(4)) == [key(1), key(2)]


def test_pins_of_different_owners_add_up() -> None:
    cache = FrameCache(2 * SIZE)
    fill(cache, key(1), key(2))
    cache.pin("a", [key(1)])
    cache.pin("b", [key(2)])
    cache.forget("a")
    assert fill(cache, key(3)) == [key(1)]


def test_the_same_frame_again_is_counted_once() -> None:
    cache = FrameCache(5 * SIZE)
    fill(cache, key(1), key(1))
    assert cache.nbytes == SIZE


def test_a_closed_study_gives_its_memory_back() -> None:
    cache = FrameCache(5 * SIZE)
    fill(cache, key(1), key(2, study="2"), key(3, store="other"))
    cache.drop_study("store", "1")
    assert cache.nbytes == 2 * SIZE
    assert key(1) not in cache


def test_there_is_room_for_what_fits_and_no_more() -> None:
    cache = FrameCache(100 * SIZE)
    fill(cache, key(0))
    assert cache.frame_bytes_known("store", "1.2")
    wanted = [key(number) for number in range(500)]
    assert 90 <= cache.want("a", wanted) < 100
    assert cache.want("b", wanted) == 0                         # nothing is left for a second one
    cache.want("a", wanted[:40], first=True)
    assert 50 <= cache.want("b", wanted) <= 60
    cache.forget("a")
    assert cache.want("b", wanted) >= 90


def test_room_is_guessed_until_a_frame_is_here() -> None:
    cache = FrameCache(100 * SIZE)
    assert cache.want("a", [key(number) for number in range(500)]) == 1      # one, to know it
    assert not cache.frame_bytes_known("store", "1.2")


def test_scrolling_through_more_than_fits_moves_few_frames() -> None:
    """The list of a scroll position is fetched as far as there is room; what goes are the far ones."""
    from desktop_app.services.prefetch_order import around

    count, cache, fetched = 600, FrameCache(200 * SIZE), 0
    fill(cache, key(0))
    for index in range(100, 200):
        wanted = [key(number) for number in around(index, count)]
        room = cache.want("a", wanted, first=True)
        for one in wanted[:room]:
            if one not in cache:
                fetched += 1
                assert one not in fill(cache, one)
        assert cache.nbytes <= cache.budget_bytes
    assert fetched < 500                                        # 190 at the beginning, then 2 or 3 for each step


def test_read_and_pinned_from_another_thread() -> None:
    cache = FrameCache(50 * SIZE)
    stop, failures = threading.Event(), []

    def look() -> None:
        try:
            while not stop.is_set():
                for number in range(100):
                    cache.get(key(number))
                    cache.pin("gui", [key(number)])
        except Exception as error:                              # any at all
            failures.append(error)

    thread = threading.Thread(target=look)
    thread.start()
    for start in range(30):
        cache.want("a", [key((start + number) % 100) for number in range(100)])
        fill(cache, *(key((start + number) % 100) for number in range(100)))
    stop.set()
    thread.join()
    assert failures == []
    assert cache.nbytes <= 51 * SIZE
