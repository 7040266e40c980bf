"""How a package names its licence."""

from __future__ import annotations

import pytest

from desktop_app.core.part import licence_words


@pytest.mark.parametrize(("expression", "text", "classifiers", "expected"), [
    ("MIT", "whatever", ["License :: OSI Approved :: BSD License"], "MIT"),
    ("", "", ["License :: OSI Approved", "License :: OSI Approved :: BSD License"], "BSD License"),
    ("", "BSD-3-Clause", [], "BSD-3-Clause"),
    ("", "Copyright 2025, Somebody.\nRedistribution and use in source and binary forms …", [], "BSD"),
    ("", "x" * 80, ["Topic :: Software"], ""),
    ("", "", [], ""),
])
def test_it_is_named_in_its_own_words(expression: str, text: str, classifiers: list[str], expected: str) -> None:
    assert licence_words(expression, text, classifiers) == expected
