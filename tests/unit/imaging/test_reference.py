"""Every file against its row of the reference table."""

from __future__ import annotations

import re

import pytest

from desktop_app.imaging.decode import open_instance
from tests.unit.imaging.pixel_reference import (
    AGREEMENT,
    DATA,
    Reference,
    agreement,
    files,
    read_table,
    reference,
)

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:pydicom")
_LOSSY = re.compile(r"\.4\.(50|51|53|55|81|91|203)$")
REFERENCES = read_table()


def test_the_table_covers_the_data() -> None:
    missing = set(files()) - set(REFERENCES)
    assert len(REFERENCES) > 250
    assert all(reference(name) is None for name in missing), "a file can be shown that is not in the table"
    assert not set(REFERENCES) - set(files()), "the table speaks of files that are gone"


@pytest.mark.parametrize("expected", REFERENCES.values(), ids=lambda row: row.file.rsplit("/", 1)[-1])
def test_stored_values_and_greys_are_those_of_the_table(expected: Reference) -> None:
    found = reference(expected.file)
    assert found is not None
    assert (found.frames, found.shape, found.dtype) == (expected.frames, expected.shape, expected.dtype)
    if not _LOSSY.search(open_instance(DATA / expected.file).transfer_syntax_uid):
        assert (found.stored, found.greys) == (expected.stored, expected.greys)
        return
    # Another build of a lossy codec may round otherwise.
    for ours, theirs in ((found.stored, expected.stored), (found.greys, expected.greys)):
        pairs = zip(re.split("[ /]", ours), re.split("[ /]", theirs), strict=True)
        assert all(abs(float(a) - float(b)) <= 2 for a, b in pairs)


def test_the_table_of_agreement_is_true() -> None:
    assert agreement() == AGREEMENT.read_text(encoding="utf-8"), "run python -m tests.unit.imaging.pixel_reference"
