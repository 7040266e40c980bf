"""The DICOMweb service over an archive (PS3.18 10.4 to 10.6) as an ASGI application."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from desktop_app.archive.accept import NotAcceptable
from desktop_app.archive.answers import Refused, refusal
from desktop_app.archive.archive import Archive
from desktop_app.archive.matching import BadSearch
from desktop_app.archive.pictures import PictureService
from desktop_app.archive.qido import SearchService
from desktop_app.archive.stow import StoreService
from desktop_app.archive.wado import RetrieveService, instances_of
from desktop_app.archive.wado_frames import FrameService

PREFIX = "/dicom-web"       # answered with and without it: many clients take it for granted

_STUDY = "/studies/{study}"
_SERIES = _STUDY + "/series/{series}"
_INSTANCE = _SERIES + "/instances/{instance}"


def create_app(archive: Archive, *, allow_origins: Sequence[str] = (), read_only: bool = False) -> Starlette:
    """The service. Its root is the application's root; every resource answers under `/dicom-web` too.

    `allow_origins`: web pages that may use it from a browser (CORS); none unless asked for.
    `read_only`: stores and deletions are refused with 405.
    """
    routes = _routes(archive)
    if read_only:
        routes = [route for route in routes if isinstance(route, Route) and "GET" in (route.methods or ())]
    cors = Middleware(CORSMiddleware, allow_origins=list(allow_origins), allow_headers=["*"],
                      allow_methods=["GET", "HEAD", "POST", "DELETE"], expose_headers=["Warning", "Content-Location"])
    return Starlette(
        routes=[Mount(PREFIX, routes=routes), *routes],
        middleware=[cors] if allow_origins else [],
        exception_handlers={Refused: _refused, NotAcceptable: _not_acceptable, BadSearch: _bad_search},
    )


def _routes(archive: Archive) -> list[BaseRoute]:
    search, retrieve, store = SearchService(archive), RetrieveService(archive), StoreService(archive)
    frames, pictures = FrameService(archive), PictureService(archive)

    async def delete(request: Request) -> Response:
        await instances_of(archive, request)
        path = request.path_params
        await archive.delete(path["study"], path.get("series", ""), path.get("instance", ""))
        return Response(status_code=204)

    async def options(request: Request) -> Response:
        return Response(status_code=204, headers={"Allow": "GET, HEAD, DELETE, OPTIONS"})

    routes: list[BaseRoute] = [
        Route("/studies", search.studies, methods=["GET"]),
        Route("/series", search.series, methods=["GET"]),
        Route("/instances", search.instances, methods=["GET"]),
        Route(_STUDY + "/series", search.series, methods=["GET"]),
        Route(_STUDY + "/instances", search.instances, methods=["GET"]),
        Route(_SERIES + "/instances", search.instances, methods=["GET"]),
        Route("/studies", store.store, methods=["POST"]),
        Route(_STUDY, store.store, methods=["POST"]),
    ]
    for resource in (_STUDY, _SERIES, _INSTANCE):
        routes += [
            Route(resource, retrieve.instances, methods=["GET"]),
            Route(resource, delete, methods=["DELETE"]),
            Route(resource, options, methods=["OPTIONS"]),
            Route(resource + "/metadata", retrieve.metadata, methods=["GET"]),
            Route(resource + "/thumbnail", pictures.thumbnail, methods=["GET"]),
        ]
    routes += [
        Route(_INSTANCE + "/rendered", pictures.rendered, methods=["GET"]),
        Route(_INSTANCE + "/frames/{frames}", frames.frames, methods=["GET"]),
        Route(_INSTANCE + "/frames/{frame}/rendered", pictures.rendered, methods=["GET"]),
        Route(_INSTANCE + "/frames/{frame}/thumbnail", pictures.thumbnail, methods=["GET"]),
        Route(_INSTANCE + "/bulkdata/{path:path}", frames.bulkdata, methods=["GET"]),
    ]
    return routes


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return refusal(error.status, error.text)


async def _not_acceptable(request: Request, error: Exception) -> Response:
    return refusal(406, str(error))


async def _bad_search(request: Request, error: Exception) -> Response:
    return refusal(400, f"The search cannot be understood: {error}.")
