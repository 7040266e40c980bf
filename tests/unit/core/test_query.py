from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.person_name import PersonName
from desktop_app.core.query import StudyQuery, wildcard_match
from desktop_app.core.study import Study

STUDY = Study(
    "1.2.3", PersonName.parse("Doe^Jane^A=山田^花子"), patient_id="P-0042", study_date="20240229",
    modalities=("CT", "SR"), description="CT Abdomen (portal venous)", accession_number="ACC7",
)


@pytest.mark.parametrize(("query", "expected"), [
    (StudyQuery(), True),
    (StudyQuery(text="doe"), True),
    (StudyQuery(text="JANE doe"), True),
    (StudyQuery(text="Doe, Jane"), True),
    (StudyQuery(text="doe^jane"), True),
    (StudyQuery(text="doe*"), True),
    (StudyQuery(text="0042 abdomen"), True),
    (StudyQuery(text="山田"), True),
    (StudyQuery(text="acc7"), True),
    (StudyQuery(text="doe john"), False),
    (StudyQuery(text="   "), True),
    (StudyQuery(patient_name="doe^jane^a"), True),
    (StudyQuery(patient_name="doe*"), True),
    (StudyQuery(patient_name="doe"), False),
    (StudyQuery(patient_name="d?e^*"), True),
    (StudyQuery(patient_name="山田*"), True),
    (StudyQuery(patient_name="Doe^Jane^A^^"), True),
    (StudyQuery(patient_id="P-004?"), True),
    (StudyQuery(patient_id="P-004"), False),
    (StudyQuery(description="*(portal*"), True),
    (StudyQuery(description="*[portal*"), False),
    (StudyQuery(accession_number="ACC7"), True),
    (StudyQuery(accession_number="ACC"), False),
    (StudyQuery(modality="SR"), True),
    (StudyQuery(modality="C"), False),
    (StudyQuery(date_from="20240229", date_to="20240229"), True),
    (StudyQuery(date_from="20240301"), False),
    (StudyQuery(date_to="20240228"), False),
    (StudyQuery(date_from="20240101"), True),
    (StudyQuery(date_to="20241231"), True),
])
def test_matches(query: StudyQuery, expected: bool) -> None:
    assert query.matches(STUDY) is expected


@pytest.mark.parametrize("query", [StudyQuery(date_from="19000101"), StudyQuery(date_to="29991231")])
def test_a_study_without_date_answers_no_question_about_dates(query: StudyQuery) -> None:
    assert not query.matches(replace(STUDY, study_date=""))


def test_trailing_carets_of_a_stored_name_do_not_matter() -> None:
    assert StudyQuery(patient_name="Doe^Jane").matches(Study("1", PersonName("Doe^Jane^^^")))


@pytest.mark.parametrize(("query", "text"), [
    (StudyQuery(), ""),
    (StudyQuery(date_from="20240101"), "20240101-"),
    (StudyQuery(date_to="20241231"), "-20241231"),
    (StudyQuery(date_from="20240101", date_to="20241231"), "20240101-20241231"),
    (StudyQuery(date_from="20240101", date_to="20240101"), "20240101"),
])
def test_date_range(query: StudyQuery, text: str) -> None:
    assert query.date_range == text


@given(st.text())
def test_a_star_matches_everything_and_a_value_matches_itself(value: str) -> None:
    assert wildcard_match("*", value)
    assert wildcard_match("*" + value.replace("*", "?") + "*", value)


@given(st.text(alphabet="ab"), st.text(alphabet="ab"))
def test_prefix_suffix_and_infix(head: str, tail: str) -> None:
    value = head + "x" + tail
    assert wildcard_match(head + "*", value)
    assert wildcard_match("*" + tail, value)
    assert wildcard_match(head + "?" + tail, value)
    assert not wildcard_match(head + "??" + tail, value)


def test_many_stars_do_not_take_for_ever() -> None:
    assert not wildcard_match("*" * 60 + "b", "a" * 400)
