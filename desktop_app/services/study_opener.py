"""StudyOpener: from a study to what can be hung, the most likely first."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.core.display_set import DisplaySet, build_display_sets
from desktop_app.core.errors import LightboxError
from desktop_app.core.study import Instance, Series

if TYPE_CHECKING:
    from desktop_app.dicomweb.client import DicomWebClient

_LISTS_AT_ONCE = 3
_LATER = frozenset({"SR", "PR", "KO", "DOC", "RTSTRUCT", "RTPLAN", "REG", "SEG"})


@dataclass(frozen=True, slots=True)
class SeriesListed:
    """The series of the study, in the order of the strip."""

    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class SeriesOpened:
    """The display sets of one series, from its whole instance list."""

    series: Series
    display_sets: tuple[DisplaySet, ...]
    instance_count: int


@dataclass(frozen=True, slots=True)
class SeriesFailed:
    """The instance list of one series could not be had."""

    series: Series
    error: LightboxError


StudyEvent = SeriesListed | SeriesOpened | SeriesFailed


async def open_study(client: DicomWebClient, study_instance_uid: str) -> AsyncIterator[StudyEvent]:
    """First the list of series, then each one as its instances are known.

    A series that fails does not stop the others.
    """
    series = sorted([item async for item in client.iter_series(study_instance_uid)], key=_strip_order)
    yield SeriesListed(tuple(series))
    news: asyncio.Queue[StudyEvent] = asyncio.Queue()
    lanes = asyncio.Semaphore(_LISTS_AT_ONCE)

    async def open_one(item: Series) -> None:
        async with lanes:
            try:
                await news.put(await open_series(client, item))
            except LightboxError as error:
                await news.put(SeriesFailed(item, error))

    async with asyncio.TaskGroup() as group:
        for item in series:
            group.create_task(open_one(item))
        for _ in series:
            yield await news.get()


async def open_series(client: DicomWebClient, series: Series) -> SeriesOpened:
    """One series, whole. Raises a LightboxError."""
    instances: list[Instance] = [
        instance
        async for instance in client.iter_instances(series.study_instance_uid, series.series_instance_uid)
    ]
    return SeriesOpened(series, build_display_sets(series, instances), len(instances))


def _strip_order(series: Series) -> tuple[bool, bool, int, str]:
    return (series.modality in _LATER, series.number is None, series.number or 0, series.series_instance_uid)
