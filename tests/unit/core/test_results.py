"""Results as text and as CSV: every number with its unit and source, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import pytest

from desktop_app.core.annotation import Annotation, AnnotationKind
from desktop_app.core.area import Statistics
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.lengths import parse_length_mm
from desktop_app.core.measure import Concept, Measurement, Quantity
from desktop_app.core.results import Result, as_csv, as_text

REF = FrameRef("1", "2", "3")
LENGTH = Result(
    Annotation(1, AnnotationKind.LENGTH, REF, ((0, 0), (1, 1))),
    Measurement(AnnotationKind.LENGTH, (Quantity(Concept.LENGTH, 34.5678, "mm", 0.81),), "at the detector"),
    "2 · Thorax, p.a.", 7,
)
AREA = Result(
    Annotation(2, AnnotationKind.ELLIPSE, REF, ((0, 0), (1, 1))),
    Measurement(AnnotationKind.ELLIPSE, (Quantity(Concept.AREA, 120.0, "mm²", 4.0),), "pixel spacing",
                Statistics(9, -12.5, 3.25, -20, 5), "HU"),
    "3", 1,
)
WORDS = Result(Annotation(3, AnnotationKind.TEXT, REF, ((0, 0),), "=1+1"), None)


def test_text_has_a_line_for_each() -> None:
    lines = as_text([LENGTH, AREA, WORDS]).splitlines()
    assert lines[0] == "2 · Thorax, p.a. image 7\tlength\t34.6 ± 0.8 mm\tat the detector"
    assert lines[1].startswith("3 image 1\tellipse\t−12.5 ± 3.2 HU\t1.2 ± 0.1 cm² · min −20.0 max 5.0 · pixel spacing")
    assert lines[2] == "text\t=1+1"


def test_csv_has_a_row_for_each_number_and_survives_a_reader() -> None:
    rows = list(csv.reader(io.StringIO(as_csv([LENGTH, AREA, WORDS]))))
    assert rows[0] == ["series", "image", "kind", "quantity", "value", "unit", "±", "source", "note", "text"]
    assert rows[1] == ["2 · Thorax, p.a.", "7", "length", "length", "34.5678", "mm", "0.81", "at the detector", "", ""]
    assert [row[3:6] for row in rows[2:7]] == [
        ["area", "120", "mm²"], ["mean", "-12.5", "HU"], ["standard deviation", "3.25", "HU"],
        ["minimum", "-20", "HU"], ["maximum", "5", "HU"]]
    assert rows[7][-1] == "'=1+1", "a text is no formula"
    assert {len(row) for row in rows} == {10}


@pytest.mark.parametrize(("text", "length"), [
    ("50", 50), (" 50 mm ", 50), ("5cm", 50), ("2,5 cm", 25), ("1 in", 25.4), (".5", 0.5), ("0", None), ("-5", None),
    ("", None), ("fifty", None), ("5 5", None), ("1e3", None), ("20000", None)])
def test_a_length_as_it_is_typed(text: str, length: float | None) -> None:
    assert parse_length_mm(text) == (pytest.approx(length) if length is not None else None)
