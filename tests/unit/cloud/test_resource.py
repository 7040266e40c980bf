"""Names in Google's tree, and the ways people write them."""

from __future__ import annotations

import pytest

from desktop_app.cloud.resource import (
    CloudHosts,
    Resource,
    ResourceKind,
    TypedPath,
    matches,
    parse_typed,
    rank,
)

STORE = Resource.of("clinic", "europe-west4", "chest", "ct")


def test_a_resource_knows_its_place() -> None:
    assert STORE.name == "projects/clinic/locations/europe-west4/datasets/chest/dicomStores/ct"
    assert STORE.kind is ResourceKind.DICOM_STORE and STORE.id == "ct"
    assert STORE.typed == "clinic/chest/ct" and str(STORE) == "DICOM store ct"
    chain = []
    level: Resource | None = STORE
    while level is not None:
        chain.append((level.kind, level.id, level.typed))
        level = level.parent
    assert chain == [
        (ResourceKind.DICOM_STORE, "ct", "clinic/chest/ct"), (ResourceKind.DATASET, "chest", "clinic/chest"),
        (ResourceKind.LOCATION, "europe-west4", "clinic"), (ResourceKind.PROJECT, "clinic", "clinic")]


def test_a_stores_dicomweb_address() -> None:
    assert STORE.dicom_web_url(CloudHosts()) == (
        "https://healthcare.googleapis.com/v1/projects/clinic/locations/europe-west4/datasets/chest/dicomStores/ct/dicomWeb")
    beta = CloudHosts(healthcare="http://127.0.0.1:5000/", healthcare_version="v1beta1")
    assert STORE.dicom_web_url(beta).startswith("http://127.0.0.1:5000/v1beta1/projects/clinic/")
    with pytest.raises(ValueError, match="no DICOMweb address"):
        Resource.of("clinic").dicom_web_url(CloudHosts())


def test_credentials_may_go_to_both_services() -> None:
    assert CloudHosts().origins == ("https://cloudresourcemanager.googleapis.com", "https://healthcare.googleapis.com")


WHOLE = TypedPath("clinic", "europe-west4", "chest", "ct", depth=2)


@pytest.mark.parametrize(("text", "typed"), [
    ("", TypedPath()),
    ("cli", TypedPath("cli")),
    ("clinic/", TypedPath("clinic", depth=1)),
    (" clinic / che ", TypedPath("clinic", dataset="che", depth=1)),
    ("clinic/chest/", TypedPath("clinic", dataset="chest", depth=2)),
    ("clinic/chest/c", TypedPath("clinic", dataset="chest", store="c", depth=2)),
    ("clinic/chest/ct/more", TypedPath("clinic", dataset="chest", store="ct", depth=2)),
    ("projects/clinic/locations/europe-west4/datasets/chest/dicomStores/ct", WHOLE),
    ("projects/clinic/locations/europe-west4/datasets/chest", TypedPath("clinic", "europe-west4", "chest", depth=2)),
    ("projects/clinic/locations/europe-west4", TypedPath("clinic", "europe-west4", depth=1)),
    ("https://healthcare.googleapis.com/v1/projects/clinic/locations/europe-west4/datasets/chest/dicomStores/ct/dicomWeb/"
     "studies?limit=1", WHOLE),
    ("https://console.cloud.google.com/healthcare/browser/locations/europe-west4/datasets/chest/dicomStores/ct?"
     "authuser=1&project=clinic", WHOLE),
    ("https://console.cloud.google.com/home/dashboard?project=clinic", TypedPath("clinic")),
    ("https://elsewhere.example/dicom-web", TypedPath()),
    ("projects%2Fclinic%2Flocations%2Feurope-west4%2Fdatasets%2Fchest%2FdicomStores%2Fct", WHOLE),
    ("/", TypedPath(depth=1)),
    ("?!*", TypedPath("?!*")),
])
def test_what_people_type_and_paste(text: str, typed: TypedPath) -> None:
    assert parse_typed(text) == typed


def test_a_complete_path_is_a_store_and_an_incomplete_one_is_not() -> None:
    assert WHOLE.resource == STORE
    assert parse_typed("clinic/chest/ct").resource is None      # the location is not known


def test_completions_match_anywhere_and_the_best_come_first() -> None:
    names = ["my-chest", "chest", "Chest-ct", "abdomen"]
    found = sorted((r for r in (Resource.of("p", "l", name) for name in names) if matches(r, "chest")),
                   key=lambda resource: rank(resource, "chest"))
    assert [resource.id for resource in found] == ["chest", "Chest-ct", "my-chest"]
    assert matches(Resource.of("p-1", title="Radiology North"), "north")
