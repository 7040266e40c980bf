"""A search service in memory whose habits can be chosen: what real servers differ in."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from desktop_app.core.store import Store
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.dialect import Dialect
from desktop_app.dicomweb.dicom_json import TAGS
from desktop_app.dicomweb.transport import RetryPolicy, build_http_client

ROOT = "http://archive.test/dicom-web"
AT_ONCE = RetryPolicy(attempts=4, first_pause_s=0.0, max_pause_s=0.0)

Row = dict[str, Any]
Params = list[tuple[str, str]]


def row(**values: object) -> Row:
    """A JSON object from keywords."""
    return {
        TAGS[keyword]: {"vr": "UN", "Value": value if isinstance(value, list) else [value]}
        for keyword, value in values.items()
    }


def study(number: int, name: str = "", **more: object) -> Row:
    return row(
        StudyInstanceUID=f"1.2.{number}", PatientName={"Alphabetic": name or f"Patient^{number}"}, **{
            "PatientID": f"ID{number}", "StudyDate": "20240101", "ModalitiesInStudy": ["CT"],
            "AccessionNumber": "", **more,
        },
    )


@dataclass
class FakeArchive:
    """Rows and habits. `asked` has the parameters of every search."""

    rows: Sequence[Row] = ()
    ignored: frozenset[str] = frozenset()           # parameters taken without effect
    refused: frozenset[str] = frozenset()           # parameters, or values of them, answered with 400
    names_the_culprit: bool = True
    cap: int = 100_000                              # most rows it sends at once
    case_sensitive: bool = False
    empty: Callable[[], httpx.Response] = lambda: httpx.Response(200, json=[])
    warns: bool = False
    asked: list[dict[str, str]] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        params = list(request.url.params.multi_items())
        self.asked.append(dict(params))
        for name, value in params:
            culprit = next((part for part in (name, *value.split(",")) if part in self.refused), "")
            if culprit:
                words = f"unknown/unsupported QIDO attribute: {culprit}" if self.names_the_culprit else "bad request"
                return httpx.Response(400, json={"error": {"code": 400, "message": words}})
        found = [item for item in self.rows if all(self._matches(item, *param) for param in params)]
        offset, limit = self._number(params, "offset", 0), self._number(params, "limit", len(found))
        page = found[offset:offset + min(limit, self.cap)]
        if not page:
            return self.empty()
        left = len(found) - offset - len(page)
        warning = f'299 archive "There are {left} additional results that can be requested"'
        headers = {"Warning": warning} if self.warns and left else {}
        return httpx.Response(
            200, content=json.dumps(page), headers={"Content-Type": "application/dicom+json", **headers}
        )

    def _number(self, params: Params, name: str, default: int) -> int:
        return default if name in self.ignored else int(dict(params).get(name, default))

    def _matches(self, item: Row, key: str, pattern: str) -> bool:
        if key in self.ignored or key not in TAGS:
            return True
        values = [_text(value) for value in item.get(TAGS[key], {}).get("Value", [])]
        if key.endswith("Date") and "-" in pattern:
            low, _, high = pattern.partition("-")
            return any((not low or value >= low) and (not high or value <= high) for value in values)
        expression = "".join(".*" if char == "*" else re.escape(char) for char in pattern)
        flags = 0 if self.case_sensitive else re.IGNORECASE
        return any(re.fullmatch(expression, value, flags) for value in values)


def _text(value: object) -> str:
    return str(value.get("Alphabetic", "")) if isinstance(value, dict) else str(value)


@asynccontextmanager
async def client_of(
    answer: Callable[[httpx.Request], httpx.Response], dialect: Dialect | None = None, retry: RetryPolicy = AT_ONCE
) -> AsyncIterator[DicomWebClient]:
    """A client whose server is a function."""
    async with build_http_client(Store("test", ROOT), transport=httpx.MockTransport(answer)) as http:
        yield DicomWebClient(ROOT, http, dialect, retry=retry)
