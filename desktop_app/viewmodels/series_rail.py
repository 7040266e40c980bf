"""SeriesRail: the cards of a study's display sets, with picture and completeness."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop_app.core.display_set import DisplaySet, Stack, display_order, split_frames
from desktop_app.core.errors import LightboxError
from desktop_app.core.stack_check import SOUND
from desktop_app.core.study import Series
from desktop_app.core.words import counted, say
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.stack_words import check_texts

if TYPE_CHECKING:
    from desktop_app.core.frame_ref import FrameRef
    from desktop_app.core.store import Store
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network
    from desktop_app.services.study_opener import SeriesOpened, StudyEvent


@dataclass(frozen=True, slots=True)
class SeriesCard:
    """One card. `expected` is what the archive says there is, `received` what is here and decoded."""

    key: str
    title: str
    subtitle: str
    received: int = 0
    expected: int = 0
    complete: bool = False
    failed: int = 0
    warning: str = ""
    is_image: bool = True
    display_set: DisplaySet | None = None


class SeriesRail(QObject):
    """Fills itself from StudyEvents; pictures are fetched once a card has frames."""

    changed = Signal()
    thumbnail_changed = Signal(str)

    def __init__(self, network: Network[Backend], store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network, self._store = network, store
        self.cards: tuple[SeriesCard, ...] = ()
        self.busy = False
        self.error: LightboxError | None = None
        self._sets: dict[str, DisplaySet] = {}
        self._waiting: dict[str, Series] = {}
        self._failures: dict[str, tuple[Series, LightboxError]] = {}
        self._doubts: dict[str, str] = {}  # series → why its list may not be whole
        self._listed: dict[str, int] = {}  # series → objects that its list names
        self._promised: tuple[int | None, int | None] = (None, None)  # series and objects that the study should have
        self._counts: dict[str, tuple[int, int]] = {}  # key → (received, failed)
        self._frame_stacks: dict[str, tuple[Stack, ...]] = {}  # key → those of a multi-frame object
        self._thumbnails: dict[str, Any] = {}
        self._pictures: dict[str, Job] = {}

    @property
    def display_sets(self) -> tuple[DisplaySet, ...]:
        return tuple(card.display_set for card in self.cards if card.display_set is not None)

    def is_waiting_for(self, series: Series) -> bool:
        """Whether its list is still on its way."""
        return series.series_instance_uid in self._waiting

    def thumbnail(self, key: str) -> Any:
        """uint8 (h, w) or (h, w, 3), None while there is none."""
        return self._thumbnails.get(key)

    def take(self, events: tuple[StudyEvent, ...]) -> None:
        """Takes in what the opener said."""
        from desktop_app.services.study_opener import SeriesFailed, SeriesListed, SeriesOpened, StudyCounted

        for event in events:
            if isinstance(event, SeriesListed):
                known = {display_set.series.series_instance_uid for display_set in self._sets.values()}
                listed = {series.series_instance_uid: series for series in event.series}
                self._waiting = {uid: series for uid, series in listed.items() if uid not in known}
                self._failures.clear()
                self._listed = dict.fromkeys(listed, 0)
            elif isinstance(event, StudyCounted):
                self._promised = (event.series_count, event.instance_count)
            elif isinstance(event, SeriesOpened):
                self._take_series(event)
            elif isinstance(event, SeriesFailed):
                self._waiting.pop(event.series.series_instance_uid, None)
                self._failures[event.series.series_instance_uid] = (event.series, event.error)
        self._rebuild()

    def promise(self, series_count: int | None, instance_count: int | None) -> None:
        """How much the worklist said that there is, where it said anything."""
        self._promised = (series_count, instance_count)

    def end(self) -> None:
        """All lists were read, as far as they could be: what was promised and is not in them is named."""
        self.busy = False
        if self._shortage:
            self._rebuild()

    @property
    def _shortage(self) -> str:
        """What the archive says that there is and does not list; empty while lists are read, or for a reason that is
        named already."""
        series, objects = self._promised
        if self.busy or self._waiting or not self._listed:
            return ""
        if series is not None and len(self._listed) < series:
            return self.tr("The archive says that there are %d series, but lists %d.") % (series, len(self._listed))
        listed = sum(self._listed.values())
        if objects is not None and listed < objects and not self._failures and not self._doubts:
            return self.tr("The archive says that there are %d objects, but lists %d.") % (objects, listed)
        return ""

    def _take_series(self, event: SeriesOpened) -> None:
        uid = event.series.series_instance_uid
        self._listed[uid] = event.instance_count
        self._waiting.pop(uid, None)
        self._failures.pop(uid, None)
        self._sets = {key: item for key, item in self._sets.items() if item.series.series_instance_uid != uid}
        for display_set in event.display_sets:
            self._sets.update({part.key: part for part in self._in_order(display_set)})
        self._doubts.pop(uid, None)
        if not event.display_sets:
            self._failures[uid] = (event.series, LightboxError(self.tr("The archive lists no image of this series.")))
        elif event.error is not None:
            self._doubts[uid] = self.tr("The list of images broke off. %s") % event.error.user_text
        elif event.instance_count < (event.series.instance_count or 0):
            self._doubts[uid] = self.tr("The archive says that there are %d objects, but lists %d.") % (
                event.series.instance_count,
                event.instance_count,
            )

    def learn(self, display_set: DisplaySet, stacks: tuple[Stack, ...]) -> tuple[DisplaySet, ...]:
        """Takes in what a multi-frame object says of its frames; the display sets that it makes, in place of the one
        that was listed. They stay when it is listed again."""
        self._frame_stacks[display_set.key] = stacks
        parts = self._in_order(display_set)
        if display_set.key in self._sets:
            self._sets = {
                part.key: part
                for item in self._sets.values() for part in (parts if item.key == display_set.key else (item,))}
            self._rebuild()
            self._fetch_missing_pictures(display_set.key)  # it may begin with another image now
        return parts

    def _in_order(self, display_set: DisplaySet) -> tuple[DisplaySet, ...]:
        stacks = self._frame_stacks.get(display_set.key) if display_set.awaits_frames else None
        return (display_set,) if stacks is None else split_frames(display_set, stacks)

    def count(self, key: str, received: int, failed: int) -> None:
        """Says how many frames of a display set are here, and how many could not be had."""
        if self._counts.get(key) != (received, failed):
            self._counts[key] = (received, failed)
            self.cards = tuple(self._counted(card) if card.key == key else card for card in self.cards)
            self.changed.emit()
            picture = self._pictures.get(key)
            if received and key not in self._thumbnails and picture is not None and not picture.running:
                self._fetch_missing_pictures(key)  # the network was away when it was asked for

    def drop_series(self, series_instance_uid: str) -> None:
        """The archive has this series no more (no UID: it has none of them)."""
        def stays(uid: str) -> bool:
            return bool(series_instance_uid) and uid != series_instance_uid

        self._sets = {key: item for key, item in self._sets.items() if stays(item.series.series_instance_uid)}
        self._waiting = {uid: series for uid, series in self._waiting.items() if stays(uid)}
        self._failures = {uid: failure for uid, failure in self._failures.items() if stays(uid)}
        self._promised = (None, None)  # it was said of more
        self._rebuild()

    def close(self) -> None:
        for job in self._pictures.values():
            job.cancel()

    def _rebuild(self) -> None:
        cards = [self._counted(_card_of(display_set)) for display_set in display_order(self._sets.values())]
        cards += [_card_of_series(series, self.tr("Listing images…")) for series in self._waiting.values()]
        cards += [_card_of_series(series, "", error.user_text) for series, error in self._failures.values()]
        if self._shortage:
            cards.append(SeriesCard("study", self.tr("More in this study"), "", warning=self._shortage, is_image=False))
        self.cards = tuple(cards)
        self.changed.emit()
        self._fetch_missing_pictures()

    def _fetch_missing_pictures(self, again: str = "") -> None:
        for card in self.cards:
            display_set = card.display_set
            if card.is_image and display_set is not None and display_set.frames:
                if card.key not in self._pictures or card.key == again:
                    self._fetch_picture(card.key, display_set.frames[display_set.start_index])

    def _counted(self, card: SeriesCard) -> SeriesCard:
        received, failed = self._counts.get(card.key, (0, 0))
        doubt = self._doubts.get(card.display_set.series.series_instance_uid, "") if card.display_set else ""
        check = card.display_set.check if card.display_set is not None else SOUND
        complete = card.expected > 0 and received == card.expected and not doubt and not check.missing
        lost = self.tr("%n image(s) could not be shown", "", failed) if failed else ""
        found = "".join(f"{text[0].upper()}{text[1:]}. " for text in check_texts(check)).strip()
        warning = " ".join(part for part in (lost, doubt, found) if part)
        return replace(card, received=received, failed=failed, complete=complete, warning=warning)

    def _fetch_picture(self, key: str, ref: FrameRef) -> None:
        async def fetch() -> None:
            self._thumbnails[key] = await self._network.call(
                lambda backend: backend.connection(self._store).thumbnails.of(ref)
            )
            self.thumbnail_changed.emit(key)

        if key not in self._pictures:
            self._pictures[key] = Job(self, lambda error: None)  # a card without a picture says enough
        self._pictures[key].start(fetch())


def _card_of(display_set: DisplaySet) -> SeriesCard:
    series = display_set.series
    count = len(display_set.frames)
    parts = [
        series.modality,
        _count_text(count) if display_set.is_image else say("cards", "no images"),
    ]
    return SeriesCard(
        display_set.key,
        display_set.title,
        " · ".join(part for part in parts if part),
        expected=count if display_set.is_image else 0,
        is_image=display_set.is_image,
        display_set=display_set,
    )


def _card_of_series(series: Series, subtitle: str, warning: str = "") -> SeriesCard:
    number = f"{series.number} · " if series.number is not None else ""
    title = number + (series.description or series.modality or say("cards", "Series"))
    return SeriesCard(
        series.series_instance_uid, title, subtitle, expected=series.instance_count or 0, warning=warning
    )


def _count_text(images: int) -> str:
    return say("cards", "1 image") if images == 1 else say("cards", "{count} images").format(count=counted(images))
