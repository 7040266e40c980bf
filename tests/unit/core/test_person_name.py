from __future__ import annotations

import pytest

from desktop_app.core.person_name import PersonName


@pytest.mark.parametrize(("raw", "shown"), [
    ("Doe^Jane", "Doe, Jane"),
    ("Doe^Jane^A", "Doe, Jane A"),
    ("Doe^Jane^A^Dr.^MD", "Doe, Dr. Jane A MD"),
    ("Doe", "Doe"),
    ("^Jane", "Jane"),
    ("Doe^^^", "Doe"),
    ("Yamada^Tarou=山田^太郎=やまだ^たろう", "山田 太郎 (Yamada, Tarou)"),
    ("=山田^太郎", "山田 太郎"),
    ("==やまだ^たろう", "やまだ たろう"),
    ("Wang^XiaoDong=王^小东", "王 小东 (Wang, XiaoDong)"),
    (" Doe ^ Jane ", "Doe, Jane"),
    ("", ""),
    ("^^^^", ""),
    ("^^^^=^^^^=^^", ""),
    ("Doe^Jane^A^B^C^D^E", "Doe, B Jane A C"),
    ("A=B=C=D=E", "B (A)"),
])
def test_display(raw: str, shown: str) -> None:
    assert PersonName.parse(raw).display == shown


def test_groups_are_kept_as_written() -> None:
    name = PersonName.parse("Yamada^Tarou=山田^太郎=やまだ^たろう")
    assert (name.alphabetic, name.ideographic, name.phonetic) == ("Yamada^Tarou", "山田^太郎", "やまだ^たろう")


def test_a_name_of_carets_is_no_name() -> None:
    assert not PersonName.parse("^^^^")
    assert PersonName.parse("^^^^=山田")
    assert PersonName.parse("^^^^") == PersonName()


def test_sorting_ignores_case_and_uses_what_there_is() -> None:
    names = [PersonName.parse(raw) for raw in ("zoe", "Adam", "=山田", "adam^b")]
    assert [name.alphabetic or name.ideographic for name in sorted(names, key=lambda n: n.sort_key)] == [
        "Adam", "adam^b", "zoe", "山田"]
