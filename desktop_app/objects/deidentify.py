"""De-identification by the Basic Application Level Confidentiality Profile (PS3.15 Annex E) and four of its options.

Where the profile leaves a choice, the one that keeps every object valid is taken: a dummy rather than nothing. On top
of the profile: dates that it does not list go too, UIDs that are not the standard's are replaced wherever they stand,
and words that were removed somewhere are removed from every text that stays. Pixels are not looked into.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from desktop_app.core.deidentify import DatesChoice, DeidentifyChoices
from desktop_app.core.errors import DamagedDicom
from desktop_app.core.words import say
from desktop_app.objects.deidentify_table import ACTIONS, DEVICE

if TYPE_CHECKING:
    from pydicom.dataelem import DataElement
    from pydicom.dataset import Dataset

_TEXTS = frozenset({"LO", "SH", "ST", "LT", "UT", "UC", "AE", "PN", "UR"})
_DATES = frozenset({"DA", "DT", "TM"})
_DESCRIPTIONS = ("Description", "Comments", "Label", "ProtocolName", "BolusAgent", "ROIName", "RTPlanName",
                 "StructureSetName")
_STAYING_UIDS = ("ClassUID", "TransferSyntaxUID", "ContextUID", "MappingResourceUID", "CodingSchemeUID")
_PATIENT_NAME, _PATIENT_ID, _CONTENT = 0x00100010, 0x00100020, 0x0040A730
_LEAST_WORD = 4
_MOST_SHIFT_DAYS = 3650
_NOT_LOOKED_AT = frozenset({"US", "SC", "OT", "XC", "ES", "XA", "RF", "DOC", "GM", "OP"})
_DUMMY: dict[str, Any] = {
    "PN": "Removed", "DA": "19000101", "TM": "000000", "DT": "19000101000000", "AS": "000Y", "UI": "2.25.0",
    "IS": "0", "DS": "0", "OB": b"\0\0", "OW": b"\0\0", "UN": b"\0\0", "CS": "REMOVED", "AE": "REMOVED",
    **dict.fromkeys(("LO", "SH", "ST", "LT", "UT", "UC", "UR"), "Removed"),
    **dict.fromkeys(("US", "UL", "SS", "SL", "FL", "FD", "SV", "UV"), 0),
}
_PROFILE, _CLEANED, _FULL_DATES, _SHIFTED_DATES, _DEVICES, _UIDS = (
    ("113100", "Basic Application Confidentiality Profile"), ("113105", "Clean Descriptors Option"),
    ("113106", "Retain Longitudinal Temporal Information Full Dates Option"),
    ("113107", "Retain Longitudinal Temporal Information Modified Dates Option"),
    ("113109", "Retain Device Identity Option"), ("113110", "Retain UIDs Option"),
)


class Deidentifier:
    """With the same key the same UID, patient and day always become the same others, and nobody without the key can
    tell which. `key`: 16 bytes or more, kept on this machine."""

    def __init__(self, key: bytes, choices: DeidentifyChoices) -> None:
        self.choices = choices
        self._key = key[:64]

    def uid(self, uid: str) -> str:
        """The UID that stands for this one; itself for the standard's own, and where UIDs are kept."""
        if not uid or self.choices.keep_uids or _is_standard(uid):
            return uid
        return f"2.25.{int.from_bytes(self._digest('uid', uid, 16), 'big')}"

    def patient(self, patient_id: str, name: str) -> str:
        """The word that stands for this patient."""
        return f"ANON-{self._digest('patient', patient_id or name, 5).hex().upper()}"

    def shift_days(self, patient_id: str) -> int:
        """How many days everything of this patient is moved back, 1 to ten years."""
        return 1 + int.from_bytes(self._digest("days", patient_id, 4), "big") % _MOST_SHIFT_DAYS

    def file(self, data: bytes, warn: Callable[[str], None] = lambda text: None) -> bytes:
        """A Part 10 file without what names someone; `warn` hears why its pixels may still do so. Raises
        DamagedDicom for one that cannot be read whole: what is not understood cannot be cleaned. Slow."""
        import pydicom

        try:
            dataset = pydicom.dcmread(BytesIO(data))
            if doubt := may_show_a_name(dataset):
                warn(doubt)
            cleaned = self.dataset(dataset)
            target = BytesIO()
            cleaned.save_as(target, enforce_file_format=True)
        except Exception as error:  # whatever a damaged file does to the reader or the writer
            raise DamagedDicom(
                say(
                    "objects", "It cannot be de-identified: it is damaged, so nothing tells what names "
                    "someone."),
                detail=type(error).__name__) from error
        return target.getvalue()

    def dataset(self, dataset: Dataset) -> Dataset:
        """A data set changed in place, with file meta information that says nothing of its past."""
        import pydicom

        patient_id, name = str(dataset.get("PatientID", "") or ""), str(dataset.get("PatientName", "") or "")
        work = _Work(self, patient_id, self.patient(patient_id, name))
        work.clean(dataset)
        work.scrub(dataset)
        self._say_so(dataset)
        old = dataset.file_meta
        meta = pydicom.dataset.FileMetaDataset()
        meta.MediaStorageSOPClassUID = old.get("MediaStorageSOPClassUID") or dataset.SOPClassUID
        meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
        meta.TransferSyntaxUID = old.TransferSyntaxUID
        dataset.file_meta = meta
        dataset.preamble = b"\0" * 128
        return dataset

    def _say_so(self, dataset: Dataset) -> None:
        """PS3.15 E.1.1 step 7 and 8: the object itself says what was done to it."""
        import pydicom

        choices, done = self.choices, [_PROFILE]
        temporal = {DatesChoice.REMOVE: "REMOVED", DatesChoice.SHIFT: "MODIFIED", DatesChoice.KEEP: "UNMODIFIED"}
        done += [_SHIFTED_DATES] if choices.dates is DatesChoice.SHIFT else []
        done += [_FULL_DATES] if choices.dates is DatesChoice.KEEP else []
        for chosen, code in ((choices.keep_descriptions, _CLEANED), (choices.keep_devices, _DEVICES),
                             (choices.keep_uids, _UIDS)):
            done += [code] if chosen else []
        dataset.PatientIdentityRemoved = "YES"
        dataset.DeidentificationMethod = "Lightbox, PS3.15 Basic Profile"
        dataset.LongitudinalTemporalInformationModified = temporal[choices.dates]
        items = []
        for value, meaning in done:
            item = pydicom.Dataset()
            item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, "DCM", meaning
            items.append(item)
        dataset.DeidentificationMethodCodeSequence = items

    def _digest(self, what: str, text: str, size: int) -> bytes:
        return hashlib.blake2b(f"{what}\0{text}".encode("utf-8", "surrogatepass"), key=self._key,
                               digest_size=size).digest()


def may_show_a_name(dataset: Dataset) -> str:
    """Why the pixels themselves may name someone, in a sentence; empty when nothing speaks for it."""
    burned = str(dataset.get("BurnedInAnnotation", "") or "").upper()
    if burned == "YES":
        return say("objects", "Its pixels are marked as showing annotations, which may name the patient.")
    if burned != "NO" and str(dataset.get("Modality", "") or "") in _NOT_LOOKED_AT:
        return say(
            "objects", "Images of this kind often show names in their pixels, and nobody has marked it as "
            "free of them.")
    return ""


class _Work:
    """One data set being cleaned: what was taken out of it is looked for everywhere else."""

    def __init__(self, owner: Deidentifier, patient_id: str, pseudonym: str) -> None:
        self._owner, self._choices = owner, owner.choices
        self._pseudonym = pseudonym
        self._days = owner.shift_days(patient_id)
        self._words: set[str] = set()

    def clean(self, dataset: Dataset) -> None:
        """Every attribute by its action, items of sequences likewise."""
        for tag in list(dataset.keys()):
            try:
                element = dataset[tag]
            except Exception:           # what cannot be read cannot be judged
                del dataset[tag]
                continue
            if tag.is_private or 0x5000 <= tag.group <= 0x50FF or 0x6000 <= tag.group <= 0x60FF:
                self._remember(element)
                del dataset[tag]
                continue
            self._apply(dataset, element, self._action(element))

    def scrub(self, dataset: Dataset) -> None:
        """Takes what was removed somewhere out of the texts that stay."""
        words = sorted(self._words, key=len, reverse=True)
        if not words:
            return
        pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
        self._scrub(dataset, pattern)

    # -- one attribute -------------------------------------------------------------------------------------------

    def _action(self, element: DataElement) -> str:
        """The table's action as the options change it; K keeps."""
        tag, vr, keyword = int(element.tag), str(element.VR), element.keyword
        listed = ACTIONS.get(tag, "")
        if tag in (_PATIENT_NAME, _PATIENT_ID):
            return "P"
        if vr == "UI":
            return "K" if keyword.endswith(_STAYING_UIDS) else "U"
        if self._choices.keep_devices and tag in DEVICE:
            return "K"
        if vr in _DATES and keyword != "PatientBirthDate" and keyword != "PatientBirthTime":
            return self._date_action(listed, vr)
        if listed and self._choices.keep_descriptions and vr in _TEXTS and keyword.endswith(_DESCRIPTIONS):
            return "K"
        if not listed:
            return "Z" if vr == "PN" else "K"
        return {"X": "X", "Z": "Z", "U": "U", "X/Z": "Z", "X/Z/U*": "K"}.get(listed, "D")

    def _date_action(self, listed: str, vr: str) -> str:
        if self._choices.dates is DatesChoice.KEEP:
            return "K"
        if self._choices.dates is DatesChoice.SHIFT:
            return "K" if vr == "TM" else "S"
        if listed:
            return {"X": "X", "Z": "Z", "X/Z": "Z"}.get(listed, "D")
        return "K" if vr == "TM" else "D"

    def _apply(self, dataset: Dataset, element: DataElement, action: str) -> None:
        if action == "K":
            for item in element.value if element.VR == "SQ" else ():
                self.clean(item)
            return
        if action == "U":
            self._map(element)
            return
        self._remember(element)
        if action == "X":
            del dataset[element.tag]
        elif action == "Z":
            element.value = [] if element.VR == "SQ" else None
        elif action == "P":
            element.value = self._pseudonym
        elif action == "S":
            element.value = _each(element.value, lambda text: shifted(text, self._days))
        elif element.VR == "SQ":
            element.value = [_dummy_item(int(element.tag))]
        else:
            element.value = _DUMMY.get(str(element.VR), b"\0\0")

    def _map(self, element: DataElement) -> None:
        if element.value:
            mapped = _each(element.value, self._owner.uid)
            if mapped != element.value:
                element.value = mapped

    def _remember(self, element: DataElement) -> None:
        """The words of a value that goes."""
        if element.VR == "SQ":
            for item in element.value:
                for below in item:
                    self._remember(below)
        elif element.VR == "PN":
            for value in _list(element.value):
                self._words.update(word for word in re.split(r"[\^=\s,]+", str(value)) if len(word) >= _LEAST_WORD)
        elif element.VR in _TEXTS or element.VR == "DA":
            self._words.update(text for value in _list(element.value)
                               if len(text := str(value).strip()) > _LEAST_WORD)

    def _scrub(self, dataset: Dataset, pattern: re.Pattern[str]) -> None:
        for element in dataset:
            if element.VR == "SQ":
                for item in element.value:
                    self._scrub(item, pattern)
            elif element.VR in _TEXTS and element.value and int(element.tag) not in (_PATIENT_NAME, _PATIENT_ID):
                def cleaned(text: str) -> str:
                    return " ".join(pattern.sub(" ", text).split()) if pattern.search(text) else text

                value = _each(element.value, cleaned)
                if value != element.value:
                    element.value = value


def shifted(text: str, days: int) -> str:
    """A DA or DT so many days earlier; what is no date becomes none. Times and zones stay."""
    try:
        day = datetime.strptime(text[:8], "%Y%m%d") - timedelta(days=days)  # noqa: DTZ007 - a day, not a moment
    except (ValueError, OverflowError):
        return ""
    return f"{day:%Y%m%d}{text[8:]}" if day.year >= 1000 else ""


def _is_standard(uid: str) -> bool:
    """Registered by the standard: SOP Classes, transfer syntaxes, frames of reference that everybody knows."""
    return uid.startswith("1.2.840.10008.")


def _list(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    import pydicom

    one = isinstance(value, str | bytes | pydicom.valuerep.PersonName) or not hasattr(value, "__iter__")
    return [value] if one else list(value)


def _each(value: Any, change: Callable[[str], str]) -> Any:
    import pydicom

    if isinstance(value, pydicom.multival.MultiValue | list):
        return [change(str(one)) for one in value]
    return change(str(value)) if value not in (None, "") else value


def _dummy_item(tag: int) -> Dataset:
    """One item of a sequence that may not be empty: says that something was here, not what."""
    import pydicom

    item, code = pydicom.Dataset(), pydicom.Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = "121106", "DCM", "Comment"
    if tag == _CONTENT:
        item.RelationshipType, item.ValueType, item.TextValue = "CONTAINS", "TEXT", "Removed"
        item.ConceptNameCodeSequence = [code]
        return item
    return code
