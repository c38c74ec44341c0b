"""The meldingen pages of the team in every state."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from portal.screening import queries
from tests.pages.stage import LONG_WORD, STRANGE
from tests.pages.states import DONE, ERRORS, made, page, sent
from tests.pages.visit import Visit

WHO = "femke.nas"
RESEARCH = ("onderzoek", "onderzocht", "aanvraag", "besluit")
ACTS = (*RESEARCH, "gesprek", "screening", "starten", "advies", "doorverwijzen", "overdragen", "wachtlijst", "weigeren", "collega", "team")


def put_in(visit: Visit, number: int = 1, *, hours: int = 1, **columns: Any) -> UUID:
    """A melding of the team of Femke that came in so long ago; those of other states are out of sight."""
    values = {"for_whom": "zelf", "channel": "website", "words": STRANGE, "name": LONG_WORD, **columns}
    with visit.live.admin() as admin:
        if number == 1:
            admin.execute("UPDATE casus.melding SET open = false, source_hash = NULL, phone = NULL")
        row = admin.execute(
            f"INSERT INTO casus.melding (number, team_id, received_at, {', '.join(values)})"
            f" SELECT 'M-' || upper(overlay(substr(md5(random()::text), 1, 8) placing '-' from 5 for 0)), s.team_id, now() - %s * interval '1 hour', {', '.join(['%s'] * len(values))}"
            " FROM casus.staff s JOIN portaal.account a ON a.person_id = s.person_id WHERE a.username = %s RETURNING id, public_id",
            (hours, *values.values(), WHO),
        ).fetchone()
        assert row
        for event in ("ontvangen", "bevestigd"):
            admin.execute(
                "INSERT INTO casus.melding_event (melding_id, at, event) SELECT id, received_at, %s FROM casus.melding WHERE id = %s",
                (event, row[0]),
            )
        admin.execute(
            "INSERT INTO casus.melding_event (melding_id, at, event, value) SELECT id, received_at, 'urgentie', urgency FROM casus.melding"
            " WHERE id = %s AND urgency IS NOT NULL",
            (row[0],),
        )
    return UUID(str(row[1]))


def happens(visit: Visit, melding: UUID, event: str, value: str | None = None, words: str = "") -> None:
    """Something happened with it."""
    with visit.live.admin() as admin:
        admin.execute(
            "INSERT INTO casus.melding_event (melding_id, event, value, words, staff_id) SELECT m.id, %s, %s, %s, a.person_id"
            " FROM casus.melding m, portaal.account a WHERE m.public_id = %s AND a.username = %s",
            (event, value, words, melding, WHO),
        )


def _many(visit: Visit) -> None:
    """Each urgency, decided and suggested, in time and late; and more than one page."""
    visit.patch(queries, "PAGE_SIZE", 5)
    put_in(visit, hours=24 * 30, urgency=4)
    several: list[dict[str, Any]] = [{"urgency": 1}, {"urgency": 2}, {"urgency": 3}, {"signs": ["dood"]}, {"signs": ["eten"]}]
    for number, columns in enumerate(several, start=2):
        put_in(visit, number, hours=number * 20, name="" if number == 2 else "Sanne Proef", **columns)
    waits = put_in(visit, 7, urgency=4, hours=40)
    happens(visit, waits, "wachtlijst", "2", "U wacht.")
    happens(visit, waits, "erger")
    visit.open("/meldingen")


def _flood(visit: Visit, rest: str = "") -> None:
    first = put_in(visit, hours=3, source_hash=b"x" * 32, signs=["gevaar"])
    for number in range(2, 13):
        put_in(visit, number, hours=2, source_hash=b"x" * 32, name=f"Vloed {number}")
    visit.open(f"/meldingen/{first}{rest}" if rest else "/meldingen")


def _aside(visit: Visit) -> None:
    visit.patch(queries, "PAGE_SIZE", 5)
    _flood(visit, "/van-een-plek")
    visit.submit()


def _nothing_aside(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.melding_event WHERE event = 'opzij'")
    visit.open("/meldingen/opzij")


def _everything(visit: Visit) -> None:
    """A melding with every answer, and every thing that can have happened."""
    melding = put_in(
        visit, hours=24 * 9, for_whom="ander", reporter_role="huisarts", reporter_name="Dokter Proef", reporter_organisation=LONG_WORD,
        reporter_contact="dokter@voorbeeld.nl", consent="ja", age="onder_18", children_at_home=True, postcode="6541 AB", phone="0612345678",
        email=f"{LONG_WORD[:50]}@voorbeeld.nl", address="Voorbeeldstraat 1\n6541 XX Nijmegen", reach_ways=["bellen", "brief"], reach_when=STRANGE,
        safe_call=False, safe_mail=True, safe_post=False, company="Mijn zus", spoken="Arabisch", interpreter=True, signs=["gevaar", "eten"],
    )  # fmt: skip
    put_in(visit, 2, phone="06-12345678")
    happens(visit, melding, "urgentie", "4")
    happens(visit, melding, "gesprek", "telefoon")
    happens(visit, melding, "wachtlijst", "3", STRANGE)
    happens(visit, melding, "erger", None, STRANGE)
    for event in RESEARCH[:3]:
        happens(visit, melding, event, None, STRANGE)
    with visit.live.admin() as admin:
        for about, value, version in (
            ("rechten", "nl", "2026-11-02 f33d3151"),
            ("rechten", None, None),
            ("screening", "deels", None),
            ("instemming", "mondeling", None),
            ("later", None, None),
            ("team", "Buurtteam Elders", None),
            ("collega", LONG_WORD, None),
        ):
            admin.execute(
                "INSERT INTO casus.melding_note (melding_id, about, value, version, given_on, words, staff_id) SELECT m.id, %s, %s, %s,"
                " CASE WHEN %s::text IS NOT NULL THEN acl.today() END, %s, a.person_id"
                " FROM casus.melding m, portaal.account a WHERE m.public_id = %s AND a.username = %s",
                (about, value, version, version, STRANGE, melding, WHO),
            )
    visit.open(f"/meldingen/{melding}")


def _not_helped(visit: Visit) -> None:
    """Advice of some weeks ago didn't help."""
    melding = put_in(visit, hours=24 * 30, urgency=4)
    happens(visit, melding, "advies", f"Koffie in de wijk, {LONG_WORD}", "Ga eens koffie drinken.")
    happens(visit, melding, "geholpen", "nee")
    happens(visit, melding, "heropend")
    visit.open(f"/meldingen/{melding}?klaar=collega")


def _closed(visit: Visit) -> None:
    melding, other = put_in(visit, words="", name=""), put_in(visit, 2)
    with visit.live.admin() as admin:
        admin.execute(
            "UPDATE casus.melding SET merged_into = (SELECT id FROM casus.melding WHERE public_id = %s) WHERE public_id = %s",
            (other, melding),
        )
    happens(visit, melding, "samengevoegd", "M-0000-0000")
    visit.open(f"/meldingen/{melding}?klaar=samengevoegd")


def _at(rest: str, **columns: Any) -> Callable[[Visit], object]:
    return lambda visit: visit.open(f"/meldingen/{put_in(visit, **columns)}{rest}")


def _wrong(what: str, **columns: Any) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        _at(f"/{what}", **columns)(visit)
        if visit.page.locator("#told").count():
            visit.fill(told="")
        visit.submit()

    return go


def _alike(visit: Visit) -> None:
    melding = put_in(visit, phone="0612345678", email="a@voorbeeld.nl", postcode="6541")
    put_in(visit, 2, phone="06 123 456 78", email="A@voorbeeld.nl", postcode="6541 AB")
    closed = put_in(visit, 3, phone="+31 6 12345678")
    happens(visit, closed, "advies", None, "Zo.")
    visit.open(f"/meldingen/{melding}/dubbel")


def _nobody_waits(visit: Visit) -> None:
    _closed(visit)
    with visit.live.admin() as admin:
        admin.execute("UPDATE casus.melding SET open = false")
    visit.open("/meldingen")


def _entered(visit: Visit) -> None:
    visit.open("/meldingen/nieuw")
    visit.page.check("input[name=channel][value=telefoon]")
    visit.fill(words="Ik kom niet meer rond.", name="Sanne Proef")
    visit.submit()


made("team", "screening.overview", "everything", WHO, _many, "#meldingen tr:nth-child(5)")
made("team", "screening.overview", "nothing", WHO, _nobody_waits, "main > p.utrecht-paragraph")
made("team", "screening.overview", "flood", WHO, _flood, "#van-een-plek")
page("team", "screening.overview", "done", WHO, "/meldingen?klaar=team", DONE)
made("team", "screening.show", "new", WHO, _at(""), "#doen")
made("team", "screening.show", "everything", WHO, _everything, "#lijkt-op")
made("team", "screening.show", "not-helped", WHO, _not_helped, ".utrecht-alert--warning")
made("team", "screening.show", "merged", WHO, _closed, DONE)
made("team", "screening.act", "urgentie", WHO, _at("/urgentie"), "#urgency")
made("team", "screening.act", "urgentie-errors", WHO, _wrong("urgentie"), ERRORS, 422)
for each in ACTS:
    made("team", "screening.act", each, WHO, _at(f"/{each}", urgency=4, language="ar"), "details + form")
    made("team", "screening.act", f"{each}-errors", WHO, _wrong(each, urgency=4), ERRORS, 422)
made("team", "screening.same_person", "three", WHO, _alike, "section + form")
made("team", "screening.same_person", "none", WHO, _at("/dubbel"), "main p >> nth=2")
made("team", "screening.flood", "twelve", WHO, lambda visit: _flood(visit, "/van-een-plek"), "main form")
made("team", "screening.aside", "put-aside", WHO, _aside, DONE)
made("team", "screening.aside", "nothing", WHO, _nothing_aside, "main p >> nth=1")
page("team", "screening.enter", "empty", WHO, "/meldingen/nieuw", "#words")
sent("team", "screening.enter", "errors", WHO, "/meldingen/nieuw")
made("team", "screening.enter", "code", WHO, _entered, "#code")
