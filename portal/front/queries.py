"""The eight rights of eis 49.2 in plain words, the same for the page of each and for the PDF of all."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import Literal

from portal import pdf
from portal.city import City, Complaints, Organisation, Support, hours_text, money_text
from portal.deadlines import DECISION, RESEARCH
from portal.i18n import N_, SOURCE, Translator, format_date, translator


class Contacts(StrEnum):
    """Whom a page names, with number and hours."""

    TEAM = "team"
    OCO = "oco"
    COMPLAINTS = "complaints"


Reached = Support | Complaints | Organisation


@dataclass(frozen=True, slots=True)
class Right:
    """One right: its address, its name, what it means in one line, what to know, and whom to go to. ``way`` is (address, words)."""

    word: str
    title: str
    short: str
    texts: tuple[str, ...]
    contacts: Contacts
    way: tuple[str, str] | None = None


RIGHTS = (
    Right(
        "iemand-meenemen",
        N_("Neem iemand mee naar het gesprek"),
        N_("Uw familie, een vriend of een buur mag erbij zijn."),
        (
            N_("U mag altijd iemand meenemen naar een gesprek met ons."),
            N_("Dat mag familie zijn, een vriend, een buur of iemand anders. U kiest zelf wie."),
            N_("Komt u liever alleen? Dat is ook goed. U mag het elke keer opnieuw kiezen."),
        ),
        Contacts.TEAM,
        ("/melding", N_("Vraag hulp en zeg wie erbij mag zijn")),
    ),
    Right(
        "onafhankelijke-steun",
        N_("Krijg steun van iemand die niet bij ons werkt"),
        N_("Iemand van buiten denkt gratis met u mee."),
        (
            N_("Wilt u dat iemand met u meedenkt? Dan kunt u onafhankelijke cliëntondersteuning krijgen."),
            N_("Die persoon werkt niet bij ons en niet bij de gemeente. Hij of zij staat naast u."),
            N_("Het is gratis. Het kan zo lang als u hulp van ons krijgt. Wij hoeven het niet te weten."),
        ),
        Contacts.OCO,
    ),
    Right(
        "klacht",
        N_("Dien een klacht in"),
        N_("Ging er iets niet goed? Dan mag u dat zeggen."),
        (
            N_("Bent u niet tevreden over ons? U mag altijd een klacht indienen."),
            N_("Dat kan bij onze klachtenfunctionaris. Die werkt niet in een team en luistert naar u."),
            N_("Een klacht heeft geen gevolgen voor uw hulp. De klacht komt niet in uw dossier."),
            N_("Vindt u dit moeilijk? Vraag dan steun van iemand die niet bij ons werkt."),
        ),
        Contacts.COMPLAINTS,
        ("/uw-rechten/onafhankelijke-steun", N_("Krijg steun van iemand die niet bij ons werkt")),
    ),
    Right(
        "hulpverlener-kiezen",
        N_("Kies zelf uw hulpverlener"),
        N_("Het moet klikken. U mag ook later van hulpverlener wisselen."),
        (
            N_("U mag kiezen welke hulpverlener van ons u helpt. Heeft u geen voorkeur? Dan zoeken wij samen."),
            N_("Klikt het niet? U mag altijd om iemand anders vragen. U hoeft niet te zeggen waarom."),
            N_("U mag ook een buurtteam in een ander stadsdeel kiezen."),
        ),
        Contacts.TEAM,
        ("/buurtteams", N_("Bekijk alle buurtteams")),
    ),
    Right(
        "meer-hulp-aanvragen",
        N_("Vraag meer hulp aan"),
        N_("Is onze hulp niet genoeg? Dan kunt u extra zorg aanvragen."),
        (
            N_("Vindt u dat onze hulp niet past of niet genoeg is? Dan kunt u extra zorg aanvragen."),
            N_("Extra zorg is hulp die de gemeente betaalt. Bijvoorbeeld begeleiding thuis."),
            N_("Eerst onderzoeken wij samen wat u nodig heeft. Dat duurt hoogstens %(research)s weken."),
            N_("Daarna vraagt u de zorg aan. De gemeente besluit dan binnen %(decision)s weken."),
            N_("Zegt de gemeente nee? Dan krijgt u een brief met de reden. U kunt dan bezwaar maken."),
        ),
        Contacts.TEAM,
        ("/melding", N_("Vraag hulp")),
    ),
    Right(
        "zorg-of-geld",
        N_("Kies tussen zorg en een budget"),
        N_("Wij regelen de zorg, of u koopt die zelf met een budget."),
        (
            N_("Krijgt u extra zorg? Dan kiest u hoe u die krijgt."),
            N_("Zorg in natura: de gemeente regelt de zorg en betaalt de aanbieder."),
            N_("Een pgb is een persoonsgebonden budget. Daarmee kiest en betaalt u zelf uw zorg."),
            N_("Voor een pgb zijn er regels. U kunt het budget zelf beheren, of met iemand die u helpt."),
            N_("U legt uit waarom u een pgb wilt. De zorg die u koopt, moet goed zijn."),
        ),
        Contacts.TEAM,
        ("/uw-rechten/onafhankelijke-steun", N_("Praat erover met iemand die niet bij ons werkt")),
    ),
    Right(
        "aanbieder-kiezen",
        N_("Kies wie u de zorg geeft"),
        N_("Bij extra zorg kiest u zelf de aanbieder."),
        (
            N_("Krijgt u zorg in natura? Dan kiest u zelf welke organisatie u die zorg geeft."),
            N_("U kiest uit alle aanbieders waar de gemeente afspraken mee heeft."),
            N_("Vraag ons om de lijst. Wij vertellen u wat de verschillen zijn en hoe lang u wacht."),
        ),
        Contacts.TEAM,
    ),
    Right(
        "eigen-bijdrage",
        N_("Weet vooraf wat u betaalt"),
        N_("Onze hulp is gratis. Voor extra zorg betaalt u soms iets."),
        (
            N_("De hulp van het buurtteam is gratis. Dat heet basishulp."),
            N_("Voor extra zorg betaalt u vaak een eigen bijdrage. Dat is nu %(amount)s per maand."),
            N_("Wij vertellen u dit voordat u kiest. U krijgt de informatie ook op papier."),
        ),
        Contacts.TEAM,
        ("/kosten", N_("Lees meer over kosten")),
    ),
)
"""In the order of eis 49.2 (R031 to R038)."""


def find_right(word: str) -> Right | None:
    """The right with this word in its address."""
    return next((right for right in RIGHTS if right.word == word), None)


def values(city: City, speaker: Translator) -> dict[str, str]:
    """What the texts of the rights name."""
    return {
        "amount": money_text(city.contribution_cents, speaker),
        "research": str(RESEARCH.length),
        "decision": str(DECISION.length),
    }


@lru_cache(maxsize=16)
def rights_pdf(city: City, code: str) -> bytes:
    """All rights as one tagged PDF in a language; below each text that nobody checked stands the Dutch."""
    paper = _rights(city, code)
    return pdf.make_pdf(paper.speaker.gettext("Uw rechten"), code, [pdf.Part(code, tuple(paper.blocks))], author=city.organisation.name)


@lru_cache(maxsize=16)
def rights_version(city: City, code: str) -> str:
    """Which text of the rights that paper has: the day on which the city checked it, and a mark that each word changes (R028)."""
    mark = sha256(repr(_rights(city, code).blocks).encode()).hexdigest()[:8]
    return f"{city.group('organisation').checked_on:%Y-%m-%d} {mark}"


def _rights(city: City, code: str) -> "_Paper":
    paper = _Paper(city, code)
    paper.head(N_("Uw rechten"), 1)
    paper.say(N_("Dit zijn uw rechten bij het buurtteam. Vraag ons gerust om uitleg."))
    for right in RIGHTS:
        paper.head(right.title, 2)
        for text in right.texts:
            paper.say(text)
        if right.contacts is not Contacts.TEAM:
            paper.contacts(right.contacts)
    paper.head(N_("Vragen? Bel ons"), 2)
    paper.contacts(Contacts.TEAM)
    paper.say(N_("Nagekeken op %(day)s."), day=city.group("organisation").checked_on)
    return paper


class _Paper:
    """Gathers the blocks of the PDF."""

    def __init__(self, city: City, code: str) -> None:
        self.city, self.code, self.speaker = city, code, translator(code)
        self.blocks: list[pdf.Block] = []

    def head(self, text: str, level: Literal[1, 2]) -> None:
        self.blocks.append(pdf.heading(self.speaker.gettext(text), self.code, level))
        self._dutch(text)

    def say(self, text: str, **days: date) -> None:
        self.blocks.append(pdf.paragraph(self._filled(text, self.speaker, days), self.code))
        self._dutch(text, **days)

    def _dutch(self, text: str, **days: date) -> None:
        if not self.speaker.is_checked(text, self.speaker.gettext(text)):
            self.blocks.append(pdf.original(self._filled(text, translator(SOURCE), days)))

    def _filled(self, text: str, speaker: Translator, days: dict[str, date]) -> str:
        written = {name: format_date(day, speaker.language.code, "short") for name, day in days.items()}
        return speaker.gettext(text, **values(self.city, speaker), **written)

    def contacts(self, whom: Contacts) -> None:
        self.blocks.append(pdf.items([self._line(one) for one in reached(self.city, whom)], self.code))

    def _line(self, one: Reached) -> str:
        # A name and a number keep their own direction between words from right to left.
        own = f"\u2068{one.name}\u2069: \u2066{one.phone}\u2069"
        return "\n".join([own, *hours_text(one.hours, self.speaker)])


def reached(city: City, whom: Contacts) -> tuple[Reached, ...]:
    """Whom one can go to: each has a name, a number and hours."""
    if whom is Contacts.OCO:
        return city.oco
    return (city.complaints if whom is Contacts.COMPLAINTS else city.organisation,)
