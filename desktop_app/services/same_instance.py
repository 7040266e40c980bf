"""Whether two Part 10 files hold the same instance."""

from __future__ import annotations

from io import BytesIO

from desktop_app.core.errors import DamagedDicom
from desktop_app.core.words import say


def same_instance(ours: bytes, theirs: bytes) -> bool:
    """True when the data sets are equal, whatever the file meta information says of who wrote them.

    Pixel data are compared as stored; a copy in another transfer syntax is not the same file. Raises DamagedDicom when
    one of the two cannot be read: then nobody knows.
    """
    import pydicom

    if ours == theirs:
        return True
    try:
        return bool(pydicom.dcmread(BytesIO(ours)) == pydicom.dcmread(BytesIO(theirs)))
    except Exception as error:  # pydicom raises whatever the bytes make it
        raise DamagedDicom(say(
            "services", "It cannot be compared: one of the two is damaged."), detail=type(error).__name__) from error
