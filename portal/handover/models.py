"""To whom an inwoner is handed over, and how far that is. Tables: casus.handover, casus.handover_entry, portaal.package."""

from enum import IntEnum

from portal.i18n import N_

# Characters; migrations/versions/0044_handover.sql says the same.
MAX_NAME = 200
MAX_WORDS = 2_000
MAX_PROOF = 1_000
MOST_ENTRIES = 100
"""As many entries go along: what the other party needs, and not all there is (AVG, article 5, first paragraph, under c)."""
MOST_BYTES = 25_000_000
"""As large is a package at most, in bytes: it is made while somebody waits."""


class Kind(IntEnum):
    """What kind of party it is. The numbers stand in the database."""

    JEUGD = 1
    BESCHERMD_WONEN = 2
    WLZ = 3
    ANDERE_STAD = 4
    AANVULLENDE_ZORG = 5
    IEMAND_ANDERS = 6


class Standing(IntEnum):
    """How far a handover is."""

    PROPOSED = 1
    REFUSED = 2
    PACKED = 3
    SENT = 4
    FETCHED = 5
    TAKEN = 6
    NOT_TAKEN = 7
    WITHDRAWN = 8
    GONE = 9


KIND_NAMES = {
    Kind.JEUGD: N_("Buurtteam Jeugd en Gezin"),
    Kind.BESCHERMD_WONEN: N_("Beschermd wonen"),
    Kind.WLZ: N_("Langdurige zorg (Wlz)"),
    Kind.ANDERE_STAD: N_("Hulp in een andere gemeente"),
    Kind.AANVULLENDE_ZORG: N_("Extra zorg"),
    Kind.IEMAND_ANDERS: N_("Iemand anders"),
}
STANDING_NAMES = {
    Standing.PROPOSED: N_("Wacht op de inwoner"),
    Standing.REFUSED: N_("De inwoner wil dit niet"),
    Standing.PACKED: N_("De inwoner vindt het goed. Geef nu een code."),
    Standing.SENT: N_("De code is gegeven"),
    Standing.FETCHED: N_("Opgehaald, nog niet bevestigd"),
    Standing.TAKEN: N_("Overgenomen"),
    Standing.NOT_TAKEN: N_("Niet overgenomen"),
    Standing.WITHDRAWN: N_("Teruggenomen"),
    Standing.GONE: N_("Het pakket is niet meer te openen"),
}
# As the inwoner reads them.
OWN_STANDING_NAMES = {
    **STANDING_NAMES,
    Standing.PROPOSED: N_("Wacht op uw antwoord"),
    Standing.REFUSED: N_("U wilt dit niet"),
    Standing.PACKED: N_("U vond het goed. Wij geven de ander nu een code."),
}
ANSWER_NAMES = {1: N_("Ja, dit mag mee"), 2: N_("Nee, ik wil dit niet")}
SAID_NAMES = {"papier": N_("Op papier"), "mondeling": N_("Mondeling")}
