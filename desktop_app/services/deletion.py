"""Deletion from an archive: what would go, whether it may, and then gone from here too."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING

from desktop_app.core.deletion import DeletionOffer, DeletionProgress, DeletionTarget, DeletionWay, Level
from desktop_app.core.errors import LightboxError, SignInNeeded, Unreachable
from desktop_app.core.study import Instance
from desktop_app.core.words import say, t
from desktop_app.services.by_frames import entries_of

if TYPE_CHECKING:
    from desktop_app.dicomweb.client import DicomWebClient
    from desktop_app.services.disk_cache import DiskCache

_NOT_OFFERED = t(
    "services", "This archive does not offer deletion. Delete it there, with the archive's own tools.")
_REJECTED = t(
    "services", "This archive only hides what is deleted from it; its own rules decide when the files are "
    "removed.")
_MOST_COUNTED = 20_000


async def offer_of(client: DicomWebClient, target: DeletionTarget, refusal: str) -> DeletionOffer:
    """What a deletion would do. `refusal`: why the person signed in may not, as far as that is known beforehand.

    Raises SignInNeeded and Unreachable; what else is not known is left open.
    """
    way = await client.deletion_way()
    if not way.is_offered:
        return DeletionOffer(target, refusal=say("services", _NOT_OFFERED))
    if refusal:
        return DeletionOffer(target, refusal=refusal)
    uids = await instances_of(client, target)
    remark = say("services", _REJECTED) if way is DeletionWay.REJECT else ""
    return DeletionOffer(target, None if uids is None else len(uids), remark=remark)


async def instances_of(client: DicomWebClient, target: DeletionTarget) -> tuple[str, ...] | None:
    """The SOP Instance UIDs that belong to it, None when the archive cannot list them."""
    if target.level is Level.INSTANCE:
        return (target.sop_instance_uid,)
    listed = await _listed(client, target, only_uids=True)
    return None if listed is None else tuple(instance.sop_instance_uid for instance in listed)


async def _listed(client: DicomWebClient, target: DeletionTarget, *, only_uids: bool) -> list[Instance] | None:
    study = target.study_instance_uid
    found: list[Instance] = []
    try:
        series = [target.series_instance_uid] if target.series_instance_uid else [
            one.series_instance_uid async for one in client.iter_series(study)]
        for uid in series:
            found += [instance async for instance in client.iter_instances(study, uid, only_uids=only_uids)]
            if len(found) > _MOST_COUNTED:
                return None
    except (SignInNeeded, Unreachable):
        raise
    except LightboxError:
        return None
    return [one for one in found if target.sop_instance_uid in ("", one.sop_instance_uid)]


async def delete(
    client: DicomWebClient, store_key: str, target: DeletionTarget, disk: DiskCache | None
) -> AsyncGenerator[DeletionProgress, None]:
    """Deletes at the archive, then what is kept of it on this machine's disk."""
    # In full, since how many frames an instance has tells by which names it is kept.
    kept = await _listed(client, target, only_uids=False) if disk is not None else None
    if kept is None and target.level is Level.INSTANCE:
        kept = [Instance(target.study_instance_uid, target.series_instance_uid, target.sop_instance_uid)]
    async with aclosing(client.deleting(target)) as steps:
        async for progress in steps:
            yield progress
    if disk is not None:
        for name in [name for instance in kept or () for name in entries_of(instance)]:
            if disk.has(store_key, name):
                await disk.remove(store_key, name)
