"""Video: which objects hold all their frames in one stream (PS3.5 8.2.5 to 8.2.9)."""

from __future__ import annotations

_MPEG = "1.2.840.10008.1.2.4."
VIDEO = frozenset(f"{_MPEG}{number}{part}" for number in range(100, 109) for part in ("", ".1"))
_CLASSES = frozenset(f"1.2.840.10008.5.1.4.1.1.77.1.{kind}.1" for kind in (1, 2, 4))


def is_video(transfer_syntax_uid: str, sop_class_uid: str = "") -> bool:
    """Whether this is a video by its transfer syntax or, where that is not told, by its class: endoscopic,
    microscopic or photographic."""
    return transfer_syntax_uid in VIDEO or (not transfer_syntax_uid and sop_class_uid in _CLASSES)
