"""People's words: the sentences of a text, and two texts beside each other. Pure functions; not a character is changed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

# Words that end in a full stop in the middle of a sentence, as Dutch care workers write them.
_SHORT = frozenset((
    "a.s", "art", "blz", "bv", "bijv", "ca", "dhr", "dr", "drs", "d.w.z", "evt", "excl", "fam", "hr", "i.o", "i.p.v", "i.v.m", "incl",
    "ing", "ir", "lid", "m.b.t", "m.i", "mevr", "mr", "mw", "n.a.v", "nr", "o.a", "o.b.v", "p.m", "p.p", "pag", "prof", "resp", "st",
    "t.a.v", "t.b.v", "t.o.v", "tel", "vgl", "z.o.z", "z.s.m", "zgn",
))  # fmt: skip
# These also stand at the end of a sentence; then a capital follows.
_OFTEN_LAST = frozenset(("enz", "etc", "jl", "e.d", "o.i.d", "c.q"))
# An end: the mark (Latin, Arabic, Urdu), what closes after it, and then a space.
_END = re.compile(r"[.!?…؟۔]+[\"'’”»)\]]*(?=[^\S\n])")
_LAST_WORD = re.compile(r"([\w./]*)$")
_TOKEN = re.compile(r"\s+|[^\s]+")
_LINE = re.compile(r"[^\n]+|\n+")

# Comparing is quadratic at worst; beyond this many pairs a block is shown as replaced as a whole.
_MOST_PAIRS = 1_000_000
# Below this part of equal words two blocks are different texts, and word by word only confuses.
_ALIKE = 0.3

_ARABIC = re.compile("[\u0600-\u06ff]")
_LATIN = re.compile("[A-Za-z]")


def language_of(words: str, *, by_staff: bool) -> str:
    """The language of a text as HTML says it: "nl", "ar", or "" when that isn't known. Staff write Dutch."""
    if len(_ARABIC.findall(words)) > len(_LATIN.findall(words)):
        return "ar"
    return "nl" if by_staff else ""


@dataclass(frozen=True)
class Piece:
    """A stretch of text; ``number`` is the sentence it is (from 1), or 0 for what stands between sentences."""

    text: str
    number: int


def pieces(text: str) -> list[Piece]:
    """The text in order as sentences and what stands between; together they are the text. A line end always ends a sentence."""
    found: list[Piece] = []
    number = 0
    for stretch in _stretches(text):
        words = stretch.strip()
        if not words:
            found.append(Piece(stretch, 0))
            continue
        number += 1
        before, after = stretch[: len(stretch) - len(stretch.lstrip())], stretch[len(stretch.rstrip()) :]
        found += [Piece(before, 0)] if before else []
        found.append(Piece(words, number))
        found += [Piece(after, 0)] if after else []
    return found


def sentences(text: str) -> list[str]:
    """The sentences of a text, each as it was typed; the first is number 1."""
    return [piece.text for piece in pieces(text) if piece.number]


def _stretches(text: str) -> Iterator[str]:
    for line in _LINE.findall(text):
        start = 0
        for end in _END.finditer(line):
            if _goes_on(line[start : end.start()], line[end.end() :], end.group()):
                continue
            yield line[start : end.end()]
            start = end.end()
        if start < len(line):
            yield line[start:]


def _goes_on(before: str, after: str, mark: str) -> bool:
    """Whether this mark stands inside a sentence: after an abbreviation, an initial or the number of a list."""
    if mark != ".":
        # "Echt?" vroeg hij. An ellipsis or a closed quote goes on when a small letter follows.
        return after.lstrip()[:1].islower()
    found = _LAST_WORD.search(before)
    word = found.group(1) if found else ""
    starts = before.strip() == word
    if word.lower() in _OFTEN_LAST:
        return not after.lstrip()[:1].isupper()
    return word.lower() in _SHORT or (len(word) == 1 and word.isupper()) or (starts and word.isdigit())


class Change(StrEnum):
    """What happened to a stretch of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Stretch:
    """Some words of one of two texts, and what happened to them."""

    change: Change
    text: str


@dataclass(frozen=True)
class Comparison:
    """Two texts beside each other. ``old`` holds SAME and GONE stretches, ``new`` SAME and NEW; together each is its whole text."""

    old: list[Stretch]
    new: list[Stretch]

    @property
    def gone(self) -> list[str]:
        """What went, in order."""
        return [stretch.text.strip() for stretch in self.old if stretch.change is Change.GONE and stretch.text.strip()]

    @property
    def came(self) -> list[str]:
        """What came, in order."""
        return [stretch.text.strip() for stretch in self.new if stretch.change is Change.NEW and stretch.text.strip()]


def compare(old: str, new: str) -> Comparison:
    """What went from ``old`` and what came in ``new``: first by sentence, then within changed sentences by word."""
    left: list[Stretch] = []
    right: list[Stretch] = []
    for gone, came in _blocks([piece.text for piece in pieces(old)], [piece.text for piece in pieces(new)]):
        if gone == came:
            left.append(Stretch(Change.SAME, gone))
            right.append(Stretch(Change.SAME, came))
            continue
        for one_gone, one_came in _by_word(gone, came):
            same = one_gone == one_came
            left.append(Stretch(Change.SAME if same else Change.GONE, one_gone))
            right.append(Stretch(Change.SAME if same else Change.NEW, one_came))
    return Comparison(_joined(left), _joined(right))


def _by_word(gone: str, came: str) -> list[tuple[str, str]]:
    """Pairs of stretches, equal or replaced; the two as a whole when they have little in common."""
    pairs = list(_blocks(_TOKEN.findall(gone), _TOKEN.findall(came)))
    equal = sum(len(one.strip()) for one, other in pairs if one == other)
    if equal < _ALIKE * max(len(gone), len(came)):
        return [(gone, came)]
    return _without_gaps(pairs)


def _without_gaps(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A lone space between two changes belongs to them: "de hond" for "een kat" is one change, not two."""
    found: list[tuple[str, str]] = []
    for place, (one, other) in enumerate(pairs):
        between = one == other and not one.strip() and 0 < place < len(pairs) - 1
        follows = bool(found) and found[-1][0] != found[-1][1]
        if follows and (between or one != other):
            found[-1] = (found[-1][0] + one, found[-1][1] + other)
        else:
            found.append((one, other))
    return found


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The two as pairs of joined blocks: equal ones are the same text, the others replace each other."""
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    tail = next((n for n in range(most - head) if old[-1 - n] != new[-1 - n]), most - head)
    old_middle, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
    if head:
        yield "".join(old[:head]), "".join(new[:head])
    if len(old_middle) * len(new_middle) > _MOST_PAIRS:
        yield "".join(old_middle), "".join(new_middle)
    else:
        matcher = SequenceMatcher(None, old_middle, new_middle, autojunk=False)
        for _tag, a, b, c, d in matcher.get_opcodes():
            yield "".join(old_middle[a:b]), "".join(new_middle[c:d])
    if tail:
        yield "".join(old[len(old) - tail :]), "".join(new[len(new) - tail :])


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    """Neighbours of one kind as one; nothing empty."""
    found: list[Stretch] = []
    for stretch in stretches:
        if not stretch.text:
            continue
        if found and found[-1].change is stretch.change:
            found[-1] = Stretch(stretch.change, found[-1].text + stretch.text)
        else:
            found.append(stretch)
    return found


@dataclass(frozen=True)
class Passage:
    """Where the sentences that somebody chose stand now: their numbers in today's text, or none when one of them changed."""

    quote: list[str]
    numbers: list[int]

    @property
    def moved_along(self) -> bool:
        """Whether every chosen sentence still stands, word for word, in today's text."""
        return bool(self.numbers)


def find_passage(quote: str, text: str) -> Passage:
    """Looks up the quoted sentences (one a line, in order) in a text: each must stand there unchanged, in the same order."""
    wanted = quote.split("\n")
    numbers: list[int] = []
    there = list(enumerate(sentences(text), start=1))
    for sentence in wanted:
        place = next((number for number, one in there if one == sentence and number > (numbers[-1] if numbers else 0)), None)
        if place is None:
            return Passage(wanted, [])
        numbers.append(place)
    return Passage(wanted, numbers)


def quoted(text: str, numbers: Sequence[int]) -> str:
    """The sentences with these numbers (from 1, ascending), one a line. Raises ValueError when one isn't there or they don't ascend."""
    there = sentences(text)
    if any(not 1 <= number <= len(there) for number in numbers) or any(a >= b for a, b in pairwise(numbers)):
        raise ValueError("no such sentence")
    return "\n".join(there[number - 1] for number in numbers)
