"""The language of the program: texts, numbers, dates and Qt's own words change with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop_app.core.dates import date_text
from desktop_app.core.errors import NotFound
from desktop_app.core.words import counted, language, say, speak
from desktop_app.ui.actions import ACTIONS
from desktop_app.viewmodels.language import start_language


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    before, locale = set(qapp.findChildren(QTranslator)), QLocale()
    yield qapp
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
    QLocale.setDefault(locale)
    speak()


def test_the_program_starts_in_german(application: QApplication) -> None:
    assert start_language(application, "de") == language() == "de"
    assert ACTIONS["open_study"].title == "Gewählte Studie öffnen"
    assert say("core", "stored") == "gespeichert"
    assert NotFound().user_text == "Das Archiv hat dies nicht mehr. Aktualisieren Sie die Liste."
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen", "Qt's own buttons"
    assert date_text("20260304") == "04. März 2026"


@pytest.mark.parametrize(("code", "one", "two"), [
    ("en", "1 file written to {place}.", "2 files written to {place}."),
    ("de", "1 Datei nach {place} geschrieben.", "2 Dateien nach {place} geschrieben."),
])
def test_what_is_counted_is_told_as_people_say_it(application: QApplication, code: str, one: str, two: str) -> None:
    start_language(application, code)
    text = "%n file(s) written to {place}."
    told = [QCoreApplication.translate("ExportModel", text, "", number) for number in (1, 2)]
    assert told == [one, two]


def test_numbers_have_the_marks_of_the_language(application: QApplication) -> None:
    start_language(application, "de")
    marks = QLocale().groupSeparator()
    assert counted(12345) == f"12{marks}345" and marks != ","


@pytest.mark.parametrize("chosen", ["en", "tlh"])
def test_what_is_not_there_is_english(
    application: QApplication, monkeypatch: pytest.MonkeyPatch, chosen: str,
) -> None:
    monkeypatch.setattr("desktop_app.viewmodels.language.language_of_system", lambda: "en")
    assert start_language(application, chosen) == language() == "en"
    assert ACTIONS["open_study"].title == "Open the selected study"
    assert (counted(12345), date_text("20260304")) == ("12,345", "04 Mar 2026")
