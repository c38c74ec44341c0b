"""The grounds on which somebody acts for an inwoner, and their words.

Burgerlijk Wetboek, book 1: curatele (378), bewind (431), mentorschap (450); book 3, article 60: volmacht.
"""

from enum import StrEnum

from portal.i18n import N_


class Ground(StrEnum):
    """Why somebody may act for the inwoner, as in casus.mandate."""

    MENTOR = "mentor"
    CURATOR = "curator"
    BEWINDVOERDER = "bewindvoerder"
    GEMACHTIGDE = "gemachtigde"


GROUND_NAMES: dict[str, str] = {
    Ground.MENTOR: N_("mentor"),
    Ground.CURATOR: N_("curator"),
    Ground.BEWINDVOERDER: N_("bewindvoerder"),
    Ground.GEMACHTIGDE: N_("gemachtigde"),
}

CHOICES: dict[str, str] = {
    Ground.MENTOR: N_("Mentor, van de rechter: over zorg"),
    Ground.CURATOR: N_("Curator, van de rechter: over alles"),
    Ground.BEWINDVOERDER: N_("Bewindvoerder, van de rechter: over geld"),
    Ground.GEMACHTIGDE: N_("Gemachtigde, gekozen door de inwoner"),
}
"""What a professional chooses from."""
