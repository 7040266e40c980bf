"""Deletion: what is to go from an archive, by which way, and how far that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DeletionWay(StrEnum):
    """How an archive deletes."""

    UNKNOWN = "unknown"             # it has not been asked, or does not tell: it is tried
    DELETE = "delete"               # DELETE on the resource (PS3.18 has none; Google, Azure and our own archive do)
    REJECT = "reject"               # dcm4chee: rejected first (IHE IOCM), a study is deleted for good then
    OWN = "own"                     # Orthanc: not over DICOMweb, but by its own interface beside it
    NONE = "none"

    @property
    def is_offered(self) -> bool:
        return self is not DeletionWay.NONE


class Level(StrEnum):
    STUDY = "study"
    SERIES = "series"
    INSTANCE = "instance"


@dataclass(frozen=True, slots=True)
class DeletionTarget:
    """A study, a series or an instance, by how many UIDs are given."""

    study_instance_uid: str
    series_instance_uid: str = ""
    sop_instance_uid: str = ""

    @property
    def level(self) -> Level:
        if self.sop_instance_uid:
            return Level.INSTANCE
        return Level.SERIES if self.series_instance_uid else Level.STUDY

    @property
    def uid(self) -> str:
        """Of the thing itself."""
        return self.sop_instance_uid or self.series_instance_uid or self.study_instance_uid


@dataclass(frozen=True, slots=True)
class DeletionProgress:
    """How far an archive is; `total` is 0 while it does not tell. `failed`: how many it could not delete."""

    done: int = 0
    total: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class DeletionOffer:
    """What a deletion would do. `refusal` says in a sentence why it cannot be; `remark` what else should be known.

    `instances` is how many would go, None when the archive does not tell.
    """

    target: DeletionTarget
    instances: int | None = None
    refusal: str = ""
    remark: str = ""
