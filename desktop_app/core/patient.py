"""Who a study is of, and the colours that keep two open patients apart."""

from __future__ import annotations

import colorsys
import hashlib
from collections.abc import Collection, Iterable

from desktop_app.core.study import Study

_SLOTS = 10
_FIRST_HUE = 18 / 360
_SATURATION = 0.65
_LIGHT, _LIGHTER = 0.66, 0.78


def patient_key(study: Study) -> str:
    """The same for studies of the same patient, as far as one archive can tell: by Patient ID and name.

    An ID alone is not enough (PS3.3 C.7.1.1.4 leaves its issuer open), nor is a name alone: many are "Anonymized".
    What does not tell is taken for another patient.
    """
    name = " ".join(study.patient_name.alphabetic.replace("^", " ").casefold().split())
    if study.patient_id.strip():
        return f"{study.patient_id.strip()}\0{name}"
    born = study.patient_birth_date
    return f"\0{name}\0{born}" if name and born else f"\0{name}\0{study.study_instance_uid}"


def colour_slot(key: str, taken: Collection[int]) -> int:
    """A patient's place among the colours: always the same one, unless another patient who is open has it."""
    preferred = int.from_bytes(hashlib.blake2s(key.encode(), digest_size=2).digest(), "big") % _SLOTS
    free = [slot for slot in range(_SLOTS) if slot not in taken]
    if preferred in free or not free:
        return preferred
    return max(free, key=lambda slot: (_least_distance(slot, taken), -slot))


def slot_colour(slot: int) -> str:
    """`#rrggbb`, readable on the dark window."""
    light = _LIGHT if slot % 2 else _LIGHTER
    parts = colorsys.hls_to_rgb((_FIRST_HUE + slot / _SLOTS) % 1.0, light, _SATURATION)
    return "#{:02x}{:02x}{:02x}".format(*(round(255 * part) for part in parts))


def namesakes(studies: Iterable[Study]) -> frozenset[str]:
    """The keys of those patients among the studies whose name another of them has as well."""
    keys_of: dict[str, set[str]] = {}
    for study in studies:
        keys_of.setdefault(study.patient_name.display.casefold(), set()).add(patient_key(study))
    return frozenset(key for name, keys in keys_of.items() if name and len(keys) > 1 for key in keys)


def _least_distance(slot: int, taken: Collection[int]) -> int:
    return min(min(abs(slot - other), _SLOTS - abs(slot - other)) for other in taken)
