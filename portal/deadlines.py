"""Terms: how long something may take or stay, each once, with its source. Pure functions, no clock.

Pages, reminders and reports call ``due``. Rules in PostgreSQL and texts have to say a length themselves;
tests/unit/test_terms_agree.py holds them to the ones here. Days, working days, weeks, months and years are
counted on the calendar of Amsterdam (portal/calendar_nl.py); the day on which a term begins doesn't count.

"Eis" is a requirement of the city's programme (programma van eisen, Buurtteams Volwassenen). Where it leaves something
open, the reading here is the one that lets a resident wait shortest, and the source of the term says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from portal.calendar_nl import add_working_days, end_of_term_in_law, months_later, years_later

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_END_OF_DAY = time(23, 59, 59)


class Unit(Enum):
    """What the length of a term counts."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class Ends(Enum):
    """At which moment of its last day a term ends."""

    SAME_HOUR = "at the hour at which it began"
    WITH_THE_DAY = "with the last second of its last day: who says a number of days to a person means whole days"
    AS_IN_LAW = "with its last day, moved to the next day that is no Saturday, Sunday or holiday (Algemene termijnenwet, article 1)"


@dataclass(frozen=True, slots=True)
class Term:
    """A period with a fixed length. ``source`` is the law, norm or agreement that sets it."""

    name: str
    length: int
    unit: Unit
    source: str
    ends: Ends = Ends.SAME_HOUR

    def __post_init__(self) -> None:
        if self.length < 1:
            raise ValueError(f"{self.name}: a term lasts at least one of its units")
        if self.unit in (Unit.MINUTES, Unit.HOURS) and self.ends is not Ends.SAME_HOUR:
            # For law the same: the Algemene termijnenwet leaves terms of hours alone (article 4, under a).
            raise ValueError(f"{self.name}: minutes and hours end when they have passed")

    @property
    def delta(self) -> timedelta:
        """The length of a term in minutes or hours; raises ValueError for days, whose length varies."""
        if self.unit is Unit.MINUTES:
            return timedelta(minutes=self.length)
        if self.unit is Unit.HOURS:
            return timedelta(hours=self.length)
        raise ValueError(f"{self.name}: a term in {self.unit.value} has no fixed number of hours; use due()")


AGREED = "agreed for this portal; no law sets it"

CONCEPT_REMINDER = Term("the author of a concept is reminded of it", 1, Unit.WORKING_DAYS, AGREED)
CONCEPT_GONE = Term("a concept that was never placed is removed", 14, Unit.DAYS, AGREED)
DISCUSS_FIRST = Term("an entry to discuss first opens for the inwoner", 7, Unit.DAYS, AGREED)
TYPED_TEXT = Term("text typed in a form is kept for its writer", 24, Unit.HOURS, AGREED)
SESSION_IDLE = Term("a session without activity ends", 15, Unit.MINUTES, "DigiD test checklist 7.0, norm T14: at most 15 minutes")
SESSION_LONGEST = Term("a session ends, however active", 12, Unit.HOURS, AGREED)
START_CODE = Term("a start code works", 7, Unit.DAYS, AGREED)
START_CODE_BY_POST = Term("a start code that goes by post works", 21, Unit.DAYS, AGREED + ": printed, on its way, and opened late")
RENEWAL = Term("a colleague confirms a new start code, and it is given", 3, Unit.DAYS, AGREED)
RENEWAL_SHOWN = Term(
    "a new start code stands on the inwoner's start page",
    30,
    Unit.DAYS,
    AGREED + ": longer than a start code by post works, so it is there at the next sign-in",
)
MAIL_CODE = Term("the code that was mailed to confirm an e-mail address works", 30, Unit.MINUTES, AGREED)
SIGN_IN_TRACES = Term("sign-in attempts and ended sessions are kept", 90, Unit.DAYS, AGREED)

EMERGENCY = Term("who gave a reason reads in an emergency what the inwoner closed", 24, Unit.HOURS, AGREED)
EMERGENCY_SHOWN = Term("that somebody read in an emergency stands on the inwoner's start page", 30, Unit.DAYS, AGREED)

WITHHOLDING_REVIEW = Term(
    "a professional looks whether a text still has to be withheld from the inwoner, at most",
    3,
    Unit.MONTHS,
    AGREED + "; withholding lasts no longer than it has to (AVG, article 23; Wmo 2015, article 5.3.2)",
    Ends.WITH_THE_DAY,
)
NOTICE_POSTPONED = Term(
    "an inwoner is told later that a text is withheld, when telling is the danger; two professionals decide so, for this long at most",
    4,
    Unit.WEEKS,
    AGREED + ", and shorter when the city says so in its configuration; AVG, article 23, second paragraph, under h",
)

NEWS_BY_MAIL = Term("an inwoner is mailed that something new stands in the dossier, at most once in", 24, Unit.HOURS, AGREED)
NEWS_BY_LETTER = Term("an inwoner gets a letter that something new stands in the dossier, at most once in", 7, Unit.DAYS, AGREED)

CONFIRMATION = Term(
    "a melding is confirmed to who sent it",
    48,
    Unit.HOURS,
    "eis 50.2(1). The source doesn't say which hours: here the clock runs on at night, in weekends and on holidays",
)
FIRST_TALK = Term(
    "somebody of the team has spoken with the inwoner after a melding", 5, Unit.WORKING_DAYS, "eis 50.2(2)", Ends.WITH_THE_DAY
)
START = Term(
    "basishulp starts after a melding",
    14,
    Unit.DAYS,
    "eis 50.2(3) and 50.3; from the melding to the start of help, not to a first conversation. In the long run 5 days",
    Ends.WITH_THE_DAY,
)
NORM_START = 0.80
"""The part of the residents for whom basishulp starts within ``START``: eis 50.3 and the table of eis 106, reported each month."""

LONGEST_WAIT = Term(
    "an inwoner waits for help, at most",
    4,
    Unit.WEEKS,
    "eis 50.1. Counted from the melding, not from the day on which a name came on a list",
    Ends.WITH_THE_DAY,
)
WAIT_ALERT = Term("the team is warned that an inwoner waits long", 3, Unit.WEEKS, AGREED, Ends.WITH_THE_DAY)

CRISIS = Term("the team acts in a crisis", 24, Unit.HOURS, "eis 5.11, note 2; from when the urgency is known")
SPOED = Term(
    "the team acts when there is spoed",
    3,
    Unit.DAYS,
    "eis 5.11, note 2; from when the urgency is known, weekends and holidays counted, to the hour",
)
URGENT = Term(
    "the team acts when a question is urgent, without crisis or spoed",
    3,
    Unit.WORKING_DAYS,
    AGREED + ": never before a case of spoed of the same moment, and two working days before an ordinary first talk",
    Ends.WITH_THE_DAY,
)

RESEARCH = Term(
    "the research after a melding under the Wmo is done",
    6,
    Unit.WEEKS,
    "Wmo 2015, article 2.3.2, first paragraph; eis 33",
    Ends.AS_IN_LAW,
)
DECISION = Term(
    "the city decides on an application under the Wmo", 2, Unit.WEEKS, "Wmo 2015, article 2.3.5, second paragraph; eis 33", Ends.AS_IN_LAW
)
PERSONAL_PLAN = Term(
    "an inwoner can hand in a personal plan after a melding",
    7,
    Unit.DAYS,
    "Wmo 2015, article 2.3.2, second paragraph; a plan that comes later is read too",
    Ends.AS_IN_LAW,
)
NOTIFICATION = Term(
    "an inwoner hears that a message is waiting in the portal",
    48,
    Unit.HOURS,
    "Awb 2:10; hours, so the Algemene termijnenwet doesn't move it",
)

DID_IT_HELP = Term(
    "after advice or a referral the inwoner is asked whether it helped", 3, Unit.WEEKS, AGREED + "; eis 33 and 49.3 ask to look back"
)
DRAFT_KEPT = Term("a melding that was begun and not sent is kept", 14, Unit.DAYS, AGREED)
COPY_KEPT = Term("who sent a melding can read back what was sent", 1, Unit.YEARS, AGREED)

MAIL_GIVE_UP = Term(
    "a mail that doesn't arrive is tried again, and then becomes a task of the team", 24, Unit.HOURS, AGREED + ": within NOTIFICATION"
)
POST_TRACES = Term("what was sent or posted, and when, is kept", 90, Unit.DAYS, AGREED)

WISH_ANSWER = Term("an inwoner who wants somebody else to help gets an answer", 5, Unit.WORKING_DAYS, AGREED + "; R075", Ends.WITH_THE_DAY)
LOOK_BACK = Term("one looks back together on a plan", 1, Unit.YEARS, "eis 9.1; 004 § 2.2.4: in principle yearly", Ends.WITH_THE_DAY)
HANDOVER_CODE = Term("the code to open what is handed over works", 14, Unit.DAYS, AGREED)
HANDOVER_KEPT = Term("what is to be handed over waits for its code", 28, Unit.DAYS, AGREED)
ENDING_ANSWER = Term("an inwoner says what they think of the reason that the help ends", 14, Unit.DAYS, AGREED + "; eis 63.5")
ACCESS_GIVEN = Term(
    "access that an inwoner gives ends, unless another day is chosen",
    6,
    Unit.MONTHS,
    AGREED + " (eis 95.3: the inwoner decides until when)",
    Ends.WITH_THE_DAY,
)
ACCESS_LONGEST = Term(
    "access that an inwoner gives or prolongs ends, at most",
    1,
    Unit.YEARS,
    AGREED + " (eis 95.3): permission that nobody looks at any more isn't given freely (AVG, article 7)",
    Ends.WITH_THE_DAY,
)
ACCESS_ENDS_SOON = Term("an inwoner is told that access ends, so long before", 14, Unit.DAYS, AGREED, Ends.WITH_THE_DAY)
STEP_PAST = Term("who does something in a plan is told that its day is past, until", 14, Unit.DAYS, AGREED, Ends.WITH_THE_DAY)
ACCESS_CHECK = Term(
    "an inwoner is asked whether access that stayed open still holds",
    1,
    Unit.YEARS,
    AGREED + ", beside ACCESS_LONGEST: access that came from elsewhere may have no end",
    Ends.WITH_THE_DAY,
)
ACCESS_CHANGED_SHOWN = Term("somebody reads that the own access changed, when the inwoner wanted that", 14, Unit.DAYS, AGREED)

CORRECTION = Term(
    "an inwoner hears what is done with the question to correct, complete or remove something",
    1,
    Unit.MONTHS,
    "AVG, article 12, third and fourth paragraph, of a question under article 16, 17 or 18. A last day in a weekend isn't moved"
    " (Regulation 1182/71 would), so that the inwoner waits shortest",
    Ends.WITH_THE_DAY,
)
CORRECTION_LONGEST = Term(
    "the same when it was told within the month, with the reason, that it takes longer: two months more, counted from the question",
    3,
    Unit.MONTHS,
    "AVG, article 12, third paragraph",
    Ends.WITH_THE_DAY,
)
EXPLANATION = Term("an inwoner who doesn't understand a text gets it explained", 5, Unit.WORKING_DAYS, AGREED, Ends.WITH_THE_DAY)
WHY_LOOKED = Term(
    "an inwoner hears why somebody looked in the dossier",
    1,
    Unit.MONTHS,
    AGREED + ", as long as for a question under AVG, article 15 (article 12, third paragraph)",
    Ends.WITH_THE_DAY,
)
MESSAGE = Term(
    "an inwoner who writes a message gets an answer",
    2,
    Unit.WORKING_DAYS,
    AGREED + "; eis 54.1 asks for a quick and good answer, and names no term",
    Ends.WITH_THE_DAY,
)
TAKING = Term("a copy that an inwoner asked to take along can be fetched", 24, Unit.HOURS, AGREED)
OBJECTION = Term(
    "an inwoner can object to a refusal of a question under the AVG",
    6,
    Unit.WEEKS,
    "Awb, articles 6:7 and 6:8; the refusal is a decision (UAVG, article 34)",
    Ends.AS_IN_LAW,
)

WRONG_ENTRY = Term(
    "a second professional says what becomes of an entry that stood in the wrong dossier", 1, Unit.WORKING_DAYS, AGREED, Ends.WITH_THE_DAY
)
BREACH = Term(
    "a personal data breach is reported to the Autoriteit Persoonsgegevens, unless a risk is unlikely",
    72,
    Unit.HOURS,
    "AVG, article 33, first paragraph, counted from when the entry was taken out; no hour is skipped, so it is never too late",
)

DESTRUCTION_ANSWER = Term(
    "an inwoner hears what becomes of the question to destroy something",
    1,
    Unit.MONTHS,
    "AVG, article 12, third and fourth paragraph, of a question under article 17; the Wmo sets no term for the answer",
    Ends.WITH_THE_DAY,
)
DESTRUCTION = Term(
    "what an inwoner asked to destroy, and isn't kept by law, is gone",
    3,
    Unit.MONTHS,
    "Wmo 2015, article 5.3.5, first paragraph. A last day in a weekend isn't moved, so that the inwoner waits shortest",
    Ends.WITH_THE_DAY,
)
BACKUP_KEPT = Term(
    "a copy against disasters is kept, so what was destroyed may still be in one",
    90,
    Unit.DAYS,
    AGREED + " (docs/running.md)",
    Ends.WITH_THE_DAY,
)
RETENTION = Term(
    "a dossier is kept, counted from the last change in it", 15, Unit.YEARS, "Wmo 2015, article 5.3.4, or longer", Ends.WITH_THE_DAY
)

TERMS = (
    CONCEPT_REMINDER,
    CONCEPT_GONE,
    DISCUSS_FIRST,
    TYPED_TEXT,
    SESSION_IDLE,
    SESSION_LONGEST,
    START_CODE,
    START_CODE_BY_POST,
    RENEWAL,
    RENEWAL_SHOWN,
    MAIL_CODE,
    SIGN_IN_TRACES,
    EMERGENCY,
    EMERGENCY_SHOWN,
    WITHHOLDING_REVIEW,
    NOTICE_POSTPONED,
    CONFIRMATION,
    FIRST_TALK,
    START,
    LONGEST_WAIT,
    WAIT_ALERT,
    CRISIS,
    SPOED,
    URGENT,
    RESEARCH,
    DECISION,
    PERSONAL_PLAN,
    NOTIFICATION,
    DID_IT_HELP,
    WISH_ANSWER,
    LOOK_BACK,
    ENDING_ANSWER,
    HANDOVER_CODE,
    HANDOVER_KEPT,
    DRAFT_KEPT,
    COPY_KEPT,
    MAIL_GIVE_UP,
    POST_TRACES,
    ACCESS_GIVEN,
    ACCESS_LONGEST,
    ACCESS_ENDS_SOON,
    STEP_PAST,
    ACCESS_CHECK,
    ACCESS_CHANGED_SHOWN,
    CORRECTION,
    CORRECTION_LONGEST,
    EXPLANATION,
    WHY_LOOKED,
    MESSAGE,
    TAKING,
    OBJECTION,
    WRONG_ENTRY,
    BREACH,
    DESTRUCTION_ANSWER,
    DESTRUCTION,
    BACKUP_KEPT,
    RETENTION,
)


def with_length(term: Term, length: int, source: str) -> Term:
    """Give a term with the length that a city sets in its own configuration, and who set it; ValueError below one."""
    return replace(term, length=length, source=source)


def _last_day(term: Term, first: date) -> date:
    match term.unit:
        case Unit.WORKING_DAYS:
            day = add_working_days(first, term.length)
        case Unit.WEEKS:
            day = first + timedelta(weeks=term.length)
        case Unit.MONTHS:
            day = months_later(first, term.length)
        case Unit.YEARS:
            day = years_later(first, term.length)
        case _:
            day = first + timedelta(days=term.length)
    return end_of_term_in_law(day) if term.ends is Ends.AS_IN_LAW else day


def due(term: Term, start: datetime) -> datetime:
    """Give the moment (UTC) at which a term that began at ``start`` is over.

    Minutes and hours pass as on a stopwatch. Longer units end in Amsterdam at the hour at which they
    began, or at 23:59:59 when the term counts whole days, so that the date that people see is the last day.
    Raises ValueError when ``start`` has no time zone.
    """
    if start.tzinfo is None:
        raise ValueError("a term can't begin at a moment without a time zone")
    if term.unit in (Unit.MINUTES, Unit.HOURS):
        return start.astimezone(UTC) + term.delta
    here = start.astimezone(AMSTERDAM)
    hour = here.time() if term.ends is Ends.SAME_HOUR else _END_OF_DAY
    # An hour that the clock skips that night becomes the hour after it; one that comes twice, the first.
    return datetime.combine(_last_day(term, here.date()), hour.replace(fold=0), tzinfo=AMSTERDAM).astimezone(UTC)


def is_over(term: Term, start: datetime, now: datetime) -> bool:
    """Tell whether a term that began at ``start`` is over at ``now``; both need a time zone."""
    return now >= due(term, start)
