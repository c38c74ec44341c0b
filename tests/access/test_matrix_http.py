"""The matrix asked over HTTP: every route × method of a face, by everybody who can have an account there and by nobody, on committed rows."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts import commands, passwords, totp
from portal.accounts.commands import NewAccount
from portal.app import create_app
from portal.db import Database
from portal.deadlines import AMSTERDAM
from portal.front.queries import RIGHTS
from portal.settings import Face, Settings
from tests.access import matrix, planned, world
from tests.access.conftest import open_world
from tests.access.world import ASKED_LINE, AUTHORISED, CONCEPTS, PEOPLE, Who, public
from tests.conftest import PortalDatabase

FACES: tuple[Face, ...] = ("inwoner", "team", "onafhankelijk")
A_COLLEAGUE, A_NAASTE, NOT_YET_IN = 46, 21, 90
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Web:
    """The programs, and a signed-in client for anybody."""

    database: PortalDatabase
    apps: dict[str, Flask]
    accounts: dict[tuple[int, str], UUID]

    def client(self, face: str, who: Who | None) -> FlaskClient:
        """A browser of this person, or of nobody."""
        app = self.apps[face]
        client = app.test_client()
        if who is not None:
            database: Database = app.extensions["database"]
            with database.plain() as connection:
                token = commands.start_session(connection, self.accounts[(who.person, face)], "proef")
            with client.session_transaction() as session:
                session["_user_id"] = token
        return client

    def reset(self) -> None:
        """Undoes what an allowed POST did, so that the next person finds the same world."""
        with psycopg.connect(self.database.admin_dsn) as admin:
            planned.reset(admin)
            _profiles(admin)
            planned.household(admin)
            admin.execute("DELETE FROM casus.closure WHERE entry_id = 101")
            admin.execute(
                "UPDATE casus.destruction_item SET outcome = NULL, reason = NULL, decided_at = NULL, decided_by = NULL WHERE entry_id = 103"
            )
            admin.execute("UPDATE casus.entry_version SET title = 'Titel 103', body = 'Woorden 103' WHERE entry_id = 103")
            admin.execute("DELETE FROM casus.destruction_item WHERE entry_id <> 103")
            admin.execute("DELETE FROM casus.destruction WHERE public_id <> %s AND dossier_id = 1", (public("destruction", 1),))
            admin.execute("DELETE FROM portaal.taking")
            admin.execute("DELETE FROM portaal.notice_choice")
            admin.execute("INSERT INTO portaal.taking (dossier_id, language, begun_at, made_at) VALUES (1, 'nl', now(), now())")
            admin.execute("DELETE FROM casus.breach WHERE entry_id = 101")
            admin.execute("UPDATE casus.closure SET ended_at = NULL WHERE entry_id = 116")
            admin.execute("DELETE FROM casus.pause")
            admin.execute("DELETE FROM casus.message WHERE id > 3")
            admin.execute("UPDATE casus.message SET settled_at = NULL, settled_name = NULL")
            admin.execute("DELETE FROM casus.emergency_reading WHERE opened_at > now() - interval '30 minutes'")
            admin.execute("UPDATE casus.emergency_reading SET reviewed_at = NULL, reviewed_by = NULL, justified = NULL, judgement = NULL")
            admin.execute("UPDATE casus.closure SET ended_at = NULL WHERE entry_id = 105")
            admin.execute("DELETE FROM casus.withholding WHERE entry_id = 101")
            admin.execute("UPDATE casus.withholding SET answered_at = NULL, answered_by = NULL, agreed = NULL WHERE entry_id = 102")
            admin.execute("UPDATE casus.mandate SET withdrawn_at = NULL WHERE person_id = %s", (AUTHORISED,))
            admin.execute("DELETE FROM portaal.account WHERE person_id = %s", (AUTHORISED,))
            admin.execute("DELETE FROM casus.mandate_request")
            admin.execute(
                "INSERT INTO casus.mandate_request (public_id, dossier_id, first_name, last_name, ground, proof, proof_seen_on, scope, valid_from,"
                " opens_log, opens_sharing, asked_by) VALUES (%s, 1, 'Mees', 'Mentor', 'mentor', 'papier', '2026-01-02', 'Zorg', '2026-01-02',"
                " false, false, 41)",
                (public("mandate request", 1),),
            )
            admin.execute("DELETE FROM casus.entry_opening WHERE entry_id = 106")
            admin.execute("DELETE FROM casus.annotation_version WHERE annotation_id = 303 AND number > 1")
            admin.execute("UPDATE casus.annotation SET audience = 3, withdrawn = false, withdrawn_at = NULL WHERE id = 303")
            # Without the stamp of who writes.
            admin.execute("SET session_replication_role = replica")
            admin.execute("UPDATE casus.entry SET author_id = 1, audience = 1 WHERE id = 114")
            admin.execute("DELETE FROM casus.entry_version WHERE entry_id = 114")
            admin.execute(
                "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_id, author_name,"
                " written_for) VALUES (114, 1, 1, 9, 0, 'Titel 114', 'Woorden 114', 1, 'owner', 1)"
            )
            admin.execute("UPDATE casus.entry SET author_id = 1, audience = 1 WHERE id = 180")
            admin.execute("DELETE FROM casus.entry_version WHERE entry_id = 180")
            admin.execute(
                "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_id, author_name,"
                " written_for) VALUES (180, 1, 1, 9, 0, 'Titel 180', 'Woorden 180', 1, 'owner', 1)"
            )
            admin.execute("SET session_replication_role = DEFAULT")
            admin.execute(
                "DELETE FROM casus.annotation_version v USING casus.annotation a WHERE a.id = v.annotation_id AND a.answers_id IS NOT NULL"
            )
            admin.execute("DELETE FROM casus.annotation WHERE answers_id IS NOT NULL")
            admin.execute(
                "UPDATE casus.annotation SET outcome = 0, extended_at = NULL, extension = NULL, withdrawn = false, withdrawn_at = NULL WHERE id = 305"
            )
            admin.execute("UPDATE casus.look_question SET answered_at = NULL, answered_by = NULL, answered_name = NULL, answer = NULL")
            admin.execute("UPDATE casus.staff SET left_on = NULL, role = 'professional', team_id = 1 WHERE person_id = %s", (A_COLLEAGUE,))
            admin.execute("DELETE FROM casus.absence WHERE staff_id = %s", (A_COLLEAGUE,))
            admin.execute("UPDATE casus.access_grant SET withdrawn_at = NULL WHERE grantee_id = %s", (A_NAASTE,))
            admin.execute("DELETE FROM casus.access_grant WHERE scope = 5")
            planned.invite(admin)
            admin.execute("UPDATE casus.access_grant SET withdrawn_at = NULL WHERE withdrawn_at > now() - interval '30 seconds'")
            admin.execute("UPDATE casus.program_consent SET withdrawn_at = NULL, tell = false")
            admin.execute("UPDATE portaal.account SET disabled_at = NULL")
            admin.execute("UPDATE casus.melding SET open = true, team_id = NULL, staff_id = NULL, urgency = NULL, merged_into = NULL")


@pytest.fixture(scope="module")
def monkeypatch_module() -> Iterator[pytest.MonkeyPatch]:
    """Monkeypatching for as long as the module's world stands."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def web(database: PortalDatabase, monkeypatch_module: pytest.MonkeyPatch) -> Iterator[Web]:
    """The world with an account for everybody in it."""
    open_world(database)
    key = secrets.token_bytes(32)
    apps: dict[str, Flask] = {
        face: create_app(
            Settings(
                face=face,
                mode="test",
                database_url=database.url(f"web_{face}"),
                actor_key=database.keys[f"web_{face}"],
                session_key=secrets.token_bytes(32),
                text_key=key,
                document_key=None if face == "onafhankelijk" else world.DOCUMENT_KEY,
            )
        )
        for face in FACES
    }
    operator = Database(database.url("portaal_operator"), None)
    people = {(who.person, who.face): who for who in PEOPLE.values()}
    # Nobody signs in by password here: the cheapest hash will do.
    monkeypatch_module.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1))
    with operator.plain() as connection:
        for person, face in people:
            account = NewAccount(person, face, f"proef{person}", password="een lang wachtwoord", totp_secret=totp.new_secret())
            commands.create_account(connection, key, account)
    operator.dispose()
    with psycopg.connect(database.admin_dsn) as admin:
        # Meldingen of no team yet, from one place within an hour.
        for number in range(1, 13):
            admin.execute(
                "INSERT INTO casus.melding (public_id, number, channel, for_whom, source_hash) VALUES (%s, %s, 'website', 'zelf', %s)",
                (public("melding", number), f"M-0000-{number:04}", b"h" * 32),
            )
        rows = admin.execute("SELECT person_id, face, public_id FROM portaal.account").fetchall()
        # Of no team yet, so that every team handles it.
        admin.execute(
            "INSERT INTO casus.melding (public_id, number, channel, for_whom) VALUES (%s, 'M-AAAA-0501', 'website', 'zelf')",
            (public("melding", 501),),
        )
        # Somebody who may read along and never came in.
        admin.execute(
            "INSERT INTO casus.person (id, public_id, first_name, last_name) VALUES (%s, %s, 'Nog', 'Niet')",
            (NOT_YET_IN, public("person", NOT_YET_IN)),
        )
        admin.execute(
            "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, valid_from, ground) VALUES (1, %s, 1, '2026-01-01', 'toestemming')",
            (NOT_YET_IN,),
        )
        planned.household(admin)
        _profiles(admin)
        # A copy that can be fetched.
        admin.execute("INSERT INTO portaal.taking (dossier_id, language, begun_at, made_at) VALUES (1, 'nl', now(), now())")
        # Of a dossier of no team, so that every team may confirm it.
        admin.execute("UPDATE casus.dossier SET team_id = NULL WHERE id = 3")
        admin.execute(
            "WITH a AS (INSERT INTO portaal.account (person_id, face, username) VALUES (3, 'inwoner', 'derde') RETURNING id)"
            " INSERT INTO portaal.sign_in_renewal (public_id, account_id, asked_by, how) SELECT %s, a.id, 58, 'gezien' FROM a",
            (public("renewal", 1),),
        )
    yield Web(database, apps, {(person, face): account for person, face, account in rows})
    for app in apps.values():
        app.extensions["database"].dispose()


def _profiles(admin: psycopg.Connection) -> None:
    """What a colleague tells residents, and what they sent later."""
    admin.execute("DELETE FROM casus.profile")
    admin.execute(
        "INSERT INTO casus.profile (public_id, staff_id, number, drawing, languages, good_at, leefdomeinen, about, manner, days, lived, placed, looked_at)"
        " VALUES (%(old)s, %(who)s, 1, 1, '{nl}', '{}', '{}', 'Ik', '', '{1}', false, true, now()),"
        " (%(new)s, %(who)s, 2, 1, '{nl}', '{}', '{}', 'Ik ook', '', '{1}', false, NULL, NULL)",
        {"old": public("profile", 1), "new": public("profile", 2), "who": A_COLLEAGUE},
    )


def _person(endpoint: str) -> int:
    if endpoint == "preview.show":
        return 22
    if endpoint == "plan_guest.change":
        return 82
    return NOT_YET_IN if endpoint == "sharing.new_code" else A_NAASTE if endpoint.startswith(("sharing.", "named.")) else A_COLLEAGUE


OWN = {"diary": 114, "own_document": 180}
ENTRIES_OF = {"reaction.open_now": 106, "closing.reopen": 116, "withholding.end": 105}


def address(face: str, endpoint: str, app: Flask, who: Who | None, **given: UUID) -> str:
    """The address of a route, about dossier A."""
    concept = CONCEPTS["own concept"].get(who.person if who else 0, 401)
    values: dict[str, object] = {
        "dossier_id": public("dossier", 1),
        "entry_id": public("entry", OWN.get(endpoint.partition(".")[0]) or ENTRIES_OF.get(endpoint, 101)),
        "closure_id": public("closure", 116),
        "reading_id": public("emergency", 60),
        "withholding_id": public("withholding", 1),
        "program_id": public("program", world.MATES),
        "mandate_id": public("mandate", AUTHORISED),
        "asked_id": public("mandate request", 1),
        "notice_id": public("notice", 1),
        "breach_id": public("breach", 1),
        "destruction_id": public("plan destruction" if "plan" in endpoint else "destruction", 1),
        "reaction_id": public("reaction", 303),
        "question_id": public("look", 1) if endpoint.endswith("_look") else public("question", 305),
        "concept_id": public("concept", concept),
        "person_id": public("person", _person(endpoint)),
        "request_id": public("request", 1),
        "renewal_id": public("renewal", 1),
        "step": "vraag",
        "melding_id": public("melding", 1 if endpoint.startswith("screening.") else 501),
        "what": "urgentie",
        "task_id": public("mail", 1),
        "year": 2026,
        "part": "energie" if endpoint == "plan.write" else "buurt",
        "part_id": public("plan part", 1),
        "goal_id": public("plan part", 6),
        "action_id": public("plan part", 7),
        "pressure_id": public("pressure", 20),
        "remark_id": public("remark", 20),
        "proposal_id": public("proposal", planned.WAITING),
        "evaluation_id": public("evaluation", planned.BEFORE),
        "version_id": public("profile", 2),
        "wish_id": public("wish", planned.WISH),
        "ending_id": public("ending", planned.CAME_BACK if endpoint == "ending_help.take_back" else planned.EARLY),
        "handover_id": public(
            "handover", planned.HANDOVER if endpoint.endswith((".answer", ".ask", ".ask_answer", ".look")) else planned.PACKED
        ),
        "word": "stadsdeel" if endpoint.startswith("particulars.") else RIGHTS[0].word,
        "change_id": public("change", planned.CHANGE),
        "number": 1,
        **given,
    }
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    asked = {"regel": ASKED_LINE} if endpoint.startswith("asking_look.") else {}
    return app.url_map.bind("").build(endpoint, {name: values[name] for name in rule.arguments} | asked)


FORMS: dict[str, dict[str, str]] = {
    "closing.close": {"person": "iedereen"},
    "plan.save": {"body": "Een tuin", "audience": "3", "base": "0"},
    "goals.write": {"body": "Rust", "leefdomein": "0", "audience": "3", "base": "0"},
    "goals.change": {"body": "Rust", "leefdomein": "0", "audience": "3", "base": "1"},
    "goals.write_action": {"body": "Bellen", "holder": "", "base": "0"},
    "goals.change_action": {"body": "Bellen", "holder": "", "base": "1"},
    "flagging.flag": {"kind": "1", "ground": "Om de kinderen", "from_day": "2026-01-02"},
    "own_remarks.write": {"body": "Ik denk mee"},
    "goals.step": {"klaar": str(public("plan part", 7))},
    "own_plan.order": {"omhoog": str(public("plan part", 6))},
    "own_plan.decide": {"choice": "1", "copy": "0"},
    "destroying_plan.answer_plan": {"outcome": "3", "reason": "Een wet"},
    "own_wish.send": {"anybody": "y", "tell": "1"},
    "wish_help.answer": {"agrees": "nee", "reason": "Vol"},
    "profiles.send": {"about": "Ik", "languages": "nl", "drawing": "1"},
    "profiles.caseload": {"person": str(public("person", A_COLLEAGUE)), "most": "20"},
    "profiles.place": {"good": "ja"},
    "own_ending.answer": {"choice": "1"},
    "particulars.write": {"stadsdeel": "1", "proof": "Brief"},
    "particulars.answer": {"agrees": "nee"},
    "own_handover.answer": {"choice": "2"},
    "handover_help.answer": {"choice": "2", "way": "papier", "proof": "getekend"},
    "handover_help.propose": {
        "kind": "3", "organisation": "Pluryn", "receiver": "S. Bakker", "why": "Meer hulp", "starts_on": planned.SOON, "ends_here": "gaat-door",
    },
    "handover_help.received": {
        "kind": "3", "organisation": "Pluryn", "receiver": "S. Bakker", "why": "Meer hulp", "starts_on": planned.SOON, "taken_how": "Een brief",
    },
    "handover_help.taken": {"by": "S. Bakker", "takes": "ja", "on_day": planned.SOON, "how": "Zij belde"},
    "ending_help.answer": {"choice": "1", "way": "papier"},
    "ending_help.propose": {"kind": "1", "reason": "Klaar", "ends_on": planned.SOON},
    "ending_help.agree": {"agrees": "ja"},
    "evaluation.plan": {"planned_on": planned.SOON, "kind": "1"},
    "evaluation.look": {"base": "1", "words": "Goed"},
    "evaluation.settle": {"outcome": "2", "reason": "Anders"},
    "said_aloud.write": {"base": "0", "words": "Goed", "way": "mondeling"},
    "household_plan.join": {"code": "0000-0000-0000-0000"},
    "household_plan.make_joint": {"deel": str(public("plan part", 6)), "gezien": "1"},
    "household_plan.show_part": {"deel": str(public("plan part", 1)), "gezien": "1"},
    "household_plan.hide_part": {"deel": str(public("plan part", 1))},
    "recording.record": {"choice": "1", "copy": "0", "way": "papier", "proof": "getekend", "decided_on": "2026-01-02"},
    "plan_guest.invite": {
        "who": "nieuw", "first_name": "Zus", "last_name": "Proef", "role": "1", "what": "alles", "until": "half", "language": "nl", "naar": "doe",
    },
    "plan_guest.change": {"role": "1", "what": "alles", "until": "half", "naar": "doe"},
    "consent.give": {"sections": "2", "until": "half", "naar": "doe"},
    "destruction.ask": {"notitie": str(public("entry", 101))},
    "destroying.send": {"weg": str(public("entry", 103))},
    "emergency.open_dossier": {"reason": "brand"},
    "pause_for.put_off": {"way": "oco"},
    "pause_for.bring_back": {"seen": "y"},
    "emergency.review": {"justified": "ja", "words": "goed"},
    "taking_out.take_out": {"whose": "onbekend"},
    "wrong.propose": {"dossier": ""},
    "wrong.report": {"reported": "nee", "why": "Klein"},
    "wrong.told": {"who": "hier", "on": "2026-01-02", "how": "gesprek"},
    "notices.choose": {"nieuw": "niets", "antwoord": "niets", "bericht": "niets", "meekijken": "niets", "stap": "niets"},
    "withholding.send": {"ground": "1", "reason": "Gaat over een ander", "review_on": str(datetime.now(AMSTERDAM).date() + timedelta(9))},
    "withholding.answer": {"agree": "nee"},
    "messages.write": {"body": "Dag"},
    "answering_messages.write": {"body": "Dag"},
    "answering_messages.settle": {"shown": str(public("message", 2))},
    "mandate.ask": {
        "who": "nieuw", "first_name": "Mees", "last_name": "Mentor", "ground": "mentor", "proof": "papier", "proof_seen_on": "2026-01-02",
        "scope": "Zorg", "valid_from": "2026-01-02",
    },
    "mandate.look": {"agree": "nee"},
    "reaction.react": {"body": "Een reactie", "audience": "2"},
    "reaction.change": {"body": "Anders", "audience": "1", "base": "1"},
    "concept.save": {
        "act": "bewaar", "occurred_on": "2026-01-02", "kind": "1", "section": "2", "leefdomein": "0", "title": "t", "body": "b",
    },
    "asking.ask_correction": {"wish": "1", "body": "Het was maandag", "audience": "2"},
    "asking.ask_explanation": {"body": "Wat is dit?", "audience": "2"},
    "asking.state": {"body": "Zo was het"},
    "answering.answer": {"outcome": "3", "body": "Nee, want"},
    "answering.extend": {"why": "Druk"},
    "answering.answer_look": {"words": "Daarom"},
    "screening.act": {"urgency": "4"},
    "search.find": {"words": "woorden"},
    "diary.write": {"body": "Vandaag", "title": "", "leefdomein": "0"},
    "diary.change": {"body": "Vandaag", "title": "Dag", "base": "1"},
    "diary.share": {"audience": "2"},
    "own_document.share": {"audience": "2"},
    "screening.merge": {"other": str(public("melding", 2))},
    "staff.absence": {"from_date": "2026-11-22", "until_date": "2026-11-30"},
}  # fmt: skip


def answer(web: Web, face: str, method: str, endpoint: str, who: Who | None, path: str | None = None) -> int | str:
    """What somebody gets: the status, or 'sign in' when sent there."""
    client = web.client(face, who)
    path = path or address(face, endpoint, web.apps[face], who)
    if method == "GET":
        response = client.get(path)
    else:
        found = _TOKEN.search(client.get("/hulp").get_data(as_text=True))
        assert found
        form = {"csrf_token": found[1], "number": str(uuid4()), **FORMS.get(endpoint, {})}
        response = client.post(path, data=form)
    if response.status_code == 303 and "/inloggen" in response.headers["Location"]:
        return "sign in"
    return response.status_code


def everybody(face: str) -> list[tuple[str, Who | None]]:
    """Everybody who can have an account on this face, and nobody."""
    people: list[tuple[str, Who | None]] = [(name, who) for name, who in PEOPLE.items() if who.face == face and name not in matrix.FORGED]
    return [*people, ("nobody", None)]


def may(relation: str, who: Who | None, act: tuple[str, str]) -> bool:
    """What the matrix says. Who has left, or has not begun, comes in as nobody."""
    if act[0] == "kind":
        kinds = matrix.KIND_PERMISSIONS[act[1]]
        outside = relation in ("assigned, has left", "assigned, joins later")
        return ("nobody" if who is None or outside else who.kind) in kinds
    return relation in matrix.ALLOWED[act]


CASES = [(face, method, endpoint) for face, routes in matrix.ROUTES.items() for method, endpoint in routes]
# Routes that change who is signed in, or need the steps before them: judged by tests/routes/test_sign_in.py and test_own_sign_in.py.
STEPS = ("accounts.", "first_time.", "own_sign_in.card_code", "own_sign_in.leave_everywhere")


@pytest.mark.parametrize(("face", "method", "endpoint"), [case for case in CASES if not case[2].startswith(STEPS)])
def test_a_route_answers_as_the_matrix_says(web: Web, face: str, method: str, endpoint: str) -> None:
    act = matrix.ROUTES[face][(method, endpoint)]
    wrong = []
    for relation, who in everybody(face):
        status = answer(web, face, method, endpoint, who)
        expected = may(relation, who, act)
        good = status in (200, 204, 302, 303, 422) if expected else status in ("sign in", 403, 404)
        if not good:
            wrong.append(f"{relation}: {status}, expected {'allowed' if expected else 'refused'}")
        if method == "POST" and expected:
            web.reset()
    assert wrong == []


@pytest.mark.parametrize("name", world.ENTRIES)
@pytest.mark.parametrize("face", ["inwoner", "team"])
def test_an_entry_is_found_by_whom_the_matrix_says(web: Web, face: str, name: str) -> None:
    wrong = []
    for relation, who in everybody(face):
        path = address(face, "dossier.entry", web.apps[face], who, entry_id=public("entry", world.ENTRIES[name][0]))
        status = answer(web, face, "GET", "dossier.entry", who, path)
        if (status == 200) is not (relation in matrix.ALLOWED[("read", name)]):
            wrong.append(f"{relation}: {status}")
    assert wrong == []


@pytest.mark.parametrize("face", FACES)
def test_every_route_of_a_face_is_in_the_matrix_and_no_other(web: Web, face: str) -> None:
    routes = {
        (method, rule.endpoint)
        for rule in web.apps[face].url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static"
    }
    assert routes == set(matrix.ROUTES[face])


@pytest.mark.parametrize("face", ["inwoner", "team"])
def test_somebody_elses_id_and_a_made_up_id_give_the_same_page(web: Web, face: str) -> None:
    who = PEOPLE["owner" if face == "inwoner" else "assigned"]
    client = web.client(face, who)
    other = client.get(f"/dossier/{public('dossier', 2)}")
    made_up = client.get(f"/dossier/{uuid4()}")
    hidden = client.get(f"/dossier/{public('dossier', 1)}/notitie/{public('entry', world.OTHER_ENTRY)}")
    assert other.status_code == made_up.status_code == hidden.status_code == 404
    one, two, three = (re.sub(r'(nonce|value|href)="[^"]*"', "", page.get_data(as_text=True)) for page in (other, made_up, hidden))
    assert one == two == three
