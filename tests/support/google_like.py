"""A server that speaks the documented shapes of Google's two services, in front of any DICOMweb application.

Resource Manager v3 (projects:search) and Cloud Healthcare v1 (locations, datasets, DICOM stores, store metrics,
testIamPermissions, dicomWeb): absent keys for empty lists, int64 as strings, page tokens, several locations, errors as
google.rpc.Status. It keeps what was asked, and no credentials.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

DELETE = "healthcare.dicomStores.dicomWebDelete"
ALL_PERMISSIONS = ("healthcare.dicomStores.dicomWebRead", "healthcare.dicomStores.dicomWebWrite", DELETE)


@dataclass
class GoogleProject:
    """`stores` maps location → dataset → names of DICOM stores."""

    id: str
    title: str = ""
    state: str = "ACTIVE"
    stores: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    service_enabled: bool = True
    denied: bool = False


@dataclass
class Operation:
    """A deletion that takes its time: done after as many questions, and only then is something gone."""

    delete: Callable[[], Awaitable[int]]
    polls: int = 0
    done: bool = False
    cancelled: bool = False


@dataclass
class GoogleLike:
    """The world and its moods. `check_token` says what is wrong with a token: "" (nothing), "expired", "scope"."""

    projects: list[GoogleProject] = field(default_factory=list)
    dicom_web: ASGIApp | None = None
    check_token: Callable[[str], str] = lambda token: ""
    permissions: tuple[str, ...] = ALL_PERMISSIONS
    failing_locations: frozenset[str] = frozenset()
    denied_locations: frozenset[str] = frozenset()
    most_per_page: int = 1000
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)      # given first, whatever is asked
    running: int = 0
    most_running: int = 0
    pause: Callable[[], Any] | None = None
    polls_until_done: int = 2                                  # of an operation that deletes a study or series
    operation_error: dict[str, Any] | None = None
    operations: dict[str, Operation] = field(default_factory=dict)

    def app(self) -> Starlette:
        """The ASGI application."""
        everything = Route("/{path:path}", self._front, methods=["GET", "POST", "PUT", "DELETE", "PATCH"])
        return Starlette(routes=[everything])

    async def _front(self, request: Request) -> Response | _Delegated:
        path = "/" + request.path_params["path"]
        self.asked.append((request.method, path, dict(request.query_params)))
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        try:
            if self.pause is not None:
                await self.pause()
            if self.answers:
                return self.answers.pop(0)
            if (refusal := self._credentials(request)) is not None:
                return refusal
            return await self._route(request, path)
        finally:
            self.running -= 1

    def _credentials(self, request: Request) -> Response | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            return google_error(401, "UNAUTHENTICATED", "Request is missing required authentication credential.",
                                "CREDENTIALS_MISSING")
        wrong = self.check_token(token)
        if wrong == "expired":
            return google_error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.",
                                "ACCESS_TOKEN_EXPIRED")
        if wrong == "scope":
            return google_error(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.",
                                "ACCESS_TOKEN_SCOPE_INSUFFICIENT", service="healthcare.googleapis.com")
        return None

    async def _route(self, request: Request, path: str) -> Response | _Delegated:
        if path == "/v3/projects:search":
            return self._projects(request)
        if "/operations/" in path:
            name, _, verb = path.removeprefix("/v1/").partition(":")
            return await self._operation(name, verb)
        match = re.fullmatch(
            r"/v1/projects/(?P<project>[^/]+)/locations(?:/(?P<location>[^/]+)/datasets"
            r"(?:/(?P<dataset>[^/]+)/dicomStores(?:/(?P<store>[^/:]+)(?P<rest>[:/].*)?)?)?)?", path)
        if match is None:
            return google_error(404, "NOT_FOUND", "Method not found.")
        project = next((found for found in self.projects if match["project"] == found.id), None)
        if project is None or project.denied:
            return google_error(
                403, "PERMISSION_DENIED", f"Permission denied on resource project {match['project']}.",
                "IAM_PERMISSION_DENIED", permission="healthcare.locations.list")
        if not project.service_enabled:
            return google_error(
                403, "PERMISSION_DENIED", f"Cloud Healthcare API has not been used in project {project.id} before.",
                "SERVICE_DISABLED", service="healthcare.googleapis.com", consumer="projects/4711",
                activationUrl="https://console.developers.google.com/apis/api/healthcare.googleapis.com/overview")
        return await self._below(request, project, match)

    async def _below(self, request: Request, project: GoogleProject, match: re.Match[str]) -> Response | _Delegated:
        location, dataset, store = match["location"], match["dataset"], match["store"]
        root = f"projects/{project.id}/locations"
        if location is None:
            return self._page(request, "locations", [
                {"name": f"{root}/{name}", "locationId": name} for name in project.stores])
        if location in self.failing_locations:
            return google_error(503, "UNAVAILABLE", "The service is currently unavailable.")
        if location in self.denied_locations:
            return google_error(403, "PERMISSION_DENIED", "The caller does not have permission.")
        datasets = project.stores.get(location, {})
        if dataset is None:
            return self._page(request, "datasets", [
                {"name": f"{root}/{location}/datasets/{name}", "timeZone": "UTC"} for name in datasets])
        if dataset not in datasets:
            return google_error(403, "PERMISSION_DENIED", f"Permission denied on dataset {dataset}.")
        prefix = f"{root}/{location}/datasets/{dataset}/dicomStores"
        if store is None:
            return self._page(request, "dicomStores", [
                {"name": f"{prefix}/{name}", "labels": {}} for name in datasets[dataset]])
        if store not in datasets[dataset]:
            return google_error(403, "PERMISSION_DENIED", f"Permission denied on DICOM store {store}.")
        return await self._store(request, f"{prefix}/{store}", match["rest"] or "")

    async def _operation(self, name: str, verb: str) -> Response:
        """projects.locations.datasets.operations: get, cancel."""
        operation = self.operations.get(name)
        if operation is None:
            return google_error(404, "NOT_FOUND", "Operation not found.")
        if verb == "cancel":
            operation.cancelled = operation.done = True
            return JSONResponse({})
        operation.polls += 1
        counter = {"pending": "3"}
        answer: dict[str, Any] = {"name": name, "metadata": {
            "@type": "type.googleapis.com/google.cloud.healthcare.v1.OperationMetadata", "counter": counter}}
        if operation.cancelled:
            return JSONResponse(answer | {"done": True, "error": {"code": 1, "message": "cancelled"}})
        if operation.polls < self.polls_until_done:
            return JSONResponse(answer)
        operation.done = True
        if self.operation_error is not None:
            return JSONResponse(answer | {"done": True, "error": self.operation_error})
        if not operation.cancelled and operation.polls == self.polls_until_done:
            await operation.delete()
        answer["metadata"]["counter"] = {"success": "3"}
        return JSONResponse(answer | {"done": True, "response": {"@type": "type.googleapis.com/google.protobuf.Empty"}})

    async def _delete(self, name: str, path: str) -> Response:
        """Instances go at once; a study or a series by an operation."""
        if DELETE not in self.permissions:
            return google_error(403, "PERMISSION_DENIED", "Permission healthcare.dicomStores.dicomWebDelete denied.")

        async def delete() -> int:
            transport = httpx.ASGITransport(self.dicom_web)  # type: ignore[arg-type]
            async with httpx.AsyncClient(transport=transport, base_url="http://inside") as client:
                return (await client.delete(path)).status_code

        if "/instances/" in path:
            await delete()
            return JSONResponse({})
        operation = f"{name.partition('/dicomStores/')[0]}/operations/{len(self.operations) + 1}"
        self.operations[operation] = Operation(delete)
        return JSONResponse({"name": operation})

    async def _store(self, request: Request, name: str, rest: str) -> Response | _Delegated:
        if rest == ":getDICOMStoreMetrics":
            return JSONResponse({
                "name": name, "studyCount": "12", "seriesCount": "34", "instanceCount": "5600",
                "blobStorageSizeBytes": "9007199254740993", "structuredStorageSizeBytes": "7"})
        if rest == ":testIamPermissions":
            asked = (await request.json()).get("permissions", [])
            granted = [permission for permission in asked if permission in self.permissions]
            return JSONResponse({"permissions": granted} if granted else {})
        if rest.startswith("/dicomWeb") and request.method == "DELETE":
            return await self._delete(name, rest.removeprefix("/dicomWeb"))
        if rest.startswith("/dicomWeb") and self.dicom_web is not None:
            return _Delegated(self.dicom_web, rest.removeprefix("/dicomWeb"))
        return google_error(404, "NOT_FOUND", "Method not found.")

    def _projects(self, request: Request) -> Response:
        found = self.projects
        if query := request.query_params.get("query", ""):
            wanted = [part.partition(":") for part in query.split()]
            found = [project for project in found if any(
                (project.id if key == "projectId" else project.title).casefold().startswith(text.rstrip("*").casefold())
                for key, _, text in wanted)]
        return self._page(request, "projects", [
            {"name": f"projects/{1000 + number}", "projectId": project.id, "displayName": project.title,
             "state": project.state, "parent": "organizations/1"} for number, project in enumerate(found)])

    def _page(self, request: Request, key: str, items: list[dict[str, Any]]) -> Response:
        size = min(int(request.query_params.get("pageSize") or 100), self.most_per_page)
        start = 0
        if token := request.query_params.get("pageToken"):
            start = int(base64.urlsafe_b64decode(token))
        answer: dict[str, Any] = {}
        if page := items[start:start + size]:
            answer[key] = page          # an empty list is not there at all
        if start + size < len(items):
            answer["nextPageToken"] = base64.urlsafe_b64encode(str(start + size).encode()).decode()
        return JSONResponse(answer)


class _Delegated:
    """Hands the request to another application, below the store's address."""

    def __init__(self, app: ASGIApp, path: str) -> None:
        self._app = app
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # The DICOMweb application believes that the store's address is its root.
        await self._app({**scope, "path": self._path, "raw_path": self._path.encode(), "root_path": ""}, receive, send)


def google_error(http_status: int, status: str, message: str, reason: str = "", **metadata: str) -> JSONResponse:
    """An error as Google writes it."""
    error: dict[str, Any] = {"code": http_status, "message": message, "status": status}
    if reason:
        error["details"] = [{
            "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "domain": "googleapis.com",
            "metadata": metadata}]
    return JSONResponse({"error": error}, status_code=http_status)
