"""DicomWebClient: the verbs of the studies service (PS3.18 10), for whatever server answers."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Sequence

import httpx

from desktop_app.core.deletion import DeletionProgress, DeletionTarget, DeletionWay
from desktop_app.core.errors import AnswerError, RequestRefused
from desktop_app.core.query import StudyQuery
from desktop_app.core.study import Instance, Series, Study
from desktop_app.core.window import Window
from desktop_app.core.words import say
from desktop_app.dicomweb import media_types, urls
from desktop_app.dicomweb.conversation import Conversation, OnBytes
from desktop_app.dicomweb.deletion import Deletion
from desktop_app.dicomweb.dialect import Dialect, Knowledge
from desktop_app.dicomweb.dicom_json import DicomJsonDataset
from desktop_app.dicomweb.exchange import Refusal
from desktop_app.dicomweb.frame_part import FramePart
from desktop_app.dicomweb.presets import dialect_for
from desktop_app.dicomweb.probe import Probe, probe
from desktop_app.dicomweb.retrieve import Retrieve
from desktop_app.dicomweb.search import NO_SEARCH, Search, SearchPage
from desktop_app.dicomweb.store_body import SEND_SIZE, Source, store_body
from desktop_app.dicomweb.store_metadata import NOT_APART, SplitObject
from desktop_app.dicomweb.store_response import StoreResponse, parse_store_response
from desktop_app.dicomweb.transport import RetryPolicy
from desktop_app.dicomweb.whole_studies import WholeStudies

__all__ = ["DicomWebClient", "FramePart", "SearchPage", "StoreResponse"]

UPLOAD_IDLE_S = 60.0

# A store answer with one of these is about the request as a whole, whatever the body says.
_ABOUT_THE_REQUEST = frozenset({401, 403, 404, 405, 407, 408, 411, 413, 415, 429, 501})


class DicomWebClient:
    """One DICOMweb service root, reached over one httpx client (`transport.build_http_client`), on one event loop.

    Every error is one of core.errors. Cancelling a call closes its connection. Requests that change nothing are
    repeated as `retry` says; a store is never repeated here. `root_url` has no trailing slash. Without a `dialect` it
    begins with what is known of the address, and learns. Clients that are handed the same Knowledge learn together.
    `refusal` knows the words in which this server refuses.
    """

    def __init__(
        self,
        root_url: str,
        http: httpx.AsyncClient,
        dialect: Dialect | Knowledge | None = None,
        *,
        retry: RetryPolicy | None = None,
        upload_idle_s: float = UPLOAD_IDLE_S,
        refusal: Refusal | None = None,
        whole_studies: WholeStudies | None = None,
    ) -> None:
        self.root_url = root_url.rstrip("/")
        self._http, self._refusal = http, refusal
        self._known = known = (
            dialect if isinstance(dialect, Knowledge) else Knowledge(dialect or dialect_for(root_url)))
        self._whole = whole_studies or WholeStudies()
        self._talk = Conversation(self.root_url, http, known, retry or RetryPolicy(), refusal)
        self._search, self._retrieve, self._deletion = Search(self._talk), Retrieve(self._talk), Deletion(self._talk)
        self._upload_idle_s = upload_idle_s

    def with_retry(self, retry: RetryPolicy) -> DicomWebClient:
        """A client that knows and learns all that this one does, with another patience."""
        return DicomWebClient(
            self.root_url, self._http, self._known, retry=retry, upload_idle_s=self._upload_idle_s,
            refusal=self._refusal, whole_studies=self._whole)

    @property
    def dialect(self) -> Dialect:
        """What this server turned out to accept so far."""
        return self._talk.dialect

    # ------------------------------------------------------------------------------------------------------ search

    async def ping(self) -> None:
        """One search for one study. Raises what is wrong with the address, the network or the sign-in."""
        await self._search.ping()

    async def search_studies(self, query: StudyQuery, *, offset: int = 0, limit: int = 100) -> SearchPage:
        """One page of the studies that answer `query`. `offset` counts the server's rows: take `next_offset` of the
        page before. What the server ignores is sieved here, so a page can be short or empty and still have more."""
        if not self.dialect.searches:
            found = self._whole.known(query)
            if not found and not offset and query != StudyQuery():
                raise RequestRefused(say("dicomweb", NO_SEARCH), status=404)
            return SearchPage(found, more=False, next_offset=len(found))
        return await self._search.studies(query, offset, limit)

    def iter_series(self, study_uid: str) -> AsyncIterator[Series]:
        """All series of a study, each once, page by page."""
        if not self.dialect.searches:
            return self._whole.series(study_uid, self.retrieve_study)
        return self._search.series(study_uid)

    def iter_instances(
        self, study_uid: str, series_uid: str, *, limit: int | None = None, only_uids: bool = False
    ) -> AsyncIterator[Instance]:
        """All instances of a series, each once, page by page; with `limit` at most so many. `only_uids`: nothing else
        is asked for, which spares some archives opening every file."""
        if not self.dialect.searches:
            return self._whole.instances(study_uid, series_uid, limit, self.retrieve_study)
        return self._search.instances(study_uid, series_uid, limit, only_uids=only_uids)

    async def list_among(self, study_uid: str, series_uid: str, uids: Sequence[str]) -> frozenset[str]:
        """Those of these instances of a series that the archive lists, in one answer; a server that does not know
        lists of UIDs may list others, or none. Raises an AnswerError where it refuses the question."""
        if not self.dialect.searches:
            return frozenset()
        return await self._search.among(study_uid, series_uid, uids)

    def know(self, study: Study, series: Sequence[Series], instances: Sequence[Instance]) -> None:
        """What a manifest says of a study, for archives that cannot be searched."""
        self._whole.know(study, series, instances)

    async def retrieved_study(self, study_uid: str) -> Study:
        """The study as its objects have it, which are retrieved for that: for archives that cannot be searched."""
        return await self._whole.study(study_uid, self.retrieve_study)

    async def study_metrics(self, study_uid: str) -> tuple[int | None, int | None]:
        """How many series and instances a study has, where they are asked for beside the search (Google)."""
        return await self._search.metrics(study_uid)

    # ---------------------------------------------------------------------------------------------------- retrieve

    async def series_metadata(self, study_uid: str, series_uid: str) -> list[DicomJsonDataset]:
        """All attributes but bulk data, one data set per instance (PS3.18 10.4.1.1.2)."""
        return await self._retrieve.series_metadata(study_uid, series_uid)

    async def instance_metadata(self, study_uid: str, series_uid: str, sop_uid: str) -> list[DicomJsonDataset]:
        """The same for one instance."""
        return await self._retrieve.instance_metadata(study_uid, series_uid, sop_uid)

    async def retrieve_instance(
        self, study_uid: str, series_uid: str, sop_uid: str, *, on_bytes: OnBytes | None = None,
        on_length: OnBytes | None = None,
    ) -> bytes:
        """One object as Part 10 bytes, in the transfer syntax it is stored in.

        `on_bytes` gets the size of each piece as it arrives, also of an attempt that breaks off and is repeated;
        `on_length` how many there are going to be, where the server says so.
        """
        came = self._whole.take(study_uid, series_uid, sop_uid)
        if came is not None:
            if on_bytes is not None:
                on_bytes(len(came))
            return came
        return await self._retrieve.instance(study_uid, series_uid, sop_uid, on_bytes, on_length)

    async def retrieve_transcoded(self, study_uid: str, series_uid: str, sop_uid: str) -> bytes:
        """The same decompressed by the server, as Part 10 bytes in Explicit VR Little Endian. Raises an AnswerError
        where it does not do that; some servers send what they have all the same."""
        return await self._retrieve.transcoded(study_uid, series_uid, sop_uid)

    def retrieve_series(
        self, study_uid: str, series_uid: str, *, on_bytes: OnBytes | None = None
    ) -> AsyncIterator[bytes]:
        """Every object of a series as Part 10 bytes, one in memory at a time. Raises Interrupted after the last whole
        one when the answer broke off. Not repeated: what was yielded cannot be taken back."""
        return self._retrieve.many(study_uid, series_uid, on_bytes)

    def retrieve_study(self, study_uid: str, *, on_bytes: OnBytes | None = None) -> AsyncIterator[bytes]:
        """Every object of a study, as `retrieve_series`."""
        return self._retrieve.many(study_uid, None, on_bytes)

    async def retrieve_frames(
        self, study_uid: str, series_uid: str, sop_uid: str, numbers: Sequence[int], *,
        on_bytes: OnBytes | None = None, on_length: OnBytes | None = None,
    ) -> list[FramePart]:
        """Frames (from 1) in the order asked for, as stored. Raises NotFound when not every one comes."""
        return await self._retrieve.frames(study_uid, series_uid, sop_uid, numbers, on_bytes, on_length)

    async def retrieve_rendered(
        self, study_uid: str, series_uid: str, sop_uid: str, *, frame: int | None = None,
        viewport: tuple[int, int] | None = None, window: Window | None = None,
    ) -> bytes:
        """A picture drawn by the server, JPEG where it can. `viewport` is (width, height) in pixels. Never to be
        measured in: servers may ignore every parameter."""
        return await self._retrieve.image("rendered", study_uid, series_uid, sop_uid, frame, viewport, window)

    async def retrieve_thumbnail(
        self, study_uid: str, series_uid: str, sop_uid: str, *, frame: int | None = None,
        viewport: tuple[int, int] | None = None, window: Window | None = None,
    ) -> bytes:
        """A small picture drawn by the server. Many servers have none and answer 404 (NotFound)."""
        return await self._retrieve.image("thumbnail", study_uid, series_uid, sop_uid, frame, viewport, window)

    async def retrieve_bulkdata(self, uri: str, *, base: str = "") -> bytes:
        """The bytes behind a BulkDataURI. Relative ones resolve against `base`, the URL of the document they stood
        in; a wrong host is replaced by this archive's. Raises NotAllowed for what lies outside."""
        return await self._retrieve.bulkdata(uri, base)

    async def probe(self, url: str, accept: str) -> Probe:
        """What a GET with this Accept is answered with, as another client would send it. Raises nothing of ours."""
        return await probe(self._talk, url, accept)

    # ----------------------------------------------------------------------------------------------- store, delete

    async def store(
        self, instances: Sequence[Source], *, on_bytes: OnBytes | None = None, storage_class: str = ""
    ) -> StoreResponse:
        """Stores Part 10 files (PS3.18 10.5), streamed from disk, and says what became of each.

        Returns whenever the answer names an instance, whatever its status. Raises an AnswerError when the request as
        a whole was refused, TimedOut when the archive stops taking bytes, DiskError when a file cannot be read.
        `storage_class` goes along as Google's header of that name. A server that refuses multipart (415) gets one
        instance per request as it is; more at once it refuses.
        """
        single = len(instances) == 1
        if not (single and self.dialect.stores_one_by_one):
            try:
                return await self._store(instances, on_bytes, storage_class, single=False)
            except AnswerError as error:
                if error.status != 415 or not single:
                    raise
                refusal = error
            try:
                response = await self._store(instances, on_bytes, storage_class, single=True)
            except AnswerError:
                raise refusal from None
            self._talk.learn_stores_one_by_one()
            return response
        return await self._store(instances, on_bytes, storage_class, single=True)

    async def _store(
        self, instances: Sequence[Source], on_bytes: OnBytes | None, storage_class: str, *, single: bool
    ) -> StoreResponse:
        body = await store_body(instances, single=single)
        headers = {
            "Content-Type": body.content_type, "Content-Length": str(body.length),
            "Accept": media_types.DICOM_JSON, "Accept-Encoding": "identity",
        } | ({"Storage-Class": storage_class} if storage_class else {})
        status, answered_with, answer = await self._talk.exchange.send_watched(
            "POST", urls.studies_url(self.root_url), headers=headers, body=body,
            idle_s=self._upload_idle_s, on_bytes=on_bytes,
        )
        response = parse_store_response(status, answered_with, answer)
        if status >= 300 and (not response.understood or status in _ABOUT_THE_REQUEST):
            raise self._talk.exchange.error("POST", status, {"content-type": answered_with.name}, answer)
        return response

    async def store_split(self, split: SplitObject, *, on_bytes: OnBytes | None = None) -> StoreResponse:
        """Stores an object as metadata and bytes side by side. Raises as `store`; a server that does not take it like
        that is not offered it again."""
        kind, body = split.body()

        async def pieces() -> AsyncIterator[bytes]:
            for start in range(0, len(body), SEND_SIZE):
                yield body[start:start + SEND_SIZE]

        headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Accept": media_types.DICOM_JSON,
                   "Accept-Encoding": "identity"}
        status, answered_with, answer = await self._talk.exchange.send_watched(
            "POST", urls.studies_url(self.root_url), headers=headers, body=pieces(), idle_s=self._upload_idle_s,
            on_bytes=on_bytes)
        response = parse_store_response(status, answered_with, answer)
        if status in NOT_APART and not response.understood:
            self._talk.learn_stores_whole()
        if status >= 300 and (not response.understood or status in _ABOUT_THE_REQUEST):
            raise self._talk.exchange.error("POST", status, {"content-type": answered_with.name}, answer)
        return response

    async def deletion_way(self) -> DeletionWay:
        """How this archive deletes, as far as it tells without anything being deleted. Raises nothing of ours."""
        return await self._deletion.way()

    def deleting(self, target: DeletionTarget) -> AsyncGenerator[DeletionProgress, None]:
        """Deletes a study, series or instance, and says how far it is; leaving early stops it at the archive too.

        Raises NotAllowed, RequestRefused where the archive offers no deletion, and the errors of the line.
        """
        return self._deletion.delete(target)

    async def delete(self, study_uid: str, series_uid: str | None = None, sop_uid: str | None = None) -> None:
        """The same to its end."""
        async for _ in self.deleting(DeletionTarget(study_uid, series_uid or "", sop_uid or "")):
            pass
