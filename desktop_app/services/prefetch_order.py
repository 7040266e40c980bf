"""In which order the images of a display set are fetched. Pure."""

from __future__ import annotations

_NEIGHBOURS = 8
_COARSE_STEP = 8


def around(index: int, count: int, direction: int = 1) -> list[int]:
    """All indices of 0 … count-1, once each, best first.

    The visible one, its neighbours in the scroll direction, then every 8th image outwards, so that a fast scroll soon
    has something everywhere, then the gaps, nearest first. `direction` is +1 or -1.

    Every 8th image is the same one from wherever one looks: where not all images have room in memory, a step of the
    scroll must not want an eighth of them anew.
    """
    if count <= 0:
        return []
    index = min(max(index, 0), count - 1)
    step = 1 if direction >= 0 else -1
    order: dict[int, None] = {index: None}
    for distance in range(1, _NEIGHBOURS + 1):
        order.setdefault(index + step * distance)
    order.setdefault(index - step)
    nearest = index - index % _COARSE_STEP
    ahead, behind = (nearest + _COARSE_STEP, nearest) if step > 0 else (nearest, nearest + _COARSE_STEP)
    for distance in range(0, count + _COARSE_STEP, _COARSE_STEP):
        order.setdefault(ahead + step * distance)
        order.setdefault(behind - step * distance)
    for distance in range(1, count):
        order.setdefault(index + step * distance)
        order.setdefault(index - step * distance)
    return [i for i in order if 0 <= i < count]
