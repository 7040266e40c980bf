"""The named systems on loopback: what their documents say that they do differently, as one table, before our archive.

A row of `SYSTEMS` is a system; its columns are the deviations: which search keys and attributes there are, limits, how
nothing is said, what an instance comes as, how a store is answered, whether one may delete. The engine below acts on
the table only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from desktop_app.archive.archive import Archive
from desktop_app.archive.in_process import AsgiTransport
from desktop_app.archive.server import create_app
from desktop_app.core.store import System
from desktop_app.dicomweb.dicom_json import TAGS
from desktop_app.dicomweb.media_types import parse_media_type
from desktop_app.dicomweb.multipart import MultipartReader

_UID_KEYS = frozenset({"StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"})
_GOOGLE_KEYS = frozenset({
    "PatientName", "PatientID", "AccessionNumber", "ReferringPhysicianName", "StudyDate", "Modality", *_UID_KEYS})
_COUNTS = frozenset({
    "ModalitiesInStudy", "NumberOfStudyRelatedSeries", "NumberOfStudyRelatedInstances",
    "NumberOfSeriesRelatedInstances"})
_PAGING = frozenset({"limit", "offset", "includefield", "fuzzymatching"})
_NAMES = {tag: keyword for keyword, tag in TAGS.items()}
_EXPLICIT_LITTLE, _EXPLICIT_BIG = "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2"


@dataclass(frozen=True)
class Ways:
    """How one system deviates.

    `keys`: what may be searched by (None: anything; others are answered with 400, or ignored). `never`: attributes that
    no answer holds; asking for them is a 400 with `fields_are_checked`. `over_limit`: the status for a higher limit
    (0: it is cut in silence). `single`: what one instance asked for in a single part is answered with (200: with it).
    `plain`: what `*/*` brings. `store_as`: media types of a store's body that are taken; `store_answer`: what an answer
    comes as when nothing is said; `mixed`: the status when some of several failed. `delete`: None for 405.
    """

    root: str
    system: System = System.LEARNED
    keys: frozenset[str] | None = None
    ignores_unknown_keys: bool = False
    never: frozenset[str] = frozenset()
    fields_are_checked: bool = False
    wildcards: bool = True
    fuzzy: bool = False
    empty: int = 200
    default_limit: Mapping[str, int] = field(default_factory=dict)
    max_limit: Mapping[str, int] = field(default_factory=dict)
    over_limit: int = 400
    max_offset: int | None = None
    warns: bool = False
    counts_as_text: bool = False
    searches: bool = True
    metadata: bool = True
    frames: bool = True
    instances: bool = True
    rendered: bool = True
    thumbnail: bool = False
    single: int = 200
    plain: str = "application/dicom"
    resteasy: bool = False
    unknown: int = 404
    bulk_host: str = ""
    zip: bool = False
    store_as: frozenset[str] = frozenset({"multipart/related", "application/dicom"})
    store_answer: str = "application/dicom+json"
    mixed: int = 202
    needs_patient_id: bool = False
    explicit_only: bool = False
    metrics: bool = False
    delete: str | None = None


SYSTEMS: Mapping[str, Ways] = {
    **{f"Google Cloud Healthcare API {version}": Ways(
        f"/{version}/projects/p/locations/l/datasets/d/dicomStores/s/dicomWeb", keys=_GOOGLE_KEYS, never=_COUNTS,
        fields_are_checked=True, wildcards=False, fuzzy=True, empty=204,
        default_limit={"studies": 100, "series": 100, "instances": 1000},
        max_limit={"studies": 5000, "series": 5000, "instances": 50000}, max_offset=1_000_000, unknown=403,
        plain="multipart/related", store_answer="application/dicom+xml", mixed=409, metrics=True, delete="operation",
    ) for version in ("v1", "v1beta1")},
    "dcm4chee-arc 5": Ways(
        "/dcm4chee-arc/aets/DCM4CHEE/rs", fuzzy=True, empty=204, max_limit=dict.fromkeys(
            ("studies", "series", "instances"), 99999), max_offset=99999, warns=True,
        default_limit={"studies": 3, "series": 100, "instances": 100}, counts_as_text=True, thumbnail=True, single=406,
        plain="multipart/related", resteasy=True, delete="reject", bulk_host="http://archive.inside:8080", zip=True,
        store_as=frozenset({"multipart/related"}), store_answer="application/dicom+xml",
    ),
    "Azure DICOM service": Ways(
        "/v2", System.AZURE, keys=frozenset({
            "PatientName", "PatientID", "AccessionNumber", "ReferringPhysicianName", "StudyDate", "StudyDescription",
            "ModalitiesInStudy", "Modality", *_UID_KEYS}),
        wildcards=False, fuzzy=True, empty=204, default_limit=dict.fromkeys(("studies", "series", "instances"), 100),
        max_limit=dict.fromkeys(("studies", "series", "instances"), 200), needs_patient_id=True, explicit_only=True,
        delete="now",
    ),
    "AWS HealthImaging": Ways(
        "/datastore/0123456789abcdef0123456789abcdef", System.AWS,
        max_limit=dict.fromkeys(("studies", "series", "instances"), 1000), max_offset=9000, rendered=False,
        store_as=frozenset(),
    ),
    "MyHealth@EU Get Images": Ways(
        "/images", System.MYHEALTH, searches=False, metadata=False, frames=False, rendered=False, single=200,
        plain="application/octet-stream", store_as=frozenset(),
    ),
    "any PS3.18 server": Ways("/rs", thumbnail=True, delete="now"),
}


class SystemServer:
    """An ASGI application that behaves as the row says, before an archive of our own. `asked` has what came in."""

    def __init__(self, ways: Ways, archive: Archive) -> None:
        self.ways = ways
        self.asked: list[tuple[str, str]] = []
        self._archive = archive
        self._pending: dict[str, int] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        self.asked.append((request.method, request.url.path.removeprefix(self.ways.root) + "?" + request.url.query))
        async with httpx.AsyncClient(
            transport=AsgiTransport(create_app(self._archive)), base_url=f"http://inside{self.ways.root}", timeout=None,
        ) as inner:
            answer = await self._answer(request, _Inner(inner))
        await answer(scope, receive, send)

    async def _answer(self, request: Request, inner: _Inner) -> Response:
        path, ways = request.url.path, self.ways
        if (name := path.partition("/operations/")[2]) and ways.delete == "operation":
            return self._operation(name)
        if not path.startswith(ways.root + "/"):
            return _words(404, "nothing here")
        rest = path.removeprefix(ways.root)
        if request.method == "POST" and "/reject/" in rest and ways.delete == "reject":
            rejected = await inner.delete(rest.partition("/reject/")[0])
            return Response('{"count": 1}') if rejected.status_code == 204 else _words(404, "no such study")
        if request.method == "POST":
            return await self._store(request, rest, inner)
        if request.method == "DELETE":
            return await self._delete(rest, inner)
        if request.method != "GET":
            return _words(405, "not offered")
        last = rest.rsplit("/", 1)[-1]
        if last.endswith(":getStudyMetrics"):
            return await self._metrics(rest, inner)
        if last in ("studies", "series", "instances"):
            return await self._search(request, rest, last, inner)
        return await self._retrieve(request, rest, last, inner)

    # -- search ----------------------------------------------------------------------------------------------------

    async def _search(self, request: Request, rest: str, level: str, inner: _Inner) -> Response:
        ways = self.ways
        if not ways.searches:
            return _words(404, "no such resource")
        params, given = [], dict(request.query_params)
        for name, value in request.query_params.multi_items():
            keyword = _NAMES.get(name, name)
            if keyword == "includefield":
                fields = [_NAMES.get(one, one) for one in value.split(",")]
                if ways.fields_are_checked and (bad := ways.never.intersection(fields)):
                    return _words(400, f"unknown/unsupported QIDO attribute: {min(bad)}")
                params.append((name, value))
            elif keyword in _PAGING:
                continue
            elif ways.keys is not None and keyword not in ways.keys:
                if not ways.ignores_unknown_keys:
                    return _words(400, f"unknown/unsupported QIDO attribute: {keyword}")
            elif "*" in value and not ways.wildcards:
                return self._nothing()
            elif keyword == "PatientName" and ways.fuzzy and given.get("fuzzymatching") == "true":
                params.append((name, f"{value}*"))
            else:
                params.append((name, value))
        limit, offset = int(given.get("limit", ways.default_limit.get(level, 10**6))), int(given.get("offset", 0))
        if limit < 1 or limit > (most := ways.max_limit.get(level, limit)):
            if ways.over_limit or limit < 1:
                return _words(ways.over_limit or 400, f"limit must be from 1 to {most}")
        if ways.max_offset is not None and offset > ways.max_offset:
            return _words(400, f"offset must be at most {ways.max_offset}")
        found = await inner.get(rest, params)
        if found.status_code != 200:
            return _as_it_is(found)
        rows = found.json()
        page = [self._row(row) for row in rows[offset:offset + limit]]
        if not page:
            return self._nothing()
        left = len(rows) - offset - len(page)
        headers = {}
        if ways.warns and left:
            headers["Warning"] = f'299 localhost:8080 "There are {left} additional results that can be requested"'
        accept = request.headers.get("accept", "")
        if "xml" in accept and ways.resteasy:
            return _xml_parts(page)
        return Response(json.dumps(page), 200, headers, "application/dicom+json")

    def _nothing(self) -> Response:
        return Response(status_code=204) if self.ways.empty == 204 else Response(
            "[]" if self.ways.empty == 200 else "", 200, media_type="application/dicom+json")

    def _row(self, row: dict[str, Any]) -> dict[str, Any]:
        kept = {tag: element for tag, element in row.items() if _NAMES.get(tag, "") not in self.ways.never}
        if self.ways.counts_as_text:
            for tag in ("00201206", "00201208", "00201209"):
                if tag in kept:
                    kept[tag] = {"vr": "IS", "Value": [str(value) for value in kept[tag]["Value"]]}
        return kept

    async def _metrics(self, rest: str, inner: _Inner) -> Response:
        if not self.ways.metrics:
            return _words(404, "nothing here")
        study = rest.rsplit("/", 1)[-1].partition(":")[0]
        series = (await inner.get(f"/studies/{study}/series", [])).json()
        instances = (await inner.get(f"/studies/{study}/instances", [])).json()
        return Response(json.dumps({"study": study, "seriesCount": str(len(series)),
                                    "instanceCount": str(len(instances))}), media_type="application/json")

    # -- retrieve --------------------------------------------------------------------------------------------------

    async def _retrieve(self, request: Request, rest: str, last: str, inner: _Inner) -> Response:
        ways = self.ways
        accept = request.headers.get("accept", "") or "*/*"
        service = next((name for name in ("metadata", "frames", "rendered", "thumbnail", "bulkdata", "pixeldata")
                        if f"/{name}" in rest), "instance")
        if "/rendered" in rest or "/thumbnail" in rest:
            service = "rendered" if "/rendered" in rest else "thumbnail"
        if not {"metadata": ways.metadata, "frames": ways.frames, "rendered": ways.rendered,
                "thumbnail": ways.thumbnail, "instance": ways.instances}.get(service, True):
            return _words(404, "no such resource")
        if accept.count(",") and ways.resteasy:
            return _words(406, "one media range only")
        if service == "instance":
            return await self._instance(accept, rest, inner)
        if service == "frames" and "multipart" not in accept and accept != "*/*" and ways.single != 200:
            return _words(406, "multipart only")
        answer = await inner.get(rest, list(request.query_params.multi_items()), accept)
        if answer.status_code == 404:
            return _words(ways.unknown, "not found, or no permission")
        if service == "metadata" and ways.bulk_host and answer.status_code == 200:
            text = answer.text.replace("http://inside", ways.bulk_host)
            return Response(text, 200, media_type=answer.headers["content-type"])
        return _as_it_is(answer)

    async def _instance(self, accept: str, rest: str, inner: _Inner) -> Response:
        ways = self.ways
        asked = parse_media_type(accept)
        one = "/instances/" in rest
        wants_multipart = asked.is_multipart or (accept == "*/*" and ways.plain == "multipart/related")
        if ways.plain == "application/octet-stream":        # MyHealth@EU: whatever is asked, of its three types
            if asked.is_multipart or "transfer-syntax" in accept:
                return _words(406, "application/dicom, application/octet-stream or image/jpeg")
            answer = await inner.get(rest, [], 'multipart/related; type="application/dicom"; transfer-syntax=*')
            if answer.status_code != 200 or not one:
                return _as_it_is(answer)
            return Response(_first(answer), media_type="application/octet-stream")
        if asked.name == "application/zip" and not ways.zip:
            return _words(406, "no archives")
        if not wants_multipart and one and ways.single != 200 and accept != "*/*":
            return _words(ways.single, "multipart only")
        if not wants_multipart and not one:
            return _words(406, "multipart only")
        syntax = asked.parameters.get("transfer-syntax") or asked.inner.parameters.get("transfer-syntax", "")
        wanted = f"; transfer-syntax={syntax}" if syntax else ""
        if accept == "*/*" and not wants_multipart:
            wanted = "; transfer-syntax=*"
        kind = f'multipart/related; type="application/dicom"{wanted}' if wants_multipart else (
            f"application/dicom{wanted}")
        answer = await inner.get(rest, [], kind)
        if answer.status_code == 404:
            return _words(ways.unknown, "not found, or no permission")
        if ways.resteasy and answer.status_code == 200:
            return _like_resteasy(answer)
        return _as_it_is(answer)

    # -- store and delete ------------------------------------------------------------------------------------------

    async def _store(self, request: Request, rest: str, inner: _Inner) -> Response:
        ways = self.ways
        content_type = parse_media_type(request.headers.get("content-type"))
        if not ways.store_as:
            return _words(405, "not offered")
        if content_type.name not in ways.store_as:
            return _words(415, "unsupported media type")
        body = await request.body()
        failed: list[dict[str, Any]] = []
        sent_as = request.headers["content-type"]
        if ways.needs_patient_id or ways.explicit_only:
            good, failed = self._sorted_out(content_type, body)
            if not good:
                return _store_answer(409, failed)
            sent_as = 'multipart/related; type="application/dicom"; boundary=sorted-out'
            body = b"".join(b"--sorted-out\r\n\r\n" + part + b"\r\n" for part in good) + b"--sorted-out--"
        accept = request.headers.get("accept", "*/*")
        wanted = accept if accept in ("application/dicom+json", "application/dicom+xml") else ways.store_answer
        answer = await inner.post(rest, body, sent_as, wanted)
        if failed:
            return _store_answer(202, failed, answer.json())
        status = ways.mixed if answer.status_code == 202 else answer.status_code
        return Response(answer.content, status, media_type=answer.headers.get("content-type"))

    def _sorted_out(self, content_type: Any, body: bytes) -> tuple[list[bytes], list[dict[str, Any]]]:
        """The parts that Azure's validation lets pass, and what it says of those without Patient ID or in a syntax that
        it does not take."""
        import io

        import pydicom
        reader = MultipartReader(content_type)
        parts = [part.data for part in reader.feed(body) + reader.close()] if content_type.is_multipart else [body]
        good, failed = [], []
        for part in parts:
            try:
                dataset = pydicom.dcmread(io.BytesIO(part), stop_before_pixels=True)
            except Exception:
                good.append(part)
                continue
            implicit = dataset.file_meta.TransferSyntaxUID.is_implicit_VR
            if dataset.get("PatientID") and not implicit:
                good.append(part)
                continue
            why = "Implicit VR is not accepted." if implicit else "The attribute PatientID is required."
            failed.append({
                "00081150": {"vr": "UI", "Value": [str(dataset.SOPClassUID)]},
                "00081155": {"vr": "UI", "Value": [str(dataset.SOPInstanceUID)]},
                "00081197": {"vr": "US", "Value": [43264]},
                "00741048": {"vr": "SQ", "Value": [{"00000902": {"vr": "LO", "Value": [why]}}]}})
        return good, failed

    async def _delete(self, rest: str, inner: _Inner) -> Response:
        if self.ways.delete is None or (self.ways.delete == "reject" and "/series/" in rest):
            return _words(405, "not offered")
        answer = await inner.delete(rest)
        if answer.status_code == 404:
            return _words(self.ways.unknown, "not found, or no permission")
        if self.ways.delete in ("now", "reject"):
            return Response(status_code=204)
        if "/instances/" in rest:
            return Response("{}", media_type="application/json")
        name = f"{len(self._pending) + 1}"
        self._pending[name] = 1
        dataset = self.ways.root.split("/dicomStores/")[0].split("/", 2)[2]
        return Response(json.dumps({"name": f"{dataset}/operations/{name}"}), media_type="application/json")

    def _operation(self, name: str) -> Response:
        """Running when it is first asked for, done the next time."""
        running = self._pending.get(name, 0)
        self._pending[name] = 0
        done = {} if running else {"done": True, "response": {"@type": "type.googleapis.com/google.protobuf.Empty"}}
        return Response(json.dumps({"name": f"operations/{name}", "metadata": {"counter": {"pending": str(running)}},
                                    **done}), media_type="application/json")


class _Inner:
    """Our own archive, asked as a client would."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http, self._root = http, ""

    async def get(self, path: str, params: list[tuple[str, str]], accept: str = "application/dicom+json"
                  ) -> httpx.Response:
        headers = {"accept": accept, "accept-encoding": "identity"}
        return await self._http.get(f"http://inside{path}", params=params or None, headers=headers)

    async def post(self, path: str, body: bytes, content_type: str, accept: str) -> httpx.Response:
        headers = {"content-type": content_type, "accept": accept}
        return await self._http.post(f"http://inside{path}", content=body, headers=headers)

    async def delete(self, path: str) -> httpx.Response:
        return await self._http.delete(f"http://inside{path}")


def _words(status: int, text: str) -> Response:
    return Response(json.dumps({"error": {"code": status, "message": text}}), status, media_type="application/json")


def _as_it_is(answer: httpx.Response) -> Response:
    return Response(answer.content, answer.status_code, media_type=answer.headers.get("content-type"))


def _store_answer(status: int, failed: list[dict[str, Any]], others: Mapping[str, Any] | None = None) -> Response:
    answer = dict(others or {})
    items = [*failed, *answer.get("00081198", {}).get("Value", [])]
    return Response(json.dumps({**answer, "00081198": {"vr": "SQ", "Value": items}}), status,
                    media_type="application/dicom+json")


def _parts(answer: httpx.Response) -> list[Any]:
    reader = MultipartReader(answer.headers["content-type"])
    return reader.feed(answer.content) + reader.close()


def _first(answer: httpx.Response) -> bytes:
    data: bytes = _parts(answer)[0].data
    return data


def _like_resteasy(answer: httpx.Response) -> Response:
    """A multipart answer with parameters in another order and a bare boundary, and the syntax in both headers."""
    boundary, start = "9d056d4f-1f1a-4488-9760-581378378090", "1e5b6b38@resteasy-multipart"
    body, syntax = b"", ""
    for number, part in enumerate(_parts(answer)):
        syntax = part.media_type.transfer_syntax_uid
        lines = [f"--{boundary}", *([f"Content-ID: <{start}>"] if not number else []),
                 f"Content-Type: application/dicom;transfer-syntax={syntax}", "", ""]
        body += "\r\n".join(lines).encode() + part.data + b"\r\n"
    head = f'multipart/related;start="<{start}>";transfer-syntax={syntax};type="application/dicom"; boundary={boundary}'
    return Response(body + f"--{boundary}--".encode(), headers={"content-type": head})


def _xml_parts(rows: list[dict[str, Any]]) -> Response:
    boundary, body = "31a077d1-31cc-4c93-9190-0a5c98661f38", ""
    for row in rows:
        body += f"--{boundary}\r\nContent-Type: application/dicom+xml\r\n\r\n{native_xml(row)}\r\n"
    head = f'multipart/related;type="application/dicom+xml"; boundary={boundary}'
    return Response(f"{body}--{boundary}--", headers={"content-type": head})


def native_xml(row: Mapping[str, Any], root: str = "NativeDicomModel") -> str:
    """A data set in the Native DICOM Model as dcm4chee writes it: no namespace, keywords where they are known."""
    from xml.sax.saxutils import escape, quoteattr
    text = ""
    for tag, element in sorted(row.items()):
        inner = ""
        for number, value in enumerate(element.get("Value", []), start=1):
            if element["vr"] == "SQ":
                inner += native_xml(value, "Item").replace("<Item>", f'<Item number="{number}">', 1)
            elif element["vr"] == "PN":
                groups = "".join(
                    f"<{group}>" + "".join(
                        f"<{part}>{escape(text)}</{part}>" for part, text in zip(
                            ("FamilyName", "GivenName", "MiddleName", "NamePrefix", "NameSuffix"), name.split("^"),
                            strict=False) if text) + f"</{group}>"
                    for group, name in value.items())
                inner += f'<PersonName number="{number}">{groups}</PersonName>'
            else:
                inner += f'<Value number="{number}">{escape(str(value))}</Value>'
        if "BulkDataURI" in element:
            inner += f"<BulkData uri={quoteattr(element['BulkDataURI'])}/>"
        if "InlineBinary" in element:
            inner += f"<InlineBinary>{element['InlineBinary']}</InlineBinary>"
        keyword = f' keyword="{_NAMES[tag]}"' if tag in _NAMES else ""
        text += f'<DicomAttribute tag="{tag}" vr="{element["vr"]}"{keyword}>{inner}</DicomAttribute>\n'
    return f"<{root}>{text}</{root}>" if root != "NativeDicomModel" else (
        f'<?xml version="1.0" encoding="UTF-8"?><{root}>{re.sub(chr(10), chr(10) + "  ", text)}</{root}>')
