"""Dialect: what this server turned out to accept. A value; `Knowledge` holds the current one and replaces it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop_app.core.deletion import DeletionWay
from desktop_app.core.store import System

_MAX_NOTES = 50


class IncludeField(StrEnum):
    """How additional attributes are asked for (PS3.18 8.3.4.3)."""

    COMMA = "comma"             # includefield=a,b,c
    REPEATED = "repeated"       # includefield=a&includefield=b
    ALL = "all"                 # includefield=all
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Dialect:
    """Learned facts of one server. Empty and None mean not known yet.

    `accepts`: per kind of request the Accept value that worked. `refused_keys` and `refused_fields`: search keys and
    includefields that were answered with 400. `ignored_keys`: keys that were taken without effect.
    `wildcards_seen`: a search with `*` has found something. `upper_case`: names and texts are found in capital letters
    only. `max_limit` and `max_offset`: the highest that are taken. `empty_answer`: how a search says that it found
    nothing. `searches`, `has_…`, `stores`, `zips`: whether there is such a service. `deletion`: by which way it
    deletes. `counts`: search rows say how many series and images a study has. `metrics`: they can be asked for beside
    the search. `modality_by_series`: studies are not searchable by modality, series are.
    `rendered_params`: which parameters of rendered images have an effect. `stores_one_by_one`: a store request is one
    file as it is (application/dicom), not multipart. `stores_apart`: the media type of the metadata with which it takes
    what was made here, its bytes beside it; empty for Part 10 only. `uri_only`: objects come by WADO-URI. `notes`:
    deviations that were worked around, for a person to read; they hold no patient data.
    """

    system: System = System.LEARNED
    accepts: tuple[tuple[str, str], ...] = ()
    include_field: IncludeField = IncludeField.COMMA
    wildcards: bool = True
    wildcards_seen: bool = False
    fuzzy: bool = False
    upper_case: bool = False
    refused_keys: frozenset[str] = frozenset()
    refused_fields: frozenset[str] = frozenset()
    ignored_keys: frozenset[str] = frozenset()
    max_limit: int | None = None
    max_offset: int | None = None
    empty_answer: str = ""
    writes_xml: bool = False
    searches: bool = True
    counts: bool = True
    metrics: bool = False
    modality_by_series: bool = False
    has_instances: bool = True
    has_metadata: bool = True
    has_frames: bool = True
    has_rendered: bool = True
    has_thumbnails: bool = True
    rendered_params: frozenset[str] = frozenset({"viewport", "window"})
    frames_one_by_one: bool = False
    stores: bool = True
    stores_one_by_one: bool = False
    stores_apart: str = ""
    zips: bool = False
    uri_only: bool = False
    lenient_uids: bool = True
    deletion: DeletionWay = DeletionWay.UNKNOWN
    notes: tuple[str, ...] = ()

    def accept_for(self, kind: str) -> str:
        return dict(self.accepts).get(kind, "")

    def accepting(self, kind: str, accept: str) -> Dialect:
        others = tuple(item for item in self.accepts if item[0] != kind)
        return replace(self, accepts=(*others, (kind, accept)))

    def refusing_key(self, key: str) -> Dialect:
        return replace(self, refused_keys=self.refused_keys | {key})

    def ignoring_key(self, key: str) -> Dialect:
        return replace(self, ignored_keys=self.ignored_keys | {key})

    def noting(self, note: str) -> Dialect:
        """With one more note; the same note is kept once."""
        if note in self.notes or len(self.notes) >= _MAX_NOTES:
            return self
        return replace(self, notes=(*self.notes, note))


class Knowledge:
    """The dialect of one archive as it is known now, shared by all clients that talk to it.

    `on_learned` hears of every change. Lives on one thread.
    """

    def __init__(self, dialect: Dialect, on_learned: Callable[[Dialect], None] = lambda dialect: None) -> None:
        self._dialect, self._on_learned = dialect, on_learned

    @property
    def dialect(self) -> Dialect:
        return self._dialect

    @dialect.setter
    def dialect(self, dialect: Dialect) -> None:
        if dialect != self._dialect:
            self._dialect = dialect
            self._on_learned(dialect)


def adopted(current: Dialect, before: Dialect, after: Dialect) -> Dialect:
    """`current` with what a search learned on its way from `before` to `after`, while others learned as well."""
    if before == after:
        return current
    return replace(
        current,
        include_field=after.include_field if after.include_field is not before.include_field else current.include_field,
        fuzzy=current.fuzzy and after.fuzzy,
        max_limit=after.max_limit if after.max_limit != before.max_limit else current.max_limit,
        refused_keys=current.refused_keys | after.refused_keys,
        refused_fields=current.refused_fields | after.refused_fields,
    ).noting("the server refuses some search parameters")
