"""Everything that lies in a study opens as something, and says what is odd about it."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian

from desktop_app.core.errors import DicomError, NotDicom
from desktop_app.core.study_object import (
    KeyImages,
    LineKind,
    OtherObject,
    PdfDocument,
    Presentation,
    Report,
    Waveforms,
)
from desktop_app.imaging.decode import decode_frame, open_instance
from desktop_app.objects.attributes import class_name
from desktop_app.objects.documents import render_page
from desktop_app.objects.open_object import open_object, what_it_opens_as

_TABLE = Path(__file__).with_name("WHAT_OPENS.md")
_STORAGE = "1.2.840.10008.5.1.4.1.1."
_SEGMENTATIONS = {_STORAGE + "66.4", _STORAGE + "66.7"}
_WITHOUT_PREAMBLE = {"rtstruct.dcm", "ExplVR_BigEndNoMeta.dcm", "ExplVR_LitEndNoMeta.dcm"}
_HEAD = """# What the files without images, and segmentations, open as

Made by `test_open_object.py`; a difference fails the test, which writes the new table beside it.

| file | SOP class | opens as | what is said |
|---|---|---|---|
"""


def _bytes(dataset: Dataset, sop_class: str) -> bytes:
    dataset.SOPClassUID, dataset.SOPInstanceUID = _STORAGE + sop_class, "1.2.3.4"
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = "1.2.3", "1.2.3.1"
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    out = io.BytesIO()
    dataset.save_as(out, enforce_file_format=True)
    return out.getvalue()


def _code(meaning: str) -> Sequence:
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = "1", "99TEST", meaning
    return Sequence([item])


def _is_dicom(path: Path, data: bytes) -> bool:
    return data[128:132] == b"DICM" or path.name in _WITHOUT_PREAMBLE


def _row(path: Path, data: bytes) -> str:
    """The row of an object without an image, or of a segmentation; empty for all others."""
    try:
        header = pydicom.dcmread(io.BytesIO(data), stop_before_pixels=True, force=True)
    except Exception:
        return ""
    sop_class = str(header.get("SOPClassUID") or "")
    if sop_class in _SEGMENTATIONS:
        frame = decode_frame(open_instance(path), 1)
        assert (frame.rows, frame.columns) == (header.Rows, header.Columns)
        frames = int(header.get("NumberOfFrames", 1))
        return f"| {path.name} | {class_name(sop_class)} | image, {frames} frame{'s' * (frames > 1)} | |\n"
    if "Rows" in header or "charset" in str(path) or sop_class == _STORAGE + "2":
        return ""
    found = open_object(data)
    assert found.head.sop_class_uid == sop_class
    said = " ".join(found.head.warnings).replace("|", "/")
    return f"| {path.name} | {found.head.kind or 'not said'} | {what_it_opens_as(found)} | {said} |\n"


def test_every_file_without_an_image_opens(dicom_data: Path, tmp_path: Path) -> None:
    rows = []
    for path in sorted(dicom_data.rglob("*")):
        if path.is_file() and path.suffix not in (".csv", ".md", ".txt") and _is_dicom(path, data := path.read_bytes()):
            rows.append(_row(path, data))
    table = _HEAD + "".join(rows)
    if not _TABLE.exists() or _TABLE.read_text(encoding="utf-8") != table:
        fresh = tmp_path / _TABLE.name
        fresh.write_text(table, encoding="utf-8")
        pytest.fail(f"the table is not true any more; the new one is {fresh}")
    assert len(list(filter(None, rows))) > 60


def test_a_report_of_others_is_a_document_with_links(dicom_data: Path) -> None:
    found = open_object(next(dicom_data.rglob("sr_document_with_multiple_groups.dcm")).read_bytes())
    assert isinstance(found, Report)
    assert not found.head.is_ours
    assert found.template == "1500"
    assert [line.name for line in found.lines if line.kind is LineKind.HEADING][:1] == ["Imaging Measurements"]
    links = [line for line in found.lines if line.kind is LineKind.LINK]
    assert links
    assert all(ref.sop_instance_uid and ref.series_instance_uid for line in links for ref in line.refs)


def test_a_presentation_state_of_others_gives_its_graphics(dicom_data: Path) -> None:
    found = open_object(next(dicom_data.rglob("gsps_graphics_sts001_ct.dcm")).read_bytes())
    assert isinstance(found, Presentation)
    assert found.graphics
    assert found.refs
    assert all(found.speaks_of(ref) for graphic in found.graphics for ref in graphic.refs)


def test_key_objects_point_to_their_images(dicom_data: Path) -> None:
    found = open_object(next(dicom_data.rglob("ko_sts001_ct.dcm")).read_bytes())
    assert isinstance(found, KeyImages)
    assert found.refs
    assert all(ref.series_instance_uid for ref in found.refs)


def test_a_pdf_has_pages(dicom_data: Path) -> None:
    found = open_object(next(dicom_data.rglob("encapsulated_pdf.dcm")).read_bytes())
    assert isinstance(found, PdfDocument)
    page = render_page(found.data, 0, 400)
    assert page.shape[1] == pytest.approx(400, abs=2)
    assert page.min() < 128 < page.max()                     # dark words on white paper


def test_an_ecg_is_in_millivolts(dicom_data: Path) -> None:
    found = open_object(next(dicom_data.rglob("waveform_ecg.dcm")).read_bytes())
    assert isinstance(found, Waveforms)
    rhythm = found.groups[0]
    assert (rhythm.frequency_hz, rhythm.seconds, len(rhythm.channels)) == (1000.0, 10.0, 12)
    original = pydicom.dcmread(next(dicom_data.rglob("waveform_ecg.dcm")))
    expected = original.waveform_array(0)[:, 1] / 1000        # pydicom's own, in microvolts
    assert np.allclose(rhythm.channels[1].samples, expected, atol=1e-4)
    assert rhythm.channels[1].unit == "mV"


# -- bad input ---------------------------------------------------------------------------------------------------------


def test_a_sampling_frequency_of_zero_is_said() -> None:
    group = Dataset()
    group.SamplingFrequency, group.NumberOfWaveformChannels, group.NumberOfWaveformSamples = 0, 1, 4
    group.WaveformSampleInterpretation, group.WaveformBitsAllocated = "SS", 16
    group.add_new(0x54001010, "OW", b"\0" * 8)
    whole = Dataset()
    whole.WaveformSequence = Sequence([group])
    found = open_object(_bytes(whole, "9.1.1"))
    assert isinstance(found, Waveforms)
    assert not found.groups
    assert "sampling frequency of zero" in found.head.warnings[0]


def test_waveform_samples_that_end_early_are_said_and_shown() -> None:
    group = Dataset()
    group.SamplingFrequency, group.NumberOfWaveformChannels, group.NumberOfWaveformSamples = 100, 2, 1000
    group.WaveformSampleInterpretation, group.WaveformBitsAllocated = "SS", 16
    group.add_new(0x54001010, "OW", np.arange(20, dtype="<i2").tobytes())
    whole = Dataset()
    whole.WaveformSequence = Sequence([group])
    found = open_object(_bytes(whole, "9.1.1"))
    assert isinstance(found, Waveforms)
    assert list(found.groups[0].channels[1].samples) == list(range(1, 20, 2))
    assert "10 of 1000 samples" in found.head.warnings[0]


def test_a_pdf_that_is_none_is_a_card_with_a_sentence() -> None:
    whole = Dataset()
    whole.MIMETypeOfEncapsulatedDocument = "application/pdf"
    whole.EncapsulatedDocument = b"this is no PDF at all"
    found = open_object(_bytes(whole, "104.1"))
    assert isinstance(found, OtherObject)
    assert "calls itself a PDF" in found.head.warnings[0]


def test_a_locked_pdf_is_a_card_with_a_sentence() -> None:
    whole = Dataset()
    whole.MIMETypeOfEncapsulatedDocument = "application/pdf"
    whole.EncapsulatedDocument = _locked_pdf()
    found = open_object(_bytes(whole, "104.1"))
    assert isinstance(found, OtherObject)
    assert "password" in found.head.warnings[0]


def _locked_pdf() -> bytes:
    """A page whose standard security handler (revision 2) asks for a password that nobody has."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>",
        b"<</Filter/Standard/V 1/R 2/Length 40/P -4/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj" % number + body + b"endobj\n"
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    ids = b"33" * 16
    out += b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<" + ids + b"><" + ids + b">]>>\n"
    return out + b"startxref\n%d\n%%%%EOF" % start


def test_a_report_that_refers_to_itself_ends() -> None:
    inner = Dataset()
    inner.RelationshipType, inner.ReferencedContentItemIdentifier = "CONTAINS", [1, 1]
    group = Dataset()
    group.ValueType, group.RelationshipType, group.ConceptNameCodeSequence = "CONTAINER", "CONTAINS", _code("Findings")
    group.ContentSequence = Sequence([inner])
    whole = Dataset()
    whole.ValueType, whole.ConceptNameCodeSequence, whole.ContentSequence = "CONTAINER", _code("Odd"), Sequence([group])
    found = open_object(_bytes(whole, "88.11"))
    assert isinstance(found, Report)
    assert [(line.kind, line.name or line.text) for line in found.lines] == [
        (LineKind.HEADING, "Findings"), (LineKind.NOTE, "See item 1.1")]


def test_a_report_of_an_unknown_template_without_its_images_is_read() -> None:
    image = Dataset()
    image.ValueType, image.RelationshipType = "IMAGE", "CONTAINS"
    sop = Dataset()
    sop.ReferencedSOPClassUID, sop.ReferencedSOPInstanceUID = _STORAGE + "2", "1.2.3.99"
    image.ReferencedSOPSequence = Sequence([sop])
    odd = Dataset()
    odd.ValueType, odd.RelationshipType, odd.ConceptNameCodeSequence = "HOLOGRAM", "CONTAINS", _code("Odd")
    template = Dataset()
    template.TemplateIdentifier, template.MappingResource = "99999", "99TEST"
    whole = Dataset()
    whole.ValueType, whole.ContentSequence = "CONTAINER", Sequence([image, odd])
    whole.ContentTemplateSequence = Sequence([template])
    found = open_object(_bytes(whole, "88.33"))
    assert isinstance(found, Report)
    assert found.template == "99999"
    assert found.lines[0].refs[0].sop_instance_uid == "1.2.3.99"
    assert found.lines[0].refs[0].series_instance_uid == ""           # the report does not say which series
    assert "of a kind that is not known" in found.head.warnings[0]


def test_a_deep_report_says_that_its_end_is_left_out() -> None:
    item = Dataset()
    item.ValueType = "CONTAINER"
    for _ in range(90):
        outer = Dataset()
        outer.ValueType, outer.ContentSequence = "CONTAINER", Sequence([item])
        item = outer
    whole = Dataset()
    whole.ValueType, whole.ContentSequence = "CONTAINER", Sequence([item])
    found = open_object(_bytes(whole, "88.11"))
    assert isinstance(found, Report)
    assert "left out" in found.head.warnings[0]


def test_a_key_object_without_images_says_so() -> None:
    found = open_object(_bytes(Dataset(), "88.59"))
    assert isinstance(found, KeyImages)
    assert "points to no image" in found.head.warnings[0]


def test_a_presentation_state_without_images_says_so() -> None:
    found = open_object(_bytes(Dataset(), "11.1"))
    assert isinstance(found, Presentation)
    assert "names no image" in found.head.warnings[0]


def test_cda_is_read_as_text_and_entities_are_not_followed() -> None:
    whole = Dataset()
    whole.MIMETypeOfEncapsulatedDocument = "text/xml"
    whole.EncapsulatedDocument = (
        b'<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><title>Letter</title><component><section>'
        b"<title>Findings</title><text><paragraph>No lesion.</paragraph><table><tr><td>a</td><td>b</td></tr></table>"
        b"</text></section></component></ClinicalDocument> ")
    found = open_object(_bytes(whole, "104.2"))
    assert isinstance(found, Report)
    assert [line.name or line.text for line in found.lines] == ["Letter", "Findings", "No lesion.", "a · b"]
    whole.EncapsulatedDocument = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'
    hostile = open_object(_bytes(whole, "104.2"))
    assert isinstance(hostile, OtherObject)
    assert "cannot be read" in hostile.head.warnings[0]


def test_an_unknown_class_is_a_card() -> None:
    whole = Dataset()
    whole.Modality = "XX"
    found = open_object(_bytes(whole, "9999.1"))
    assert isinstance(found, OtherObject)
    assert found.head.modality == "XX"


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\0" * 200])
def test_what_is_no_dicom_is_refused(data: bytes) -> None:
    with pytest.raises((NotDicom, DicomError)):
        open_object(data)


def test_the_shutters_of_a_presentation_state_are_read() -> None:
    whole = Dataset()
    whole.ShutterShape = ["RECTANGULAR", "CIRCULAR", "POLYGONAL"]
    whole.ShutterLeftVerticalEdge, whole.ShutterRightVerticalEdge = 3, 8
    whole.ShutterUpperHorizontalEdge, whole.ShutterLowerHorizontalEdge = 2, 5
    whole.CenterOfCircularShutter, whole.RadiusOfCircularShutter = [40, 60], 25         # row, column
    whole.VerticesOfThePolygonalShutter = [1, 2, 30, 2, 30, 50]
    whole.ShutterPresentationValue = 0x8000
    found = open_object(_bytes(whole, "11.1"))
    assert isinstance(found, Presentation)
    assert found.shutter is not None
    assert found.shutter.rectangle == (2.0, 1.0, 8.0, 5.0)              # left, top, right, bottom
    assert found.shutter.circle == (59.5, 39.5, 25.0)                   # x, y, radius
    assert found.shutter.polygon == ((1.5, 0.5), (1.5, 29.5), (49.5, 29.5))
    assert found.shutter.grey == 0x80


def _moved(kind: str, *matrix: float) -> Dataset:
    step, inner = Dataset(), Dataset()
    inner.FrameOfReferenceTransformationMatrixType, inner.FrameOfReferenceTransformationMatrix = kind, list(matrix)
    step.MatrixSequence = Sequence([inner])
    item, image = Dataset(), Dataset()
    image.ReferencedSOPClassUID, image.ReferencedSOPInstanceUID = _STORAGE + "2", "1.2.3.55"
    item.MatrixRegistrationSequence, item.ReferencedImageSequence = Sequence([step]), Sequence([image, image])
    return item


def test_a_registration_is_a_card_that_says_what_it_lays_onto_what() -> None:
    still = _moved("RIGID", 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1)
    turned = _moved("RIGID_SCALE", 0, -2, 0, 5, 2, 0, 0, -7.5, 0, 0, 2, 0, 0, 0, 0, 1)
    broken = _moved("AFFINE", 1, 0, 0)
    still.FrameOfReferenceUID, turned.FrameOfReferenceUID = "1.2.3.66", "1.2.3.77"
    series = Dataset()
    series.SeriesInstanceUID, series.ReferencedInstanceSequence = "1.2.3.44", turned.ReferencedImageSequence
    whole = Dataset()
    whole.Modality, whole.ContentLabel, whole.FrameOfReferenceUID = "REG", "CT TO MR", "1.2.3.66"
    whole.ReferencedSeriesSequence = Sequence([series])
    whole.RegistrationSequence = Sequence([still, turned, broken])
    found = open_object(_bytes(whole, "66.1"))
    assert isinstance(found, OtherObject)
    assert (found.head.kind, found.head.modality, found.head.title) == ("Spatial Registration", "REG", "CT TO MR")
    images = "2 images of series 1.2.3.44"
    facts = dict(found.facts)
    assert facts["Laid onto"] == "frame of reference 1.2.3.66"
    assert facts["Part 1"] == f"what already lies there · {images} · RIGID, nothing is moved"
    assert facts["Part 2"] == (
        f"frame of reference 1.2.3.77 · {images} · RIGID_SCALE, moved by (5; -7.5; 0) mm and turned")
    assert facts["Part 3"] == f"{images} · AFFINE, its matrix cannot be read"
    assert what_it_opens_as(found) == "card"


def test_a_deformable_registration_names_its_grid_and_an_empty_one_says_so() -> None:
    item, grid = Dataset(), Dataset()
    grid.GridDimensions = [64, 32, 16]
    item.SourceFrameOfReferenceUID, item.DeformableRegistrationGridSequence = "1.2.3.77", Sequence([grid])
    whole = Dataset()
    whole.DeformableRegistrationSequence = Sequence([item, Dataset()])
    found = open_object(_bytes(whole, "66.3"))
    assert isinstance(found, OtherObject)
    facts = dict(found.facts)
    assert facts["Laid onto"] == "nothing that it names"
    assert facts["Part 1"] == "frame of reference 1.2.3.77 · deformed by a grid 64×32×16"
    assert facts["Part 2"] == "Says nothing"


@pytest.mark.parametrize("announced", [1, 3, 4000, 65535])
def test_a_private_attribute_with_a_wrong_length_takes_nothing_that_came_before(announced: int) -> None:
    words = Dataset()
    words.ValueType, words.RelationshipType, words.TextValue = "TEXT", "CONTAINS", "No lesion."
    words.ConceptNameCodeSequence = _code("Finding")
    whole = Dataset()
    whole.ValueType, whole.ContentSequence = "CONTAINER", Sequence([words])
    whole.private_block(0x7777, "LIGHTBOX TEST", create=True).add_new(0x01, "LO", "abcd")
    data = bytearray(_bytes(whole, "88.11"))
    at = data.rindex(struct.pack("<HH2sH", 0x7777, 0x1001, b"LO", 4))
    data[at + 6 : at + 8] = struct.pack("<H", announced)
    found = open_object(bytes(data))
    assert isinstance(found, Report)
    assert [line.text for line in found.lines] == ["No lesion."]
