"""StudyObjects: what lies in a study and is no image, fetched and opened; and any object's bytes for who asks."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.study_object import StudyObject
from desktop_app.services.decoder import Decoder, Urgency

if TYPE_CHECKING:
    from desktop_app.core.difference import TagDifference
    from desktop_app.core.tag_row import TagRow
    from desktop_app.dicomweb.client import DicomWebClient
    from desktop_app.objects.tag_tree import TagTree
    from desktop_app.services.disk_cache import DiskCache

_KEPT_BYTES = 64 * 2**20


class StudyObjects:
    """Of one archive. Lives on the network thread."""

    def __init__(
        self, client: DicomWebClient, decoder: Decoder, disk: DiskCache | None = None, store_key: str = ""
    ) -> None:
        self._client, self._decoder = client, decoder
        self._disk, self._store_key = disk, store_key
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    async def bytes_of(self, ref: FrameRef, *, keep: bool = True) -> bytes:
        """The whole instance as Part 10 bytes, as the archive stores it: from this computer where it is here.

        Raises a LightboxError.
        """
        uid = ref.sop_instance_uid
        if uid in self._kept:
            self._kept.move_to_end(uid)
            return self._kept[uid]
        data = await self._disk.get(self._store_key, uid) if self._disk is not None else None
        if data is None:
            data = await self._client.retrieve_instance(ref.study_instance_uid, ref.series_instance_uid, uid)
        if keep:
            self._kept[uid] = data
            while sum(map(len, self._kept.values())) > _KEPT_BYTES and len(self._kept) > 1:
                self._kept.popitem(last=False)
        return data

    async def open(self, ref: FrameRef) -> StudyObject:
        """The object as it can be shown. Raises a LightboxError."""
        data = await self.bytes_of(ref)
        return await self._decoder.run(_open, data, urgency=Urgency.OPENING)

    async def tags(self, ref: FrameRef) -> tuple[TagTree, tuple[TagRow, ...]]:
        """All attributes of any instance, and the first level of them. The tree may be asked on any thread."""
        return await self._decoder.run(_tags, await self.bytes_of(ref), urgency=Urgency.OPENING)

    async def differences(self, first: FrameRef, second: FrameRef) -> tuple[TagDifference, ...]:
        """What is not the same in two instances, pixels left out."""
        data = await self.bytes_of(first), await self.bytes_of(second)
        return await self._decoder.run(_differences, *data, urgency=Urgency.OPENING)

    async def page(self, document: bytes, page: int, width_px: int) -> Any:
        """One page of a PDF as uint8 (rows, columns, 3)."""
        return await self._decoder.run(_page, document, page, width_px, urgency=Urgency.VISIBLE)


def _tags(data: bytes) -> tuple[TagTree, tuple[TagRow, ...]]:
    from desktop_app.objects.tag_tree import TagTree

    tree = TagTree(data)
    return tree, tree.rows()


def _differences(first: bytes, second: bytes) -> tuple[TagDifference, ...]:
    from desktop_app.objects.attributes import read
    from desktop_app.objects.difference import differences

    return differences(read(first), read(second))


def _open(data: bytes) -> StudyObject:
    """On a decode thread, the import too."""
    from desktop_app.objects.open_object import open_object

    return open_object(data)


def _page(document: bytes, page: int, width_px: int) -> Any:
    from desktop_app.objects.documents import render_page

    return render_page(document, page, width_px)
