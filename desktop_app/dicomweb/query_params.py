"""Search parameters (PS3.18 8.3.4, 10.6.1.2) from what a person typed, in the words this server takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.query import StudyQuery
from desktop_app.core.study import Study
from desktop_app.dicomweb.dialect import Dialect, IncludeField
from desktop_app.dicomweb.dicom_json import TAGS
from desktop_app.dicomweb.rows import STUDY_FIELDS

Params = list[tuple[str, str]]

_UID_TYPED = re.compile(r"[0-9]+(\.[0-9]+){4,}|2\.25\.[0-9]+")      # 2.25: made of a UUID (PS3.5 B.2)
_WILDCARDS = "*?"

# Where a typed word may stand. One search per key, at most three at once: servers AND their keys, people mean OR.
_KEYS_FOR_WORD_WITH_DIGITS = ("PatientName", "PatientID", "AccessionNumber")
_KEYS_FOR_WORD = ("PatientName", "PatientID", "StudyDescription")
# Keys that servers may leave unsupported without harm, because `StudyQuery.matches` sieves again.
_OPTIONAL_KEYS = ("StudyDescription", "ModalitiesInStudy", "AccessionNumber", "PatientID", "PatientName", "StudyDate")
_LIMITS_TO_TRY = (1000, 200, 100)


def study_searches(query: StudyQuery, dialect: Dialect, *, offset: int, limit: int) -> tuple[Params, ...]:
    """One to three searches that together find everything `query` means; their answers are merged and sieved."""
    if dialect.upper_case:
        query = replace(query, text=query.text.upper(), patient_name=query.patient_name.upper())
    fixed = _usable(_fixed_keys(query, dialect), dialect)
    fuzzy: Params = [("fuzzymatching", "true")] if dialect.fuzzy else []
    tail = [*include_params(STUDY_FIELDS, dialect), *page_params(offset, limit, dialect)]
    if is_uid(query.text):
        return ([*fixed, ("StudyInstanceUID", query.text.strip()), *tail],)
    searches: list[Params] = []
    for key, value in _text_keys(query.text, dialect):
        if (key, value) in fixed or any(key == name for name, _ in fixed):
            continue                                    # that key is asked for already; the sieve does the rest
        searches.append([*fixed, (key, value), *(fuzzy if key == "PatientName" else []), *tail])
    return tuple(searches) or ([*fixed, *(fuzzy if query.patient_name else []), *tail],)


def is_uid(text: str) -> bool:
    """Whether a person pasted a UID rather than a name or a number."""
    return bool(_UID_TYPED.fullmatch(text.strip()))


def keep(query: StudyQuery, study: Study) -> bool:
    """The second sieve: drops what does not answer, keeps what cannot be judged from this row.

    A server that never says ModalitiesInStudy would lose every row to a modality filter. One that damages names in
    lists (non-Latin ones come back without their letters) would lose them to the text that found them.
    """
    if query.modality and not study.modalities:
        query = replace(query, modality="")
    if is_uid(query.text):
        query = replace(query, text="")
    if not query.text.isascii() and _name_is_damaged(study):
        query = replace(query, text="")
    if not query.patient_name.isascii() and _name_is_damaged(study):
        query = replace(query, patient_name="")
    return query.matches(study)


def _name_is_damaged(study: Study) -> bool:
    name = study.patient_name
    letters = name.alphabetic + name.ideographic + name.phonetic
    return letters.isascii() or "\ufffd" in letters or "?" in letters


def include_params(fields: Sequence[str], dialect: Dialect) -> Params:
    """`includefield` in the form this server takes."""
    tags = [TAGS[field] for field in fields if field not in dialect.refused_fields]
    if not tags or dialect.include_field is IncludeField.NONE:
        return []
    if dialect.include_field is IncludeField.ALL:
        return [("includefield", "all")]
    if dialect.include_field is IncludeField.REPEATED:
        return [("includefield", tag) for tag in tags]
    return [("includefield", ",".join(tags))]


def page_params(offset: int, limit: int | None, dialect: Dialect) -> Params:
    """`limit` and `offset`; an offset of 0 is left out."""
    params: Params = []
    if limit is not None:
        params.append(("limit", str(max(1, min(limit, dialect.max_limit or limit)))))
    if offset > 0:
        params.append(("offset", str(offset)))
    return params


def after_refusal(dialect: Dialect, params: Params, answer: str) -> Dialect | None:
    """The dialect to try next when a search was answered with 400; None when there is nothing left to give up.

    What the answer names goes first; then the ways that differ most between servers, one at a time.
    """
    sent = dict(params)
    included = {tag for name, value in params if name == "includefield" for tag in value.split(",")}
    named = [keyword for keyword, tag in TAGS.items() if _names(answer, keyword, tag)]
    fields = [keyword for keyword in named if TAGS[keyword] in included]
    if fields and (len(fields) < len(included) or len(included) == 1):      # all of them: only an echo of the request
        return replace(dialect, refused_fields=dialect.refused_fields | set(fields))
    key = next((keyword for keyword in named if keyword in sent and keyword in _OPTIONAL_KEYS), None)
    if key is not None:
        return dialect.refusing_key(key)
    limit = int(sent.get("limit", "0"))
    lower = next((value for value in _LIMITS_TO_TRY if value < limit), None)
    if "limit" in answer.lower() and lower:
        return replace(dialect, max_limit=lower)
    if included and dialect.include_field is IncludeField.COMMA and len(included) > 1:
        return replace(dialect, include_field=IncludeField.REPEATED)
    if included:
        return replace(dialect, include_field=IncludeField.NONE)
    if "fuzzymatching" in sent:
        return replace(dialect, fuzzy=False)
    if lower:
        return replace(dialect, max_limit=lower)
    key = next((key for key in _OPTIONAL_KEYS[:2] if key in sent), None)
    return dialect.refusing_key(key) if key is not None else None


def _names(answer: str, keyword: str, tag: str) -> bool:
    return keyword in answer or tag in answer.upper() or f"{tag[:4]},{tag[4:]}" in answer.upper()


def _fixed_keys(query: StudyQuery, dialect: Dialect) -> Params:
    keys = [
        ("PatientName", _pattern(query.patient_name, dialect, exact_matters=False)),
        ("PatientID", _pattern(query.patient_id, dialect)),
        ("AccessionNumber", query.accession_number.strip()),
        ("StudyDescription", _pattern(query.description, dialect)),
        ("ModalitiesInStudy", query.modality.strip()),
        ("StudyDate", query.date_range),
    ]
    return [(key, value) for key, value in keys if value.strip(_WILDCARDS)]


def _usable(params: Params, dialect: Dialect) -> Params:
    return [(key, value) for key, value in params if key not in dialect.refused_keys | dialect.ignored_keys]


def _pattern(typed: str, dialect: Dialect, *, exact_matters: bool = True) -> str:
    """A typed value for a server with or without wildcards; empty where asking would lose matches."""
    typed = typed.strip()
    if dialect.wildcards or not any(char in typed for char in _WILDCARDS):
        return typed
    if dialect.fuzzy and not exact_matters:
        return typed.strip(_WILDCARDS).replace("*", " ")
    return ""


def _text_keys(text: str, dialect: Dialect) -> Params:
    """The typed text as key and pattern. Of several words the longest is asked for; the sieve looks for all."""
    words = text.replace("^", " ").replace(",", " ").replace("\\", " ").split()
    words = [word for word in words if word.strip(_WILDCARDS)]
    if not words:
        return []
    word = max(words, key=lambda candidate: len(candidate.strip(_WILDCARDS)))
    bare = word.strip(_WILDCARDS)
    has_digits = any(char.isdigit() for char in bare)
    keys = _KEYS_FOR_WORD_WITH_DIGITS if has_digits else _KEYS_FOR_WORD
    if dialect.wildcards:
        return _usable([(key, f"*{bare}*") for key in keys], dialect)
    # Without wildcards: names by fuzzy matching where there is any, numbers exactly; else only the sieve is left.
    exact = ("PatientID", "AccessionNumber") if has_digits else ()
    fuzzy = ("PatientName",) if dialect.fuzzy else ()
    return _usable([(key, bare) for key in keys if key in exact + fuzzy], dialect)
