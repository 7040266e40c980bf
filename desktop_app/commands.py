"""`lightbox search | retrieve | store | delete`: the window's own services, on the command line.

Results go to standard output, as lines for people or as JSON; how far it is and what went wrong to standard error.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import webbrowser
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli import CommandOptions
from desktop_app.core.audit import AuditKind
from desktop_app.core.deletion import DeletionTarget
from desktop_app.core.errors import (
    LightboxError,
    NotAllowed,
    SignInFailed,
    SignInNeeded,
    SwitchedOff,
    Unreachable,
    user_text,
)
from desktop_app.core.query import StudyQuery
from desktop_app.core.sizes import size_text
from desktop_app.core.store import SignInKind, Store, System
from desktop_app.core.upload import Verdict

if TYPE_CHECKING:
    from desktop_app.core.study import Study
    from desktop_app.services.backend import Backend
    from desktop_app.services.retrieval import Copied

DONE, PARTLY, NOT_ALLOWED, UNREACHABLE, INTERRUPTED = 0, 1, 3, 4, 130
_GOOD = frozenset({Verdict.STORED, Verdict.STORED_WITH_WARNING, Verdict.ALREADY_THERE})
_PAGE = 200
_ALONE = "It asks you to sign in with the browser. Search it by itself, with --archive."


def run_command(options: CommandOptions) -> int:
    """Does it, and returns the exit code."""
    try:
        return asyncio.run(_run(options))
    except KeyboardInterrupt:
        _say("Interrupted. What is done is done; the same command goes on from there.")
        return INTERRUPTED
    except BrokenPipeError:             # who read the output has seen enough
        return DONE
    except (SignInNeeded, SignInFailed, NotAllowed, SwitchedOff) as error:
        _say(error.user_text)
        return NOT_ALLOWED
    except Unreachable as error:
        _say(error.user_text)
        return UNREACHABLE
    except Exception as error:
        _say(user_text(error))
        return PARTLY


async def _run(options: CommandOptions) -> int:
    from desktop_app.building import build_backend
    from desktop_app.services.folders import Folders
    from desktop_app.services.frame_cache import FrameCache
    from desktop_app.services.keychain import SystemKeychain
    from desktop_app.services.settings_file import load_settings
    from desktop_app.services.site_file import load_site, site_folders

    folders = Folders.of_user()
    await asyncio.to_thread(folders.make)
    site = await asyncio.to_thread(load_site, site_folders(), options.oauth_client)
    for trouble in site.troubles:
        _say(trouble)
    chosen = await asyncio.to_thread(load_settings, folders.settings, site.policy.first_settings(), _say)
    settings = replace(site.policy.apply(chosen), disk_cache_bytes=0)
    known = (*site.archives, *settings.archives)
    store = _store_of(options, known)
    backend = await build_backend(
        folders, None, FrameCache(2**20), _open_browser, settings, SystemKeychain(), site)
    try:
        if options.everywhere:
            return await _search_all(backend, (Store.local(), *known), options)
        await _sign_in(backend, store)
        return await _VERBS[options.command](backend, store, options)
    finally:
        await backend.close()


def _store_of(options: CommandOptions, known: tuple[Store, ...]) -> Store:
    """By its name, address or path; the local archive when nothing is said."""
    asked = options.archive
    store = next((one for one in known if one.is_called(asked)), None)
    if store is None:
        if not asked or Store.local().is_called(asked):
            return Store.local()
        try:
            path = Path(asked).expanduser()
            store = Store.of_folder(str(path.resolve())) if path.is_dir() else Store.parse(asked)
        except ValueError as error:
            raise LightboxError(str(error)) from error
        environment = os.environ
        if "LIGHTBOX_TOKEN" in environment:
            store = replace(store, sign_in=SignInKind.BEARER)
        elif "LIGHTBOX_USER" in environment:
            store = replace(store, sign_in=SignInKind.BASIC)
        elif "/dicomStores/" in store.url:
            store = replace(store, sign_in=SignInKind.GOOGLE_DEFAULT)
    try:
        return replace(store, system=System(options.system)) if options.system else store
    except ValueError as error:
        names = ", ".join(system for system in System if system)
        raise LightboxError(f"There is no system called {options.system}. There are: {names}.") from error


async def _sign_in(backend: Backend, store: Store) -> None:
    from desktop_app.services.keychain import Secrets

    environment = os.environ
    if store.sign_in is SignInKind.BEARER and "LIGHTBOX_TOKEN" in environment:
        token = environment["LIGHTBOX_TOKEN"]
        await backend.sign_ins.use_once(store, Secrets(password=token, bearer_token=token))
    elif store.sign_in is SignInKind.BASIC and "LIGHTBOX_USER" in environment:
        secrets = Secrets(environment["LIGHTBOX_USER"], environment.get("LIGHTBOX_PASSWORD", ""))
        await backend.sign_ins.use_once(store, secrets)
    elif store.sign_in.in_browser and not backend.sign_ins.is_signed_in(store):
        _say("Sign in with the browser that opens now.")
        await backend.sign_ins.sign_in(store)


def _open_browser(address: str) -> None:
    if not webbrowser.open(address):
        _say(f"Open this address to sign in: {address}")


# ---------------------------------------------------------------------------------------------------------------- verbs

async def _search(backend: Backend, store: Store, options: CommandOptions) -> int:
    count, more = await _list(
        backend, store, options, lambda study: _put(options, _study_row(study), _study_line(study)))
    _say(f"{count} studies" + (", and there are more" if more else ""))
    return DONE


async def _search_all(backend: Backend, stores: Sequence[Store], options: CommandOptions) -> int:
    """Every archive at once. One that fails is named, and hides nothing of the others. Secrets of the environment are
    for one archive: here those of the keychain are used only."""
    async def ask(store: Store) -> tuple[int, bool]:
        def put(study: Study) -> None:
            _put(options, {"Archive": store.name, **_study_row(study)}, f"{_study_line(study)}\t{store.name}")

        if not backend.sign_ins.is_signed_in(store):
            raise SignInNeeded(_ALONE)
        return await _list(backend, store, options, put)

    asked = [store for store in stores if store.system.can_be_searched]
    answers = await asyncio.gather(*(ask(store) for store in asked), return_exceptions=True)
    found = 0
    for store, answer in zip(asked, answers, strict=True):
        if isinstance(answer, Exception):
            _say(f"{store.name}: {user_text(answer)}")
        elif isinstance(answer, BaseException):
            raise answer
        else:
            found += answer[0]
            if answer[1]:
                _say(f"{store.name}: there are more")
    failed = sum(isinstance(answer, Exception) for answer in answers)
    _say(f"{found} studies in {len(asked) - failed} of {len(asked)} archives")
    return PARTLY if failed else DONE


async def _list(
    backend: Backend, store: Store, options: CommandOptions, put: Callable[[Study], None]
) -> tuple[int, bool]:
    """How many studies were found, each handed to `put`, and whether there are more than were asked for."""
    first, _, last = options.date.partition("-")
    query = StudyQuery(
        options.text, options.patient_name, options.patient_id, options.accession, modality=options.modality.upper(),
        date_from=first, date_to=last if "-" in options.date else first)
    client = backend.connection(store).client
    seen: set[str] = set()
    offset = 0
    more = True
    while more and not (options.limit and len(seen) >= options.limit):
        page = await client.search_studies(query, offset=offset, limit=_PAGE)
        for study in page.items:
            if study.study_instance_uid not in seen and not (options.limit and len(seen) >= options.limit):
                seen.add(study.study_instance_uid)
                put(study)
        more, offset = page.more and page.next_offset > offset, page.next_offset
    return len(seen), more and bool(options.limit)


async def _retrieve(backend: Backend, store: Store, options: CommandOptions) -> int:
    from desktop_app.services.retrieval import Wanted, all_studies, copy_all

    assert options.to is not None
    if backend.policy.export_refusal:
        raise SwitchedOff(backend.policy.export_refusal)
    client = backend.connection(store).client
    named = list(options.things)
    if options.list is not None:
        text = await asyncio.to_thread(options.list.read_text)
        named += [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    wanted: list[Wanted] | AsyncIterator[Wanted] = (
        all_studies(client) if options.all else [Wanted.parse(one) for one in named])
    new = kept = failed = nbytes = 0
    copied: Counter[str] = Counter()
    copies = copy_all(client, wanted, options.to, max(1, options.at_once))
    try:
        async with aclosing(copies) as items:       # type: ignore[type-var]
            async for item in items:
                new, kept, failed = new + item.is_new, kept + (item.path is not None and not item.is_new), failed + (
                    item.error is not None)
                nbytes += item.nbytes
                copied[item.study_uid] += item.is_new
                _put_copied(options, item)
                _progress(f"{new} copied, {kept} here already, {failed} failed, {size_text(nbytes)}")
    finally:                                        # also what was copied before it was interrupted
        for study_uid, count in copied.items():
            if count:
                await backend.audit.note(AuditKind.EXPORTED, store.name, study_uid, count)
    _say(f"{new} copied, {kept} here already, {failed} failed, {size_text(nbytes)}")
    return PARTLY if failed else DONE


def _put_copied(options: CommandOptions, item: Copied) -> None:
    what = "/".join(part for part in (item.study_uid, item.series_uid, item.sop_uid) if part)
    state = "failed" if item.error else "copied" if item.is_new else "here already"
    reason = item.error.user_text if item.error else ""
    _put(options, {"uid": what, "state": state, "path": str(item.path or ""), "bytes": item.nbytes, "reason": reason},
         f"{state}: {what} {reason}".rstrip() if item.error else "")


async def _store(backend: Backend, store: Store, options: CommandOptions) -> int:
    uploader = backend.connection(store).uploader
    verdicts: Counter[Verdict] = Counter()
    paths = [Path(thing).absolute() for thing in options.things]  # noqa: ASYNC240  nobody else waits here
    upload_id = os.urandom(8).hex()
    async for event in uploader.upload(paths, upload_id=upload_id, title="command line"):
        for item in event.judged:
            assert item.verdict is not None
            verdicts[item.verdict] += 1
            line = "" if item.verdict in _GOOD else f"{item.verdict.value}: {item.path} {item.reason}".rstrip()
            _put(options, {"path": str(item.path), "member": item.member, "uid": item.sop_instance_uid,
                           "state": item.verdict.value, "reason": item.reason}, line)
        progress = event.progress
        _progress(f"{progress.done} of {progress.found} files, {size_text(progress.sent_bytes)}")
    await uploader.forget(upload_id)
    _say(", ".join(f"{count} {verdict.value}" for verdict, count in verdicts.items()) or "There was nothing to store.")
    return DONE if verdicts and set(verdicts) <= _GOOD else PARTLY


async def _delete(backend: Backend, store: Store, options: CommandOptions) -> int:
    from desktop_app.services.retrieval import Wanted

    failed = 0
    for thing in options.things:
        named = Wanted.parse(thing)
        target = DeletionTarget(named.study_uid, named.series_uid, named.sop_uid)
        offer = await backend.deletion_offer(store, target)
        state, reason = "would go", offer.refusal
        if not offer.refusal and options.yes:
            state = "deleted"
            try:
                async with aclosing(backend.delete(store, target)) as steps:
                    async for step in steps:
                        _progress(f"{step.done} of {step.total or '…'}")
            except (SignInNeeded, NotAllowed, Unreachable):
                raise
            except LightboxError as error:
                reason = error.user_text
        state = "not deleted" if reason else state
        failed += bool(reason)
        count = "" if offer.instances is None else f", {offer.instances} objects"
        _put(options, {"uid": thing, "state": state, "objects": offer.instances, "reason": reason},
             f"{state}: {thing}{count} {reason}".rstrip())
    if not options.yes:
        _say("Nothing was deleted. Say --yes to do it.")
    return PARTLY if failed else DONE


_VERBS: Mapping[str, Callable[[Backend, Store, CommandOptions], Awaitable[int]]] = {
    "search": _search, "retrieve": _retrieve, "store": _store, "delete": _delete,
}


# --------------------------------------------------------------------------------------------------------------- output

def _study_row(study: Study) -> dict[str, Any]:
    return {
        "StudyInstanceUID": study.study_instance_uid, "PatientName": study.patient_name.alphabetic,
        "PatientNameIdeographic": study.patient_name.ideographic, "PatientNamePhonetic": study.patient_name.phonetic,
        "PatientID": study.patient_id, "PatientBirthDate": study.patient_birth_date, "PatientSex": study.patient_sex,
        "StudyDate": study.study_date, "StudyTime": study.study_time, "ModalitiesInStudy": list(study.modalities),
        "StudyDescription": study.description, "AccessionNumber": study.accession_number,
        "NumberOfStudyRelatedSeries": study.series_count, "NumberOfStudyRelatedInstances": study.instance_count,
    }


def _study_line(study: Study) -> str:
    return "\t".join((
        study.study_instance_uid, study.study_date, "/".join(study.modalities), study.patient_id,
        study.patient_name.display, study.description))


def _put(options: CommandOptions, row: Mapping[str, Any], line: str) -> None:
    text = json.dumps(row, ensure_ascii=False) if options.json else line
    if text:
        print(text, flush=True)


def _progress(text: str) -> None:
    """How far it is; only where somebody looks on."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def _say(text: str) -> None:
    clear = "\r\x1b[K" if sys.stderr.isatty() else ""
    print(f"{clear}{text}", file=sys.stderr, flush=True)
