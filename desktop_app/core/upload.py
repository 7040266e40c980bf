"""UploadItem and Verdict: what became of each file that was dropped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from desktop_app.core.words import counted, say, t


class Verdict(StrEnum):
    """The end of every file's way. Each is said in words, and never more than is known."""

    STORED = t("core", "stored")
    STORED_WITH_WARNING = t("core", "stored with a warning")
    ALREADY_THERE = t("core", "already there")
    CONFLICT = t("core", "conflict")
    REFUSED = t("core", "refused")
    NOT_SENT = t("core", "not sent")
    NOT_DICOM = t("core", "not DICOM")
    UNREADABLE = t("core", "could not be read")


def verdict_text(verdict: Verdict, count: int) -> str:
    """`3 not DICOM`."""
    return f"{counted(count)} {say('core', verdict.value)}"


@dataclass(frozen=True, slots=True)
class UploadItem:
    """One file on its way. `verdict` is None while it is not known.

    `member` names the file inside the ZIP at `path`; empty for a file of its own. `modified_ns` is the file's time of
    change when it was looked at. What is known of patient and study serves the question before sending.
    """

    path: Path
    size: int = 0
    study_instance_uid: str = ""
    series_instance_uid: str = ""
    sop_instance_uid: str = ""
    sop_class_uid: str = ""
    verdict: Verdict | None = None
    reason: str = ""
    member: str = ""
    modified_ns: int = 0
    patient_name: str = ""
    patient_id: str = ""
    study_date: str = ""
    study_description: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Tells the files of one upload apart."""
        return str(self.path), self.member

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.member.rpartition("/")[2] or self.path.name

    @property
    def place(self) -> str:
        """Where it lies, for a person; a file in a ZIP behind the ZIP's name."""
        return f"{self.path}: {self.member}" if self.member else str(self.path)

    @property
    def series_key(self) -> tuple[str, str]:
        return self.study_instance_uid, self.series_instance_uid

    def judged(self, verdict: Verdict, reason: str = "") -> UploadItem:
        return replace(self, verdict=verdict, reason=reason)


# What may turn out better when it is sent again.
WORTH_SENDING_AGAIN = frozenset({Verdict.NOT_SENT, Verdict.REFUSED, Verdict.UNREADABLE})


@dataclass(frozen=True, slots=True)
class UploadProgress:
    """Where an upload stands: counts of files and bytes.

    `sent_bytes` are those of files that need not be sent any more, `wire_bytes` all that went out, repeats included.
    `asking`: nothing is sent before someone has agreed. `waiting`: why nothing moves, in words. `password_for`: the
    ZIP whose password is asked for, `password_turn` how often one was asked for until now.
    """

    found: int = 0
    done: int = 0
    total_bytes: int = 0
    sent_bytes: int = 0
    scanning: bool = True
    totals: tuple[tuple[Verdict, int], ...] = ()
    wire_bytes: int = 0
    asking: bool = False
    paused: bool = False
    waiting: str = ""
    password_for: str = ""
    password_turn: int = 0

    @property
    def failed(self) -> int:
        """How many may be sent again with a chance."""
        return sum(count for verdict, count in self.totals if verdict in WORTH_SENDING_AGAIN)


@dataclass(frozen=True, slots=True)
class StudyGroup:
    """One study of an upload, for the question before sending. `size` in bytes."""

    study_instance_uid: str
    patient_name: str
    patient_id: str
    study_date: str
    study_description: str
    files: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class UploadPlan:
    """What would be sent, by patient and study, and what would not, by verdict. `size` in bytes."""

    studies: tuple[StudyGroup, ...] = ()
    left_out: tuple[tuple[Verdict, int], ...] = ()

    @property
    def files(self) -> int:
        return sum(study.files for study in self.studies)

    @property
    def size(self) -> int:
        return sum(study.size for study in self.studies)

    @property
    def study_count(self) -> int:
        """A study whose files name two patients has two groups, and is one."""
        return len({study.study_instance_uid for study in self.studies})

    @property
    def patients(self) -> int:
        return len({(study.patient_id, study.patient_name) for study in self.studies})


class PlanBuilder:
    """Adds up a plan file by file."""

    def __init__(self) -> None:
        self._studies: dict[tuple[str, str, str], StudyGroup] = {}
        self._left_out: dict[Verdict, int] = {}

    def add(self, item: UploadItem) -> None:
        if item.verdict is not None:
            self._left_out[item.verdict] = self._left_out.get(item.verdict, 0) + 1
            return
        key = (item.study_instance_uid, item.patient_id, item.patient_name)
        group = self._studies.get(key) or StudyGroup(
            item.study_instance_uid, item.patient_name, item.patient_id, item.study_date, item.study_description
        )
        self._studies[key] = replace(group, files=group.files + 1, size=group.size + item.size)

    def plan(self) -> UploadPlan:
        """By patient, then by date and study."""
        studies = sorted(
            self._studies.values(), key=lambda study: (study.patient_name, study.patient_id, study.study_date)
        )
        left_out = sorted(self._left_out.items(), key=lambda pair: list(Verdict).index(pair[0]))
        return UploadPlan(tuple(studies), tuple(left_out))


# PS3.18 I.2.2 and the C-STORE status codes it borrows (PS3.4 B.2.3, PS3.7 C.5), low … high; Azure has 1, A901, B00E
# and B00F, dcm4chee A922. The first that fits counts.
_FAILURE_REASONS: tuple[tuple[int, int, str], ...] = (
    (0x0001, 0x0001, t("core", "the archive found fault with some attributes")),
    (0x0110, 0x0110, t("core", "the archive could not process it")),
    (0x0111, 0x0111, t("core", "an object with this UID is already there")),
    (0x0117, 0x0117, t("core", "its UID is not valid")),
    (0x0119, 0x0119, t("core", "its class and its UID contradict each other")),
    (0x0122, 0x0122, t("core", "the archive does not take this kind of object")),
    (0x0124, 0x0124, t("core", "you are not allowed to store it")),
    (0x0213, 0x0213, t("core", "the archive has no room left")),
    (0xA700, 0xA7FF, t("core", "the archive has no room left")),
    (0xA901, 0xA901, t("core", "its study is not the one that it was sent to")),
    (0xA922, 0xA922, t("core", "a part of its bytes did not come along")),
    (0xA900, 0xA9FF, t("core", "its content does not match its kind")),
    (0xB000, 0xB000, t("core", "the archive changed some attributes")),
    (0xB006, 0xB006, t("core", "the archive dropped some attributes")),
    (0xB007, 0xB007, t("core", "its content does not match its kind")),
    (0xB00E, 0xB00E, t("core", "an object with this UID is already there")),
    (0xB00F, 0xB00F, t("core", "an object with this UID is just being stored")),
    (0xC122, 0xC122, t("core", "the archive does not take this transfer syntax")),
    (0xC000, 0xCFFF, t("core", "the archive could not understand it")),
)


def reason_in_words(code: int | None) -> str:
    """A failure or warning reason (0008,1197 / 0008,1196) as a phrase with its code."""
    if code is None:
        return say("core", "the archive gave no reason")
    for low, high, words in _FAILURE_REASONS:
        if low <= code <= high:
            return say("core", "{words} (code {code})").format(words=say("core", words), code=f"{code:04X}H")
    return say("core", "the archive's reason has code {code}").format(code=f"{code:04X}H")
