"""Resource: one place in Google's tree, and the ways people write one down. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit


class ResourceKind(StrEnum):
    """The levels of the tree, from the root on."""

    PROJECT = "project"
    LOCATION = "location"
    DATASET = "dataset"
    DICOM_STORE = "DICOM store"


_COLLECTIONS = ("projects", "locations", "datasets", "dicomStores")
_KINDS = tuple(ResourceKind)


@dataclass(frozen=True, slots=True)
class CloudHosts:
    """Where Google's two services answer. Settings, so that a test or a private cloud can stand in."""

    resource_manager: str = "https://cloudresourcemanager.googleapis.com"
    healthcare: str = "https://healthcare.googleapis.com"
    healthcare_version: str = "v1"

    @property
    def origins(self) -> tuple[str, str]:
        """Where the credentials of a Google sign-in may go."""
        return self.resource_manager, self.healthcare

    @property
    def healthcare_root(self) -> str:
        """The address that resource names are appended to."""
        return f"{self.healthcare.rstrip('/')}/{self.healthcare_version}"


GOOGLE_HOSTS = CloudHosts()


@dataclass(frozen=True, slots=True)
class Resource:
    """A project, location, dataset or DICOM store. `name` is Google's relative resource name, `title` what a person
    called it (projects only; else empty)."""

    name: str
    title: str = ""

    @classmethod
    def of(cls, *ids: str, title: str = "") -> Self:
        """From the IDs of the levels: project, location, dataset, DICOM store."""
        return cls("/".join(f"{collection}/{id_}" for collection, id_ in zip(_COLLECTIONS, ids, strict=False)), title)

    @property
    def ids(self) -> tuple[str, ...]:
        """The IDs of the levels down to this one."""
        return tuple(self.name.split("/")[1::2])

    @property
    def kind(self) -> ResourceKind:
        """Which level it is on."""
        return _KINDS[len(self.ids) - 1]

    @property
    def id(self) -> str:
        """Its own ID, the last of the name."""
        return self.ids[-1]

    @property
    def parent(self) -> Resource | None:
        """What it lies in; None for a project."""
        above = self.name.rsplit("/", 2)[0]
        return Resource(above) if len(self.ids) > 1 else None

    @property
    def typed(self) -> str:
        """The way a person writes it: `project`, `project/dataset`, `project/dataset/store`, without the location."""
        ids = self.ids
        return "/".join((ids[0], *ids[2:]))

    def __str__(self) -> str:
        """For sentences: "DICOM store chest-ct"."""
        return f"{self.kind} {self.id}"

    def dicom_web_url(self, hosts: CloudHosts) -> str:
        """The service root of a DICOM store."""
        if self.kind is not ResourceKind.DICOM_STORE:
            raise ValueError(f"a {self.kind} has no DICOMweb address")
        return f"{hosts.healthcare_root}/{self.name}/dicomWeb"


@dataclass(frozen=True, slots=True)
class TypedPath:
    """What stands in the chooser's field: IDs as far as they are typed. The last one that is not empty may be the
    beginning of an ID only. `location` is known when a whole name or address was pasted."""

    project: str = ""
    location: str = ""
    dataset: str = ""
    store: str = ""
    depth: int = 0      # slashes typed: 0 completes projects, 1 datasets, 2 stores

    @property
    def resource(self) -> Resource | None:
        """The DICOM store meant, if the text names one completely."""
        if self.project and self.location and self.dataset and self.store:
            return Resource.of(self.project, self.location, self.dataset, self.store)
        return None


_NAME = re.compile(
    r"projects/(?P<project>[^/?#\s]+)/locations/(?P<location>[^/?#\s]+)"
    r"(?:/datasets/(?P<dataset>[^/?#\s]+)(?:/dicomStores/(?P<store>[^/?#\s]+))?)?")
_CONSOLE = re.compile(
    r"locations/(?P<location>[^/?#;\s]+)(?:/datasets/(?P<dataset>[^/?#;\s]+)(?:/dicomStores/(?P<store>[^/?#;\s]+))?)?")


def parse_typed(text: str) -> TypedPath:
    """Read what a person typed or pasted: `project`, `project/dataset`, `project/dataset/store`, a whole resource name,
    a DICOMweb address, or the address of a page of Google's console. Never fails: the rest is taken for a beginning."""
    text = unquote(text.strip())
    if found := _NAME.search(text):
        return _path_from(found.groupdict(), found["project"])
    if "://" in text:
        parts = urlsplit(text)
        project = parse_qs(parts.query).get("project", [""])[0]
        if project and (found := _CONSOLE.search(parts.path)):
            return _path_from(found.groupdict(), project)
        return TypedPath(project=project)
    pieces = [piece.strip() for piece in text.split("/")][:3]
    project, dataset, store = pieces + [""] * (3 - len(pieces))
    return TypedPath(project=project, dataset=dataset, store=store, depth=len(pieces) - 1)


def _path_from(found: dict[str, str | None], project: str) -> TypedPath:
    dataset, store = found["dataset"] or "", found["store"] or ""
    return TypedPath(project, found["location"] or "", dataset, store, depth=2 if dataset else 1)


def matches(resource: Resource, text: str) -> bool:
    """Whether `text` occurs in the ID or the title, whichever way it is written. Empty text matches all."""
    text = text.casefold()
    return text in resource.id.casefold() or text in resource.title.casefold()


def rank(resource: Resource, text: str) -> tuple[int, str]:
    """Sort key for completions: exact, then those that begin with the text, then the rest; each by name."""
    text, own = text.casefold(), resource.id.casefold()
    return (0 if own == text else 1 if own.startswith(text) else 2, resource.typed.casefold())
