"""What a provider's refusals mean in words (RFC 6749 sections 4.1.2.1 and 5.2, OpenID Connect Core 3.1.2.6, Google)."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.core.errors import SignInFailed
from desktop_app.core.words import say, t

from .redact import redact

# The provider sent the browser back with error=…
AUTHORIZATION_REFUSALS: dict[str, str] = {
    "access_denied": t(
        "auth", "Access was not allowed in the browser, so nothing was opened. Sign in again, and allow it if "
        "that is what you want."),
    "admin_policy_enforced": t(
        "auth", "Your organisation's policy forbids this sign-in. Ask your administrator to allow Lightbox."),
    "org_internal": t(
        "auth", "This sign-in is open to members of another organisation only. Choose an account of that "
        "organisation."),
    "disabled_client": t(
        "auth", "The provider has switched off the client that Lightbox uses. Ask your administrator for "
        "another client ID."),
    "deleted_client": t(
        "auth", "The client ID that Lightbox uses no longer exists. Ask your administrator for another one."),
    "invalid_client": t(
        "auth", "The provider does not know the client ID that Lightbox uses. Check it in the settings."),
    "unauthorized_client": t(
        "auth", "The provider does not allow this kind of sign-in to Lightbox's client ID. It must be one for "
        "desktop programs."),
    "redirect_uri_mismatch": t(
        "auth", "The client ID is not made for desktop programs: the provider refused to come back to this "
        "computer. Make one of the type “Desktop app”."),
    "invalid_scope": t(
        "auth", "The provider does not know a permission that Lightbox asks for. Check the scopes in the "
        "settings."),
    "invalid_request": t(
        "auth", "The provider did not understand the request. Check the sign-in settings of this archive."),
    "unsupported_response_type": t(
        "auth", "The provider does not offer the sign-in that Lightbox uses (authorization code)."),
    "login_required": t("auth", "Your session with the provider has ended. Sign in again."),
    "interaction_required": t("auth", "The provider wants to ask you something first. Sign in again."),
    "consent_required": t("auth", "The provider wants your consent again. Sign in again."),
    "account_selection_required": t(
        "auth", "The provider cannot tell which account you mean. Sign in again and choose one."),
    "server_error": t("auth", "The provider failed while signing you in. Try again in a moment."),
    "temporarily_unavailable": t("auth", "The provider is too busy to sign you in. Try again in a moment."),
}

# The token endpoint answered with an error.
TOKEN_REFUSALS: dict[str, str] = {
    "invalid_grant": t(
        "auth", "The provider no longer accepted this sign-in: it took too long, was used before or was "
        "withdrawn. Sign in again; if that fails too, check the clock of this computer."),
    "invalid_client": t(
        "auth", "The provider did not accept Lightbox's client ID or secret. Check both in the settings."),
    "unauthorized_client": t(
        "auth", "The provider does not allow this kind of sign-in to Lightbox's client ID. It must be one for "
        "desktop programs."),
    "unsupported_grant_type": t(
        "auth", "The provider does not offer the sign-in that Lightbox uses (authorization code)."),
    "invalid_scope": t(
        "auth", "The provider does not know a permission that Lightbox asks for. Check the scopes in the "
        "settings."),
    "invalid_request": t(
        "auth", "The provider did not understand the request. Check the sign-in settings of this archive."),
    "admin_policy_enforced": AUTHORIZATION_REFUSALS["admin_policy_enforced"],
}

_CLIENT_INCOMPLETE = t(
    "auth", "The provider wants a client secret as well (Google gives one to desktop programs too). Enter "
    "it beside the client ID in the settings.")


def authorization_refused(code: str, description: str = "") -> SignInFailed:
    """The error for `error=code` in the browser's answer. Anyone can write the description: it is detail only."""
    text = AUTHORIZATION_REFUSALS.get(
        code, t(
            "auth", "The provider refused the sign-in for a reason that Lightbox does not know. The details "
            "name it."))
    return SignInFailed(say("auth", text), detail=_detail(code, description))


def token_refused(code: str, description: str = "", *, secrets: Iterable[str] = ()) -> SignInFailed:
    """The error for an error answer of the token endpoint. `secrets` are blackened wherever the answer echoes them."""
    if code in ("invalid_request", "invalid_client") and "client_secret" in description and "missing" in description:
        return SignInFailed(say("auth", _CLIENT_INCOMPLETE), detail=_detail(code, description, secrets))
    text = TOKEN_REFUSALS.get(
        code, t(
            "auth", "The provider refused the sign-in for a reason that Lightbox does not know. The details "
            "name it."))
    return SignInFailed(say("auth", text), detail=_detail(code, description, secrets))


def _detail(code: str, description: str, secrets: Iterable[str] = ()) -> str:
    printable = "".join(letter if letter.isprintable() else " " for letter in f"{code[:64]}: {description[:400]}")
    return redact(printable.rstrip(": "), secrets)
