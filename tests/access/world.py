"""One small world in which every relation to a dossier occurs, and beside each its decoys. Made by real commits.

Dossier A is the one that is asked about; dossier B is somebody else's. Ids are fixed, so that a test can ask for any row by number.
"""

import base64
import hashlib
from dataclasses import dataclass
from uuid import UUID, uuid5

import psycopg

from portal.secretbox import document_about, seal

NAMESPACE = UUID("6f1d7a52-0000-4000-8000-000000000000")
DOSSIER_A, DOSSIER_B, DOSSIER_C = 1, 2, 3
INWONER_A, INWONER_B, INWONER_C = 1, 2, 3
RESPONSIBLE = 53
AUTHORISED = 77
"""Whom the owner of dossier A chose to act, from a later day on, and who never came in."""


def public(kind: str, number: int) -> UUID:
    """The public id of a thing in this world."""
    return uuid5(NAMESPACE, f"{kind} {number}")


@dataclass(frozen=True)
class Who:
    """Somebody in this world: the person, as what they sign in and through which face, and whom they speak for."""

    person: int
    kind: str
    face: str
    behalf: int | None = None


# Every relation to dossier A, and every decoy. The names are the words of tests/access/matrix.py.
PEOPLE: dict[str, Who] = {
    "owner": Who(1, "inwoner", "inwoner"),
    "owner of another dossier": Who(2, "inwoner", "inwoner"),
    "mandate": Who(10, "vertegenwoordiger", "inwoner", 1),
    "mandate that names the log": Who(80, "vertegenwoordiger", "inwoner", 1),
    "mandate that names sharing": Who(81, "vertegenwoordiger", "inwoner", 1),
    "mandate ended": Who(11, "vertegenwoordiger", "inwoner", 1),
    "mandate withdrawn": Who(12, "vertegenwoordiger", "inwoner", 1),
    "mandate not begun": Who(13, "vertegenwoordiger", "inwoner", 1),
    "mandate for another dossier": Who(14, "vertegenwoordiger", "inwoner", 1),
    "mandate, speaking for somebody else": Who(10, "vertegenwoordiger", "inwoner", 2),
    "mandate, as naaste": Who(10, "naaste", "inwoner"),
    "grant whole": Who(20, "naaste", "inwoner"),
    "grant section": Who(21, "naaste", "inwoner"),
    "grant leefdomein": Who(22, "naaste", "inwoner"),
    "grant entry": Who(23, "naaste", "inwoner"),
    "grant ended": Who(24, "naaste", "inwoner"),
    "grant withdrawn": Who(25, "naaste", "inwoner"),
    "grant not begun": Who(26, "naaste", "inwoner"),
    "grant for another dossier": Who(27, "naaste", "inwoner"),
    "no grant": Who(28, "naaste", "inwoner"),
    "invited to the plan": Who(82, "naaste", "inwoner"),
    "invited to write along": Who(83, "naaste", "inwoner"),
    "invited to what is named": Who(84, "naaste", "inwoner"),
    "invited to do": Who(85, "naaste", "inwoner"),
    "invited to think along": Who(96, "naaste", "inwoner"),
    "invited to keep the overview": Who(97, "naaste", "inwoner"),
    "invitation ended": Who(86, "naaste", "inwoner"),
    "invited elsewhere": Who(87, "naaste", "inwoner"),
    "grant whole, as inwoner": Who(20, "inwoner", "inwoner"),
    "assigned": Who(40, "professional", "team"),
    "assigned, entry closed": Who(41, "professional", "team"),
    "assigned before": Who(42, "professional", "team"),
    "assigned later": Who(43, "professional", "team"),
    "assigned, has left": Who(44, "professional", "team"),
    "assigned, joins later": Who(45, "professional", "team"),
    "assigned elsewhere": Who(46, "professional", "team"),
    "other team": Who(47, "professional", "team"),
    "substitute": Who(48, "professional", "team"),
    "substitute before": Who(49, "professional", "team"),
    "substitute later": Who(50, "professional", "team"),
    "substitute for who left": Who(51, "professional", "team"),
    "team lead": Who(52, "teamleider", "team"),
    "team lead, assigned": Who(53, "teamleider", "team"),
    "team lead, as professional": Who(53, "professional", "team"),
    "administrator": Who(54, "beheerder", "team"),
    "administrator, assigned": Who(55, "beheerder", "team"),
    "professional with a grant": Who(56, "professional", "team"),
    "substitute for who was assigned before": Who(57, "professional", "team"),
    "team lead, substitute": Who(59, "teamleider", "team"),
    "assigned, in an emergency": Who(60, "professional", "team"),
    "assigned, emergency over": Who(61, "professional", "team"),
}

# Entries of dossier A: (id, section, leefdomein). What is special about each is in its name.
ENTRIES: dict[str, tuple[int, int, int]] = {
    "entry": (101, 2, 6),
    "entry, other section": (102, 6, 6),
    "entry, other leefdomein": (103, 2, 3),
    "entry, no leefdomein": (104, 3, 0),
    "entry withheld": (105, 2, 6),
    "entry to talk over": (106, 2, 6),
    "entry to talk over, opened": (107, 2, 6),
    "entry talked over": (108, 2, 6),
    "entry closed for naasten and a professional": (109, 2, 6),
    "entry closed before": (110, 2, 6),
    "entry closed later": (111, 2, 6),
    "entry the owner keeps": (112, 2, 6),
    "entry the owner shows professionals": (113, 2, 6),
    "page of the diary": (114, 9, 0),
    "page of the diary, for everybody": (115, 9, 0),
    "entry closed for all but the responsible": (116, 2, 6),
    "entry closed for who wrote it": (117, 2, 6),
    "own document": (180, 9, 0),
}
OTHER_ENTRY = 201
TAKEN_OUT = 136
"""An entry of dossier A that "assigned" took out as standing wrong. It is to be talked over, so that a notice would tell of it."""
DOCUMENT_KEY = hashlib.sha256(b"documents of the world").digest()
"""What the files of this world are sealed with."""
PICTURE = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
"""A picture of one point."""
REACTIONS = {"reaction for me": 301, "reaction for professionals": 302, "reaction for everyone": 303, "reaction withdrawn": 304}
# Questions of the owner that wait for an answer, beside "entry" and beside one that is closed for somebody of the team; both with audience 2.
QUESTIONS = {"question": 305, "question, entry closed for a professional": 306}
MATES = 1
"""The organisation that reads dossier A while its inwoner consents: of section 8, in which there is no entry."""
ASKED_LINE = "2026-01-05 10:00:00+00:00"
"""The moment of a line of the log of dossier A, about which the owner asked why."""
OTHER_REACTION = 311
# concept id by author: of 'assigned', and of some who may no longer (or not yet) see their own
CONCEPTS = {"own concept": {40: 401, 48: 402, 42: 403, 44: 404, 53: 405, 41: 406}}


def build(operator: psycopg.Connection, admin: psycopg.Connection) -> None:
    """Fills an empty, migrated database; both connections commit."""
    run = operator.execute
    run("INSERT INTO casus.stadsdeel VALUES (1, 'Noord')")
    run("INSERT INTO casus.team (id, name, stadsdeel_id) VALUES (1, 'Team Noord', 1), (2, 'Team Zuid', 1)")
    people = {who.person: (name, who.face == "team") for name, who in PEOPLE.items()} | {
        3: ("third", False),
        77: ("authorised", False),
        58: ("absent before", True),
    }
    for number, (name, staff) in sorted(people.items()):
        run(
            "INSERT INTO casus.person (id, public_id, first_name, last_name, is_staff) VALUES (%s, %s, %s, %s, %s)",
            (number, public("person", number), name, "Proef", staff),
        )
    for number in (INWONER_A, INWONER_B, INWONER_C):
        run("INSERT INTO casus.inwoner (person_id, birth_date, bsn) VALUES (%s, '1980-01-01', '999990019')", (number,))
        run("INSERT INTO casus.address VALUES (%s, 'Proefweg 1', '6500 AA', %s)", (number, number == INWONER_C))
    _dossiers(operator)
    _staff(operator)
    _outside(operator)
    _entries(operator)
    _reactions(operator)
    operator.commit()
    _rest(admin)
    admin.commit()


def _dossiers(operator: psycopg.Connection) -> None:
    for dossier, inwoner in ((DOSSIER_A, INWONER_A), (DOSSIER_B, INWONER_B), (DOSSIER_C, INWONER_C)):
        operator.execute(
            "INSERT INTO casus.dossier (id, public_id, inwoner_id, team_id, opened_on) VALUES (%s, %s, %s, %s, '2026-01-01')",
            (dossier, public("dossier", dossier), inwoner, 1 if dossier != DOSSIER_B else 2),
        )
        operator.execute("INSERT INTO casus.household_member (dossier_id, name, relation) VALUES (%s, 'Kind', 'kind')", (dossier,))


def _staff(operator: psycopg.Connection) -> None:
    run = operator.execute
    for who in _members():
        joined = "current_date + 2" if who.person == 45 else "current_date - 900"
        left = "current_date - 2" if who.person == 44 else "NULL"
        run(
            f"INSERT INTO casus.staff (person_id, job_title, team_id, role, joined_on, left_on) VALUES (%s, 'werker', %s, %s, {joined}, {left})",
            (who.person, 2 if who.person == 47 else 1, who.kind),
        )
    run(
        "INSERT INTO casus.staff (person_id, job_title, team_id, role, joined_on) VALUES (58, 'werker', 1, 'professional', current_date - 900)"
    )
    spans = {
        42: ("-100", "-2"),
        43: ("+2", None),
        58: ("-100", "-2"),
    }
    for person in (40, 41, 42, 43, 44, 45, 53, 55, 58, 60, 61):
        begins, ends = spans.get(person, ("-100", None))
        run(
            "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from, valid_until, responsible)"
            f" VALUES (1, %s, 'vaste professional', current_date {begins}, {'current_date ' + ends if ends else 'NULL'}, %s)",
            (person, person == RESPONSIBLE),
        )
    run(
        "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from, valid_until) VALUES (2, 46, 'vaste', current_date - 9, current_date + 1)"
    )
    run("INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from) VALUES (3, 40, 'vaste', current_date - 9)")
    absences = (
        (40, 48, "-2", "+2"),
        (40, 49, "-20", "-2"),
        (40, 50, "+2", "+20"),
        (44, 51, "-2", "+2"),
        (58, 57, "-2", "+2"),
        (40, 59, "-2", "+2"),
    )
    for absent, substitute, begins, ends in absences:
        run(
            "INSERT INTO casus.absence (staff_id, from_date, until_date, substitute_id)"
            f" VALUES (%s, current_date {begins}, current_date {ends}, %s)",
            (absent, substitute),
        )


def _members() -> list[Who]:
    """Each staff member once, in the role they really have."""
    real: dict[int, Who] = {}
    for name, who in PEOPLE.items():
        if who.face == "team" and name != "team lead, as professional":
            real[who.person] = who
    return list(real.values())


def _outside(operator: psycopg.Connection) -> None:
    mandates = (
        (1, 10, "-10", "NULL", "NULL"),
        (1, 11, "-10", "current_date - 2", "NULL"),
        (1, 12, "-10", "NULL", "now() - interval '1 minute'"),
        (1, 13, "+2", "NULL", "NULL"),
        (2, 14, "-10", "NULL", "NULL"),
        (1, AUTHORISED, "+2", "current_date + 90", "NULL"),
    )
    for dossier, person, begins, ends, withdrawn in mandates:
        operator.execute(
            "INSERT INTO casus.mandate (public_id, dossier_id, person_id, ground, valid_from, valid_until, withdrawn_at)"
            f" VALUES (%s, %s, %s, %s, current_date {begins}, {ends}, {withdrawn})",
            (public("mandate", person), dossier, person, "gemachtigde" if person == AUTHORISED else "mentor"),
        )
    for person, named in ((80, "opens_log"), (81, "opens_sharing")):
        operator.execute(
            f"INSERT INTO casus.mandate (public_id, dossier_id, person_id, ground, valid_from, {named}) VALUES (%s, 1, %s, 'mentor', current_date - 10, true)",
            (public("mandate", person), person),
        )


def grants(operator: psycopg.Connection) -> None:
    """The grants, once the entries are there."""
    rows = (
        (1, 20, 1, None, None, None, "-10", "NULL", "NULL"),
        (1, 21, 2, 2, None, None, "-10", "current_date + 9", "NULL"),
        (1, 22, 3, None, 6, None, "-10", "NULL", "NULL"),
        (1, 23, 4, None, None, 101, "-10", "NULL", "NULL"),
        (1, 24, 1, None, None, None, "-10", "current_date - 2", "NULL"),
        (1, 25, 1, None, None, None, "-10", "NULL", "now() - interval '1 minute'"),
        (1, 26, 1, None, None, None, "+2", "NULL", "NULL"),
        (2, 27, 1, None, None, None, "-10", "NULL", "NULL"),
        (1, 56, 1, None, None, None, "-10", "NULL", "NULL"),
    )
    for dossier, person, scope, section, leefdomein, entry, begins, ends, withdrawn in rows:
        operator.execute(
            "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, section, leefdomein, entry_id, valid_from, valid_until,"
            f" withdrawn_at, ground) VALUES (%s, %s, %s, %s, %s, %s, current_date {begins}, {ends}, {withdrawn}, 'toestemming')",
            (dossier, person, scope, section, leefdomein, entry),
        )


def _entries(operator: psycopg.Connection) -> None:
    discuss = {
        106: "now() + interval '3 days'",
        107: "now() + interval '3 days'",
        108: "now() - interval '1 minute'",
        TAKEN_OUT: "now() + interval '3 days'",
    }
    everything = [(1, *entry) for entry in ENTRIES.values()] + [(2, OTHER_ENTRY, 2, 6), (1, TAKEN_OUT, 2, 6)]
    kept = {112: 1, 113: 2, 114: 1, 180: 1}
    own = {114: 11, 115: 11, 180: 12}
    authors = {112: INWONER_A, 113: INWONER_A, 114: INWONER_A, 115: INWONER_A, 116: 41, 117: 41, 180: INWONER_A}
    for dossier, number, section, leefdomein in everything:
        operator.execute(
            "INSERT INTO casus.entry (id, public_id, dossier_id, section, leefdomein, kind, occurred_at, author_id, author_name, audience, discuss_until)"
            f" VALUES (%s, %s, %s, %s, %s, %s, now() - interval '1 day', %s, 'author', %s, {discuss.get(number, 'NULL')})",
            (
                *(number, public("entry", number), dossier, section, leefdomein, own.get(number, 1)),
                *(authors.get(number, 40), kept.get(number, 3)),
            ),
        )
        operator.execute(
            "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_id, author_name, written_for)"
            " VALUES (%s, 1, %s, %s, %s, %s, %s, %s, %s, %s)",
            (
                *(number, dossier, section, leefdomein, f"Titel {number}", f"Woorden {number}"),
                *((INWONER_A, "owner", kept.get(number, 3)) if number in own else (40, "assigned", 3)),
            ),
        )
    grants(operator)
    closures = (
        (105, None, "now() - interval '1 day'", "NULL"),
        (109, 20, "now() - interval '1 day'", "NULL"),
        (109, 21, "now() - interval '1 day'", "now() + interval '1 day'"),
        (109, 41, "now() - interval '1 day'", "NULL"),
        (109, 60, "now() - interval '1 day'", "NULL"),
        (117, 41, "now() - interval '1 day'", "NULL"),
        (110, None, "now() - interval '2 days'", "now() - interval '1 day'"),
        (111, None, "now() + interval '1 day'", "NULL"),
    )
    for entry, person, begins, ends in closures:
        operator.execute(
            f"INSERT INTO casus.closure (dossier_id, entry_id, person_id, reason, from_at, ended_at) VALUES (1, %s, %s, 'reden', {begins}, {ends})",
            (entry, person),
        )
    operator.execute(
        "INSERT INTO casus.closure (public_id, dossier_id, entry_id, except_responsible, reason, from_at)"
        " VALUES (%s, 1, 116, true, '', now() - interval '1 day')",
        (public("closure", 116),),
    )


def _reactions(operator: psycopg.Connection) -> None:
    rows = [(301, 101, 1, 1, False), (302, 101, 1, 2, False), (303, 101, 1, 3, False), (304, 101, 1, 3, True), (311, 201, 2, 3, False)]
    for number, entry, dossier, audience, withdrawn in rows:
        author = INWONER_A if dossier == DOSSIER_A else INWONER_B
        operator.execute(
            "INSERT INTO casus.annotation (id, public_id, entry_id, dossier_id, section, leefdomein, audience, author_id, author_name, withdrawn,"
            " withdrawn_at) VALUES (%s, %s, %s, %s, 2, 6, %s, %s, 'owner', %s, CASE WHEN %s THEN now() END)",
            (number, public("reaction", number), entry, dossier, audience, author, withdrawn, withdrawn),
        )
        operator.execute(
            "INSERT INTO casus.annotation_version (annotation_id, number, entry_id, dossier_id, section, leefdomein, audience, withdrawn, author_id,"
            " body) VALUES (%s, 1, %s, %s, 2, 6, %s, %s, %s, 'Reactie')",
            (number, entry, dossier, audience, withdrawn, author),
        )
    for number, entry in ((305, 101), (306, 109)):
        operator.execute(
            "INSERT INTO casus.annotation (id, public_id, entry_id, dossier_id, section, leefdomein, kind, audience, author_id, author_name, wish)"
            " VALUES (%s, %s, %s, 1, 2, 6, 2, 2, 1, 'owner', 1)",
            (number, public("question", number), entry),
        )
        operator.execute(
            "INSERT INTO casus.annotation_version (annotation_id, number, entry_id, dossier_id, section, leefdomein, audience, author_id, body)"
            " VALUES (%s, 1, %s, 1, 2, 6, 2, 1, 'Dit klopt niet')",
            (number, entry),
        )


def _rest(admin: psycopg.Connection) -> None:
    # Rows that a test adds get numbers far above those of the world, however often it asks.
    admin.execute(
        "SELECT setval(c.oid, 100000) FROM pg_class c WHERE c.relkind = 'S' AND c.relnamespace IN ('casus'::regnamespace, 'portaal'::regnamespace)"
    )
    admin.execute("INSERT INTO casus.entry_opening (entry_id, dossier_id, person_id) VALUES (107, 1, 1)")
    for author, number in CONCEPTS["own concept"].items():
        admin.execute(
            "INSERT INTO casus.concept (id, public_id, dossier_id, author_id, section, kind, occurred_on, title, body, created_at, saved_at)"
            " VALUES (%s, %s, 1, %s, 2, 1, current_date, 'Concept', 'Woorden', now() - interval '15 days', now() - interval '15 days')",
            (number, public("concept", number), author),
        )
    admin.execute(
        "INSERT INTO casus.concept (id, public_id, dossier_id, author_id, section, kind, occurred_on) VALUES (410, %s, 1, 40, 2, 1, current_date)",
        (public("concept", 410),),
    )
    admin.execute(
        "INSERT INTO casus.breach (public_id, dossier_id, entry_id, reason, found_by) VALUES (%s, 1, %s, 'andere_inwoner', 40)",
        (public("breach", 1), TAKEN_OUT),
    )
    admin.execute(
        "INSERT INTO casus.emergency_reading (public_id, dossier_id, person_id, reason, opened_at, ends_at) VALUES"
        " (%s, 1, 60, 'brand', now() - interval '1 hour', now() + interval '23 hours'),"
        " (%s, 1, 61, 'brand', now() - interval '25 hours', now() - interval '1 hour')",
        (public("emergency", 60), public("emergency", 61)),
    )
    # The owner asked to destroy an entry.
    admin.execute(
        "WITH asked AS (INSERT INTO casus.destruction (public_id, dossier_id, asked_by) VALUES (%s, 1, 1) RETURNING id)"
        " INSERT INTO casus.destruction_item (destruction_id, entry_id, dossier_id) SELECT id, 103, 1 FROM asked",
        (public("destruction", 1),),
    )
    admin.execute("INSERT INTO casus.destruction (public_id, dossier_id, asked_by) VALUES (%s, 2, 2)", (public("destruction", 8),))
    # Somebody of the team asked to withhold an entry; a second professional has to confirm.
    admin.execute(
        "INSERT INTO casus.withholding (public_id, dossier_id, entry_id, ground, reason, review_on, postponed, asked_by)"
        " VALUES (%s, 1, 102, 1, 'Gaat over een ander', current_date + 30, false, 41)",
        (public("withholding", 1),),
    )
    # What the owner wrote and waits for, and what the team wrote before; and of another dossier.
    admin.execute(
        "INSERT INTO casus.message (id, public_id, dossier_id, author_id, author_name, from_team, body, sent_at) OVERRIDING SYSTEM VALUE VALUES"
        " (1, %s, 1, 40, 'assigned', true, 'Hoe gaat het?', now() - interval '3 hours'),"
        " (2, %s, 1, 1, 'owner', false, 'Niet goed', now() - interval '2 hours'),"
        " (3, %s, 2, 2, 'owner of another dossier', false, 'Van een ander', now() - interval '1 hour')",
        (public("message", 1), public("message", 2), public("message", 3)),
    )
    # Every entry has a file, so that wherever an entry is asked for its file is asked for too.
    for dossier, number in [*((1, entry[0]) for entry in ENTRIES.values()), (2, OTHER_ENTRY), (1, TAKEN_OUT)]:
        sealed_as = public("entry", number)
        admin.execute(
            "INSERT INTO casus.document (entry_id, dossier_id, kind, size, sha256, sealed_as) VALUES (%s, %s, 3, %s, %s, %s)",
            (number, dossier, len(PICTURE), hashlib.sha256(PICTURE).digest(), sealed_as),
        )
        admin.execute(
            "INSERT INTO casus.document_part (entry_id, number, sealed) VALUES (%s, 1, %s)",
            (number, seal(DOCUMENT_KEY, PICTURE, document_about(sealed_as, 1))),
        )
    # Somebody of the team wrote down a mandate; a second professional has to agree.
    admin.execute(
        "INSERT INTO casus.mandate_request (public_id, dossier_id, first_name, last_name, ground, proof, proof_seen_on, scope, valid_from,"
        " opens_log, opens_sharing, asked_by)"
        " VALUES (%s, 1, 'Mees', 'Mentor', 'mentor', 'beslissing', current_date - 2, 'Zorg', current_date - 1, false, false, 41)",
        (public("mandate request", 1),),
    )
    # Lines in both logs, as if an earlier visit had left them.
    admin.execute("SET session_replication_role = replica")
    for dossier in (DOSSIER_A, DOSSIER_B):
        admin.execute(
            "INSERT INTO casus.read_log (at, xid, dossier_id, what, reader_id, reader_name, reader_role, ground, program)"
            " VALUES (now() - interval '1 day', pg_current_xact_id(), %s, 'overzicht', 40, 'assigned', 'werker', 'professional', 'web_team')",
            (dossier,),
        )
        admin.execute(
            "INSERT INTO casus.change_log (at, dossier_id, event, person_name, person_role, program)"
            " VALUES (now(), %s, 'entry.placed', 'assigned', 'werker', 'web_team'), (now(), %s, 'closing.made', 'owner', 'inwoner', 'web_inwoner')",
            (dossier, dossier),
        )
    admin.execute(
        "WITH line AS (INSERT INTO casus.read_log (at, xid, dossier_id, what, shown, shown_entries, reader_id, reader_name, reader_role, ground, program)"
        " VALUES (%s, pg_current_xact_id(), 1, 'overzicht', 2, '{101,136}', 40, 'assigned', 'werker', 'professional', 'web_team') RETURNING id)"
        " INSERT INTO casus.look_question (line_id, public_id, asked_by, words) SELECT id, %s, 1, 'Waarom?' FROM line",
        (ASKED_LINE, public("look", 1)),
    )
    admin.execute("SET session_replication_role = DEFAULT")
    admin.execute(
        "INSERT INTO casus.program VALUES ('program_planbord', 'Planbord', 'afspraken', '{2}', '{1}', NULL),"
        " ('program_toezicht', 'Toezicht', 'onderzoek', '{2,3,6}', '{2}', NULL), ('program_oud', 'Oud', 'voorbij', '{2}', '{1}', current_date - 2)"
    )
    admin.execute(
        "INSERT INTO casus.program VALUES ('program_maatjes', 'Maatjes', 'post en geld', '{2,8}', '{1}', NULL, %s, 'toestemming')",
        (public("program", MATES),),
    )
    admin.execute(
        "INSERT INTO casus.program_consent (dossier_id, role_name, sections, given_at, valid_until)"
        " VALUES (1, 'program_maatjes', '{8}', now() - interval '3 days', current_date + 30)"
    )
