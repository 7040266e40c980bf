"""The machine below `multipart`: where parts begin and end, without I/O (RFC 2046 5.1).

It can be fed at every cut, looks at each byte a bounded number of times, and forgives what servers do: a preamble,
bare LF line ends, folded, missing or relative headers, a missing closing delimiter, an epilogue, a boundary that was
not announced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

_MAX_HEADER_BLOCK = 64 * 1024
_MAX_HEADER_NAME = 256
_MAX_PADDING = 256                       # spaces that may follow a delimiter
_MAX_BOUNDARY = 256                      # RFC 2046 says 70; servers differ
_MAX_PREAMBLE_SNIFF = 64 * 1024
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]*")
_SNIFFED_LINE = re.compile(rb"(?:\A|\n)--([^\r\n]{1,%d})\r?\n" % _MAX_BOUNDARY)
NO_HEADERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PartBegin:
    """A part begins. Header names are in lower case, folded values joined."""

    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PartData:
    """The next bytes of the part."""

    data: bytes


@dataclass(frozen=True, slots=True)
class PartEnd:
    """The part is here whole: a delimiter follows it, or its Content-Length is reached where the message ends."""


class MultipartEvents:
    """The machine. Feed it the body of a message in any pieces, then close it.

    `boundary` is the parameter of the Content-Type, empty or None when there was none: then the first `--line` of the
    body names it, and a body without such a line is one part as it is. With `whole_parts` each part's bytes come in
    one PartData, and its Content-Length saves the search; without, they pass as they come.
    """

    def __init__(self, boundary: str | None = None, *, whole_parts: bool = False) -> None:
        self._boundary = (boundary or "").encode("utf-8", "surrogateescape").rstrip(b" \t")
        self._whole = whole_parts
        self._buffer = bytearray()
        self._step = self._start
        self._searched = 0               # nothing before it needs to be looked at again
        self._hint: int | None = None    # Content-Length of the current part, until it proves wrong
        self._bare_lf = False            # the line end of the delimiter before the current part
        self._open = False
        self._ended = False              # no more bytes will come
        self._events: list[PartBegin | PartData | PartEnd] = []
        self.complete = False            # the closing delimiter was seen
        self.is_single = False           # no multipart at all: the body is the one part
        self.notes: list[str] = []       # what had to be forgiven

    def feed(self, data: bytes | bytearray | memoryview) -> list[PartBegin | PartData | PartEnd]:
        """What the next piece of the message brings."""
        self._buffer += data
        return self._run()

    def close(self) -> list[PartBegin | PartData | PartEnd]:
        """What is left when the message has ended. A part that broke off gets no PartEnd."""
        self._ended = True
        return self._run()

    def _run(self) -> list[PartBegin | PartData | PartEnd]:
        while self._step():
            pass
        events, self._events = self._events, []
        return events

    # Each step returns whether there may be more to do with what is in the buffer.

    def _start(self) -> bool:
        """Decide from the first line which boundary is in use."""
        blank = len(self._buffer) - len(self._buffer.lstrip(b"\r\n"))
        head = self._buffer[blank:]
        if not self._ended and len(head) < 2:
            return False
        if head.startswith(b"--"):
            line_end = head.find(b"\n", 0, _MAX_BOUNDARY + 4)
            if line_end < 0 and len(head) <= _MAX_BOUNDARY + 4 and not self._ended:
                return False
            line = bytes(head[:line_end] if line_end >= 0 else head)[2:].rstrip(b" \t\r")
            if self._boundary and line in (self._boundary, self._boundary + b"--"):
                return self._go(self._preamble)
            if line_end >= 0 and (not self._boundary or not self._occurs()):
                if self._boundary and not self._looks_like_part(head, line_end + 1):
                    if not self._ended and len(head) < line_end + 1 + _MAX_HEADER_NAME + 2:
                        return False
                    return self._go(self._preamble)
                if self._boundary:
                    self.notes.append("the boundary in the header is not the one in the body")
                self._boundary = line.removesuffix(b"--") if self._ended and line.endswith(b"--") else line
                return self._go(self._preamble)
        if self._boundary:
            return self._go(self._preamble)
        return self._start_without_boundary()

    def _start_without_boundary(self) -> bool:
        if self._is_text(self._buffer[:_MAX_PREAMBLE_SNIFF]):
            found = _SNIFFED_LINE.search(self._buffer, 0, _MAX_PREAMBLE_SNIFF)
            if found and self._looks_like_part(self._buffer, found.end()):
                self._boundary = found.group(1).rstrip(b" \t")
                return self._go(self._preamble)
            if not self._ended and len(self._buffer) < _MAX_PREAMBLE_SNIFF:
                return False
        if not self._buffer:
            return False
        self.is_single = True
        self._begin(NO_HEADERS)
        return self._go(self._single)

    @staticmethod
    def _is_text(data: bytearray) -> bool:
        return not data.translate(None, bytes(range(32, 127)) + b"\t\r\n") if data else False

    @staticmethod
    def _looks_like_part(data: bytearray, at: int) -> bool:
        name = _NAME.match(data, at, at + _MAX_HEADER_NAME)
        end = name.end() if name else at
        return (data[end:end + 1] == b":" and end > at) or data[at:at + 1] == b"\n" or data[at:at + 2] == b"\r\n"

    def _occurs(self) -> bool:
        return b"--" + self._boundary in self._buffer

    def _preamble(self) -> bool:
        """Skip to the first delimiter; it may stand at the very beginning."""
        found = self._find_delimiter(at_start=True)
        if found is None:
            return False
        _, after, closing = found
        return self._after_delimiter(after, closing)

    def _after_delimiter(self, after: int, closing: bool) -> bool:
        self._bare_lf = self._buffer[after - 2:after] != b"\r\n" and self._buffer[after - 1:after] == b"\n"
        self._drop(after)
        if closing:
            self.complete = True
            return self._go(self._epilogue)
        return self._go(self._headers)

    def _headers(self) -> bool:
        """Read header lines up to the blank one. What is no header line begins the body."""
        at = 0
        lines: list[bytes] = []
        while True:
            state = self._line_state(at, bool(lines))
            if state == "undecided" and not self._ended:
                return False
            line_end = self._buffer.find(b"\n", at, _MAX_HEADER_BLOCK)
            if state == "header" and line_end < 0 and not self._ended and len(self._buffer) < _MAX_HEADER_BLOCK:
                return False
            if state != "header" or line_end < 0:
                break
            line = bytes(self._buffer[at:line_end]).rstrip(b"\r")
            at = line_end + 1
            if not line.strip():
                break
            if line[:1] in b" \t" and lines:
                lines[-1] += b" " + line.strip()
            else:
                lines.append(line)
        if not self._buffer and self._ended:
            return False                                # a delimiter, then nothing: no part
        self._drop(at)
        headers = _parse_headers(lines)
        length = headers.get("content-length", "").strip()
        self._hint = int(length) if self._whole and length.isascii() and length.isdigit() else None
        self._begin(headers)
        return self._go(self._body)

    def _line_state(self, at: int, may_fold: bool) -> str:
        """`header` for a header, continuation or blank line, `body` for anything else, `undecided` when cut too early."""
        first = self._buffer[at:at + 1]
        if not first:
            return "undecided"
        if first == b"\n" or (first in b" \t" and may_fold):
            return "header"
        if first == b"\r":
            second = self._buffer[at + 1:at + 2]
            return "undecided" if not second else "header" if second == b"\n" else "body"
        name = _NAME.match(self._buffer, at, at + _MAX_HEADER_NAME)
        end = name.end() if name else at
        following = bytes(self._buffer[end:end + 8]).lstrip(b" \t")
        if following:
            return "header" if following[:1] == b":" and end > at else "body"
        return "undecided" if end - at < _MAX_HEADER_NAME and len(self._buffer) - end < 8 else "body"

    def _body(self) -> bool:
        if self._hint is not None:
            verdict = self._check_hint(self._hint)
            if verdict is None:
                return False
            if verdict:
                return True
            self._hint = None
        found = self._find_delimiter(at_start=True)
        if found is not None:
            body_end, after, closing = found
            self._pass(body_end)
            self._end()
            return self._after_delimiter(after - body_end, closing)
        if not self._whole:
            self._pass(max(0, self._searched - 2))      # a line end may belong to the delimiter
        if self._ended:
            self._pass(len(self._buffer))
        return False

    def _check_hint(self, length: int) -> bool | None:
        """Whether the part ends where its Content-Length says; None while that cannot be seen."""
        needed = length + 2 + 2 + len(self._boundary) + 2
        if len(self._buffer) < needed and not self._ended:
            return None
        for line_end in (b"\r\n", b"\n", b""):
            start = length + len(line_end)
            if (line_end and self._buffer[length:start] != line_end) or (not line_end and length):
                continue
            after = self._delimiter_after(start)
            if after == "wait":
                return None
            if isinstance(after, tuple):
                self._pass(length)
                self._end()
                return self._after_delimiter(after[0] - length, after[1])
        if self._ended and not self._buffer[length:].strip(b"\r\n") and len(self._buffer) >= length:
            self._pass(length)
            self._end()
            self._drop(len(self._buffer))
            return self._go(self._epilogue)
        return False

    def _find_delimiter(self, *, at_start: bool) -> tuple[int, int, bool] | None:
        """(end of what precedes, index after the delimiter line, closing) of the next delimiter, or None."""
        needle = b"\n--" + self._boundary
        if at_start and self._searched == 0 and self._buffer.startswith(needle[1:len(self._buffer) + 1]):
            after = self._delimiter_after(0)
            if after == "wait" or (not self._ended and len(self._buffer) < len(needle) - 1):
                return None
            if isinstance(after, tuple):
                return 0, after[0], after[1]
        while True:
            at = self._buffer.find(needle, self._searched)
            if at < 0:
                self._searched = max(self._searched, len(self._buffer) - len(needle) + 1)
                return None
            after = self._delimiter_after(at + 1)
            if after == "wait":
                self._searched = at
                return None
            if isinstance(after, tuple):
                with_cr = at > 0 and self._buffer[at - 1] == 0x0D and not self._bare_lf
                return at - with_cr, after[0], after[1]
            self._searched = at + 1

    def _delimiter_after(self, start: int) -> tuple[int, bool] | str:
        """(index after the line, closing) if `--boundary` and a proper line end stand at `start`, else `no` or `wait`."""
        dashed = b"--" + self._boundary
        if not self._buffer.startswith(dashed, start):
            return "no"
        at = start + len(dashed)
        rest = bytes(self._buffer[at:at + 2])
        closing = rest == b"--"
        if len(rest) < 2 and rest in (b"", b"-") and not self._ended:
            return "wait"
        at += 2 if closing else 0
        tail = bytes(self._buffer[at:at + _MAX_PADDING])
        stripped = tail.lstrip(b" \t")
        at += len(tail) - len(stripped)
        if stripped[:1] == b"\n":
            return at + 1, closing
        if stripped[:2] == b"\r\n":
            return at + 2, closing
        if stripped in (b"", b"\r") and len(tail) < _MAX_PADDING:
            return (len(self._buffer), closing) if self._ended else "wait"
        return "no"

    def _single(self) -> bool:
        if not self._whole or self._ended:
            self._pass(len(self._buffer))
        if self._ended and self._open:
            self._end()
            self.complete = True
        return False

    def _epilogue(self) -> bool:
        self._drop(len(self._buffer))
        return False

    def _go(self, step: object) -> bool:
        self._step = step                                # type: ignore[assignment]
        return True

    def _begin(self, headers: Mapping[str, str]) -> None:
        self._open = True
        self._events.append(PartBegin(headers))

    def _pass(self, length: int) -> None:
        if length > 0:
            with memoryview(self._buffer) as view:
                data = bytes(view[:length])
            self._events.append(PartData(data))
            self._drop(length)

    def _end(self) -> None:
        self._open = False
        self._hint = None
        self._events.append(PartEnd())

    def _drop(self, length: int) -> None:
        del self._buffer[:length]
        self._searched = max(0, self._searched - length)


def _parse_headers(lines: Iterable[bytes]) -> Mapping[str, str]:
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = line.decode("utf-8", "replace").partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    return MappingProxyType(headers)
