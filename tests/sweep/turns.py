"""What a whole sweep is: each page × state × language × width × colours; and a fingerprint of the code that makes the pages."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.i18n import LANGUAGES
from tests.pages.states import STATES, State
from tests.pages.verdict import COLOURS, Colours

WIDTHS = (320, 1280)
"""CSS pixels: a small telephone and a desk."""
MAKES_PAGES = ("migrations", "portal", "static", "templates", "tests/live.py", "tests/pages", "tests/sweep", "translations")
_BUILT = {"build", "__pycache__"}


@dataclass(frozen=True)
class Turn:
    """One look at one page."""

    state: State
    language: str
    width: int
    colours: Colours

    @property
    def page(self) -> str:
        """The name of what is looked at: width and colours change nothing in it."""
        return f"{self.state.id}-{self.language}"

    @property
    def name(self) -> str:
        """As its picture and its line in the results are called."""
        return f"{self.page}-{self.width}-{self.colours}"


def plan(only: str = "", languages: Iterable[str] = tuple(LANGUAGES), colours: Iterable[Colours] = COLOURS) -> list[Turn]:
    """Every turn of a sweep, those of one page together; ``only``: of states whose name has this text."""
    return [
        Turn(state, language, width, colour)
        for state in STATES
        if only in state.id
        for language in languages
        for width in WIDTHS
        for colour in colours
    ]


def fingerprint(root: Path) -> str:
    """Sixteen hexadecimal digits that change with any file a page is made of, committed or not."""
    total = hashlib.sha256()
    for path in sorted(_files(root)):
        content = path.read_bytes()
        total.update(f"{path.relative_to(root)}\0{len(content)}\0".encode() + content)
    return total.hexdigest()[:16]


def _files(root: Path) -> Iterator[Path]:
    for name in MAKES_PAGES:
        top = root / name
        for path in top.rglob("*") if top.is_dir() else [top]:
            # Compiled catalogues and built styles follow from their sources.
            if path.is_file() and path.suffix != ".mo" and not _BUILT & set(path.relative_to(root).parts):
                yield path
