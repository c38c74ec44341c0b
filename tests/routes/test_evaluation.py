"""Looking back on the plan over HTTP: planned, said side by side, agreed on; nothing typed is lost, and nobody sees more than is theirs."""

import re
from typing import cast
from uuid import UUID

import pytest

from tests.access.explained import catching
from tests.access.planned import SOON
from tests.routes.conftest import Browser, Town, words_of
from tests.routes.test_long_dossier import MOST_STATEMENTS
from tests.routes.test_plan import YES, Planned, _fill, begun, send

ON = {"planned_on": SOON, "kind": "1", "place": "Bij u thuis"}


@pytest.fixture
def planned(town: Town) -> Planned:
    """A plan in which nothing stands."""
    return begun(town)


def back(planned: Planned, where: str = "") -> str:
    """An address of looking back."""
    return f"{planned.url}/terugkijken{where}"


def ahead(planned: Planned) -> None:
    """A moment that lies ahead."""
    assert send(planned.own, back(planned, "/plannen"), **ON).status_code == 303


def agreed(planned: Planned) -> None:
    """A plan with a goal that was agreed with."""
    planned.action(planned.own, planned.goal(planned.own, "Rust"), "Bellen")
    assert send(planned.own, f"{planned.url}/akkoord/{planned.laid(planned.own)}", **YES).status_code == 303


def in_the_table(planned: Planned, column: str) -> object:
    """What stands in the newest moment."""
    return planned.value(
        f"SELECT {column} FROM casus.evaluation e JOIN casus.dossier d ON d.id = e.dossier_id WHERE d.public_id = %s ORDER BY e.id DESC LIMIT 1",
        planned.dossier,
    )


def goal_field(page: str) -> str:
    """The name of the question about the first goal."""
    return cast("str", re.search(r'name="(doel_[^"]+)"', page)[1])  # type: ignore[index]


def test_what_is_agreed_with_is_looked_back_on_within_a_year(planned: Planned) -> None:
    agreed(planned)
    assert in_the_table(planned, "planned_on = acl.today() + interval '1 year'") is True
    page = words_of(planned.own.get(planned.url))
    assert "Het volgende gesprek:" in page
    # What was planned stays as it was planned.
    ahead(planned)
    planned.goal(planned.own, "Nog een")
    assert send(planned.own, f"{planned.url}/akkoord/{planned.laid(planned.own)}", **YES).status_code == 303
    assert str(in_the_table(planned, "planned_on")) == SOON


def test_a_day_that_has_been_or_is_far_off_is_refused_and_what_was_typed_stays(planned: Planned) -> None:
    for day in ("2020-01-01", "2050-01-01"):
        page = send(planned.own, back(planned, "/plannen"), **{**ON, "planned_on": day, "place": "Bij de bakker"})
        assert page.status_code == 422
        assert "Kies een dag vanaf vandaag" in page.text
        assert 'value="Bij de bakker"' in page.text
    page = send(planned.own, back(planned, "/plannen"), **{**ON, "planned_on": "morgen"})
    assert page.status_code == 422
    assert "Schrijf de datum zo" in page.text


def test_both_say_how_it_went_and_see_it_side_by_side(planned: Planned) -> None:
    agreed(planned)
    ahead(planned)
    form = planned.own.get(back(planned, "/invullen"))
    goal = goal_field(form.text)
    assert (
        send(planned.own, back(planned, "/invullen"), base="0", content="4", words="Ik slaap beter.", safe="2", **{goal: "2"}).status_code
        == 303
    )
    assert (
        send(planned.team, back(planned, "/invullen"), base="0", fits="2", anchored="De inloop is dichtbij.", **{goal: "1"}).status_code
        == 303
    )
    for browser in (planned.own, planned.team):
        page = words_of(browser.get(back(planned)))
        for said in ("Ik slaap beter.", "Blij", "Niet altijd", "De inloop is dichtbij.", "Voor een deel gelukt", "Gelukt"):
            assert said in page, said
    # Saying it anew begins with what was said.
    assert "Ik slaap beter." in planned.own.get(back(planned, "/invullen")).text


def test_what_was_said_in_another_window_is_not_written_over_unseen(planned: Planned) -> None:
    ahead(planned)
    assert send(planned.own, back(planned, "/invullen"), base="0", words="Eerste venster").status_code == 303
    page = send(planned.own, back(planned, "/invullen"), base="0", words="Tweede venster")
    assert page.status_code == 422
    assert "Tweede venster" in page.text
    assert "U schreef hier ook in een ander venster." in page.text
    assert send(planned.own, back(planned, "/invullen"), base="1", words="Tweede venster").status_code == 303
    assert in_the_table(planned, "(SELECT count(*) FROM casus.evaluation_look l WHERE l.evaluation_id = e.id)") == 2


def test_an_outcome_needs_that_somebody_said_how_it_went(planned: Planned) -> None:
    ahead(planned)
    page = send(planned.own, back(planned, "/uitkomst"), outcome="1", reason="Het gaat goed.")
    assert page.status_code == 422
    assert "Schrijf eerst op hoe het ging." in page.text
    assert "Het gaat goed." in page.text
    page = send(planned.own, back(planned, "/uitkomst"), reason="")
    assert page.status_code == 422
    assert "Kies wat u afspreekt." in page.text


def test_going_on_lays_the_plan_before_the_inwoner_and_becomes_a_new_version(planned: Planned) -> None:
    agreed(planned)
    assert send(planned.own, back(planned, "/invullen"), base="0", words="Goed").status_code == 303
    answer = send(planned.own, back(planned, "/uitkomst"), outcome="1", reason="Het werkt.")
    assert "/akkoord/" in answer.headers["Location"]
    assert send(planned.own, answer.headers["Location"], **YES).status_code == 303
    assert "Versie 2" in words_of(planned.own.get(planned.url))
    # And the next moment is planned.
    assert in_the_table(planned, "settled_at") is None
    assert "Wij gaan zo door" in words_of(planned.team.get(back(planned)))


def test_adjusting_asks_for_another_plan_until_it_is_agreed_with(planned: Planned) -> None:
    agreed(planned)
    assert send(planned.team, back(planned, "/invullen"), base="0", fits="3").status_code == 303
    assert send(planned.team, back(planned, "/uitkomst"), outcome="2", reason="Te zwaar.").status_code == 303
    assert "U keek samen terug." in words_of(planned.own.get(planned.url))
    planned.goal(planned.own, "Kleiner beginnen")
    assert "U keek samen terug." in words_of(planned.own.get(planned.url))
    assert send(planned.own, f"{planned.url}/akkoord/{planned.laid(planned.own)}", **YES).status_code == 303
    assert "U keek samen terug." not in words_of(planned.own.get(planned.url))


def test_what_has_an_outcome_stands_as_it_was_said(planned: Planned) -> None:
    agreed(planned)
    assert send(planned.own, back(planned, "/invullen"), base="0", words="Zo was het").status_code == 303
    before = in_the_table(planned, "e.public_id")
    assert send(planned.own, back(planned, "/uitkomst"), outcome="5", reason="Klaar.").status_code == 303
    assert planned.own.get(back(planned, "/invullen")).status_code == 404
    page = words_of(planned.team.get(back(planned, f"/{before}")))
    assert "Zo was het" in page
    assert "De hulp kan stoppen" in page
    assert planned.own.get(back(planned, f"/{UUID(int=7)}")).status_code == 404


def test_what_was_said_aloud_is_written_down_with_how_it_was_said(planned: Planned) -> None:
    ahead(planned)
    page = send(planned.team, back(planned, "/invullen-voor-inwoner"), base="0", words="Zei dat het helpt.")
    assert page.status_code == 422
    assert "Kies hoe de inwoner het zei." in page.text
    assert (
        send(planned.team, back(planned, "/invullen-voor-inwoner"), base="0", words="Zei dat het helpt.", way="mondeling").status_code
        == 303
    )
    assert "Mondeling" in words_of(planned.own.get(back(planned)))
    assert planned.own.get(back(planned, "/invullen-voor-inwoner")).status_code == 404


def test_looking_back_asks_as_much_of_a_long_plan_as_of_a_short_one(planned: Planned, town: Town) -> None:
    asked = {}
    for goals, actions in ((3, 10), (30, 200)):
        other = begun(town)
        _fill(other, goals, actions)
        ahead(other)
        goal = goal_field(other.own.get(back(other, "/invullen")).text)
        assert send(other.own, back(other, "/invullen"), base="0", words="Goed", **{goal: "1"}).status_code == 303
        for person in (other.owner, other.worker):
            browser: Browser = town.signed_in(person)
            for where in ("", "/invullen", "/uitkomst"):
                browser.get("/hulp")
                with catching(town.apps[person.face].extensions["database"].engine) as catcher:
                    assert browser.get(back(other, where)).status_code == 200
                asked[person.face, where, goals] = len(catcher.caught) + 1
    for (face, where, goals), count in asked.items():
        assert count == asked[face, where, 3 if goals == 30 else 30] <= MOST_STATEMENTS, (face, where, count)
