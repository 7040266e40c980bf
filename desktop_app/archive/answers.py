"""What every service answers alike: refusals with a sentence, DICOM JSON, warnings (PS3.18 8.3.4.4), addresses."""

from __future__ import annotations

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from desktop_app.archive.catalogue import Found, FoundRow
from desktop_app.archive.header_json import join, line

DICOM_JSON = "application/dicom+json"
JSON = "application/json"


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
    host = request.headers.get("host") or request.url.netloc
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


def search_body(found: Found, root: str) -> bytes:
    """A search answer as DICOM JSON."""
    rows = []
    for row in found.rows:
        url = row_url(root, row)
        rows.append(join((*row.lines, line(0x00081190, {"vr": "UR", "Value": [url]})), url))
    return ("[" + ",\n".join(rows) + "]").encode("utf-8", "replace")


def dicom_json(elements: dict[str, Any], status: int = 200, media_type: str = DICOM_JSON) -> Response:
    return Response(json.dumps(elements, ensure_ascii=False), status_code=status, media_type=media_type)


def warning_headers(root: str, texts: Iterable[str]) -> list[tuple[str, str]]:
    """Warning headers with code 299, the agent being the service (PS3.18 8.3.4.4, RFC 7234 5.5)."""
    return [("Warning", f'299 {root}: "{text}"') for text in texts]
