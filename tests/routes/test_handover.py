"""Handing over to another party over HTTP: proposed, chosen by the inwoner, packed, opened with a code, taken over; and what came from one."""

import json
import re
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import psycopg
import pytest
from pypdf import PdfReader

from tests.access.planned import SOON
from tests.routes.conftest import Browser, Town, words_of
from tests.routes.test_ending import proposed as ending_proposed
from tests.routes.test_plan import Planned, begun, send

TO: dict[str, str | list[str]] = {
    "kind": "3",
    "organisation": "Pluryn",
    "receiver": "S. Bakker, zorgconsulent",
    "why": "Iedere dag hulp is nodig.",
    "starts_on": SOON,
    "ends_here": "stopt",
    "sections": ["2"],
}
BY = "S. Bakker, zorgconsulent"


@pytest.fixture
def planned(town: Town) -> Planned:
    """Somebody who is helped, with a note in the dossier."""
    made = begun(town)
    made.town.entry(made.dossier)
    return made


def at(planned: Planned, where: str = "") -> str:
    """An address of handing over."""
    return planned.url.replace("/plan", f"/overdracht{where}")


def proposed(planned: Planned, **more: str | list[str]) -> str:
    """It lies before the inwoner; gives its address."""
    answer = planned.team.send(at(planned, "/nieuw"), {**TO, **more}, page=at(planned, "/nieuw"))
    assert answer.status_code == 303, words_of(answer)
    return answer.headers["Location"].split("?")[0]


def fields_of(page: str) -> dict[str, str | list[str]]:
    """What stands filled in on the page of the answer."""
    hidden = {name: re.findall(rf'name="{name}"[^>]* value="([^"]*)"', page)[0] for name in ("shown", "seen")}
    entries = re.findall(r'<input checked[^>]* name="entries"[^>]* value="([0-9a-f-]{36})"', page)
    return {**hidden, "entries": entries, "sections": ["2"]}


def agreed(planned: Planned, where: str, **more: str | list[str]) -> None:
    """The inwoner says yes to all that is proposed."""
    fields = fields_of(planned.own.get(f"{where}/antwoord").text)
    answer = planned.own.send(f"{where}/antwoord", {**fields, "choice": "1", **more}, page=f"{where}/antwoord")
    assert answer.status_code == 303, words_of(answer)


def code_of(planned: Planned, where: str) -> str:
    """A code for who receives."""
    page = planned.team.send(f"{where}/code", {}, page=where)
    return str(re.findall(r'id="overdrachtcode"[^>]*>([^<]+)<', page.text)[0])


def opened(planned: Planned, code: str, by: str = BY) -> Browser:
    """Somebody without an account, who typed the code."""
    browser = planned.town.browser("inwoner")
    browser.send("/overdracht", {"code": code, "by": by})
    return browser


def test_what_goes_along_is_chosen_packed_fetched_and_taken_over(planned: Planned) -> None:
    where = proposed(planned)
    assert "Wij willen u overdragen aan een ander." in words_of(planned.own.get("/"))
    assert "Wacht op de inwoner" in words_of(planned.team.get("/"))
    agreed(planned, where)
    assert "Gesprek" in words_of(planned.own.get(where))
    code = code_of(planned, where)
    other = opened(planned, code)
    assert other.page
    assert "Overdracht van Amal" in words_of(other.page)
    assert "1 notitie" in words_of(other.page)
    package = other.send("/overdracht/ophalen", {"code": code, "by": BY}, page="/overdracht")
    assert package.status_code == 200
    assert package.headers["Content-Disposition"] == 'attachment; filename="overdracht.zip"'
    with ZipFile(BytesIO(package.data)) as whole:
        assert set(whole.namelist()) == {"leesmij.txt", "notities.pdf", "dossier.json"}
        assert "Wij spraken elkaar." in "".join(page.extract_text() for page in PdfReader(BytesIO(whole.read("notities.pdf"))).pages)
        case = json.loads(whole.read("dossier.json"))
    assert [entry["versions"][0]["body"] for entry in case["entries"]] == ["Wij spraken elkaar."]
    assert case["inwoner"]["bsn"] is None
    assert "Opgehaald door: " + BY in words_of(planned.own.get(where))
    assert BY in words_of(planned.own.get(planned.url.replace("/plan", "/wie-keek-er")))
    answer = other.send("/overdracht/antwoord", {"code": code, "by": BY, "takes": "ja", "on_day": SOON}, page="/overdracht")
    assert "U neemt de hulp over." in words_of(answer)
    page = words_of(planned.own.get(where))
    assert "Overgenomen" in page
    assert "De hulp begint op:" in page


def test_our_help_ends_only_after_the_other_took_over(planned: Planned) -> None:
    where = proposed(planned)
    ending_proposed(planned, kind="2", onward="Pluryn")
    ending = planned.url.replace("/plan", "/stoppen-met-hulp")
    planned.own.send(f"{ending}/antwoord", {"choice": "1"}, page=f"{ending}/antwoord")

    def finish() -> str:
        answer = planned.team.send(f"{ending}/afronden", {}, page=ending)
        return words_of(planned.team.get(answer.headers["Location"]))

    waits = "De ander heeft nog niet bevestigd dat die de hulp overneemt."
    assert waits in finish()
    agreed(planned, where)
    assert waits in finish()
    note = {"by": BY, "takes": "ja", "on_day": SOON, "how": "Zij belde."}
    assert planned.team.send(f"{where}/bevestigd", note, page=f"{where}/bevestigd").status_code == 303
    assert "Het is bewaard. De hulp stopt op de laatste dag." in finish()


def test_nothing_goes_along_when_the_inwoner_says_no(planned: Planned) -> None:
    where = proposed(planned)
    assert planned.own.send(f"{where}/antwoord", {"choice": "2", "words": "Liever niet."}, page=f"{where}/antwoord").status_code == 303
    page = words_of(planned.team.get(where))
    assert "De inwoner wil dit niet" in page
    assert "Liever niet." in page
    assert "Maak een code" not in page
    assert (
        planned.value(
            "SELECT count(*) FROM portaal.package p JOIN casus.handover h ON h.id = p.handover_id WHERE h.public_id = %s", where[-36:]
        )
        == 0
    )


def test_what_the_inwoner_unticked_stays_here(planned: Planned) -> None:
    kept = planned.town.entry(planned.dossier)
    where = proposed(planned)
    fields = fields_of(planned.own.get(f"{where}/antwoord").text)
    assert str(kept) in fields["entries"]
    left = [one for one in fields["entries"] if one != str(kept)]
    again = planned.own.send(f"{where}/antwoord", {**fields, "entries": left, "toon": "ja"}, page=f"{where}/antwoord")
    assert again.status_code == 200
    assert fields_of(again.text)["entries"] == left
    agreed(planned, where, entries=left)
    code = code_of(planned, where)
    package = opened(planned, code).send("/overdracht/ophalen", {"code": code, "by": BY}, page="/overdracht")
    with ZipFile(BytesIO(package.data)) as whole:
        assert [entry["id"] for entry in json.loads(whole.read("dossier.json"))["entries"]] == left


def test_the_plan_goes_along_as_it_was_agreed_without_what_keeps_one_safe(planned: Planned) -> None:
    texts = (
        ("belangrijk-om-te-weten", "Ik slaap slecht.", "3"),
        ("energie", "Alleen voor ons.", "2"),
        ("veilig-zijn", "Een geheim woord.", "2"),
    )
    for part, body, audience in texts:
        fields = {"body": body, "base": "0", "number": str(uuid4()), "audience": audience}
        assert send(planned.own, f"{planned.url}/{part}/schrijven", **fields).status_code == 303
    waiting = planned.laid(planned.own)
    assert send(planned.own, f"{planned.url}/akkoord/{waiting}", choice="1", copy="0").status_code == 303
    where = proposed(planned, with_plan="y")
    agreed(planned, where, with_plan="y")
    code = code_of(planned, where)
    package = opened(planned, code).send("/overdracht/ophalen", {"code": code, "by": BY}, page="/overdracht")
    with ZipFile(BytesIO(package.data)) as whole:
        plan = "".join(page.extract_text() for page in PdfReader(BytesIO(whole.read("plan.pdf"))).pages)
    assert "Ik slaap slecht." in plan
    assert "geheim woord" not in plan
    assert "Alleen voor ons." not in plan


def test_a_wrong_code_an_old_one_and_one_taken_back_get_the_same_answer(planned: Planned) -> None:
    where = proposed(planned)
    agreed(planned, where)
    old = code_of(planned, where)
    new = code_of(planned, where)
    sentence = "Deze code werkt niet, of niet meer."
    for code in ("0000-0000-0000-0000", old):
        page = opened(planned, code).page
        assert page
        assert page.status_code == 422
        assert sentence in page.text
    assert planned.own.send(f"{where}/terugnemen", {}, page=where).status_code == 303
    for address in ("/overdracht", "/overdracht/ophalen", "/overdracht/antwoord"):
        more = {"takes": "ja", "on_day": SOON}
        page = planned.town.browser("inwoner").send(address, {"code": new, "by": BY, **more}, page="/overdracht")
        assert page.status_code == 422, address
        assert sentence in page.text


def test_what_changed_since_it_was_shown_is_shown_again(planned: Planned) -> None:
    where = proposed(planned)
    fields = fields_of(planned.own.get(f"{where}/antwoord").text)
    number = planned.value("SELECT id FROM casus.entry WHERE public_id = %s", fields["entries"][0])
    dossier = planned.value("SELECT id FROM casus.dossier WHERE public_id = %s", planned.dossier)
    with psycopg.connect(planned.town.database.dsn("portaal_operator")) as operator:
        operator.execute(
            "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_name)"
            " VALUES (%s, 2, %s, 2, 0, 'Gesprek', 'Anders.', 'Proef')",
            (number, dossier),
        )
    answer = planned.own.send(f"{where}/antwoord", {**fields, "choice": "1", "words": "Goed."}, page=f"{where}/antwoord")
    assert answer.status_code == 422
    assert "Er is net iets veranderd." in answer.text
    assert "Goed." in answer.text


def test_it_gets_stuck_and_the_team_sees_it(planned: Planned) -> None:
    where = proposed(planned)
    agreed(planned, where)
    assert planned.own.send(f"{where}/loopt-vast", {"words": "Niemand belt terug."}, page=f"{where}/loopt-vast").status_code == 303
    assert "Loopt vast" in words_of(planned.team.get("/"))
    assert "Niemand belt terug." in words_of(planned.team.get(where))


def test_the_other_says_no_with_a_reason(planned: Planned) -> None:
    where = proposed(planned)
    agreed(planned, where)
    code = code_of(planned, where)
    other = opened(planned, code)
    without = other.send("/overdracht/antwoord", {"code": code, "by": BY, "takes": "nee", "reason": ""}, page="/overdracht")
    assert without.status_code == 422
    assert "Schrijf op waarom niet." in without.text
    said = other.send("/overdracht/antwoord", {"code": code, "by": BY, "takes": "nee", "reason": "Er is geen plaats."}, page="/overdracht")
    assert "U neemt de hulp niet over." in words_of(said)
    page = words_of(planned.own.get(where))
    assert "Niet overgenomen" in page
    assert "Er is geen plaats." in page


def test_what_another_party_handed_over_is_confirmed_by_name(planned: Planned) -> None:
    more = {**TO, "taken_how": "Een brief van twee bladzijden."}
    answer = planned.team.send(at(planned, "/ontvangen"), more, page=at(planned, "/ontvangen"))
    assert answer.status_code == 303
    page = words_of(planned.own.get(answer.headers["Location"]))
    assert "Een brief van twee bladzijden." in page
    assert "Bevestigd" in page
    assert "terugnemen" not in page


def test_said_aloud_needs_its_proof(planned: Planned) -> None:
    where = proposed(planned)
    fields = fields_of(planned.team.get(f"{where}/antwoord-opschrijven").text)
    without = planned.team.send(f"{where}/antwoord-opschrijven", {**fields, "choice": "1", "way": "mondeling"}, page=where)
    assert without.status_code == 422
    assert "Schrijf op waaruit het blijkt." in without.text
    said = {**fields, "choice": "1", "way": "mondeling", "proof": "Zijn zus was erbij."}
    assert planned.team.send(f"{where}/antwoord-opschrijven", said, page=where).status_code == 303
    assert "Zijn zus was erbij." in words_of(planned.own.get(where))


def test_what_is_missing_is_said_and_nothing_typed_is_lost(planned: Planned) -> None:
    cases = (
        ("organisation", "Vul de organisatie in."),
        ("receiver", "Vul in wie het krijgt."),
        ("starts_on", "Vul de eerste dag in."),
        ("ends_here", "Kies wat er met onze hulp gebeurt."),
    )
    for missing, sentence in cases:
        given = {name: words for name, words in TO.items() if name != missing}
        page = planned.team.send(at(planned, "/nieuw"), given, page=at(planned, "/nieuw"))
        assert page.status_code == 422
        assert sentence in page.text
        assert "Iedere dag hulp is nodig." in page.text
    page = planned.team.send(at(planned, "/nieuw"), {**TO, "starts_on": "2020-01-01"}, page=at(planned, "/nieuw"))
    assert "Deze dag kan niet." in page.text
    where = proposed(planned)
    fields = fields_of(planned.own.get(f"{where}/antwoord").text)
    nothing = planned.own.send(
        f"{where}/antwoord", {**fields, "entries": [], "choice": "1", "words": "Bewaar dit"}, page=f"{where}/antwoord"
    )
    assert nothing.status_code == 422
    assert "Kies wat er mee mag, of zeg nee." in nothing.text
    assert "Bewaar dit" in nothing.text
