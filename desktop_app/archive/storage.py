"""Storage: the files and the catalogue of an archive, kept in step. For one thread only, the disk thread.

An instance is acknowledged when its bytes and its row in the catalogue are on the disk, in this order: bytes to
`incoming`, flushed; then in one transaction of the catalogue the row and the move to its place. Killed in between,
the storage opens with the file adopted or the row absent, never with half of one. A deletion notes the files as doomed
in the transaction that takes the rows out, so that it is finished later if it is interrupted.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.archive import attributes
from desktop_app.archive.catalogue import Catalogue, CatalogueUnusable, NewInstance
from desktop_app.archive.files import Files, opened
from desktop_app.archive.part10 import Buffer, read_header
from desktop_app.archive.presence import Presence
from desktop_app.archive.record import Record, make_record
from desktop_app.core.errors import DicomError, DiskError, NotDicom
from desktop_app.core.upload import Verdict
from desktop_app.core.words import say

_log = logging.getLogger(__name__)

REASON_CANNOT_UNDERSTAND = 0xC000   # PS3.18 I.2.2, PS3.4 B.2.3
REASON_DUPLICATE = 0x0111           # PS3.7 C.5.6
REASON_DOES_NOT_MATCH = 0xA900      # the data set does not match its SOP class, or the study it is sent to
REASON_NO_ROOM = 0xA700
WARNING_CUT = 0xB007                # data set does not match SOP class: its pixels are cut off
_ADOPT_BATCH = 200


@dataclass(frozen=True, slots=True)
class Incoming:
    """One instance on its way in: its bytes, or the file in `incoming` that already holds them, flushed, and their
    SHA-256."""

    data: bytes = b""
    path: Path | None = None
    digest: bytes = b""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one instance. UIDs are empty when they could not be read; `reason` is 0 when it is stored well."""

    verdict: Verdict
    study_uid: str = ""
    series_uid: str = ""
    sop_class_uid: str = ""
    sop_instance_uid: str = ""
    reason: int = 0
    text: str = ""


@dataclass(slots=True)
class _Prepared:
    record: Record
    path: Path
    size: int
    digest: bytes
    place: str = ""


class Storage:
    """What lies in one folder. Opening makes it where it is not, and puts it right when it was left in a hurry.

    Raises DiskError, OSError or sqlite3.Error when the folder cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.trouble = ""           # a sentence about what had to be mended
        self.files = Files(folder)
        self._presence = Presence(folder / "presence.db")
        self._in_use = folder / "in-use"
        alone = self._presence.alone()
        was_left_in_a_hurry = alone and self._in_use.exists()
        if alone:
            self.files.sweep_incoming()
            self._in_use.touch(mode=0o600)
        try:
            self.catalogue = Catalogue(folder / "catalogue.db")
            if was_left_in_a_hurry:
                self.catalogue.check()
        except CatalogueUnusable as error:
            if not alone:
                raise DiskError("Another version of the program uses the local archive. Close it, then try again."
                                ) from error
            _log.warning("The catalogue is made anew: %s", error)
            self._put_away_catalogue()
            if not error.is_other_version:
                self.trouble = say("archive", "The list of the local archive was damaged. It was made anew from the "
                                   "archive's files; the damaged one is kept beside them as catalogue.db.old.")
            self.catalogue = Catalogue(folder / "catalogue.db")
            was_left_in_a_hurry = True
        if alone:
            self._delete_doomed()
            if was_left_in_a_hurry:
                self._reconcile()
        self._presence.enter()

    def close(self) -> None:
        """Sign off: the next one to open it need not look whether all is well."""
        self.catalogue.close()
        if self._presence.alone():
            self._in_use.unlink(missing_ok=True)
        self._presence.close()

    def _put_away_catalogue(self) -> None:
        for name in ("catalogue.db", "catalogue.db-wal", "catalogue.db-shm"):
            with contextlib.suppress(FileNotFoundError):
                (self._folder / name).replace(self._folder / f"{name}.old")

    def _reconcile(self) -> None:
        """Make catalogue and files agree: rows without their file go, files without a row come in."""
        found = self.files.listing()
        rows = self.catalogue.files()
        lost = [number for path, size, number in rows if found.get(path) != size]
        if lost:
            _log.warning("%d instances are gone from the disk or damaged there", len(lost))
            self.catalogue.remove(self.catalogue.by_ids(lost))
            self.catalogue.forget_doomed(paths := self.catalogue.doomed())
            for path in paths:
                if path in found:
                    self.files.set_aside(path)
        known = {path for path, _, _ in rows}
        orphans = sorted(found.keys() - known)
        for start in range(0, len(orphans), _ADOPT_BATCH):
            self._adopt(orphans[start:start + _ADOPT_BATCH])

    def _adopt(self, paths: Sequence[str]) -> None:
        new, spare = [], []
        seen = set()
        for path in paths:
            try:
                with opened(self.files.path(path)) as data:
                    record = make_record(read_header(data))
                    address = (record.study_uid, record.series_uid, record.sop_instance_uid)
                    if address in seen or self.catalogue.instances(*address):
                        spare.append(path)
                        continue
                    seen.add(address)
                    new.append(NewInstance(record, path, len(data), hashlib.sha256(data).digest()))
            except (DicomError, OSError):
                spare.append(path)
        with self.catalogue.transaction():
            self.catalogue.add(new)
        for path in spare:
            self.files.set_aside(path)
        _log.info("%d files adopted, %d set aside", len(new), len(spare))

    def store(self, instances: Sequence[Incoming], *, study_uid: str = "") -> list[Outcome]:
        """Store instances together, an outcome for each in the same order.

        An instance that is there already with the same bytes stays as it is; one with other bytes is a conflict, and
        the old one stays. `study_uid`: refuse instances of other studies.
        """
        outcomes: dict[int, Outcome] = {}
        prepared: dict[int, _Prepared] = {}
        batch: dict[tuple[str, str, str], bytes] = {}
        for number, incoming in enumerate(instances):
            result = self._prepare(incoming, study_uid, batch)
            if isinstance(result, Outcome):
                outcomes[number] = result
                if incoming.path is not None:
                    incoming.path.unlink(missing_ok=True)
            else:
                prepared[number] = result
        failure = self._commit(list(prepared.values())) if prepared else None
        for number, one in prepared.items():
            outcomes[number] = _no_room(one.record, failure) if failure else _stored(one.record)
        if failure:         # what was held against an instance of this batch was held against nothing
            for number, outcome in outcomes.items():
                if (outcome.study_uid, outcome.series_uid, outcome.sop_instance_uid) in batch:
                    outcomes[number] = replace(
                        outcome, verdict=Verdict.REFUSED, reason=REASON_NO_ROOM, text=_no_room(None, failure).text)
        return [outcomes[number] for number in range(len(instances))]

    def _prepare(self, incoming: Incoming, study_uid: str,
                 batch: dict[tuple[str, str, str], bytes]) -> _Prepared | Outcome:
        """Read the header, look for the instance, write the bytes beside their place."""
        try:
            with _bytes_of(incoming) as data:
                header = read_header(data)
                try:
                    record = make_record(header)
                except DicomError as error:
                    return Outcome(Verdict.REFUSED, sop_class_uid=header.text(attributes.SOP_CLASS_UID),
                                   sop_instance_uid=header.text(attributes.SOP_INSTANCE_UID),
                                   reason=REASON_DOES_NOT_MATCH, text=error.user_text)
                size, digest = len(data), incoming.digest or hashlib.sha256(data).digest()
        except DicomError as error:
            verdict = Verdict.NOT_DICOM if isinstance(error, NotDicom) else Verdict.UNREADABLE
            return Outcome(verdict, reason=REASON_CANNOT_UNDERSTAND, text=error.user_text)
        except OSError as error:
            return _no_room(None, error)
        if study_uid and record.study_uid != study_uid:
            return _refused(record, Verdict.REFUSED, REASON_DOES_NOT_MATCH, "The instance belongs to another study.")
        address = (record.study_uid, record.series_uid, record.sop_instance_uid)
        there = [batch[address]] if address in batch else [one.digest for one in self.catalogue.instances(*address)]
        if there:
            if there[0] == digest:
                return _refused(record, Verdict.ALREADY_THERE, 0, "")
            return _refused(record, Verdict.CONFLICT, REASON_DUPLICATE,
                            "An instance with this UID but other content is already there. It was kept.")
        try:
            path = incoming.path or self.files.write_incoming(incoming.data)
        except OSError as error:
            return _no_room(record, error)
        batch[address] = digest
        return _Prepared(record, path, size, digest)

    def _commit(self, prepared: Sequence[_Prepared]) -> Exception | None:
        """Rows and moves in one transaction. Returns what went wrong, after undoing it."""
        number = self.catalogue.last_id()
        for count, one in enumerate(prepared, start=1):
            one.place = self.files.new_place(number + count)
        try:
            with self.catalogue.transaction():
                self.catalogue.add([NewInstance(one.record, one.place, one.size, one.digest) for one in prepared])
                self.files.move_in([(one.path, one.place) for one in prepared])
        except (OSError, sqlite3.Error) as error:
            _log.exception("%d instances could not be stored", len(prepared))
            for one in prepared:
                for path in (one.path, self.files.path(one.place)):
                    with contextlib.suppress(OSError):
                        path.unlink(missing_ok=True)
            return error
        return None

    def delete(self, study_uid: str, series_uid: str = "", sop_instance_uid: str = "") -> int:
        """Delete a study, a series or an instance for good. Returns how many instances are gone."""
        instances = self.catalogue.instances(study_uid, series_uid, sop_instance_uid)
        if instances:
            self.catalogue.remove(instances)
            self._delete_doomed()
        return len(instances)

    def _delete_doomed(self) -> None:
        gone = []
        for path in self.catalogue.doomed():
            try:
                self.files.delete(path)
                gone.append(path)
            except OSError:         # open elsewhere (Windows): tried again when the archive opens
                _log.warning("A deleted instance's file could not be removed yet")
        if gone:
            self.catalogue.forget_doomed(gone)


@contextlib.contextmanager
def _bytes_of(incoming: Incoming) -> Iterator[Buffer]:
    if incoming.path is None:
        yield incoming.data
        return
    with opened(incoming.path) as data:
        yield data


def _stored(record: Record) -> Outcome:
    if record.pixels_are_cut:
        return _refused(record, Verdict.STORED_WITH_WARNING, WARNING_CUT,
                        "The image data are cut off. What is there was stored.")
    return _refused(record, Verdict.STORED, 0, "")


def _no_room(record: Record | None, error: Exception) -> Outcome:
    text = f"The archive could not write to its disk ({type(error).__name__})."
    if record is None:
        return Outcome(Verdict.REFUSED, reason=REASON_NO_ROOM, text=text)
    return _refused(record, Verdict.REFUSED, REASON_NO_ROOM, text)


def _refused(record: Record, verdict: Verdict, reason: int, text: str) -> Outcome:
    return Outcome(verdict, record.study_uid, record.series_uid, record.sop_class_uid, record.sop_instance_uid,
                   reason, text)
