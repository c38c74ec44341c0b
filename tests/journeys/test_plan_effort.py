"""What it takes: a plan with a goal, a sister who is invited, and an action that is hers before she came in. Counted, and printed with -s."""

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.journeys.steps import follow, press, sees
from tests.journeys.test_plan import nothing_planned
from tests.live import Live, People

__all__ = ["nothing_planned"]

# The measured peer takes three trips: the plan, the invitation, and the action again once the other has accepted (reference, peers).
PAGES, FIELDS, PRESSES = 12, 7, 11


@dataclass
class Counted:
    """A page on which everything is counted that a person does."""

    page: Page
    fields: int = 0
    presses: int = 0

    def link(self, words: str) -> None:
        self.presses += 1
        follow(self.page, words)

    def button(self, words: str) -> None:
        self.presses += 1
        press(self.page, words)

    def field(self, selector: str, value: str = "") -> None:
        self.fields += 1
        there = self.page.locator(selector)
        if value:
            there.fill(value)
        else:
            there.check()


def test_a_plan_an_invitation_and_an_action_take_one_trip(live: Live, person: People, javascript: bool) -> None:
    iris = person("inwoner", "iris", javascript=javascript)
    seen: list[str] = []
    iris.on(
        "response", lambda answer: seen.append(answer.url) if answer.request.resource_type == "document" and answer.status == 200 else None
    )
    done = Counted(iris)
    iris.goto("/")
    done.link("Mijn plan")
    done.link("Nieuw doel")
    done.field("#body", "Vaker naar buiten")
    done.button("Bewaren")
    done.link("Iemand uitnodigen")
    done.field("input[name=who][value=nieuw]")
    done.field("#first_name", "Zoë")
    done.field("#last_name", "Bouwman")
    done.button("Verder")
    done.field("#role input[value='4']")
    done.button("Verder")
    done.button("Verder")
    done.button("Ja, zo is het goed")
    iris.goto(f"{live.dossier('Iris')}/plan")
    done.presses += 1
    done.link("Actie erbij")
    done.field("#body", "Samen wandelen")
    done.fields += 1
    iris.select_option("#holder", label="Zoë Bouwman (uitgenodigd)")
    done.button("Bewaren")
    sees(iris, "Samen wandelen", "Zoë Bouwman")
    print(f"plan + invitation + action: 1 trip, {len(seen)} pages, {done.fields} fields, {done.presses} presses")
    assert done.fields <= FIELDS
    assert done.presses <= PRESSES
    assert len(seen) <= PAGES
