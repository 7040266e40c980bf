"""The real program against Orthanc over a line that breaks, driven at random for a long time: does anything grow?

    python -m tests.support.soak --minutes 10           # or --rounds 12
    python -m tests.support.soak --minutes 5 --seed 7 --json build/soak.json

A round opens one or two studies, scrolls, windows, draws, arranges, opens dialogs, uploads a series, and closes all of
it again; then what the process holds is counted. The exit code is 1 if anything grew, an exception was nobody's, or Qt
warned. The same seed does the same things.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import random
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_app import hand
from desktop_app.app import Program
from desktop_app.core.settings import Settings
from desktop_app.core.store import Store
from desktop_app.ui.viewport.canvas import ViewportCanvas
from tests.gui.program import run_program
from tests.support import growth, orthanc, wan_proxy
from tests.support.ct_series import make_ct_series
from tests.support.session_child import FileKeychain

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_ROOT = Path(__file__).resolve().parents[2]
_WARM_UP = 0.35             # of all rounds: caches, pools and lazy imports fill up first
_RTT_MS, _FAULT = 4.0, 0.2
_PATIENCE_S = 60.0
_PAUSE_S = 0.05
_UPLOADED = 3
# Left out of the table's actions: what ends the program or waits for a person outside it, and what would empty or fill
# the archive, so that no two rounds were alike.
_NOT_DRIVEN = frozenset({
    "quit", "lock", "open_files", "open_folder", "open_archive_folder", "paste", "open_in_browser", "print",
    "save_work", "delete_study", "delete_series", "delete_image", "choose_google", "full_screen", "close_tab",
    "read_left_out", "previous_study", "next_study", "remember_hanging",
})
_IGNORED = ("This plugin does not support", "QFontDatabase: Cannot find font directory",
            "Populating font family aliases took")


@dataclass
class Soak:
    """What was done and seen."""

    seed: int
    acts: int = 40
    rounds: int = 0
    seconds: float = 0.0
    done: Counter[str] = field(default_factory=Counter)
    samples: list[growth.Sample] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    kinds: list[Counter[str]] = field(default_factory=list)

    @property
    def warm_up(self) -> int:
        return int(len(self.samples) * _WARM_UP)

    def verdict(self) -> dict[str, Any]:
        """As the file holds it."""
        steady = self.samples[self.warm_up :]
        return {
            "seed": self.seed, "rounds": self.rounds, "seconds": round(self.seconds), "warm_up": self.warm_up,
            "done": dict(self.done.most_common()), "complaints": self.complaints,
            "grown": growth.grown(self.samples, self.warm_up),
            "growth_each_round": {name: round(growth.slope(steady, name), 2) for name in asdict(steady[0])},
            "more_of": dict((self.kinds[-1] - self.kinds[self.warm_up]).most_common(40)),
            "samples": [asdict(sample) for sample in self.samples],
        }


class Driver:
    """A restless reader at one program."""

    def __init__(self, program: Program, server: orthanc.Orthanc, store: Store, folder: Path, soak: Soak) -> None:
        self._program, self._server, self._store, self._folder, self._soak = program, server, store, folder, soak
        self._models, self._window = program.models, program.window
        self._chance = random.Random(soak.seed)

    async def round(self) -> None:
        for _ in range(self._chance.randint(1, 2)):
            await self._open()
        if self._soak.rounds % 3 == 0:
            await self._upload()
        for _ in range(self._chance.randint(self._soak.acts // 2, self._soak.acts)):
            await self._chance.choices(
                (self._scroll, self._drag, self._act, self._series), weights=(3, 3, 6, 1))[0]()
            await asyncio.sleep(_PAUSE_S)
        await self._tidy()
        self._soak.rounds += 1
        self._soak.samples.append(growth.take(await self._tasks(), self._models_alive()))
        self._soak.kinds.append(growth.kinds())

    # -- what a reader does --------------------------------------------------------------------------------------

    async def _open(self) -> None:
        self._window.show_worklist()
        worklist = self._models.worklist
        worklist.refresh()
        await self._until(lambda: not worklist.busy, "the list")
        rows = worklist.table.rows
        if not rows:
            return
        row = self._chance.randrange(len(rows))
        hand.click_row(self._window.worklist_page.table, row, twice=True)
        self._note("open")
        viewer = self._window.active_viewer
        if viewer is not None:
            await self._until(lambda: viewer.active.frame is not None or viewer.active.error is not None
                              or viewer.error is not None or not viewer.busy, "an image")

    async def _scroll(self) -> None:
        if canvas := self._canvas():
            self._note("scroll")
            hand.wheel(canvas, self._chance.choice((-5, -1, 1, 1, 3, 8)))

    async def _drag(self) -> None:
        if canvas := self._canvas():
            self._note("drag")
            start, end = self._place(canvas), self._place(canvas)
            hand.drag(canvas, start, end, self._chance.choice((hand.LEFT, hand.LEFT, hand.MIDDLE, hand.RIGHT)))

    async def _series(self) -> None:
        viewer = self._window.active_viewer
        keys = [card.key for card in viewer.rail.cards if card.is_image] if viewer is not None else []
        if viewer is not None and keys:
            self._note("series")
            viewer.show(self._chance.choice(keys))

    async def _act(self) -> None:
        """Something of the table that can be done now; what opens over the window is closed again."""
        rows = [row for row in self._window.actions_set.offered() if row.id not in _NOT_DRIVEN]
        row = self._chance.choice(rows)
        self._note(row.id)
        self._window.actions_set.run(row.id)
        await asyncio.sleep(_PAUSE_S)
        self._close_dialogs()

    async def _upload(self) -> None:
        """A series that the archive does not have; afterwards it is taken out behind the program's back."""
        name = f"soak {self._soak.seed} {self._soak.rounds}"
        series = make_ct_series(self._folder / str(self._soak.rounds), _UPLOADED, name=name, edge=64)
        uploads = self._models.uploads
        self._note("upload")
        number = uploads.drop(series.files, self._store, ask=False)
        await self._until(lambda: all(row.finished for row in uploads.rows if row.id == number), "the upload")
        uploads.clear_finished()
        for path in series.files:
            path.unlink()
        await asyncio.to_thread(self._remove, series.study_instance_uid)

    # -- the end of a round --------------------------------------------------------------------------------------

    async def _tidy(self) -> None:
        """Everything is closed, and what was begun has ended."""
        self._close_dialogs()
        for viewer in self._models.workspace.viewers:
            viewer.active.cine.stop()
            viewer.annotations.clear() if hasattr(viewer.annotations, "clear") else None
            viewer.work.discard()
            self._models.workspace.close(viewer)
        for notice in self._models.notices.items:
            self._models.notices.dismiss(notice)
        self._window.show_worklist()
        self._models.worklist.select(None)          # and with it the preview
        QApplication.clipboard().clear()
        backend = self._program.network
        await self._until(lambda: (traffic := backend.peek(lambda b: b.traffic())) is not None
                          and traffic.in_flight == traffic.waiting == 0, "the end of all transfers")
        await self._until(lambda: not self._models.worklist.busy, "the list")
        await asyncio.sleep(0.3)
        for _ in range(3):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            await asyncio.sleep(0.02)

    async def _tasks(self) -> int:
        async def theirs(_: Any) -> int:
            return len(asyncio.all_tasks())

        return len(asyncio.all_tasks()) + await self._program.network.call(theirs)

    def _models_alive(self) -> list[QObject]:
        return [one for one in (getattr(self._models, entry.name) for entry in fields(self._models))
                if isinstance(one, QObject)]

    def _remove(self, study_instance_uid: str) -> None:
        found = json.loads(self._server._rest(
            "POST", "/tools/find",
            json.dumps({"Level": "Study", "Query": {"StudyInstanceUID": study_instance_uid}}).encode()))
        for study in found:
            self._server._rest("DELETE", f"/studies/{study}")

    def _close_dialogs(self) -> None:
        kept = (self._window, *(self._window.studies.windows.values() if self._window.studies is not None else ()))
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible() and widget not in kept:
                widget.reject() if isinstance(widget, QDialog) else widget.close()
        if self._window.palette_box.isVisible():
            hand.key(self._window.palette_box, "Esc")
            self._window.palette_box.hide()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _canvas(self) -> ViewportCanvas | None:
        viewer = self._window.active_viewer
        page = self._window.page_of(viewer)
        if page is None or viewer is None or viewer.active.frame is None:
            return None
        return page.active_canvas

    def _place(self, widget: QWidget) -> QPoint:
        return QPoint(self._chance.randrange(10, max(11, widget.width() - 10)),
                      self._chance.randrange(10, max(11, widget.height() - 10)))

    def _note(self, what: str) -> None:
        self._soak.done[what] += 1

    async def _until(self, condition: Any, what: str) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while not condition():
            if time.monotonic() > deadline:
                self._soak.complaints.append(f"round {self._soak.rounds}: waited in vain for {what}")
                return
            await asyncio.sleep(0.02)


class _Listener(logging.Handler):
    def __init__(self, soak: Soak) -> None:
        super().__init__(logging.ERROR)
        self._soak = soak

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        places = traceback.format_tb(error.__traceback__) if error is not None else []
        self._soak.complaints.append("\n".join((
            f"round {self._soak.rounds}: {record.name}: {record.getMessage()} {error!r}", *places)))


def listen(soak: Soak) -> None:
    """From now on every exception that nobody took and every warning of Qt's is a complaint."""
    def say(what: str) -> None:
        soak.complaints.append(f"round {soak.rounds}: {what}")

    def of_qt(kind: QtMsgType, _context: Any, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and kind is not QtMsgType.QtInfoMsg and not text.startswith(_IGNORED):
            say(f"Qt: {text}")

    qInstallMessageHandler(of_qt)
    sys.excepthook = lambda kind, error, trace: say(f"uncaught {error!r}")
    threading.excepthook = lambda told: say(f"uncaught in a thread: {told.exc_value!r}")
    sys.unraisablehook = lambda told: say(f"unraisable: {told.exc_value!r}")
    for name in ("desktop_app", "asyncio", "qasync"):
        logging.getLogger(name).addHandler(_Listener(soak))


def run(seed: int, *, acts: int, minutes: float = 0.0, rounds: int = 0, verbose: bool = False) -> Soak:
    """Soaks until the time is over or so many rounds are done."""
    soak = Soak(seed, acts)
    began = time.monotonic()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="soak-", ignore_cleanup_errors=True)))
        server = stack.enter_context(orthanc.Orthanc(folder / "orthanc"))
        server.put_all(_studies(folder))
        url = stack.enter_context(wan_proxy.far_away(
            server.url, rtt_ms=_RTT_MS, fault=_FAULT, seed=seed, log=folder / "line.log"))
        store = Store("Soak", url)
        settings = Settings(archives=(store,), selected_archive=store.key, frame_cache_bytes=64 * 2**20,
                            disk_cache_bytes=20 * 10**6)
        application = QApplication.instance() or QApplication([])
        assert isinstance(application, QApplication)
        listen(soak)

        async def scenario(program: Program) -> None:
            program.keeper.start()
            driver = Driver(program, server, store, folder / "drop", soak)
            while soak.rounds < rounds or time.monotonic() - began < minutes * 60:
                await driver.round()
                if verbose:
                    print(f"{soak.rounds:4d} {time.monotonic() - began:6.0f} s  {soak.samples[-1]}", flush=True)

        run_program(application, folder / "home", scenario, settings=settings, keychain=FileKeychain(folder / "keys"))
    soak.seconds = time.monotonic() - began
    return soak


def _studies(folder: Path) -> list[Path]:
    """A CT, a PET/CT with contours, an enhanced MR, a radiograph and a loop; and two CT of one patient."""
    samples = _ROOT / "resources" / "samples"
    files = [path for path in samples.rglob("*.dcm") if "sts-001" not in path.parts or path.name < "000020.dcm"
             or path.name == "rs.dcm"]
    for name in ("one", "two"):
        files += make_ct_series(folder / "made" / name, 40, name=f"soak {name}", edge=256).files
    return files


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=0.0)
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--acts", type=int, default=40, help="at most so many things in a round")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args()
    if reason := orthanc.missing():
        print(reason)
        return 2
    soak = run(options.seed, acts=options.acts, minutes=options.minutes, rounds=options.rounds,
               verbose=not options.quiet)
    verdict = soak.verdict()
    if options.json is not None:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(verdict, indent=1), encoding="utf-8")
    print(json.dumps({name: value for name, value in verdict.items() if name != "samples"}, indent=1))
    return 1 if verdict["grown"] or verdict["complaints"] else 0


if __name__ == "__main__":
    sys.exit(main())
