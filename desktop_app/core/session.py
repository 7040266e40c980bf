"""SessionState: where signing in at one provider stands, as the screen shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class SessionPhase(StrEnum):
    """What a person would say about it."""

    SIGNED_OUT = "signed out"
    BROWSER = "waiting for the browser"
    ACTIVE = "signed in"
    ENDING = "ends soon"                    # a quiet notice offers to go on
    ENDED = "ended"                         # requests may wait for the click that goes on
    OTHER_ACCOUNT = "another account"       # somebody else came back: nothing is shown until the user decides
    FAILED = "failed"                       # the last attempt gave nothing; `trouble` says why


@dataclass(frozen=True, slots=True)
class SessionState:
    """One session. `stores` are the keys of the stores that it opens; `ends_at` is in epoch seconds.

    `address` is the page that waits in the browser, to be copied by hand: never to be logged.
    `account` and `other_account` are for people (an e-mail address as a rule).
    """

    key: str
    provider: str
    phase: SessionPhase
    stores: tuple[str, ...] = ()
    account: str = ""
    ends_at: float | None = None
    parked: int = 0
    address: str = field(default="", repr=False)
    other_account: str = ""
    trouble: str = ""
    notices: tuple[str, ...] = ()

    @property
    def is_signed_in(self) -> bool:
        return self.phase in (SessionPhase.ACTIVE, SessionPhase.ENDING, SessionPhase.ENDED)
