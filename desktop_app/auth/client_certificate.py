"""Sign in with a client certificate: put it into the TLS context of a connection.

Hospitals hand them out as PKCS #12 (.p12, .pfx) or PEM. The private key never lies on the disk in the clear: OpenSSL
wants files, so a PKCS #12 key passes through a temporary one that is encrypted with a password made for the occasion.
"""

from __future__ import annotations

import os
import secrets
import ssl
import tempfile
from contextlib import suppress
from pathlib import Path

from desktop_app.core.errors import DiskError, SignInFailed
from desktop_app.core.words import say

_PEM_MARK = b"-----BEGIN "


def add_client_certificate(
    context: ssl.SSLContext, certificate: Path, *, key: Path | None = None, password: str = ""
) -> None:
    """Present `certificate` in connections with `context`. A PEM file may hold the key too, else `key` names it.

    Blocking; call it on a thread that may wait. Raises SignInFailed with a sentence when file, key or password do not
    fit, DiskError when a file cannot be read.
    """
    try:
        data = certificate.read_bytes()
    except OSError as error:
        raise DiskError(
            say(
                "auth", "The file of the client certificate cannot be read. Check its path and its "
                "permissions.")) from error
    if _PEM_MARK in data:
        _load(context, certificate, key, password)
        return
    pem, one_time_password = _pem_from_pkcs12(data, password)
    handle, name = tempfile.mkstemp(suffix=".pem")      # readable by this user only
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
        _load(context, Path(name), None, one_time_password)
    finally:
        with suppress(OSError):
            Path(name).unlink()


def _load(context: ssl.SSLContext, certificate: Path, key: Path | None, password: str) -> None:
    try:
        # An empty password given as a function keeps OpenSSL from asking at the terminal.
        context.load_cert_chain(certificate, key, password=lambda: password)
    except ssl.SSLError as error:
        raise _does_not_fit(password, str(error.reason)) from error
    except OSError as error:
        raise DiskError(
            say(
                "auth", "The key of the client certificate cannot be read. Check its path and its "
                "permissions.")) from error


def _pem_from_pkcs12(data: bytes, password: str) -> tuple[bytes, str]:
    """Certificate, chain and encrypted key as PEM, and the password made for it."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(data, password.encode() or None)
    except ValueError as error:
        raise _does_not_fit(password, "PKCS #12") from error
    if key is None or certificate is None:
        raise SignInFailed(say(
            "auth", "This file holds no certificate with its private key. Export it again, with the key."))
    one_time_password = secrets.token_urlsafe(32)
    parts = [key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(one_time_password.encode()))]
    parts += [found.public_bytes(serialization.Encoding.PEM) for found in (certificate, *chain)]
    return b"".join(parts), one_time_password


def _does_not_fit(password: str, detail: str) -> SignInFailed:
    hint = say("auth", "Check its password.") if password else say("auth", "If it has a password, enter it.")
    return SignInFailed(say(
        "auth", "The client certificate cannot be used: file, key and password do not fit together. {hint}").format(
            hint=hint),
                        detail=detail)
