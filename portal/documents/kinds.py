"""Which file is accepted, and the sentence for each that isn't. Somebody else's program chose its name, so only its content counts."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from portal.documents.reasons import LARGEST, Checked, Kind, Refused, Why
from portal.i18n import lazy

__all__ = ["LARGEST", "SENTENCES", "Checked", "Kind", "Refused", "Why", "checked"]

_ROOT = Path(__file__).resolve().parent.parent.parent
_PATIENCE = 40.0
"""Seconds until a file that is still being looked at counts as too heavy; a busy machine needs more than processor time."""

SENTENCES: dict[Why, Any] = {
    Why.EMPTY: lazy("Dit bestand is leeg. Kies een ander bestand."),
    Why.TOO_LARGE: lazy("Dit bestand is te groot. Het mag hoogstens 20 MB zijn. Maak het kleiner of deel het op."),
    Why.OTHER_KIND: lazy("Deze soort bestand kan hier niet. Kies een foto, of een bestand in PDF, DOCX of ODT."),
    Why.OTHER_PICTURE: lazy("Deze soort foto kunnen wij niet bewaren. Bewaar de foto als JPEG of PNG en kies die."),
    Why.WEB_PAGE: lazy("Dit is een pagina van internet of een tekening. Bewaar die als PDF en kies de PDF."),
    Why.PROGRAM: lazy("Dit is een programma. Kies een document of een foto."),
    Why.ARCHIVE: lazy("Dit is een pakket met bestanden. Pak het uit en kies de bestanden één voor één."),
    Why.OLD_OFFICE: lazy("Dit is een oud soort document, of het is op slot. Bewaar het als PDF en kies de PDF."),
    Why.DAMAGED: lazy("Dit bestand is niet heel. Bewaar het opnieuw en probeer het nog een keer."),
    Why.LOCKED: lazy("Dit bestand is op slot. Haal het wachtwoord eraf en probeer het nog een keer."),
    Why.MACROS: lazy("In dit document zit een klein programma: een macro. Bewaar het als PDF en kies de PDF."),
    Why.SCRIPTS: lazy("Deze PDF doet iets uit zichzelf. Print hem naar een nieuwe PDF en kies die."),
    Why.FILES_INSIDE: lazy("In dit bestand zitten andere bestanden. Haal die eruit en kies ze apart."),
    Why.FETCHES: lazy("Dit bestand haalt iets op van buiten. Print het naar een nieuwe PDF en kies die."),
    Why.TOO_MANY_PIXELS: lazy("Deze foto heeft te veel beeldpunten. Maak de foto kleiner en probeer het nog een keer."),
    Why.UNPACKS_TOO_LARGE: lazy("Dit document wordt te groot als wij het openen. Bewaar het als PDF en kies de PDF."),
    Why.TOO_HEAVY: lazy("Wij kunnen dit bestand niet goed bekijken. Print het naar een nieuwe PDF en kies die."),
    Why.INFECTED: lazy("Dit bestand is niet veilig, dus wij bewaren het niet. Laat uw telefoon of computer nakijken."),
    Why.NO_SCANNER: lazy("Wij kunnen nu niet nakijken of dit bestand veilig is. Probeer het later nog een keer."),
}
"""What to tell the person who chose the file."""


def checked(data: bytes) -> Checked:
    """The kind of a file and the bytes to keep: pictures upright and without anything but the picture. Raises Refused.

    It is looked at in a process of its own (portal/documents/looking.py). What the scanner thinks of it is another question (scanner.py).
    """
    if not data:
        raise Refused(Why.EMPTY)
    if len(data) > LARGEST:
        raise Refused(Why.TOO_LARGE)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "portal.documents.looking"],
            cwd=_ROOT,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused(Why.TOO_HEAVY) from None
    if done.returncode < 0:
        # The kernel ended it: too much time, or a library that broke on this file.
        raise Refused(Why.TOO_HEAVY)
    line, _, kept = done.stdout.partition(b"\n")
    answer, _, word = line.decode("ascii", "replace").partition(" ")
    if done.returncode != 0 or answer not in ("ok", "no"):
        raise RuntimeError("What looks at files does not work here.")
    if answer == "no":
        raise Refused(Why(word))
    return Checked(Kind(word), kept)
