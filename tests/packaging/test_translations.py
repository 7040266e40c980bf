"""Every text of the program is translated, and what the program loads is what the translators wrote."""

from __future__ import annotations

import importlib.util
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from desktop_app.viewmodels.language import LANGUAGES
from tests.architecture.source import ROOT

FOLDER = ROOT / "resources" / "translations"
CODES = [code for code, _ in LANGUAGES]
HELP = "Run `make translations`, translate what is unfinished in {file}, run it again, and commit the .ts and the .qm."

_PLACEHOLDER = re.compile(r"\{[^{}]*\}|%(?:[sdn]|\d)|&(?=\w)")


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    try:
        module.tool("pyside6-lupdate")
    except FileNotFoundError as error:
        pytest.skip(f"this PySide6 brings no tools for translators: {error}")
    return module


def texts(file: Path) -> Iterator[tuple[str, str, list[str], bool]]:
    """(context, text, translations, whether they are finished) of a .ts file."""
    for context in ElementTree.parse(file).getroot().findall("context"):
        for message in context.findall("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.findall("numerusform")] or [translation.text or ""]
            finished = "type" not in translation.attrib
            yield context.findtext("name") or "", message.findtext("source") or "", forms, finished


@pytest.mark.parametrize("code", CODES)
def test_every_text_of_the_program_is_translated(translations: ModuleType, tmp_path: Path, code: str) -> None:
    kept = FOLDER / f"lightbox_{code}.ts"
    fresh = tmp_path / "fresh.ts"
    translations.collect(fresh, language=code)
    wanted = {(context, text) for context, text, _, _ in texts(fresh)}
    done = {(context, text) for context, text, forms, finished in texts(kept) if finished and all(forms)}
    there = {(context, text) for context, text, _, _ in texts(kept)}
    help_text = HELP.format(file=kept.relative_to(ROOT))
    assert sorted(wanted - done) == [], f"not translated yet. {help_text}"
    assert sorted(there - wanted) == [], f"no longer in the program. {help_text}"


@pytest.mark.parametrize("code", CODES)
def test_what_is_filled_in_is_the_same_in_every_language(code: str) -> None:
    def filled_in(text: str) -> list[str]:
        return sorted(_PLACEHOLDER.findall(text))

    wrong = [(text, form) for _, text, forms, _ in texts(FOLDER / f"lightbox_{code}.ts") for form in forms
             if filled_in(form) != filled_in(text)]
    assert wrong == []


@pytest.mark.parametrize("code", CODES)
def test_parts_that_follow_one_another_keep_their_order(code: str) -> None:
    """%s and {} are filled in by their place, so they cannot change it."""
    by_place = re.compile(r"%[sd]|\{:?[^{}\w]*\}")
    wrong = [(text, form) for _, text, forms, _ in texts(FOLDER / f"lightbox_{code}.ts") for form in forms
             if by_place.findall(text) != by_place.findall(form)]
    assert wrong == []


@pytest.mark.parametrize("code", CODES)
def test_spaces_at_the_ends_are_kept(code: str) -> None:
    def ends(text: str) -> tuple[str, str]:
        return text[:len(text) - len(text.lstrip())], text[len(text.rstrip()):]

    wrong = [(text, form) for _, text, forms, _ in texts(FOLDER / f"lightbox_{code}.ts") for form in forms
             if ends(text) != ends(form)]
    assert wrong == []


@pytest.mark.parametrize("code", CODES)
def test_what_the_program_loads_is_what_was_translated(translations: ModuleType, tmp_path: Path, code: str) -> None:
    translations.compile_to(FOLDER / f"lightbox_{code}.ts", tmp_path / "made.qm")
    assert (tmp_path / "made.qm").read_bytes() == (FOLDER / f"lightbox_{code}.qm").read_bytes(), (
        "the .qm is older than the .ts: run `make translations` and commit both")


def test_no_text_has_lost_its_context(translations: ModuleType, tmp_path: Path) -> None:
    """lupdate knows the class of `self.tr`; of what it does not know, the program would find no translation."""
    translations.collect(tmp_path / "fresh.ts")
    odd = {context for context, *_ in texts(tmp_path / "fresh.ts") if not re.fullmatch(r"[A-Za-z_]\w*", context)}
    assert odd == set(), "write `say(\"group\", …)` of core/words where there is no `self` to translate with"
