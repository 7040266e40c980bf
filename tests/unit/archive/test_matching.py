from __future__ import annotations

import pytest

from desktop_app.archive.attributes import Level
from desktop_app.archive.matching import BadSearch, Search, matches, parse_search

JANE = {"vr": "PN", "Value": [{"Alphabetic": "Doe^Jane^^Dr", "Ideographic": "山田^太郎"}]}


def _search(*parameters: tuple[str, str], level: Level = Level.STUDY) -> Search:
    return parse_search(level, parameters)


def _fits(name: str, value: str, **elements: dict[str, object]) -> bool:
    """Whether a data set of these elements (`t00100010=…`) answers the one key; no key is answered by all."""
    search = _search((name, value))
    return all(matches(key, {int(tag[1:], 16): element for tag, element in elements.items()}) for key in search.keys)


@pytest.mark.parametrize(("value", "fits"), [
    ("Doe^Jane^^Dr", True), ("doe^jane^^dr", True), ("Doe^Jane", False), ("Doe^Jane*", True), ("*jane*", True),
    ("D?e*", True), ("D?", False), ("山田*", True), ("山田^太郎", True), ("Doe^Jane^^Dr=山田^太郎", True), ("", True),
    ("*", True), ("Roe*\\Doe*", True), ("Doe^Jane^^Dr^", True), ("[D]oe*", False), ("Doe.Jane*", False),
])
def test_names(value: str, fits: bool) -> None:
    assert _fits("PatientName", value, t00100010=JANE) is fits


def test_many_wildcards_in_a_row_take_no_longer_than_one() -> None:
    long = {"vr": "LO", "Value": ["a" * 64]}
    assert not _fits("StudyDescription", "*" * 60 + "b", t00081030=long)
    assert _fits("StudyDescription", "*" * 60 + "a", t00081030=long)


@pytest.mark.parametrize(("name", "value", "vr", "stored", "fits"), [
    ("StudyDate", "20240101-20240131", "DA", "20240131", True),
    ("StudyDate", "20240101-20240131", "DA", "20240201", False),
    ("StudyDate", "20240101-20240131", "DA", "", False),
    ("StudyDate", "-20231231", "DA", "2023.12.31", True),
    ("StudyTime", "10-11", "TM", "115959.9", True),
    ("StudyTime", "10-11", "TM", "12", False),
    ("AcquisitionDateTime", "20240101-20240102", "DT", "20240103003000+0100", True),
    ("StudyInstanceUID", "1.2.3,1.2.4", "UI", "1.2.4", True),
    ("StudyInstanceUID", "1.2.3\\1.2.4", "UI", "1.2.4", True),
    ("StudyInstanceUID", "1.2.*", "UI", "1.2.4", False),            # no wildcards in UIDs
    ("Modality", "CT,MR", "CS", "MR", True),
    ("Modality", "ct", "CS", "CT", True),
    ("StudyDescription", "Knee, left", "LO", "KNEE, LEFT", True),   # a comma in text is a comma
    ("SeriesNumber", "5", "IS", 5, True),
    ("SeriesNumber", "005", "IS", 5, True),
    ("SliceThickness", "1.50", "DS", 1.5, True),
    ("Rows", "512,256", "US", 256, True),
    ("00280010", "512", "US", 512, True),
    ("0020000d", "1.2.4", "UI", "1.2.4", True),
])
def test_values_by_kind(name: str, value: str, vr: str, stored: object, fits: bool) -> None:
    key = _search((name, value)).keys[0]
    element = {"vr": vr, "Value": [stored]} if stored != "" else {"vr": vr}
    assert matches(key, {key.tag: element}) is fits


def test_any_value_of_several_matches() -> None:
    assert _fits("ImageType", "axial", t00080008={"vr": "CS", "Value": ["ORIGINAL", None, "AXIAL"]})


def test_keys_reach_into_sequences() -> None:
    item = {"00400009": {"vr": "SH", "Value": ["STEP-7"]}}
    sequence = {"vr": "SQ", "Value": [{}, item]}
    assert _fits("RequestAttributesSequence.ScheduledProcedureStepID", "step-*", t00400275=sequence)
    assert not _fits("00400275.00400009", "STEP-8", t00400275=sequence)
    assert not _fits("00400275.00400009", "STEP-7")


@pytest.mark.parametrize(("date", "time", "fits"), [
    ("20240101", "0900", False),            # before 10 on the first day
    ("20240101", "1000", True),
    ("20240102", "0300", True),             # any time in between: what separate ranges would lose
    ("20240103", "0900", True),
    ("20240103", "1200", False),
    ("20240103", "", True),                 # without a time the day counts from its beginning
])
def test_date_and_time_ranges_are_matched_combined(date: str, time: str, fits: bool) -> None:
    search = _search(("StudyDate", "20240101-20240103"), ("StudyTime", "1000-1059"))
    assert len(search.keys) == 1
    elements = {0x00080020: {"vr": "DA", "Value": [date]}, 0x00080030: {"vr": "TM", "Value": [time or None]}}
    assert matches(search.keys[0], elements) is fits


def test_a_single_date_and_a_time_range_stay_two_keys() -> None:
    assert len(_search(("StudyDate", "20240101"), ("StudyTime", "10-11")).keys) == 2


def test_paging_fields_and_fuzziness() -> None:
    search = _search(("limit", "10"), ("offset", "20"), ("includefield", "Rows,00280011"), ("includefield", "all"),
                     ("includefield", "NoSuchThing"), ("fuzzymatching", "true"), ("PatientID", ""))
    assert (search.limit, search.offset, search.include_all, search.keys) == (10, 20, True, ())
    assert search.include == {0x00280010, 0x00280011, 0x00100020}       # an empty key asks for the attribute
    assert "fuzzymatching parameter is not supported" in search.warnings[0]


@pytest.mark.parametrize(("name", "value"), [
    ("limit", "-1"), ("limit", "ten"), ("offset", "1.5"), ("PatentName", "x"), ("StudyDate", "last week"),
    ("SeriesNumber", "one"), ("0010001", "x"), ("Rows.", "5"),
])
def test_what_cannot_be_understood_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(BadSearch):
        _search((name, value))
