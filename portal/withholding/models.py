"""The grounds in law on which a text may be withheld from the inwoner, and their words.

Wmo 2015, article 5.3.2; AVG, article 15, fourth paragraph, and 23; UAVG, article 41, first paragraph, under i and d.
"""

from enum import IntEnum

from portal.i18n import N_


class Ground(IntEnum):
    """Why a text is withheld, as in casus.closure and casus.withholding."""

    PRIVACY = 1
    DANGER = 2
    INVESTIGATION = 3


TOLD: dict[int, str] = {
    Ground.PRIVACY: N_("Er staat iets in over het leven van iemand anders."),
    Ground.DANGER: N_("Iemand komt in gevaar als dit nu te lezen is."),
    Ground.INVESTIGATION: N_("De politie is met iets bezig, en dit kan dat storen."),
}
"""What the inwoner reads."""

LAW: dict[int, str] = {
    Ground.PRIVACY: N_("Privacy van iemand anders (Wmo 5.3.2, AVG artikel 15)"),
    Ground.DANGER: N_("Gevaar voor iemand (uitvoeringswet AVG, artikel 41)"),
    Ground.INVESTIGATION: N_("Werk van de politie (uitvoeringswet AVG, artikel 41)"),
}
"""What a professional chooses from, with the article."""
