"""Specific Character Set (0008,0005): bytes to text (PS3.5 6.1). Nothing here raises: what cannot be read is marked."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TypeAlias

Decode: TypeAlias = Callable[[bytes], str]

# One character set without code extensions, PS3.3 C.12.1.1.2. Everything else goes to pydicom.
_CODECS = {
    "ISO_IR 100": "latin-1", "ISO_IR 101": "iso8859-2", "ISO_IR 109": "iso8859-3", "ISO_IR 110": "iso8859-4",
    "ISO_IR 144": "iso8859-5", "ISO_IR 127": "iso8859-6", "ISO_IR 126": "iso8859-7", "ISO_IR 138": "iso8859-8",
    "ISO_IR 148": "iso8859-9", "ISO_IR 203": "iso8859-15", "ISO_IR 166": "iso8859-11", "ISO_IR 13": "shift_jis",
    "ISO_IR 192": "utf-8", "GB18030": "gb18030", "GBK": "gbk",
}
_ESCAPE = b"\x1b"


def decoder_for(specific_character_set: bytes) -> Decode:
    """What decodes the text values of a data set with this raw (0008,0005). Labels are read with a kind eye
    (`ISO IR 192`); bytes that contradict their label come out as UTF-8 if they are, else with replacement marks."""
    text = specific_character_set.decode("latin-1").upper().replace("-", "_")
    terms = [term.strip(" \0") for term in text.split("\\")]
    terms = ["ISO_IR" + term[6:] if term.startswith("ISO IR") else term for term in terms]
    if not any(terms) or terms == ["ISO_IR 6"]:
        return _undeclared
    codec = _CODECS.get(terms[0]) if len(terms) == 1 else None
    return _plain(codec) if codec else _with_code_extensions(terms)


def _undeclared(raw: bytes) -> str:
    """ASCII by the standard; real files hold UTF-8 or Latin-1."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _plain(codec: str) -> Decode:
    def decode(raw: bytes) -> str:
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            pass
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return raw.decode(codec, "replace")
    return decode


def _with_code_extensions(terms: list[str]) -> Decode:
    def decode(raw: bytes) -> str:
        if _ESCAPE not in raw and raw.isascii():
            return raw.decode("ascii")
        from pydicom import charset
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # The delimiters at which the standard resets to the first character set (PS3.5 6.1.2.5.3).
            delimiters = {0x0D, 0x0A, 0x09, 0x0C, 0x5E, 0x3D, 0x5C}
            return charset.decode_bytes(raw, charset.convert_encodings(terms), delimiters)
    return decode
