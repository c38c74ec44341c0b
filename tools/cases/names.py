"""Names as the source writes them: whole, with a job behind them, or with a title before them."""

import re
from dataclasses import dataclass

_INFIXES = frozenset({"de", "den", "der", "van", "von", "ten", "ter", "te", "la", "le", "op", "in", "'t", "'s", "het"})
_TITLES = frozenset({"mevrouw", "meneer", "mw", "mw.", "dhr", "dhr.", "dr", "dr.", "mr", "mr.", "de", "heer"})


@dataclass(frozen=True)
class Name:
    """The parts of a name; put together with spaces they are the whole name again. ``last`` may be empty."""

    first: str
    infix: str | None
    last: str


def split_name(whole: str) -> Name:
    """First name, tussenvoegsel and last name of a Dutch name: ``Sanne de Wit`` gives Sanne, de, Wit."""
    first, *rest = whole.split() or [whole]
    infixes = 0
    while infixes < len(rest) - 1 and rest[infixes] in _INFIXES:
        infixes += 1
    return Name(first, " ".join(rest[:infixes]) or None, " ".join(rest[infixes:]))


def without_job(whole: str) -> tuple[str, str | None]:
    """``Karin Elbers (teamleider)`` gives the name and the job; None when nothing stands behind it."""
    found = re.fullmatch(r"(.+?) \(([^()]+)\)", whole)
    return (found[1], found[2]) if found else (whole, None)


def calling_name(whole: str) -> str:
    """The word by which a text calls somebody: the first name, or what follows ``Mevrouw``."""
    words = whole.split(",")[0].split() or [whole]
    return next((word for word in words if word.lower() not in _TITLES), words[0])


def says(text: str, name: str) -> bool:
    """Whether the text calls the person of this name."""
    return re.search(rf"\b{re.escape(calling_name(name))}\b", text) is not None
