"""Meldingen on the team's face: the worklist, one melding, and what is done with it."""

import re
import secrets
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from tests.routes.conftest import Browser, Person, Town, token_of, words_of

TODAY = datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def put_in(
    town: Town, team: str | None = "Noord", *, ago: timedelta = timedelta(hours=1), source: bytes | None = None, **columns: Any
) -> UUID:
    """A melding that came in so long ago; gives its public id."""
    values: dict[str, Any] = {
        "number": f"M-{secrets.token_hex(2).upper()}-{secrets.token_hex(2).upper()}",
        "channel": "website",
        "for_whom": "zelf",
        "words": "Ik red het niet meer alleen.",
        "name": f"Naam {secrets.token_hex(3)}",
        "team_id": town._team_ids[team] if team else None,
        "source_hash": source,
        **columns,
    }
    names = ", ".join(values)
    marks = ", ".join(f"%({name})s" for name in values)
    with town.admin() as admin:
        row = admin.execute(
            f"INSERT INTO casus.melding (received_at, {names}) VALUES (now() - %(ago)s, {marks}) RETURNING id, public_id, received_at",
            {"ago": ago, **values},
        ).fetchone()
        assert row
        for event in ("ontvangen", "bevestigd"):
            admin.execute("INSERT INTO casus.melding_event (melding_id, at, event) VALUES (%s, %s, %s)", (row[0], row[2], event))
        admin.execute(
            "INSERT INTO casus.melding_event (melding_id, at, event, value) SELECT id, received_at, 'urgentie', urgency FROM casus.melding"
            " WHERE id = %s AND urgency IS NOT NULL",
            (row[0],),
        )
    return UUID(str(row[1]))


def name_of(town: Town, melding: UUID) -> str:
    """The name that was given."""
    return str(_one(town, "SELECT name FROM casus.melding WHERE public_id = %s", melding))


def _one(town: Town, query: str, *values: object) -> Any:
    with town.admin() as admin:
        row = admin.execute(query, values).fetchone()
    assert row
    return row[0]


def events(town: Town, melding: UUID) -> list[tuple[Any, ...]]:
    """What happened with it after it came in: event, value, words."""
    with town.admin() as admin:
        return admin.execute(
            "SELECT e.event, e.value, e.words FROM casus.melding_event e JOIN casus.melding m ON m.id = e.melding_id WHERE m.public_id = %s"
            " AND e.event NOT IN ('ontvangen', 'bevestigd') ORDER BY e.id",
            (melding,),
        ).fetchall()


def order(browser: Browser, town: Town, *meldingen: UUID, address: str = "/meldingen") -> list[UUID]:
    """In which order these stand in the list; who isn't there is left out."""
    page = words_of(browser.get(address))
    found = {melding: page.find(name_of(town, melding)) for melding in meldingen}
    return sorted((melding for melding, place in found.items() if place >= 0), key=lambda melding: found[melding])


@pytest.fixture(autouse=True)
def nothing_waits(town: Town) -> None:
    """Each test begins with an empty list."""
    with town.admin() as admin:
        admin.execute("UPDATE casus.melding SET open = false, source_hash = NULL, phone = NULL, email = NULL")
        admin.execute("DELETE FROM casus.melding_event WHERE event = 'opzij'")


@pytest.fixture(scope="module")
def worker(town: Town) -> Person:
    return town.staff(name="Daan")


@pytest.fixture
def daan(town: Town, worker: Person) -> Browser:
    return town.signed_in(worker)


def test_the_list_goes_by_urgency_and_then_by_the_nearest_term(town: Town, daan: Browser) -> None:
    late = put_in(town, ago=timedelta(days=30), urgency=4)
    normal = put_in(town, urgency=4)
    urgent = put_in(town, urgency=3)
    not_weighed = put_in(town)
    spoed = put_in(town, urgency=2)
    crisis = put_in(town, urgency=1)
    assert order(daan, town, normal, late, urgent, not_weighed, spoed, crisis) == [crisis, spoed, not_weighed, urgent, late, normal]


def test_signs_are_a_suggestion_until_a_person_decides(town: Town, daan: Browser) -> None:
    ordinary, evicted, danger = put_in(town), put_in(town, signs=["ontruiming"]), put_in(town, signs=["eten", "dood"])
    assert order(daan, town, ordinary, evicted, danger) == [danger, evicted, ordinary]
    page = words_of(daan.get("/meldingen"))
    assert "voorstel: crisis" in page
    assert "voorstel: spoed" in page
    assert daan.send(f"/meldingen/{danger}/urgentie", {"urgency": "4"}).status_code == 303
    assert order(daan, town, ordinary, evicted, danger) == [evicted, ordinary, danger]
    assert events(town, danger) == [("urgentie", "4", "")]
    assert "voorstel: crisis" not in words_of(daan.get("/meldingen"))


def test_late_is_called_late(town: Town, daan: Browser) -> None:
    put_in(town, ago=timedelta(days=5, hours=1), signs=["eten"])
    assert "2 dagen te laat" in words_of(daan.get("/meldingen"))


def test_own_words_are_not_in_the_list(town: Town, daan: Browser) -> None:
    melding = put_in(town, words="Mijn man slaat mij.")
    page = daan.get("/meldingen").text
    assert name_of(town, melding) in page
    assert "slaat" not in page


def test_opening_a_melding_leaves_a_line_of_who_and_when(town: Town, daan: Browser, worker: Person) -> None:
    melding = put_in(town, words="Mijn huur is te hoog.")
    assert "Mijn huur is te hoog." in words_of(daan.get(f"/meldingen/{melding}"))
    count = (
        "SELECT count(*) FROM casus.melding_read r JOIN casus.melding m ON m.id = r.melding_id WHERE m.public_id = %s AND r.staff_id = %s"
    )
    assert _one(town, count, melding, worker.person_id) == 1
    daan.client.head(f"/meldingen/{melding}")
    assert _one(town, count, melding, worker.person_id) == 1


def test_a_melding_of_another_team_is_not_found(town: Town, daan: Browser) -> None:
    theirs, nobodys = put_in(town, "Zuid"), put_in(town, None)
    assert order(daan, town, theirs, nobodys) == [nobodys]
    token = token_of(daan.get("/meldingen/nieuw"))
    for address in ("", "/urgentie", "/gesprek", "/dubbel", "/van-een-plek"):
        assert daan.get(f"/meldingen/{theirs}{address}").status_code == 404
    for address in ("/oppakken", "/heropenen", "/urgentie", "/opzij", "/samenvoegen"):
        assert daan.post(f"/meldingen/{theirs}{address}", {"urgency": "1", "other": str(nobodys)}, token).status_code == 404
    assert daan.post(f"/meldingen/{nobodys}/samenvoegen", {"other": str(theirs)}, token).status_code == 404
    assert events(town, theirs) == []
    assert (
        _one(town, "SELECT count(*) FROM casus.melding_read r JOIN casus.melding m ON m.id = r.melding_id WHERE m.public_id = %s", theirs)
        == 0
    )


def test_an_administrator_sees_none(town: Town) -> None:
    fatma = town.signed_in(town.staff("beheerder", None, name="Fatma"))
    melding = put_in(town, None)
    assert fatma.get("/meldingen").status_code == 403
    assert fatma.get(f"/meldingen/{melding}").status_code == 403
    assert "Meldingen" not in fatma.get("/").text


def test_a_phone_melding_goes_to_a_conversation_and_help(town: Town, daan: Browser, worker: Person) -> None:
    answer = daan.send(
        "/meldingen/nieuw",
        {
            "channel": "telefoon",
            "day": TODAY.isoformat(),
            "words": "Ik kom niet rond.",
            "name": "Ria Proef",
            "phone": "06 1234 5678",
            "email": "ria@voorbeeld.nl",
        },
    )
    code = _found(answer.text, r'id="code"[^>]*>([^<]+)<')
    number = _found(answer.text, r'id="nummer"[^>]*>([^<]+)<')
    assert code not in daan.get("/meldingen").text
    melding = UUID(str(_one(town, "SELECT public_id FROM casus.melding WHERE number = %s", number)))
    at = f"/meldingen/{melding}"
    assert daan.send(f"{at}/oppakken", page=at).headers["Location"] == f"{at}?klaar=opgepakt"
    for what, form in (
        ("urgentie", {"urgency": "3"}),
        ("gesprek", {"day": TODAY.isoformat(), "how": "telefoon", "rights": "ja", "language": "nl"}),
        ("screening", {"nature": "Schulden en eenzaamheid", "enough": "deels"}),
        ("starten", {"day": TODAY.isoformat(), "agreed": "mondeling", "told": "Uw hulp is begonnen."}),
    ):
        assert daan.send(f"{at}/{what}", form).headers["Location"] == f"{at}?klaar={what}", what
        assert daan.get(f"{at}?klaar={what}").status_code == 200
    assert events(town, melding) == [("urgentie", "3", ""), ("gesprek", "telefoon", ""), ("gestart", None, "Uw hulp is begonnen.")]
    assert order(daan, town, melding) == []
    inwoner = town.browser("inwoner")
    page = words_of(inwoner.get(inwoner.send("/melding/code", {"code": code}).headers["Location"]))
    assert "Uw hulp is begonnen." in page
    assert "Schulden" not in page
    assert (
        _one(town, "SELECT count(*) FROM portaal.outbox o JOIN casus.melding m ON m.id = o.melding_id WHERE m.public_id = %s", melding) == 1
    )


def _found(text: str, pattern: str) -> str:
    found = re.search(pattern, text)
    assert found, pattern
    return found[1]


def test_who_waits_and_gets_worse_rises(town: Town, daan: Browser) -> None:
    answer = daan.send("/meldingen/nieuw", {"channel": "balie", "day": TODAY.isoformat(), "words": "Ik ben moe.", "name": "Wim Wacht"})
    code, number = (_found(answer.text, rf'id="{name}"[^>]*>([^<]+)<') for name in ("code", "nummer"))
    melding = UUID(str(_one(town, "SELECT public_id FROM casus.melding WHERE number = %s", number)))
    urgent, spoed = put_in(town, urgency=3), put_in(town, urgency=2)
    at = f"/meldingen/{melding}"
    assert daan.get(f"{at}/wachtlijst").status_code == 200
    assert daan.send(f"{at}/wachtlijst", {"weeks": "2", "told": "U wacht."}).status_code == 422, "nobody found it an ordinary question yet"
    daan.send(f"{at}/urgentie", {"urgency": "4"})
    assert daan.send(f"{at}/wachtlijst", {"weeks": "2", "told": "U staat op de wachtlijst."}).status_code == 303
    assert order(daan, town, melding, urgent, spoed) == [spoed, urgent, melding]
    assert _one(town, "SELECT staff_id IS NOT NULL FROM casus.melding WHERE public_id = %s", melding)
    inwoner = town.browser("inwoner")
    page = inwoner.get(inwoner.send("/melding/code", {"code": code}).headers["Location"])
    assert inwoner.post("/melding/erger", {"told": "Ik kan niet meer."}, token_of(page)).status_code == 303
    assert order(daan, town, melding, urgent, spoed) == [melding, spoed, urgent]
    page = daan.get(at)
    assert "Ik kan niet meer." in words_of(page)
    daan.send(f"{at}/gesprek", {"day": TODAY.isoformat(), "how": "telefoon", "rights": "nee", "language": "nl", "why": "Het was te druk."})
    assert order(daan, town, melding, urgent, spoed) == [spoed, urgent, melding]


def test_a_research_of_the_wmo_is_told_with_its_dates_and_stays_in_sight_when_help_began(town: Town, daan: Browser) -> None:
    answer = daan.send("/meldingen/nieuw", {"channel": "balie", "day": TODAY.isoformat(), "words": "Ik val vaak.", "name": "Wil Wmo"})
    code, number = (_found(answer.text, rf'id="{name}"[^>]*>([^<]+)<') for name in ("code", "nummer"))
    melding = UUID(str(_one(town, "SELECT public_id FROM casus.melding WHERE number = %s", number)))
    with town.admin() as admin:
        for table, column in (("melding", "received_at"), ("melding_event", "at")):
            admin.execute(
                f"UPDATE casus.{table} SET {column} = {column} - interval '60 days' WHERE {'id' if table == 'melding' else 'melding_id'} ="
                " (SELECT id FROM casus.melding WHERE number = %s)",
                (number,),
            )
    at, came_in = f"/meldingen/{melding}", TODAY - timedelta(days=60)
    inwoner = town.browser("inwoner")
    inwoner.send("/melding/code", {"code": code})

    def reads() -> str:
        return words_of(inwoner.get("/melding/stand"))

    def says(what: str, day: date, **form: str) -> int:
        return daan.send(f"{at}/{what}", {"day": day.isoformat(), "told": f"Verteld: {what}.", **form}).status_code

    assert says("starten", came_in + timedelta(days=3), agreed="mondeling") == 303
    assert order(daan, town, melding) == []
    assert "onderzoek" not in reads()
    assert f'value="{came_in.isoformat()}"' in daan.get(f"{at}/onderzoek").text, (
        "the six weeks begin with the melding, unless somebody says otherwise"
    )
    assert says("onderzocht", TODAY) == 422
    assert says("onderzoek", came_in - timedelta(days=1)) == 422
    assert says("onderzoek", came_in) == 303
    assert order(daan, town, melding) == [melding]
    assert "Maak het onderzoek af" in words_of(daan.get("/meldingen"))
    page = reads()
    assert "Het onderzoek is klaar: had gemoeten op" in page
    assert "U mag nu al een aanvraag voor extra zorg doen." in page
    assert "Dien een klacht in" in page
    assert "Verteld: onderzoek." in page
    assert says("onderzocht", came_in - timedelta(days=1)) == 422, "before the melding"
    assert says("onderzocht", came_in + timedelta(days=40)) == 303
    assert order(daan, town, melding) == []
    assert "Wilt u extra zorg? Doe dan een aanvraag." in reads()
    assert says("aanvraag", came_in + timedelta(days=39)) == 422, "before the report"
    assert "Deze dag is te vroeg." in words_of(daan.page) if daan.page else False
    assert says("aanvraag", came_in + timedelta(days=40)) == 303, "on the same day"
    assert order(daan, town, melding) == [melding]
    assert "Zorg voor het besluit" in words_of(daan.get("/meldingen"))
    assert "U mag de gemeente in een brief vragen om nu te besluiten." in reads()
    assert says("besluit", TODAY) == 303
    assert order(daan, town, melding) == []
    page = reads()
    assert "U krijgt het besluit:" in page
    assert "te laat" not in page.split("Het onderzoek is klaar:")[1]
    assert [event for event, _value, _words in events(town, melding)] == ["gestart", "onderzoek", "onderzocht", "aanvraag", "besluit"]


OUTCOMES = {
    "advies": ({"told": "Ga naar de Stip."}, ("advies", None, "Ga naar de Stip.")),
    "doorverwijzen": (
        {"organisation": "Taalhuis", "contact": "Anna, 024-0000000", "told": "Anna belt u."},
        ("doorverwezen", "Taalhuis, Anna, 024-0000000", "Anna belt u."),
    ),
    "overdragen": (
        {"to": "jeugd", "contact": "Sam", "told": "Sam belt u."},
        ("overgedragen", "Het team voor jeugd en gezin, Sam", "Sam belt u."),
    ),
    "weigeren": ({"reason": "U woont in Arnhem.", "told": "Bel Arnhem."}, ("geweigerd", None, "U woont in Arnhem.\n\nBel Arnhem.")),
}


@pytest.mark.parametrize("what", OUTCOMES)
def test_each_outcome_is_told_and_can_be_undone(town: Town, daan: Browser, what: str) -> None:
    form, event = OUTCOMES[what]
    melding = put_in(town)
    at = f"/meldingen/{melding}"
    for name in form:
        answer = daan.send(f"{at}/{what}", {**form, name: ""})
        assert answer.status_code == 422, name
    assert events(town, melding) == []
    assert daan.send(f"{at}/{what}", form).headers["Location"] == f"{at}?klaar={what}"
    assert events(town, melding) == [event]
    assert order(daan, town, melding) == []
    assert daan.send(f"{at}/advies", {"told": "Nog iets."}).status_code == 422, "it is closed"
    daan.send(f"{at}/heropenen", page=at)
    assert order(daan, town, melding) == [melding]


def test_a_refusal_begins_with_the_ways_on(town: Town, daan: Browser) -> None:
    page = words_of(daan.get(f"/meldingen/{put_in(town, language='ar')}/weigeren"))
    for way in ("klacht", "cliëntondersteuner", "extra zorg", "شكوى"):
        assert way in page


def test_a_team_passes_it_on_and_no_longer_sees_it(town: Town, daan: Browser) -> None:
    melding = put_in(town)
    answer = daan.send(f"/meldingen/{melding}/team", {"team": str(town.teams["Zuid"]), "why": "Verhuisd."})
    assert answer.headers["Location"] == "/meldingen?klaar=team"
    assert daan.get(f"/meldingen/{melding}").status_code == 404
    zara = town.signed_in(town.staff(team="Zuid", name="Zara"))
    page = words_of(zara.get(f"/meldingen/{melding}"))
    assert "Komt van een ander team: Noord" in page


def test_what_nobody_takes_care_of_is_in_sight(town: Town, daan: Browser, worker: Person) -> None:
    taken, orphan = put_in(town, staff_id=worker.person_id), put_in(town)
    assert "1 melding heeft nog niemand die ervoor zorgt." in words_of(daan.get("/meldingen"))
    assert order(daan, town, taken, orphan, address="/meldingen?van=niemand") == [orphan]
    elif_ = town.signed_in(town.staff("teamleider", name="Elif"))
    elif_.send(f"/meldingen/{orphan}/oppakken", page=f"/meldingen/{orphan}")
    assert "nog niemand die ervoor zorgt" not in words_of(daan.get("/meldingen"))


def test_the_list_goes_on_where_it_ended(town: Town, daan: Browser) -> None:
    meldingen = [put_in(town, urgency=4, ago=timedelta(hours=hours)) for hours in range(60, 0, -1)]
    seen, address = [], "/meldingen"
    for _ in range(3):
        seen += order(daan, town, *meldingen, address=address)
        found = re.search(r'rel="next" href="([^"]+)"', daan.get(address).text)
        address = found[1].replace("&amp;", "&") if found else ""
    assert seen == meldingen
    assert address == ""
    for wrong in ("x", "1.2", "1.9999999999999999999999.x", "1.1.%00", "٣.٣.x"):
        assert daan.get("/meldingen", query_string={"na": wrong}).status_code in (200, 400)


def test_two_of_one_person_become_one_with_the_first_clock(town: Town, daan: Browser) -> None:
    first = put_in(town, ago=timedelta(days=8), phone="06-12 34 56 78")
    second = put_in(town, ago=timedelta(days=2), phone="+31 6 12345678", signs=["gevaar"])
    old = put_in(town, ago=timedelta(days=70), phone="0612345678")
    stranger, theirs = put_in(town, phone="0612345679"), put_in(town, "Zuid", phone="0612345678")
    page = words_of(daan.get(f"/meldingen/{second}/dubbel"))
    assert name_of(town, first) in page
    for other in (old, stranger, theirs):
        assert name_of(town, other) not in page
    answer = daan.send(f"/meldingen/{second}/samenvoegen", {"other": str(first)}, page=f"/meldingen/{second}/dubbel")
    assert answer.headers["Location"] == f"/meldingen/{first}?klaar=samengevoegd"
    assert order(daan, town, first, second) == [first]
    assert "voorstel: crisis" in words_of(daan.get("/meldingen")), "what was ticked in the other counts"
    page = words_of(daan.get(f"/meldingen/{second}"))
    assert "Deze melding gaat verder als" in page
    daan.send(f"/meldingen/{second}/heropenen", page=f"/meldingen/{second}")
    assert set(order(daan, town, first, second)) == {first, second}
    count = "SELECT count(*) FROM casus.melding_read r JOIN casus.melding m ON m.id = r.melding_id WHERE m.public_id = %s"
    assert _one(town, count, first) > 0, "beside each other both are read"


@pytest.mark.parametrize("same", [{"email": "A@voorbeeld.nl"}, {"name": "ANNA PROEF", "postcode": "6541 XX"}, {"phone": "0031612345678"}])
def test_by_what_two_look_alike(town: Town, daan: Browser, same: dict[str, Any]) -> None:
    melding = put_in(town, name="Anna Proef", postcode="6541", email="a@voorbeeld.nl", phone="0612345678")
    other = put_in(town, **same)
    assert name_of(town, other) in words_of(daan.get(f"/meldingen/{melding}/dubbel"))
    nothing = put_in(town, name="")
    assert "Wij vinden geen melding" in words_of(daan.get(f"/meldingen/{nothing}/dubbel"))


def _flood(town: Town, so_many: int, source: bytes) -> UUID:
    with town.admin() as admin:
        row = admin.execute(
            "WITH made AS (INSERT INTO casus.melding (number, channel, for_whom, name, words, team_id, received_at, source_hash, signs)"
            " SELECT 'M-' || lpad(upper(to_hex(n)), 4, '0') || '-' || upper(encode(substr(%s::bytea, 1, 2), 'hex')), 'website', 'zelf', 'Vloed ' || n, 'x', %s,"
            " now() - interval '50 minutes' + n * interval '0.2 seconds', %s, '{gevaar}' FROM generate_series(1, %s) n RETURNING id, public_id, received_at),"
            " came AS (INSERT INTO casus.melding_event (melding_id, at, event) SELECT id, received_at, 'ontvangen' FROM made)"
            " SELECT public_id FROM made ORDER BY received_at LIMIT 1",
            (source, town._team_ids["Noord"], source, so_many),
        ).fetchone()
        assert row
    return UUID(str(row[0]))


class Asked:
    """Counts what is asked of the database, and how many rows come back."""

    def __init__(self, town: Town) -> None:
        self.engine = town.apps["team"].extensions["database"].engine
        self.statements = self.rows = 0

    def __enter__(self) -> "Asked":
        event.listen(self.engine, "after_cursor_execute", self._count)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(self.engine, "after_cursor_execute", self._count)

    def _count(self, _connection: Any, cursor: Any, *_: object) -> None:
        self.statements += 1
        self.rows += max(cursor.rowcount, 0)


def test_ten_thousand_from_one_place_cost_nobody_a_place_or_a_statement(town: Town, daan: Browser) -> None:
    people = [put_in(town, source=secrets.token_bytes(32)) for _ in range(20)]
    people += [put_in(town, signs=["dood"], source=secrets.token_bytes(32)), put_in(town, urgency=1)]
    before = order(daan, town, *people)
    with Asked(town) as quiet:
        daan.get("/meldingen")
    first = _flood(town, 10_000, secrets.token_bytes(32))
    assert order(daan, town, *people) == before
    with Asked(town) as flooded:
        page = words_of(daan.get("/meldingen"))
    assert "10000 meldingen van één plek" in page
    assert "10000 met tekenen van gevaar" in page
    assert "Vloed" not in page
    assert (flooded.statements, flooded.rows) == (quiet.statements, quiet.rows + 1), "one line, and nothing else"
    place = _found(daan.get("/meldingen").text, r'href="(/meldingen/[^"]+/van-een-plek)"')
    assert place == f"/meldingen/{first}/van-een-plek"
    assert daan.send(f"/meldingen/{first}/opzij", page=place).headers["Location"] == "/meldingen/opzij?klaar=opzij"
    with Asked(town) as after:
        assert "van één plek" not in words_of(daan.get("/meldingen"))
    assert (after.statements, after.rows) == (quiet.statements, quiet.rows)
    assert order(daan, town, *people) == before


def test_what_was_put_aside_can_be_brought_back(town: Town, daan: Browser) -> None:
    first = _flood(town, 30, secrets.token_bytes(32))
    daan.send(f"/meldingen/{first}/opzij", page=f"/meldingen/{first}/van-een-plek")
    page = daan.get("/meldingen/opzij")
    assert page.text.count("Vloed") == 25
    rest = daan.get(_found(page.text, r'rel="next" href="([^"]+)"'))
    assert "Vloed 1<" in rest.text
    assert daan.get("/meldingen/opzij?na=x").status_code == 200
    daan.send(f"/meldingen/{first}/heropenen", page=f"/meldingen/{first}")
    assert order(daan, town, first) == [first]
    assert "Vloed 1<" not in daan.get(_found(page.text, r'rel="next" href="([^"]+)"')).text


def test_entering_says_what_is_missing_and_keeps_what_was_typed(town: Town, daan: Browser) -> None:
    tomorrow, yesterday = (TODAY + timedelta(days=days) for days in (1, -1))
    good = {"channel": "brief", "day": TODAY.isoformat(), "words": "Een vraag."}
    for wrong, sentence in (
        ({"channel": ""}, "Kies een van de antwoorden."),
        ({"channel": "website"}, "Kies een van de antwoorden."),
        ({"day": tomorrow.isoformat()}, "Kies vandaag of een dag ervoor."),
        ({"day": "gisteren"}, "Schrijf de datum zo"),
        ({"day": yesterday.isoformat()}, "Schrijf op waarom u het nu pas opschrijft."),
        ({"words": ""}, "Schrijf op wat de inwoner vroeg."),
        ({"words": "x" * 20_001}, "Uw tekst is te lang"),
        ({"postcode": "12"}, "Schrijf de 4 cijfers en 2 letters van de postcode."),
        ({"email": "ria"}, "Schrijf het e-mailadres zo"),
        ({"reporter_role": "huisarts"}, "Kies een van de antwoorden."),
        ({"signs": "anders"}, "Kies een van de antwoorden."),
    ):
        answer = daan.send("/meldingen/nieuw", {**good, "name": "Blijft Staan", **wrong})
        assert answer.status_code == 422, wrong
        assert sentence in words_of(answer), wrong
        assert "Blijft Staan" in answer.text
    page = words_of(daan.send("/meldingen/nieuw", {**good, "day": yesterday.isoformat(), "why": "Het was druk.", "postcode": "1234"}))
    assert "Geef deze code aan de inwoner" in page
    assert _one(town, "SELECT words FROM casus.melding_note WHERE about = 'later' ORDER BY id DESC LIMIT 1") == "Het was druk."


@pytest.mark.parametrize(
    ("what", "form"),
    [
        ("urgentie", {"urgency": "5"}),
        ("urgentie", {"urgency": "crisis"}),
        ("gesprek", {"day": "2001-01-01", "how": "telefoon", "rights": "ja", "language": "nl"}),
        ("gesprek", {"day": TODAY.isoformat(), "how": "telefoon", "rights": "nee", "language": "nl"}),
        ("gesprek", {"day": TODAY.isoformat(), "how": "rooksignaal", "rights": "ja", "language": "nl"}),
        ("team", {"team": "geen-team", "why": "x"}),
        ("starten", {"day": (TODAY + timedelta(days=1)).isoformat(), "agreed": "mondeling", "told": "x"}),
        ("advies", {"told": "een \x00 teken"}),
        ("advies", {"told": "x" * 5001}),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(town: Town, daan: Browser, what: str, form: dict[str, str]) -> None:
    melding = put_in(town)
    assert daan.send(f"/meldingen/{melding}/{what}", form).status_code == 422
    assert events(town, melding) == []


def test_addresses_that_are_none(town: Town, daan: Browser) -> None:
    melding = put_in(town)
    for address in (f"/meldingen/{melding}/dansen", "/meldingen/1", f"/meldingen/{UUID(int=0)}", f"/meldingen/{melding}/van-een-plek"):
        assert daan.get(address).status_code == 404
    token = token_of(daan.get("/meldingen/nieuw"))
    assert daan.post(f"/meldingen/{melding}/samenvoegen", {"other": "x"}, token).status_code == 404
    assert daan.post(f"/meldingen/{melding}/samenvoegen", {"other": str(melding)}, token).status_code == 404
