from __future__ import annotations

import errno
import inspect
import socket
import ssl

import pytest

from desktop_app.core import errors
from desktop_app.core.errors import (
    AnswerError,
    DiskError,
    LightboxError,
    NetworkError,
    SignInNeeded,
    TimedOut,
    Unreachable,
    user_text,
)

ALL = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, LightboxError)]


@pytest.mark.parametrize("kind", ALL)
def test_every_error_is_in_the_drawn_tree_and_speaks_in_sentences(kind: type[LightboxError]) -> None:
    assert kind.__name__ in (errors.__doc__ or "")
    assert kind().user_text.endswith(".")
    assert kind("The scanner is on fire.").user_text == "The scanner is on fire."
    assert str(kind("The scanner is on fire.")) == "The scanner is on fire."


def test_detail_and_link_are_kept_apart_from_the_sentence() -> None:
    error = SignInNeeded(status=401, detail="WWW-Authenticate: Bearer", retry_after_s=3, link="https://a.example/")
    assert error.user_text == SignInNeeded.default_text
    assert (error.status, error.detail, error.retry_after_s, error.link) == (
        401, "WWW-Authenticate: Bearer", 3, "https://a.example/")
    assert isinstance(error, AnswerError)


@pytest.mark.parametrize(("error", "text"), [
    (Unreachable("No such host."), "No such host."),
    (OSError(errno.ENOSPC, "No space left on device"), DiskError.default_text),
    (PermissionError(errno.EACCES, "Permission denied", "/some/file"), DiskError.default_text),
    (OSError("unnamed"), DiskError.default_text),
    (ConnectionRefusedError(errno.ECONNREFUSED, "refused"), Unreachable.default_text),
    (BrokenPipeError(errno.EPIPE, "broken"), Unreachable.default_text),
    (TimeoutError(), TimedOut.default_text),
    (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), NetworkError.default_text),
    (ssl.SSLCertVerificationError(1, "certificate verify failed"), NetworkError.default_text),
])
def test_sentence_of_any_exception(error: Exception, text: str) -> None:
    assert user_text(error) == text


def test_foreign_exceptions_show_nothing_of_their_own() -> None:
    assert "DOE^JANE" not in user_text(KeyError("DOE^JANE"))
    assert "memory" in user_text(MemoryError())
