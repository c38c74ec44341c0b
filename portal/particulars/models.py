"""What can change about a person. Table: casus.particulars_change."""

from enum import IntEnum

from portal.i18n import N_

# Characters; migrations/versions/0045_particulars.sql says the same.
MAX_NAME = 100
MAX_PROOF = 1_000


class Kind(IntEnum):
    """What changes. The numbers stand in the database."""

    OVERLEDEN = 1
    VERGISSING = 2
    NAAM = 3
    STADSDEEL = 4
    ZELFDE = 5

    @property
    def slug(self) -> str:
        """The word for it in an address."""
        return self.name.lower()


KIND_NAMES = {
    Kind.OVERLEDEN: N_("De inwoner is overleden"),
    Kind.VERGISSING: N_("De inwoner leeft: het was een vergissing"),
    Kind.NAAM: N_("Een andere naam"),
    Kind.STADSDEEL: N_("Een ander stadsdeel"),
    Kind.ZELFDE: N_("Twee dossiers van één persoon"),
}
