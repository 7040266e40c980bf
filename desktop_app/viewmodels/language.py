"""The language that the program speaks: chosen in the settings or that of the system, loaded once at the start.

Texts come from `resources/translations` (made by `make translations` with Qt's own tools); the standard buttons and
menus of Qt's widgets from the translations that Qt brings along. Numbers and dates follow the language.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from desktop_app.core.words import ENGLISH, Language, speak
from desktop_app.resources import resource_path

# Each in its own words, as somebody looks for it who cannot read the others.
LANGUAGES: tuple[tuple[str, str], ...] = (("en", "English"), ("de", "Deutsch"))


def language_of_system() -> str:
    """The first language that the user prefers of those that are here; English where none is."""
    known = {code for code, _ in LANGUAGES}
    preferred = (name.partition("-")[0] for name in QLocale.system().uiLanguages())
    return next((code for code in preferred if code in known), "en")


def start_language(application: QCoreApplication, chosen: str) -> str:
    """Loads the texts of `chosen` (empty: what the system speaks) before the first widget is made; returns its code.

    A language that is not here, or whose file is damaged, is English: the program starts in any case.
    """
    code = chosen if chosen in dict(LANGUAGES) else language_of_system()
    translators = _translators(application, code)
    if code != "en" and not translators:
        code = "en"
    locale = _locale(code)
    QLocale.setDefault(locale)
    for translator in translators:
        application.installTranslator(translator)
    speak(ENGLISH if code == "en" else Language(
        code, QCoreApplication.translate, locale.decimalPoint(), locale.groupSeparator()))
    return code


def _locale(code: str) -> QLocale:
    """That of the system where it speaks the language (`de_CH` has other marks than `de_DE`), else the language's."""
    system = QLocale.system()
    return system if system.name().partition("_")[0] == code else QLocale(code)


def _translators(application: QCoreApplication, code: str) -> tuple[QTranslator, ...]:
    """Qt's own first, so that ours are asked before them. Empty where ours cannot be read."""
    ours, qts = QTranslator(application), QTranslator(application)
    if not ours.load(str(resource_path("translations", f"lightbox_{code}.qm"))):
        return ()
    qts.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return qts, ours
