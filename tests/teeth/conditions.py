"""Finds what can be spoilt in SQL and PL/pgSQL text: conditions and their operands, joined sets, statements that write, returned values.

It knows strings, comments, parentheses and CASE ... END, and no more of the grammar than that: enough for code that is written plainly. What it
makes of a text may be wrong SQL; a mutant that PostgreSQL doesn't take counts as caught.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<space>\s+|--[^\n]*|/\*.*?\*/)
    |(?P<string>[eE]'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*'|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$)
    |(?P<name>"[^"]*"|[A-Za-z_][\w$]*)
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<operator>:=|::|[-+*/<>=~!@\#%^&|?]+|\.\.|[:.])
    |(?P<mark>[()\[\],;])""",
    re.VERBOSE | re.DOTALL,
)

_END_WHERE = {
    "GROUP",
    "ORDER",
    "LIMIT",
    "UNION",
    "EXCEPT",
    "INTERSECT",
    "RETURNING",
    "FOR",
    "HAVING",
    "WINDOW",
    "OFFSET",
    "ON",
    "LOOP",
    ";",
}
_END_ON = _END_WHERE | {"JOIN", "INNER", "CROSS", "FULL", "WHERE", "LEFT", "RIGHT"}
_END_ITEM = _END_WHERE | {",", "FROM", "INTO", "WHERE", "AS"}
_STATEMENT_BEGINS = {";", "BEGIN", "THEN", "ELSE", "LOOP"}
_REMOVABLE = {"PERFORM", "INSERT", "UPDATE", "DELETE"}
_QUERY = {"SELECT", "WITH", "VALUES"}
# On the other side of the bound: whether the first day, the last day or this very moment belongs to it.
_BOUNDS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_COMPARES = {"=", "<>", "<", ">", "<=", ">=", "~", "~*", "IN", "IS", "EXISTS", "LIKE", "BETWEEN"}


@dataclass(frozen=True)
class Token:
    """One word, string, number or sign, with its place in the text."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """In capitals when it is a word or sign; empty for strings."""
        return "" if self.kind == "string" else self.text.upper()


@dataclass(frozen=True)
class Change:
    """One way to spoil a text: put ``new`` in the place from ``start`` to ``end``."""

    what: str
    start: int
    end: int
    new: str

    def apply(self, text: str) -> str:
        """The spoilt text."""
        return text[: self.start] + self.new + text[self.end :]


def tokens(text: str) -> list[Token]:
    """Everything but space and comments. Raises ValueError at what is no SQL."""
    found: list[Token] = []
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None or match.end() == place:
            raise ValueError(f"not understood: {text[place : place + 30]!r}")
        kind = str(match.lastgroup) if match.lastgroup != "tag" else "string"
        if kind != "space":
            found.append(Token(kind, match.group(), place, match.end()))
        place = match.end()
    return found


Span = tuple[int, int]  # from, up to and not with, in tokens


class Code:
    """A text cut into tokens, with for each token how deep it is in parentheses and CASE ... END."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.words = [token.word for token in self.tokens]
        self.depths = self._depths()

    def _depths(self) -> list[int]:
        depth, found = 0, []
        for place, word in enumerate(self.words):
            closes = word in (")", "]") or (word == "END" and self._ends_case(place))
            depth -= closes
            found.append(depth)
            depth += word in ("(", "[", "CASE")
        return found

    def _ends_case(self, place: int) -> bool:
        """An END that belongs to a CASE: END IF, END LOOP and the END of a block don't."""
        opened = 0
        for before in range(place - 1, -1, -1):
            word = self.words[before]
            if word == "END" and self.words[before + 1] not in ("IF", "LOOP", ";"):
                opened += 1
            elif word == "CASE":
                if opened == 0:
                    return self.words[place + 1 : place + 2] not in (["IF"], ["LOOP"])
                opened -= 1
        return False

    def say(self, span: Span) -> str:
        """The text of a span, on one line."""
        return " ".join(self.text[self.tokens[span[0]].start : self.tokens[span[1] - 1].end].split())

    def change(self, what: str, span: Span, new: str) -> Change:
        """Puts ``new`` in the place of these tokens."""
        return Change(what, self.tokens[span[0]].start, self.tokens[span[1] - 1].end, new)

    def until(self, begin: int, ends: set[str]) -> Span:
        """From ``begin`` up to one of these words at the same depth, or where the parentheses around it close."""
        depth = self.depths[begin] if begin < len(self.depths) else 0
        for place in range(begin, len(self.words)):
            here = self.depths[place]
            if here < depth or (
                here == depth and self.words[place] in ends and not (self.words[place] in ("LEFT", "RIGHT") and self._calls(place))
            ):
                return begin, place
        return begin, len(self.words)

    def _calls(self, place: int) -> bool:
        return self.words[place + 1 : place + 2] == ["("]

    def closing(self, opening: int) -> int:
        """Where the parenthesis (or CASE) that opens here closes."""
        for place in range(opening + 1, len(self.words)):
            if self.depths[place] == self.depths[opening]:
                return place
        raise ValueError("a parenthesis that never closes")

    def split(self, span: Span, by: str) -> list[Span]:
        """Cuts at a word that stands at the depth of the span; the AND of BETWEEN is no cut."""
        depth = min((self.depths[place] for place in range(*span)), default=0)
        parts, begin, between = [], span[0], False
        for place in range(*span):
            if self.depths[place] != depth:
                continue
            if self.words[place] == "BETWEEN":
                between = True
            elif self.words[place] == "AND" and between:
                between = False
            elif self.words[place] == by:
                parts.append((begin, place))
                begin = place + 1
        return [*parts, (begin, span[1])]


def _conditions(code: Code) -> Iterator[Span]:
    """Every place where a condition stands."""
    for place, word in enumerate(code.words):
        before = code.words[place - 1] if place else ""
        after = code.words[place + 1] if place + 1 < len(code.words) else ""
        if word == "WHERE":
            yield code.until(place + 1, _END_WHERE)
        elif word == "ON" and after != "CONFLICT":
            yield code.until(place + 1, _END_ON)
        elif word in ("IF", "ELSIF") and before != "END":
            yield code.until(place + 1, {"THEN"})
        elif word == "CASE":
            yield from _arms(code, place)
        elif (word == "RETURN" and after not in ("QUERY", "NEXT", ";")) or word == ":=":
            span = code.until(place + 1, {";"})
            if _is_condition(code, span):
                yield span


def _loose_conditions(code: Code) -> Iterator[Span]:
    """What is joined by AND or OR anywhere else: in parentheses, as an argument, in a list of columns."""
    for place, word in enumerate(code.words[:-1]):
        if word in ("(", ",") and code.words[place + 1] not in {")", *_QUERY}:
            span = code.until(place + 1, _END_ITEM)
            if span[0] < span[1] and _joins(code, span):
                yield span


def _arms(code: Code, case: int) -> Iterator[Span]:
    """WHEN conditions (when they are conditions), and results that are."""
    end = code.closing(case)
    searched = code.words[case + 1] == "WHEN"
    inside = code.depths[case] + 1
    for place in range(case + 1, end):
        if code.depths[place] != inside:
            continue
        if code.words[place] == "WHEN" and searched:
            yield code.until(place + 1, {"THEN"})
        elif code.words[place] in ("THEN", "ELSE"):
            span = code.until(place + 1, {"WHEN", "ELSE"})
            if _is_condition(code, span):
                yield span


def _top(code: Code, span: Span) -> set[str]:
    depth = min((code.depths[place] for place in range(*span)), default=0)
    return {code.words[place] for place in range(*span) if code.depths[place] == depth}


def _joins(code: Code, span: Span) -> bool:
    return len(code.split(span, "AND")) > 1 or len(code.split(span, "OR")) > 1


def _is_condition(code: Code, span: Span) -> bool:
    top = _top(code, span)
    return bool(top & (_COMPARES | {"AND", "OR", "NOT", "TRUE", "FALSE"})) and "SELECT" not in top


def _operands(code: Code, span: Span, joined: str, visited: set[Span]) -> Iterator[tuple[Span, str]]:
    """The condition and everything it is made of, each with how it is joined: whole, and, or. ``visited`` gets what was taken apart."""
    yield span, joined
    begin, end = span
    while code.words[begin] == "NOT" or (code.words[begin] == "(" and code.closing(begin) == end - 1):
        if code.words[begin] == "NOT" and any(len(code.split((begin, end), by)) > 1 for by in ("OR", "AND")):
            break
        begin, end = (begin + 1, end) if code.words[begin] == "NOT" else (begin + 1, end - 1)
    visited.add((begin, end))
    if code.words[begin] in _QUERY:
        return
    for by in ("OR", "AND"):
        parts = code.split((begin, end), by)
        if len(parts) > 1:
            for part in parts:
                yield from _operands(code, part, by.lower(), visited)
            return


_NEW = {"whole": ("true", "false", "NOT ({})"), "and": ("true", "NOT ({})"), "or": ("false", "NOT ({})")}


def condition_changes(text: str) -> Iterator[Change]:
    """Each operand of each condition: removed (true beside AND, false beside OR, both for the whole) and turned round."""
    code = Code(text)
    visited: set[Span] = set()
    for condition in itertools.chain(_conditions(code), _loose_conditions(code)):
        if condition not in visited:
            yield from _spoilt(code, condition, visited)


def _spoilt(code: Code, condition: Span, visited: set[Span]) -> Iterator[Change]:
    for span, joined in _operands(code, condition, "whole", visited):
        said = code.say(span)
        for new in _NEW[joined]:
            replaced = new.format(code.text[code.tokens[span[0]].start : code.tokens[span[1] - 1].end])
            plain = said.strip("()").upper()
            if replaced.upper() != plain and not (plain in ("TRUE", "FALSE") and new.startswith("NOT")):
                yield code.change(f"{said} -> {'NOT' if new.startswith('NOT') else new}", span, replaced)


def expression_changes(text: str) -> Iterator[Change]:
    """The same for a text that is one condition: the expression of a policy."""
    code = Code(text)
    yield from _spoilt(code, (0, len(code.tokens)), set())
    yield from value_changes(text)


def value_changes(text: str) -> Iterator[Change]:
    """Each interval twice as long; each bound moved by one; each word of a list of words taken out."""
    code = Code(text)
    for place, word in enumerate(code.words):
        if word == "INTERVAL" and code.tokens[place + 1 : place + 2] and code.tokens[place + 1].kind == "string":
            span = (place, place + 2)
            yield code.change(f"{code.say(span)} -> twice", span, f"(2 * {code.say(span)})")
        elif word in _BOUNDS:
            around = (max(place - 3, 0), min(place + 4, len(code.words)))
            yield code.change(f"{code.say(around)} -> {_BOUNDS[word]}", (place, place + 1), _BOUNDS[word])
        elif word == "IN" and code.words[place + 1] == "(" and code.tokens[place + 2].kind == "string":
            items = code.split((place + 2, code.closing(place + 1)), ",")
            for left_out in items if len(items) > 1 else []:
                rest = ", ".join(code.say(item) for item in items if item != left_out)
                yield code.change(f"{code.say((place, items[-1][1] + 1))} -> without {code.say(left_out)}", (place + 2, items[-1][1]), rest)


def set_changes(text: str) -> Iterator[Change]:
    """Each side of ``||`` in what is returned or assigned, taken away; and what is returned, replaced by NULL."""
    code = Code(text)
    for place, word in enumerate(code.words):
        after = code.words[place + 1] if place + 1 < len(code.words) else ""
        if word not in ("RETURN", ":=") or after in ("QUERY", "NEXT", ";"):
            continue
        span = code.until(place + 1, {";"})
        sides = code.split(span, "||")
        for left_out in sides if len(sides) > 1 else []:
            rest = " || ".join(code.text[code.tokens[a].start : code.tokens[b - 1].end] for a, b in sides if (a, b) != left_out)
            yield code.change(f"{code.say(left_out)} || -> taken away", span, rest)
        if word == "RETURN" and not _is_condition(code, span) and span[1] - span[0] > 1:
            yield code.change(f"RETURN {code.say(span)} -> NULL", span, "NULL")


def statement_changes(text: str) -> Iterator[Change]:
    """Each statement that writes, raises, returns rows or assigns, taken out."""
    code = Code(text)
    begins = False
    for place, word in enumerate(code.words):
        if begins and code.depths[place] == 0:
            span = code.until(place, {";"})
            assigns = code.words[place + 1 : place + 2] == [":="] or (word == "NEW" and code.words[place + 3 : place + 4] == [":="])
            query = word == "RETURN" and code.words[place + 1] in ("QUERY", "NEXT")
            if word in _REMOVABLE or word == "RAISE" or assigns or query:
                yield code.change(f"{code.say(span)[:100]} -> left out", span, "NULL")
        begins = word in _STATEMENT_BEGINS and code.depths[place] == 0


def body_changes(text: str) -> Iterator[Change]:
    """Everything that can be spoilt in the body of a function, each way once."""
    seen: set[str] = set()
    for make in (condition_changes, value_changes, set_changes, statement_changes):
        for change in make(text):
            spoilt = change.apply(text)
            if spoilt not in seen:
                seen.add(spoilt)
                yield change
