"""What one could still think of: which questions a plan leaves open, and which it doesn't."""

from datetime import UTC, date, datetime
from uuid import uuid4

from portal.dossier.models import Leefdomein
from portal.plan.asks import asks_of
from portal.plan.models import Goal, Part, PartKind, Plan, PlanText, Plays, Status

DAY = date(2027, 1, 2)


def part(kind: PartKind, *, status: Status = Status.OPEN, **more: object) -> Part:
    """A part with this text."""
    said: dict[str, object] = {
        "number": 1, "body": "x", "why": "", "answers": [], "leefdomein": 0, "perspective": None, "holder_id": None, "holder_name": "Zus",
        "due_on": DAY, "look_on": DAY, "dropped": False, "author_name": "x", "written_at": datetime.now(UTC), **more,
    }  # fmt: skip
    return Part(1, uuid4(), kind, None, 3, 0, PlanText(**said), status, None, None)  # type: ignore[arg-type]


def asked(*goals: Goal, texts: dict[PartKind, list[Part]] | None = None) -> list[str]:
    """The words of the questions."""
    return [one.words for one in asks_of(Plan(texts or {}, list(goals), []))]


def plays(*domains: Leefdomein) -> dict[PartKind, list[Part]]:
    """These leefdomeinen play."""
    answers = [Plays.SPEELT.value if Leefdomein(number) in domains else 0 for number in range(1, 10)]
    return {PartKind.LEEFDOMEINEN: [part(PartKind.LEEFDOMEINEN, answers=answers)]}


def goal(*actions: Part, leefdomein: Leefdomein = Leefdomein.NONE) -> Goal:
    """A goal about something."""
    return Goal(part(PartKind.DOEL, leefdomein=leefdomein), list(actions))


def test_an_empty_plan_asks_nothing() -> None:
    assert asked() == []


def test_money_that_plays_asks_for_a_goal_until_there_is_one() -> None:
    question = "Geld speelt. Wilt u daar een doel voor maken?"
    assert asked(texts=plays(Leefdomein.FINANCIEN)) == [question]
    assert question in asked(goal(part(PartKind.ACTIE), leefdomein=Leefdomein.WERK), texts=plays(Leefdomein.FINANCIEN))
    assert asked(goal(part(PartKind.ACTIE), leefdomein=Leefdomein.FINANCIEN), texts=plays(Leefdomein.FINANCIEN)) == []


def test_the_day_and_safety_are_asked_about_too_and_safety_first() -> None:
    found = asked(texts=plays(Leefdomein.WERK, Leefdomein.VEILIGHEID))
    assert found == ["Veiligheid speelt. Wat doet u als het niet veilig is?", "Wat wilt u overdag doen? Wilt u daar een doel voor maken?"]
    with_plan = plays(Leefdomein.VEILIGHEID) | {PartKind.VEILIGHEID: [part(PartKind.VEILIGHEID)]}
    assert asked(texts=with_plan) == []


def test_what_is_not_to_be_discussed_is_not_asked_about() -> None:
    answers = [Plays.NIET_BESPREKEN.value] * 9
    assert asked(texts={PartKind.LEEFDOMEINEN: [part(PartKind.LEEFDOMEINEN, answers=answers)]}) == []


def test_a_goal_without_an_action_and_an_action_without_who_or_when() -> None:
    assert asked(goal()) == ["Bij dit doel staat nog geen actie. Wat is een eerste stap?"]
    assert asked(goal(part(PartKind.ACTIE, holder_name=""))) == ["Wie doet dit?"]
    when = "Voor welke dag is dit, en wanneer kijkt u er samen naar?"
    assert asked(goal(part(PartKind.ACTIE, due_on=None))) == asked(goal(part(PartKind.ACTIE, look_on=None))) == [when]
    assert asked(goal(part(PartKind.ACTIE, holder_name="", status=Status.KLAAR))) == [], "what is done is done"
