"""Priors: other studies of the same patient, and how long before or after they were made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop_app.core.display_set import DisplaySet
from desktop_app.core.hanging import words_of
from desktop_app.core.store import Store
from desktop_app.core.study import Study


@dataclass(frozen=True, slots=True)
class Prior:
    """Another study of the patient, and the archive that holds it. `days` after the open one, negative before it;
    None where a date is missing."""

    study: Study
    store: Store
    days: int | None

    @property
    def key(self) -> tuple[str, str]:
        return self.store.key, self.study.study_instance_uid


@dataclass(frozen=True, slots=True)
class PriorsAnswer:
    """What the archives answered. `silent`: names of those that could not be asked, with the reason."""

    priors: tuple[Prior, ...] = ()
    silent: tuple[tuple[str, str], ...] = ()


def is_same_patient(one: Study, other: Study) -> bool:
    """Whether two studies are surely of one patient: the same Patient ID, and neither name nor birth date against it.

    IDs of different hospitals may collide (PS3.3 C.7.1.1.4), so that an ID alone does not prove anything.
    """
    if not one.patient_id.strip() or one.patient_id.strip() != other.patient_id.strip():
        return False
    births = {study.patient_birth_date for study in (one, other)} - {""}
    names = {_name(study) for study in (one, other)} - {""}
    return len(births) <= 1 and len(names) <= 1


def sorted_priors(study: Study, found: Iterable[tuple[Store, Study]]) -> tuple[Prior, ...]:
    """Other studies of the patient, the nearest in time first; one that several archives hold is there once."""
    seen: dict[str, Prior] = {}
    for store, other in found:
        uid = other.study_instance_uid
        if uid != study.study_instance_uid and uid not in seen and is_same_patient(study, other):
            seen[uid] = Prior(other, store, days_between(study.study_date, other.study_date))
    return tuple(sorted(seen.values(), key=lambda prior: (
        prior.days is None, abs(prior.days or 0), prior.study.study_instance_uid)))


def days_between(first: str, second: str) -> int | None:
    """Days from one DICOM date to another; None where one is none."""
    try:
        return (_date(second) - _date(first)).days
    except ValueError:
        return None


def most_alike(display_set: DisplaySet | None, others: Iterable[DisplaySet]) -> DisplaySet | None:
    """The image series of another study that answers best to this one: modality, view, words, number of images."""
    candidates = [other for other in others if other.is_image and other.frames]
    if display_set is None or not candidates:
        return candidates[0] if candidates else None

    def likeness(other: DisplaySet) -> tuple[bool, bool, int, bool, int]:
        words = set(words_of(display_set.series.description)) & set(words_of(other.series.description))
        return (
            other.series.modality == display_set.series.modality,
            other.view.laterality == display_set.view.laterality
            and other.view.view_position == display_set.view.view_position,
            len(words),
            other.is_volume == display_set.is_volume,
            -abs(len(other.frames) - len(display_set.frames)),
        )

    return max(candidates, key=likeness)


def _name(study: Study) -> str:
    return " ".join(study.patient_name.alphabetic.replace("^", " ").casefold().split())


def _date(text: str) -> date:
    if len(text) != 8:
        raise ValueError("no date")
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))
