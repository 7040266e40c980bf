"""What a worklist row lacks because the archive's searches do not tell it: modalities, counts, a whole name."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.core.errors import LightboxError, SignInNeeded, TooBusy
from desktop_app.core.person_name import PersonName
from desktop_app.core.study import Study, lacks_facts

if TYPE_CHECKING:
    from desktop_app.dicomweb.client import DicomWebClient

_AT_ONCE = 6


async def completed(client: DicomWebClient, studies: Sequence[Study]) -> AsyncIterator[Study]:
    """Those of the studies of which more could be found out, as it is. A study that fails stays as it was."""
    lanes = asyncio.Semaphore(_AT_ONCE)

    async def one(study: Study) -> Study:
        async with lanes:
            return await _complete(client, study)

    tasks = {asyncio.ensure_future(one(study)): study for study in studies if lacks_facts(study)}
    try:
        for done in asyncio.as_completed(tasks):
            study = await done
            yield study
    except (SignInNeeded, TooBusy):
        return              # the list stands; what it lacks is not worth a sentence
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _complete(client: DicomWebClient, study: Study) -> Study:
    try:
        if not client.dialect.searches:
            return await client.retrieved_study(study.study_instance_uid)
        if client.dialect.metrics and (study.series_count is None or study.instance_count is None):
            series_count, instance_count = await client.study_metrics(study.study_instance_uid)
            study = replace(study, series_count=series_count, instance_count=instance_count)
        if not study.modalities or study.series_count is None or study.instance_count is None:
            study = await _by_its_series(client, study)
        if study.name_is_spoiled:
            study = replace(study, patient_name=await _name_in_an_instance(client, study), name_is_spoiled=False)
    except (SignInNeeded, TooBusy):
        raise
    except LightboxError:
        pass
    return study


async def _by_its_series(client: DicomWebClient, study: Study) -> Study:
    series = [one async for one in client.iter_series(study.study_instance_uid)]
    counts = [one.instance_count for one in series]
    modalities = tuple(dict.fromkeys(one.modality for one in series if one.modality))
    return replace(
        study,
        modalities=study.modalities or modalities,
        series_count=study.series_count if study.series_count is not None else len(series),
        instance_count=study.instance_count if study.instance_count is not None or None in counts
        else sum(count or 0 for count in counts),
    )


async def _name_in_an_instance(client: DicomWebClient, study: Study) -> PersonName:
    """The name as an object of the study has it; what the list said where there is none."""
    from desktop_app.dicomweb.part10_rows import rows_of_object

    async for series in client.iter_series(study.study_instance_uid):
        instances = client.iter_instances(study.study_instance_uid, series.series_instance_uid, limit=1)
        async for instance in instances:
            data = await client.retrieve_instance(
                study.study_instance_uid, series.series_instance_uid, instance.sop_instance_uid)
            rows = await asyncio.to_thread(rows_of_object, data)
            return rows.study.patient_name or study.patient_name
    return study.patient_name
