"""Measure the Dutch texts: short sentences, plain words, "u", active (``python -m portal.plain_language``).

What it can't measure (is this kind, is this true, does the reader know what to do next) stays work for
people; see docs/words.md. Sources of the rules: the writing guides of Dutch government (at most 15 words a
sentence, active, no office words, one way of addressing). The readability figure is Flesch-Douma
(Douma 1960): 206.84 - 77 x syllables a word - 0.93 x words a sentence.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from portal.words import pieces

ROOT = Path(__file__).resolve().parent.parent
HARD_WORDS = ROOT / "translations" / "hard_words.txt"
HELP_PAGES = "templates/help/*.nl.md"

MOST_WORDS = 15
"""In a sentence."""
MOST_WORDS_FRAGMENT = 12
"""In a heading, button, label or list item without a closing mark: there is no verb to lean on."""
MOST_SYLLABLES = 5
"""In one word."""
LEAST_DOUMA = 60.0
"""For a whole page: the lower end of "normaal"; a choice, not a norm."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a tired reader would stumble over."""

    rule: str
    text: str
    advice: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.text!r}: {self.advice}"


@dataclass(slots=True)
class Words:
    """The hard-word list: patterns with their plain words, and the words of the field that may stand."""

    hard: list[tuple[re.Pattern[str], str]] = field(default_factory=list)
    allowed: set[str] = field(default_factory=set)


def read_words(path: Path = HARD_WORDS) -> Words:
    """Read the hard-word list; raises ValueError for a line that says neither "a -> b" nor "= a"."""
    words = Words()
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("="):
            words.allowed.add(line[1:].strip().casefold())
            continue
        forms, arrow, plain = line.partition("->")
        if not arrow or not forms.strip() or not plain.strip():
            raise ValueError(f"{path.name}, line {number}: expected 'hard -> plain' or '= allowed'")
        either = "|".join(_form(form) for form in forms.split("|"))
        words.hard.append((re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE), plain.strip()))
    return words


def _form(form: str) -> str:
    escaped = r"\s+".join(re.escape(part) for part in form.split())
    return escaped.replace(r"\*", r"\w*")


@cache
def _words() -> Words:
    return read_words()


# --- from text to sentences

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
_ADDRESS = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\bhttps?://\S+|\bwww\.\S+")
_SHORT_FORMS = (
    r"(?:a\.u\.b|a\.d\.h\.v|art|bijv|blz|bv|b\.v|ca|dhr|dr|drs|d\.m\.v|d\.w\.z|e\.d|enz|etc|evt|excl|incl"
    r"|ing|i\.h\.k\.v|i\.p\.v|i\.v\.m|ir|m\.b\.t|m\.n|max|mevr|min|mr|mw|n\.a\.v|nl|nr|n\.v\.t|o\.a|prof|s\.v\.p"
    r"|st|t\.a\.v|t\.b\.v|tel|vs|z\.s\.m)"
)
_DOT = "\x00"
"""Stands in for a full stop that doesn't end a sentence."""
_NO_END = re.compile(rf"\b(?:(?i:{_SHORT_FORMS})|[A-Z])\.(?=\s+\S|[,;)])")
_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+")
_WORD = re.compile(r"[^\W_]+(?:['’.,:/@+-][^\W_]+)*", re.UNICODE)
_BULLET = re.compile(r"^\s*(?:[-*+•]|\d{1,2}[.)])\s+")


def blocks(text: str) -> Iterator[str]:
    """Give the pieces of a text that stand alone: paragraphs, headings and the items of lists."""
    paragraph: list[str] = []
    for line in text.splitlines():
        bullet, heading = _BULLET.match(line), line.lstrip().startswith("#")
        if (bullet or heading or not line.strip()) and paragraph:
            yield " ".join(paragraph)
            paragraph = []
        if heading:
            yield line.strip().lstrip("#").strip()
        elif bullet:
            paragraph = [line[bullet.end() :].strip()]
        elif line.strip():
            paragraph.append(line.strip())
    if paragraph:
        yield " ".join(paragraph)


def sentences(text: str) -> list[str]:
    """Give the sentences of a text: "14.35 uur", "dr. Bos", "J. de Vries" and list items don't break one."""
    found: list[str] = []
    for block in blocks(text):
        held = _NO_END.sub(lambda match: match.group()[:-1] + _DOT, block)
        for part in _END.split(held):
            sentence = part.replace(_DOT, ".").strip()
            if sentence:
                found.append(sentence)
    return found


def count_words(sentence: str) -> int:
    """Count words; a filled-in value, a number, a time and an e-mail address are one word each."""
    plain = _ADDRESS.sub(" adres ", _PLACEHOLDER.sub(" naam ", sentence))
    return len(_WORD.findall(plain))


_VOWELS = re.compile(r"ij|aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ou|au|ei|[aeiouyáéíóúàèâêôëïöü]")


def syllables(word: str) -> int:
    """Estimate the syllables of a Dutch word by its vowel groups; at least one."""
    return max(1, len(_VOWELS.findall(word.casefold())))


def douma(text: str) -> float:
    """Give the Flesch-Douma figure of a text, 0 (very hard) to about 120 (very easy)."""
    parts = sentences(text)
    words = [word for part in parts for word in _WORD.findall(_PLACEHOLDER.sub("naam", part))]
    if not words:
        return 120.0
    return 206.84 - 77 * sum(map(syllables, words)) / len(words) - 0.93 * len(words) / len(parts)


# --- the rules

_FAMILIAR = re.compile(r"\b(?:je|jij|jou|jouw|jullie|jezelf)\b", re.IGNORECASE)
_CAPITAL_U = re.compile(r"(?<=[\w,;] )(?:U|Uw)\b")
_MEN = re.compile(r"\bmen\b", re.IGNORECASE)
_MUST = re.compile(r"\b(?:dient|dienen|diende)\b(?=[^.!?]{0,60}?\bte\b)", re.IGNORECASE)
_SHALL = re.compile(r"\b(?:zal|zult|zullen)\b", re.IGNORECASE)
_BECOME = re.compile(r"\b(?:word|wordt|worden|werd|werden)\b", re.IGNORECASE)
_SEPARABLE = (
    "aan|achter|af|bij|binnen|dicht|door|goed|in|klaar|los|mede|mee|na|neer|om|onder|open|op|over|samen|schoon|terug"
    "|toe|tegen|uit|vast|vol|voor|weg"
)
_PARTICIPLE = re.compile(
    rf"\b(?:(?:{_SEPARABLE})?ge|(?:{_SEPARABLE})?(?:be|ver|ont|her|er))\w{{2,}}(?:d|t|en|aan|ien)\b",
    re.IGNORECASE,
)
_DONE_BY = re.compile(rf"\b(?:is|zijn|was|waren)\b[^.!?]*?({_PARTICIPLE.pattern})\s+door\b", re.IGNORECASE)
_NOT_PARTICIPLE = re.compile(
    r"^(?:gemeente|gesprekken|gezond|gezicht|gebied|gevoelens|gegevens|geld|gerust|geleden|gewicht|gedachten|gebouwen"
    r"|bekend|beperkt|bericht|berichten|besluit|besluiten|beter|bewust|beleid|bedragen|bezoeken|beroepen|bewijzen"
    r"|verslagen|verleden|verschillend|verstand|verkeerd|verhaal|verhalen|vertrouwen|eerst|ernst|erven|herfst"
    r"|hert|hersenen|inbegrip|\w+(?:heid|heden|ingen|schap))$",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
_SHOUT = re.compile(r"!")


def check(text: str, *, allowed: frozenset[str] = frozenset()) -> list[Finding]:
    """Give what is hard in a Dutch text; an empty list means: plain enough to show."""
    findings: list[Finding] = []
    for sentence in sentences(text):
        findings += _check_length(sentence)
        findings += _check_tone(sentence)
    findings += _check_words(text, allowed)
    return findings


def _check_length(sentence: str) -> Iterator[Finding]:
    words = count_words(sentence)
    closed = sentence.rstrip("\"'”’)").endswith((".", "!", "?", "…", ":"))
    most = MOST_WORDS if closed else MOST_WORDS_FRAGMENT
    if words > most:
        yield Finding("length", sentence, f"{words} words, at most {most}: make two sentences or a list")
    if ";" in sentence:
        yield Finding("length", sentence, "a semicolon joins two sentences: make two")


def _check_tone(sentence: str) -> Iterator[Finding]:
    plain = _PLACEHOLDER.sub("naam", sentence)
    for pattern, rule, advice in (
        (_FAMILIAR, "u", "say u, uw"),
        (_CAPITAL_U, "u", "u and uw take no capital inside a sentence"),
        (_MEN, "formal", "say who: u, wij"),
        (_MUST, "formal", "say moet, or ask it: wilt u ...?"),
        (_SHALL, "formal", "say it in the present tense, without zullen"),
        (_SHOUT, "tone", "no exclamation marks: they shout"),
    ):
        for match in pattern.finditer(plain):
            yield Finding(rule, match.group(), f"{advice} (in: {sentence})")
    if _BECOME.search(plain):
        for match in _PARTICIPLE.finditer(plain):
            if not _NOT_PARTICIPLE.match(match.group()):
                yield Finding("passive", f"worden ... {match.group()}", f"say who does it (in: {sentence})")
    for match in _DONE_BY.finditer(plain):
        yield Finding("passive", match.group(), f"say who does it (in: {sentence})")


def _check_words(text: str, allowed: frozenset[str]) -> Iterator[Finding]:
    words = _words()
    plain = _ADDRESS.sub(" adres ", _PLACEHOLDER.sub(" naam ", text))
    for pattern, instead in words.hard:
        for match in pattern.finditer(plain):
            if match.group().casefold() not in allowed:
                yield Finding("hard word", match.group(), f"say: {instead}")
    fine = words.allowed | allowed
    for word in dict.fromkeys(_WORD.findall(plain)):
        if word.casefold() not in fine and syllables(word) > MOST_SYLLABLES:
            yield Finding("long word", word, f"{syllables(word)} syllables: say it in shorter words")
    for match in _CAPITALS.finditer(plain):
        if match.group().casefold() not in fine:
            yield Finding("short form", match.group(), "write it out, or add it to hard_words.txt as allowed")


# --- while somebody writes


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that could be plainer, from ``start`` up to ``end``, in characters.

    ``rule`` is "length" (``advice``: how many words), "hard word" (plain ones) or "passive" (nothing).
    """

    start: int
    end: int
    rule: str
    advice: str


def marks(text: str) -> list[Mark]:
    """Give what is long, hard or passive in a Dutch text that somebody writes, in order; only what costs readers most."""
    found: list[Mark] = []
    start = 0
    for piece in pieces(text):
        if piece.number:
            number = count_words(piece.text)
            if number > MOST_WORDS:
                found.append(Mark(start, start + len(piece.text), "length", str(number)))
            found += sorted(
                (Mark(start + begin, start + end, rule, advice) for begin, end, rule, advice in _in_sentence(piece.text)),
                key=lambda mark: (mark.start, -mark.end),
            )
        start += len(piece.text)
    return found


def _in_sentence(sentence: str) -> Iterator[tuple[int, int, str, str]]:
    """Hard words that don't overlap, the longest first; and one passive at most, because it is the sentence that is turned round."""
    taken: set[int] = set()
    hard = [(match, plain) for pattern, plain in _words().hard for match in pattern.finditer(sentence)]
    for match, plain in sorted(hard, key=lambda one: one[0].start() - one[0].end()):
        if taken.isdisjoint(range(*match.span())):
            taken.update(range(*match.span()))
            yield *match.span(), "hard word", plain
    done = [match for match in _PARTICIPLE.finditer(sentence) if not _NOT_PARTICIPLE.match(match.group())]
    if (_BECOME.search(sentence) and done) or _DONE_BY.search(sentence):
        yield 0, len(sentence), "passive", ""


# --- pages of help

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_CODE = re.compile(r"`[^`]*`")
_SCREEN_NAME = re.compile(r"\*\*[^*.!?]{1,40}\*\*")
"""What stands in bold is what stands on a screen: one thing to look for, and not ours to make plainer."""
_MARKS = re.compile(r"(\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w))")


def strip_markdown(text: str) -> str:
    """Give a Markdown page as its reader sees it: links by their words, no marks, table cells apart."""
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = _SCREEN_NAME.sub("knop", _CODE.sub("code", _LINK.sub(r"\1", text)))
    text = _MARKS.sub("", text)
    lines = []
    for line in text.splitlines():
        if line.strip().startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            lines += ["", *(f"- {cell}" for cell in cells if cell.strip("-: ")), ""]
        else:
            lines.append(line.lstrip("> ") if line.startswith(">") else line)
    return "\n".join(lines)


def check_page(path: Path) -> list[Finding]:
    """Give what is hard in a Dutch Markdown page, with its readability as a whole."""
    text = strip_markdown(path.read_text(encoding="utf-8"))
    findings = check(text)
    figure = douma(text)
    if figure < LEAST_DOUMA:
        findings.append(Finding("page", path.name, f"Flesch-Douma {figure:.0f}, at least {LEAST_DOUMA:.0f}"))
    return findings


def main() -> int:
    """Check every Dutch text of the portal; print findings with their place; 0 when there are none."""
    from portal.catalogues import extract  # Only the command needs the extraction.

    count, texts = 0, 0
    for message in extract(ROOT):
        if not message.id:
            continue
        places = ", ".join(sorted({name for name, _line in message.locations}))
        for text in message.id if isinstance(message.id, list | tuple) else (message.id,):
            texts += 1
            for finding in check(text):
                count += 1
                print(f"{places}: {finding}")
    pages = sorted(ROOT.glob(HELP_PAGES))
    for page in pages:
        for finding in check_page(page):
            count += 1
            print(f"{page.relative_to(ROOT)}: {finding}")
    print(f"Dutch: {texts} texts and {len(pages)} pages read, {count} things to make plainer.")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
