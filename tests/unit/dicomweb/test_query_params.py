"""What a person typed, in the words a server takes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.core.person_name import PersonName
from desktop_app.core.query import StudyQuery
from desktop_app.core.study import Study
from desktop_app.dicomweb.dialect import Dialect, IncludeField, adopted
from desktop_app.dicomweb.presets import dialect_for
from desktop_app.dicomweb.query_params import (
    Params,
    after_refusal,
    include_params,
    is_uid,
    keep,
    page_params,
    study_searches,
)
from desktop_app.dicomweb.rows import STUDY_FIELDS

KEYS = ("PatientName", "PatientID", "AccessionNumber", "StudyDescription", "ModalitiesInStudy", "StudyDate",
    "StudyInstanceUID")


def keys(query: StudyQuery, dialect: Dialect | None = None) -> list[dict[str, str]]:
    searches = study_searches(query, dialect or Dialect(), offset=0, limit=100)
    return [{name: value for name, value in params if name in KEYS} for params in searches]


@pytest.mark.parametrize("text", ["", "   ", "*", "^", ", *"])
def test_nothing_typed_asks_for_everything(text: str) -> None:
    assert keys(StudyQuery(text=text)) == [{}]


def test_a_word_is_looked_for_in_three_places() -> None:
    assert keys(StudyQuery(text="doe")) == [
        {"PatientName": "*doe*"}, {"PatientID": "*doe*"}, {"StudyDescription": "*doe*"},
    ]


def test_a_number_is_looked_for_where_numbers_are() -> None:
    assert keys(StudyQuery(text="4711")) == [
        {"PatientName": "*4711*"}, {"PatientID": "*4711*"}, {"AccessionNumber": "*4711*"},
    ]


@pytest.mark.parametrize(("text", "asked"), [
    ("Doe, Jane", "*Jane*"), ("doe jane-marie", "*jane-marie*"), ("Müller^Zoë", "*Müller*"), ("ab* c", "*ab*"),
    ("山田", "*山田*"), ("a\\b", "*a*"), ("*doe*", "*doe*"),
])
def test_of_several_words_the_longest_is_asked_for(text: str, asked: str) -> None:
    assert keys(StudyQuery(text=text))[0] == {"PatientName": asked}


def test_a_pasted_uid_is_asked_for_as_one() -> None:
    assert keys(StudyQuery(text=" 1.2.840.10008.5.1 ")) == [{"StudyInstanceUID": "1.2.840.10008.5.1"}]
    assert is_uid("1.2.826.0.1.3680043")
    assert is_uid("2.25.481988886679207663914503333901480018")
    assert not is_uid("1.2.3")
    assert not is_uid("2024.01.31")


def test_fields_narrow_every_search() -> None:
    query = StudyQuery(text="doe", modality="CT", date_from="20240101", date_to="20240131")
    for search in keys(query):
        assert search["ModalitiesInStudy"] == "CT"
        assert search["StudyDate"] == "20240101-20240131"
    assert len(keys(query)) == 3


@pytest.mark.parametrize(("query", "date"), [
    (StudyQuery(date_from="20240101"), "20240101-"), (StudyQuery(date_to="20240131"), "-20240131"),
    (StudyQuery(date_from="20240131", date_to="20240131"), "20240131"),
])
def test_dates_are_ranges(query: StudyQuery, date: str) -> None:
    assert keys(query) == [{"StudyDate": date}]


def test_a_key_given_as_a_field_is_not_asked_twice() -> None:
    assert keys(StudyQuery(text="doe", patient_name="roe*")) == [
        {"PatientName": "roe*", "PatientID": "*doe*"}, {"PatientName": "roe*", "StudyDescription": "*doe*"},
    ]


def test_fields_keep_their_wildcards() -> None:
    query = StudyQuery(patient_name="Doe^*", patient_id="12?4", accession_number="A1", description="*chest*")
    assert keys(query) == [
        {"PatientName": "Doe^*", "PatientID": "12?4", "AccessionNumber": "A1", "StudyDescription": "*chest*"},
    ]


def test_a_server_without_wildcards_is_asked_by_fuzzy_matching_and_exact_numbers() -> None:
    google = Dialect(wildcards=False, fuzzy=True)
    assert keys(StudyQuery(text="doe"), google) == [{"PatientName": "doe"}]
    assert keys(StudyQuery(text="4711"), google) == [
        {"PatientName": "4711"}, {"PatientID": "4711"}, {"AccessionNumber": "4711"},
    ]
    first = study_searches(StudyQuery(text="doe"), google, offset=0, limit=10)[0]
    assert ("fuzzymatching", "true") in first
    assert keys(StudyQuery(patient_name="Doe*"), google) == [{"PatientName": "Doe"}]


def test_a_server_with_neither_is_asked_for_everything_and_sieved() -> None:
    plain = Dialect(wildcards=False)
    assert keys(StudyQuery(text="doe"), plain) == [{}]
    assert keys(StudyQuery(patient_name="Doe*", patient_id="1*"), plain) == [{}]
    assert keys(StudyQuery(patient_name="Doe^Jane"), plain) == [{"PatientName": "Doe^Jane"}]


def test_refused_and_ignored_keys_are_not_asked_for() -> None:
    dialect = Dialect(refused_keys=frozenset({"ModalitiesInStudy"}), ignored_keys=frozenset({"StudyDescription"}))
    assert keys(StudyQuery(text="doe", modality="CT"), dialect) == [{"PatientName": "*doe*"}, {"PatientID": "*doe*"}]


def test_capital_letters_for_servers_that_tell_them_apart() -> None:
    assert keys(StudyQuery(text="doe", patient_name=""), Dialect(upper_case=True))[0] == {"PatientName": "*DOE*"}


# ----------------------------------------------------------------------------------------------------- include, paging

def test_the_forms_of_includefield() -> None:
    fields = ("StudyDescription", "InstitutionName")
    assert include_params(fields, Dialect()) == [("includefield", "00081030,00080080")]
    assert include_params(fields, Dialect(include_field=IncludeField.REPEATED)) == [
        ("includefield", "00081030"), ("includefield", "00080080"),
    ]
    assert include_params(fields, Dialect(include_field=IncludeField.ALL)) == [("includefield", "all")]
    assert include_params(fields, Dialect(include_field=IncludeField.NONE)) == []
    assert include_params(fields, Dialect(refused_fields=frozenset(fields))) == []


def test_pages() -> None:
    assert page_params(0, 100, Dialect()) == [("limit", "100")]
    assert page_params(200, 100, Dialect()) == [("limit", "100"), ("offset", "200")]
    assert page_params(0, 1000, Dialect(max_limit=200)) == [("limit", "200")]
    assert page_params(0, 0, Dialect()) == [("limit", "1")]         # limit=0 means all at one server and 400 at another
    assert page_params(5, None, Dialect()) == [("offset", "5")]


# ------------------------------------------------------------------------------------------------------------- refusals

def params_of(dialect: Dialect, query: StudyQuery | None = None, limit: int = 100) -> Params:
    return study_searches(query or StudyQuery(), dialect, offset=0, limit=limit)[0]


@pytest.mark.parametrize("answer", ["unknown attribute: StudyDescription", "unsupported tag 00081030",
    "bad (0008,1030)"])
def test_the_field_that_is_named_goes_first(answer: str) -> None:
    dialect = after_refusal(Dialect(), params_of(Dialect()), answer)
    assert dialect is not None
    assert dialect.refused_fields == {"StudyDescription"}


def test_an_answer_that_repeats_the_whole_request_names_nothing() -> None:
    params = params_of(Dialect())
    dialect = after_refusal(Dialect(), params, f"bad request: {params}")
    assert dialect is not None
    assert dialect.refused_fields == frozenset()
    assert dialect.include_field is IncludeField.REPEATED


def test_the_key_that_is_named_goes() -> None:
    query = StudyQuery(modality="CT")
    dialect = after_refusal(Dialect(include_field=IncludeField.NONE),
        params_of(Dialect(include_field=IncludeField.NONE), query),
                            "ModalitiesInStudy is not a supported key")
    assert dialect is not None
    assert dialect.refused_keys == {"ModalitiesInStudy"}


def test_a_limit_that_is_named_is_lowered() -> None:
    dialect = after_refusal(Dialect(), params_of(Dialect(), limit=1000), "Limit must be at most 200")
    assert dialect is not None
    assert dialect.max_limit == 200


def test_without_a_name_one_thing_goes_after_the_other_until_nothing_is_left() -> None:
    dialect: Dialect | None = Dialect(fuzzy=True)
    query = StudyQuery(patient_name="Doe*", description="x", modality="CT")
    seen = []
    while dialect is not None:
        seen.append(dialect)
        dialect = after_refusal(dialect, params_of(dialect, query, limit=1000), "")
    assert len(seen) == len(set(seen)) <= 9
    assert seen[1].include_field is IncludeField.REPEATED
    assert seen[2].include_field is IncludeField.NONE
    assert not seen[3].fuzzy
    assert seen[-1].refused_keys == {"StudyDescription", "ModalitiesInStudy"}
    last = dict(params_of(seen[-1], query, limit=1000))
    assert last == {"PatientName": "Doe*", "limit": "100"}


def test_what_was_learned_at_once_is_kept_together() -> None:
    before = Dialect()
    mine = replace(before, include_field=IncludeField.NONE)
    meanwhile = before.refusing_key("StudyDescription").accepting("frames", "*/*")
    both = adopted(meanwhile, before, mine)
    assert both.include_field is IncludeField.NONE
    assert both.refused_keys == {"StudyDescription"}
    assert both.accept_for("frames") == "*/*"
    assert adopted(meanwhile, before, before) is meanwhile


@pytest.mark.parametrize("root", [
    "https://healthcare.googleapis.com/v1/projects/p/locations/l/datasets/d/dicomStores/s/dicomWeb",
    "https://w-d.dicom.azurehealthcareapis.com/v2",
])
def test_services_that_are_the_same_for_everybody_are_known(root: str) -> None:
    known = dialect_for(root)
    assert known.accept_for("instance") == "application/dicom; transfer-syntax=*"
    assert not known.wildcards
    assert keys(StudyQuery(text="doe"), known) == [{"PatientName": "doe"}]
    assert int(dict(page_params(0, 100_000, known))["limit"]) <= 5000


@pytest.mark.parametrize("root", ["http://localhost:8042/dicom-web",
    "https://healthcare.googleapis.com.evil.test/", ""])
def test_other_servers_are_asked_plainly(root: str) -> None:
    assert dialect_for(root) == Dialect()


# ---------------------------------------------------------------------------------------------------------------- sieve

def test_the_sieve_keeps_what_cannot_be_judged() -> None:
    silent = Study("1.2", PersonName("Doe^Jane"))
    assert keep(StudyQuery(modality="CT"), silent)
    assert not keep(StudyQuery(modality="CT"), replace(silent, modalities=("MR",)))
    assert keep(StudyQuery(text="1.2.3.4.5.6"), silent)


@pytest.mark.parametrize("name", [PersonName("Wang^XiaoDong"), PersonName("??^??"), PersonName("�"), PersonName()])
def test_names_that_a_server_damages_in_lists_are_not_sieved_by_their_letters(name: PersonName) -> None:
    assert keep(StudyQuery(text="王小東"), Study("1.2", name))
    assert keep(StudyQuery(patient_name="王*"), Study("1.2", name))


def test_names_in_their_letters_are_sieved() -> None:
    assert not keep(StudyQuery(text="王小東"), Study("1.2", PersonName("Li", "李")))
    assert not keep(StudyQuery(text="roe"), Study("1.2", PersonName("Doe")))


def test_every_study_field_is_asked_for() -> None:
    assert len(dict(params_of(Dialect()))["includefield"].split(",")) == len(STUDY_FIELDS)
