"""Which attributes belong to which level, and how they are matched (PS3.18 10.6, PS3.4 C.6.1.1).

Everything that decides what a search can match and what it returns is a row here. To make a study or series attribute
searchable by index, give it a level and a VR below; the catalogue notices that the table has changed and rebuilds
itself from the files.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache

from desktop_app.archive.part10 import dictionary_vr


class Level(IntEnum):
    """The levels of the information model a search can list."""

    STUDY = 0
    SERIES = 1
    INSTANCE = 2


class Kind(StrEnum):
    """How a value is compared with a key (PS3.4 C.2.2.2)."""

    UID = "uid"             # list of UID matching
    TEXT = "text"           # single value and wildcard matching, case ignored
    MOMENT = "moment"       # single value and range matching of dates and times
    NUMBER = "number"       # numbers are equal as numbers, not as text
    SEQUENCE = "sequence"


_KIND_OF_VR = {
    "UI": Kind.UID, "DA": Kind.MOMENT, "TM": Kind.MOMENT, "DT": Kind.MOMENT, "SQ": Kind.SEQUENCE,
    **dict.fromkeys(("IS", "DS", "US", "SS", "UL", "SL", "UV", "SV", "FL", "FD"), Kind.NUMBER),
}


def kind_of_vr(vr: str) -> Kind:
    return _KIND_OF_VR.get(vr, Kind.TEXT)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of the tables below. `returned`: a search answers with it unasked."""

    tag: int
    keyword: str
    vr: str
    level: Level
    returned: bool = False

    @property
    def kind(self) -> Kind:
        return kind_of_vr(self.vr)


def _table(level: Level, rows: str) -> tuple[Attribute, ...]:
    attributes = []
    for row in rows.split("\n"):
        if cells := row.split():
            tag, vr, keyword, *more = cells
            attributes.append(Attribute(int(tag, 16), keyword, vr, level, returned=more == ["returned"]))
    return tuple(attributes)


_STUDY = _table(Level.STUDY, """
    00080005 CS SpecificCharacterSet returned
    00080020 DA StudyDate returned
    00080030 TM StudyTime returned
    00080050 SH AccessionNumber returned
    00080080 LO InstitutionName
    00080090 PN ReferringPhysicianName returned
    00080201 SH TimezoneOffsetFromUTC returned
    00081030 LO StudyDescription returned
    00081048 PN PhysiciansOfRecord
    00081060 PN NameOfPhysiciansReadingStudy
    00081080 LO AdmittingDiagnosesDescription
    00100010 PN PatientName returned
    00100020 LO PatientID returned
    00100021 LO IssuerOfPatientID returned
    00100030 DA PatientBirthDate returned
    00100032 TM PatientBirthTime
    00100040 CS PatientSex returned
    00101000 LO OtherPatientIDs
    00101001 PN OtherPatientNames
    00101010 AS PatientAge
    00101020 DS PatientSize
    00101030 DS PatientWeight
    00102160 SH EthnicGroup
    00102180 SH Occupation
    00104000 LT PatientComments
    00120062 CS PatientIdentityRemoved
    0020000D UI StudyInstanceUID returned
    00200010 SH StudyID returned
    00321032 PN RequestingPhysician
    00321060 LO RequestedProcedureDescription
""")

_SERIES = _table(Level.SERIES, """
    00080021 DA SeriesDate returned
    00080031 TM SeriesTime returned
    00080060 CS Modality returned
    00080070 LO Manufacturer
    00081010 SH StationName
    0008103E LO SeriesDescription returned
    00081040 LO InstitutionalDepartmentName
    00081050 PN PerformingPhysicianName
    00081070 PN OperatorsName
    00081090 LO ManufacturerModelName
    00180015 CS BodyPartExamined returned
    00181030 LO ProtocolName
    00185100 CS PatientPosition
    0020000E UI SeriesInstanceUID returned
    00200011 IS SeriesNumber returned
    00200060 CS Laterality returned
    00400244 DA PerformedProcedureStepStartDate returned
    00400245 TM PerformedProcedureStepStartTime returned
    00400253 SH PerformedProcedureStepID
    00400254 LO PerformedProcedureStepDescription
    00400275 SQ RequestAttributesSequence returned
""")

# What is kept at hand for every instance. The rest of the header is there too, only a little further away.
_INSTANCE = _table(Level.INSTANCE, """
    00080008 CS ImageType
    00080012 DA InstanceCreationDate
    00080013 TM InstanceCreationTime
    00080016 UI SOPClassUID returned
    00080018 UI SOPInstanceUID returned
    00080022 DA AcquisitionDate
    00080023 DA ContentDate
    00080032 TM AcquisitionTime
    00080033 TM ContentTime
    0008002A DT AcquisitionDateTime
    00180050 DS SliceThickness
    00180081 DS EchoTime
    00180086 IS EchoNumbers
    00180088 DS SpacingBetweenSlices
    00181060 DS TriggerTime
    00181164 DS ImagerPixelSpacing
    00185101 CS ViewPosition
    00189087 FD DiffusionBValue
    00200012 IS AcquisitionNumber
    00200013 IS InstanceNumber returned
    00200020 CS PatientOrientation
    00200032 DS ImagePositionPatient
    00200037 DS ImageOrientationPatient
    00200052 UI FrameOfReferenceUID
    00200100 IS TemporalPositionIdentifier
    00200062 CS ImageLaterality
    00201041 DS SliceLocation
    00280002 US SamplesPerPixel
    00280004 CS PhotometricInterpretation
    00280008 IS NumberOfFrames returned
    00280010 US Rows returned
    00280011 US Columns returned
    00280030 DS PixelSpacing
    00280100 US BitsAllocated returned
    00280101 US BitsStored
    00280102 US HighBit
    00280103 US PixelRepresentation
    00281050 DS WindowCenter
    00281051 DS WindowWidth
    00281052 DS RescaleIntercept
    00281053 DS RescaleSlope
    0040A043 SQ ConceptNameCodeSequence
    0040A491 CS CompletionFlag
    0040A493 CS VerificationFlag
    00420010 ST DocumentTitle
    00420012 LO MIMETypeOfEncapsulatedDocument
    00700080 CS ContentLabel
    00700081 LO ContentDescription
""")

# Made up by the archive, not read from a file.
_COMPUTED = _table(Level.STUDY, """
    00080056 CS InstanceAvailability returned
    00080061 CS ModalitiesInStudy returned
    00080062 UI SOPClassesInStudy
    00081190 UR RetrieveURL returned
    00201206 IS NumberOfStudyRelatedSeries returned
    00201208 IS NumberOfStudyRelatedInstances returned
""") + _table(Level.SERIES, """
    00201209 IS NumberOfSeriesRelatedInstances returned
""") + _table(Level.INSTANCE, """
    00083002 UI AvailableTransferSyntaxUID returned
""")

ATTRIBUTES = {attribute.tag: attribute for attribute in (*_STUDY, *_SERIES, *_INSTANCE, *_COMPUTED)}
BY_LEVEL = {Level.STUDY: _STUDY, Level.SERIES: _SERIES, Level.INSTANCE: _INSTANCE}
INDEXED = {attribute.tag: attribute for attribute in (*_STUDY, *_SERIES) if attribute.kind is not Kind.SEQUENCE}
RETURNED = {level: frozenset(f"{attribute.tag:08X}" for attribute in ATTRIBUTES.values()
                             if attribute.level == level and attribute.returned) for level in Level}
KEPT = {level: frozenset(attribute.tag for attribute in BY_LEVEL[level]) for level in Level}

MODALITIES_IN_STUDY = 0x00080061
SOP_CLASSES_IN_STUDY = 0x00080062
STUDY_INSTANCE_UID, SERIES_INSTANCE_UID, SOP_INSTANCE_UID = 0x0020000D, 0x0020000E, 0x00080018
SOP_CLASS_UID, MODALITY = 0x00080016, 0x00080060
STUDY_DATE, STUDY_TIME, SERIES_NUMBER, INSTANCE_NUMBER = 0x00080020, 0x00080030, 0x00200011, 0x00200013

# Date and time that together name one moment: their ranges are matched combined (PS3.4 C.2.2.2.5.4).
TIME_OF_DATE = {
    STUDY_DATE: STUDY_TIME, 0x00080021: 0x00080031, 0x00080022: 0x00080032, 0x00080023: 0x00080033,
    0x00080012: 0x00080013, 0x00400244: 0x00400245, 0x00100030: 0x00100032,
}

_BY_KEYWORD = {attribute.keyword: attribute.tag for attribute in ATTRIBUTES.values()}


def tag_of(name: str) -> int | None:
    """The tag of an attribute written as keyword (`PatientName`) or as eight hexadecimal digits; None if it is none."""
    if name in _BY_KEYWORD:
        return _BY_KEYWORD[name]
    if len(name) == 8 and all(char in "0123456789abcdefABCDEF" for char in name):
        return int(name, 16)
    return _dictionary_tag(name) if name.isascii() and name.isalnum() else None


def vr_of(tag: int) -> str:
    """The VR of a tag, `UN` when nobody knows it."""
    attribute = ATTRIBUTES.get(tag)
    return attribute.vr if attribute else dictionary_vr(tag).split(" ")[0]


def keyword_of(tag: int) -> str:
    """The keyword of a standard attribute, empty when nobody knows it."""
    attribute = ATTRIBUTES.get(tag)
    return attribute.keyword if attribute else _dictionary_keyword(tag)


@lru_cache(maxsize=8192)
def _dictionary_keyword(tag: int) -> str:
    from pydicom import datadict
    return datadict.keyword_for_tag(tag)


@lru_cache(maxsize=1024)
def _dictionary_tag(keyword: str) -> int | None:
    from pydicom import datadict
    return datadict.tag_for_keyword(keyword)

