"""Looking is not writing: GET changes nothing but the read log, and what shows nothing isn't logged as read."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from portal.front.queries import RIGHTS
from portal.settings import Face
from tests.access.planned import SOON
from tests.live import FACES, Live
from tests.routes.bad_input.desk import Desk, concept_fields, reaction
from tests.routes.conftest import Browser, token_of

READERS: dict[Face, tuple[str, ...]] = {"inwoner": ("iris", "floor"), "team": ("femke.nas", "annelies.groothuis", "anouk.sanders")}
# The last moment somebody did something is kept with the session, and that a start code was asked with sign-in attempts.
# A melding has no dossier yet: who of the team opened it stands beside it.
WRITTEN_BY_READING = {"casus.read_log", "casus.melding_read", "portaal.sign_in_request_read", "portaal.session"}
# GET that is an act by intention; it changes the session and nothing else.
ACTS = {"security.leave"}


def pages_of(live: Live, face: Face, ids: dict[str, object]) -> Iterator[str]:
    """Every address of a face that can be got, with these ids filled in."""
    adapter = live.apps[face].url_map.bind("127.0.0.1")
    for rule in live.apps[face].url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in {"static", *ACTS}:
            yield adapter.build(rule.endpoint, {name: ids[name] for name in rule.arguments})


@pytest.fixture
def ids(live: Live, desk: Desk, iris: Browser, femke: Browser) -> dict[str, object]:
    """Something to fill in for each part of an address: what Iris and Femke may open, with a reaction, a concept and a colleague."""
    page = desk.entry("Terug van vakantie")
    dossier, entry = page.removeprefix("/dossier/").split("/notitie/")
    fields = reaction(body="Een reactie die er al staat.", audience="3")
    iris.post(f"{page}/reactie", fields, token_of(iris.get(page)))
    concept = desk.concept(femke, f"/dossier/{dossier}")
    femke.post(concept, concept_fields("Begin", "Een begin.", "bewaar"), token_of(femke.get(concept)))
    return {
        "dossier_id": dossier,
        "entry_id": entry,
        "reaction_id": fields["number"],
        "word": RIGHTS[0].word,
        "year": live.one("SELECT extract(year FROM occurred_at)::int FROM casus.entry WHERE public_id = %s", entry),
        "step": "vraag",
        "what": "gesprek",
        "melding_id": live.one(
            "INSERT INTO casus.melding (number, channel, for_whom, team_id) SELECT 'M-LEES-' || to_char(count(*), 'FM0000'), 'balie', 'zelf', (SELECT"
            " s.team_id FROM casus.staff s JOIN casus.person p ON p.id = s.person_id WHERE p.first_name = 'Femke') FROM casus.melding RETURNING public_id"
        ),
        "letter_id": uuid4(),
        "question_id": uuid4(),
        "reading_id": uuid4(),
        "breach_id": uuid4(),
        "destruction_id": uuid4(),
        "withholding_id": uuid4(),
        "program_id": live.one("SELECT public_id FROM casus.program WHERE ground = 'toestemming'"),
        "mandate_id": uuid4(),
        "asked_id": uuid4(),
        "renewal_id": live.one(
            "INSERT INTO portaal.sign_in_renewal (account_id, asked_by, how) SELECT i.id, c.person_id, 'gezien' FROM portaal.account i, portaal.account c"
            " WHERE i.username = 'iris' AND c.username = 'dirk.kersten' RETURNING public_id"
        ),
        "concept_id": concept.rsplit("/", 1)[1],
        **_plan(iris, f"/dossier/{dossier}/plan"),
        "ending_id": _ending(live, dossier),
        "version_id": _profile(live),
        "wish_id": _wish(live, dossier),
        "handover_id": _handover(live, dossier),
        "change_id": _changed(live, dossier),
        "evaluation_id": live.one(
            "SELECT e.public_id FROM casus.evaluation e JOIN casus.dossier d ON d.id = e.dossier_id WHERE d.public_id = %s AND e.settled_at IS NOT NULL"
            " ORDER BY e.id DESC LIMIT 1",
            dossier,
        ),
        "person_id": live.one("SELECT public_id FROM casus.person WHERE first_name = 'Femke' AND is_staff"),
    }


def _ending(live: Live, dossier: str) -> object:
    """The help of Iris is to end early, so that a team lead looks too."""
    return live.one(
        "INSERT INTO casus.ending (public_id, dossier_id, kind, weighty, ends_on, reason, onward, warned, not_evaluated, near_by_name, near_words, made_by,"
        " made_by_name) SELECT gen_random_uuid(), d.id, 4, 1, acl.today() + 9, 'Klaar', 'Niemand', '', 'Nee', '', '', a.person_id, 'x' FROM casus.dossier d,"
        " portaal.account a"
        " WHERE d.public_id = %s AND a.username = 'femke.nas' ON CONFLICT (dossier_id) WHERE withdrawn_at IS NULL AND back_at IS NULL DO UPDATE SET kind = 4 RETURNING public_id",
        dossier,
    )


def _profile(live: Live) -> object:
    """Femke tells about herself; what she sent later waits for who leads her."""
    with live.admin() as admin:
        admin.execute("DELETE FROM casus.profile p USING portaal.account a WHERE a.person_id = p.staff_id AND a.username = 'femke.nas'")
        admin.execute(
            "INSERT INTO casus.profile (public_id, staff_id, number, drawing, languages, good_at, leefdomeinen, about, manner, days, lived, placed, looked_at)"
            " SELECT gen_random_uuid(), a.person_id, n, 1, '{nl}', '{}', '{}', 'Ik', '', '{}', false, CASE WHEN n = 1 THEN true END, CASE WHEN n = 1 THEN now() END"
            " FROM portaal.account a, generate_series(1, 2) n WHERE a.username = 'femke.nas'"
        )
    return live.one("SELECT public_id FROM casus.profile WHERE placed IS NULL")


def _wish(live: Live, dossier: str) -> object:
    """Iris waits for who will help her, and the lead of the team is to say who."""
    return live.one(
        "INSERT INTO casus.wish (public_id, dossier_id, team_id, anybody, words, tell, meet) SELECT gen_random_uuid(), id, team_id, true, '', 2, false"
        " FROM casus.dossier WHERE public_id = %s ON CONFLICT (dossier_id) WHERE withdrawn_at IS NULL AND answered_at IS NULL DO UPDATE SET tell = 2"
        " RETURNING public_id",
        dossier,
    )


def _changed(live: Live, dossier: str) -> object:
    """Somebody wrote down that Iris has another name."""
    return live.one(
        "INSERT INTO casus.particulars_change (public_id, dossier_id, kind, first_name, last_name, proof, asked_by, asked_by_name)"
        " SELECT gen_random_uuid(), d.id, 3, 'Sam', 'Smit', 'Paspoort', a.person_id, 'x' FROM casus.dossier d, portaal.account a"
        " WHERE d.public_id = %s AND a.username = 'femke.nas' ON CONFLICT (dossier_id, kind) WHERE agreed IS NULL DO UPDATE SET proof = 'x' RETURNING public_id",
        dossier,
    )


def _handover(live: Live, dossier: str) -> object:
    """Iris is to be handed over."""
    return live.one(
        "INSERT INTO casus.handover (public_id, dossier_id, inward, kind, organisation, receiver, why, starts_on, ends_here, sections, with_plan, made_by,"
        " made_by_name) SELECT gen_random_uuid(), d.id, false, 3, 'Pluryn', 'S. Bakker', 'Zo', acl.today(), false, '{2}', false, a.person_id, 'x'"
        " FROM casus.dossier d, portaal.account a WHERE d.public_id = %s AND a.username = 'femke.nas' RETURNING public_id",
        dossier,
    )


def _plan(iris: Browser, plan: str) -> dict[str, object]:
    """A goal with an action, agreed with once and laid before once more."""
    goal, action = uuid4(), uuid4()

    def send(where: str, **fields: str) -> str:
        answer = iris.post(f"{plan}{where}", fields, token_of(iris.get(plan)))
        assert answer.status_code == 303, where
        return answer.headers["Location"]

    send("/doel", number=str(goal), base="0", body="Rust", leefdomein="0", audience="3")
    whole = {"holder": "ander", "holder_name": "Zus", "due_on": "2027-01-02", "look_on": "2027-02-03"}
    send(f"/doel/{goal}/actie", number=str(action), base="0", body="Bellen", **whole)
    agreed = send("/voorleggen").rsplit("/", 1)[1]
    send(f"/akkoord/{agreed}", choice="1", copy="0")
    send("/terugkijken/invullen", base="0", words="Goed")
    send("/terugkijken/uitkomst", outcome="2", reason="Anders")
    send("/terugkijken/plannen", planned_on=SOON, kind="1")
    waiting = send("/voorleggen").rsplit("/", 1)[1]
    return {"part": "energie", "part_id": goal, "goal_id": goal, "action_id": action, "proposal_id": waiting, "number": 1}


def contents(live: Live) -> dict[str, Any]:
    """How many rows each table has, and the sum of the transactions that wrote them: a row that is written, even with what it held, has a later one."""
    with live.admin() as admin:
        tables = admin.execute(
            "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname IN ('casus', 'portaal', 'acl')"
        ).fetchall()
        assert len(tables) > 20
        query = " UNION ALL ".join(
            f"SELECT '{name}', count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) FROM {name}" for (name,) in tables
        )
        return dict(admin.execute(query).fetchall())


def read_lines(live: Live) -> int:
    """How many lines the read log has."""
    return int(live.one("SELECT count(*) FROM casus.read_log"))


@pytest.mark.parametrize("face", FACES)
def test_a_get_writes_the_read_log_and_nothing_else(live: Live, desk: Desk, ids: dict[str, object], face: Face) -> None:
    browsers = [desk.browser(face, who) for who in READERS[face]] + [Browser(live.apps[face])]
    seen = set()
    for browser in browsers:
        after = contents(live)
        for address in pages_of(live, face, ids):
            before = after
            answer = browser.get(address)
            after = contents(live)
            changed = {name for name, rows in after.items() if rows != before[name]}
            assert changed <= WRITTEN_BY_READING, address
            # One line for an answer with something of a dossier in it; a concept of one's own is nobody's dossier yet.
            if (
                address.startswith("/dossier/")
                and answer.status_code == 200
                and "/concept/" not in address
                and not _SIGN_IN.search(address)
                and not _ASKS_FIRST.search(address)
            ):
                assert "casus.read_log" in changed, address
            if address == f"/meldingen/{ids['melding_id']}" and answer.status_code == 200:
                assert "casus.melding_read" in changed
            seen.add((address, answer.status_code))
    assert {address for address, status in seen if status == 200} >= {
        address for address in pages_of(live, face, ids) if not _ON_THE_WAY.search(address) and "reactie" not in address.rsplit("/", 1)[1]
    }


# Pages between two steps; without the step before, they send one to the beginning. And what is about something that isn't there.
_ON_THE_WAY = re.compile(
    r"/inloggen/code$|/eerste-keer/(wachtwoord|code)$|/melding/(stap|bel-nu|wie-helpt|nakijken|stand|kopie)|/demo/post/|/mijn-inloggen/|/inloggen/kaart$|/meldingen/.+/van-een-plek$|/gegevens-wijzigen/[a-z-]+$"
    r"|/vraag/|/plan-wissen/|/vragen/gekeken/|/in-nood-gelezen/|/niet-laten-zien/|/vertegenwoordigers/[0-9a-f]|/namens/|/foute-notities/|/wissen/[0-9a-f-]{36}|/zo-ziet-een-ander/|/wie-mag-wat-zien/|/dagboek/[0-9a-f-]{36}|/notitie/[^/]+/(bestand|foto|beeld|wie-leest|weggooien)$|/wie-keek-er/waarom$"
)
# How somebody comes in, and how to reach somebody: nothing of what stands in the dossier.
# Asks for words or a reason before anything is shown; and the names of whom one lets in.
_ASKS_FIRST = re.compile(
    r"/(zoeken|lezen-in-nood|uitzetten|zo-ziet-een-ander|dagboek/schrijven|document-toevoegen|meenemen|berichtgeving|wissen|wissen/alles)$"
    # Who helps is no part of what stands in the dossier.
    r"|/wie-helpt-mij|/wissen/plan$|/overdracht/(nieuw|ontvangen)$|/gegevens-wijzigen/[a-z-]+$"
)
_SIGN_IN = re.compile(r"/(inlogcode|contact)$")


@pytest.mark.parametrize("face", FACES)
def test_head_reads_nothing(live: Live, desk: Desk, ids: dict[str, object], face: Face) -> None:
    browser = desk.browser(face, READERS[face][0])
    before = read_lines(live)
    for address in pages_of(live, face, ids):
        answer = browser.client.head(address)
        assert answer.status_code < 500
        assert answer.data == b""
        # "Not found" tells nobody anything, whatever its length.
        if answer.status_code == 404:
            continue
        assert int(answer.headers.get("Content-Length", 0)) == 0 or not address.startswith(("/dossier/", f"/meldingen/{ids['melding_id']}"))
    assert read_lines(live) == before


@pytest.mark.parametrize("header", [("Sec-Purpose", "prefetch;prerender"), ("Purpose", "prefetch"), ("X-Moz", "prefetch")])
@pytest.mark.parametrize("face", FACES)
def test_a_browser_that_looks_ahead_reads_nothing(
    live: Live, desk: Desk, ids: dict[str, object], face: Face, header: tuple[str, str]
) -> None:
    browser = desk.browser(face, READERS[face][0])
    before = contents(live)
    for address in (*pages_of(live, face, ids), "/weg"):
        answer = browser.get(address, headers=[header])
        assert (answer.status_code, answer.data) == (204, b"")
    assert contents(live) == before
    assert browser.get("/").status_code == 200


def test_what_is_refused_is_not_read(live: Live, desk: Desk, ids: dict[str, object]) -> None:
    """Somebody without a part in it, and an entry that isn't there: no line, because nothing was shown."""
    before = read_lines(live)
    dossier = f"/dossier/{ids['dossier_id']}"
    for who, address in (
        ("samer", dossier),
        ("samer", f"{dossier}/notitie/{ids['entry_id']}"),
        ("floor", f"{dossier}/wie-keek-er"),
        ("iris", f"{dossier}/notitie/{uuid4()}"),
    ):
        assert desk.browser("inwoner", who).get(address).status_code == 404
    assert desk.browser("inwoner", "iris").get(f"/inloggen?{urlencode({'next': dossier})}").status_code == 303
    assert read_lines(live) == before
