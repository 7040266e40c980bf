"""What we write is read back with the same numbers, by us and by highdicom."""

from __future__ import annotations

import io
from dataclasses import replace

import highdicom
import pydicom
import pytest
from highdicom import sr
from pydicom.sr.codedict import codes

from desktop_app.core.annotation import AnnotationKind
from desktop_app.core.drawn import annotations_of
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.saved_work import SavedView
from desktop_app.core.study_object import KeyImages, Presentation, Report
from desktop_app.core.window import VoiFunction, Window
from desktop_app.objects.key_objects import write_key_images
from desktop_app.objects.open_object import open_object
from desktop_app.objects.presentation_state import write_presentation
from desktop_app.objects.sources import Sources
from desktop_app.objects.structured_report import write_emptied_report, write_report
from tests.support.made_objects import MOMENT, REF, STATISTICS, arrow, header, measured, sources


def test_drawings_come_back_editable_from_a_report() -> None:
    items = measured()
    report = open_object(write_report(items, sources(), author="Ann Reader", moment=MOMENT))
    assert isinstance(report, Report)
    assert (report.head.is_ours, report.head.author, report.head.moment) == (True, "Ann Reader", "20260102030405")
    back = annotations_of(report.graphics, [item.annotation.key for item in items])
    assert [drawing for drawing, _ in back] == [item.annotation for item in items]
    assert [uid for _, uid in back] == [item.tracking_uid for item in items]


def test_highdicom_reads_the_same_numbers() -> None:
    document = pydicom.dcmread(io.BytesIO(write_report(measured(), sources(), moment=MOMENT)))
    report = sr.ComprehensiveSR.from_dataset(document)
    groups = report.content.get_planar_roi_measurement_groups()
    assert len(groups) == 3
    areas = [group.get_measurements(name=codes.SCT.Area)[0] for group in groups]
    assert [(area.value, area.unit.value) for area in areas] == [
        (345.67, "mm2"), (88.125, "{pixels}2"), (99.5, "mm2")]
    means = groups[0].get_measurements(name=pydicom.sr.coding.Code("112031", "DCM", "Attenuation Coefficient"))
    assert {item.derivation.meaning: item.value for item in means} == {
        "Mean": STATISTICS.mean, "Standard Deviation": STATISTICS.deviation, "Minimum": STATISTICS.lowest,
        "Maximum": STATISTICS.highest}
    assert all(item.unit.value == "[hnsf'U]" for item in means)
    plain = report.content.get_image_measurement_groups()
    numbers = [(item.name.meaning, item.value, item.unit.value) for group in plain for item in group.get_measurements()]
    assert numbers == [
        ("Length", 34.567, "mm"), ("Angle", 45.5, "deg"), ("Cobb angle", 22.25, "deg"), ("Long Axis", 40.0, "mm"),
        ("Short Axis", 15.0, "mm"), ("Length", 15.2, "{pixels}"), ("Attenuation Coefficient", -77.0, "[hnsf'U]")]


def test_a_later_report_names_the_one_it_replaces() -> None:
    first = write_report(measured(), sources(), moment=MOMENT)
    second = open_object(write_report(measured()[:1], sources(), moment=MOMENT, previous=[first]))
    before = open_object(first)
    assert isinstance(second, Report)
    assert second.replaces == {before.head.ref.sop_instance_uid}


def test_an_emptied_report_takes_the_place_of_those_before() -> None:
    earlier = [write_report(measured(), sources(), moment=MOMENT) for _ in range(2)]
    data = write_emptied_report(earlier, moment=MOMENT, number=3)
    empty = open_object(data)
    before = [open_object(one) for one in earlier]
    assert isinstance(empty, Report)
    assert empty.head.is_ours
    assert empty.graphics == ()
    assert empty.replaces == {one.head.ref.sop_instance_uid for one in before}
    uids = {one.head.ref.sop_instance_uid for one in (*before, empty)}
    assert len(uids) == 3
    assert pydicom.dcmread(io.BytesIO(data)).file_meta.MediaStorageSOPInstanceUID == empty.head.ref.sop_instance_uid


def test_names_in_another_alphabet_stay_what_they_are() -> None:
    of = header()
    of.SpecificCharacterSet, of.PatientName = "ISO_IR 100", "MÜLLER^JÖRG"
    stored = io.BytesIO()
    of.save_as(stored, implicit_vr=False, little_endian=True)
    read_again = pydicom.dcmread(stored, force=True)
    data = write_report(measured(), Sources({REF.series_instance_uid: read_again}, {}), moment=MOMENT)
    assert str(pydicom.dcmread(io.BytesIO(data)).PatientName) == "MÜLLER^JÖRG"


def test_a_report_without_a_measurement_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        write_report([arrow()], sources(), moment=MOMENT)


@pytest.mark.parametrize("rotation", range(4))
@pytest.mark.parametrize("flips", [(False, False), (True, False), (False, True), (True, True)])
def test_a_view_comes_back_from_a_presentation_state(rotation: int, flips: tuple[bool, bool]) -> None:
    window = Window(-600.0, 1500.5, VoiFunction.SIGMOID, "LUNG")
    view = SavedView((REF,), window, True, rotation, *flips, area=(10.0, 20.0, 110.0, 220.0))
    data = write_presentation(view, [arrow()], sources(), label="VIEW", author="Ann Reader", moment=MOMENT)
    state = open_object(data)
    assert isinstance(state, Presentation)
    assert state.window_for(REF) == window
    assert state.inverted
    # Flipping both ways is turning by half.
    turned = (rotation + 2 * flips[1]) % 4
    assert (state.rotation, state.flip_horizontal) == (turned, flips[0] != flips[1])
    area = state.area_for(REF)
    assert area is not None
    assert (area.top_left, area.bottom_right) == ((11.0, 21.0), (110.0, 220.0))
    assert state.speaks_of(REF)
    assert not state.speaks_of(replace(REF, sop_instance_uid="1.2.3"))
    drawn = annotations_of(state.graphics, [9])
    assert [(made.kind, made.points, made.text) for made, _ in drawn] == [
        (AnnotationKind.ARROW, ((5.0, 6.0), (40.0, 50.0)), "here")]


def test_highdicom_reads_the_presentation_state() -> None:
    view = SavedView((REF,), Window(40.0, 400.0))
    data = write_presentation(view, measured(), sources(), label="VIEW", moment=MOMENT)
    state = pydicom.dcmread(io.BytesIO(data))
    voi = state.SoftcopyVOILUTSequence[0]
    assert (float(voi.WindowCenter), float(voi.WindowWidth)) == (40.0, 400.0)
    assert len(state.GraphicAnnotationSequence[0].GraphicObjectSequence) == 11
    assert highdicom.__version__


def test_key_images_keep_their_frames() -> None:
    refs = (replace(REF, frame_number=2), replace(REF, frame_number=5), FrameRef(
        REF.study_instance_uid, REF.series_instance_uid, "1.2.826.0.1.3680043.8.498.84"))
    found = open_object(
        write_key_images(refs, sources(), author="Ann Reader", moment=MOMENT, description="for the talk"))
    assert isinstance(found, KeyImages)
    assert found.refs == refs
    assert (found.head.title, found.head.author, found.description) == ("Of Interest", "Ann Reader", "for the talk")
    assert found.head.is_ours
