"""A token that is forged, expired, replayed under another role or for what somebody is not, opens nothing. Without one there is nothing either."""

import secrets
from uuid import UUID

import psycopg
import pytest

from portal.actor import Actor, Kind, Signer
from tests.access.conftest import Access
from tests.access.world import PEOPLE, Who

OWNER = PEOPLE["owner"]
READABLE = (
    "person",
    "dossier",
    "inwoner",
    "address",
    "entry",
    "entry_version",
    "annotation",
    "annotation_version",
    "read_log",
    "stadsdeel",
)


def counts(access: Access, face: str, token: str | None) -> dict[str, int]:
    """How many rows of each table this token shows."""
    connection = access.connection(face)
    try:
        if token is not None:
            connection.execute("SELECT set_config('casus.actor', %s, true)", (token,))
        found: dict[str, int] = {}
        for table in READABLE:
            if table == "read_log" and face == "team":
                continue
            row = connection.execute(f"SELECT count(*) FROM casus.{table}").fetchone()
            assert row is not None
            assert isinstance(row[0], int)
            found[table] = row[0]
        return found
    finally:
        connection.rollback()


def spoilt(access: Access) -> dict[str, tuple[str, str | None]]:
    """Tokens of the owner and of a professional, each wrong in one way: name → (face, token)."""
    good = access.token(OWNER)
    version, payload, mac = good.split(".")
    fields = payload.split(";")

    def resigned(position: int, value: str) -> str:
        changed = [*fields[:position], value, *fields[position + 1 :]]
        return f"{version}.{';'.join(changed)}.{mac}"

    team_key = access.database.keys["web_team"]
    return {
        "no token": ("inwoner", None),
        "empty": ("inwoner", ""),
        "nonsense": ("inwoner", "v1.x.y"),
        "other version": ("inwoner", good.replace("v1.", "v2.", 1)),
        "a part too many": ("inwoner", good + ".x"),
        "no version": ("inwoner", f"{payload}.{mac}"),
        "other kind, same mac": ("inwoner", resigned(0, "vertegenwoordiger")),
        "other person, same mac": ("inwoner", resigned(1, "2")),
        "later expiry, same mac": ("inwoner", resigned(6, "9999999999")),
        "upper-case mac": ("inwoner", f"{version}.{payload}.{mac.upper()}"),
        "other key": ("inwoner", access.token(OWNER, key=secrets.token_bytes(32))),
        "key of another face": ("inwoner", access.token(OWNER, key=team_key)),
        "expired": ("inwoner", access.token(OWNER, seconds=-1)),
        "expires now": ("inwoner", access.token(OWNER, seconds=0)),
        "made for another role": ("inwoner", access.token(OWNER, role="web_team", key=access.database.keys["web_inwoner"])),
        "replayed on another face": ("team", good),
        "replayed on the third face": ("onafhankelijk", good),
        "an inwoner on the team face": ("team", access.token(OWNER, role="web_team")),
        "a professional on the inwoner face": ("inwoner", access.token(PEOPLE["assigned"], role="web_inwoner")),
        "somebody who is no staff": ("team", access.token(Who(1, "professional", "team"))),
        "a professional as team lead": ("team", access.token(Who(40, "teamleider", "team"))),
        "a job on a face": ("inwoner", access.token(Who(1, "job", "inwoner"))),
        "one who left": ("team", access.token(PEOPLE["assigned, has left"])),
        "one who joins later": ("team", access.token(PEOPLE["assigned, joins later"])),
    }


SPOILT = (
    "no token", "empty", "nonsense", "other version", "a part too many", "no version", "other kind, same mac", "other person, same mac",
    "later expiry, same mac", "upper-case mac", "other key", "key of another face", "expired", "expires now", "made for another role",
    "replayed on another face", "replayed on the third face", "an inwoner on the team face", "a professional on the inwoner face",
    "somebody who is no staff", "a professional as team lead", "a job on a face", "one who left", "one who joins later",
)  # fmt: skip


def test_a_good_token_shows_rows(access: Access) -> None:
    assert all(counts(access, "inwoner", access.token(OWNER)).values())


def shown_by_spoilt(access: Access, name: str) -> str | None:
    """What a spoilt token shows all the same; None when it is nothing."""
    face, token = spoilt(access)[name]
    try:
        found = counts(access, face, token)
    except psycopg.errors.InsufficientPrivilege:
        return None
    shown = [table for table, count in found.items() if count]
    return f"{name}: shows {', '.join(shown)}" if shown else None


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_token_shows_no_row_of_any_table(access: Access, name: str) -> None:
    assert shown_by_spoilt(access, name) is None


def test_every_spoilt_token_is_tried(access: Access) -> None:
    assert set(spoilt(access)) == set(SPOILT)


def test_the_actor_is_gone_after_a_commit(access: Access) -> None:
    connection = access.connection("inwoner")
    connection.execute("SELECT set_config('casus.actor', %s, true)", (access.token(OWNER),))
    assert connection.execute("SELECT count(*) FROM casus.dossier").fetchone() == (1,)
    connection.commit()
    assert connection.execute("SELECT count(*) FROM casus.dossier").fetchone() == (0,)
    connection.rollback()


def test_a_ground_that_could_break_the_token_is_refused() -> None:
    signer = Signer("web_inwoner", b"k" * 32)
    with pytest.raises(ValueError, match="lower-case word"):
        signer.sign(Actor(1, Kind.INWONER, UUID(int=1), ground="gewoon;web_team"))
