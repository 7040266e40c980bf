"""What a provider is asked for beside who it is."""

from __future__ import annotations

import pytest

from desktop_app.core.oidc_ask import OidcAsk

AZURE = "https://dicom.healthcareapis.azure.com/.default"


@pytest.mark.parametrize(("typed", "asked"), [
    ("", ("openid", "email")),
    (AZURE, ("openid", "email", AZURE)),
    (f"email {AZURE}", ("openid", "email", AZURE)),
    (f"  openid   {AZURE} {AZURE}", ("openid", AZURE)),
])
def test_who_it_is_is_asked_for_unless_that_was_written_out(typed: str, asked: tuple[str, ...]) -> None:
    assert OidcAsk(typed).all_scopes == asked


def test_an_audience_is_a_parameter_of_its_own() -> None:
    assert OidcAsk(audience="https://pacs.example.org").parameters == (("audience", "https://pacs.example.org"),)
    assert OidcAsk().parameters == ()


@pytest.mark.parametrize(("issuer", "wanted", "host"), [
    ("https://id.example.org/realms/clinic", "", "127.0.0.1"),
    ("https://login.microsoftonline.com/tenant/v2.0", "", "localhost"),
    ("https://login.microsoftonline.com/tenant/v2.0", "127.0.0.1", "127.0.0.1"),
    ("https://id.example.org/login.microsoftonline.com", "", "127.0.0.1"),
    ("https://id.example.org/realms/clinic", "localhost", "localhost"),
])
def test_the_browser_comes_back_by_the_name_that_the_provider_knows(issuer: str, wanted: str, host: str) -> None:
    assert OidcAsk(redirect_host=wanted).host_for(issuer) == host


@pytest.mark.parametrize(("ask", "said"), [
    (OidcAsk('openid "x"'), "Scopes"), (OidcAsk("öffnen"), "Scopes"), (OidcAsk(audience="two words"), "audience"),
    (OidcAsk(audience="a\r\nX: y"), "audience"), (OidcAsk(redirect_host="evil.example.org"), "redirect_host"),
])
def test_what_cannot_be_asked_for_is_said(ask: OidcAsk, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        ask.check()
    OidcAsk("openid profile", "https://x", "localhost").check()
