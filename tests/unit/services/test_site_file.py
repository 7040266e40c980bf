"""What an administrator set up: archives for everybody, and the OAuth client."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_app.cli import parse
from desktop_app.core.oidc_ask import OidcAsk
from desktop_app.core.policy import NOTHING_ALLOWED
from desktop_app.core.settings import GoogleSettings
from desktop_app.core.store import SignInKind
from desktop_app.services.site_file import Site, load_site, parse_site, site_folders

SITE = """
[google]
client_id = "site-client"
client_secret = "site-secret"

[[archive]]
name = "Radiology"
url = "https://pacs.example.org/dicom-web/"
sign_in = "oidc"
issuer = "https://login.example.org/realms/clinic"
client_id = "lightbox"

[[archive]]
name = "Broken"
url = "ftp://x"

[[archive]]
name = "Strange"
url = "https://x.example.org"
sign_in = "by knocking"
"""
CLIENT = {"installed": {"client_id": "file-client", "client_secret": "file-secret"}}


def test_archives_come_with_their_sign_in_and_a_bad_one_loses_no_other() -> None:
    site = parse_site(SITE)
    (store,) = site.archives
    assert (store.name, store.url, store.sign_in) == (
        "Radiology", "https://pacs.example.org/dicom-web", SignInKind.OIDC)
    assert store.issuer.endswith("/clinic") and store.client_id == "lightbox"
    assert site.client is not None and site.client.client_id == "site-client"
    assert "site-secret" not in repr(site)
    assert [trouble.split()[1] for trouble in site.troubles] == ["2", "3"]


@pytest.mark.parametrize(("text", "host"), [("localhost", "localhost"), ("evil.example.org", None)])
def test_a_provider_may_be_asked_for_more(text: str, host: str | None) -> None:
    site = parse_site(f'''[[archive]]
url = "https://pacs.example.org/dicom-web"
sign_in = "oidc"
scopes = "one two"
audience = "https://pacs.example.org"
redirect_host = "{text}"
''')
    asked = [OidcAsk("one two", "https://pacs.example.org", host)] if host else []
    assert [store.ask for store in site.archives] == asked
    assert [("redirect_host" in trouble) for trouble in site.troubles] == ([] if host else [True])


@pytest.mark.parametrize(("text", "port"), [("8404", 8404), ("0", 0), ("70000", None), ('"8404"', None)])
def test_a_provider_may_want_a_port_of_its_own(text: str, port: int | None) -> None:
    site = parse_site(f'''[[archive]]
url = "https://pacs.example.org/dicom-web"
sign_in = "oidc"
redirect_port = {text}
''')
    assert [store.redirect_port for store in site.archives] == ([] if port is None else [port])
    assert [("redirect_port" in trouble) for trouble in site.troubles] == ([True] if port is None else [])


def test_files_beside_it_and_headers(tmp_path: Path) -> None:
    (tmp_path / "archives.toml").write_text("""
[[archive]]
name = "Radiology"
url = "https://pacs.example.org/dicom-web"
ca_file = "hospital.pem"
certificate = "/etc/lightbox.pem"
headers = ["X-Department: Radiology"]

[[archive]]
url = "https://x.example.org"
headers = ["Authorization: Bearer x"]

[[archive]]
url = "https://y.example.org"
headers = "X-A: 1"
""")
    site = load_site((tmp_path,))
    (store,) = site.archives
    assert store.network.ca_file == str(tmp_path / "hospital.pem") and store.certificate == "/etc/lightbox.pem"
    assert store.network.header_pairs == (("X-Department", "Radiology"),)
    assert [trouble.split()[1] for trouble in site.troubles] == ["2", "3"]


def test_the_console_file_beside_it_and_the_command_line_come_first(tmp_path: Path) -> None:
    (tmp_path / "archives.toml").write_text(SITE)
    site = load_site((tmp_path,))
    assert site.client is not None and site.client.client_id == "site-client" and not site.client.is_named
    (tmp_path / "oauth_client.json").write_text(json.dumps(CLIENT))
    site = load_site((tmp_path,))
    assert site.client is not None and site.client.client_id == "file-client" and site.archives
    named = tmp_path / "named.json"
    named.write_text(json.dumps({"installed": {"client_id": "named", "client_secret": "s"}}))
    site = load_site((tmp_path,), named)
    assert site.client is not None and site.client.client_id == "named" and site.client.is_named


@pytest.mark.parametrize(("name", "text", "words"), [
    ("archives.toml", "[[archive]", "not understood"),
    ("oauth_client.json", "{}", "OAuth client"),
    ("oauth_client.json", json.dumps({"web": {}}), "web server"),
])
def test_what_is_wrong_is_told_and_the_program_goes_on(tmp_path: Path, name: str, text: str, words: str) -> None:
    (tmp_path / name).write_text(text)
    site = load_site((tmp_path,))
    assert not site.archives and site.client is None
    assert len(site.troubles) == 1 and words in site.troubles[0]


def test_a_file_that_is_not_there_is_told_when_it_was_asked_for(tmp_path: Path) -> None:
    assert load_site((tmp_path,)) == Site()
    assert "cannot be read" in load_site((tmp_path,), tmp_path / "missing.json").troubles[0]


def test_where_an_administrator_puts_it() -> None:
    assert site_folders({"LIGHTBOX_SITE": "/srv/site"}) == (Path("/srv/site"),)
    assert site_folders({"LIGHTBOX_HOME": "/tmp/x"}) == ()
    assert Path("/opt/lightbox") in site_folders({}, "/opt/lightbox/lightbox")


def test_the_command_line_names_an_oauth_client() -> None:
    assert parse(["--oauth-client", "c.json"]).oauth_client == Path("c.json")
    assert parse([]).oauth_client is None


def test_the_authority_for_google_lies_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "archives.toml").write_text('[google]\nca_file = "proxy.pem"\n', encoding="utf-8")
    assert load_site((tmp_path,)).google.ca_file == str(tmp_path / "proxy.pem")
    assert parse_site('google = "no table"').google == GoogleSettings()


def test_what_the_administrator_says_of_google_completes_what_the_user_says() -> None:
    site = parse_site('[google]\nhealthcare = "https://h.example"\ntoken = "https://t.example"\npinned = ["x"]')
    own = GoogleSettings(client_id="c", token="https://mine.example", pinned=("p",))
    both = own.completed_by(site.google)
    assert both == GoogleSettings(
        client_id="c", healthcare="https://h.example", token="https://mine.example", pinned=("p",))
    assert both.beside(site.google) == own


def test_a_policy_says_what_may_be_done_and_what_is_laid_down() -> None:
    policy = parse_site(
        '[policy]\ncache = false\ndelete = false\nupdate_check = "https://x.example.org/v.json"\n'
        "[defaults]\nlock_after_min = 10\n[locked]\nkeep_secrets = false\n").policy
    assert (policy.may_cache, policy.may_delete, policy.may_upload, policy.may_export) == (False, False, True, True)
    assert policy.update_address == "https://x.example.org/v.json"
    assert policy.locked == (("keep_secrets", False),) and policy.defaults == (("lock_after_min", 10),)


@pytest.mark.parametrize("text", [
    "[policy]\nuploads = false\n", '[policy]\ncache = "no"\n', '[policy]\nupdate_check = "http://x"\n',
    "policy = 3\n", "[locked]\nnonsense = 1\n",
])
def test_a_policy_that_is_not_understood_forbids_all_it_could_have_meant(text: str) -> None:
    site = parse_site(SITE.replace("[google]", text + "[google]") if text.startswith("[") else text)
    assert site.policy == NOTHING_ALLOWED
    assert any("switched off" in trouble for trouble in site.troubles)


def test_a_file_that_is_no_toml_forbids_too(tmp_path: Path) -> None:
    (tmp_path / "archives.toml").write_text("[policy\ncache = false", encoding="utf-8")
    site = load_site((tmp_path,))
    assert site.policy == NOTHING_ALLOWED and site.troubles


def test_the_web_viewer_of_an_archive_is_checked() -> None:
    good = parse_site('[[archive]]\nurl = "https://a/d"\nweb_viewer = "https://a/v?s={study}"\n')
    assert good.archives[0].web_viewer == "https://a/v?s={study}" and not good.troubles
    bad = parse_site('[[archive]]\nurl = "https://a/d"\nweb_viewer = "javascript:{study}"\n')
    assert bad.archives == () and "web viewer" in bad.troubles[0]
