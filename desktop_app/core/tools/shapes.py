"""How shapes keep their form: two axes that stand across each other, an outline that gives way like a string."""

from __future__ import annotations

import math

from desktop_app.core.annotation import Point, distance_to_segment
from desktop_app.core.view_transform import ViewTransform

_FIRST_SHARE = 0.5              # where the short axis crosses at first, as a share of the long one …
_FIRST_LENGTH = 0.25            # … and how far it reaches to either side
_REACH = 0.12                   # of an outline's length: how far a pull at one of its points is felt


def aspect_of(transform: ViewTransform) -> float:
    """Height of an image pixel / its width, as it is on the screen."""
    width = math.hypot(transform.a, transform.b)
    return math.hypot(transform.c, transform.d) / width if width else 1.0


def first_axes(a: Point, b: Point, aspect: float) -> tuple[Point, ...]:
    """A long axis from a to b with a short one across its middle."""
    half = math.hypot(b[0] - a[0], (b[1] - a[1]) * aspect) * _FIRST_LENGTH
    return (a, b, *_across(a, b, _FIRST_SHARE, half, half, aspect))


def axes_with(points: tuple[Point, ...], index: int, to: Point, aspect: float) -> tuple[Point, ...]:
    """Two axes with one of the four ends elsewhere: the short one stays across the long one.

    An end of the short axis also slides along the long one.
    """
    a, b = points[:2]
    share, half, other_half = _short_axis(points, aspect)
    if index < 2:
        a, b = (to, b) if index == 0 else (a, to)
    else:
        share, reach = _place(a, b, to, aspect)
        share = min(max(share, 0.0), 1.0)
        if index == 2:
            half = reach
        else:
            other_half = -reach
    return (a, b, *_across(a, b, share, half, other_half, aspect))


def outline_with(points: tuple[Point, ...], index: int, to: Point) -> tuple[Point, ...]:
    """A closed outline pulled at one corner: its neighbours follow, the less the farther they are."""
    columns, rows = to[0] - points[index][0], to[1] - points[index][1]
    count = len(points)
    sides = [math.dist(points[place], points[(place + 1) % count]) for place in range(count)]
    reach = sum(sides) * _REACH
    before = 0.0
    along = [before := before + side for side in sides]             # where each corner's following one lies
    places = [0.0, *along[:-1]]
    moved = []
    for place, point in zip(places, points, strict=True):
        gap = abs(place - places[index])
        gap = min(gap, along[-1] - gap)
        weight = (1 + math.cos(math.pi * gap / reach)) / 2 if gap < reach else 0.0
        moved.append((point[0] + columns * weight, point[1] + rows * weight))
    return tuple(moved)


def simplified(points: tuple[Point, ...], tolerance: float) -> tuple[Point, ...]:
    """A line with fewer corners that nowhere leaves the drawn one by more than a tolerance (Douglas and Peucker)."""
    if len(points) < 3:
        return points
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        gaps = [distance_to_segment(points[i], points[first], points[last]) for i in range(first + 1, last)]
        if gaps and max(gaps) > tolerance:
            middle = first + 1 + gaps.index(max(gaps))
            keep.add(middle)
            spans += [(first, middle), (middle, last)]
    return tuple(points[index] for index in sorted(keep))


def _short_axis(points: tuple[Point, ...], aspect: float) -> tuple[float, float, float]:
    """Where the short axis crosses the long one (share), and how far it reaches to either side."""
    a, b, c, d = points
    share, half = _place(a, b, c, aspect)
    _, other = _place(a, b, d, aspect)
    return share, half, -other


def _place(a: Point, b: Point, point: Point, aspect: float) -> tuple[float, float]:
    """A point beside the line a → b: the share along it, and the distance from it, signed, in pixel widths."""
    along = (b[0] - a[0], (b[1] - a[1]) * aspect)
    to = (point[0] - a[0], (point[1] - a[1]) * aspect)
    length = math.hypot(*along)
    if length == 0:
        return 0.0, 0.0
    return (to[0] * along[0] + to[1] * along[1]) / length**2, (to[1] * along[0] - to[0] * along[1]) / length


def _across(
    a: Point, b: Point, share: float, half: float, other_half: float, aspect: float
) -> tuple[Point, Point]:
    along = (b[0] - a[0], (b[1] - a[1]) * aspect)
    length = math.hypot(*along) or 1.0
    normal = (-along[1] / length, along[0] / length / aspect)
    x, y = a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
    return (x + normal[0] * half, y + normal[1] * half), (x - normal[0] * other_half, y - normal[1] * other_half)
