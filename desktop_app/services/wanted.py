"""Wanted: what someone would like to see of a store, and what they have been told of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from enum import Enum

from desktop_app.core.errors import LightboxError
from desktop_app.core.frame_ref import FrameRef


class Presence(Enum):
    """Whether a frame is here."""

    HERE = 1
    FAILED = 2
    GONE = 0


@dataclass(frozen=True, slots=True)
class Arrival:
    """News of one frame. `error` is None unless it failed."""

    ref: FrameRef
    presence: Presence
    error: LightboxError | None = None


InstanceKey = FrameRef  # an instance, or a part of one, goes by the name of its first frame


def instance_of(ref: FrameRef) -> InstanceKey:
    """The instance that a frame belongs to."""
    if ref.frame_number == 1:
        return ref
    return FrameRef(ref.study_instance_uid, ref.series_instance_uid, ref.sop_instance_uid)


@dataclass(slots=True)
class Wanted:
    """What someone wants, and what they have been told."""

    refs: tuple[FrameRef, ...] = ()
    first: bool = False
    ranks: dict[FrameRef, int] = field(default_factory=dict)  # of those that there is room for
    by_instance: dict[InstanceKey, list[FrameRef]] = field(default_factory=dict)  # of all
    said: dict[FrameRef, Arrival] = field(default_factory=dict)
    unsaid: dict[FrameRef, Arrival] = field(default_factory=dict)  # the latest of each frame: never more than frames
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def group(self, key_of: Callable[[FrameRef], InstanceKey]) -> None:
        """Sorts what is wanted by the transfer that brings it."""
        self.by_instance = {}
        for ref in self.refs:
            key = key_of(ref)
            if key in self.by_instance:
                self.by_instance[key].append(ref)
            else:
                self.by_instance[key] = [ref]

    def tell(self, arrival: Arrival) -> None:
        before = self.said.get(arrival.ref)
        if arrival.presence is Presence.GONE:
            if before is None:
                return
            del self.said[arrival.ref]
        elif before == arrival:
            return
        else:
            self.said[arrival.ref] = arrival
        self.unsaid[arrival.ref] = arrival
        self.news.set()

    async def arrivals(self, goes_on: Callable[[], bool]) -> AsyncIterator[Arrival]:
        """All that was told, and what is told from now on. Ends when someone else listens, or it does not go on."""
        self.news.set()  # who listened before wakes up and ends
        news = self.news = asyncio.Event()
        self.unsaid = dict(self.said)
        news.set()
        while True:
            await news.wait()
            if self.news is not news or not goes_on():
                return
            news.clear()
            unsaid, self.unsaid = self.unsaid, {}
            for arrival in unsaid.values():
                yield arrival
