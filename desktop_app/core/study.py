"""Study, Series, Instance: the rows of the DICOM information model (PS3.3 7.1), as a search returns them."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.person_name import PersonName


@dataclass(frozen=True, slots=True)
class Study:
    """One study. Dates are DICOM `YYYYMMDD`, times `HHMMSS.ffffff`, empty when unknown; counts None when not given.

    `name_is_spoiled`: the archive lost letters of the name on the way; an instance has it whole.
    """

    study_instance_uid: str
    patient_name: PersonName = PersonName()
    patient_id: str = ""
    patient_birth_date: str = ""
    patient_sex: str = ""
    study_date: str = ""
    study_time: str = ""
    modalities: tuple[str, ...] = ()
    description: str = ""
    accession_number: str = ""
    referring_physician: PersonName = PersonName()
    institution: str = ""
    series_count: int | None = None
    instance_count: int | None = None
    name_is_spoiled: bool = False


def lacks_facts(study: Study) -> bool:
    """Whether anything is to be asked for beside the search."""
    return not study.modalities or study.series_count is None or study.instance_count is None or study.name_is_spoiled


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a study."""

    study_instance_uid: str
    series_instance_uid: str
    modality: str = ""
    number: int | None = None
    description: str = ""
    body_part: str = ""
    laterality: str = ""
    date: str = ""
    time: str = ""
    instance_count: int | None = None


@dataclass(frozen=True, slots=True)
class Instance:
    """One SOP instance and the few facts needed to order and group it before its pixels are here.

    `image_position` and `image_orientation` are in patient millimetres (PS3.3 C.7.6.2). They are None where the search
    did not give them. `rows` and `columns` are None for objects without pixels, or when not given.
    """

    study_instance_uid: str
    series_instance_uid: str
    sop_instance_uid: str
    sop_class_uid: str = ""
    number: int | None = None
    frames: int = 1
    rows: int | None = None
    columns: int | None = None
    image_position: tuple[float, float, float] | None = None
    image_orientation: tuple[float, float, float, float, float, float] | None = None
    frame_of_reference_uid: str = ""
    image_type: tuple[str, ...] = ()
    acquisition_number: int | None = None
    transfer_syntax_uid: str = ""
    b_value: float | None = None                # s/mm²
    echo_number: int | None = None
    echo_time_ms: float | None = None
    temporal_position: int | None = None
    trigger_time_ms: float | None = None
    acquisition_time: str = ""                  # HHMMSS.ffffff
    content_time: str = ""
    laterality: str = ""                        # of the image: R, L, B
    view_position: str = ""                     # CC, MLO, PA …
    patient_orientation: tuple[str, ...] = ()   # to which sides rows and columns run (PS3.3 C.7.6.1.1.1)
    frame_number: int = 0                       # of a multi-frame object: these are facts of that frame alone
    stack_id: str = ""                          # of the frame (PS3.3 C.7.6.16.2.2.1)
    contrast_phase: str = ""
    dimensions: tuple[tuple[str, int], ...] = ()        # what else frames differ in: in words, the place of this one
