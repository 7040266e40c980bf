from __future__ import annotations

import pytest

from desktop_app.core.display_set import DisplaySet
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.person_name import PersonName
from desktop_app.core.prior import days_between, is_same_patient, most_alike, sorted_priors
from desktop_app.core.store import Store
from desktop_app.core.study import Series, Study
from desktop_app.viewmodels.priors import distance_text

HERE, THERE = Store("Here", "https://a.example"), Store("There", "https://b.example")


def one(uid: str, date: str = "20260101", patient_id: str = "1", name: str = "ROE^JANE",
        born: str = "19700101") -> Study:
    return Study(uid, PersonName(name), patient_id, born, study_date=date)


@pytest.mark.parametrize(("other", "same"), [
    (one("2"), True), (one("2", patient_id=" 1 "), True), (one("2", name="Roe^Jane "), True), (one("2", name=""), True),
    (one("2", born=""), True), (one("2", patient_id="2"), False), (one("2", name="POE^JOHN"), False),
    (one("2", born="19710101"), False), (one("2", patient_id=""), False),
])
def test_one_patient_only_where_nothing_speaks_against_it(other: Study, same: bool) -> None:
    assert is_same_patient(one("1"), other) is same


def test_nobody_is_the_same_as_nobody() -> None:
    assert not is_same_patient(one("1", patient_id=""), one("2", patient_id=""))


def test_the_nearest_comes_first_and_each_study_once() -> None:
    found = [(HERE, one("far", "20200101")), (HERE, one("near", "20251224")), (THERE, one("near", "20251224")),
             (THERE, one("after", "20260110")), (THERE, one("undated", "")), (HERE, one("open")),
             (THERE, one("stranger", name="POE^JOHN"))]
    priors = sorted_priors(one("open"), found)
    assert [(prior.study.study_instance_uid, prior.days) for prior in priors] == [
        ("near", -8), ("after", 9), ("far", -2192), ("undated", None)]
    assert priors[0].store is HERE


@pytest.mark.parametrize(("first", "second", "days"), [
    ("20260101", "20260101", 0), ("20240228", "20240301", 2), ("20260101", "20251231", -1), ("", "20260101", None),
    ("2026", "20260101", None), ("20261301", "20260101", None), ("20260230", "20260101", None),
])
def test_days(first: str, second: str, days: int | None) -> None:
    assert days_between(first, second) == days


@pytest.mark.parametrize(("days", "text"), [
    (0, "same day"), (-1, "1 day before"), (-6, "6 days before"), (-7, "1 week before"), (20, "2 weeks after"),
    (-45, "1 month before"), (-30, "1 month before"), (-340, "11 months before"), (-364, "1 year before"),
    (681, "22 months after"), (-729, "24 months before"), (-730, "2 years before"), (-2192, "6 years before"),
    (None, "date unknown"),
])
def test_a_distance_is_said_as_one_says_it(days: int | None, text: str) -> None:
    assert distance_text(days) == text


def series(number: int, modality: str, description: str, count: int = 3, *, is_image: bool = True) -> DisplaySet:
    frames = tuple(FrameRef("9", f"9.{number}", f"9.{number}.{n}") for n in range(count))
    return DisplaySet(f"9.{number}", Series("9", f"9.{number}", modality, number, description), frames, True, is_image)


def test_the_series_that_answers_best_is_hung_beside() -> None:
    shown = series(1, "CT", "Lung 1.0 B60f", 300)
    others = [series(2, "SR", "Lung", is_image=False), series(3, "CT", "Scout", 2), series(4, "CT", "Abdomen"),
              series(5, "MR", "Lung"), series(6, "CT", "LUNG 3.0", 100)]
    assert most_alike(shown, others) is others[4]
    assert most_alike(None, others) is others[1]
    assert most_alike(shown, others[:1]) is None
