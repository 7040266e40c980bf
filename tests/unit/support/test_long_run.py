"""The kept summary of the long tests."""

from __future__ import annotations

from pathlib import Path

from tests.support.long_run import page, read

RESULTS = """<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="pytest">
<testcase classname="a" name="test_it_soaks" time="600.4"><properties><property name="rounds" value="41"/>
<property name="grown" value="nothing"/></properties></testcase>
<testcase classname="a" name="test_it_breaks[one]" time="2.0"><failure message="assert 1 == 2">text</failure></testcase>
<testcase classname="a" name="test_it_cannot" time="0.0"><skipped message="Xvfb is not installed"/></testcase>
<testcase classname="a" name="test_it_ends_badly" time="1.0"><error message="left">text</error></testcase>
</testsuite></testsuites>"""


def test_what_failed_or_was_left_out_is_never_counted_as_passed(tmp_path: Path) -> None:
    file = tmp_path / "results.xml"
    file.write_text(RESULTS, encoding="utf-8")
    text = page(read(file), "1.2.3", "2026-01-02")
    assert "Lightbox 1.2.3, 2026-01-02: 1 of 4 passed, 10 minutes." in text
    assert "| it soaks | passed | 600 | rounds 41; grown nothing |" in text
    assert "| it breaks[one] | FAILED | 2 |  |" in text
    assert "| it cannot | skipped: Xvfb is not installed | 0 |  |" in text
    assert "| it ends badly | FAILED | 1 |  |" in text
