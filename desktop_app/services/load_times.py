"""LoadTimes: where the time of loading goes, added up for each study. Counts and seconds only."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import monotonic

from desktop_app.core.load_times import Span, Stage, StageTime

_STUDIES = 16


class LoadTimes:
    """Of one study. May be read from any thread."""

    def __init__(self) -> None:
        self._spans = {stage: Span() for stage in Stage}

    def __getitem__(self, stage: Stage) -> Span:
        return self._spans[stage]

    def fetched(self, began: float, first_byte: float, ended: float) -> None:
        """One image came; moments of one clock, `first_byte` 0 when the answer was empty."""
        first_byte = first_byte or ended
        self._spans[Stage.FIRST_BYTE].add(first_byte - began)
        self._spans[Stage.TRANSFER].add(ended - first_byte)

    @contextmanager
    def measuring(self, stage: Stage) -> Iterator[None]:
        """Adds what lies between, also where it fails."""
        began = monotonic()
        try:
            yield
        finally:
            self._spans[stage].add(monotonic() - began)


class TimesByStudy:
    """Of one store: the studies looked at last."""

    def __init__(self) -> None:
        self._studies: OrderedDict[str, LoadTimes] = OrderedDict()

    def of(self, study_instance_uid: str) -> LoadTimes:
        times = self._studies.pop(study_instance_uid, None) or LoadTimes()
        self._studies[study_instance_uid] = times
        while len(self._studies) > _STUDIES:
            self._studies.popitem(last=False)
        return times

    def stages(self, study_instance_uid: str = "") -> tuple[StageTime, ...]:
        """What was measured of a study; of all of them when none is named."""
        found = list(self._studies.items())
        chosen = [times for uid, times in found if study_instance_uid in ("", uid)]
        return tuple(
            StageTime.of(stage, span) for stage in Stage
            if (span := _sum(times[stage] for times in chosen)).count
        )


def _sum(spans: Iterable[Span]) -> Span:
    total = Span()
    for span in spans:
        total = total.plus(span)
    return total
