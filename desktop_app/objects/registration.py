"""Registrations (PS3.3 C.20.2, C.20.3): what is laid onto what, in words for a card."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pydicom

from desktop_app.core.words import figures, say
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
    yield say("objects", "Laid onto"), _frame(target) if target else say("objects", "nothing that it names")
    for number, item in enumerate(registered[:_MOST_SAID], start=1):
        source = text(item, "FrameOfReferenceUID") or text(item, "SourceFrameOfReferenceUID")
        place = say("objects", "what already lies there") if source == target else _frame(source)
        parts = [place if source else "", _images(item, evidence), *_how(item)]
        yield (say("objects", "Part {number}").format(number=number),
               " · ".join(part for part in parts if part) or say("objects", "Says nothing"))
    if len(registered) > _MOST_SAID:
        yield say("objects", "Further parts"), f"{len(registered) - _MOST_SAID}"


def _frame(uid: str) -> str:
    return say("objects", "frame of reference {uid}").format(uid=uid)


def _images(item: Level, evidence: Evidence) -> str:
    refs = [ref for image in items(item, "ReferencedImageSequence") for ref in evidence.refs(image)]
    if not refs:
        return ""
    series = list(dict.fromkeys(ref.series_instance_uid for ref in refs if ref.series_instance_uid))
    words = [say("objects", "{count} images").format(count=len(refs)) if len(refs) > 1 else say("objects", "one image")]
    if series:
        words.append(say("objects", "of series {uids}").format(uids=", ".join(series)))
    return " ".join(words)


def _how(item: Level) -> Iterator[str]:
    for step in (*items(item, "MatrixRegistrationSequence"), *items(item, "PreDeformationMatrixRegistrationSequence"),
                 *items(item, "PostDeformationMatrixRegistrationSequence")):
        for matrix in items(step, "MatrixSequence") or [step]:
            yield _matrix(matrix)
        if kind := meaning(step, "RegistrationTypeCodeSequence"):
            yield kind
    for grid in items(item, "DeformableRegistrationGridSequence"):
        size = "×".join(f"{number:.0f}" for number in numbers(grid, "GridDimensions"))
        yield say("objects", "deformed by a grid") + (f" {size}" if size else "")


def _matrix(item: Level) -> str:
    kind = text(item, "FrameOfReferenceTransformationMatrixType") or say("objects", "of a kind not said")
    values = numbers(item, "FrameOfReferenceTransformationMatrix")
    if len(values) != 16:
        return f"{kind}, " + say("objects", "its matrix cannot be read")
    matrix = np.array(values).reshape(4, 4)
    if np.abs(matrix - np.eye(4)).max() < _STILL:
        return f"{kind}, " + say("objects", "nothing is moved")
    way = "; ".join(figures(f"{value:.4g}") for value in matrix[:3, 3])
    moved = say("objects", "moved by ({way}) mm").format(way=way)
    turned = "" if np.abs(matrix[:3, :3] - np.eye(3)).max() < _STILL else " " + say("objects", "and turned")
    return f"{kind}, {moved}{turned}"
