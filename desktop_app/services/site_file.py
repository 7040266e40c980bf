"""Site: what an administrator set up for everybody: archives, and the OAuth client for Google.

The file is `archives.toml`, in the folder of the system's settings or beside the program:

    [google]
    client_id = "…"             # an OAuth client of the type "Desktop app"
    ca_file = "hospital-ca.pem" # authorities to trust for Google's hosts beside the system's
    quota_project = "…"         # whose quota requests count against; and where a private cloud stands in for Google:
    healthcare = "https://…"    # likewise resource_manager, issuer, authorization, token, revocation
    client_secret = "…"         # no real secret (every copy of the program holds it), but Google wants it

    [[archive]]
    name = "Radiology"
    url = "https://pacs.example.org/dicom-web"
    sign_in = "oidc"            # none, basic, bearer, oidc, google, certificate, google default
    issuer = "https://login.example.org/realms/clinic"
    client_id = "lightbox"
    redirect_port = 8404        # for a provider that wants http://127.0.0.1:8404/ and no other; else any is used
    redirect_host = "localhost" # for one that knows http://localhost only
    scopes = "https://dicom.healthcareapis.azure.com/.default"  # what the archive wants a token to hold (Entra …)
    audience = "https://pacs.example.org"                       # for whom it is (Auth0 …)
    ca_file = "hospital-ca.pem"         # authorities to trust beside the system's; in this folder, or a whole path
    certificate = "lightbox.pem"        # presented to the archive
    headers = ["X-Department: Radiology"]
    web_viewer = "https://pacs.example.org/viewer?StudyInstanceUIDs={study}"    # may have {series} too

    [policy]                    # what may be done at this workplace; rights are true if not said
    cache = false               # nothing of a patient stays on disk but the embedded archive
    export = true
    upload = true
    delete = false
    save_audit = true           # whether users may save the record of what was done
    update_check = "https://intranet.example.org/lightbox.json"    # {"version": "1.2.0"}; without it nobody is asked
    update_ca_file = "hospital-ca.pem"  # authorities to trust there beside the system's
    update_at_start = false     # else only when somebody asks in the settings

    [defaults]                  # settings until the user chooses; the names are those of settings.json
    lock_after_min = 15

    [locked]                    # settings that the user cannot change
    keep_secrets = false

Beside it, or instead of its first part, may lie `oauth_client.json` as Google's console offers it for download.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from desktop_app.core.errors import DiskError, LightboxError
from desktop_app.core.oidc_ask import OidcAsk
from desktop_app.core.policy import NOTHING_ALLOWED, Policy, checked_settings
from desktop_app.core.settings import GoogleSettings
from desktop_app.core.store import SignInKind, Store
from desktop_app.core.store_network import StoreNetwork, header_pairs
from desktop_app.core.web_viewer import checked_template
from desktop_app.core.words import say

_RIGHTS = {"cache": "may_cache", "export": "may_export", "upload": "may_upload", "delete": "may_delete",
           "save_audit": "may_save_audit"}
_UPDATES = frozenset({"update_check", "update_ca_file", "update_at_start"})
_SAID_OF_GOOGLE = (
    "quota_project", "resource_manager", "healthcare", "issuer", "authorization", "token", "revocation")
FILE_NAME, CLIENT_FILE_NAME = "archives.toml", "oauth_client.json"


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """An OAuth client for Google, of the type “Desktop app”. `is_named`: on the command line, so it comes first."""

    client_id: str
    client_secret: str = field(default="", repr=False)
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """`troubles` are sentences about what could not be read; the rest is used."""

    archives: tuple[Store, ...] = ()
    client: OAuthClient | None = None
    troubles: tuple[str, ...] = ()
    google: GoogleSettings = GoogleSettings()  # noqa: RUF009 - a frozen value
    policy: Policy = Policy()


def site_folders(environment: Mapping[str, str] = os.environ, program: str = sys.executable) -> tuple[Path, ...]:
    """Where an administrator may put the files, the first found wins: $LIGHTBOX_SITE, the system's settings, the
    program's own folder."""
    if named := environment.get("LIGHTBOX_SITE"):
        return (Path(named),)
    if environment.get("LIGHTBOX_HOME"):
        return ()                       # everything of this run lies below one folder
    import platformdirs

    return Path(platformdirs.site_config_dir("lightbox", appauthor=False)), Path(program).parent


def load_site(folders: tuple[Path, ...], oauth_client: Path | None = None) -> Site:
    """What the folders hold. `oauth_client` is a file that the command line names; it comes before all others.

    Never raises: what is wrong is told in `troubles`, because the program is of use without it.
    """
    site = Site()
    for folder in folders:
        if (folder / FILE_NAME).is_file():
            path = folder / FILE_NAME
            # A file that makes no sense may have meant to forbid something.
            site = _guarded(
                replace(site, policy=NOTHING_ALLOWED), lambda path=path: parse_site(_read(path), path.parent), path)
            break
    clients = [path for folder in folders if (path := folder / CLIENT_FILE_NAME).is_file()]
    for path in clients[:1]:
        site = _guarded(site, lambda path=path: Site(client=read_client(path)), path)
    if oauth_client is not None:
        named = oauth_client
        site = _guarded(site, lambda: Site(client=replace(read_client(named), is_named=True)), named)
    return site


def read_client(path: Path) -> OAuthClient:
    """The OAuth client in a file from Google's console. Blocking. Raises SignInFailed and DiskError."""
    return parse_client(_read(path))


def parse_site(text: str, folder: Path = Path()) -> Site:
    """The content of `archives.toml` in this folder. An archive that is not understood is told and does not lose the
    others. Raises ValueError when the file as a whole is not understood."""
    import tomllib

    document = tomllib.loads(text)
    archives: list[Store] = []
    troubles: list[str] = []
    for number, entry in enumerate(document.get("archive", []), 1):
        try:
            archives.append(_store(entry, folder))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            troubles.append(say(
                "services", "Archive {number} in {file} cannot be used: {error}").format(
                    number=number, file=FILE_NAME, error=error))
    google = document.get("google", {})
    google = google if isinstance(google, dict) else {}
    client_id = str(google.get("client_id", ""))
    client = OAuthClient(client_id, str(google.get("client_secret", ""))) if client_id else None
    said = {name: str(google[name]) for name in _SAID_OF_GOOGLE if google.get(name)}
    said["ca_file"] = _path(google.get("ca_file"), folder)
    try:
        policy = _policy(document, folder)
    except ValueError as error:
        # Understood only in part, it would allow what was meant to be forbidden.
        policy = NOTHING_ALLOWED
        troubles.append(
            say(
                "services", "The policy in {FILE_NAME} is not understood, so caching, exporting, uploading "
                "and deleting are switched off: {error}. Tell your administrator.").format(
                    FILE_NAME=FILE_NAME, error=error))
    return Site(tuple(archives), client, tuple(troubles), GoogleSettings(**said), policy)  # type: ignore[arg-type]


def parse_client(text: str) -> OAuthClient:
    """The OAuth client in a file from Google's console. Raises SignInFailed when it is another kind of file."""
    from desktop_app.auth.google_sign_in import google_client_from_json

    client = google_client_from_json(text)
    return OAuthClient(client.client_id, client.client_secret)


def _policy(document: dict[str, Any], folder: Path) -> Policy:
    told, defaults, locked = (document.get(name, {}) for name in ("policy", "defaults", "locked"))
    if not (isinstance(told, dict) and isinstance(defaults, dict) and isinstance(locked, dict)):
        raise ValueError("[policy], [defaults] and [locked] are tables")  # noqa: TRY004 - as tomllib says it
    address, authorities = told.get("update_check", ""), told.get("update_ca_file", "")
    if not isinstance(address, str) or (address and not address.startswith("https://")):
        raise ValueError("update_check is an address that begins with https://")
    if not isinstance(authorities, str):
        raise ValueError("update_ca_file is the path of a file")  # noqa: TRY004
    if unknown := set(told) - set(_RIGHTS) - _UPDATES:
        raise ValueError(f"[policy] does not know “{min(unknown)}”")
    yes_or_no = {to: told.get(name, True) for name, to in _RIGHTS.items()}
    yes_or_no["update_at_start"] = told.get("update_at_start", False)
    if not all(isinstance(value, bool) for value in yes_or_no.values()):
        raise ValueError("in [policy] cache, export, upload, delete, save_audit and update_at_start are true or false")
    return Policy(
        **yes_or_no, update_address=address, update_authorities=_path(authorities, folder),
        defaults=checked_settings(defaults), locked=checked_settings(locked))


def _store(entry: dict[str, Any], folder: Path) -> Store:
    store = Store.parse(str(entry.get("url", "")), str(entry.get("name", "")))
    headers = entry.get("headers", [])
    if not isinstance(headers, list) or not all(isinstance(line, str) for line in headers):
        raise ValueError("headers are a list of texts like “Name: value”")
    header_pairs(headers)
    port = entry.get("redirect_port", 0)
    if type(port) is not int or not 0 <= port < 65536:
        raise ValueError("redirect_port is a number below 65536")
    ask = OidcAsk(*(str(entry.get(name, "")) for name in ("scopes", "audience", "redirect_host")))
    ask.check()
    return replace(
        store, ask=ask, sign_in=SignInKind(entry.get("sign_in", "none")), issuer=str(entry.get("issuer", "")),
        client_id=str(entry.get("client_id", "")), certificate=_path(entry.get("certificate"), folder),
        redirect_port=port, network=StoreNetwork(_path(entry.get("ca_file"), folder), tuple(headers)),
        web_viewer=checked_template(str(entry.get("web_viewer", ""))))


def _path(given: object, folder: Path) -> str:
    """A path as it is, or beside the file that names it."""
    return str(folder / str(given)) if given else ""


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DiskError(say(
            "services", "{name} cannot be read. Check its path and its permissions.").format(
                name=path.name)) from error


def _guarded(site: Site, load: Any, path: Path) -> Site:
    try:
        found: Site = load()
    except LightboxError as error:
        return replace(site, troubles=(*site.troubles, f"{path.name}: {error.user_text}"))
    except ValueError as error:
        return replace(site, troubles=(*site.troubles, say(
            "services", "{name} is not understood: {error}").format(name=path.name, error=error)))
    return Site(
        found.archives or site.archives, found.client or site.client, (*site.troubles, *found.troubles),
        found.google.completed_by(site.google),
        found.policy if path.name == FILE_NAME else site.policy)
