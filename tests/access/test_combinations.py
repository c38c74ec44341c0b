"""Ten thousand generated combinations of grants, closings, mandates, turns and emergencies: whoever reads what, said by a third voice written from the
agreements, by PostgreSQL as the web role, by portal.policy and over HTTP. And a preview is what both may read, exactly.

A hundred dossiers of ten entries, each with ten people who are something to it. The generator has a fixed seed, so a failure comes back.
"""

import random
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

import psycopg
import pytest

from portal.accounts import commands
from portal.actor import Actor, Kind, Signer
from portal.app import create_app
from portal.db import Database
from portal.policy import Asked, Permission, Relation, allows
from portal.settings import Settings
from tests.access.conftest import SESSION
from tests.access.world import public
from tests.conftest import PortalDatabase

DOSSIERS = 100
ENTRIES = 10
# (first day, last day or None), in days from today; the first three hold today.
SPANS = ((-9, None), (-9, 9), (0, 0), (-9, -1), (1, None))
HOLDING = set(SPANS[:3])
# (begins, ends or None), in hours from now; the first two hold now.
HOURS = ((-9, None), (-9, 9), (-9, -1), (1, None))
NOW = set(HOURS[:2])

Span = tuple[int, int | None]


@dataclass
class Guest:
    """Somebody outside the team: what was given (scope, value, span, withdrawn)."""

    person: int
    grants: list[tuple[int, int, Span, bool]] = field(default_factory=list)


@dataclass
class Colleague:
    """Somebody of the team: the turns of work (span, responsible), for whom one stands in (span), and emergencies (over or not)."""

    person: int
    kind: str
    turns: list[tuple[Span, bool]] = field(default_factory=list)
    stands_in: list[tuple[int, Span]] = field(default_factory=list)
    urgent: list[bool] = field(default_factory=list)


@dataclass
class Entry:
    """One entry; ``closed``: (whom, or 'all but the responsible', or 'outside'; hours)."""

    id: int
    section: int
    leefdomein: int
    audience: int
    author: int
    to_talk_over: bool
    opened: bool
    closed: list[tuple[int | str, Span]] = field(default_factory=list)


@dataclass
class Case:
    """One dossier and everybody around it."""

    id: int
    inwoner: int
    mandate: tuple[int, Span, bool]
    guests: list[Guest]
    colleagues: list[Colleague]
    entries: list[Entry]


def make_case(dice: random.Random, number: int) -> Case:
    """A dossier of which nearly everything is left to chance."""
    base = number * 100
    inwoner, mentor = base + 1, base + 2
    guests = [Guest(base + 10 + place) for place in range(4)]
    colleagues = [
        Colleague(base + 20 + place, dice.choice(("professional", "professional", "teamleider", "beheerder"))) for place in range(4)
    ]
    everybody = [inwoner, mentor, *(one.person for one in guests), *(one.person for one in colleagues)]
    entries = [
        Entry(
            base + place,
            dice.randint(1, 9),
            dice.randint(0, 9),
            dice.choice((3, 3, 3, 2, 1)),
            dice.choice((inwoner, *(one.person for one in colleagues))),
            dice.random() < 0.15,
            dice.random() < 0.5,
        )
        for place in range(ENTRIES)
    ]
    whoms: list[int | str] = [*everybody[1:], "all but the responsible", "all but the responsible", "outside"]
    for entry in entries:
        for _ in range(dice.choice((0, 0, 1, 2))):
            whom = dice.choice(whoms)
            entry.closed.append((whom, dice.choice(HOURS)))
    for guest in guests:
        for _ in range(dice.randint(0, 3)):
            scope = dice.randint(1, 4)
            value = {1: 0, 2: dice.randint(1, 9), 3: dice.randint(1, 9), 4: dice.choice(entries).id}[scope]
            guest.grants.append((scope, value, dice.choice(SPANS), dice.random() < 0.2))
    responsible_left = True
    for colleague in colleagues:
        for _ in range(dice.choice((0, 1, 1, 2))):
            span = dice.choice(SPANS)
            responsible = dice.random() < 0.4 and (span[1] is not None or responsible_left)
            responsible_left = responsible_left and not (responsible and span[1] is None)
            colleague.turns.append((span, responsible))
        if dice.random() < 0.3:
            absent = dice.choice([one.person for one in colleagues if one is not colleague])
            span = dice.choice(((-9, 9), (0, 0), (-9, -1), (1, 9)))
            colleague.stands_in.append((absent, span))
        if dice.random() < 0.3:
            colleague.urgent.append(dice.random() < 0.6)
    return Case(number, inwoner, (mentor, dice.choice(SPANS), dice.random() < 0.2), guests, colleagues, entries)


# --- the third voice: the agreements, in plain Python


def holds_today(span: Span) -> bool:
    """Whether the first and the last day are around today, both counted."""
    return span in HOLDING or span in {(-9, 9), (0, 0)}


def works(case: Case, colleague: Colleague) -> bool:
    """Whether somebody may open the dossier at work: assigned, or standing in for who is."""
    if colleague.kind == "beheerder":
        return False
    there = {one.person for one in case.colleagues if any(holds_today(span) for span, _ in one.turns)}
    return colleague.person in there or any(absent in there and holds_today(span) for absent, span in colleague.stands_in)


def reads(case: Case, kind: str, person: int) -> set[int]:
    """The entries that somebody reads, as agreed (docs/case-database.md, "How access is decided")."""
    colleague = next((one for one in case.colleagues if one.person == person), None)
    if kind == "inwoner":
        given = {entry.id for entry in case.entries} if person == case.inwoner else set()
    elif kind == "vertegenwoordiger":
        mentor, span, withdrawn = case.mandate
        given = {entry.id for entry in case.entries} if person == mentor and holds_today(span) and not withdrawn else set()
    elif kind == "naaste":
        guest = next(one for one in case.guests if one.person == person)
        given = {
            entry.id
            for entry in case.entries
            for scope, value, span, withdrawn in guest.grants
            if holds_today(span)
            and not withdrawn
            and (
                scope == 1
                or (scope == 2 and entry.section == value)
                or (scope == 3 and entry.leefdomein == value)
                or (scope == 4 and entry.id == value)
            )
        }
    else:
        assert colleague is not None
        given = {entry.id for entry in case.entries} if works(case, colleague) else set()
    outside = kind in ("inwoner", "vertegenwoordiger", "naaste")
    kept_open = kind == "inwoner" or (
        colleague is not None and (any(holds_today(span) and responsible for span, responsible in colleague.turns) or any(colleague.urgent))
    )
    return {entry.id for entry in case.entries if entry.id in given and not _shut(entry, person, outside, kept_open, kind)}


def _shut(entry: Entry, person: int, outside: bool, kept_open: bool, kind: str) -> bool:
    for whom, hours in entry.closed:
        if hours not in NOW:
            continue
        if whom == "outside" and outside:
            return True
        if person != entry.author and (whom == person or (whom == "all but the responsible" and not kept_open)):
            return True
    if outside and entry.to_talk_over and not entry.opened:
        return True
    return person != entry.author and (entry.audience == 1 or (entry.audience == 2 and kind == "naaste"))


def people(case: Case) -> list[tuple[str, str, int]]:
    """(face, kind, person) of everybody around a dossier."""
    return [
        ("inwoner", "inwoner", case.inwoner),
        ("inwoner", "vertegenwoordiger", case.mandate[0]),
        *(("inwoner", "naaste", one.person) for one in case.guests),
        *(("team", one.kind, one.person) for one in case.colleagues),
    ]


# --- the same in rows


def _day(days: int | None) -> str:
    return "NULL" if days is None else f"acl.today() + {days}"


def _hour(hours: int | None) -> str:
    return "NULL" if hours is None else f"now() + interval '{hours} hours'"


def write(admin: psycopg.Connection[tuple[object, ...]], case: Case) -> None:
    """The rows of one case."""
    run = admin.execute
    staff = [one.person for one in case.colleagues]
    for face, kind, person in people(case):
        run(
            "INSERT INTO casus.person (id, public_id, first_name, last_name, is_staff) VALUES (%s, %s, 'P', %s, %s)",
            (person, public("person", person), str(person), person in staff),
        )
        if kind == "inwoner":
            run("INSERT INTO casus.inwoner (person_id, birth_date) VALUES (%s, '1980-01-01')", (person,))
            run(
                "INSERT INTO casus.dossier (id, public_id, inwoner_id, team_id, opened_on) VALUES (%s, %s, %s, 1, '2026-01-01')",
                (case.id, public("dossier", case.id), person),
            )
        if person in staff:
            run(
                "INSERT INTO casus.staff (person_id, job_title, team_id, role, joined_on) VALUES (%s, 'x', 1, %s, '2020-01-01')",
                (person, kind),
            )
        run(
            "INSERT INTO portaal.account (public_id, person_id, face, username) VALUES (%s, %s, %s, %s)",
            (public("account", person), person, face, f"p{person}"),
        )
    for entry in case.entries:
        run(
            "INSERT INTO casus.entry (id, public_id, dossier_id, section, leefdomein, kind, occurred_at, author_id, author_name, audience, discuss_until)"
            f" VALUES (%s, %s, %s, %s, %s, 1, now(), %s, 'x', %s, {_hour(9) if entry.to_talk_over else 'NULL'})",
            (entry.id, public("entry", entry.id), case.id, entry.section, entry.leefdomein, entry.author, entry.audience),
        )
        run(
            "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_id, author_name, written_for)"
            " VALUES (%s, 1, %s, %s, %s, %s, 'w', %s, 'x', %s)",
            (entry.id, case.id, entry.section, entry.leefdomein, f"Titel {entry.id}.", entry.author, entry.audience),
        )
        if entry.opened:
            run("INSERT INTO casus.entry_opening (entry_id, dossier_id, person_id) VALUES (%s, %s, %s)", (entry.id, case.id, case.inwoner))
        for whom, (begins, ends) in entry.closed:
            run(
                "INSERT INTO casus.closure (dossier_id, entry_id, person_id, except_responsible, reason, from_at, ended_at)"
                f" VALUES (%s, %s, %s, %s, '', {_hour(begins)}, {_hour(ends)})",
                (case.id, entry.id, whom if isinstance(whom, int) else None, whom == "all but the responsible"),
            )
    mentor, (begins, ends), withdrawn = case.mandate
    run(
        "INSERT INTO casus.mandate (dossier_id, person_id, ground, valid_from, valid_until, withdrawn_at)"
        f" VALUES (%s, %s, 'mentor', {_day(begins)}, {_day(ends)}, {'now()' if withdrawn else 'NULL'})",
        (case.id, mentor),
    )
    for guest in case.guests:
        for scope, value, (begins, ends), gone in guest.grants:
            run(
                "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, section, leefdomein, entry_id, valid_from, valid_until, withdrawn_at, ground)"
                f" VALUES (%s, %s, %s, %s, %s, %s, {_day(begins)}, {_day(ends)}, {'now()' if gone else 'NULL'}, 'toestemming')",
                (case.id, guest.person, scope, *(value if scope == number else None for number in (2, 3, 4))),
            )
    for colleague in case.colleagues:
        for (begins, ends), responsible in colleague.turns:
            run(
                f"INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from, valid_until, responsible) VALUES (%s, %s, 'x', {_day(begins)}, {_day(ends)}, %s)",
                (case.id, colleague.person, responsible),
            )
        for absent, (begins, ends) in colleague.stands_in:
            run(
                f"INSERT INTO casus.absence (staff_id, from_date, until_date, substitute_id) VALUES (%s, {_day(begins)}, {_day(ends)}, %s)",
                (absent, colleague.person),
            )
        for going_on in colleague.urgent:
            run(
                "INSERT INTO casus.emergency_reading (dossier_id, person_id, reason, opened_at, ends_at)"
                f" VALUES (%s, %s, 'x', {_hour(-9)}, {_hour(9 if going_on else -1)})",
                (case.id, colleague.person),
            )


@dataclass
class Combined:
    """The cases, and the database they stand in."""

    database: PortalDatabase
    cases: list[Case]

    def token(self, face: str, kind: str, person: int, behalf: int | None) -> str:
        """A signed actor."""
        role = f"web_{face}"
        return Signer(role, self.database.keys[role]).sign(Actor(person, Kind(kind), SESSION, behalf))


@pytest.fixture(scope="module")
def combined(database: PortalDatabase) -> Combined:
    """All cases, really committed."""
    dice = random.Random(5)  # noqa: S311 - chance in a test keeps no secret
    cases = [make_case(dice, number) for number in range(1, DOSSIERS + 1)]
    with psycopg.connect(database.admin_dsn) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute("INSERT INTO casus.team (id, name) VALUES (1, 'Team')")
        for case in cases:
            write(admin, case)
    return Combined(database, cases)


def behalf_of(case: Case, kind: str) -> int | None:
    """For whom a representative speaks."""
    return case.inwoner if kind == "vertegenwoordiger" else None


def test_there_is_something_of_everything(combined: Combined) -> None:
    pairs = [(kind, person, case) for case in combined.cases for _, kind, person in people(case)]
    assert len(pairs) * ENTRIES == 10_000
    for kind in ("vertegenwoordiger", "naaste", "professional", "teamleider"):
        sizes = {len(reads(case, one, person)) for one, person, case in pairs if one == kind}
        assert 0 in sizes
        assert max(sizes) >= 8
        assert len(sizes) > 4
    assert all(not reads(case, kind, person) for kind, person, case in pairs if kind == "beheerder")


def test_postgresql_gives_what_was_agreed_and_a_preview_what_both_may_read(combined: Combined) -> None:
    wrong: list[str] = []
    previewed = 0
    query = "SELECT id FROM casus.entry WHERE dossier_id = %s"
    for face in ("inwoner", "team"):
        with psycopg.connect(combined.database.dsn(f"web_{face}")) as connection:
            for case in combined.cases:
                for place, kind, person in people(case):
                    if place != face:
                        continue
                    connection.execute(
                        "SELECT set_config('casus.actor', %s, true)", (combined.token(face, kind, person, behalf_of(case, kind)),)
                    )
                    seen = {number for (number,) in connection.execute(query, (case.id,))}
                    words = {
                        number
                        for (number,) in connection.execute("SELECT entry_id FROM casus.entry_version WHERE dossier_id = %s", (case.id,))
                    }
                    if not seen == words == reads(case, kind, person):
                        wrong.append(f"{kind} {person}: {seen ^ reads(case, kind, person)}, words {seen ^ words}")
                    connection.rollback()
                    if kind != "naaste":
                        continue
                    connection.execute("SELECT set_config('casus.actor', %s, true)", (combined.token(face, "inwoner", case.inwoner, None),))
                    connection.execute("SELECT set_config('casus.preview', %s, true)", (str(person),))
                    through = {number for (number,) in connection.execute(query, (case.id,))}
                    if through != seen & reads(case, "inwoner", case.inwoner):
                        wrong.append(f"preview of {person}: {through ^ (seen & reads(case, 'inwoner', case.inwoner))}")
                    previewed += bool(through)
                    connection.rollback()
    assert not wrong, "\n".join(wrong)
    assert previewed > 50


@pytest.fixture(scope="module")
def programs(combined: Combined) -> Iterator[dict[str, Database]]:
    """Nothing yet signs in by password here; each face's database is closed afterwards."""
    opened: dict[str, Database] = {}
    yield opened
    for database in opened.values():
        database.dispose()


@pytest.mark.parametrize("face", ["inwoner", "team"])
def test_the_policy_and_the_page_say_the_same(combined: Combined, programs: dict[str, Database], face: str) -> None:
    database = combined.database
    settings = Settings(
        face=face,  # type: ignore[arg-type]
        mode="test",
        database_url=database.url(f"web_{face}"),
        actor_key=database.keys[f"web_{face}"],
        session_key=secrets.token_bytes(32),
        text_key=secrets.token_bytes(32),
    )
    app = create_app(settings)
    programs[face] = app.extensions["database"]
    wrong: list[str] = []
    for case in combined.cases:
        for place, kind, person in people(case):
            if place != face:
                continue
            with programs[face].plain() as connection:
                session_token = commands.start_session(connection, UUID(str(public("account", person))), "proef")
            client = app.test_client()
            with client.session_transaction() as session:
                session["_user_id"] = session_token
            page = client.get(f"/dossier/{public('dossier', case.id)}")
            found = (
                {int(number) for number in re.findall(r"Titel (\d+)\.", page.get_data(as_text=True))} if page.status_code == 200 else set()
            )
            if found != reads(case, kind, person):
                wrong.append(f"{kind} {person}: {page.status_code} {found ^ reads(case, kind, person)}")
            relation = _relation(case, kind, person)
            allowed = allows(Permission.READ_DOSSIER, Asked(Actor(person, Kind(kind), SESSION, behalf_of(case, kind)), relation))
            if allowed is not (page.status_code == 200):
                wrong.append(f"{kind} {person}: the policy says {allowed}, the page {page.status_code}")
    assert not wrong, "\n".join(wrong)


def _relation(case: Case, kind: str, person: int) -> Relation | None:
    """What somebody is to the dossier, as agreed."""
    if kind == "inwoner":
        return Relation.INWONER
    if kind == "vertegenwoordiger":
        _, span, withdrawn = case.mandate
        return Relation.VERTEGENWOORDIGER if holds_today(span) and not withdrawn else None
    if kind == "naaste":
        guest = next(one for one in case.guests if one.person == person)
        return Relation.NAASTE if any(holds_today(span) and not withdrawn for _, _, span, withdrawn in guest.grants) else None
    colleague = next(one for one in case.colleagues if one.person == person)
    if not works(case, colleague):
        return None
    return Relation.PROFESSIONAL if any(holds_today(span) for span, _ in colleague.turns) else Relation.WAARNEMER
