"""Store: the address of a DICOM store."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from urllib.parse import SplitResult, urlsplit

from desktop_app.core.oidc_ask import OidcAsk
from desktop_app.core.store_network import StoreNetwork
from desktop_app.core.words import say, t

LOCAL_URL = "http://local.lightbox/dicom-web"   # answered in-process, never by a socket

FOLDER_URL = "http://folder.lightbox/dicom-web"

_ON_A_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_ON_THIS_MACHINE = re.compile(r"(localhost|127(\.\d+){3}|\[::1\])(?=[:/?#]|$)", re.IGNORECASE)
_LOCAL_NAME = t("core", "Local archive")
_NO_ADDRESS = t("core", "This is not a web address. A DICOMweb address looks like https://host/dicom-web.")


class SignInKind(StrEnum):
    """How a person proves to this store who they are."""

    NONE = "none"
    BASIC = "basic"
    BEARER = "bearer"
    OIDC = "oidc"
    GOOGLE = "google"
    CERTIFICATE = "certificate"              # a client certificate, presented in the TLS handshake
    GOOGLE_DEFAULT = "google default"        # Application Default Credentials of this computer

    @property
    def in_browser(self) -> bool:
        """Whether a person signs in with the browser."""
        return self in (SignInKind.OIDC, SignInKind.GOOGLE)

    @property
    def at_google(self) -> bool:
        """Whether the token comes from Google."""
        return self in (SignInKind.GOOGLE, SignInKind.GOOGLE_DEFAULT)

    @property
    def has_secret(self) -> bool:
        """Whether a person types or chooses a secret."""
        return self in (SignInKind.BASIC, SignInKind.BEARER, SignInKind.CERTIFICATE)


class System(StrEnum):
    """What runs at an address, as far as it is known before the first answer."""

    LEARNED = ""                             # nothing said: its ways are learned
    GOOGLE = "google"
    ORTHANC = "orthanc"
    DCM4CHEE = "dcm4chee"
    AZURE = "azure"
    AWS = "aws"
    MYHEALTH = "myhealth@eu"                 # three retrievals, nothing else
    STATIC = "static"                        # a folder of pre-written answers behind a plain web server
    WADO_URI = "wado-uri"                    # older than DICOMweb: one object at a time (PS3.18 9)

    @property
    def can_be_searched(self) -> bool:
        """Whether it has a list of its studies at all."""
        return self not in (System.MYHEALTH, System.WADO_URI)


@dataclass(frozen=True, slots=True)
class Store:
    """A DICOMweb service root. `url` has no trailing slash; `key` tells stores apart in caches and settings."""

    name: str
    url: str
    sign_in: SignInKind = SignInKind.NONE
    issuer: str = ""            # OIDC: the provider's issuer URL
    client_id: str = ""
    redirect_port: int = 0      # OIDC: where the browser comes back to, for a provider that compares it; 0: any
    certificate: str = ""       # the path of a client certificate, presented whatever the sign-in is
    network: StoreNetwork = StoreNetwork()  # noqa: RUF009 - a frozen value
    system: System = System.LEARNED
    ask: OidcAsk = OidcAsk()    # noqa: RUF009 - OIDC: what the provider is asked for
    web_viewer: str = ""        # a template of the addresses of its own viewer: core.web_viewer

    @property
    def key(self) -> str:
        return self.url

    @property
    def is_local(self) -> bool:
        return self.url == LOCAL_URL

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder of this machine, opened for reading."""
        return self.url.startswith("file:")

    @property
    def folder(self) -> str:
        """The path of the folder; empty for what is none."""
        return _path_of(self.url) if self.is_folder else ""

    @property
    def root_url(self) -> str:
        """Where its DICOMweb service answers; a folder's does in this process."""
        return FOLDER_URL if self.is_folder else self.url

    @property
    def origin(self) -> str:
        """`scheme://host:port`, lower case, without the scheme's own port: credentials go nowhere else."""
        return _origin(urlsplit(self.url))

    @classmethod
    def local(cls) -> Store:
        """The program's own archive."""
        return cls(name=say("core", _LOCAL_NAME), url=LOCAL_URL)

    def is_called(self, asked: str) -> bool:
        """Whether somebody means this one by a name or an address. A script calls the local archive by its English
        name whatever language the program speaks."""
        return asked in (self.name, self.url) or (self.is_local and asked in ("local", _LOCAL_NAME))

    @classmethod
    def of_folder(cls, path: str, name: str = "") -> Store:
        """A folder of this machine, or the one that a DICOMDIR lies in. Raises ValueError for a path that is not
        absolute."""
        if path.startswith("file:"):
            path = _path_of(path)
        pure = PurePath(path)
        if not pure.is_absolute():
            raise ValueError(say("core", "Give the whole path of the folder."))
        pure = pure.parent if pure.name.upper() == "DICOMDIR" else pure
        return cls(name=name or pure.name or str(pure), url=pure.as_uri())

    @classmethod
    def parse(cls, text: str, name: str = "") -> Store:
        """A store from an address as typed or pasted. Raises ValueError with a sentence when it is none."""
        text = text.strip()
        if text.startswith(("file:", "/")) or _ON_A_DRIVE.match(text):
            return cls.of_folder(text, name)
        if "://" not in text:       # in the open only where nobody listens in between
            text = ("http://" if _ON_THIS_MACHINE.match(text) else "https://") + text
        try:
            parts = urlsplit(text)
            port_is_sound = parts.port != 0
        except ValueError:
            raise ValueError(say("core", _NO_ADDRESS)) from None
        if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or not port_is_sound or re.search(r"\s", text):
            raise ValueError(say("core", _NO_ADDRESS))
        if "@" in parts.netloc:
            raise ValueError(say(
                "core", "Leave name and password out of the address. Lightbox asks for them separately."))
        url = f"{_origin(parts)}{parts.path}".rstrip("/")
        return cls(name=name or parts.netloc, url=url)


def _origin(parts: SplitResult) -> str:
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def _path_of(file_url: str) -> str:
    """The path on this system that a file: address names."""
    from urllib.request import url2pathname  # not sooner: it brings what fetches pages, and its certificates

    return url2pathname(urlsplit(file_url).path)
