from __future__ import annotations

import pytest

from desktop_app.core.patient import colour_slot, namesakes, patient_key, slot_colour
from desktop_app.core.person_name import PersonName
from desktop_app.core.study import Study


def one(patient_id: str = "", name: str = "", uid: str = "1.2", born: str = "") -> Study:
    return Study(uid, PersonName(name), patient_id, born)


def test_studies_of_one_patient_have_one_key() -> None:
    assert patient_key(one("1", "ROE^JANE", "1.2")) == patient_key(one("1 ", "Roe^Jane ", "1.3"))


@pytest.mark.parametrize("other", [one("2", "ROE^JANE"), one("1", "POE^JOHN"), one("", "ROE^JANE")])
def test_another_id_or_name_is_another_patient(other: Study) -> None:
    assert patient_key(one("1", "ROE^JANE")) != patient_key(other)


def test_two_studies_of_nobody_are_not_of_one_patient() -> None:
    assert patient_key(one(uid="1.2")) != patient_key(one(uid="1.3"))


def test_a_name_without_id_and_birth_date_tells_nobody() -> None:
    assert patient_key(one("", "Anonymized", "1.2")) != patient_key(one("", "Anonymized", "1.3"))
    assert patient_key(one("", "ROE^JANE", "1.2", "19700101")) == patient_key(one("", "Roe^Jane", "1.3", "19700101"))


def test_as_many_patients_as_there_are_colours_are_all_different() -> None:
    taken: list[int] = []
    for number in range(10):
        taken.append(colour_slot(f"patient {number}", taken))
    assert len({slot_colour(slot) for slot in taken}) == 10


def test_the_eleventh_has_a_colour_as_well() -> None:
    assert 0 <= colour_slot("one more", range(10)) < 10


def test_a_patient_keeps_the_own_colour_while_it_is_free() -> None:
    slot = colour_slot("a", ())
    assert colour_slot("a", [other for other in range(10) if other != slot]) == slot
    assert colour_slot("a", [slot]) != slot


@pytest.mark.parametrize("slot", range(10))
def test_every_colour_can_be_read_on_the_dark_window(slot: int) -> None:
    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert (light(slot_colour(slot)) + 0.05) / (light("#0e1116") + 0.05) >= 4.5


def test_namesakes_are_other_patients_of_the_same_name() -> None:
    twice = [one("1", "ROE^JANE", "1.2"), one("1", "ROE^JANE", "1.3"), one("2", "POE^JOHN", "1.4")]
    assert namesakes(twice) == frozenset()
    assert namesakes([*twice, one("9", "Roe^Jane", "1.5")]) == {"1\0roe jane", "9\0roe jane"}
    assert namesakes([one("1"), one("2")]) == frozenset()
