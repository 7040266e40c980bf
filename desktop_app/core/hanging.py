"""Hanging: which display set belongs into which viewport, by rules and by what a reader did the last time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app.core.display_set import DisplaySet
from desktop_app.core.layout import MOST, Layout
from desktop_app.core.study import Study
from desktop_app.core.view_state import ViewState
from desktop_app.core.window import Window

_WORD = re.compile(r"[^\W_]+")
_ALIKE = 0.5                    # of the words of two descriptions that must agree
_MOST_LEARNED = 200
# To which side of the body a row must run so that the chest wall is at an edge of the screen (PS3.3 C.7.6.1.1.1).
_TOWARDS_CHEST_WALL = {"right": "P", "left": "A"}


@dataclass(frozen=True, slots=True)
class Place:
    """What belongs into one viewport; an empty field asks for nothing. `chest_wall`: left, right, or empty."""

    modality: str = ""
    laterality: str = ""
    view: str = ""
    chest_wall: str = ""

    def takes(self, display_set: DisplaySet) -> bool:
        view = display_set.view
        return (
            self.modality in ("", display_set.series.modality)
            and self.laterality in ("", view.laterality)
            and self.view in ("", view.view_position)
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of resources/hanging.toml, whose comments say what the fields mean."""

    name: str
    modalities: tuple[str, ...]
    rows: int
    columns: int
    places: tuple[Place, ...] = ()
    fewest: int = 1
    most: int = 10**6
    needs: int = 0
    any_modality: bool = False

    def __post_init__(self) -> None:
        if not (1 <= self.rows <= MOST and 1 <= self.columns <= MOST):
            raise ValueError(f"{self.name}: a grid has 1 to {MOST} rows and columns")
        if len(self.places) > self.rows * self.columns or self.needs > max(len(self.places), 0):
            raise ValueError(f"{self.name}: more places than viewports")
        if not self.name or not self.modalities or any(p.chest_wall not in ("", "left", "right") for p in self.places):
            raise ValueError(f"{self.name}: a rule needs a name, modalities, and chest walls left or right")


@dataclass(frozen=True, slots=True)
class Hung:
    """An arrangement: the name of what it follows, the grid with its display sets, how viewports look at them."""

    name: str
    layout: Layout
    places: tuple[tuple[int, ViewState], ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader had in one viewport: what the series was, and the window it was read with (None: the image's)."""

    modality: str = ""
    words: tuple[str, ...] = ()
    laterality: str = ""
    view: str = ""
    part: str = ""              # why it was split off its series
    window: tuple[float, float] | None = None           # centre, width
    inverted: bool = False


@dataclass(frozen=True, slots=True)
class Learned:
    """How a reader arranged studies of this kind. An empty `seen` is a viewport that showed nothing."""

    modalities: tuple[str, ...]
    body_part: str
    words: tuple[str, ...]
    rows: int
    columns: int
    seen: tuple[Seen | None, ...]

    @property
    def kind(self) -> tuple[object, ...]:
        return self.modalities, self.body_part, self.words


def by_rules(rules: Iterable[Rule], sets: Sequence[DisplaySet]) -> Hung | None:
    """The arrangement of the first rule that fits; None when none does."""
    images = [one for one in sets if one.is_image and one.frames]
    modalities = {one.series.modality for one in images}
    for rule in rules:
        asked = set(rule.modalities)
        fits = bool(asked & modalities) if rule.any_modality else asked <= modalities
        if not fits or not rule.fewest <= len(images) <= rule.most:
            continue
        hung = _hang(rule, images)
        if hung is not None:
            return hung
    return None


def learned_from(study: Study, layout: Layout, shown: Sequence[tuple[DisplaySet, ViewState] | None]) -> Learned:
    """What there is to remember of an arrangement: kinds of series, never whose they are."""
    seen = tuple(_seen(*one) if one is not None else None for one in shown)
    sets = [one[0] for one in shown if one is not None]
    modalities = tuple(sorted({one.series.modality for one in sets}))
    body_part = next((one.series.body_part.upper() for one in sets if one.series.body_part), "")
    return Learned(modalities, body_part, words_of(study.description), layout.rows, layout.columns, seen)


def with_learned(known: Sequence[Learned], fresh: Learned) -> tuple[Learned, ...]:
    """The newest last; one for each kind of study."""
    return (*(one for one in known if one.kind != fresh.kind), fresh)[-_MOST_LEARNED:]


def like_last_time(known: Sequence[Learned], study: Study, sets: Sequence[DisplaySet]) -> Hung | None:
    """The arrangement of the most similar kind of study, the latest of those that are equally similar.

    None where nothing similar was learned, or nothing of it is in this study.
    """
    images = [one for one in sets if one.is_image and one.frames]
    ranked = sorted(enumerate(known), key=lambda entry: (_likeness(entry[1], study, images), entry[0]), reverse=True)
    for _, learned in ranked:
        if _likeness(learned, study, images) <= 0:
            return None
        hung = _hang_again(learned, images)
        if hung is not None:
            return hung
    return None


def words_of(text: str) -> tuple[str, ...]:
    """The words of a description that say what it is: in lower case, sorted, without numbers."""
    words = {word.casefold() for word in _WORD.findall(text)}
    return tuple(sorted(word for word in words if len(word) > 1 and not word.isdigit()))


def _hang(rule: Rule, images: Sequence[DisplaySet]) -> Hung | None:
    size = rule.rows * rule.columns
    shown, states, left = [""] * size, [], list(images)
    for number, place in enumerate(rule.places):
        found = next((one for one in left if place.takes(one)), None)
        if found is not None:
            left.remove(found)
            shown[number] = found.key
            if place.chest_wall:
                states.append((number, _against(place.chest_wall, found)))
    found_places = sum(bool(key) for key in shown)
    if rule.places and found_places < (rule.needs or len(rule.places)):
        return None
    for number in range(len(rule.places), size):
        shown[number] = left.pop(0).key if left else ""
    if not any(shown):
        return None
    active = next(number for number, key in enumerate(shown) if key)
    return Hung(rule.name, Layout(rule.rows, rule.columns, tuple(shown), active), tuple(states))


def _against(edge: str, display_set: DisplaySet) -> ViewState:
    """The image against an edge, turned round where its chest wall is known to be at the other side."""
    row = display_set.view.patient_orientation[:1]
    wanted = _TOWARDS_CHEST_WALL[edge]
    other = {"A": "P", "P": "A"}[wanted]
    turned = bool(row) and row[0][:1] == other
    return ViewState(display_set.start_index, align=edge, flip_horizontal=turned, hung_flipped=turned)


def _seen(display_set: DisplaySet, state: ViewState) -> Seen:
    window = (state.window.center, state.window.width) if state.window is not None else None
    return Seen(display_set.series.modality, words_of(display_set.series.description), display_set.view.laterality,
                display_set.view.view_position, display_set.split_reason, window, state.inverted)


def _likeness(learned: Learned, study: Study, images: Sequence[DisplaySet]) -> float:
    modalities = {one.series.modality for one in images}
    if not set(learned.modalities) <= modalities or not learned.modalities:
        return 0.0
    body_parts = {one.series.body_part.upper() for one in images if one.series.body_part}
    same_part = bool(learned.body_part) and learned.body_part in body_parts
    if learned.body_part and body_parts and not same_part:
        return 0.0
    words = words_of(study.description)
    alike = _share(learned.words, words)
    if not same_part and alike < _ALIKE and (learned.words or words):
        return 0.0
    return 0.1 + alike + (1.0 if same_part else 0.0)


def _hang_again(learned: Learned, images: Sequence[DisplaySet]) -> Hung | None:
    shown, states, left = [""] * (learned.rows * learned.columns), [], list(images)
    for number, seen in enumerate(learned.seen[: len(shown)]):
        best = max(left, key=lambda one: _fit(seen, one), default=None) if seen is not None else None
        if seen is None or best is None or _fit(seen, best) <= 0:
            continue
        left.remove(best)
        shown[number] = best.key
        window = Window(*seen.window) if seen.window is not None else None
        states.append((number, ViewState(best.start_index, window, inverted=seen.inverted)))
    if not any(shown):
        return None
    active = next(number for number, key in enumerate(shown) if key)
    return Hung("", Layout(learned.rows, learned.columns, tuple(shown), active), tuple(states))


def _fit(seen: Seen, display_set: DisplaySet) -> float:
    view = display_set.view
    if seen.modality != display_set.series.modality or seen.laterality != view.laterality:
        return 0.0
    if seen.view != view.view_position:
        return 0.0
    alike = _share(seen.words, words_of(display_set.series.description))
    if alike == 0 and seen.words:
        return 0.0
    return 1 + alike + (0.5 if seen.part == display_set.split_reason else 0.0)


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    together = set(one) | set(other)
    return len(set(one) & set(other)) / len(together) if together else 1.0
