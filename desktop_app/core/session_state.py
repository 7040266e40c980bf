"""What is remembered of open studies from one start to the next: as entries, of which the latest of a part counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from desktop_app.core.annotation import Annotation
from desktop_app.core.layout import Layout
from desktop_app.core.plain import from_text, to_text
from desktop_app.core.sync import LinkState
from desktop_app.core.view_state import ViewState

OPEN, LAYOUT, TOOL, LINKS = "open", "layout", "tool", "links"
VIEW, PLACE, DRAWN = "view/", "place/", "drawn/"    # before a display set's key, a viewport's place, a drawing's name


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of one part of one study. `value` is JSON, empty for a part that is gone. No names of patients."""

    store_key: str
    study_instance_uid: str
    part: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """An annotation, and the words for the series it was drawn on: they name it when the series is gone."""

    annotation: Annotation
    series_title: str = ""


@dataclass(frozen=True, slots=True)
class StudyState:
    """One study as it was left. `views` by the key of the display set, `places` by the place in the grid, where two
    viewports may show the same one differently; `drawn` by the drawing's own name."""

    store_key: str
    study_instance_uid: str
    is_open: bool = False
    layout: Layout | None = None
    tool: str = ""
    views: tuple[tuple[str, ViewState], ...] = ()
    places: tuple[tuple[int, ViewState], ...] = ()
    drawn: tuple[tuple[str, Drawn], ...] = ()
    links: LinkState | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.store_key, self.study_instance_uid

    def entries(self) -> dict[str, str]:
        """part → value, as it would be recorded."""
        parts = {OPEN: to_text(self.is_open), TOOL: to_text(self.tool)}
        parts |= {LAYOUT: to_text(self.layout)} if self.layout is not None else {}
        parts |= {LINKS: to_text(self.links)} if self.links is not None else {}
        parts |= {VIEW + key: to_text(state) for key, state in self.views}
        parts |= {f"{PLACE}{place}": to_text(state) for place, state in self.places}
        return parts | {DRAWN + name: to_text(drawn) for name, drawn in self.drawn}


@dataclass(frozen=True, slots=True)
class Replay:
    """What a record gave back. `damaged` parts could not be read; `broke_off`: its end was cut."""

    studies: tuple[StudyState, ...] = ()
    damaged: int = 0
    broke_off: bool = False
    kept_aside: str = field(default="", compare=False)      # name of the file that the unreadable rest is kept in


def folded(entries: Iterable[Entry]) -> dict[tuple[str, str, str], Entry]:
    """The latest entry of each part, in the order in which the parts were first told; what is gone is left out."""
    latest: dict[tuple[str, str, str], Entry] = {}
    for entry in entries:
        key = (entry.store_key, entry.study_instance_uid, entry.part)
        if entry.value:
            latest[key] = entry
        else:
            latest.pop(key, None)
    return latest


def replayed(entries: Iterable[Entry]) -> tuple[tuple[StudyState, ...], frozenset[Entry]]:
    """The studies, in the order in which they were opened, and the entries that make no sense."""
    studies: dict[tuple[str, str], StudyState] = {}
    wrong: set[Entry] = set()
    for entry in folded(entries).values():
        key = (entry.store_key, entry.study_instance_uid)
        before = studies.get(key, StudyState(*key))
        try:
            studies[key] = _with(before, entry)
        except ValueError:
            wrong.add(entry)
    return tuple(studies.values()), frozenset(wrong)


def worth_keeping(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """What a record begins anew with: all of the open studies, of the others only what was drawn."""
    latest = folded(entries)
    is_open = {key[:2] for key, entry in latest.items() if key[2] == OPEN and entry.value == to_text(True)}
    return tuple(entry for key, entry in latest.items() if key[:2] in is_open or key[2].startswith(DRAWN))


def _with(study: StudyState, entry: Entry) -> StudyState:
    part, value = entry.part, entry.value
    if part == OPEN:
        return replace(study, is_open=from_text(bool, value))
    if part == LAYOUT:
        layout = from_text(Layout, value)
        sound = layout.resized(layout.rows, layout.columns)
        return replace(study, layout=replace(sound, alone=layout.alone if layout.alone < len(sound.shown) else -1))
    if part == TOOL:
        return replace(study, tool=from_text(str, value))
    if part == LINKS:
        return replace(study, links=from_text(LinkState, value))
    if part.startswith(VIEW):
        return replace(study, views=(*study.views, (part.removeprefix(VIEW), from_text(ViewState, value))))
    if part.startswith(PLACE):
        place = int(part.removeprefix(PLACE))
        return replace(study, places=(*study.places, (place, from_text(ViewState, value))))
    if part.startswith(DRAWN):
        drawn = from_text(Drawn, value)
        if not drawn.annotation.is_complete:
            raise ValueError("a drawing that is not complete")
        return replace(study, drawn=(*study.drawn, (part.removeprefix(DRAWN), drawn)))
    return study            # a part that a later version of the program knows
