"""Topics and ways, with the codes of portaal.notice_choice."""

from enum import StrEnum

from portal.i18n import N_


class Topic(StrEnum):
    """What a notice can be about. What has no topic is always told."""

    NEW = "nieuw"
    ANSWER = "antwoord"
    MESSAGE = "bericht"
    ACCESS = "meekijken"
    STEP = "stap"


class Way(StrEnum):
    """How a notice comes."""

    MAIL = "mail"
    LETTER = "brief"
    NONE = "niets"


TOPIC_NAMES = {
    Topic.NEW: N_("Er staat iets nieuws in uw dossier"),
    Topic.ANSWER: N_("Er is antwoord op uw vraag"),
    Topic.MESSAGE: N_("Uw hulpverlener schreef u een bericht"),
    Topic.ACCESS: N_("Iemand kan binnenkort niet meer meekijken"),
    Topic.STEP: N_("Er is een stap uit uw plan te doen"),
}
WAY_NAMES = {Way.MAIL: N_("Stuur een mail"), Way.LETTER: N_("Stuur een brief"), Way.NONE: N_("Stuur niets")}
