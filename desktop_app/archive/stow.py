"""Store (STOW-RS), PS3.18 10.5: instances as they arrive, large ones to the disk while they do."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from desktop_app.archive.accept import choose, parse_accept
from desktop_app.archive.answers import (
    Refused,
    instance_url,
    one_dataset,
    service_root,
    study_url,
)
from desktop_app.archive.archive import Archive
from desktop_app.archive.files import Spool
from desktop_app.archive.storage import REASON_CANNOT_UNDERSTAND, Incoming, Outcome
from desktop_app.core.upload import Verdict
from desktop_app.dicomweb.media_types import (
    DICOM,
    DICOM_JSON,
    DICOM_XML,
    JSON,
    MULTIPART_RELATED,
    parse_media_type,
)
from desktop_app.dicomweb.multipart_events import MultipartEvents, PartBegin, PartData

IN_MEMORY = 4 * 1024 * 1024         # a larger instance goes to a file while it arrives
# Stored together, so that they share one flush; few enough that others get their turn on the disk thread.
_BATCH_BYTES = 8 * 1024 * 1024
_BATCH_COUNT = 16
_STORED = frozenset((Verdict.STORED, Verdict.STORED_WITH_WARNING, Verdict.ALREADY_THERE))


class StoreService:
    """`POST /studies` and `POST /studies/{study}`."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    async def store(self, request: Request) -> Response:
        ranges = parse_accept(request.headers.get("accept"), request.query_params.get("accept"))
        media_type = choose(ranges, (DICOM_JSON, JSON, DICOM_XML))
        intake = _Intake(self._archive, request.path_params.get("study", ""))
        try:
            await self._receive(request, intake)
        except ClientDisconnect:
            # What came whole is kept: who sends it again will find it. Nobody reads this answer.
            await intake.finish()
            raise Refused(HTTPStatus.BAD_REQUEST, "The request broke off.") from None
        finally:
            await intake.discard()
        if not intake.outcomes:
            raise Refused(HTTPStatus.BAD_REQUEST, "The request holds no DICOM instance.")
        elements = response_elements(intake.outcomes, service_root(request))
        return await self._archive.on_render(one_dataset, elements, status_of(intake.outcomes), media_type)

    async def _receive(self, request: Request, intake: _Intake) -> None:
        content_type = parse_media_type(request.headers.get("content-type"))
        if content_type.name == DICOM:
            intake.begin()
            async for piece in request.stream():
                await intake.more(piece)
            await intake.end()
        elif content_type.name == MULTIPART_RELATED and content_type.inner.name in (DICOM, ""):
            events = MultipartEvents(content_type.boundary)
            async for piece in request.stream():
                for start in range(0, len(piece), IN_MEMORY):
                    await _apply(intake, events.feed(piece[start:start + IN_MEMORY]))
            await _apply(intake, events.close())
        else:
            raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                          'Instances are taken as multipart/related; type="application/dicom".')
        await intake.finish()


async def _apply(intake: _Intake, events: Sequence[object]) -> None:
    for event in events:
        if isinstance(event, PartBegin):
            intake.begin()
        elif isinstance(event, PartData):
            await intake.more(event.data)
        else:
            await intake.end()


class _Intake:
    """The parts of one request: gathers each, stores them in batches, keeps the outcomes in order."""

    def __init__(self, archive: Archive, study_uid: str) -> None:
        self._archive = archive
        self._study_uid = study_uid
        self._open = False
        self._buffer = bytearray()
        self._spool: Spool | None = None
        self._batch: list[Incoming] = []
        self._batch_bytes = 0
        self.outcomes: list[Outcome] = []

    def begin(self) -> None:
        self._open = True
        self._buffer = bytearray()

    async def more(self, data: bytes) -> None:
        self._buffer += data
        if len(self._buffer) > IN_MEMORY:
            await self._spill()

    async def _spill(self) -> None:
        if self._spool is None:
            self._spool = Spool(self._archive.new_incoming())
        data, self._buffer = bytes(self._buffer), bytearray()
        await self._archive.on_disk(self._spool.append, data)

    async def end(self) -> None:
        """The part is whole."""
        self._open = False
        if self._spool is None:
            self._batch.append(Incoming(bytes(self._buffer)))
            self._batch_bytes += len(self._buffer)
        else:
            await self._spill()
            digest = await self._archive.on_disk(self._spool.finish)
            self._batch.append(Incoming(path=self._spool.path, digest=digest))
            self._spool = None
        self._buffer = bytearray()
        if len(self._batch) >= _BATCH_COUNT or self._batch_bytes >= _BATCH_BYTES:
            await self._store_batch()

    async def finish(self) -> None:
        """No more will come. A part that broke off is a failure of its own."""
        await self._store_batch()
        if self._open:
            self._open = False
            self.outcomes.append(Outcome(Verdict.UNREADABLE, reason=REASON_CANNOT_UNDERSTAND,
                                         text="The request broke off inside an instance."))

    async def _store_batch(self) -> None:
        if self._batch:
            self.outcomes += await self._archive.store(self._batch, study_uid=self._study_uid)
            self._batch, self._batch_bytes = [], 0

    async def discard(self) -> None:
        """Remove what is left of a part that broke off."""
        left = [self._spool.path if self._spool else None, *(incoming.path for incoming in self._batch)]
        self._archive.discard_incoming([path for path in left if path is not None])


def status_of(outcomes: Sequence[Outcome]) -> HTTPStatus:
    """200 all stored, 202 some with warnings or not at all, 409 none (PS3.18 10.5.3)."""
    if not any(outcome.verdict in _STORED for outcome in outcomes):
        return HTTPStatus.CONFLICT
    return HTTPStatus.ACCEPTED if any(outcome.reason for outcome in outcomes) else HTTPStatus.OK


def response_elements(outcomes: Sequence[Outcome], root: str) -> dict[str, Any]:
    """The Store Instances Response Module (PS3.18 I.2) as DICOM JSON."""
    stored = [outcome for outcome in outcomes if outcome.verdict in _STORED]
    failed = [outcome for outcome in outcomes if outcome.verdict not in _STORED and outcome.sop_instance_uid]
    others = [outcome for outcome in outcomes if outcome.verdict not in _STORED and not outcome.sop_instance_uid]
    elements: dict[str, Any] = {}
    studies = {outcome.study_uid for outcome in stored}
    if len(studies) == 1:
        elements["00081190"] = {"vr": "UR", "Value": [study_url(root, studies.pop())]}
    sequences = {
        "00081198": [_failed_item(outcome) for outcome in failed],
        "00081199": [_stored_item(outcome, root) for outcome in stored],
        "0008119A": [_failed_item(outcome) for outcome in others],
    }
    elements |= {tag: {"vr": "SQ", "Value": items} for tag, items in sequences.items() if items}
    return elements


def _reference(outcome: Outcome) -> dict[str, Any]:
    return {"00081150": {"vr": "UI", "Value": [outcome.sop_class_uid]},
            "00081155": {"vr": "UI", "Value": [outcome.sop_instance_uid]}}


def _stored_item(outcome: Outcome, root: str) -> dict[str, Any]:
    url = instance_url(root, outcome.study_uid, outcome.series_uid, outcome.sop_instance_uid)
    item = {**_reference(outcome), "00081190": {"vr": "UR", "Value": [url]}}
    if outcome.reason:
        item["00081196"] = {"vr": "US", "Value": [outcome.reason]}
    return item


def _failed_item(outcome: Outcome) -> dict[str, Any]:
    item = _reference(outcome) if outcome.sop_instance_uid else {}
    item["00081197"] = {"vr": "US", "Value": [outcome.reason]}
    if outcome.text:
        item["00000902"] = {"vr": "LO", "Value": [outcome.text[:64]]}       # Error Comment
    return item
