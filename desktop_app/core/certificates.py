"""Why a server's certificate was refused, in words that go after its name. Pure."""

from __future__ import annotations

from desktop_app.core.words import say, t

# OpenSSL's verification results (X509_V_ERR_…), the ones a person can do something about.
_UNKNOWN = t(
    "core", "comes from an authority that this computer does not know; ask your administrator to install "
    "its certificate")
_REASONS = {
    9: t("core", "is not valid yet; check the clock of this computer"),
    10: t("core", "has expired; tell its administrator, and check the clock of this computer"),
    18: t("core", "is self-signed and unknown to this computer; ask your administrator to install it"),
    19: _UNKNOWN,
    20: _UNKNOWN,
    21: _UNKNOWN,
    62: t("core", "belongs to another host; check the address"),
    64: t("core", "belongs to another address; check the address"),
}
_OTHERWISE = t("core", "was not accepted by this computer; check the address and the clock of this computer")


def certificate_reason(error: BaseException) -> str:
    """What is wrong with the certificate that led to `error`; empty if no certificate did. The classes of the libraries
    go by name: behind them the chain of causes ends with ssl's own error, which knows the number."""
    found = ""
    chain = [error]                             # it may be a ring
    for current in chain:
        refused = getattr(current, "certificate_error", current)
        if any(cls.__name__ == "SSLCertVerificationError" for cls in type(refused).__mro__):
            found = _REASONS.get(getattr(refused, "verify_code", 0), _OTHERWISE)
            if found != _OTHERWISE:
                break
        causes = (current.__cause__, getattr(current, "os_error", None), current.__context__)
        chain += [one for one in causes if isinstance(one, BaseException) and one not in chain]
    return say("core", found)
