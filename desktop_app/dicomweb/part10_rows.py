"""Study, series and instance of a Part 10 object: for archives that cannot be searched, or whose lists are damaged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING

from desktop_app.core.errors import NotDicom
from desktop_app.core.study import Instance, Series, Study
from desktop_app.core.words import say
from desktop_app.dicomweb.dicom_json import TAGS, read_dataset
from desktop_app.dicomweb.rows import instance_from_json, series_from_json, study_from_json

if TYPE_CHECKING:
    from pathlib import Path

    from pydicom.dataset import Dataset

_WANTED = [0x00080005, *(int(tag, 16) for tag in TAGS.values())]


@dataclass(frozen=True, slots=True)
class ObjectRows:
    """The rows that a search would have had for this object."""

    study: Study
    series: Series
    instance: Instance


def rows_of_object(source: bytes | Path) -> ObjectRows:
    """Reads the header. Texts are decoded by the object's own character set. Raises NotDicom; not for an event loop."""
    import pydicom

    try:
        dataset = pydicom.dcmread(
            BytesIO(source) if isinstance(source, bytes) else source,
            stop_before_pixels=True, specific_tags=[*_WANTED], force=True)
        row = read_dataset(_json_of(dataset))
        study, series, instance = study_from_json(row), series_from_json(row), instance_from_json(row)
        syntax = str(getattr(dataset, "file_meta", {}).get("TransferSyntaxUID", ""))
    except (OSError, MemoryError):
        raise
    except Exception as error:          # pydicom's reader raises whatever the bytes make it
        raise NotDicom(detail=repr(error)) from error
    if study is None or series is None or instance is None:
        raise NotDicom(say("dicomweb", "The archive sent an object without its UIDs. It cannot be shown."))
    if not study.modalities and series.modality:
        study = replace(study, modalities=(series.modality,))
    return ObjectRows(study, series, replace(instance, transfer_syntax_uid=syntax))


def _json_of(dataset: Dataset) -> dict[str, object]:
    """The JSON model, element by element: one that cannot be written loses itself only."""
    found: dict[str, object] = {}
    for tag in list(dataset.keys()):
        try:
            element = dataset[tag]
            found[f"{int(tag):08X}"] = element.to_json_dict(None, 0)
        except Exception:               # noqa: S112 - pydicom raises what the value makes it; the row does without
            continue
    return found
