"""The household plan over HTTP: coming in with a code, goals together, what is shown, leaving, and as few statements as any page."""

import re
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from tests.access.explained import catching
from tests.routes.conftest import Person, Town, words_of
from tests.routes.test_long_dossier import MOST_STATEMENTS
from tests.routes.test_plan import GOAL, WHOLE


class Household:
    """Two adults with a dossier each, and who works with them."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.amal, self.bas, self.worker = town.person(name="Amal"), town.person(name="Bas"), town.staff()
        self.urls = {person.person_id: f"/dossier/{town.dossier(person, self.worker)}/plan" for person in (self.amal, self.bas)}
        self.browsers = {person.person_id: town.signed_in(person) for person in (self.amal, self.bas)}

    def get(self, person: Person, where: str = "/samen") -> str:
        """The words of a page of somebody's plan."""
        page = self.browsers[person.person_id].get(self.urls[person.person_id] + where)
        assert page.status_code == 200
        return words_of(page)

    def post(self, person: Person, where: str, **fields: str) -> TestResponse:
        """Sends a form of the page of the household plan."""
        url = self.urls[person.person_id]
        return self.browsers[person.person_id].send(url + where, fields, page=f"{url}/samen")

    def code(self, person: Person) -> str:
        """A code, as it stands on the page."""
        page = self.post(person, "/samen/code")
        assert page.status_code == 200
        found = re.search(r'id="huiscode"[^>]*>([a-z0-9-]{19})<', page.text)
        assert found
        return found[1]

    def joined(self) -> "Household":
        """Bas comes in with a code of Amal."""
        assert self.post(self.bas, "/samen/meedoen", code=self.code(self.amal), with_goals="y", act="ja").status_code == 303
        return self

    def goal(self, person: Person, body: str) -> str:
        """A new goal in somebody's plan; gives its id."""
        number = str(uuid4())
        url = self.urls[person.person_id]
        answer = self.browsers[person.person_id].send(f"{url}/doel", {"number": number, "body": body, **GOAL}, page=f"{url}/doel")
        assert answer.status_code == 303
        return number

    def text(self, person: Person, slug: str, body: str, audience: str = "3") -> str:
        """Writes a text of somebody's plan; gives the id of its part."""
        url = f"{self.urls[person.person_id]}/{slug}/schrijven"
        page = self.browsers[person.person_id].get(url)
        base = re.search(r'name="base"[^>]*value="(\d+)"', page.text)
        fields = {"number": str(uuid4()), "body": body, "audience": audience, "base": base[1] if base else "0"}
        assert self.browsers[person.person_id].send(url, fields, page=url).status_code == 303
        with self.town.admin() as admin:
            [[found]] = admin.execute(
                "SELECT p.public_id FROM casus.plan_part p JOIN casus.plan_text t ON t.part_id = p.id WHERE t.body = %s", (body,)
            ).fetchall()
        return str(found)


@pytest.fixture
def home(town: Town) -> Household:
    """Two who don't make a plan together yet."""
    return Household(town)


def test_who_was_handed_a_code_sees_who_asks_and_what_it_means_and_then_says_yes(home: Household) -> None:
    assert "Woont u met een andere volwassene" in home.get(home.amal)
    code = home.code(home.amal)
    assert code not in home.get(home.amal), "it is shown once"
    assert "U maakte al een code." in home.get(home.amal)
    asked = home.post(home.bas, "/samen/meedoen", code=code.upper().replace("-", " "))
    assert "Wilt u samen een plan maken met Amal" in words_of(asked)
    assert "Wat u doet als het niet veilig is, ziet de ander nooit." in words_of(asked)
    assert "U kunt altijd stoppen. De ander ziet dan niet meer wat u liet zien." in words_of(asked)
    assert "Wie maken samen dit plan?" not in home.get(home.bas), "nothing happens before the yes"
    answer = home.post(home.bas, "/samen/meedoen", code=code, with_goals="y", act="ja")
    assert answer.status_code == 303
    assert code not in answer.headers["Location"]
    assert "Amal" in home.get(home.bas)
    assert "Bas" in home.get(home.amal)


def test_a_code_that_is_not_one_is_said_so_and_not_for_ever(home: Household) -> None:
    empty = home.post(home.bas, "/samen/meedoen", code="")
    assert (empty.status_code, "Vul de code in." in empty.text) == (422, True)
    for _ in range(10):
        wrong = home.post(home.bas, "/samen/meedoen", code="7k2m-0000-0000-0000")
        assert wrong.status_code == 422
        assert "Deze code werkt niet." in wrong.text
        assert 'value="7k2m-0000-0000-0000"' in wrong.text
    assert "Dit was te vaak niet goed." in home.post(home.bas, "/samen/meedoen", code=home.code(home.amal), act="ja").text
    assert "Woont u met een andere volwassene" in home.get(home.bas)


def test_a_goal_together_stands_in_both_plans_and_each_says_yes(home: Household) -> None:
    home.joined()
    goal = home.goal(home.amal, "Rust in huis")
    assert "Rust in huis" not in home.get(home.bas, "")
    assert home.post(home.amal, "/samen/doel", deel=goal, gezien="1").status_code == 303
    theirs = home.get(home.bas, "")
    assert "Rust in huis" in theirs
    assert "Van ons samen" in theirs
    assert theirs.count("zei nog geen ja") == 2
    url, own = home.urls[home.amal.person_id], home.browsers[home.amal.person_id]
    action = {"number": str(uuid4()), "base": "0", "body": "Samen eten", **WHOLE}
    assert own.send(f"{url}/doel/{goal}/actie", action, page=f"{url}/doel/{goal}/actie").status_code == 303
    assert "Samen eten" in home.get(home.bas, "")
    laid = own.send(f"{url}/voorleggen", {}, page=f"{url}/voorleggen").headers["Location"]
    assert own.send(laid, {"choice": "1", "copy": "0"}, page=laid).status_code == 303
    theirs = home.get(home.bas, "")
    assert (theirs.count("zei ja"), theirs.count("zei nog geen ja")) == (1, 1)
    team = words_of(home.town.signed_in(home.worker).get(home.urls[home.bas.person_id]))
    assert "Doel van een huishouden" in team
    assert "Amal" in team


def test_many_who_write_in_two_copies_at_once_lose_nothing(home: Household) -> None:
    home.joined()
    goal = home.goal(home.amal, "Begin")
    assert home.post(home.amal, "/samen/doel", deel=goal, gezien="1").status_code == 303
    with home.town.admin() as admin:
        [[copy]] = admin.execute(
            "SELECT c.public_id FROM casus.plan_part p JOIN casus.plan_part c ON c.joint_id = p.joint_id AND c.id <> p.id WHERE p.public_id = %s",
            (goal,),
        ).fetchall()

    def write(number: int) -> int:
        person, part, audience = ((home.amal, goal, "3"), (home.bas, copy, "2"))[number % 2]
        where, browser = f"{home.urls[person.person_id]}/doel/{part}", home.browsers[person.person_id]
        fields = {"body": f"Tekst {number} van velen", "base": "1", "leefdomein": "0", "audience": audience}
        for tries in range(1, 100):
            answer = browser.send(where, fields, page="/hulp")
            if answer.status_code == 303:
                return tries
            assert answer.status_code == 422
            assert fields["body"] in answer.text
            fields["base"] = re.findall(r'name="base"[^>]*value="(\d+)"', answer.text)[0]
        raise AssertionError("never written")

    with ThreadPoolExecutor(8) as pool:
        tries = list(pool.map(write, range(16)))
    with home.town.admin() as admin:
        kept = admin.execute(
            "SELECT array_agg(t.body ORDER BY t.number) FROM casus.plan_text t JOIN casus.plan_part p ON p.id = t.part_id"
            " WHERE p.public_id = ANY (%s) GROUP BY p.id",
            ([goal, str(copy)],),
        ).fetchall()
    assert kept[0] == kept[1], "both copies say the same, in the same order"
    assert sorted(kept[0][0][1:]) == sorted(f"Tekst {number} van velen" for number in range(16))
    assert max(tries) > 1, "nobody came second"


def test_what_is_shown_is_read_by_the_other_until_it_is_hidden(home: Household) -> None:
    home.joined()
    part = home.text(home.amal, "energie", "Ik word rustig van tuinieren")
    assert "tuinieren" not in home.get(home.bas)
    assert home.post(home.amal, "/samen/tonen", deel=part, gezien="7").headers["Location"].endswith("klaar=veranderd")
    assert "tuinieren" not in home.get(home.bas)
    assert home.post(home.amal, "/samen/tonen", deel=part, gezien="1").status_code == 303
    assert "Ik word rustig van tuinieren" in home.get(home.bas)
    assert "Ik word rustig van tuinieren" not in home.get(home.bas, "")
    log = words_of(home.browsers[home.amal.person_id].get(home.urls[home.amal.person_id].replace("/plan", "/wie-keek-er")))
    assert "Bas" in log
    assert "maakt samen een plan met u" in log
    seen = words_of(home.browsers[home.amal.person_id].get(home.urls[home.amal.person_id].replace("/plan", "/wie-mag-wat-zien")))
    assert "Met wie u samen een plan maakt" in seen
    home.text(home.amal, "energie", "Nieuwe woorden")
    assert "Leest nog uw vorige tekst" in home.get(home.amal)
    assert "Nieuwe woorden" not in home.get(home.bas)
    assert home.post(home.amal, "/samen/verbergen", deel=part).status_code == 303
    assert "tuinieren" not in home.get(home.bas)


def test_safety_has_no_button_and_is_never_shown(home: Household) -> None:
    home.joined()
    part = home.text(home.amal, "veilig-zijn", "Ik ga naar mijn zus", "2")
    assert "Ik ga naar mijn zus" not in home.get(home.amal)
    assert home.post(home.amal, "/samen/tonen", deel=part, gezien="1").status_code == 404
    assert "Wat er speelt" not in home.get(home.amal)
    for where in ("", "/samen", "/versies"):
        assert "Ik ga naar mijn zus" not in home.get(home.bas, where)


def test_who_stops_is_out_of_sight_and_nobody_is_told(home: Household) -> None:
    home.joined()
    part = home.text(home.amal, "energie", "Wandelen met de hond")
    goal = home.goal(home.amal, "Genoeg geld")
    assert home.post(home.amal, "/samen/tonen", deel=part, gezien="1").status_code == 303
    assert home.post(home.amal, "/samen/doel", deel=goal, gezien="1").status_code == 303
    assert "Wandelen met de hond" in home.get(home.bas)
    stopped = home.post(home.amal, "/samen/stoppen")
    assert stopped.headers["Location"].endswith("klaar=gestopt")
    theirs = home.get(home.bas)
    assert "Wandelen" not in theirs
    assert "U bent nu de enige." in theirs
    assert "Genoeg geld" in home.get(home.bas, "")
    assert "Genoeg geld" in home.get(home.amal, "")
    with home.town.admin() as admin:
        [[mails]] = admin.execute("SELECT count(*) FROM portaal.outbox WHERE person_id = %s", (home.bas.person_id,)).fetchall()
    assert mails == 0


def test_a_part_of_another_is_not_there(home: Household) -> None:
    home.joined()
    part, goal = home.text(home.amal, "energie", "Zingen in het koor"), home.goal(home.amal, "Koor")
    for where, deel in (("tonen", part), ("doel", goal), ("tonen", str(uuid4())), ("doel", "geen id")):
        assert home.post(home.bas, f"/samen/{where}", deel=deel, gezien="1").status_code == 404
    other = home.urls[home.amal.person_id]
    assert home.browsers[home.bas.person_id].get(f"{other}/samen").status_code == 404
    assert home.town.signed_in(home.worker).get(f"{other}/samen").status_code == 404


def test_the_pages_take_as_few_statements_as_any(home: Household) -> None:
    home.joined()
    for number in range(6):
        goal = home.goal(home.amal, f"Doel {number}")
        assert home.post(home.amal, "/samen/doel", deel=goal, gezien="1").status_code == 303
    for slug in ("energie", "ik-kan", "buurt"):
        part = home.text(home.amal, slug, f"Over {slug}")
        assert home.post(home.amal, "/samen/tonen", deel=part, gezien="1").status_code == 303
    for person, where in ((home.amal, ""), (home.bas, ""), (home.amal, "/samen"), (home.bas, "/samen")):
        with catching(home.town.apps["inwoner"].extensions["database"].engine) as catcher:
            home.get(person, where)
        assert len(catcher.caught) + 1 <= MOST_STATEMENTS, (where, len(catcher.caught))
