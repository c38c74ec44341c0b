"""What one still has to do, on the first page of each face: the own steps alone, the nearest day first, done in one tap."""

from datetime import datetime, timedelta

import pytest

from portal.deadlines import AMSTERDAM
from tests.access.explained import catching
from tests.routes.conftest import Person, Town, words_of
from tests.routes.test_plan import Planned, begun

TODAY = datetime.now(AMSTERDAM).date()


@pytest.fixture
def planned(town: Town) -> Planned:
    """A plan in which nothing stands."""
    return begun(town)


def step(planned: Planned, body: str, *, who: Person | None, days: int, goal: str | None = None) -> str:
    """An action that somebody does, some days from now; gives its id."""
    own = planned.own
    goal = goal or planned.goal(own, "Rust")
    day = (TODAY + timedelta(days=days)).isoformat()
    holder = {"holder": str(who.public_id), "holder_name": ""} if who else {"holder": "", "holder_name": ""}
    return planned.action(own, goal, body, due_on=day, look_on=day, **holder)


def test_the_inwoner_finds_the_nearest_own_steps_first_and_ends_one_in_one_tap(planned: Planned) -> None:
    own = planned.own
    goal = planned.goal(own, "Mijn post aankunnen")
    for body, days in (("Later", 60), ("Eerst bellen", 2), ("Daarna schrijven", 9), ("Dan kijken", 20)):
        step(planned, body, who=planned.owner, days=days, goal=goal)
    step(planned, "Dit doet Daan", who=planned.worker, days=1, goal=goal)
    step(planned, "Dit doet nog niemand", who=None, days=1, goal=goal)
    late = step(planned, "Dit had al gemoeten", who=planned.owner, days=-1, goal=goal)
    page = words_of(own.get("/"))
    assert page.index("Dit had al gemoeten") < page.index("Eerst bellen") < page.index("Daarna schrijven")
    assert "Voorbij" in page
    assert "Mijn post aankunnen" in page
    for other in ("Later", "Dan kijken", "Dit doet Daan", "Dit doet nog niemand"):
        assert other not in page
    assert "De andere stappen staan in uw plan." in page
    answer = own.send(f"{planned.url}/stand", {"klaar": late, "naar": "start"}, page="/")
    assert answer.headers["Location"] == "/?klaar=stand"
    page = words_of(own.get("/?klaar=stand"))
    assert "Het is bewaard." in page
    assert "Dit had al gemoeten" not in page
    assert "Dan kijken" in page


def test_a_professional_finds_the_own_steps_of_every_dossier_on_the_first_page(town: Town, planned: Planned) -> None:
    other = town.person(name="Noor")
    with_other = Planned(town, other, planned.worker, "", town.dossier(other, planned.worker))
    with_other.url = f"/dossier/{with_other.dossier}/plan"
    step(planned, "Brief schrijven", who=planned.worker, days=8)
    nearest = step(with_other, "School bellen", who=planned.worker, days=1)
    step(with_other, "Dit doet Noor zelf", who=other, days=1)
    team = planned.team
    page = words_of(team.get("/"))
    assert page.index("School bellen") < page.index("Plan van Noor") < page.index("Brief schrijven") < page.index("Plan van Amal")
    assert "Dit doet Noor zelf" not in page
    assert team.send(f"{with_other.url}/stand", {"klaar": nearest, "naar": "start"}, page="/").headers["Location"] == "/?klaar=stand"
    assert "School bellen" not in words_of(team.get("/"))
    # Who doesn't work there any more has nothing to do there.
    with town.admin() as admin:
        admin.execute("UPDATE casus.assignment SET valid_until = acl.today() - 1 WHERE staff_id = %s", (planned.worker.person_id,))
    assert "Brief schrijven" not in words_of(team.get("/"))


def test_what_is_out_of_the_plan_is_nobodys_step(planned: Planned) -> None:
    own = planned.own
    goal = planned.goal(own, "Rust")
    gone = step(planned, "Toch niet", who=planned.owner, days=3, goal=goal)
    step(planned, "Met het doel mee", who=planned.owner, days=3, goal=goal)
    assert own.send(f"{planned.url}/actie/{gone}", {"act": "weghalen"}, page=f"{planned.url}/actie/{gone}").status_code == 303
    assert "Toch niet" not in words_of(own.get("/"))
    assert "Met het doel mee" in words_of(own.get("/"))
    assert own.send(f"{planned.url}/doel/{goal}", {"act": "weghalen"}, page=f"{planned.url}/doel/{goal}").status_code == 303
    assert "Met het doel mee" not in words_of(own.get("/"))


def test_many_steps_ask_as_much_as_one(town: Town, planned: Planned) -> None:
    goal = planned.goal(planned.own, "Rust")
    asked = []
    for number in range(9):
        step(planned, f"Stap {number}", who=planned.worker, days=number, goal=goal)
        if number in (0, 8):
            browser = planned.team
            browser.get("/hulp")
            with catching(town.apps["team"].extensions["database"].engine) as catcher:
                page = browser.get("/")
            asked.append(len(catcher.caught))
    assert asked[0] == asked[1]
    assert "Nog 4 stappen" in words_of(page)
