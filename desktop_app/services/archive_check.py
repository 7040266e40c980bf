"""Try an archive before it is saved: reachable, signed in, may search, may store; and how much is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.core.archive_check import ArchiveCheck, CheckId, CheckLine
from desktop_app.core.errors import (
    AnswerError,
    LightboxError,
    NotFound,
    RequestRefused,
    SignInFailed,
    SignInNeeded,
)
from desktop_app.core.query import StudyQuery
from desktop_app.core.sizes import size_text
from desktop_app.core.store import SignInKind, Store
from desktop_app.core.words import counted, say, t
from desktop_app.services.google_stores import resource_of

if TYPE_CHECKING:
    from desktop_app.cloud.resources import StoreMetrics
    from desktop_app.dicomweb.client import DicomWebClient
    from desktop_app.dicomweb.dialect import Dialect
    from desktop_app.services.google_stores import GoogleStores

_CANNOT_STORE = t("services", "Nothing can be uploaded to this archive: it can only be read.")
_ONLY_RETRIEVES = t("services", "It can only retrieve: open studies by their UID or a manifest")
_READ_ONLY = t("services", "This is a folder on this computer, opened for reading only.")
_MANY = 100
_NOT_KNOWN = t("services", "The archive tells with the first upload.")
_MAY_NOT_STORE = t(
    "services", "You may not store into this archive. Ask its owner for the role Healthcare DICOM Editor.")
_MAY_NOT_DELETE = t(
    "services", "You may not delete from this archive. Ask its owner for the role Healthcare DICOM Editor.")


async def check_archive(store: Store, client: DicomWebClient, google: GoogleStores) -> ArchiveCheck:
    """What trying this archive shows. Raises nothing of LightboxError: the lines say it."""
    try:
        if not client.dialect.searches:
            await client.ping()
            only = CheckLine(CheckId.SEARCH, True, say("services", _ONLY_RETRIEVES))
            return ArchiveCheck((*_passed(store)[:-1], only), "", say("services", _CANNOT_STORE))
        page = await client.search_studies(StudyQuery(), limit=_MANY)
    except LightboxError as error:
        return ArchiveCheck(_lines_of(store, error))
    lines = _passed(store)
    found = _found(len(page.items), more=page.more)
    resource = resource_of(store, google.hosts)
    if resource is None:
        return ArchiveCheck((*lines, CheckLine(CheckId.STORE, None, say("services", _NOT_KNOWN))), found)
    try:
        metrics = await google.metrics(store, resource)
        found = metrics_text(metrics) or found
    except LightboxError:
        pass            # reading works, counting need not
    upload_refusal, delete_refusal = await refusals(store, google, client.dialect)
    may_store = CheckLine(CheckId.STORE, not upload_refusal, upload_refusal)
    return ArchiveCheck((*lines, may_store), found, upload_refusal, delete_refusal)


async def refusals(store: Store, google: GoogleStores, dialect: Dialect) -> tuple[str, str]:
    """Why one may not store and not delete, as far as it can be known beforehand; empty where it is allowed."""
    if store.is_folder:
        return say("services", _READ_ONLY), say("services", _READ_ONLY)
    if not dialect.stores:
        return say("services", _CANNOT_STORE), ""
    resource = resource_of(store, google.hosts)
    if resource is None:
        return "", ""
    try:
        rights = await google.rights(store, resource)
    except LightboxError:
        return "", ""   # the archive itself will say it
    return (
        "" if rights.may_write else say("services", _MAY_NOT_STORE),
        "" if rights.may_delete else say("services", _MAY_NOT_DELETE))


def metrics_text(metrics: StoreMetrics) -> str:
    """`12 studies · 5,600 images · 9.0 PB`; empty when nothing is known."""
    studies, images = metrics.studies, metrics.instances
    parts = (
        None if studies is None else say("services", "1 study") if studies == 1
        else say("services", "{count} studies").format(count=counted(studies)),
        None if images is None else say("services", "1 image") if images == 1
        else say("services", "{count} images").format(count=counted(images)),
        None if metrics.stored_bytes is None else size_text(metrics.stored_bytes),
    )
    return " · ".join(part for part in parts if part)


def _passed(store: Store) -> tuple[CheckLine, ...]:
    signed_in = () if store.sign_in is SignInKind.NONE else (CheckLine(CheckId.SIGNED_IN, True),)
    return (CheckLine(CheckId.REACHABLE, True), *signed_in, CheckLine(CheckId.SEARCH, True))


def _lines_of(store: Store, error: LightboxError) -> tuple[CheckLine, ...]:
    if isinstance(error, SignInNeeded | SignInFailed):
        return CheckLine(CheckId.REACHABLE, True), CheckLine(CheckId.SIGNED_IN, False, error.user_text)
    if isinstance(error, NotFound | RequestRefused):    # of a question that every archive understands
        from desktop_app.dicomweb.search import NO_ARCHIVE_HERE

        return (*_passed(store)[:-1], CheckLine(CheckId.SEARCH, False, say("dicomweb", NO_ARCHIVE_HERE)))
    if isinstance(error, AnswerError):
        return (*_passed(store)[:-1], CheckLine(CheckId.SEARCH, False, error.user_text))
    return (CheckLine(CheckId.REACHABLE, False, error.user_text),)


def _found(studies: int, *, more: bool) -> str:
    if more:
        return say("services", "more than {count} studies").format(count=counted(studies))
    if not studies:
        return say("services", "no studies yet")
    return say("services", "1 study") if studies == 1 else say("services", "{count} studies").format(
        count=counted(studies))
