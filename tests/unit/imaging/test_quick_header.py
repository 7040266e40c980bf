"""The quick way to read a header: what pydicom reads, or nothing at all."""

from __future__ import annotations

import io
from pathlib import Path
from typing import cast

import numpy as np
import pydicom
import pytest
from pydicom import Dataset
from pydicom.filereader import read_partial

from desktop_app.imaging import part10
from desktop_app.imaging.part10 import parse
from desktop_app.imaging.source import BytesSource
from tests.unit.imaging.objects import header, image
from tests.unit.imaging.objects import part10 as written

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:pydicom")

DATA = Path(__file__).parents[2] / "data" / "dicom"
GREY = np.arange(64, dtype=np.uint16).reshape(8, 8)
QUICK_SYNTAXES = ("1.2.840.10008.1.2", "1.2.840.10008.1.2.1")


def slowly(data: bytes) -> tuple[Dataset, int]:
    """The dataset by pydicom alone, and where it stopped."""
    stream = io.BytesIO(data)
    stop = part10._StopAtPixels()
    return read_partial(cast(io.BufferedReader, stream), stop_when=stop, force=True), stream.tell()


def is_read_quickly(data: bytes, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether pydicom was not asked."""
    asked = []
    with monkeypatch.context() as patched:
        patched.setattr(part10, "read_partial", lambda *_, **__: asked.append(1))
        try:
            parse(BytesSource(data))
        except Exception:
            assert asked
    return not asked


def files() -> list[tuple[Path, bytes]]:
    """Not the largest: their headers are no others, only longer."""
    paths = [path for path in sorted(DATA.rglob("*")) if path.is_file() and path.stat().st_size < 2**18]
    found = [(path, path.read_bytes()) for path in paths]
    return [(path, data) for path, data in found if data[128:132] == b"DICM"]


def test_every_file_reads_as_pydicom_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = []
    take = part10._parsed
    monkeypatch.setattr(part10, "_parsed", lambda *found: taken.append(1) or take(*found))
    for path, data in files():
        try:
            expected, _ = slowly(data)
        except Exception:           # what pydicom cannot read is no matter of speed
            continue
        parsed = parse(BytesSource(data))
        if parsed.transfer_syntax_uid == "1.2.840.10008.1.2.1.99":
            continue
        assert parsed.dataset == expected, path.name
        assert list(parsed.dataset.keys()) == list(expected.keys()), path.name
        assert parsed.dataset.file_meta == expected.file_meta, path.name
        assert parsed.dataset.original_encoding == expected.original_encoding, path.name
        assert parsed.dataset.original_character_set == expected.original_character_set, path.name
    assert len(taken) > len(files()) * 0.8, "the quick way is hardly ever taken"


@pytest.mark.parametrize("syntax", QUICK_SYNTAXES)
def test_sequences_of_undefined_length_within_each_other(syntax: str, monkeypatch: pytest.MonkeyPatch) -> None:
    inner, middle, outer = Dataset(), Dataset(), header(GREY)
    inner.CodeMeaning = "innermost"
    middle.ConceptCodeSequence = [inner, Dataset()]
    outer.RequestAttributesSequence = [middle]
    outer.ReferencedImageSequence = []
    for sequence in (middle["ConceptCodeSequence"], outer["RequestAttributesSequence"]):
        sequence.is_undefined_length = True
        for item in sequence.value:
            item.is_undefined_length_sequence_item = True
    outer.PixelData = GREY.tobytes()
    outer["PixelData"].VR = "OW"
    data = written(outer, syntax)
    assert is_read_quickly(data, monkeypatch)
    parsed = parse(BytesSource(data))
    item = parsed.dataset.RequestAttributesSequence[0].ConceptCodeSequence[0]
    assert item.CodeMeaning == "innermost"
    assert len(parsed.dataset.ReferencedImageSequence) == 0
    assert parsed.pixels is not None
    assert data[parsed.pixels.offset :][: GREY.nbytes] == GREY.tobytes()


@pytest.mark.parametrize("syntax", ["1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"])
def test_other_ways_of_writing_are_left_to_pydicom(syntax: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(part10, "_parsed", lambda *_: asked.append(1))
    dataset = header(GREY)
    dataset.PixelData = GREY.tobytes()
    parse(BytesSource(written(dataset, syntax)))
    assert not asked


def test_names_in_other_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    data = image(GREY, SpecificCharacterSet=["", "ISO 2022 IR 87"], PatientName="Yamada^Tarou=山田^太郎")
    assert is_read_quickly(data, monkeypatch)
    dataset = parse(BytesSource(data)).dataset
    assert dataset.PatientName.ideographic == "山田^太郎"
    assert dataset == slowly(data)[0]


def test_cut_or_damaged_anywhere_it_reads_what_pydicom_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never something else than the patient way would: it gives up instead."""
    whole = bytearray(image(GREY, PatientName="A^B", WindowCenter=[40, 50], WindowWidth=[400, 1]))
    rng = np.random.default_rng(7)
    end = whole.index(b"\xe0\x7f\x10\x00")
    for _ in range(300):
        data = bytearray(whole)
        for place in rng.integers(132, end, 2):
            data[place] = rng.integers(256)
        parsed = None
        try:
            parsed = parse(BytesSource(bytes(data)))
        except Exception:
            continue
        with monkeypatch.context() as patched:
            patched.setattr(part10, "quick_header", lambda *_: None)
            patient = parse(BytesSource(bytes(data)))
        assert parsed.pixels == patient.pixels
        raw = [(tag, parsed.dataset.get_item(tag).value) for tag in tuple(parsed.dataset.keys())]
        assert raw == [(tag, patient.dataset.get_item(tag).value) for tag in tuple(patient.dataset.keys())]


def test_a_file_without_end_of_a_sequence_is_left_to_pydicom(monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = header(GREY)
    dataset.ReferencedImageSequence = [Dataset()]
    dataset["ReferencedImageSequence"].is_undefined_length = True
    dataset.PixelData = GREY.tobytes()
    data = written(dataset).replace(b"\xfe\xff\xdd\xe0", b"\xfe\xff\xdd\xe1")
    assert not is_read_quickly(data, monkeypatch)
    assert pydicom.dcmread(io.BytesIO(written(dataset))).Rows == 8
