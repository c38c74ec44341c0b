"""What a professional tells about themselves, and the words for it. Table: casus.profile."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from uuid import UUID

from portal.i18n import N_

# Characters; migrations/versions/0041_profile.sql says the same.
MAX_WORDS = 1_500
MAX_GOOD_AT = 5
MAX_GOOD_AT_LENGTH = 60
MOST_PEOPLE = 200
MOST_HOURS = 40


class Drawing(IntEnum):
    """A picture instead of a photograph. The numbers stand in the database."""

    BOOM = 1
    ZON = 2
    FIETS = 3
    BOOT = 4
    BLOEM = 5
    HUIS = 6
    BEKER = 7
    VOGEL = 8


DRAWING_NAMES = {
    Drawing.BOOM: N_("Boom"),
    Drawing.ZON: N_("Zon"),
    Drawing.FIETS: N_("Fiets"),
    Drawing.BOOT: N_("Boot"),
    Drawing.BLOEM: N_("Bloem"),
    Drawing.HUIS: N_("Huis"),
    Drawing.BEKER: N_("Beker"),
    Drawing.VOGEL: N_("Vogel"),
}

LANGUAGES_SPOKEN = (
    "nl", "en", "ar", "tr", "pl", "uk", "de", "fr", "es", "pt", "it", "ro", "bg", "ru", "fa", "ps", "ku", "ti", "am", "so", "rif", "pap",
    "hi", "hns", "ur", "zh", "vi", "id", "dse",
)  # fmt: skip
"""What one can say that one speaks: ISO 639 codes; Nederlandse Gebarentaal is a language too."""

# What the tables of languages that we use don't name.
LANGUAGE_NAMES = {"hns": N_("Sarnami"), "dse": N_("Nederlandse Gebarentaal"), "rif": N_("Tarifit (Berber)")}


@dataclass(frozen=True)
class Says:
    """What somebody tells. ``days``: 1 monday to 7 sunday; ``lived``: ervaringsdeskundig, knows from the own life what it is like."""

    drawing: int
    languages: list[str]
    good_at: list[str]
    leefdomeinen: list[int]
    about: str
    manner: str
    days: list[int]
    lived: bool


@dataclass(frozen=True)
class Version(Says):
    """What somebody sent; ``placed`` None: nobody looked yet, False: sent back with ``remark``."""

    public_id: UUID
    sent_at: datetime
    placed: bool | None
    looked_by_name: str | None
    remark: str
    gone_at: datetime | None


@dataclass(frozen=True)
class Profile(Says):
    """What residents read of somebody who works here. ``places``: for how many people there is room; None: nobody said how many."""

    person: UUID
    name: str
    job_title: str
    team: UUID | None
    team_name: str | None
    stadsdeel: int | None
    places: int | None

    @property
    def has_room(self) -> bool:
        """Whether somebody more can be helped. Where nobody said how many, that isn't known, and so it is no."""
        return bool(self.places)


class Tell(IntEnum):
    """What who helps now is told when the inwoner wants somebody else (eis 7). The numbers stand in the database."""

    NOTHING = 1
    THAT = 2


TELL_NAMES = {
    Tell.NOTHING: N_("Niets. Dan begint de nieuwe hulpverlener meteen."),
    Tell.THAT: N_("Alleen dat iemand anders mij gaat helpen. Niet waarom."),
}
MOST_CHOSEN = 3
LONGEST_AHEAD = 90
"""Days from today within which somebody else begins to help."""
