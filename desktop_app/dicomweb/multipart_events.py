"""The machine below `multipart`: where parts begin and end, without I/O (RFC 2046 5.1).

It can be fed at every cut with the same outcome, looks at each byte a bounded number of times, and forgives what
servers do: a preamble, bare LF line ends, folded, missing or relative headers, a missing closing delimiter, an
epilogue, a boundary that was announced wrongly or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType

_MAX_BOUNDARY = 256                     # RFC 2046 says 70; servers differ
_MAX_PADDING = 256                      # blanks that may follow a delimiter
_MAX_HEADER_NAME = 256
_MAX_HEADER_BLOCK = 64 * 1024
_MAX_SNIFFED_PREAMBLE = 64 * 1024
_MAX_HINT = 64 * 1024 * 1024            # a longer part is searched: a lie about its length must not fill the memory

_HEADER_NAME = re.compile(rb"[!#$%%&'*+.^_`|~0-9A-Za-z-]{0,%d}" % _MAX_HEADER_NAME)
_DELIMITER_LINE = re.compile(rb"--([^\s]{1,%d})[ \t]*\r?\n" % _MAX_BOUNDARY)
_TEXT = re.compile(rb"[\t\r\n -~]*")
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
    """The part is here whole: a delimiter follows it, or the message ends where its Content-Length says."""


Event = PartBegin | PartData | PartEnd


class _Line(Enum):
    HEADER = auto()         # a header, its continuation, or the blank line
    BODY = auto()
    UNDECIDED = auto()      # cut too early to tell


@dataclass(frozen=True, slots=True)
class _Delimiter:
    """A delimiter line. `start`: where what precedes it ends; `end`: the index behind the line."""

    start: int
    end: int
    closing: bool


_NOT_YET = object()


class MultipartEvents:
    """The machine. Feed it the body of a message in any pieces, then close it.

    `boundary` is the parameter of the Content-Type; without one the first `--line` of the body names it, and a body
    without such a line is one part as it is. With `whole_parts` each part's bytes come in one PartData and its
    Content-Length saves the search; without, they pass as they come, in bounded memory.
    """

    def __init__(self, boundary: str | None = None, *, whole_parts: bool = False) -> None:
        self._boundary = (boundary or "").encode("utf-8", "surrogateescape").rstrip(b" \t")
        self._whole = whole_parts
        self._buffer = bytearray()
        self._step: Callable[[], bool] = self._start
        self._events: list[Event] = []
        self._ended = False              # no more bytes will come
        self._searched = 0               # no delimiter begins before this index of the buffer
        self._passed = 0                 # bytes of the current part already given
        self._length: int | None = None  # Content-Length of the current part, until it proves wrong
        self._bare_lf = False            # how the delimiter line before the current part ended
        self.complete = False            # the closing delimiter was seen, or the message was one part as it is
        self.is_single = False           # no multipart at all: the body is the one part
        self.is_blank = True             # nothing but line ends has come
        self.notes: list[str] = []       # what had to be forgiven

    def feed(self, data: bytes | bytearray | memoryview) -> list[Event]:
        """What the next piece of the message brings."""
        self._buffer += data
        return self._run()

    def close(self) -> list[Event]:
        """What is left when the message has ended. A part that broke off gets no PartEnd."""
        self._ended = True
        return self._run()

    def _run(self) -> list[Event]:
        while self._step():             # each step says whether the next one may go on with what is in the buffer
            pass
        events, self._events = self._events, []
        return events

    # ------------------------------------------------------------------------------------------ before the first part

    def _start(self) -> bool:
        """Decide from the first line which boundary is in use."""
        blank = len(self._buffer) - len(self._buffer.lstrip(b"\r\n"))
        if len(self._buffer) - blank < 2 and not self._ended:
            return False
        if len(self._buffer) == blank:
            return False
        self.is_blank = False
        if self._buffer.startswith(b"--", blank):
            line = self._first_line(blank)
            if line is None:
                return False
            if self._boundary and line in (self._boundary, self._boundary + b"--"):
                return self._go(self._preamble)
            found = self._sniffed(blank)
            if found is _NOT_YET:
                return False
            if isinstance(found, bytes):
                if self._boundary:
                    self.notes.append("the boundary in the header is not the one in the body")
                self._boundary = found
                return self._go(self._preamble)
        return self._go(self._preamble if self._boundary else self._unannounced)

    def _first_line(self, at: int) -> bytes | None:
        """The first line without its dashes and line end; what there is of a longer one; None while it may grow."""
        limit = at + 2 + _MAX_BOUNDARY + _MAX_PADDING
        end = self._buffer.find(b"\n", at, limit)
        if end < 0 and len(self._buffer) < limit and not self._ended:
            return None
        return bytes(self._buffer[at + 2:end if end >= 0 else limit]).rstrip(b" \t\r")

    def _sniffed(self, at: int) -> object:
        """The boundary of the delimiter line at `at`, if something like a part follows it; None or _NOT_YET else."""
        line = _DELIMITER_LINE.match(self._buffer, at)
        if line is None:
            whole = bytes(self._buffer[at + 2:])
            only_closing = self._ended and whole.endswith(b"--") and whole == whole.strip() and len(whole) > 2
            return whole[:-2] if only_closing else None
        token = line.group(1)
        if token.endswith(b"--") and self._ended and not self._buffer[line.end():].strip():
            return token[:-2]                           # a closing delimiter and nothing else: no parts
        kind = self._line_at(line.end(), may_fold=False)
        if kind is _Line.UNDECIDED and not self._ended:
            return _NOT_YET
        return token if kind is _Line.HEADER else None

    def _unannounced(self) -> bool:
        """No boundary known and no delimiter at the beginning: a preamble of text, or one part as it is."""
        text = _TEXT.match(self._buffer, 0, _MAX_SNIFFED_PREAMBLE)
        text_end = text.end() if text else 0
        at = self._buffer.find(b"\n--", 0, text_end)
        while at >= 0:
            found = self._sniffed(at + 1)
            if found is _NOT_YET or (found is None and not self._ended and self._is_cut_line(at + 1)):
                return False
            if isinstance(found, bytes):
                self._boundary = found
                return self._go(self._preamble)
            at = self._buffer.find(b"\n--", at + 1, text_end)
        if text_end == len(self._buffer) < _MAX_SNIFFED_PREAMBLE and not self._ended:
            return False
        return self._take_as_single()

    def _is_cut_line(self, at: int) -> bool:
        limit = at + 2 + _MAX_BOUNDARY + _MAX_PADDING
        return self._buffer.find(b"\n", at, limit) < 0 and len(self._buffer) < limit

    def _take_as_single(self) -> bool:
        self.is_single = True
        self._begin(NO_HEADERS)
        return self._go(self._single)

    def _single(self) -> bool:
        if not self._whole or self._ended:
            self._pass(len(self._buffer))
        if self._ended:
            self._end()
            self.complete = True
            return self._go(self._epilogue)
        return False

    def _preamble(self) -> bool:
        """Skip to the first delimiter."""
        found = self._find_delimiter()
        if found is not None:
            return self._after_delimiter(found)
        if not self._whole:
            self._drop(max(0, self._searched - 2))
        elif self._ended and self._buffer and _TEXT.fullmatch(self._buffer, 0, 132) is None:
            self.notes.append("announced as multipart, sent in one piece")
            return self._take_as_single()
        return False

    # ---------------------------------------------------------------------------------------------------------- parts

    def _after_delimiter(self, found: _Delimiter) -> bool:
        self._bare_lf = self._ends_with_bare_lf(found)
        self._drop(found.end)
        if found.closing:
            self.complete = True
            return self._go(self._epilogue)
        return self._go(self._headers)

    def _headers(self) -> bool:
        """Read header lines up to the blank one. The first line that is no header line begins the body."""
        at = 0
        lines: list[bytes] = []
        while True:
            kind = self._line_at(at, may_fold=bool(lines))
            end = self._buffer.find(b"\n", at, _MAX_HEADER_BLOCK)
            unfinished = kind is _Line.HEADER and end < 0 and len(self._buffer) < _MAX_HEADER_BLOCK
            if (unfinished or kind is _Line.UNDECIDED) and not self._ended:
                return False
            if kind is not _Line.HEADER or end < 0:
                break
            line = bytes(self._buffer[at:end]).rstrip(b"\r")
            at = end + 1
            if not line.strip():
                break
            if line[:1] in (b" ", b"\t") and lines:
                lines[-1] += b" " + line.strip()
            else:
                lines.append(line)
        if self._ended and not self._buffer:
            return False                                # a delimiter, then nothing: no part
        self._drop(at)
        headers = _parse_headers(lines)
        length = headers.get("content-length", "").strip()
        self._length = int(length) if length.isascii() and length.isdigit() and len(length) < 16 else None
        self._begin(headers)
        return self._go(self._body)

    def _line_at(self, at: int, *, may_fold: bool) -> _Line:
        """What kind of line begins at `at`."""
        first = bytes(self._buffer[at:at + 1])
        if not first:
            return _Line.UNDECIDED
        if first == b"\n" or (may_fold and first in (b" ", b"\t")):
            return _Line.HEADER
        if first == b"\r":
            second = self._buffer[at + 1:at + 2]
            return _Line.HEADER if second == b"\n" else _Line.BODY if second else _Line.UNDECIDED
        name = _HEADER_NAME.match(self._buffer, at)
        end = name.end() if name else at
        following = bytes(self._buffer[end:end + 8])
        if following.strip(b" \t"):
            return _Line.HEADER if following.lstrip(b" \t")[:1] == b":" and end > at else _Line.BODY
        return _Line.UNDECIDED if len(following) < 8 else _Line.BODY

    def _body(self) -> bool:
        if self._whole and self._length is not None and self._length <= _MAX_HINT:
            if len(self._buffer) < self._length + len(self._boundary) + 6 and not self._ended:
                return False
            found = self._delimiter_at_length(self._length)
            if found is _NOT_YET:
                return False
            if isinstance(found, _Delimiter):
                return self._finish_part(found)
            if not self._ended:
                self._length = None                     # wrong: search instead
        found = self._find_delimiter()
        if isinstance(found, _Delimiter):
            return self._finish_part(found)
        if self._ended:
            return self._break_off()
        if not self._whole:
            self._pass(max(0, self._searched - 2))      # the line end before a delimiter may be among the last bytes
        return False

    def _finish_part(self, found: _Delimiter) -> bool:
        self._pass(found.start)
        self._end()
        return self._after_delimiter(_Delimiter(0, found.end - found.start, found.closing))

    def _break_off(self) -> bool:
        """The message ends inside a part. Its Content-Length can still say that the part itself is whole."""
        rest_at = (self._length or 0) - self._passed
        if self._length is not None and 0 <= rest_at <= len(self._buffer):
            rest = bytes(self._buffer[rest_at:])
            if not rest.strip(b"\r\n") or (b"\r\n--" + self._boundary + b"--\r\n").startswith(rest):
                self._pass(rest_at)
                self._end()
                return self._go(self._epilogue)
        self._pass(len(self._buffer))
        return self._go(self._epilogue)

    def _epilogue(self) -> bool:
        self._drop(len(self._buffer))
        return False

    # ----------------------------------------------------------------------------------------------------- delimiters

    def _find_delimiter(self) -> _Delimiter | None:
        """The next delimiter, None while there is none. Continues where the last search ended."""
        needle = b"\n--" + self._boundary
        if self._passed == 0 and self._searched == 0:   # at the very beginning it needs no line end before it
            end = self._delimiter_line(0)
            if isinstance(end, _Delimiter):
                return end
            if end is _NOT_YET:
                return None
        while True:
            at = self._buffer.find(needle, self._searched)
            if at < 0:
                self._searched = max(self._searched, len(self._buffer) - len(needle) + 1)
                return None
            end = self._delimiter_line(at + 1)
            if isinstance(end, _Delimiter):
                has_cr = at > 0 and self._buffer[at - 1] == 0x0D
                body_keeps_cr = self._bare_lf and self._ends_with_bare_lf(end, unknown=True)
                return _Delimiter(at - (has_cr and not body_keeps_cr), end.end, end.closing)
            if end is _NOT_YET:
                self._searched = at
                return None
            self._searched = at + 1

    def _delimiter_at_length(self, length: int) -> object:
        """The delimiter right behind `length` bytes; None when there is none, _NOT_YET when it cannot be told."""
        for line_end in (b"\r\n", b"\n", b"") if length == 0 else (b"\r\n", b"\n"):
            if self._buffer.startswith(line_end, length):
                found = self._delimiter_line(length + len(line_end))
                if found is not None:
                    return _Delimiter(length, found.end, found.closing) if isinstance(found, _Delimiter) else found
        return None

    def _delimiter_line(self, at: int) -> object:
        """The delimiter line beginning at `at`; None when there is none, _NOT_YET when it cannot be told yet."""
        dashed = b"--" + self._boundary
        if not self._buffer.startswith(dashed, at):
            cut = len(self._buffer) - at < len(dashed) and dashed.startswith(self._buffer[at:]) and not self._ended
            return _NOT_YET if cut else None
        end = at + len(dashed)
        dashes = bytes(self._buffer[end:end + 2])
        if dashes in (b"", b"-") and not self._ended:
            return _NOT_YET
        closing = dashes == b"--"
        end += 2 * closing
        padding = bytes(self._buffer[end:end + _MAX_PADDING])
        following = padding.lstrip(b" \t")
        end += len(padding) - len(following)
        if following.startswith(b"\n"):
            return _Delimiter(at, end + 1, closing)
        if following.startswith(b"\r\n"):
            return _Delimiter(at, end + 2, closing)
        if following in (b"", b"\r") and len(padding) < _MAX_PADDING:
            return _Delimiter(at, len(self._buffer), closing) if self._ended else _NOT_YET
        return None                                     # a payload that looks alike, or a longer boundary

    def _ends_with_bare_lf(self, found: _Delimiter, *, unknown: bool = False) -> bool:
        last_two = self._buffer[max(0, found.end - 2):found.end]
        return last_two[-1:] == b"\n" and last_two != b"\r\n" if last_two.endswith(b"\n") else unknown

    # --------------------------------------------------------------------------------------------------------- output

    def _go(self, step: Callable[[], bool]) -> bool:
        self._step = step
        return True

    def _begin(self, headers: Mapping[str, str]) -> None:
        self._passed = 0
        self._searched = 0
        self._events.append(PartBegin(headers))

    def _pass(self, length: int) -> None:
        if length > 0:
            with memoryview(self._buffer) as view:
                data = bytes(view[:length])
            self._events.append(PartData(data))
            self._passed += length
            self._drop(length)

    def _end(self) -> None:
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
