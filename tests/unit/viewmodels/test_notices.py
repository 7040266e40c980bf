"""Quiet sentences: the newest are kept, and what somebody is asked stays longest."""

from __future__ import annotations

from desktop_app.viewmodels.notices import Notice, Notices


def texts(notices: Notices) -> list[str]:
    return [item.text for item in notices.items]


def test_the_newest_five_are_kept() -> None:
    notices = Notices()
    for number in range(7):
        notices.post(Notice(str(number)))
    assert texts(notices) == ["2", "3", "4", "5", "6"]


def test_a_question_is_not_pushed_out_by_news() -> None:
    notices = Notices()
    notices.post(Notice("Your sign-in ends in 4 minutes.", action_text="Continue", action=lambda: None, key="session"))
    for number in range(7):
        notices.post(Notice(str(number)))
    assert texts(notices) == ["Your sign-in ends in 4 minutes.", "3", "4", "5", "6"]
    notices.withdraw("session")
    assert texts(notices) == ["3", "4", "5", "6"]


def test_of_nothing_but_questions_the_oldest_goes() -> None:
    notices = Notices()
    for number in range(6):
        notices.post(Notice(str(number), action_text="Continue", action=lambda: None))
    assert texts(notices) == ["1", "2", "3", "4", "5"]


def test_a_notice_about_the_same_thing_takes_the_place_of_the_earlier_one() -> None:
    notices = Notices()
    notices.post(Notice("before", key="upload"))
    notices.post(Notice("now", key="upload"))
    assert texts(notices) == ["now"]
