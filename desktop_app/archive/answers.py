"""What every service answers alike: refusals with a sentence, DICOM JSON, warnings (PS3.18 8.3.4.4), addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from desktop_app.archive import multipart_body
from desktop_app.archive.accept import NotAcceptable, Range
from desktop_app.archive.catalogue import Found, FoundRow
from desktop_app.archive.header_json import join, line
from desktop_app.archive.multipart_body import OutPart
from desktop_app.archive.native_model import native_model
from desktop_app.dicomweb.media_types import DICOM_JSON, DICOM_XML, JSON

_HOST = re.compile(r"[0-9A-Za-z._-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?")


class Refused(Exception):
    """A request that is answered with an HTTP status that means no, and a sentence."""

    def __init__(self, status: HTTPStatus, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


def refusal(status: int, text: str) -> Response:
    return PlainTextResponse(text + "\n", status_code=status)


def service_root(request: Request) -> str:
    """The absolute address of the DICOMweb service as the client knows it, without a trailing slash."""
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):           # it goes into headers and JSON as it is
        server = request.scope.get("server") or ("localhost", None)
        host = f"{server[0]}:{server[1]}" if server[1] else str(server[0])
    return f"{request.url.scheme}://{host}{request.scope.get('root_path', '')}"


def study_url(root: str, study_uid: str) -> str:
    return f"{root}/studies/{study_uid}"


def instance_url(root: str, study_uid: str, series_uid: str, sop_instance_uid: str) -> str:
    return f"{root}/studies/{study_uid}/series/{series_uid}/instances/{sop_instance_uid}"


def row_url(root: str, row: FoundRow) -> str:
    """The Retrieve URL of a row of a search answer."""
    url = study_url(root, row.study_uid)
    if row.series_uid:
        url += f"/series/{row.series_uid}"
    if row.sop_instance_uid:
        url += f"/instances/{row.sop_instance_uid}"
    return url


def row_objects(found: Found, root: str) -> list[str]:
    """The rows of a search answer, each a DICOM JSON object."""
    objects = []
    for row in found.rows:
        url = row_url(root, row)
        objects.append(join((*row.lines, line(0x00081190, {"vr": "UR", "Value": [url]})), url))
    return objects


def json_list(objects: Sequence[str]) -> bytes:
    """DICOM JSON objects as one answer."""
    return ("[" + ",\n".join(objects) + "]").encode("utf-8", "replace")


def xml_part(json_object: str) -> OutPart:
    """A DICOM JSON object as a part of an XML answer (PS3.18 8.7.3.4)."""
    document = native_model(json.loads(json_object))
    return OutPart(DICOM_XML, len(document), multipart_body.once(document))


def one_dataset(elements: dict[str, Any], status: int, media_type: str) -> Response:
    """An answer that is one data set, in DICOM JSON or XML."""
    body = native_model(elements) if media_type == DICOM_XML else json.dumps(elements, ensure_ascii=False)
    return Response(body, status_code=status, media_type=media_type)


def dataset_format(ranges: Sequence[Range]) -> str:
    """The media type for a list of data sets: JSON bare, XML in parts (PS3.18 8.7.4). Raises NotAcceptable."""
    for wanted in ranges:
        if wanted.is_multipart is True and wanted.covers(DICOM_XML):
            return DICOM_XML
        for media_type in (DICOM_JSON, JSON):
            if wanted.is_multipart is not True and wanted.covers(media_type):
                return media_type
    raise NotAcceptable(f'This is available as {DICOM_JSON} or multipart/related; type="{DICOM_XML}".')


def warning_headers(root: str, texts: Iterable[str]) -> list[tuple[str, str]]:
    """Warning headers with code 299, the agent being the service (PS3.18 8.3.4.4, RFC 7234 5.5)."""
    return [("Warning", f'299 {root}: "{text}"') for text in texts]
