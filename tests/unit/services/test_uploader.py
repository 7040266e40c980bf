from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import aclosing
from pathlib import Path

import pytest

from desktop_app.core.errors import (
    Interrupted,
    NotAllowed,
    RequestRefused,
    ServerFailed,
    SignInNeeded,
    TooBusy,
    Unreachable,
)
from desktop_app.core.upload import UploadItem, Verdict
from desktop_app.dicomweb.store_response import FailedInstance, StoredInstance, StoreResponse
from desktop_app.services.decoder import Decoder
from desktop_app.services.upload_journal import FileState, JournalUpload, UploadJournal
from desktop_app.services.uploader import Uploader, UploadEvent
from tests.unit.services.upload_fakes import FakeArchive, dicom_bytes, dicom_file, failing


class World:
    """One archive, one journal, one uploader; pauses take no time and are counted."""

    def __init__(self, journal: UploadJournal, decoder: Decoder) -> None:
        self.archive, self.journal, self.decoder = FakeArchive(), journal, decoder
        self.pauses: list[float] = []
        self.uploader = self.another()

    def another(self) -> Uploader:
        return Uploader(self.archive, self.decoder, self.journal, store_key="k", sleep=self._sleep)  # type: ignore[arg-type]

    async def _sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0)

    async def upload(self, *paths: Path, upload_id: str = "u") -> dict[str, UploadItem]:
        return by_name([event async for event in self.uploader.upload(paths, upload_id=upload_id)])

    async def go_on(self, upload_id: str = "u", *, failed_too: bool = False) -> dict[str, UploadItem]:
        stream = self.another().go_on(upload_id, failed_too=failed_too)
        return by_name([event async for event in stream])


def by_name(events: list[UploadEvent]) -> dict[str, UploadItem]:
    items = [item for event in events for item in event.judged]
    assert len({item.key for item in items}) == len(items), "one verdict each"
    last = events[-1].progress
    assert last.done == last.found == len(items)
    return {item.name: item for item in items}


def verdicts(items: dict[str, UploadItem]) -> dict[str, Verdict | None]:
    return {name: item.verdict for name, item in items.items()}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    journal, decoder = await UploadJournal.open(tmp_path / "journal" / "uploads.sqlite"), Decoder(2)
    yield World(journal, decoder)
    decoder.stop()
    await journal.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


async def test_every_kind_of_file_gets_its_verdict(world: World, folder: Path) -> None:
    for number in (1, 2, 3, 4):
        dicom_file(folder, f"1.{number}")
    (folder / "empty.dcm").touch()
    (folder / "notes.txt").write_text("nothing")
    (folder / "cut.dcm").write_bytes((folder / "1.1.dcm").read_bytes()[:150])
    (folder / "link.dcm").symlink_to(folder / "1.1.dcm")
    world.archive.held = {"1.3": (folder / "1.3.dcm").read_bytes(), "1.4": dicom_bytes("1.4", note="of somebody else")}
    world.archive.refuses = {"1.2": FailedInstance("1.2", reason=0x0122, detail="No room for CT.")}
    items = await world.upload(folder)
    assert verdicts(items) == {
        "1.1.dcm": Verdict.STORED, "1.2.dcm": Verdict.REFUSED, "1.3.dcm": Verdict.ALREADY_THERE,
        "1.4.dcm": Verdict.CONFLICT, "empty.dcm": Verdict.NOT_DICOM, "notes.txt": Verdict.NOT_DICOM,
        "cut.dcm": Verdict.UNREADABLE, "link.dcm": Verdict.UNREADABLE,
    }
    assert items["1.2.dcm"].reason == "The archive does not take this kind of object (code 0122H). No room for CT."
    assert not world.archive.sent["1.3"], "what is there is not sent"
    assert not world.archive.sent["1.4"]


async def test_stored_is_said_only_of_what_is_listed_afterwards(world: World, folder: Path) -> None:
    dicom_file(folder, "1.1")
    dicom_file(folder, "1.2")
    world.archive.hides = {"1.2"}
    items = await world.upload(folder)
    assert verdicts(items) == {"1.1.dcm": Verdict.STORED, "1.2.dcm": Verdict.REFUSED}
    assert "does not list it" in items["1.2.dcm"].reason
    assert world.pauses == [1.0, 2.0, 4.0], "a list may lag behind"


@pytest.mark.parametrize("answer", [
    StoreResponse(200, understood=False),
    StoreResponse(200, (StoredInstance("9.9.9"),)),
])
async def test_an_answer_that_names_nothing_of_ours_is_settled_by_reading_back(
    world: World, folder: Path, answer: StoreResponse
) -> None:
    path = dicom_file(folder, "1.1")
    world.archive.answers = [lambda _uids: answer]
    world.archive.held = {"7.7": b""}
    items = await world.upload(path)
    assert verdicts(items) == {"1.1.dcm": Verdict.REFUSED}
    assert "took it without complaint, but does not list it" in items["1.1.dcm"].reason


async def test_while_files_are_sent_the_archive_is_asked_for_those_that_it_took(world: World, folder: Path) -> None:
    for number in range(60):
        dicom_file(folder, f"1.{number}")
    world.archive.hides = {"1.3"}
    items = await world.upload(folder)
    asked = [uid for uids in world.archive.asked_among for uid in uids]
    assert len(asked) >= 24
    assert {len(uids) for uids in world.archive.asked_among} == {24}
    assert items.pop("1.3.dcm").verdict is Verdict.REFUSED
    assert {item.verdict for item in items.values()} == {Verdict.STORED}


@pytest.mark.parametrize("answer", [lambda uids: (), lambda uids: [*uids, "9.9"], lambda uids: refuse()])
async def test_an_archive_that_knows_no_lists_of_uids_is_asked_at_the_end_only(
    world: World, folder: Path, answer: Callable[[Iterable[str]], Iterable[str]]
) -> None:
    for number in range(120):
        dicom_file(folder, f"1.{number}")
    world.archive.answer_among = answer
    items = await world.upload(folder)
    assert {item.verdict for item in items.values()} == {Verdict.STORED}
    assert len(world.archive.asked_among) <= 3, "as many as were under way when the first was answered"
    assert world.archive.listed == 2, "before and after"


def refuse() -> Iterable[str]:
    raise RequestRefused(status=400)


async def test_a_warning_is_told(world: World, folder: Path) -> None:
    path = dicom_file(folder, "1.1")

    def coerces(uids: list[str]) -> StoreResponse:
        world.archive.held[uids[0]] = b""
        return StoreResponse(202, (StoredInstance(uids[0], warning_reason=0xB000),))

    world.archive.answers = [coerces]
    (item,) = (await world.upload(path)).values()
    assert (item.verdict, item.reason) == (
        Verdict.STORED_WITH_WARNING, "The archive changed some attributes (code B000H)."
    )


async def test_one_bad_file_does_not_speak_for_the_others(world: World, folder: Path) -> None:
    for number in range(8):
        dicom_file(folder, f"1.{number}")

    def refuse_if_bad(uids: list[str]) -> StoreResponse | None:
        world.archive.answers.append(refuse_if_bad)
        if "1.5" in uids:
            raise RequestRefused(status=400, detail="HTTP 400: bad syntax")
        return None

    world.archive.answers = [refuse_if_bad]
    found = verdicts(await world.upload(folder))
    assert found.pop("1.5.dcm") is Verdict.REFUSED
    assert set(found.values()) == {Verdict.STORED}


@pytest.mark.parametrize("error", [
    Interrupted(), TooBusy(status=429, retry_after_s=3), TooBusy(status=503), ServerFailed(status=500),
])
async def test_what_may_succeed_a_moment_later_is_sent_again(world: World, folder: Path, error: Exception) -> None:
    path = dicom_file(folder, "1.1")
    world.archive.answers = [failing(error)] * 3
    assert verdicts(await world.upload(path)) == {"1.1.dcm": Verdict.STORED}
    assert world.archive.sent["1.1"] == 4
    assert len(world.pauses) == 3
    assert min(world.pauses) >= (getattr(error, "retry_after_s", None) or 0), "Retry-After is honoured"


async def test_patience_ends_and_the_file_can_be_sent_again(world: World, folder: Path) -> None:
    path = dicom_file(folder, "1.1")
    world.archive.answers = [failing(TooBusy(status=503))] * 100
    assert verdicts(await world.upload(path)) == {"1.1.dcm": Verdict.NOT_SENT}
    assert world.archive.sent["1.1"] == 8
    world.archive.answers = []
    assert [upload.id for upload in await world.journal.unfinished()] == ["u"]
    assert verdicts(await world.go_on()) == {"1.1.dcm": Verdict.STORED}
    assert await world.journal.unfinished() == ()


async def test_a_lost_answer_is_no_conflict_when_it_is_sent_again(world: World, folder: Path) -> None:
    """Archives that take no second copy answer so; the first one was ours."""
    path = dicom_file(folder, "1.1")

    def stores_and_breaks(uids: list[str]) -> StoreResponse:
        world.archive.held[uids[0]] = path.read_bytes()
        world.archive.refuses[uids[0]] = FailedInstance(uids[0], reason=45070)
        raise Interrupted

    world.archive.answers = [stores_and_breaks]
    assert verdicts(await world.upload(path)) == {"1.1.dcm": Verdict.STORED}


@pytest.mark.parametrize("error", [SignInNeeded(status=401), NotAllowed(status=403)])
async def test_what_is_about_all_files_stops_the_upload_and_every_file_says_so(
    world: World, folder: Path, error: Exception
) -> None:
    for number in range(40):
        dicom_file(folder, f"1.{number}")
    world.archive.answers = [failing(error)] * 1000
    items = await world.upload(folder)
    assert set(verdicts(items).values()) == {Verdict.NOT_SENT}
    assert len(world.archive.requests) <= 4, "those under way, no more"
    world.archive.answers = []
    assert set(verdicts(await world.go_on()).values()) == {Verdict.STORED}


async def test_an_archive_that_is_away_is_waited_for(world: World, folder: Path) -> None:
    for number in range(3):
        dicom_file(folder, f"1.{number}")
    world.archive.answers = [failing(Unreachable())]
    world.archive.ping_errors = [Unreachable()] * 4
    assert set(verdicts(await world.upload(folder)).values()) == {Verdict.STORED}
    assert len(world.pauses) == 5


async def test_an_archive_that_never_answered_is_given_up_soon(world: World, folder: Path) -> None:
    path = dicom_file(folder, "1.1")
    world.archive.list_errors = [Unreachable("Nothing answers at this address.")] * 20
    world.archive.ping_errors = [Unreachable("Nothing answers at this address.")] * 100
    (item,) = (await world.upload(path)).values()
    assert (item.verdict, item.reason) == (Verdict.NOT_SENT, "Nothing answers at this address.")
    assert sum(world.pauses) < 12


async def test_a_file_that_vanishes_or_changes_is_said_to(world: World, folder: Path) -> None:
    gone, changes, stays = (dicom_file(folder, uid) for uid in ("1.1", "1.2", "1.3"))

    def meanwhile(uids: list[str]) -> StoreResponse | None:
        with changes.open("ab") as file:
            file.write(b"\0\0")
        return None

    world.archive.answers = [meanwhile] * 2
    world.archive.gate = asyncio.Event()
    async with aclosing(world.uploader.upload([folder], upload_id="u", ask=True)) as events:
        progress = (await anext(events)).progress
        gone.unlink()
        world.archive.gate.set()
        assert progress.found == 3
        items = {item.name: item for event in [event async for event in events] for item in event.judged}
    assert items["1.1.dcm"].verdict in (Verdict.UNREADABLE, Verdict.STORED)
    assert items["1.2.dcm"].verdict is Verdict.UNREADABLE
    assert items["1.3.dcm"].verdict in (Verdict.STORED, Verdict.UNREADABLE)
    assert "changed while" in items["1.2.dcm"].reason or "longer" in items["1.2.dcm"].reason
    assert stays.exists()


async def test_the_same_file_twice_is_sent_once(world: World, folder: Path) -> None:
    dicom_file(folder, "1.1")
    (folder / "a copy.dcm").write_bytes((folder / "1.1.dcm").read_bytes())
    for name, note in (("another.dcm", "x"), ("third.dcm", "y")):
        (folder / name).write_bytes(dicom_file(folder, "1.1", note=note).read_bytes())
    dicom_file(folder, "1.1")
    items = await world.upload(folder)
    assert verdicts(items) == {
        "1.1.dcm": Verdict.STORED, "a copy.dcm": Verdict.ALREADY_THERE, "another.dcm": Verdict.CONFLICT,
        "third.dcm": Verdict.CONFLICT,
    }
    assert world.archive.sent == {"1.1": 1}


# -- asking before, pausing --------------------------------------------------------------------------------------------


async def test_a_large_upload_sends_nothing_before_someone_agreed(world: World, folder: Path) -> None:
    for number in range(60):
        dicom_file(folder, f"1.{number}", study=f"5.{number % 2}")
    (folder / "notes.txt").write_text("nothing")
    async with aclosing(world.uploader.upload([folder], upload_id="u", ask=True)) as events:
        async for event in events:
            if event.progress.asking and not event.progress.scanning:
                break
        assert event.plan is not None
        assert [(study.study_instance_uid, study.files) for study in event.plan.studies] == [("5.0", 30), ("5.1", 30)]
        assert event.plan.left_out == ((Verdict.NOT_DICOM, 1),)
        assert event.plan.patients == 1
        assert world.archive.listed == 0, "not even a question"
        world.uploader.confirm("u")
        rest = [event async for event in events]
    assert rest[-1].progress.totals == ((Verdict.STORED, 60), (Verdict.NOT_DICOM, 1))


async def test_a_small_upload_without_problems_begins_at_once(world: World, folder: Path) -> None:
    dicom_file(folder, "1.1")
    events = [event async for event in world.uploader.upload([folder], ask=True)]
    assert events[-1].progress.totals == ((Verdict.STORED, 1),)
    assert not any(event.progress.asking for event in events)


async def test_while_paused_nothing_new_begins(world: World, folder: Path) -> None:
    for number in range(60):
        dicom_file(folder, f"1.{number}")
    async with aclosing(world.uploader.upload([folder], upload_id="u", ask=True)) as events:
        async for event in events:
            if event.progress.asking and not event.progress.scanning:
                break
        world.uploader.pause("u", True)
        world.uploader.confirm("u")
        async for event in events:
            if event.progress.paused and not event.progress.asking:
                break
        assert world.archive.requests == []
        world.uploader.pause("u", False)
        assert [event async for event in events][-1].progress.totals == ((Verdict.STORED, 60),)


# -- going on ----------------------------------------------------------------------------------------------------------


async def test_what_a_crash_left_is_taken_up_by_its_state(world: World, folder: Path) -> None:
    paths = {uid: dicom_file(folder, uid) for uid in ("1.1", "1.2", "1.3", "1.4", "1.5")}
    await world.journal.begin(JournalUpload("u", "k", "PACS", "in", (folder,), confirmed=True, scanned=True))
    states = {
        "1.1": FileState.DONE, "1.2": FileState.ANSWERED, "1.3": FileState.SENDING, "1.4": FileState.SENDING,
        "1.5": FileState.FOUND,
    }
    for uid, state in states.items():
        verdict = Verdict.STORED if state is FileState.DONE else None
        item = UploadItem(paths[uid], paths[uid].stat().st_size, "1.2.3", "1.2.3.4", uid, verdict=verdict)
        await world.journal.note("u", [item], state)
    world.archive.held = {uid: paths[uid].read_bytes() for uid in ("1.1", "1.2", "1.3")}
    dicom_file(folder, "1.6")  # came later: nobody agreed to send it
    items = await world.go_on()
    assert verdicts(items) == {f"{uid}.dcm": Verdict.STORED for uid in states}
    assert world.archive.sent == {"1.4": 1, "1.5": 1}, "nothing that is known to be stored is sent again"
    rows = await world.journal.rows("u")
    assert {(row.state, row.item.verdict) for row in rows} == {(FileState.DONE, Verdict.STORED)}


async def test_a_scan_that_was_interrupted_goes_on(world: World, folder: Path) -> None:
    for number in range(3):
        dicom_file(folder, f"1.{number}")
    await world.journal.begin(JournalUpload("u", "k", "PACS", "in", (folder,), confirmed=True))
    done = UploadItem(folder / "1.0.dcm", 5, "1.2.3", "1.2.3.4", "1.0", verdict=Verdict.STORED)
    await world.journal.note("u", [done], FileState.DONE)
    assert set(verdicts(await world.go_on()).values()) == {Verdict.STORED}
    assert world.archive.sent == {"1.1": 1, "1.2": 1}


async def test_what_was_refused_is_sent_again_on_demand_only(world: World, folder: Path) -> None:
    dicom_file(folder, "1.1")
    dicom_file(folder, "1.2")
    world.archive.refuses = {"1.2": FailedInstance("1.2", reason=0xA700)}
    await world.upload(folder)
    world.archive.refuses = {}
    assert verdicts(await world.go_on()) == {"1.1.dcm": Verdict.STORED, "1.2.dcm": Verdict.REFUSED}
    assert verdicts(await world.go_on(failed_too=True)) == {"1.1.dcm": Verdict.STORED, "1.2.dcm": Verdict.STORED}
    assert world.archive.sent == {"1.1": 1, "1.2": 2}


async def test_cancelled_while_sending_leaves_the_rest_in_the_journal(world: World, folder: Path) -> None:
    for number in range(5):
        dicom_file(folder, f"1.{number}")
    world.archive.gate = asyncio.Event()
    async with aclosing(world.uploader.upload([folder], upload_id="u")) as events:
        async for event in events:
            if event.progress.wire_bytes:
                break
    assert [upload.id for upload in await world.journal.unfinished()] == ["u"]
    await world.uploader.forget("u")
    assert await world.journal.unfinished() == ()


async def test_a_journal_that_cannot_be_written_stops_the_upload(world: World, folder: Path) -> None:
    from desktop_app.core.errors import DiskError

    dicom_file(folder, "1.1")
    world.journal._database.execute("PRAGMA query_only=ON")
    with pytest.raises(DiskError, match="nothing more is sent"):
        await world.upload(folder)
    assert world.archive.requests == []


async def test_where_the_first_of_two_with_a_uid_is_refused_the_other_has_its_turn(world: World, folder: Path) -> None:
    for name, note in (("a.dcm", "bad"), ("b.dcm", "bad"), ("c.dcm", "good"), ("d.dcm", "other")):
        (folder / name).write_bytes(dicom_file(folder, "1.1", note=note).read_bytes())
    (folder / "1.1.dcm").unlink()
    world.archive.answers = [
        lambda uids: StoreResponse(409, failed=(FailedInstance(uids[0], reason=0xA900, detail="Bad."),))
    ]
    items = await world.upload(folder)
    assert verdicts(items) == {
        "a.dcm": Verdict.REFUSED, "b.dcm": Verdict.REFUSED, "c.dcm": Verdict.STORED, "d.dcm": Verdict.CONFLICT,
    }
    assert "The same as a.dcm in this upload. Its content does not match" in items["b.dcm"].reason
