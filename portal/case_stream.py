"""Reads a case file piece by piece, however long it is, and writes one in canonical form (docs/case-format.md).

No more than one piece of the file is held at a time. The json module reads each piece; the ready-made streaming reader for
Python silently turns half of a surrogate pair into a question mark, which would change somebody's words.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TextIO

from portal.json_schema import named

CHUNK = 1 << 16
_SPACE = re.compile(r"[ \t\n\r]*")
# An escape or a word that was cut off at the end of what was read is at most this long.
_CUT = 16


class BrokenFileError(Exception):
    """The file is not the JSON it should be; the text names the place and the reason."""


@dataclass(frozen=True)
class Piece:
    """The value of a top-level key, or (with a position) one item of a top-level list; a list itself comes first, empty."""

    key: str
    value: Any
    position: int | None = None

    @property
    def path(self) -> str:
        """Where it stands, such as ``$.entries[17]``."""
        return f"$.{self.key}" if self.position is None else f"$.{self.key}[{self.position}]"


def pieces(path: Path) -> Iterator[Piece]:
    """Every piece of the JSON object in a file, in the order of the file. Raises ``BrokenFileError``, also for a key that stands twice."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from _Reader(file).pieces()


def canonical(parts: Iterable[tuple[str, Any]], out: TextIO) -> None:
    """Writes an object from its keys and values, a list given as an iterator item by item; each step one space, one newline at the end."""
    out.write("{")
    for number, (key, value) in enumerate(parts):
        out.write(("," if number else "") + f"\n {_text(key, 1)}: ")
        if not isinstance(value, Iterator):
            out.write(_text(value, 1))
            continue
        empty = True
        for item in value:
            out.write(("[\n  " if empty else ",\n  ") + _text(item, 2))
            empty = False
        out.write("[]" if empty else "\n ]")
    out.write("\n}\n")


def _text(value: Any, depth: int) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n" + " " * depth)


class _Reader:
    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._line = 1
        self._where = "at the beginning"
        self._decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number, parse_float=_no_number)

    def pieces(self) -> Iterator[Piece]:
        self._expect("{", "should be an object")
        seen: set[str] = set()
        while self._next() != "}" or seen:
            key = self._value()
            if not isinstance(key, str):
                self._broken("is not valid JSON")
            self._where = f"$.{named(key)}"
            if key in seen:
                self._broken("stands twice")
            seen.add(key)
            self._expect(":")
            yield from self._items(key) if self._next() == "[" else [Piece(key, self._value())]
            if self._next() != ",":
                break
            self._at += 1
        self._expect("}")
        if self._next():
            self._broken("something stands behind the end")

    def _items(self, key: str) -> Iterator[Piece]:
        self._expect("[")
        yield Piece(key, [])
        position = 0
        while self._next() != "]" or position:
            self._where = f"$.{key}[{position}]"
            yield Piece(key, self._value(), position)
            position += 1
            if self._next() != ",":
                break
            self._at += 1
        self._expect("]")

    def _next(self) -> str:
        """The next sign that is not space; empty at the end of the file. It is not taken."""
        while True:
            found = _SPACE.match(self._text, self._at)
            assert found is not None
            self._at = found.end()
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def _expect(self, sign: str, otherwise: str = "is not valid JSON") -> None:
        found = self._next()
        if not found:
            self._broken("the file is cut off")
        if found != sign:
            self._broken(otherwise)
        self._at += 1

    def _value(self) -> Any:
        if not self._next():
            self._broken("the file is cut off")
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as problem:
                rest = self._text[problem.pos :].strip()
                open_string = problem.msg.startswith("Unterminated string")
                if (open_string or problem.pos + _CUT >= len(self._text)) and self._more():
                    continue
                self._broken(_reason(problem, rest))
            except RecursionError:
                self._broken("is nested too deeply")
            except _FieldError as problem:
                self._broken(str(problem))
            # What stands against the end, a number for one, may go on.
            if end < len(self._text) or not self._more():
                self._at = end
                return value

    def _more(self) -> bool:
        """Reads on. False at the end of the file."""
        try:
            chunk = self._file.read(CHUNK)
        except UnicodeDecodeError:
            self._broken("what follows is not UTF-8")
        self._line += self._text.count("\n", 0, self._at)
        self._text = self._text[self._at :] + chunk
        self._at = 0
        return bool(chunk)

    def _broken(self, reason: str) -> NoReturn:
        line = self._line + self._text.count("\n", 0, self._at)
        raise BrokenFileError(f"{self._where} (line {line}): {reason}.") from None


def _reason(problem: json.JSONDecodeError, rest: str) -> str:
    half = any(word.startswith(rest) for word in ("true", "false", "null", "-"))
    if half or problem.msg.startswith("Unterminated string") or (problem.msg.startswith("Invalid \\u") and len(rest) < _CUT):
        return "the file is cut off"
    return "holds a control character" if problem.msg.startswith("Invalid control") else "is not valid JSON"


class _FieldError(ValueError):
    """Something about an object or a number that the json module lets pass."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _FieldError(f"the key {named(twice)} stands twice")
    return made


def _no_number(_text: str) -> NoReturn:
    raise _FieldError("holds a number that is not whole")
