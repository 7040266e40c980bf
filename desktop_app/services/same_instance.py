"""Whether two Part 10 files hold the same instance."""

from __future__ import annotations

from io import BytesIO


def same_instance(ours: bytes, theirs: bytes) -> bool:
    """True when the data sets are equal, whatever the file meta information says of who wrote them.

    Pixel data are compared as stored; a copy in another transfer syntax is not the same file.
    """
    import pydicom

    if ours == theirs:
        return True
    try:
        return bool(pydicom.dcmread(BytesIO(ours)) == pydicom.dcmread(BytesIO(theirs)))
    except Exception:
        return False
