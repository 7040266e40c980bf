"""Store: the address of a DICOM store."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

LOCAL_URL = "http://local.lightbox/dicom-web"   # answered in-process, never by a socket


class SignInKind(StrEnum):
    """How a person proves to this store who they are."""

    NONE = "none"
    BASIC = "basic"
    BEARER = "bearer"
    OIDC = "oidc"
    GOOGLE = "google"


@dataclass(frozen=True, slots=True)
class Store:
    """A DICOMweb service root. `url` has no trailing slash; `key` tells stores apart in caches and settings."""

    name: str
    url: str
    sign_in: SignInKind = SignInKind.NONE
    issuer: str = ""            # OIDC: the provider's issuer URL
    client_id: str = ""

    @property
    def key(self) -> str:
        return self.url

    @property
    def is_local(self) -> bool:
        return self.url == LOCAL_URL

    @property
    def origin(self) -> str:
        """`scheme://host:port`: credentials go nowhere else."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"

    @classmethod
    def local(cls) -> Store:
        """The program's own archive."""
        return cls(name="Local archive", url=LOCAL_URL)

    @classmethod
    def parse(cls, text: str, name: str = "") -> Store:
        """A store from an address as typed or pasted. Raises ValueError with a sentence when it is none."""
        text = text.strip().rstrip("/")
        if "://" not in text:
            text = ("http://" if text.startswith(("localhost", "127.", "[::1]")) else "https://") + text
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("This is not a web address. A DICOMweb address looks like https://host/dicom-web.")
        if parts.query or parts.fragment:
            text = text.split("?", 1)[0].split("#", 1)[0].rstrip("/")
        if "@" in parts.netloc:
            raise ValueError("Leave name and password out of the address. Lightbox asks for them separately.")
        return cls(name=name or parts.netloc, url=text)
