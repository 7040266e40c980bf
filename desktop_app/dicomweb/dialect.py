"""Dialect: what this server turned out to accept. A value; the client holds the current one and replaces it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlsplit

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
    `stores_one_by_one`: a store request is one file as it is (application/dicom), not multipart.
    `upper_case`: names and texts are found in capital letters only. `notes`: deviations that were accepted, for a
    person to read; they hold no patient data.
    """

    accepts: tuple[tuple[str, str], ...] = ()
    include_field: IncludeField = IncludeField.COMMA
    wildcards: bool = True
    fuzzy: bool = False
    upper_case: bool = False
    refused_keys: frozenset[str] = frozenset()
    refused_fields: frozenset[str] = frozenset()
    ignored_keys: frozenset[str] = frozenset()
    max_limit: int | None = None
    frames_one_by_one: bool = False
    stores_one_by_one: bool = False
    lenient_uids: bool = True
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


# What is documented of services that are the same for everybody, by the end of their host names. It saves the requests
# in which the client would find it out by itself.
_SINGLE_PART = (("instance", "application/dicom; transfer-syntax=*"),)
_KNOWN_SERVICES: tuple[tuple[str, Dialect], ...] = (
    ("healthcare.googleapis.com", Dialect(
        accepts=_SINGLE_PART, wildcards=False, fuzzy=True, max_limit=5000,
        refused_keys=frozenset({"ModalitiesInStudy", "StudyDescription"}),
        refused_fields=frozenset({
            "ModalitiesInStudy", "NumberOfStudyRelatedSeries", "NumberOfStudyRelatedInstances",
            "NumberOfSeriesRelatedInstances",
        }),
    )),
    (".azurehealthcareapis.com", Dialect(accepts=_SINGLE_PART, wildcards=False, fuzzy=True, max_limit=200)),
    (".amazonaws.com", Dialect(accepts=_SINGLE_PART, max_limit=1000)),
)


def dialect_for(root_url: str) -> Dialect:
    """What is known beforehand of the server at this address; the plain dialect for most."""
    host = urlsplit(root_url).hostname or ""
    return next((dialect for end, dialect in _KNOWN_SERVICES if host.endswith(end)), Dialect())


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
