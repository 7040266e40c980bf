"""Everything that can go wrong, as one tree.

    LightboxError
    ├── NetworkError
    │   ├── Unreachable          no connection: refused, unknown host, no route, TLS
    │   ├── TimedOut             connected, then silence
    │   └── Interrupted          the answer broke off; what arrived whole is kept by the caller
    ├── SwitchedOff              the administrator of this workplace does not allow it
    ├── Disconnected             this side ended the connection: signed out, or the archive was taken from the list
    ├── AnswerError              the server answered, and it was no
    │   ├── SignInNeeded         401
    │   ├── NotAllowed           403
    │   ├── NotFound             404, 410
    │   ├── RequestRefused       other 4xx
    │   ├── TooBusy              429, 503
    │   └── ServerFailed         other 5xx
    ├── NotDicomWeb              HTML, or anything else that is no DICOMweb answer
    ├── DicomError
    │   ├── NotDicom             no DICOM file
    │   ├── DamagedDicom         DICOM, but cut off or contradictory
    │   ├── NoPixelData          nothing to show
    │   ├── InvalidUid           a UID with which nothing can be asked for
    │   └── CannotDecode         a transfer syntax or photometric interpretation that is not supported
    ├── SignInFailed             the flow ended without a token
    └── DiskError                a file could not be read or written

`user_text` is the sentence a person reads: what happened, to what, and what to do next. It never holds a patient's
name, a token or a stack trace. `detail` holds what a technician would ask for and is shown on demand only. `link` is
the address of the page where it can be put right, when the one who refused named it; it is offered as a button.
"""

from __future__ import annotations

import errno

from desktop_app.core.words import say, t


class LightboxError(Exception):
    """Base of every error that reaches a person."""

    default_text = t("core", "Something went wrong.")

    def __init__(self, user_text: str = "", *, detail: str = "", link: str = "") -> None:
        self.user_text = user_text or say("core", self.default_text)
        super().__init__(self.user_text)
        self.detail = detail
        self.link = link


class NetworkError(LightboxError):
    default_text = t("core", "The network did not carry the request. Check the connection and try again.")


class Unreachable(NetworkError):
    default_text = t(
        "core", "The archive cannot be reached. Check its address and the network, then try again.")


class TimedOut(NetworkError):
    default_text = t(
        "core", "The archive stopped answering. Try again; if it stays silent, ask its administrator.")


class Interrupted(NetworkError):
    default_text = t(
        "core", "The connection broke off before everything had arrived. What arrived is kept; try again "
        "for the rest.")


class SwitchedOff(LightboxError):
    default_text = t("core", "The administrator of this workplace has switched this off.")


class Disconnected(LightboxError):
    default_text = t(
        "core", "You signed out of this archive, or changed or removed it, so the connection was ended. "
        "Sign in, then try again.")


class AnswerError(LightboxError):
    """The server answered with an HTTP status that means no."""

    default_text = t("core", "The archive refused the request.")

    def __init__(
        self,
        user_text: str = "",
        *,
        status: int = 0,
        detail: str = "",
        link: str = "",
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(user_text, detail=detail, link=link)
        self.status = status
        self.retry_after_s = retry_after_s


class SignInNeeded(AnswerError):
    default_text = t("core", "The archive asks you to sign in. Sign in and try again.")


class NotAllowed(AnswerError):
    default_text = t(
        "core", "You may not read this, or it does not exist. Ask the owner of the archive for the right to "
        "read it.")


class NotFound(AnswerError):
    default_text = t("core", "The archive does not have this any more. Refresh the list.")


class RequestRefused(AnswerError):
    default_text = t("core", "The archive did not understand the request.")


class TooBusy(AnswerError):
    default_text = t("core", "The archive is too busy at the moment. Wait a little and try again.")


class ServerFailed(AnswerError):
    default_text = t(
        "core", "The archive failed while answering. Try again; if it happens again, tell its administrator.")


class NotDicomWeb(LightboxError):
    default_text = t(
        "core", "This address does not answer as a DICOMweb archive. Check the address; a sign-in page "
        "may be in the way.")


class DicomError(LightboxError):
    default_text = t("core", "The DICOM object cannot be used.")


class NotDicom(DicomError):
    default_text = t("core", "This is not a DICOM file.")


class DamagedDicom(DicomError):
    default_text = t("core", "The DICOM object is damaged or incomplete. Fetch or export it again.")


class NoPixelData(DicomError):
    default_text = t("core", "This object holds no image.")


class InvalidUid(DicomError, ValueError):
    default_text = t(
        "core", "The object has a UID that is not valid (digits and dots, at most 64). No archive can be "
        "asked for it.")


class CannotDecode(DicomError):
    default_text = t("core", "This image is compressed or coded in a way that Lightbox cannot read.")


class SignInFailed(LightboxError):
    default_text = t("core", "Signing in did not succeed. Try again.")


class DiskError(LightboxError):
    default_text = t("core", "The disk refused. Check the free space and the permissions of the folder.")


def user_text(error: BaseException) -> str:
    """The sentence for any exception, ours or not."""
    if isinstance(error, LightboxError):
        return error.user_text
    if isinstance(error, MemoryError):
        return say(
            "core", "This computer has not enough memory left for that. Close a study or another program and "
            "try again.")
    if isinstance(error, OSError):
        return say("core", _family(error).default_text)
    return say("core", "Something unexpected went wrong. Try again; the log of the program says more.")


_DISK_ERRNOS = frozenset({
    errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EFBIG, errno.EMFILE, errno.ENFILE, errno.ENOENT,
    errno.EACCES, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENOTEMPTY,
})


def _family(error: OSError) -> type[LightboxError]:
    """Which of ours an operating system's error belongs to: sockets and files share one class in Python."""
    if isinstance(error, TimeoutError):
        return TimedOut
    if isinstance(error, ConnectionError):
        return Unreachable
    if error.filename is not None or error.errno is None or error.errno in _DISK_ERRNOS:
        return DiskError
    return NetworkError      # names that do not resolve, certificates, routes
