"""What changes about a person, by two: after a death nobody but the team reads, a mistake is undone, a new name, another stadsdeel."""

import pytest

from tests.routes.conftest import Browser, Town, words_of
from tests.routes.test_plan import Planned, begun

PROOF = {"proof": "Uittreksel gezien."}


@pytest.fixture
def planned(town: Town) -> Planned:
    """Somebody who is helped by two."""
    return begun(town)


def at(planned: Planned, where: str = "") -> str:
    """An address of the changes of this dossier."""
    return planned.url.replace("/plan", f"/gegevens-wijzigen{where}")


def second(planned: Planned) -> Browser:
    """A colleague who works in the dossier too."""
    colleague = planned.town.staff(name="Els")
    with planned.town.admin() as admin:
        admin.execute(
            "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from) SELECT id, %s, 'tweede', acl.today() FROM casus.dossier"
            " WHERE public_id = %s",
            (colleague.person_id, planned.dossier),
        )
    return planned.town.signed_in(colleague)


def written(planned: Planned, word: str, **fields: str) -> str:
    """Somebody wrote it down; gives the address for the second one."""
    answer = planned.team.send(at(planned, f"/{word}"), {**PROOF, **fields}, page=at(planned, f"/{word}"))
    assert answer.status_code == 303, words_of(answer)
    number = planned.value(
        "SELECT c.public_id FROM casus.particulars_change c JOIN casus.dossier d ON d.id = c.dossier_id WHERE d.public_id = %s ORDER BY c.id DESC LIMIT 1",
        planned.dossier,
    )
    return f"/gegevens-wijzigen/{number}"


def agreed(planned: Planned, colleague: Browser, word: str, **fields: str) -> None:
    """Both did their part."""
    where = written(planned, word, **fields)
    assert colleague.send(where, {"agrees": "ja"}, page=where).status_code == 303


def test_after_a_death_the_inwoner_and_who_read_along_are_out_and_the_team_is_not(planned: Planned) -> None:
    colleague, own = second(planned), planned.own
    assert own.get(planned.url).status_code == 200
    where = written(planned, "overleden", died_on="2026-01-02")
    assert own.get(planned.url).status_code == 200, "a second one has to agree first"
    assert "Wacht op een collega" in words_of(planned.team.get(at(planned)))
    assert "1 verandering van gegevens: kijk dit na" in words_of(colleague.get("/"))
    assert colleague.send(where, {"agrees": "ja"}, page=where).status_code == 303
    assert own.get(planned.url).status_code in (302, 303), "signed out"
    dossier = planned.url.rsplit("/", 1)[0]
    assert "De inwoner is overleden." in words_of(planned.team.get(dossier))
    assert planned.team.get(f"{dossier}/uitzetten").status_code == 404, "it isn't brought back by one"
    start_code = planned.team.send(f"{dossier}/inlogcode", {"way": "balie"}, page=f"{dossier}/inlogcode")
    assert start_code.status_code != 200 or "startcode" not in start_code.text
    assert planned.team.send(at(planned, "/sluiten"), {}, page=at(planned)).status_code == 303
    assert planned.value("SELECT closed_on = acl.today() FROM casus.dossier WHERE public_id = %s", planned.dossier)


def test_a_mistake_is_undone_by_two_and_the_inwoner_signs_in_again(planned: Planned) -> None:
    colleague = second(planned)
    agreed(planned, colleague, "overleden", died_on="2026-01-02")
    page = words_of(planned.team.get(at(planned)))
    assert "De inwoner leeft: het was een vergissing" in page
    assert "Een andere naam" not in page
    agreed(planned, colleague, "vergissing")
    assert planned.own.get(planned.url).status_code == 200


def test_who_wrote_it_down_can_only_take_it_back(planned: Planned) -> None:
    where = written(planned, "naam", first_name="Sam", last_name="Smit")
    assert "Een collega moet het bewijs ook zien." in words_of(planned.team.get(where))
    assert planned.team.send(where, {"agrees": "ja"}, page=where).status_code == 303
    assert planned.value("SELECT first_name FROM casus.person WHERE id = %s", planned.owner.person_id) == "Amal"
    assert planned.team.get(where).status_code == 404


def test_the_new_name_stands_everywhere_and_the_old_one_nowhere_on_the_pages(planned: Planned) -> None:
    agreed(planned, second(planned), "naam", first_name="Sam", infix="van", last_name="Smit")
    page = words_of(planned.team.get(planned.url.rsplit("/", 1)[0]))
    assert "Dossier van Sam van Smit" in page
    assert "Amal" not in page
    assert "Amal" not in words_of(planned.team.get("/"))
    assert "Sam van Smit" in planned.own.get("/").text


def test_who_moves_keeps_the_team(planned: Planned) -> None:
    district = planned.value(
        "INSERT INTO casus.stadsdeel (id, name) VALUES (77, 'Proef') ON CONFLICT (id) DO UPDATE SET name = 'Proef' RETURNING id"
    )
    before = planned.value("SELECT team_id FROM casus.dossier WHERE public_id = %s", planned.dossier)
    agreed(planned, second(planned), "stadsdeel", stadsdeel=str(district))
    assert planned.value("SELECT stadsdeel_id FROM casus.inwoner WHERE person_id = %s", planned.owner.person_id) == district
    assert planned.value("SELECT team_id FROM casus.dossier WHERE public_id = %s", planned.dossier) == before


def test_what_is_missing_is_said_and_nothing_typed_is_lost(planned: Planned) -> None:
    for word, fields, sentence in (
        ("overleden", {"died_on": ""}, "Vul de dag in."),
        ("overleden", {"died_on": "2099-01-01"}, "Deze dag kan niet."),
        ("naam", {"first_name": "", "last_name": "Smit"}, "Vul de voornaam in."),
        ("stadsdeel", {"stadsdeel": ""}, "Kies een stadsdeel."),
    ):
        page = planned.team.send(at(planned, f"/{word}"), {**PROOF, **fields}, page=at(planned, f"/{word}"))
        assert page.status_code == 422, word
        assert sentence in page.text
        assert PROOF["proof"] in page.text
    written(planned, "naam", first_name="Sam", last_name="Smit")
    twice = planned.team.send(at(planned, "/naam"), {**PROOF, "first_name": "Kim", "last_name": "Smit"}, page=at(planned, "/naam"))
    assert "Dit wacht al op een collega" in twice.text
    assert planned.team.get(at(planned, "/vergissing")).status_code == 404
    assert planned.team.get(at(planned, "/iets")).status_code == 404
