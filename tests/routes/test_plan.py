"""The plan over HTTP: nothing typed is lost, two at once see both, a long plan is as quick as a short one, and what was agreed stays."""

import gzip
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from pypdf import PdfReader
from werkzeug.test import TestResponse

from tests.access.explained import catching
from tests.routes.conftest import Browser, Person, Town, words_of
from tests.routes.test_long_dossier import MOST_STATEMENTS

KILOBYTE = 1024
WHOLE = {"holder": "ander", "holder_name": "Zus", "due_on": "2027-01-02", "look_on": "2027-02-03"}
GOAL = {"base": "0", "leefdomein": "0", "audience": "3"}
YES = {"choice": "1", "copy": "0"}


@dataclass
class Planned:
    """An inwoner, who works with them, and where the plan stands."""

    town: Town
    owner: Person
    worker: Person
    url: str
    dossier: UUID

    @property
    def own(self) -> Browser:
        """A browser of the inwoner."""
        return self.town.signed_in(self.owner)

    @property
    def team(self) -> Browser:
        """A browser of the professional."""
        return self.town.signed_in(self.worker)

    def goal(self, browser: Browser, body: str, **more: str) -> str:
        """A new goal; gives its id."""
        number = str(uuid4())
        assert send(browser, f"{self.url}/doel", number=number, body=body, **{**GOAL, **more}).status_code == 303
        return number

    def action(self, browser: Browser, goal: str, body: str, **more: str) -> str:
        """A new action of a goal; gives its id."""
        number = str(uuid4())
        answer = send(browser, f"{self.url}/doel/{goal}/actie", number=number, base="0", body=body, **{**WHOLE, **more})
        assert answer.status_code == 303
        return number

    def laid(self, browser: Browser) -> str:
        """Lays the plan before the inwoner; gives the id."""
        assert send(browser, f"{self.url}/voorleggen").status_code == 303
        return str(
            self.value(
                "SELECT public_id FROM casus.plan_proposal WHERE settled_at IS NULL"
                " AND dossier_id = (SELECT id FROM casus.dossier WHERE public_id = %s)",
                self.dossier,
            )
        )

    def value(self, sql: str, *values: object) -> Any:
        """What really stands in a table."""
        with self.town.admin() as admin:
            [[found]] = admin.execute(sql.encode(), values).fetchall()
        return found


def send(browser: Browser, address: str, **fields: str) -> TestResponse:
    """Fills in the form of a page and sends it."""
    return browser.send(
        address, fields, page=address if browser.get(address).status_code == 200 else address.rsplit("/plan", 1)[0] + "/plan"
    )


@pytest.fixture
def planned(town: Town) -> Planned:
    """A plan in which nothing stands."""
    return begun(town)


def begun(town: Town) -> Planned:
    """The same, as often as wanted."""
    owner, worker = town.person(name="Amal"), town.staff()
    dossier = town.dossier(owner, worker)
    return Planned(town, owner, worker, f"/dossier/{dossier}/plan", dossier)


def test_an_empty_plan_offers_what_to_begin_with(planned: Planned) -> None:
    page = words_of(planned.own.get(planned.url))
    assert "Er staat nog geen doel." in page
    assert "Mijn vraag, in mijn eigen woorden" in page
    examples = words_of(planned.own.get(f"{planned.url}/doel"))
    assert "Ik wil weten wat er binnenkomt en wat eruit gaat" in examples


def test_an_example_brings_its_first_actions_with_days(planned: Planned) -> None:
    own = planned.own
    where = f"{planned.url}/doel?voorbeeld=geld"
    answer = own.send(where, {"number": str(uuid4()), "body": "Mijn geld op orde", **GOAL}, page=where)
    assert answer.status_code == 303
    page = words_of(own.get(planned.url))
    assert "Alle post en rekeningen bij elkaar leggen" in page
    assert page.count("samen kijken op:") == 3
    assert page.count("Wie: Amal") == 3
    # Each has who, for which day and when one looks: so it can be agreed with at once.
    planned.laid(own)


def test_what_was_typed_stays_when_something_is_missing(planned: Planned) -> None:
    own = planned.own
    page = send(own, f"{planned.url}/belangrijk-om-te-weten/schrijven", body="Ik ben bang voor brieven.", base="0", number=str(uuid4()))
    assert page.status_code == 422
    assert "Ik ben bang voor brieven." in page.text
    assert "Kies wie dit mag lezen." in page.text
    goal = planned.goal(own, "Rust")
    page = send(
        own,
        f"{planned.url}/doel/{goal}/actie",
        number=str(uuid4()),
        base="0",
        body="",
        holder="ander",
        holder_name="Zus Noor",
        due_on="morgen",
    )
    assert page.status_code == 422
    assert "Schrijf op wat er gaat gebeuren." in page.text
    assert "Schrijf de datum zo" in page.text
    assert 'value="Zus Noor"' in page.text
    assert 'value="morgen"' in page.text


def test_a_form_sent_twice_makes_one(planned: Planned) -> None:
    own, number = planned.own, str(uuid4())
    for _ in range(2):
        assert send(own, f"{planned.url}/doel", number=number, body="Rust", **GOAL).status_code == 303
    text = {"body": "Mijn zus belt.", "base": "0", "number": str(uuid4()), "audience": "3"}
    for _ in range(2):
        assert send(own, f"{planned.url}/mijn-mensen/schrijven", **text).status_code == 303
    assert words_of(own.get(planned.url)).count("Mijn zus belt.") == 1
    assert (
        planned.value(
            "SELECT count(*) FROM casus.plan_text t JOIN casus.dossier d ON d.id = t.dossier_id WHERE d.public_id = %s", planned.dossier
        )
        == 2
    )


def test_who_writes_second_sees_both_texts_and_chooses(planned: Planned) -> None:
    own, team, where = planned.own, planned.team, f"{planned.url}/ik-kan/schrijven"
    assert send(own, where, body="Koken", base="0", number=str(uuid4()), audience="3").status_code == 303
    assert send(own, where, body="Koken en bakken", base="1", audience="3").status_code == 303
    second = send(team, where, body="Koken, zegt Amal", base="1")
    assert second.status_code == 422
    assert "Koken en bakken" in second.text
    assert "Koken, zegt Amal" in second.text
    assert 'name="base" type="hidden" value="2"' in second.text or 'value="2"' in second.text
    assert send(team, where, body="Koken, zegt Amal", base="2").status_code == 303
    page = own.get(planned.url)
    [part] = re.findall(rf"{planned.url}/teksten/([0-9a-f-]+)", page.text)
    texts = words_of(own.get(f"{planned.url}/teksten/{part}"))
    assert texts.index("Koken, zegt Amal") < texts.index("Koken en bakken")


def test_both_begin_the_same_part_at_once(planned: Planned) -> None:
    own, team, where = planned.own, planned.team, f"{planned.url}/buurt/schrijven"
    assert send(team, where, body="De bibliotheek", base="0", number=str(uuid4())).status_code == 303
    second = send(own, where, body="De kookgroep", base="0", number=str(uuid4()), audience="3")
    assert second.status_code == 422
    assert "De bibliotheek" in second.text
    assert "De kookgroep" in second.text


@pytest.mark.parametrize("writers", [50])
def test_fifty_writers_on_one_text_lose_nothing(planned: Planned, writers: int) -> None:
    """Each writes from what they saw; who comes second sees both, takes over the number and writes again. Every text is kept."""
    where = f"{planned.url}/samenwerken/schrijven"
    assert send(planned.own, where, body="Begin", base="0", number=str(uuid4()), audience="3").status_code == 303

    def write(number: int) -> int:
        browser = planned.own if number % 2 else planned.team
        fields = {"body": f"Tekst {number} van velen", "base": "1", **({"audience": "3"} if number % 2 else {})}
        tries = 0
        while True:
            tries += 1
            answer = browser.send(where, fields, page="/hulp")
            if answer.status_code == 303:
                return tries
            assert answer.status_code == 422
            assert f"Tekst {number} van velen" in answer.text
            fields["base"] = re.findall(r'name="base"[^>]*value="(\d+)"', answer.text)[0]

    with ThreadPoolExecutor(8) as pool:
        tries = list(pool.map(write, range(writers)))
    kept = planned.value(
        "SELECT array_agg(body ORDER BY number) FROM casus.plan_text WHERE part_id IN (SELECT part_id FROM casus.plan_text WHERE body = 'Begin')"
    )
    assert sorted(kept[1:]) == sorted(f"Tekst {number} van velen" for number in range(writers))
    assert max(tries) > 1, "nobody came second"


def test_what_is_kept_tells_nobody_that_it_is_there(planned: Planned) -> None:
    own, team, where = planned.own, planned.team, f"{planned.url}/energie/schrijven"
    assert send(own, where, body="Dat ik hem niet zie", base="0", number=str(uuid4()), audience="1").status_code == 303
    assert "Dat ik hem niet zie" in words_of(own.get(planned.url))
    assert "Dat ik hem niet zie" not in team.get(planned.url).text
    assert "Dat ik hem niet zie" not in team.get(where).text
    assert send(team, where, body="Muziek, zegt Amal", base="0", number=str(uuid4())).status_code == 303
    page = words_of(own.get(planned.url))
    assert "Dat ik hem niet zie" in page
    assert "Muziek, zegt Amal" in page
    planned.goal(own, "Rust")
    planned.laid(own)
    assert "Dat ik hem niet zie" not in own.get(planned.url.replace("/plan", "/plan/versies")).text


def test_what_is_kept_is_changed_beside_the_other_and_is_not_shared_over_it(planned: Planned) -> None:
    own, team, where = planned.own, planned.team, f"{planned.url}/energie/schrijven"
    assert send(own, where, body="Alleen voor mij", base="0", number=str(uuid4()), audience="1").status_code == 303
    assert send(team, where, body="Muziek", base="0", number=str(uuid4())).status_code == 303
    assert "Muziek" in own.get(where).text
    kept = f"{where}?eigen=1"
    assert kept in own.get(planned.url).text
    assert "Alleen voor mij" in own.get(kept).text
    refused = own.send(kept, {"body": "Alleen voor mij", "base": "1", "audience": "3"}, page=kept)
    assert refused.status_code == 422
    assert "Daar staat al een tekst. Zet uw woorden daarbij." in refused.text
    assert own.send(kept, {"body": "Nog steeds voor mij", "base": "1", "audience": "1"}, page=kept).status_code == 303
    assert "Nog steeds voor mij" in words_of(own.get(planned.url))
    assert "Nog steeds voor mij" not in team.get(planned.url).text


def test_safety_is_for_who_helps_and_never_for_who_reads_along(planned: Planned) -> None:
    own = planned.own
    page = own.get(f"{planned.url}/veilig-zijn/schrijven")
    assert "Ik en mijn hulpverleners" in page.text
    assert "Ook wie van mij mijn plan mag lezen" not in page.text
    where = f"{planned.url}/veilig-zijn/schrijven"
    assert send(own, where, body="Naar buiten", base="0", number=str(uuid4()), audience="3").status_code == 422
    assert send(own, where, body="Naar buiten", base="0", number=str(uuid4()), audience="2").status_code == 303
    planned.goal(own, "Rust")
    naaste = planned.town.person(name="Floor")
    with planned.town.admin() as admin:
        admin.execute(
            "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, valid_from, ground) SELECT id, %s, 1, acl.today(), 'toestemming'"
            " FROM casus.dossier WHERE public_id = %s",
            (naaste.person_id, planned.dossier),
        )
    page = planned.town.signed_in(naaste).get(planned.url)
    assert "Rust" in page.text
    assert "Naar buiten" not in page.text
    assert "niet veilig" not in page.text
    assert "Naar buiten" in planned.team.get(planned.url).text


def test_it_counts_after_the_inwoners_own_act_and_then_it_stays(planned: Planned) -> None:
    own, team = planned.own, planned.team
    goal = planned.goal(team, "Rust in huis")
    planned.action(team, goal, "Samen opruimen")
    waiting = planned.laid(team)
    assert "Dit plan is afgesproken." not in own.get(planned.url).text
    assert team.get(f"{planned.url}/akkoord/{waiting}").status_code == 404
    asked = words_of(own.get(f"{planned.url}/akkoord/{waiting}"))
    assert "Samen opruimen" in asked
    assert "Wilt u een exemplaar van dit plan?" in asked
    assert send(own, f"{planned.url}/akkoord/{waiting}", choice="1").status_code == 422, "whether a copy is wanted is always asked"
    assert send(own, f"{planned.url}/akkoord/{waiting}", choice="3", copy="0").status_code == 422, "no has a reason"
    assert send(own, f"{planned.url}/akkoord/{waiting}", choice="3", copy="0", words="Niet opruimen").status_code == 303
    assert "Niet opruimen" in words_of(team.get(f"{planned.url}/versies"))
    assert own.get(f"{planned.url}/versie/1").status_code == 404
    assert own.get(f"{planned.url}/akkoord/{waiting}").status_code == 404, "answered"

    assert send(own, f"{planned.url}/doel/{goal}", base="1", body="Rust in mijn hoofd", leefdomein="0", audience="3").status_code == 303
    waiting = planned.laid(own)
    answer = send(own, f"{planned.url}/akkoord/{waiting}", choice="2", copy="2", words="Langzaam", own="4")
    assert answer.headers["Location"].endswith("/versie/1?klaar=exemplaar-2")
    agreed = words_of(own.get(f"{planned.url}/versie/1"))
    assert "Rust in mijn hoofd" in agreed
    assert "Dit plan is afgesproken." in own.get(planned.url).text

    assert send(team, f"{planned.url}/doel/{goal}", base="2", body="Rust en werk", leefdomein="0").status_code == 303
    assert words_of(own.get(f"{planned.url}/versie/1")) == agreed
    assert "Er is iets veranderd sinds u ja zei." in own.get(planned.url).text
    waiting = planned.laid(team)
    beside = words_of(own.get(f"{planned.url}/akkoord/{waiting}"))
    assert beside.index("Rust in mijn hoofd") < beside.index("Rust en werk")


def test_a_version_as_a_pdf_is_tagged_and_each_text_has_its_language(planned: Planned) -> None:
    own = planned.own
    goal = planned.goal(own, "Rust in huis", why="أريد أن أنام", perspective="3")
    planned.action(own, goal, "Samen opruimen")
    assert (
        send(
            own, f"{planned.url}/mijn-mensen/schrijven", body="Mijn zus belt.", answer="1", base="0", number=str(uuid4()), audience="3"
        ).status_code
        == 303
    )
    assert send(own, f"{planned.url}/wat-speelt-er/schrijven", domein_6="1", base="0", number=str(uuid4())).status_code == 303
    waiting = planned.laid(own)
    send(own, f"{planned.url}/akkoord/{waiting}", choice="2", words="Langzaam", copy="1")
    answer = own.get(f"{planned.url}/versie/1/pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plan-1.pdf"'
    made = PdfReader(BytesIO(answer.data))
    assert "/Marked" in str(made.root_object["/MarkInfo"])
    words = " ".join(page.extract_text() for page in made.pages)
    for each in ("Rust in huis", "Samen opruimen", "Wie: Zus", "Rust krijgen", "Mijn zus belt.", "Geld: Hier speelt iets", "Langzaam"):
        assert each in " ".join(words.split()), each
    assert own.get(f"{planned.url}/versie/2/pdf").status_code == 404


def test_what_was_said_on_paper_is_written_down_with_its_proof(planned: Planned) -> None:
    own, team = planned.own, planned.team
    planned.goal(own, "Rust")
    waiting = planned.laid(team)
    where = f"{planned.url}/akkoord-opschrijven/{waiting}"
    assert send(team, where, **YES, way="papier", decided_on="2026-01-02").status_code == 422, "without proof"
    assert send(team, where, **YES, way="papier", proof="Getekend", decided_on="2999-01-02").status_code == 422, "not yet"
    assert send(team, where, **YES, way="papier", proof="Getekend", decided_on="2026-01-02").status_code == 303
    told = words_of(own.get(f"{planned.url}/versies"))
    assert "op papier ( Getekend , Daan" in told


def test_an_action_without_who_or_when_can_not_be_agreed_with(planned: Planned) -> None:
    own = planned.own
    goal = planned.goal(own, "Rust")
    planned.action(own, goal, "Bellen", holder="", holder_name="")
    page = words_of(own.get(planned.url))
    assert "Wie doet dit?" in page
    answer = send(own, f"{planned.url}/voorleggen")
    assert answer.status_code == 422
    assert "Bij een actie mist nog iets." in answer.text


def test_done_in_one_tap_and_back(planned: Planned) -> None:
    own, team = planned.own, planned.team
    goal = planned.goal(own, "Rust")
    action = planned.action(own, goal, "Bellen")
    assert own.send(f"{planned.url}/stand", {"klaar": action}, page=planned.url).status_code == 303
    assert "1 van 1 actie klaar" in words_of(team.get(planned.url))
    assert team.send(f"{planned.url}/stand", {"bezig": action}, page=planned.url).status_code == 303
    every = f"{planned.url}/doel/{goal}/acties"
    answer = own.send(f"{planned.url}/stand", {"open": action, "doel": goal}, page=every)
    assert answer.headers["Location"] == f"{every}?klaar=stand"
    assert "Bellen" in words_of(own.get(every))
    assert "0 van 1 actie klaar" in words_of(own.get(planned.url))
    assert own.send(f"{planned.url}/stand", {"klaar": str(uuid4())}, page=planned.url).status_code == 404


def test_a_goal_goes_up_and_out(planned: Planned) -> None:
    own = planned.own
    first, second = planned.goal(own, "Eerste doel"), planned.goal(own, "Tweede doel")
    assert own.send(f"{planned.url}/volgorde", {"omhoog": second}, page=planned.url).status_code == 303
    page = words_of(own.get(planned.url))
    assert page.index("Tweede doel") < page.index("Eerste doel")
    assert own.send(f"{planned.url}/doel/{first}", {"act": "weghalen"}, page=planned.url).status_code == 303
    assert "Eerste doel" not in words_of(own.get(planned.url))
    assert planned.team.send(f"{planned.url}/volgorde", {"omhoog": second}, page=planned.url).status_code == 404


def test_a_long_plan_asks_as_much_as_a_short_one_and_is_light(town: Town) -> None:
    asked = {}
    for goals, actions in ((3, 10), (30, 200)):
        planned = begun(town)
        _fill(planned, goals, actions)
        for person in (planned.owner, planned.worker):
            browser = town.signed_in(person)
            browser.get("/hulp")
            with catching(town.apps[person.face].extensions["database"].engine) as catcher:
                page = browser.get(planned.url)
            assert page.status_code == 200
            asked[person.face, goals] = len(catcher.caught) + 1
        assert page.text.count("Volgende dag:") == goals
    assert asked["inwoner", 3] == asked["inwoner", 30] <= MOST_STATEMENTS
    assert asked["team", 3] == asked["team", 30] <= MOST_STATEMENTS
    weight = len(gzip.compress(planned.own.get(planned.url).data, 5))
    assert weight <= 8 * KILOBYTE, weight


def _fill(planned: Planned, goals: int, actions: int) -> None:
    """A plan of so many goals and actions, as people write them."""
    with planned.town.admin() as admin:
        admin.execute(
            "INSERT INTO casus.plan_part (public_id, dossier_id, kind, audience, place) SELECT gen_random_uuid(), d.id, 20, 3, n FROM casus.dossier d,"
            " generate_series(1, %s) n WHERE d.public_id = %s",
            (goals, planned.dossier),
        )
        admin.execute(
            "INSERT INTO casus.plan_part (public_id, dossier_id, kind, audience, goal_id, place) SELECT gen_random_uuid(), p.dossier_id, 21, 3, p.id, n"
            " FROM generate_series(1, %s) n JOIN casus.plan_part p ON p.kind = 20 AND p.place = 1 + n %% %s"
            " JOIN casus.dossier d ON d.id = p.dossier_id WHERE d.public_id = %s",
            (actions, goals, planned.dossier),
        )
        admin.execute(
            "INSERT INTO casus.plan_text (part_id, dossier_id, number, body, why, answers, leefdomein, holder_id, holder_name, due_on, look_on, dropped,"
            " author_id, author_name, written_for) SELECT p.id, p.dossier_id, 1, CASE p.kind WHEN 20 THEN 'Doel nummer ' ELSE 'Bellen over zaak ' END || p.id,"
            " '', '{}', p.place %% 9, CASE p.kind WHEN 21 THEN d.inwoner_id END, CASE p.kind WHEN 21 THEN 'Amal Proef' ELSE '' END,"
            " CASE p.kind WHEN 21 THEN acl.today() + 7 END, CASE p.kind WHEN 21 THEN acl.today() + 21 END, false, d.inwoner_id, 'Amal Proef', 3"
            " FROM casus.plan_part p JOIN casus.dossier d ON d.id = p.dossier_id WHERE d.public_id = %s",
            (planned.dossier,),
        )
