"""Looking back on the plan together, and the words for it. Tables: casus.evaluation*."""

from enum import IntEnum

from portal.i18n import N_

# Characters; migrations/versions/0033_evaluation.sql says the same.
MAX_WORDS = 2_000
MAX_PLACE = 200
MAX_OTHERS = 300


class Kind(IntEnum):
    """Which moment it is. The numbers stand in the database, as do those below."""

    TUSSENDOOR = 1
    JAARLIJKS = 2
    AFSLUITEND = 3


class Side(IntEnum):
    """From which side somebody looks back."""

    INWONER = 1
    PROFESSIONAL = 2
    MEEGEVRAAGD = 3


class Result(IntEnum):
    """How far a goal was reached (eis 9.2)."""

    GEHEEL = 1
    DEELS = 2
    NIET = 3


class Outcome(IntEnum):
    """What comes of it (eis 9.2)."""

    DOORGAAN = 1
    BIJSTELLEN = 2
    AFSCHALEN = 3
    OPSCHALEN = 4
    AFSLUITEN = 5


KIND_NAMES = {
    Kind.TUSSENDOOR: N_("Tussendoor"),
    Kind.JAARLIJKS: N_("Elk jaar"),
    Kind.AFSLUITEND: N_("Aan het eind van de hulp"),
}
RESULT_NAMES = {Result.GEHEEL: N_("Gelukt"), Result.DEELS: N_("Voor een deel gelukt"), Result.NIET: N_("Niet gelukt")}
OUTCOME_NAMES = {
    Outcome.DOORGAAN: N_("Wij gaan zo door"),
    Outcome.BIJSTELLEN: N_("Wij veranderen het plan"),
    Outcome.AFSCHALEN: N_("Er is minder hulp nodig"),
    Outcome.OPSCHALEN: N_("Er is meer hulp nodig"),
    Outcome.AFSLUITEN: N_("De hulp kan stoppen"),
}
# From not at all to wholly; the picture beside each is face-1 to face-5 of static/img/icons.svg.
CONTENT_NAMES = {5: N_("Heel blij"), 4: N_("Blij"), 3: N_("Het gaat"), 2: N_("Niet zo blij"), 1: N_("Helemaal niet blij")}
TOGETHER_NAMES = {5: N_("Heel goed"), 4: N_("Goed"), 3: N_("Het gaat"), 2: N_("Niet zo goed"), 1: N_("Slecht")}
SAFE_NAMES = {1: N_("Ja"), 2: N_("Niet altijd"), 3: N_("Nee"), 4: N_("Dat zeg ik liever niet")}
FITS_NAMES = {1: N_("Ja"), 2: N_("Voor een deel"), 3: N_("Nee")}
SAID_NAMES = {"papier": N_("Op papier"), "mondeling": N_("Mondeling")}
