"""OidcAsk: what a provider is asked for when somebody signs in at an archive, beside who it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from desktop_app.core.words import say

_SCOPE = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]+")        # RFC 6749 appendix A.4
_WHO = ("openid", "email")
_LOOPBACK, _LOCALHOST = "127.0.0.1", "localhost"
_KNOWS_LOCALHOST_ONLY = ("login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn")


@dataclass(frozen=True, slots=True)
class OidcAsk:
    """`scopes`: the permissions that the archive wants to see in a token, with spaces between them; who it is that
    signs in is asked for in any case. `audience`: the archive's name at the provider, where a token holds for it only
    if it is named (Auth0). `redirect_host`: how the browser is told to come back to this computer; empty: as the
    provider knows it.
    """

    scopes: str = ""
    audience: str = ""
    redirect_host: str = ""

    def check(self) -> None:
        """Raises ValueError with a sentence for what cannot be asked for."""
        if not all(_SCOPE.fullmatch(scope) for scope in self.scopes.split()):
            raise ValueError(say("core", "Scopes are words of plain letters and signs, with spaces between them."))
        if re.search(r"[\x00-\x20\x7f]", self.audience):
            raise ValueError(say("core", "An audience is one word, most often an address."))
        if self.redirect_host not in ("", _LOOPBACK, _LOCALHOST):
            raise ValueError(say("core", "redirect_host is 127.0.0.1 or localhost."))

    @property
    def all_scopes(self) -> tuple[str, ...]:
        """With those that tell who it is, unless they were written out."""
        given = tuple(dict.fromkeys(self.scopes.split()))
        return given if "openid" in given else (*_WHO, *(scope for scope in given if scope not in _WHO))

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """What goes into the authorization request beside the standard's own."""
        return (("audience", self.audience),) if self.audience else ()

    def host_for(self, issuer: str) -> str:
        """The host of the redirect URI. Entra registers desktop programs with `localhost` and compares it."""
        at_entra = (urlsplit(issuer).hostname or "") in _KNOWS_LOCALHOST_ONLY
        return self.redirect_host or (_LOCALHOST if at_entra else _LOOPBACK)
