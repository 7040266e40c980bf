from __future__ import annotations

import pytest

from desktop_app.archive.moments import Span, normalised, parse_span


@pytest.mark.parametrize(("vr", "text", "low", "high", "is_range"), [
    ("DA", "20240131", "20240131", "20240131", False),
    ("DA", "20240101-20240131", "20240101", "20240131", True),
    ("DA", "20240101-", "20240101", "99991231", True),
    ("DA", "-20240131", "00010101", "20240131", True),
    ("DA", "1997.10.24", "19971024", "19971024", False),
    ("DA", "2024", "20240101", "20241231", False),
    ("TM", "10", "100000000000", "105959999999", False),
    ("TM", "1030-11", "103000000000", "115959999999", True),
    ("TM", "10:30:00", "103000000000", "103000999999", False),
    ("TM", "103000.5", "103000500000", "103000599999", False),
    ("DT", "20240131", "20240131000000000000", "20240131235959999999", False),
    ("DT", "2020-2021", "20200101000000000000", "20211231235959999999", True),
    ("DT", "20240131120000+0200", "20240131100000000000", "20240131100000999999", False),
    ("DT", "20240131120000-0500", "20240131170000000000", "20240131170000999999", False),
    ("DT", "20240131120000-0500-", "20240131170000000000", "99991231235959999999", True),
])
def test_keys_are_spans(vr: str, text: str, low: str, high: str, is_range: bool) -> None:
    assert parse_span(vr, text) == Span(low, high, is_range)


@pytest.mark.parametrize(("vr", "text"), [
    ("DA", "yesterday"), ("DA", "-"), ("DA", "2024-01-31"), ("DA", "20240101--20240131"), ("TM", "1"), ("TM", "10.5"),
    ("DT", "20"), ("DA", "٢٠٢٤"),
])
def test_what_is_no_moment_is_refused(vr: str, text: str) -> None:
    with pytest.raises(ValueError, match="no value or range"):
        parse_span(vr, text)


@pytest.mark.parametrize(("vr", "text", "value"), [
    ("DA", "20240131", "20240131"), ("DA", " 20240131 ", "20240131"), ("DA", "unknown", None),
    ("TM", "1030", "103000000000"), ("TM", "103059.123456", "103059123456"), ("TM", "", None),
    ("DT", "20240131120000.5+0100", "20240131110000500000"),
])
def test_values_of_files_are_made_comparable(vr: str, text: str, value: str | None) -> None:
    assert normalised(vr, text) == value
