"""Lists of an archive that cannot be searched: by a manifest that names the objects, else by retrieving it all.

The objects that came with a retrieved study are kept for the moment they are asked for one by one, as far as there is
room; the others are fetched again.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field, replace

from desktop_app.core.errors import LightboxError, NotDicom, NotFound
from desktop_app.core.query import StudyQuery
from desktop_app.core.study import Instance, Series, Study
from desktop_app.core.words import say
from desktop_app.dicomweb.part10_rows import ObjectRows, rows_of_object
from desktop_app.dicomweb.query_params import is_uid

ROOM_BYTES = 512 * 2**20
_Key = tuple[str, str, str]


@dataclass(slots=True)
class _Listed:
    """What is known of one study. `error`: why there may be more."""

    study: Study | None = None
    series: dict[str, Series] = field(default_factory=dict)
    instances: dict[str, dict[str, Instance]] = field(default_factory=dict)
    error: LightboxError | None = None


class WholeStudies:
    """Shared by all clients of one archive; lives on their loop."""

    def __init__(self, room_bytes: int = ROOM_BYTES) -> None:
        self._room = room_bytes
        self._listed: dict[str, _Listed] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._objects: OrderedDict[_Key, bytes] = OrderedDict()
        self._nbytes = 0

    def know(self, study: Study, series: Iterable[Series], instances: Iterable[Instance]) -> None:
        """What a manifest says of a study: nothing is retrieved to list it."""
        listed = _Listed(study, {one.series_instance_uid: one for one in series})
        for instance in instances:
            listed.instances.setdefault(instance.series_instance_uid, {})[instance.sop_instance_uid] = instance
        self._listed[study.study_instance_uid] = listed

    def known(self, query: StudyQuery) -> tuple[Study, ...]:
        """The studies that have been listed and answer the query; one whose UID was typed is taken at its word."""
        listed = [one.study for one in self._listed.values() if one.study is not None]
        uid = query.text.strip()
        if is_uid(uid):
            return tuple(study for study in listed if study.study_instance_uid == uid) or (Study(uid),)
        return tuple(study for study in listed if query.matches(study))

    def forget(self, study_uid: str) -> None:
        """It is retrieved again when it is listed again."""
        self._listed.pop(study_uid, None)
        for key in [key for key in self._objects if key[0] == study_uid]:
            self.take(*key)

    def take(self, study_uid: str, series_uid: str, sop_uid: str) -> bytes | None:
        """The object if it came with its study; it is given away once."""
        data = self._objects.pop((study_uid, series_uid, sop_uid), None)
        self._nbytes -= len(data) if data is not None else 0
        return data

    async def study(self, uid: str, retrieve: Callable[[str], AsyncIterator[bytes]]) -> Study:
        """The study as its objects have it. Raises the error of the retrieval when nothing came."""
        listed = await self._list(uid, retrieve)
        study = listed.study or Study(uid)
        count = sum(map(len, listed.instances.values()))
        return study if listed.error else replace(study, series_count=len(listed.series), instance_count=count)

    async def series(self, uid: str, retrieve: Callable[[str], AsyncIterator[bytes]]) -> AsyncIterator[Series]:
        """The series; when the retrieval broke off, its error after those that came."""
        listed = await self._list(uid, retrieve)
        for one in listed.series.values():
            instances = listed.instances.get(one.series_instance_uid, {})
            yield replace(one, instance_count=None if listed.error else len(instances))
        if listed.error is not None:
            error = listed.error
            self._listed.pop(uid, None)
            raise error

    async def instances(
        self, uid: str, series_uid: str, limit: int | None, retrieve: Callable[[str], AsyncIterator[bytes]]
    ) -> AsyncIterator[Instance]:
        listed = await self._list(uid, retrieve)
        for instance in list(listed.instances.get(series_uid, {}).values())[:limit]:
            yield instance

    async def _list(self, uid: str, retrieve: Callable[[str], AsyncIterator[bytes]]) -> _Listed:
        async with self._locks.setdefault(uid, asyncio.Lock()):
            if uid not in self._listed:
                self._listed[uid] = await self._retrieved(uid, retrieve)
            return self._listed[uid]

    async def _retrieved(self, uid: str, retrieve: Callable[[str], AsyncIterator[bytes]]) -> _Listed:
        listed = _Listed()
        try:
            async for data in retrieve(uid):
                try:
                    rows = await asyncio.to_thread(rows_of_object, data)
                except NotDicom as error:
                    listed.error = error
                    continue
                if rows.study.study_instance_uid == uid:
                    self._add(listed, rows, data)
        except LightboxError as error:
            if not listed.series:
                raise
            listed.error = error
        if not listed.series:
            raise NotFound(say(
                "dicomweb", "The archive answered, but sent no object of this study. Check its UID."), status=200)
        return listed

    def _add(self, listed: _Listed, rows: ObjectRows, data: bytes) -> None:
        study = listed.study or rows.study
        found = tuple(dict.fromkeys((*study.modalities, *rows.study.modalities)))
        listed.study = replace(study, modalities=found)
        listed.series.setdefault(rows.series.series_instance_uid, rows.series)
        listed.instances.setdefault(rows.series.series_instance_uid, {})[rows.instance.sop_instance_uid] = rows.instance
        if self._nbytes + len(data) <= self._room:
            key = (rows.instance.study_instance_uid, rows.instance.series_instance_uid, rows.instance.sop_instance_uid)
            self._nbytes += len(data) - len(self._objects.get(key, b""))
            self._objects[key] = data
