"""What one could still think of: what eis 8 and 10 ask of a plan, put as questions. The inwoner decides; nothing here stops anybody."""

from dataclasses import dataclass
from uuid import UUID

from portal.dossier.models import Leefdomein
from portal.i18n import N_
from portal.plan.models import PARTS, PartKind, Plan, Plays


@dataclass(frozen=True)
class Ask:
    """A question about the plan: ``part`` and ``goal`` say where it can be answered, ``leefdomein`` what a new goal would be about."""

    words: str
    part: str | None = None
    goal: UUID | None = None
    action: UUID | None = None
    leefdomein: Leefdomein | None = None
    about: str = ""


def asks_of(plan: Plan) -> list[Ask]:
    """The questions that this plan leaves open, the weightiest first."""
    found: list[Ask] = []
    goals_about = {goal.part.text.leefdomein for goal in plan.goals}
    if plan.plays(Leefdomein.VEILIGHEID) is Plays.SPEELT and PartKind.VEILIGHEID not in plan.texts:
        found.append(Ask(N_("Veiligheid speelt. Wat doet u als het niet veilig is?"), part=PARTS[PartKind.VEILIGHEID].slug))
    if plan.plays(Leefdomein.FINANCIEN) is Plays.SPEELT and Leefdomein.FINANCIEN not in goals_about:
        found.append(Ask(N_("Geld speelt. Wilt u daar een doel voor maken?"), leefdomein=Leefdomein.FINANCIEN))
    if plan.plays(Leefdomein.WERK) is Plays.SPEELT and Leefdomein.WERK not in goals_about:
        found.append(Ask(N_("Wat wilt u overdag doen? Wilt u daar een doel voor maken?"), leefdomein=Leefdomein.WERK))
    for goal in plan.goals:
        if not goal.actions:
            found.append(
                Ask(N_("Bij dit doel staat nog geen actie. Wat is een eerste stap?"), goal=goal.part.public_id, about=goal.part.text.body)
            )
        for action in goal.actions:
            if action.is_open and not action.text.holder_name:
                found.append(Ask(N_("Wie doet dit?"), action=action.public_id, about=action.text.body))
            elif action.is_open and (action.text.due_on is None or action.text.look_on is None):
                found.append(
                    Ask(N_("Voor welke dag is dit, en wanneer kijkt u er samen naar?"), action=action.public_id, about=action.text.body)
                )
    return found
