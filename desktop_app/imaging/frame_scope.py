"""FrameScope: an attribute where a frame may say it: in its own functional groups, in the shared ones, at the top of
the dataset (PS3.3 C.7.6.16)."""

from __future__ import annotations

from desktop_app.imaging.elements import Elements


class FrameScope:
    """Where one frame's attributes are looked for, nearest first."""

    __slots__ = ("top", "shared", "own")

    def __init__(self, top: Elements, shared: Elements | None, own: Elements | None) -> None:
        self.top, self.shared, self.own = top, shared, own

    def macros(self, sequence: str) -> list[Elements]:
        """The first items of a functional group, of the frame and shared, and the top of the dataset."""
        groups = (group.item(sequence) for group in (self.own, self.shared) if group is not None)
        return [*(group for group in groups if group is not None), self.top]

    def numbers(self, sequence: str, keyword: str) -> tuple[float, ...]:
        return next((found for macro in self.macros(sequence) if (found := macro.numbers(keyword))), ())

    def texts(self, sequence: str, keyword: str) -> tuple[str, ...]:
        return next((found for macro in self.macros(sequence) if (found := macro.texts(keyword))), ())

    def origin(self, sequence: str, *keywords: str) -> str:
        """Where one of the attributes is found first: `frame`, `shared`, `image`; empty where it is not given."""
        for name, group in (("frame", self.own), ("shared", self.shared)):
            macro = group.item(sequence) if group is not None else None
            if macro is not None and any(keyword in macro for keyword in keywords):
                return name
        return "image" if any(keyword in self.top for keyword in keywords) else ""
