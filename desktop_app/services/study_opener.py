"""StudyOpener: from a study to what can be hung, the most likely first."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.core.display_set import DisplaySet, build_display_sets
from desktop_app.core.errors import LightboxError, user_text
from desktop_app.core.load_times import Stage
from desktop_app.core.study import Instance, Series
from desktop_app.services.load_times import LoadTimes

if TYPE_CHECKING:
    from desktop_app.dicomweb.client import DicomWebClient

_LISTS_AT_ONCE = 3
_LONG_LIST = 50  # instances: below it, a glimpse comes no sooner than the list
_LATER = frozenset({"SR", "PR", "KO", "DOC", "RTSTRUCT", "RTPLAN", "REG", "SEG"})


@dataclass(frozen=True, slots=True)
class SeriesListed:
    """The series of the study, in the order of the strip."""

    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class SeriesGlimpsed:
    """One image of a series whose list is still on its way: something to look at. Its only frames are that image's."""

    series: Series
    display_set: DisplaySet


@dataclass(frozen=True, slots=True)
class SeriesOpened:
    """The display sets of one series, from its whole instance list.

    `error` is None, or why the list broke off: then the display sets hold what had been listed before.
    """

    series: Series
    display_sets: tuple[DisplaySet, ...]
    instance_count: int
    error: LightboxError | None = None


@dataclass(frozen=True, slots=True)
class SeriesFailed:
    """The instance list of one series could not be had."""

    series: Series
    error: LightboxError


@dataclass(frozen=True, slots=True)
class StudyCounted:
    """How much the study holds, where the archive can be asked for that beside the lists; None for no number."""

    series_count: int | None
    instance_count: int | None


OnInstances = Callable[[Sequence[Instance]], None]
StudyEvent = SeriesListed | SeriesGlimpsed | SeriesOpened | SeriesFailed | StudyCounted


async def open_study(
    client: DicomWebClient,
    study_instance_uid: str,
    on_instances: OnInstances = lambda instances: None,
    times: LoadTimes | None = None,
) -> AsyncIterator[StudyEvent]:
    """First the list of series, then each one as its instances are known, one image of the most likely one if that
    comes sooner, and how much there should be where the archive tells that apart. `on_instances` hears of instances
    before anyone can ask for their images; `times` is added to.

    A series that fails does not stop the others. A list of series that breaks off raises its error in the end, after
    what had been listed was opened.
    """
    times = times or LoadTimes()
    with times.measuring(Stage.SEARCH):
        series, broken = await _list_series(client, study_instance_uid)
    series.sort(key=_strip_order)
    yield SeriesListed(tuple(series))
    lanes = asyncio.Semaphore(_LISTS_AT_ONCE)

    async def open_one(item: Series) -> StudyEvent | None:
        async with lanes:
            with times.measuring(Stage.METADATA):
                return await open_series(client, item, on_instances)

    # No TaskGroup around a yield: one that is left in the middle would cancel its consumer, or wrap GeneratorExit.
    opening: list[asyncio.Future[StudyEvent | None]] = [asyncio.ensure_future(open_one(item)) for item in series]
    opening[:0] = [
        asyncio.ensure_future(_glimpse(client, item, on_instances)) for item in series[:1] if _is_worth_a_glimpse(item)
    ]
    if client.dialect.metrics:
        opening.append(asyncio.ensure_future(_count(client, study_instance_uid)))
    try:
        known: set[str] = set()
        for opened in asyncio.as_completed(opening):
            event = await opened
            if event is None or (isinstance(event, SeriesGlimpsed) and event.series.series_instance_uid in known):
                continue
            if isinstance(event, SeriesOpened):
                known.add(event.series.series_instance_uid)
            yield event
    finally:
        for task in opening:
            task.cancel()
        await asyncio.gather(*opening, return_exceptions=True)
    if broken is not None:
        raise broken


async def open_series(
    client: DicomWebClient, series: Series, on_instances: OnInstances = lambda instances: None
) -> SeriesOpened | SeriesFailed:
    """One series, as much of it as can be had. Never raises but when it is cancelled."""
    instances: list[Instance] = []
    error: LightboxError | None = None
    try:
        async for instance in client.iter_instances(series.study_instance_uid, series.series_instance_uid):
            instances.append(instance)
        on_instances(instances)
        return SeriesOpened(series, build_display_sets(series, instances), len(instances))
    except LightboxError as raised:
        error = raised
    except Exception as raised:
        error = LightboxError(user_text(raised), detail=repr(raised))
    if not instances:
        return SeriesFailed(series, error)
    on_instances(instances)
    told = None if series.instance_count == len(instances) else error       # all are here that the archive counts
    return SeriesOpened(series, build_display_sets(series, instances), len(instances), told)


async def _glimpse(client: DicomWebClient, series: Series, on_instances: OnInstances) -> SeriesGlimpsed | None:
    """An archive that makes a long list slowly gives one instance at once. None when that gives nothing to look at."""
    try:
        async for instance in client.iter_instances(series.study_instance_uid, series.series_instance_uid, limit=1):
            for display_set in build_display_sets(series, [instance]):
                if display_set.is_image:
                    on_instances([instance])
                    return SeriesGlimpsed(series, display_set)
    except LightboxError:
        pass  # the list itself will say what is wrong
    return None


async def _count(client: DicomWebClient, study_instance_uid: str) -> StudyCounted | None:
    """What the lists are held against. None when it cannot be had: then nothing is doubted."""
    try:
        return StudyCounted(*await client.study_metrics(study_instance_uid))
    except LightboxError:
        return None


def _is_worth_a_glimpse(series: Series) -> bool:
    return series.modality not in _LATER and (series.instance_count is None or series.instance_count >= _LONG_LIST)


async def _list_series(client: DicomWebClient, study_instance_uid: str) -> tuple[list[Series], LightboxError | None]:
    series: list[Series] = []
    try:
        async for item in client.iter_series(study_instance_uid):
            series.append(item)
    except LightboxError as error:
        if not series:
            raise
        return series, error
    return series, None


def _strip_order(series: Series) -> tuple[bool, bool, int, str]:
    return (series.modality in _LATER, series.number is None, series.number or 0, series.series_instance_uid)
