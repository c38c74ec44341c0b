"""Where a melding stands: computed from what happened with it, never stored. Pure functions, no database, no clock.

A melding goes round once: it comes in, somebody talks with the inwoner, and help starts or something else is the outcome. When an
outcome is undone because the question is there again, a new round begins with new terms. When a melding was merged or put aside by
mistake, its first round simply goes on: the inwoner waited all the time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from portal import deadlines
from portal.deadlines import Term, due

CRISIS, SPOED, URGENT, NORMAL = 1, 2, 3, 4
ACT_WITHIN = {CRISIS: deadlines.CRISIS, SPOED: deadlines.SPOED, URGENT: deadlines.URGENT}
"""How fast the team acts, by urgency; for an ordinary question the steps below are the terms."""


class Phase(StrEnum):
    """Where a melding stands now. The first four go on; the others are outcomes, named as their event."""

    NEW = "nieuw"
    TALKED = "gesproken"
    WAITING = "wachtlijst"
    STARTED = "gestart"
    ADVICE = "advies"
    REFERRED = "doorverwezen"
    HANDED_OVER = "overgedragen"
    REFUSED = "geweigerd"
    MERGED = "samengevoegd"
    ASIDE = "opzij"


MISLAID = frozenset({Phase.MERGED, Phase.ASIDE})
"""Ends about which the inwoner decided nothing; undone, the first round goes on."""
OUTCOMES = frozenset({Phase.ADVICE, Phase.REFERRED, Phase.HANDED_OVER, Phase.REFUSED})
MAY_NOT_HELP = frozenset({Phase.ADVICE, Phase.REFERRED, Phase.HANDED_OVER})
"""Outcomes after which somebody is asked whether it helped (eis 33, 49.3)."""
OPEN = frozenset({Phase.NEW, Phase.TALKED, Phase.WAITING})
_OF_RESEARCH = {"onderzocht": "done_at", "aanvraag": "applied_at", "besluit": "decided_at"}
_ENDS = {str(phase): phase for phase in OUTCOMES | MISLAID | {Phase.STARTED}}


class StepName(StrEnum):
    """What an inwoner sees happen, in this order."""

    RECEIVED = "ontvangen"
    CONFIRMED = "bevestigd"
    ACTED = "snel"
    TALK = "gesprek"
    START = "start"
    WAIT = "wachten"
    RESEARCH = "onderzoek"
    DECISION = "besluit"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of what happened: its name in casus.melding_event, when, and for "urgentie" the number of it."""

    event: str
    at: datetime
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Research:
    """The research of the Wmo, where it applies: when it began, and each other moment, None until it has been."""

    began_at: datetime
    done_at: datetime | None = None
    applied_at: datetime | None = None
    decided_at: datetime | None = None

    @property
    def asks_team(self) -> bool:
        """Whether the inwoner waits for the report, or for the decision; between the two it is up to the inwoner."""
        return self.decided_at is None and (self.applied_at is not None or self.done_at is None)

    @property
    def may_follow(self) -> tuple[str, ...]:
        """What can happen next, as PostgreSQL has it (migrations/rls/47_screening.sql)."""
        if self.decided_at is not None:
            return ("onderzoek",)
        if self.applied_at is not None:
            return ("besluit",)
        return ("aanvraag", "onderzoek") if self.done_at is not None else ("onderzocht", "aanvraag")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: when it has to be done at the latest, when it was done (None: not yet), and whether that is too late."""

    name: StepName
    due: datetime
    done: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a melding: when its terms began, where it came to, and when help started in it (None: not)."""

    since: datetime
    phase: Phase
    started_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a melding stands. ``since`` is when the terms of this round began; moments are None when that wasn't (yet).

    ``worse_at`` is when the inwoner said that it gets worse, until somebody talked with them, weighed it anew or decided.
    ``rounds`` are all rounds, this one last. ``helped``: whether the last outcome helped, "ja" or "nee"; None: not said (yet).
    ``asks_helped``: it is time to ask that. ``research`` is the newest one of the Wmo.
    """

    phase: Phase
    since: datetime
    confirmed_at: datetime | None
    talked_at: datetime | None
    waiting_from: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    worse_at: datetime | None
    urgency: int | None
    urgency_at: datetime | None
    acted_at: datetime | None
    waited: bool
    rounds: tuple[Round, ...]
    helped: str | None
    again_at: datetime | None
    asks_helped: bool = False
    research: Research | None = None
    steps: tuple[Step, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether there is no help and no outcome yet."""
        return self.phase in OPEN

    @property
    def wants_talk(self) -> bool:
        """Whether the outcome didn't help and the inwoner wants to talk again, until somebody did, weighed it anew or decided."""
        return self.again_at is not None and self.again_at == self.worse_at

    @property
    def asks_team(self) -> bool:
        """Whether it belongs in the worklist: it is open, a term of the Wmo runs, or it ended and the inwoner says that it gets worse."""
        of_law = self.research is not None and self.research.asks_team and self.phase not in MISLAID
        return self.is_open or self.worse_at is not None or of_law

    @property
    def research_may(self) -> tuple[str, ...]:
        """What can happen next about a research of the Wmo."""
        if self.phase in MISLAID:
            return ()
        return self.research.may_follow if self.research else ("onderzoek",)


@dataclass(slots=True)
class _Reading:
    """What was read so far from the events of one melding, in the order in which they happened."""

    since: datetime
    urgency: int | None
    urgency_at: datetime | None
    phase: Phase = Phase.NEW
    before_end: Phase = Phase.NEW
    confirmed_at: datetime | None = None
    talked_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    worse_at: datetime | None = None
    acted_at: datetime | None = None
    waiting_from: datetime | None = None
    helped: str | None = None
    again_at: datetime | None = None
    research: Research | None = None
    earlier: list[Round] = field(default_factory=list)

    @property
    def round(self) -> Round:
        return Round(self.since, self.phase, self.started_at)

    def read(self, event: Event) -> None:
        match event.event:
            case "bevestigd":
                self.confirmed_at = self.confirmed_at or event.at
            case "urgentie":
                self._weigh(event)
            case "erger":
                self.worse_at = event.at
            case "gesprek":
                self._talk(event.at)
            case "wachtlijst" if self.phase in OPEN and self.phase is not Phase.WAITING:
                self.phase, self.waiting_from = Phase.WAITING, event.at
            case "onderzoek":
                self.research = Research(event.at)
            case "onderzocht" | "aanvraag" | "besluit" if self.research is not None:
                self.research = replace(self.research, **{_OF_RESEARCH[event.event]: event.at})
            case "heropend" if self.phase not in OPEN:
                self._reopen(event.at)
            case "geholpen":
                self._answer(event)
            case name if name in _ENDS and self.phase is not _ENDS[name]:
                self._end(_ENDS[name], event.at)

    def _weigh(self, event: Event) -> None:
        found = int(event.value) if event.value and event.value.isdigit() else None
        if found != self.urgency or self.urgency_at is None:
            self.urgency_at, self.acted_at = event.at, None
        self.urgency, self.worse_at = found, None

    def _talk(self, at: datetime) -> None:
        self.worse_at = None
        if self.phase not in OPEN:
            return
        self.talked_at = self.talked_at or at
        if self.phase is Phase.NEW:
            self.phase = Phase.TALKED
        # A talk in which the urgency was found is written down at the same moment; acting on it comes after.
        if self.urgency_at is not None and at > self.urgency_at:
            self.acted_at = self.acted_at or at

    def _end(self, phase: Phase, at: datetime) -> None:
        if self.phase in OPEN:
            self.before_end = self.phase
        self.phase, self.ended_at, self.worse_at, self.helped = phase, at, None, None
        if phase is Phase.STARTED:
            self.started_at = self.started_at or at
        if phase not in MISLAID:
            self.acted_at = self.acted_at or at

    def _answer(self, event: Event) -> None:
        self.helped = event.value
        if event.value == "nee" and self.phase not in OPEN:
            self._reopen(event.at)
            self.worse_at = self.again_at = event.at

    def _reopen(self, at: datetime) -> None:
        if self.phase in MISLAID:
            self.phase, self.ended_at = self.before_end, None
            return
        self.earlier.append(self.round)
        self.phase, self.since, self.urgency_at = Phase.NEW, at, at if self.urgency is not None else None
        self.ended_at = self.talked_at = self.started_at = self.acted_at = self.waiting_from = None


def may_wait(urgency: int | None) -> bool:
    """Tell whether an inwoner may be put on the waiting list: only when a person found the question an ordinary one (eis 50.1)."""
    return urgency == NORMAL


def standing(
    received_at: datetime,
    events: Iterable[Event],
    *,
    now: datetime,
    start: Term,
) -> Standing:
    """Give where a melding stands at ``now``, with its steps.

    ``events`` in any order (the given order counts when moments are the same); later ones than ``now`` are left out.
    ``start`` is the term of the city for the start of help. All moments need a time zone.
    """
    r = _read(received_at, events, now)
    found = Standing(
        phase=r.phase,
        since=r.since,
        confirmed_at=r.confirmed_at,
        talked_at=r.talked_at,
        waiting_from=r.waiting_from if r.phase is Phase.WAITING else None,
        started_at=r.started_at,
        ended_at=r.ended_at,
        worse_at=r.worse_at,
        urgency=r.urgency,
        urgency_at=r.urgency_at,
        acted_at=r.acted_at,
        waited=r.waiting_from is not None,
        rounds=(*r.earlier, r.round),
        helped=r.helped,
        again_at=r.again_at,
        research=r.research,
    )
    return replace(found, steps=_steps(found, received_at, now, start), asks_helped=_asks_helped(found, now))


def _asks_helped(it: Standing, now: datetime) -> bool:
    if it.phase not in MAY_NOT_HELP or it.helped is not None or it.worse_at is not None or it.ended_at is None:
        return False
    return deadlines.is_over(deadlines.DID_IT_HELP, it.ended_at, now)


def rounds(received_at: datetime, events: Iterable[Event], now: datetime) -> tuple[Round, ...]:
    """Give only the rounds of ``standing``, the first one first: for who counts many meldingen."""
    r = _read(received_at, events, now)
    return (*r.earlier, r.round)


def _read(received_at: datetime, events: Iterable[Event], now: datetime) -> _Reading:
    r = _Reading(received_at, None, None)
    for event in sorted((it for it in events if it.at <= now), key=lambda it: it.at):
        r.read(event)
    return r


def _steps(it: Standing, received_at: datetime, now: datetime, start: Term) -> tuple[Step, ...]:
    steps: list[Step] = []

    def add(name: StepName, until: datetime, done: datetime | None, *, always: bool = False) -> None:
        # What an outcome made unnecessary is no step any more, and can't be late.
        if done is not None or it.is_open or always:
            steps.append(Step(name, until, done, (done or now) > until))

    add(StepName.RECEIVED, received_at, received_at)
    add(StepName.CONFIRMED, due(deadlines.CONFIRMATION, received_at), it.confirmed_at)
    if it.urgency in ACT_WITHIN and it.urgency_at is not None:
        add(StepName.ACTED, due(ACT_WITHIN[it.urgency], it.urgency_at), it.acted_at)
    add(StepName.TALK, due(deadlines.FIRST_TALK, it.since), it.talked_at)
    add(StepName.START, due(start, it.since), it.started_at)
    if it.phase is Phase.WAITING or (it.waited and it.started_at):
        add(StepName.WAIT, due(deadlines.LONGEST_WAIT, it.since), it.started_at)
    if it.research is not None and it.phase not in MISLAID:
        # A decision says what was found, also where no report came before it.
        done_at = it.research.done_at or it.research.decided_at
        add(StepName.RESEARCH, due(deadlines.RESEARCH, it.research.began_at), done_at, always=True)
        if it.research.applied_at is not None:
            add(StepName.DECISION, due(deadlines.DECISION, it.research.applied_at), it.research.decided_at, always=True)
    return tuple(steps)


def next_due(it: Standing, now: datetime) -> datetime | None:
    """Give the moment (UTC) by which the team has to do something next; it may be past. None: nothing, or only the inwoner.

    For who says that it gets worse that is the moment at which it was said. Who waits is looked at after three weeks.
    """
    if it.worse_at is not None:
        return it.worse_at
    if not it.asks_team:
        return None
    moments = [step.due for step in it.steps if step.done is None]
    if it.phase is Phase.WAITING and now < (alert := due(deadlines.WAIT_ALERT, it.since)):
        moments.append(alert)
    return min(moments)


def rank(it: Standing, *, signs: bool = False) -> int:
    """Give the place in the worklist, 0 first: crisis; gets worse, or ticked signs that nobody weighed; spoed; not weighed; urgent; normal.

    A question that nobody has weighed may be a crisis, so it stands before one of which a person said that it can wait a few days.
    Where help began and only a term of the Wmo runs, it stands with the ordinary ones.
    """
    if not it.is_open and it.worse_at is None:
        return 5
    if it.urgency == CRISIS:
        return 0
    if it.worse_at is not None or (signs and it.urgency is None):
        return 1
    return {SPOED: 2, None: 3, URGENT: 4, NORMAL: 5}[it.urgency]


def worklist_key(it: Standing, now: datetime, *, signs: bool = False) -> tuple[int, datetime]:
    """Give what the worklist is sorted by: urgency first, then the term; what asks nothing of the team comes last."""
    moment = next_due(it, now)
    return (9, it.since) if moment is None else (rank(it, signs=signs), moment)


def weeks_waited(it: Standing, now: datetime) -> int:
    """Give the number of whole weeks from the beginning of the round until help started, an outcome came, or ``now``."""
    return max(0, ((it.started_at or it.ended_at or now) - it.since) // timedelta(weeks=1))
