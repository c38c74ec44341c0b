"""What a plan van aanpak is made of (eis 8.4), the words for it, and how it is held once it was read. Tables: casus.plan_*."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from functools import cached_property
from uuid import UUID

from portal.dossier.models import Audience, Leefdomein
from portal.i18n import N_

# Characters; migrations/versions/0030_plan.sql says the same.
MAX_BODY = 10_000
MAX_WHY = 2_000
MAX_NAME = 120
MAX_PROOF = 300
MAX_REMARK = 2_000

# Actions on the page of the plan; what more there is stands on the page of its goal.
ACTIONS_TOGETHER = 30


class PartKind(IntEnum):
    """A part of the plan. The numbers stand in the database."""

    VRAAG = 1
    HELDER = 2
    BELANGRIJK = 3
    ENERGIE = 4
    IK_KAN = 5
    MIJN_MENSEN = 6
    BUURT = 7
    LEEFDOMEINEN = 8
    SAMEN = 9
    OVERGANG = 10
    EHEALTH = 11
    VEILIGHEID = 12
    TERUGKIJKEN = 13
    DOEL = 20
    ACTIE = 21


class Status(IntEnum):
    """How far an action is."""

    OPEN = 1
    BEZIG = 2
    KLAAR = 3
    VERVALLEN = 4


class Perspective(IntEnum):
    """What a goal aims at (eis 8.4 under 8)."""

    HERSTEL = 1
    ONTWIKKELING = 2
    STABILISATIE = 3
    ACCEPTATIE = 4
    MEEDOEN = 5
    BEHOUD = 6


class Choice(IntEnum):
    """What the inwoner says of a plan."""

    AKKOORD = 1
    MET_OPMERKING = 2
    NIET_AKKOORD = 3


class Role(IntEnum):
    """As what a naaste is invited into the plan. The numbers stand in the database."""

    MEELEZEN = 1
    MEEDENKEN = 2
    MEESCHRIJVEN = 3
    ACTIE = 4
    EVALUATIE = 5
    REGIE = 6


class Plays(IntEnum):
    """What the inwoner says of a leefdomein."""

    SPEELT = 1
    SPEELT_NIET = 2
    NIET_BESPREKEN = 3


@dataclass(frozen=True)
class PartText:
    """How a part is put to people: its name, what to think of, a question with answers, and who reads it unless somebody chooses."""

    slug: str
    name: str
    hint: str
    audience: Audience = Audience.EVERYONE
    question: str = ""
    answers: dict[int, str] = field(default_factory=dict)


# In the order of the page.
PARTS: dict[PartKind, PartText] = {
    PartKind.VRAAG: PartText(
        "mijn-vraag", N_("Mijn vraag, in mijn eigen woorden"), N_("Schrijf het zoals u het zelf zegt. Niemand verandert deze woorden.")
    ),
    PartKind.HELDER: PartText(
        "samen-bedoeld", N_("Wat wij samen bedoelen"), N_("Wat is de vraag, nu wij erover praatten? Schrijf het in gewone woorden.")
    ),
    PartKind.BELANGRIJK: PartText(
        "belangrijk-om-te-weten",
        N_("Wat belangrijk is om van mij te weten"),
        N_("Denk aan uw taal, geloof, gewoonten, of wat u meemaakte. U hoeft niets te vertellen."),
        Audience.PROFESSIONAL,
    ),
    PartKind.ENERGIE: PartText("energie", N_("Wat mij energie geeft"), N_("Waar wordt u blij of rustig van?")),
    PartKind.IK_KAN: PartText("ik-kan", N_("Wat ik zelf kan"), N_("Waar bent u goed in? Wat lukt u al?")),
    PartKind.MIJN_MENSEN: PartText(
        "mijn-mensen",
        N_("Wat mijn mensen doen"),
        N_("Wie helpt u al, en waarmee? Noem van anderen niet meer dan nodig is."),
        question=N_("Wilt u dat iemand uit uw omgeving meedenkt over het plan?"),
        answers={1: N_("Ja"), 2: N_("Nee"), 3: N_("Misschien later")},
    ),
    PartKind.BUURT: PartText("buurt", N_("Wat er in de buurt is"), N_("Bijvoorbeeld een kookgroep, de bibliotheek of een inloop.")),
    PartKind.LEEFDOMEINEN: PartText("wat-speelt-er", N_("Wat er speelt"), N_("Kies alleen waar u iets over wilt zeggen.")),
    PartKind.SAMEN: PartText(
        "samenwerken",
        N_("Hoe wij samenwerken"),
        N_("Wie doet mee, en wat spreken wij af? Wie belt wie?"),
        question=N_("Wie houdt het overzicht over de hulp?"),
        answers={1: N_("Ik zelf"), 2: N_("Iemand uit mijn omgeving"), 3: N_("Mijn hulpverlener")},
    ),
    PartKind.OVERGANG: PartText(
        "wat-verandert",
        N_("Wat er gaat veranderen"),
        N_("Bijvoorbeeld een ander huis of ander werk. Gaat de hulp dan door, en wie doet wat?"),
    ),
    PartKind.EHEALTH: PartText(
        "hulp-op-een-scherm",
        N_("Hulp op telefoon of computer"),
        N_("Bijvoorbeeld beeldbellen of een app. Het mag ook op papier."),
        question=N_("Wilt u hulp op telefoon of computer?"),
        answers={1: N_("Ja"), 2: N_("Nee"), 3: N_("Misschien later")},
    ),
    PartKind.VEILIGHEID: PartText(
        "veilig-zijn",
        N_("Wat ik doe als het niet veilig is"),
        N_("Wat merkt u dan? Wat doet u? Wie belt u? Wie met u meeleest, ziet dit niet."),
        Audience.PROFESSIONAL,
    ),
    PartKind.TERUGKIJKEN: PartText(
        "terugkijken", N_("Wanneer wij terugkijken, en met wie"), N_("Wie wilt u daarbij hebben? U kiest dat zelf.")
    ),
}
BY_SLUG = {part.slug: kind for kind, part in PARTS.items()}

STATUS_NAMES = {
    Status.OPEN: N_("Nog niet begonnen"),
    Status.BEZIG: N_("Mee bezig"),
    Status.KLAAR: N_("Klaar"),
    Status.VERVALLEN: N_("Hoeft niet meer"),
}
PERSPECTIVE_NAMES = {
    Perspective.HERSTEL: N_("Weer beter worden"),
    Perspective.ONTWIKKELING: N_("Iets leren of iets nieuws doen"),
    Perspective.STABILISATIE: N_("Rust krijgen"),
    Perspective.ACCEPTATIE: N_("Ermee leren leven"),
    Perspective.MEEDOEN: N_("Meedoen met anderen"),
    Perspective.BEHOUD: N_("Houden wat goed gaat"),
}
CHOICE_NAMES = {
    Choice.AKKOORD: N_("Ja, ik ben het ermee eens"),
    Choice.MET_OPMERKING: N_("Ja, maar ik wil er iets bij zeggen"),
    Choice.NIET_AKKOORD: N_("Nee, ik ben het er niet mee eens"),
}
PLAYS_NAMES = {
    Plays.SPEELT: N_("Hier speelt iets"),
    Plays.SPEELT_NIET: N_("Dit gaat goed"),
    Plays.NIET_BESPREKEN: N_("Dit wil ik niet bespreken"),
}
ROLE_NAMES = {
    Role.MEELEZEN: N_("Meelezen"),
    Role.MEEDENKEN: N_("Meelezen en meedenken"),
    Role.MEESCHRIJVEN: N_("Meeschrijven"),
    Role.ACTIE: N_("Iets doen"),
    Role.EVALUATIE: N_("Samen terugkijken"),
    Role.REGIE: N_("Het overzicht houden"),
}
# Who may say something beside a part, and what somebody can do in each role, besides ending the own actions.
# Who may sit in on a conversation: somebody who is paid from a pgb can't, when it is about that pgb (eis 39).
TALKS_ALONG = frozenset({Role.MEEDENKEN, Role.EVALUATIE, Role.REGIE})
REMARKS = frozenset({Role.MEEDENKEN, Role.MEESCHRIJVEN, Role.EVALUATIE, Role.REGIE})
ROLE_DOES = {
    Role.MEELEZEN: N_("Deze persoon kan lezen."),
    Role.MEEDENKEN: N_("Deze persoon kan lezen, en er iets bij zeggen."),
    Role.MEESCHRIJVEN: N_("Deze persoon kan lezen, schrijven, en er iets bij zeggen."),
    Role.ACTIE: N_("Deze persoon kan lezen."),
    Role.EVALUATIE: N_("Deze persoon kan lezen, en er iets bij zeggen."),
    Role.REGIE: N_("Deze persoon kan lezen, er iets bij zeggen, en zeggen hoe ver een actie is."),
}
PRESSURE_NAMES = {1: N_("Drang"), 2: N_("Dwang")}
PRESSURE_WORDS = {
    1: N_("Nee zeggen mag, maar dat heeft gevolgen."),
    2: N_("Deze hulp moet. Een rechter of de wet bepaalde dat."),
}
COPY_NAMES = {1: N_("Ja, op mijn telefoon of computer"), 2: N_("Ja, op papier"), 0: N_("Nee")}
OWN_NAMES = {5: N_("Ja, helemaal"), 4: N_("Best wel"), 3: N_("Een beetje"), 2: N_("Niet echt"), 1: N_("Nee")}
WAY_NAMES = {"portaal": N_("in dit portaal"), "papier": N_("op papier"), "mondeling": N_("mondeling")}
AUDIENCE_NAMES = {
    Audience.ME: N_("Alleen ik"),
    Audience.PROFESSIONAL: N_("Ik en mijn hulpverleners"),
    Audience.EVERYONE: N_("Ook wie van mij mijn plan mag lezen"),
}


@dataclass(frozen=True)
class PlanText:
    """What a part says in one of its texts. Days are those of Amsterdam; ``answers`` as in portal/plan/models.py."""

    number: int
    body: str
    why: str
    answers: list[int]
    leefdomein: int
    perspective: int | None
    holder_id: int | None
    holder_name: str
    due_on: date | None
    look_on: date | None
    dropped: bool
    author_name: str
    written_at: datetime

    @property
    def words(self) -> tuple[object, ...]:
        """All that it says: two texts with the same words say the same."""
        return (
            self.body,
            self.why,
            self.answers,
            self.leefdomein,
            self.perspective,
            self.holder_name,
            self.due_on,
            self.look_on,
            self.dropped,
        )


@dataclass(frozen=True)
class Part:
    """A part of the plan with its newest text. ``agreed``: the number of the text that was agreed with last; None: none was.

    ``remarks``: how many were made beside it, of which ``unseen`` nobody read.

    ``joint``: it also stands in the plans of who is in the household plan. ``said``: of a joint goal who has it, and whether they said
    yes to it as it stands; for the inwoner's side and the team. ``shown``: the text that the others read, since ``shown_at``.
    """

    id: int
    public_id: UUID
    kind: PartKind
    goal_id: int | None
    audience: int
    place: int
    text: PlanText
    status: Status
    stepped_at: datetime | None
    agreed: int | None
    remarks: int = 0
    unseen: int = 0
    joint: bool = False
    said: list[tuple[str, bool]] = field(default_factory=list)
    shown: int | None = None
    shown_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Of an action: whether somebody still has to do something."""
        return self.status in (Status.OPEN, Status.BEZIG)


@dataclass(frozen=True)
class Goal:
    """A goal with its actions, the nearest day first."""

    part: Part
    actions: list[Part]

    @property
    def counted(self) -> int:
        """The actions that count: not those that are no longer needed."""
        return sum(action.status is not Status.VERVALLEN for action in self.actions)

    @property
    def done(self) -> int:
        """Of those, how many are done."""
        return sum(action.status is Status.KLAAR for action in self.actions)

    def coming(self, most: int) -> list[Part]:
        """At most so many actions that somebody still has to do, the nearest day first."""
        return [action for action in self.actions if action.is_open][:most]

    @property
    def next_day(self) -> date | None:
        """The first day on which something is to be done."""
        return min((action.text.due_on for action in self.actions if action.is_open and action.text.due_on), default=None)


@dataclass(frozen=True)
class Proposal:
    """What was laid before the inwoner, and what came of it: ``choice`` None: nothing yet. ``version`` None: not agreed with."""

    id: int
    public_id: UUID
    made_by_name: str
    made_at: datetime
    settled_at: datetime | None
    version: int | None
    choice: int | None
    words: str | None
    way: str | None
    proof: str | None
    decided_on: date | None
    copy: int | None
    own: int | None
    recorded_by_name: str | None

    @property
    def waits(self) -> bool:
        """Whether the inwoner hasn't answered, and nothing newer was laid before."""
        return self.settled_at is None


@dataclass(frozen=True)
class Plan:
    """The plan as the actor sees it now."""

    texts: dict[PartKind, list[Part]]
    goals: list[Goal]
    proposals: list[Proposal]
    dropped: list[Part] = field(default_factory=list)

    @cached_property
    def waiting(self) -> Proposal | None:
        """What lies before the inwoner now."""
        return next((one for one in self.proposals if one.waits), None)

    @cached_property
    def agreed(self) -> Proposal | None:
        """What the inwoner agreed with last."""
        return max((one for one in self.proposals if one.version), key=lambda one: one.version or 0, default=None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written yet that the actor may see."""
        return not self.texts and not self.goals

    @property
    def parts(self) -> list[Part]:
        """Every part, in the order of the page."""
        rows = [part for parts in self.texts.values() for part in parts]
        return rows + [one for goal in self.goals for one in (goal.part, *goal.actions)]

    def part(self, public_id: UUID) -> Part | None:
        """The part with this id."""
        return next((part for part in (*self.parts, *self.dropped) if part.public_id == public_id), None)

    def goal(self, public_id: UUID) -> Goal | None:
        """The goal with this id."""
        return next((goal for goal in self.goals if goal.part.public_id == public_id), None)

    @property
    def coming(self) -> list[Part]:
        """The actions that stand on the page of the plan."""
        return [action for goal in self.goals for action in goal.coming(self.shown_of_a_goal)]

    @property
    def shown_of_a_goal(self) -> int:
        """How many actions of each goal stand on the page of the plan: all of a short plan, the first of each goal in a long one."""
        return max(1, ACTIONS_TOGETHER // max(1, len(self.goals)))

    @cached_property
    def changed(self) -> bool:
        """Whether something that is not kept was written or dropped since the last agreement."""
        written = [part for part in (*self.parts, *self.dropped) if part.audience > 1 and part.agreed != part.text.number]
        return any(part.agreed is not None or not part.text.dropped for part in written)

    def plays(self, leefdomein: Leefdomein) -> Plays | None:
        """What the inwoner said of this leefdomein."""
        answers = [part.text.answers for part in self.texts.get(PartKind.LEEFDOMEINEN, []) if len(part.text.answers) >= leefdomein]
        return next((Plays(given[leefdomein - 1]) for given in answers if given[leefdomein - 1]), None)
