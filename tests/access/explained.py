"""What a statement costs by PostgreSQL's own account: rows looked at and blocks touched, never time. And dossiers of any length to ask about."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import Engine, event


@dataclass(frozen=True)
class Statement:
    """One statement as it goes to PostgreSQL."""

    name: str
    sql: str
    values: Any


@dataclass(frozen=True)
class Cost:
    """What PostgreSQL looked at: rows that were read or thrown away, and blocks that were touched."""

    rows: int
    blocks: int


class Catcher:
    """The statements that an engine sends, but for the one that sets the actor; ``name`` is given to those that follow."""

    def __init__(self) -> None:
        self.name = ""
        self.caught: list[Statement] = []

    def _catch(self, _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        if "casus.actor" not in statement:
            self.caught.append(Statement(self.name, statement, parameters))


@contextmanager
def catching(engine: Engine) -> Iterator[Catcher]:
    """Catches what goes to PostgreSQL in this block."""
    catcher = Catcher()
    event.listen(engine, "before_cursor_execute", catcher._catch)
    try:
        yield catcher
    finally:
        event.remove(engine, "before_cursor_execute", catcher._catch)


def fill_dossier(admin: psycopg.Connection[Any], dossier: int, size: int, *, every: str = "1 minute") -> None:
    """A dossier of person ``dossier * 10``, with so many entries from 1 January 2016 on, each with a text and a reaction with one."""
    with admin.transaction():
        admin.execute("SET LOCAL session_replication_role = replica")
        person, first = dossier * 10, dossier * 10_000
        admin.execute("INSERT INTO casus.person (id, first_name, last_name) VALUES (%s, 'Ver', 'Borgen')", (person,))
        admin.execute("INSERT INTO casus.inwoner (person_id, birth_date) VALUES (%s, '1980-01-01')", (person,))
        admin.execute("INSERT INTO casus.dossier (id, inwoner_id, opened_on) VALUES (%s, %s, '2016-01-01')", (dossier, person))
        numbers = f"generate_series({first} + 1, {first} + {size}) n"
        admin.execute(
            "INSERT INTO casus.entry (id, dossier_id, section, leefdomein, kind, occurred_at, placed_at, author_name)"
            f" SELECT n, {dossier}, 2, 6, 1, at, at, 'x' FROM {numbers},"
            f" LATERAL (SELECT timestamptz '2016-01-01 00:00+00' + (n - {first}) * interval '{every}' AS at) moment"
        )
        admin.execute(
            "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_name, created_at)"
            " SELECT id, 1, dossier_id, section, leefdomein, 't', repeat('b', 300), 'x', placed_at FROM casus.entry WHERE dossier_id = %s",
            (dossier,),
        )
        admin.execute(
            "INSERT INTO casus.annotation (id, entry_id, dossier_id, section, leefdomein, audience, author_name, created_at)"
            " SELECT id, id, dossier_id, section, leefdomein, 3, 'x', placed_at FROM casus.entry WHERE dossier_id = %s",
            (dossier,),
        )
        admin.execute(
            "INSERT INTO casus.annotation_version"
            " (annotation_id, number, entry_id, dossier_id, section, leefdomein, audience, body, written_for, created_at)"
            " SELECT id, 1, id, dossier_id, section, leefdomein, 3, 'x', 3, placed_at FROM casus.entry WHERE dossier_id = %s",
            (dossier,),
        )


def cost(connection: psycopg.Connection[Any], statement: Statement) -> Cost:
    """What it costs, warm: the second time."""
    for _ in range(2):
        row = connection.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement.sql}", statement.values).fetchone()
    assert row is not None
    [plan] = row[0] if isinstance(row[0], list) else json.loads(row[0])
    top = plan["Plan"]
    return Cost(_rows(top), top["Shared Hit Blocks"] + top["Shared Read Blocks"])


def _rows(node: dict[str, Any]) -> int:
    """Rows that went through a node or were thrown away there, and in all below it, whatever came out at the top."""
    looked_at = node["Actual Rows"] + sum(value for key, value in node.items() if key.startswith("Rows Removed"))
    own: int = round(looked_at * node["Actual Loops"])
    return own + sum(_rows(child) for child in node.get("Plans", ()))
