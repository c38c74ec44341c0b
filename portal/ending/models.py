"""How help ends, and the words for it. Table: casus.ending."""

from enum import IntEnum

from portal.i18n import N_

# Characters; migrations/versions/0036_ending.sql says the same.
MAX_REASON = 2_000
MAX_ONWARD = 1_000


class Kind(IntEnum):
    """Why the help ends. The numbers stand in the database, as do those below."""

    OPGELOST = 1
    OVERGEDRAGEN = 2
    EIGEN_WENS = 3
    EERDER = 4
    UITGESTELD = 5

    @property
    def is_early(self) -> bool:
        """Whether it is early, so that it needs a weighty reason and a second one (eis 63.1 and 63.2; putting off counts as early)."""
        return self in (Kind.EERDER, Kind.UITGESTELD)


class Weighty(IntEnum):
    """The weighty reasons of eis 63.2."""

    DREIGING = 1
    VERTROUWEN = 2
    HYGIENE = 3
    AFSPRAKEN = 4


KIND_NAMES = {
    Kind.OPGELOST: N_("Het is opgelost"),
    Kind.OVERGEDRAGEN: N_("Iemand anders helpt verder"),
    Kind.EIGEN_WENS: N_("De inwoner wil zelf stoppen"),
    Kind.EERDER: N_("Wij stoppen eerder dan bedoeld"),
    Kind.UITGESTELD: N_("Wij stoppen voor een tijd"),
}
# As the inwoner reads them.
OWN_NAMES = {**KIND_NAMES, Kind.EIGEN_WENS: N_("U wilt zelf stoppen")}
WEIGHTY_NAMES = {
    Weighty.DREIGING: N_("Iemand is ernstig bedreigd"),
    Weighty.VERTROUWEN: N_("Het vertrouwen is weg, en komt niet terug"),
    Weighty.HYGIENE: N_("Het huis is een gevaar voor de gezondheid"),
    Weighty.AFSPRAKEN: N_("Belangrijke afspraken lukten niet, ook niet na brieven"),
}
CHOICE_NAMES = {1: N_("Ja, zo is het"), 2: N_("Nee, het zit anders")}
SAID_NAMES = {"papier": N_("Op papier"), "mondeling": N_("Mondeling")}
