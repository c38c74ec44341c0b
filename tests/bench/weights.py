"""What pages weigh on the line, as today's browsers ask for them and as older ones do (gzip); the heavier of the two counts."""

import re
from dataclasses import dataclass

from tests.bench.capture import ACCEPTED, Portal
from tests.bench.city import Person

CODINGS = (ACCEPTED, "gzip")


@dataclass(frozen=True)
class Weight:
    """Bytes after compression: of the page itself, and of the scripts and styles that it names."""

    html: int
    script: int
    css: int


def weigh(portal: Portal, person: Person | None, address: str) -> Weight:
    """A page with its scripts and styles. Raises AssertionError when it isn't there."""
    _, plain, _ = portal.get(person, address, "identity")
    text = plain.decode()
    scripts, styles = re.findall(r'<script src="([^"]+)"', text), re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)
    return Weight(_bytes(portal, person, address), *(sum(_bytes(portal, None, file) for file in files) for files in (scripts, styles)))


def _bytes(portal: Portal, person: Person | None, address: str) -> int:
    lengths = []
    for coding in CODINGS:
        status, body, _ = portal.get(person, address, coding)
        assert status == 200, f"{address} answers {status}"
        lengths.append(len(body))
    return max(lengths)
