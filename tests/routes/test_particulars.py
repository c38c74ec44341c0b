"""What changes about a person, by two: after a death nobody but the team reads, a mistake is undone, a new name, another stadsdeel."""

import re

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


def older(planned: Planned, colleague: Browser, *, born: str = "1980-01-01") -> str:
    """Another dossier, in which both work too; gives its public id."""
    there = planned.town.dossier(planned.town.person(name="Amelie"))
    with planned.town.admin() as admin:
        admin.execute(
            "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from) SELECT o.id, a.staff_id, 'ook', acl.today()"
            " FROM casus.dossier o, casus.dossier d JOIN casus.assignment a ON a.dossier_id = d.id WHERE o.public_id = %s AND d.public_id = %s",
            (there, planned.dossier),
        )
        admin.execute(
            "UPDATE casus.inwoner SET birth_date = %s WHERE person_id = (SELECT inwoner_id FROM casus.dossier WHERE public_id = %s)",
            (born, there),
        )
    assert colleague.get(f"/dossier/{there}").status_code == 200
    return str(there)


SAME = "/gegevens-wijzigen/zelfde"


def said(planned: Planned, there: str) -> str:
    """Somebody wrote it down; gives the address for the second one."""
    fields = {**PROOF, "main": str(planned.dossier), "other": there}
    answer = planned.team.send(SAME, fields, page=f"{SAME}?dossier={planned.dossier}")
    assert answer.status_code == 303, words_of(answer)
    assert "Uw eigen vraag" in words_of(planned.team.get(answer.headers["Location"]))
    return f"/gegevens-wijzigen/{planned.value('SELECT public_id FROM casus.particulars_change WHERE kind = 5 ORDER BY id DESC LIMIT 1')}"


def joined(planned: Planned, colleague: Browser) -> str:
    """Two said so; gives the other dossier."""
    there = older(planned, colleague)
    where = said(planned, there)
    assert "Het andere dossier is van: Amelie" in words_of(colleague.get(where))
    assert colleague.send(where, {"agrees": "ja"}, page=where).status_code == 303
    return there


def go_on(own: Browser) -> str:
    """Presses the button on the first page; gives the page that comes."""
    found = re.search(r'name="dossier" value="([^"]+)"', own.get("/").text)
    assert found
    assert own.send("/ander-dossier", {"dossier": found[1]}, page="/").status_code == 303
    return own.get("/").text


def test_who_has_two_dossiers_opens_both_after_two_said_so(planned: Planned) -> None:
    colleague = second(planned)
    own = planned.own
    assert "Mijn andere dossier" not in own.get("/").text
    there = joined(planned, colleague)
    assert own.get(f"/dossier/{there}").status_code == 404, "only after choosing it"
    assert there in go_on(own)
    assert own.get(f"/dossier/{there}").status_code == 200
    assert own.get(planned.url).status_code == 404
    private = own.send(f"/dossier/{there}/dagboek/schrijven", {"body": "Van mij alleen", "title": "", "leefdomein": "0"})
    assert private.status_code == 303
    assert str(planned.dossier) in go_on(own)
    assert own.get(planned.url).status_code == 200
    # Anything else opens nothing, and says nothing.
    for wrong in ("", "x", str(planned.dossier), "00000000-0000-4000-8000-000000000000"):
        assert own.send("/ander-dossier", {"dossier": wrong}, page="/").status_code == 303
        assert str(planned.dossier) in own.get("/").text
    page = words_of(planned.team.get(at(planned)))
    assert "Nog een dossier van deze persoon" in page
    assert "Amelie" in page


def test_one_alone_takes_them_apart_while_the_other_is_open(planned: Planned) -> None:
    colleague = second(planned)
    there = joined(planned, colleague)
    own = planned.own
    go_on(own)
    apart = colleague.send(at(planned, "/uit-elkaar"), {}, page=at(planned))
    assert "horen niet meer bij elkaar" in words_of(colleague.get(apart.headers["Location"]))
    assert own.get(f"/dossier/{there}").status_code == 404
    assert own.get(planned.url).status_code == 200
    assert "Mijn andere dossier" not in own.get("/").text
    assert colleague.send(at(planned, "/uit-elkaar"), {}, page=at(planned)).status_code == 303


def test_two_people_are_not_made_one(planned: Planned) -> None:
    colleague = second(planned)
    there = older(planned, colleague, born="1981-01-01")
    fields = {**PROOF, "main": str(planned.dossier), "other": there}
    page = planned.team.send(SAME, fields)
    assert page.status_code == 422
    assert "Dit zijn misschien twee mensen." in words_of(page)
    assert PROOF["proof"] in page.text
    for wrong in ("", "x", "00000000-0000-4000-8000-000000000000"):
        assert planned.team.send(SAME, {**fields, "other": wrong}).status_code == 422, wrong
    assert "kan nu niet" in planned.team.send(SAME, {**fields, "other": str(planned.dossier)}).text
    with planned.town.admin() as admin:
        admin.execute("UPDATE casus.inwoner SET birth_date = '1980-01-01'")
    where = said(planned, there)
    with planned.town.admin() as admin:
        admin.execute(
            "INSERT INTO casus.pause (dossier_id, way, began_by) SELECT id, 'portaal', inwoner_id FROM casus.dossier WHERE public_id = %s",
            (there,),
        )
    late = colleague.send(where, {"agrees": "ja"}, page=where)
    assert late.status_code == 422
    assert "kan nu niet" in words_of(late)
