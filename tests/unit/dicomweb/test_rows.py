"""Rows of search answers from seven kinds of server, as they differ."""

from __future__ import annotations

import pytest

from desktop_app.core.person_name import PersonName
from desktop_app.core.study import Instance, Series, Study
from desktop_app.dicomweb.dicom_json import TAGS, read_dataset
from desktop_app.dicomweb.rows import (
    INSTANCE_FIELDS,
    SERIES_FIELDS,
    STUDY_FIELDS,
    instance_from_json,
    series_from_json,
    study_from_json,
)


def row(**values: object) -> dict[str, object]:
    return {TAGS[keyword]: {"vr": "UN", "Value": value if isinstance(value, list) else [value]} for keyword,
        value in values.items()}


def test_a_full_study_row() -> None:
    study = study_from_json(read_dataset(row(
        StudyInstanceUID="1.2.3", PatientName={"Alphabetic": "Doe^Jane"}, PatientID="ID1", PatientBirthDate="19700102",
        PatientSex="F", StudyDate="20200131", StudyTime="101112.5", ModalitiesInStudy=["CT", "SR"],
        StudyDescription="Chest", AccessionNumber="A1", ReferringPhysicianName={"Alphabetic": "Roe^Ann"},
        InstitutionName="Clinic", NumberOfStudyRelatedSeries=3, NumberOfStudyRelatedInstances="120",
    )))
    assert study == Study(
        "1.2.3", PersonName("Doe^Jane"), "ID1", "19700102", "F", "20200131", "101112.5", ("CT", "SR"), "Chest", "A1",
        PersonName("Roe^Ann"), "Clinic", 3, 120,
    )


def test_a_row_with_nothing_but_its_uid() -> None:
    assert study_from_json(read_dataset(row(StudyInstanceUID="1.2.3"))) == Study("1.2.3")
    assert series_from_json(read_dataset(row(SeriesInstanceUID="3.4")), "1.2") == Series("1.2", "3.4")
    assert instance_from_json(read_dataset(row(SOPInstanceUID="5.6")), "1.2", "3.4") == Instance("1.2", "3.4", "5.6")


def test_a_row_without_uid_is_none() -> None:
    assert study_from_json(read_dataset(row(PatientID="ID1"))) is None
    assert series_from_json(read_dataset(None)) is None
    assert instance_from_json(read_dataset(row(SOPInstanceUID=None))) is None


@pytest.mark.parametrize(("value", "modalities"), [
    (["CT", "MR"], ("CT", "MR")), (["CT\\MR"], ("CT", "MR")), (["ct"], ("CT",)), (["CT", "CT"], ("CT",)), ([],
    ()), ([None], ()),
    ([""], ()),
])
def test_modalities(value: list[object], modalities: tuple[str, ...]) -> None:
    study = study_from_json(read_dataset(row(StudyInstanceUID="1", ModalitiesInStudy=value)))
    assert study is not None
    assert study.modalities == modalities


def test_modalities_fall_back_to_the_modality() -> None:
    study = study_from_json(read_dataset(row(StudyInstanceUID="1", Modality="US")))
    assert study is not None
    assert study.modalities == ("US",)


@pytest.mark.parametrize(("value", "date"), [
    ("20200131", "20200131"), ("2020-01-31", "20200131"), ("2020.01.31", "20200131"), ("20200131101112", "20200131"),
    ("2020", ""), ("", ""), (None, ""), ("unknown!", ""), ("٢٠٢٠٠١٣١", ""),
])
def test_dates(value: object, date: str) -> None:
    study = study_from_json(read_dataset(row(StudyInstanceUID="1", StudyDate=value)))
    assert study is not None
    assert study.study_date == date


@pytest.mark.parametrize(("value", "time"), [("101112", "101112"), ("10:11:12", "101112"), ("x", ""), (None, "")])
def test_times(value: object, time: str) -> None:
    study = study_from_json(read_dataset(row(StudyInstanceUID="1", StudyTime=value)))
    assert study is not None
    assert study.study_time == time


def test_counts_that_are_none_are_unknown() -> None:
    study = study_from_json(read_dataset(row(StudyInstanceUID="1", NumberOfStudyRelatedSeries=-1)))
    assert study is not None
    assert study.series_count is None
    assert study.instance_count is None


def test_a_full_series_row() -> None:
    series = series_from_json(read_dataset(row(
        StudyInstanceUID="1.2", SeriesInstanceUID="3.4", Modality="mr", SeriesNumber="7", SeriesDescription="T1",
        BodyPartExamined="HEAD", Laterality="l", SeriesDate="20200131", SeriesTime="101112",
        NumberOfSeriesRelatedInstances=20,
    )))
    assert series == Series("1.2", "3.4", "MR", 7, "T1", "HEAD", "L", "20200131", "101112", 20)


def test_a_full_instance_row() -> None:
    instance = instance_from_json(read_dataset(row(
        StudyInstanceUID="1.2", SeriesInstanceUID="3.4", SOPInstanceUID="5.6", SOPClassUID="1.2.840.10008.5.1.4.1.1.2",
        InstanceNumber="12", NumberOfFrames=1, Rows=512, Columns="512", ImagePositionPatient=["-1.5", 2, 3.25],
        ImageOrientationPatient=[1, 0, 0, 0, 1, 0], FrameOfReferenceUID="7.8", ImageType=["ORIGINAL", "PRIMARY"],
        AcquisitionNumber=2, AvailableTransferSyntaxUID="1.2.840.10008.1.2.1",
    )))
    assert instance == Instance(
        "1.2", "3.4", "5.6", "1.2.840.10008.5.1.4.1.1.2", 12, 1, 512, 512, (-1.5, 2.0, 3.25), (1, 0, 0, 0, 1, 0), "7.8",
        ("ORIGINAL", "PRIMARY"), 2, "1.2.840.10008.1.2.1",
    )


@pytest.mark.parametrize("position", [[1, 2], ["x", 1, 2], [], [None, None, None], [1, 2, 3, 4]])
def test_half_a_position_is_none(position: list[object]) -> None:
    instance = instance_from_json(read_dataset(row(SOPInstanceUID="1", ImagePositionPatient=position)))
    assert instance is not None
    assert instance.image_position is None


@pytest.mark.parametrize(("frames", "count"), [(None, 1), (0, 1), ("", 1), (-3, 1), ("40", 40)])
def test_every_instance_has_a_frame(frames: object, count: int) -> None:
    instance = instance_from_json(read_dataset(row(SOPInstanceUID="1", NumberOfFrames=frames)))
    assert instance is not None
    assert instance.frames == count


def test_every_field_asked_for_has_a_tag() -> None:
    assert all(TAGS[field] for field in (*STUDY_FIELDS, *SERIES_FIELDS, *INSTANCE_FIELDS))
