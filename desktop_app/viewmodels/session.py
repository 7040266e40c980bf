"""SessionModel: who is signed in, what a session asks of the user, and whether the screen is locked."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import LightboxError
from desktop_app.core.session import SessionPhase, SessionState
from desktop_app.core.store import Store
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.notices import Notice, NoticeKind, Notices

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network
    from desktop_app.services.session import Session
    from desktop_app.viewmodels.archives import ArchivesModel
    from desktop_app.viewmodels.workspace import Workspace

_ASKING = (SessionPhase.ENDING, SessionPhase.ENDED)
_BACK = (SessionPhase.ACTIVE, SessionPhase.OTHER_ACCOUNT)


@dataclass(frozen=True, slots=True)
class Lock:
    """Why nothing is shown. `session` is the key of the session that can open it; empty: a click does.

    `is_other`: another account came back, and the user decides.
    """

    title: str
    text: str
    session: str = ""
    is_other: bool = False
    busy: bool = False
    trouble: str = ""


class SessionModel(QObject):
    """Follows the sessions of the network thread. Nothing here holds a token."""

    changed = Signal()
    lock_changed = Signal()
    came_back = Signal()                # the person did in the browser what was to be done: the window lies behind it

    def __init__(
        self,
        network: Network[Backend],
        archives: ArchivesModel,
        notices: Notices,
        workspace: Workspace,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._network, self._archives, self._notices, self._workspace = network, archives, notices, workspace
        self.states: tuple[SessionState, ...] = ()
        self.lock: Lock | None = None
        self._idle_lock = False
        self._unlocking = False
        self._unlock_trouble = ""
        self._follow_job = Job(self, lambda error: None)
        self._unlock_job = Job(self, lambda error: None)
        archives.selected_changed.connect(self.changed)

    def start(self) -> None:
        self._follow_job.start(self._follow())

    def stop(self) -> None:
        self._follow_job.cancel()
        self._unlock_job.cancel()

    # -- what is shown -------------------------------------------------------------------------------------------

    def state_of(self, store: Store) -> SessionState | None:
        return next((state for state in self.states if store.key in state.stores), None)

    @property
    def account(self) -> str:
        """Whose sessions the worklist's archives are read with; empty when there is none."""
        return ", ".join(dict.fromkeys(state.account or state.provider for state in self._shown))

    @property
    def _shown(self) -> tuple[SessionState, ...]:
        """The sessions of the archives that the worklist asks, signed in."""
        states = (self.state_of(store) for store in self._archives.searched)
        return tuple(dict.fromkeys(state for state in states if state is not None and state.is_signed_in))

    @property
    def ended(self) -> frozenset[str]:
        """The keys of the stores whose sign-in has ended: requests to them wait for a person."""
        return frozenset(key for state in self.states if state.phase is SessionPhase.ENDED for key in state.stores)

    def sign_out_shown(self) -> None:
        """Ends the sessions of the archives that the worklist asks."""
        for state in self._shown:
            self._sign_out(state)

    # -- what a person does --------------------------------------------------------------------------------------

    def go_on(self, key: str) -> None:
        async def click(backend: Backend) -> None:
            if (session := backend.sign_ins.by_key(key)) is not None:
                await session.go_on()

        self._notices.withdraw(_notice_key(key))
        self._network.submit(click)

    def cancel(self, key: str) -> None:
        self._tell(key, lambda session: session.give_up())

    def decide(self, key: str, keep: bool) -> None:
        """About another account that came back: go on as that person, or not."""
        state = next((state for state in self.states if state.key == key), None)
        if keep and state is not None:
            self._archives.close_studies.emit(frozenset(state.stores))
            self._network.submit(lambda backend: backend.take_other_account(key))
        else:
            self._tell(key, lambda session: session.decide(False))

    def lock_now(self) -> None:
        """Hides everything until whoever is signed in has signed in again."""
        if not self._idle_lock:
            self._idle_lock, self._unlock_trouble = True, ""
            self._show_lock()

    def unlock(self) -> None:
        """Signs in again where somebody is signed in; else a click is enough."""
        if self.lock is None or self.lock.is_other:
            return
        if not self.lock.session:
            self._open_lock()
        else:
            self._unlock_job.start(self._unlock(self.lock.session))

    def sign_out_and_unlock(self) -> None:
        """Leaves: studies and lists of all sessions go, then the screen may be seen."""
        self._unlock_job.cancel()
        for state in self.states:
            self._sign_out(state)
        self._open_lock()

    def _sign_out(self, state: SessionState) -> None:
        store = next((row.store for row in self._archives.rows if row.store.key in state.stores), None)
        if store is not None:
            self._archives.sign_out(store)

    def _open_lock(self) -> None:
        self._idle_lock = False
        self._show_lock()

    async def _unlock(self, key: str) -> None:
        store = next((row.store for row in self._archives.rows if self._opens(key, row.store)), None)
        self._unlocking, self._unlock_trouble = True, ""
        self._show_lock()
        try:
            if store is not None:
                chosen = store
                await self._network.call(lambda backend: backend.sign_ins.sign_in(chosen, prompt="login"))
            self._idle_lock = False
        except LightboxError as error:
            self._unlock_trouble = error.user_text
        finally:
            self._unlocking = False
            self._show_lock()

    def _opens(self, key: str, store: Store) -> bool:
        return any(state.key == key and store.key in state.stores for state in self.states)

    def _tell(self, key: str, work: Callable[[Session], None]) -> None:
        async def tell(backend: Backend) -> None:
            if (session := backend.sign_ins.by_key(key)) is not None:
                work(session)

        self._network.submit(tell)

    # -- what the sessions say -----------------------------------------------------------------------------------

    async def _follow(self) -> None:
        async for bunch in self._network.stream(lambda backend: backend.sign_ins.watch()):
            for states in bunch:                # each: who came back from the browser was in it before
                self._take(states)

    def _take(self, states: tuple[SessionState, ...]) -> None:
        if states == self.states:
            return
        before = {state.key: state for state in self.states}
        self.states = states
        for state in states:
            old = before.get(state.key)
            if old is not None and old.phase is SessionPhase.BROWSER and state.phase in _BACK:
                self.came_back.emit()
            if old is None or (old.phase, old.trouble) != (state.phase, state.trouble):
                self._say(state)
        self._show_lock()
        self.changed.emit()

    def _say(self, state: SessionState) -> None:
        key = _notice_key(state.key)
        if state.phase is SessionPhase.BROWSER and state.account and not self._unlocking and (
                self._archives.signing_in is None):
            self._notices.post(Notice(
                self.tr("Sign in at %s in your browser.") % state.provider,
                action_text=self.tr("Show it again"), action=lambda: self._show_again(state), key=key))
            return
        if state.phase not in _ASKING or (not state.stores and not state.account):
            self._notices.withdraw(key)
            return
        if state.phase is SessionPhase.ENDING and not state.trouble:
            text = self.tr("Your sign-in at %s ends in %s.") % (state.provider, self._left(state))
            kind = NoticeKind.INFO
        else:
            ended = self.tr("Your sign-in at %s has ended. What you see stays; the rest waits.") % state.provider
            text, kind = state.trouble or ended, NoticeKind.CAUTION
        self._notices.post(
            Notice(text, kind, action_text=self.tr("Continue"), action=lambda: self.go_on(state.key), key=key))

    def _show_again(self, state: SessionState) -> None:
        """The tab was closed, or no browser came: the dialog has the address, and a way out."""
        self._notices.withdraw(_notice_key(state.key))
        store = next((row.store for row in self._archives.rows if row.store.key in state.stores), None)
        if store is not None:
            self._archives.sign_in(store)

    def _left(self, state: SessionState) -> str:
        seconds = max(0.0, (state.ends_at or 0.0) - time.time())
        minutes = math.ceil(seconds / 60)
        return self.tr("a minute") if minutes <= 1 else self.tr("%d minutes") % minutes

    def _show_lock(self) -> None:
        lock = self._lock_now()
        if lock != self.lock:
            self.lock = lock
            self.lock_changed.emit()

    def _lock_now(self) -> Lock | None:
        other = next((state for state in self.states if state.phase is SessionPhase.OTHER_ACCOUNT), None)
        if other is not None:
            text = self.tr(
                "This screen was opened by %s, and now %s signed in. Nothing is shown until you decide. "
                "Going on closes the open studies of that archive first.")
            return Lock(
                self.tr("Another account came back"),
                text % (other.account or self.tr("somebody else"), other.other_account or self.tr("somebody else")),
                other.key, is_other=True)
        if not self._idle_lock:
            return None
        owners = (state for state in self.states if state.is_signed_in or (self._unlocking and state.account))
        owner = next(owners, None)
        if owner is None:
            return Lock(self.tr("Locked"), self.tr("Nobody used this screen for a while. Nobody is signed in."))
        text = self.tr("%s signed in here. Sign in again to see the studies.") % (owner.account or owner.provider)
        return Lock(
            self.tr("Locked"), text, owner.key, busy=self._unlocking, trouble=self._unlock_trouble)


def _notice_key(session_key: str) -> str:
    return f"session {session_key}"
