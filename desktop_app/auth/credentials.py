"""Token: what a person holds after signing in. It lives in memory only and never shows itself."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

NOTICE_BEFORE_S = 240.0     # about four minutes before the end a quiet notice offers to go on
_SHORT_LIFE_SHARE = 0.2     # tokens that live for minutes only: when a fifth of their life is left


@dataclass(frozen=True, slots=True)
class Token:
    """An access token and what is known of it.

    `expires_at` is seconds since the epoch on this machine's own clock, computed from the lifetime that the provider
    named, so that a clock that is wrong by an hour does no harm; None if the provider named no lifetime.
    `scopes` are the ones granted. `account` is for people (an e-mail address as a rule), `subject` tells accounts
    apart. `notices` are sentences about what will not work. `repr` shows none of the secrets.
    """

    access_token: str = field(repr=False)
    expires_at: float | None = None
    scopes: tuple[str, ...] = ()
    account: str = ""
    subject: str = field(default="", repr=False)
    lifetime_s: float | None = None
    refresh_token: str = field(default="", repr=False)
    id_token: str = field(default="", repr=False)
    notices: tuple[str, ...] = ()

    def remaining_s(self, now: float | None = None) -> float | None:
        """Seconds until it ends, negative afterwards; None if that is not known."""
        if self.expires_at is None:
            return None
        return self.expires_at - (time.time() if now is None else now)

    def is_expired(self, now: float | None = None) -> bool:
        """Whether it has ended by this machine's clock."""
        remaining = self.remaining_s(now)
        return remaining is not None and remaining <= 0

    @property
    def notice_at(self) -> float | None:
        """When to offer to go on (epoch seconds): four minutes before the end, later for tokens that live shortly."""
        if self.expires_at is None:
            return None
        ahead = NOTICE_BEFORE_S
        if self.lifetime_s is not None:
            ahead = min(ahead, self.lifetime_s * _SHORT_LIFE_SHARE)
        return self.expires_at - ahead

    def without_refresh_token(self) -> Token:
        """The same, unable to renew itself: who reads images at Google is always there to sign in again."""
        return replace(self, refresh_token="") if self.refresh_token else self


def same_account(before: Token, after: Token) -> bool:
    """Whether both belong to one person as far as the provider tells; True when it tells nothing of one of them."""
    if before.subject and after.subject:
        return before.subject == after.subject
    if before.account and after.account:
        return before.account.casefold() == after.account.casefold()
    return True
