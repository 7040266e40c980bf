"""The JSON model as servers write it: one bad element never loses a row."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import Interrupted, LightboxError, NotDicomWeb
from desktop_app.core.person_name import PersonName
from desktop_app.dicomweb.dicom_json import DicomJsonDataset, decode_json_text, iter_json_array, read_dataset


def element(vr: str, *values: object) -> DicomJsonDataset:
    return read_dataset({"00100010": {"vr": vr, "Value": list(values)}})


# -------------------------------------------------------------------------------------------------------------- values

@pytest.mark.parametrize(("value", "number"), [
    (7, 7), ("7", 7), (" 7 ", 7), ("+7", 7), (7.0, 7), ("7.0", 7), ("-3", -3), (2**40, 2**40), (str(2**62), 2**62),
    ("", None), ("abc", None), (None, None), ([], None), ({}, None), (True, None), (1.5, None), ("1.5", None),
    ("0,5", None),
    (math.nan, None), ("Infinity", None),
])
def test_whole_numbers_come_as_numbers_or_strings(value: object, number: int | None) -> None:
    assert element("IS", value).int("00100010") == number


def test_large_whole_numbers_keep_every_digit() -> None:
    assert element("UV", 2**63 + 1).int("00100010") == 2**63 + 1
    assert element("UV", str(2**63 + 1)).int("00100010") == 2**63 + 1


@pytest.mark.parametrize(("value", "numbers"), [
    (1.5, (1.5,)), ("1.5", (1.5,)), (" -2.5e-3 ", (-0.0025,)), ("abc", ()), ("0,5", ()), (None, ()), ("", ()),
    ("NaN", ()),
    (False, ()), ([1], ()), (3, (3.0,)),
])
def test_decimals_come_as_numbers_or_strings(value: object, numbers: tuple[float, ...]) -> None:
    assert element("DS", value).floats("00100010") == numbers


def test_a_bad_value_among_good_ones_costs_itself_only() -> None:
    data = element("DS", "1.0", "bad", None, 2)
    assert data.floats("00100010") == (1.0, 2.0)
    assert element("CS", "ORIGINAL", None, "AXIAL ").texts("00100010") == ("ORIGINAL", "", "AXIAL")


@pytest.mark.parametrize(("value", "text"), [
    ("CT", "CT"), (" padded \0", "padded"), (5, "5"), (5.0, "5"), (5.5, "5.5"), (None, ""), ({}, ""), ([], ""),
    ({"Alphabetic": "Doe^Jane"}, "Doe^Jane"),
])
def test_text_is_text_whatever_it_comes_as(value: object, text: str) -> None:
    assert element("LO", value).text("00100010") == text


@pytest.mark.parametrize(("value", "name"), [
    ({"Alphabetic": "Doe^Jane"}, PersonName("Doe^Jane")),
    ({"Alphabetic": "Yamada^Tarou", "Ideographic": "山田^太郎", "Phonetic": "やまだ^たろう"},
     PersonName("Yamada^Tarou", "山田^太郎", "やまだ^たろう")),
    ({"Ideographic": "山田^太郎"}, PersonName("", "山田^太郎")),
    ({"Alphabetic": "Wang^XiaoDong", "Ideographic": "^"}, PersonName("Wang^XiaoDong")),
    ("Doe^Jane", PersonName("Doe^Jane")),
    ("Yamada^Tarou=山田^太郎", PersonName("Yamada^Tarou", "山田^太郎")),
    ({"Alphabetic": "Yamada^Tarou=山田^太郎"}, PersonName("Yamada^Tarou", "山田^太郎")),
    ({"Alphabetic": {"FamilyName": "Doe", "GivenName": "Jane"}}, PersonName("Doe^Jane")),
    ({"Alphabetic": ["Doe^Jane"]}, PersonName("Doe^Jane")),
    ({"Alphabetic": None}, PersonName()), ({}, PersonName()), (None, PersonName()), (7, PersonName()), ([],
    PersonName()),
])
def test_names_have_three_groups_and_many_forms(value: object, name: PersonName) -> None:
    assert element("PN", value).person_name("00100010") == name


# ----------------------------------------------------------------------------------------------------------- structure

def test_what_is_missing_is_empty() -> None:
    data = read_dataset({"00100010": {"vr": "PN"}, "00100020": {}, "00100030": None})
    for tag in ("00100010", "00100020", "00100030", "00100040"):
        assert data.text(tag) == ""
        assert data.texts(tag) == ()
        assert data.int(tag) is None
        assert data.floats(tag) == ()
        assert data.person_name(tag) == PersonName()
        assert data.sequence(tag) == ()
        assert data.binary(tag) is None


@pytest.mark.parametrize("raw", [
    {"00100020": {"vr": "LO", "Value": "ID1"}},
    {"00100020": {"Value": ["ID1"]}},
    {"00100020": "ID1"},
    {"00100020": ["ID1"]},
    {"PatientID": {"vr": "LO", "Value": ["ID1"]}},
    {"0010,0020": {"vr": "LO", "Value": ["ID1"]}},
    {"(0010,0020)": {"vr": "LO", "Value": ["ID1"]}},
    {"_links": [1], "00100020": {"vr": "LO", "Value": ["ID1"]}},
])
def test_a_value_is_found_in_every_shape_and_the_shape_is_named(raw: object) -> None:
    data = read_dataset(raw)
    assert data.text("00100020") == "ID1"
    assert data.issues


def test_keys_in_lower_case_are_tags() -> None:
    data = read_dataset({"0008103e": {"vr": "LO", "Value": ["Chest"]}})
    assert data.text("0008103E") == "Chest"
    assert "0008103E" in data
    assert data.tags == ("0008103E",)


def test_sequences_are_data_sets_and_keep_their_positions() -> None:
    data = element("SQ", {"00080100": {"vr": "SH", "Value": ["A"]}}, None, "nonsense",
        {"00080100": {"vr": "SH", "Value": ["B"]}})
    items = data.sequence("00100010")
    assert [item.text("00080100") for item in items] == ["A", "", "", "B"]


@pytest.mark.parametrize("inline", ["AQID", "AQ ID\n", ["AQID"], ["AQ", "ID"]])
def test_inline_binary(inline: object) -> None:
    assert read_dataset({"7FE00010": {"vr": "OW", "InlineBinary": inline}}).binary("7FE00010") == b"\1\2\3"


def test_missing_padding_and_damage_in_inline_binary() -> None:
    assert read_dataset({"00420011": {"vr": "OB", "InlineBinary": "AQI"}}).binary("00420011") == b"\1\2"
    assert read_dataset({"00420011": {"vr": "OB", "InlineBinary": "AQ\nI"}}).binary("00420011") == b"\1\2"
    assert read_dataset({"00420011": {"vr": "OB", "InlineBinary": "A"}}).binary("00420011") is None
    assert read_dataset({"00420011": {"vr": "OB", "InlineBinary": 5}}).binary("00420011") is None


def test_bulk_data_is_a_uri_on_any_vr() -> None:
    data = read_dataset({"00204000": {"vr": "LT", "BulkDataURI": " ../bulk/1 "}, "7FE00010": {"vr": "OW",
        "BulkDataURI": 5}})
    assert data.element("00204000").bulk_data_uri == "../bulk/1"
    assert data.element("7FE00010").bulk_data_uri == ""


@pytest.mark.parametrize("raw", [None, [], "text", 5, True, {"a": {}, "": None}])
def test_what_is_no_data_set_is_an_empty_one(raw: object) -> None:
    assert len(read_dataset(raw)) == 0


def test_issues_name_tag_and_vr_but_no_value() -> None:
    data = read_dataset({
        "00100010": {"vr": "PN", "Value": ["Secret^Name"]},
        "00200013": {"vr": "IS", "Value": ["secret"]},
        "00400275": {"vr": "SQ", "Value": [{"00400007": {"vr": "DS", "Value": ["secret"]}}]},
        "00081030": {"vr": "LO", "Value": ["fine"]},
    })
    assert len(data.issues) == 3
    assert all("ecret" not in issue for issue in data.issues)
    assert any(issue.startswith("00400275/00400007") for issue in data.issues)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["vr", "Value", "InlineBinary", "BulkDataURI", "Alphabetic", "00100010", "0020000d",
            "PatientID", "x"]),
        inner, max_size=4,
    ), max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(raw=st.dictionaries(st.sampled_from(["00100010", "00200032", "00400275", "0020000d", "junk"]),
    JSON_VALUES) | JSON_VALUES)
def test_no_json_is_too_strange_to_be_read(raw: object) -> None:
    data = read_dataset(raw)
    assert isinstance(data.issues, tuple)
    for tag in (*data.tags, "00100010"):
        assert isinstance(data.text(tag), str)
        assert data.int(tag) is None or isinstance(data.int(tag), int)
        assert all(math.isfinite(number) for number in data.floats(tag))
        assert isinstance(data.person_name(tag), PersonName)
        assert isinstance(data.sequence(tag), tuple)
        assert isinstance(data.element(tag).vr, str)
        data.binary(tag)


# ---------------------------------------------------------------------------------------------------------------- text

@pytest.mark.parametrize("text", ["", "  \r\n", "[]", " [ ] "])
def test_nothing_is_an_empty_list(text: str) -> None:
    assert list(iter_json_array(text)) == []


def test_a_lone_object_is_a_list_of_one() -> None:
    assert list(iter_json_array(' {"a": 1} ')) == [{"a": 1}]


def test_members_come_one_by_one() -> None:
    members = iter_json_array('[{"a": 1}, {"a": 2}')
    assert next(members) == {"a": 1}
    assert next(members) == {"a": 2}
    with pytest.raises(Interrupted):
        next(members)


@pytest.mark.parametrize("text", ['[{"a": 1}', '[{"a": 1},', '[{"a": 1}, {"b": "x', '[{"a": 1}, {"b": {',
    '[{"a": 1}, {'])
def test_a_list_that_breaks_off_keeps_what_was_whole(text: str) -> None:
    members = iter_json_array(text)
    assert next(members) == {"a": 1}
    with pytest.raises(Interrupted):
        next(members)


@pytest.mark.parametrize("text", ["hello", "<html>", "[hello]", "[}", "5"])
def test_what_is_no_json_is_no_dicomweb(text: str) -> None:
    with pytest.raises(NotDicomWeb):
        list(iter_json_array(text))


def test_a_broken_object_does_not_lose_the_others() -> None:
    text = '[{"a": 1}, {"b": 2,}, {"c": "x{}", "d": [1, 2}, {"e": 3}]'
    assert list(iter_json_array(text)) == [{"a": 1}, None, None, {"e": 3}]


def test_backslashes_that_escape_nothing_stand_for_themselves() -> None:
    assert list(iter_json_array(r'[{"a": "CT\MR \n \\x"}]')) == [{"a": "CT\\MR \n \\x"}]


def test_control_characters_in_strings_are_read() -> None:
    assert list(iter_json_array('[{"a": "two\nlines\t"}]')) == [{"a": "two\nlines\t"}]


def test_numbers_too_long_to_be_read_cost_one_object() -> None:
    assert list(iter_json_array('[{"a": ' + "9" * 10_000 + '}, {"b": 1}]')) == [None, {"b": 1}]


def test_nesting_too_deep_costs_one_object() -> None:
    assert list(iter_json_array("[" + '{"a":' * 100_000 + "1" + "}" * 100_000 + ', {"b": 1}]')) == [None, {"b": 1}]


@settings(deadline=None)
@given(value=st.lists(st.dictionaries(st.text(), JSON_VALUES, max_size=3), max_size=3), cut=st.integers(0, 300))
def test_any_json_is_read_and_any_cut_is_an_error_of_ours(value: list[object], cut: int) -> None:
    text = json.dumps(value)
    assert len(list(iter_json_array(text))) == len(value)
    if cut < len(text) - 1:
        try:
            assert len(list(iter_json_array(text[:cut]))) <= len(value)
        except LightboxError as error:
            assert isinstance(error, Interrupted | NotDicomWeb)


def test_json_text_is_utf_8_whatever_the_data_set_says() -> None:
    assert decode_json_text("[\"Jérôme\"]".encode()) == '["Jérôme"]'
    assert decode_json_text(b"\xef\xbb\xbf[]") == "[]"
    assert decode_json_text("é".encode("latin-1"), "iso-8859-1") == "é"
    assert decode_json_text("é".encode("latin-1"), "no-such-charset") == "�"
    assert decode_json_text("é".encode("latin-1")) == "�"
