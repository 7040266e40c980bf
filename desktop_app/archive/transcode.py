"""Explicit VR Little Endian of what is stored otherwise (PS3.18 8.7.3.5.2): the one conversion clients may ask for.

Decoding goes through the same codecs as the viewer's. The bytes differ from those stored; the stored ones never change.
"""

from __future__ import annotations

import io
import threading
import warnings
from typing import TYPE_CHECKING

from desktop_app.archive.header_json import little_endian
from desktop_app.archive.part10 import EXPLICIT_LITTLE, NATIVE_SYNTAXES
from desktop_app.core.errors import CannotDecode, DicomError

if TYPE_CHECKING:
    from pydicom import Dataset

_REGISTERING = threading.Lock()


def can_transcode(transfer_syntax_uid: str) -> bool:
    """Whether instances of this transfer syntax can be sent in Explicit VR Little Endian."""
    if transfer_syntax_uid in NATIVE_SYNTAXES:
        return True
    from desktop_app.imaging.codecs import can_decode
    return can_decode(transfer_syntax_uid)


def to_explicit_little(data: bytes) -> bytes:
    """The same instance in Explicit VR Little Endian, its pixels uncompressed. Raises DicomError."""
    import pydicom
    from pydicom.uid import UID

    _lend_codecs()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            dataset = pydicom.dcmread(io.BytesIO(data))
            if dataset.file_meta.TransferSyntaxUID.is_compressed and "PixelData" in dataset:
                dataset.decompress(generate_instance_uid=False)
            elif not dataset.file_meta.TransferSyntaxUID.is_little_endian:
                _swap_words(dataset)
            dataset.file_meta.TransferSyntaxUID = UID(EXPLICIT_LITTLE)
            target = io.BytesIO()
            pydicom.dcmwrite(target, dataset, implicit_vr=False, little_endian=True, force_encoding=True)
    except DicomError:
        raise
    except Exception as error:      # pydicom raises whatever its codecs raise
        raise CannotDecode("The object cannot be sent uncompressed; as stored it can.", detail=str(error)) from error
    return target.getvalue()


def _lend_codecs() -> None:
    """pydicom's registry of decoders is not made for threads."""
    from desktop_app.imaging.pydicom_plugin import register
    with _REGISTERING:
        register()


def _swap_words(dataset: Dataset) -> None:
    """pydicom swaps numbers when it writes another byte order, but not the words of binary values."""
    for element in dataset.iterall():
        if isinstance(element.value, bytes):
            element.value = little_endian(element.value, element.VR, True)
