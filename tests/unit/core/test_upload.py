from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.core.upload import PlanBuilder, UploadItem, Verdict, reason_in_words


@pytest.mark.parametrize(("code", "words"), [
    (None, "the archive gave no reason"),
    (0x0110, "the archive could not process it (code 0110H)"),
    (0x0111, "an object with this UID is already there (code 0111H)"),
    (0x0122, "the archive does not take this kind of object (code 0122H)"),
    (0xA700, "the archive has no room left (code A700H)"),
    (0xA7FF, "the archive has no room left (code A7FFH)"),
    (0xA900, "its content does not match its kind (code A900H)"),
    (0xA901, "its study is not the one that it was sent to (code A901H)"),
    (0xA922, "a part of its bytes did not come along (code A922H)"),
    (0xB00E, "an object with this UID is already there (code B00EH)"),
    (0xB00F, "an object with this UID is just being stored (code B00FH)"),
    (0x0001, "the archive found fault with some attributes (code 0001H)"),
    (0xC122, "the archive does not take this transfer syntax (code C122H)"),
    (0xC123, "the archive could not understand it (code C123H)"),
    (0xCFFF, "the archive could not understand it (code CFFFH)"),
    (0x1234, "the archive's reason has code 1234H"),
])
def test_reasons_in_words(code: int | None, words: str) -> None:
    assert reason_in_words(code) == words


def test_a_judged_item_keeps_what_it_was() -> None:
    item = UploadItem(Path("a.dcm"), size=3, sop_instance_uid="1.2")
    judged = item.judged(Verdict.REFUSED, "no room")
    assert (judged.path, judged.size, judged.sop_instance_uid) == (item.path, 3, "1.2")
    assert (judged.verdict, judged.reason, item.verdict) == (Verdict.REFUSED, "no room", None)


def test_a_study_that_names_two_patients_is_one_study() -> None:
    builder = PlanBuilder()
    for name, uid in (("Doe^Jane", "1.1"), ("Else^Someone", "1.1"), ("Doe^Jane", "1.2")):
        builder.add(UploadItem(Path("a.dcm"), size=3, study_instance_uid=uid, patient_name=name, patient_id="P"))
    plan = builder.plan()
    assert (len(plan.studies), plan.study_count, plan.patients, plan.files, plan.size) == (3, 2, 2, 3, 9)
