"""Registrations (PS3.3 C.20.2, C.20.3): what is laid onto what, in words for a card."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pydicom

from desktop_app.objects.attributes import Level, items, meaning, numbers, text
from desktop_app.objects.references import Evidence

assert pydicom

_MOST_SAID = 12
_STILL = 1e-6


def registration_facts(dataset: Level) -> Iterator[tuple[str, str]]:
    """(name, value) of each line; none for an object that registers nothing."""
    rigid, deformable = items(dataset, "RegistrationSequence"), items(dataset, "DeformableRegistrationSequence")
    registered = [*rigid, *deformable]
    if not registered:
        return
    target, evidence = text(dataset, "FrameOfReferenceUID"), Evidence(dataset)
    yield "Laid onto", f"frame of reference {target}" if target else "nothing that it names"
    for number, item in enumerate(registered[:_MOST_SAID], start=1):
        source = text(item, "FrameOfReferenceUID") or text(item, "SourceFrameOfReferenceUID")
        parts = ["what already lies there" if source and source == target else
                 f"frame of reference {source}" if source else "", _images(item, evidence), *_how(item)]
        yield f"Part {number}", " · ".join(part for part in parts if part) or "Says nothing"
    if len(registered) > _MOST_SAID:
        yield "And", f"{len(registered) - _MOST_SAID} more"


def _images(item: Level, evidence: Evidence) -> str:
    refs = [ref for image in items(item, "ReferencedImageSequence") for ref in evidence.refs(image)]
    if not refs:
        return ""
    series = list(dict.fromkeys(ref.series_instance_uid for ref in refs if ref.series_instance_uid))
    of = f" of series {', '.join(series)}" if series else ""
    return f"{len(refs)} image{'s' if len(refs) > 1 else ''}{of}"


def _how(item: Level) -> Iterator[str]:
    for step in (*items(item, "MatrixRegistrationSequence"), *items(item, "PreDeformationMatrixRegistrationSequence"),
                 *items(item, "PostDeformationMatrixRegistrationSequence")):
        for matrix in items(step, "MatrixSequence") or [step]:
            yield _matrix(matrix)
        if kind := meaning(step, "RegistrationTypeCodeSequence"):
            yield kind
    for grid in items(item, "DeformableRegistrationGridSequence"):
        size = "×".join(f"{number:.0f}" for number in numbers(grid, "GridDimensions"))
        yield f"deformed by a grid of {size}" if size else "deformed by a grid"


def _matrix(item: Level) -> str:
    kind = text(item, "FrameOfReferenceTransformationMatrixType").lower().replace("_", " ") or "of a kind not said"
    values = numbers(item, "FrameOfReferenceTransformationMatrix")
    if len(values) != 16:
        return f"{kind}, its matrix cannot be read"
    matrix = np.array(values).reshape(4, 4)
    if np.abs(matrix - np.eye(4)).max() < _STILL:
        return f"{kind}, nothing is moved"
    moved = ", ".join(f"{value:.4g}" for value in matrix[:3, 3])
    turned = "" if np.abs(matrix[:3, :3] - np.eye(3)).max() < _STILL else " and turned"
    return f"{kind}, moved by ({moved}) mm{turned}"
