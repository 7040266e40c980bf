"""Two files with one UID in one upload: what becomes of the second."""

from __future__ import annotations

from desktop_app.core.errors import DamagedDicom
from desktop_app.core.upload import UploadItem, Verdict
from desktop_app.core.words import say
from desktop_app.services.same_instance import same_instance
from desktop_app.services.upload_outgoing import read_file
from desktop_app.services.upload_zip import Zips, ZipTrouble

HELD = frozenset({Verdict.STORED, Verdict.STORED_WITH_WARNING, Verdict.ALREADY_THERE})

_MOST_COMPARED = 2**30


def twin_verdict(item: UploadItem, first: UploadItem, ended: UploadItem, zips: Zips) -> UploadItem:
    """The second file judged by what became of the first (`ended`); without verdict when it is to be sent itself,
    because the first one was not stored and this one is another. Reads both files."""
    is_held = ended.verdict in HELD
    try:
        if max(item.size, first.size) > _MOST_COMPARED:
            raise DamagedDicom(say("services", "The file is too large to be compared."))
        same = same_instance(read_file(item, zips), read_file(first, zips))
    except OSError as error:
        return item.judged(Verdict.UNREADABLE, say(
            "services", "The file cannot be read: {strerror}.").format(
                strerror=error.strerror or say("services", "the disk refused")))
    except ZipTrouble as error:
        return item.judged(Verdict.UNREADABLE, error.user_text)
    except DamagedDicom as error:       # nobody knows whether it is the same
        return item if not is_held else item.judged(Verdict.NOT_SENT, say(
            "services", "It has the UID of {name} in this upload, which was sent. {trouble}").format(
                name=first.name, trouble=error.user_text))
    if same and is_held:
        return item.judged(Verdict.ALREADY_THERE, say(
            "services", "The same as {name}, which is in this upload too.").format(name=first.name))
    if same:
        verdict = ended.verdict or Verdict.NOT_SENT
        return item.judged(verdict, say(
            "services", "The same as {name} in this upload. {reason}").format(
                name=first.name, reason=ended.reason))
    if is_held:
        return item.judged(
            Verdict.CONFLICT,
            say(
                "services", "It has the UID of {name} in this upload, but other content. Only that one was "
                "sent.").format(name=first.name),
        )
    return item
