"""What the page says about who can read an entry is what the database does: nobody is left out, nobody is named in vain."""

import psycopg
import pytest

from tests.access.conftest import Access
from tests.access.world import ENTRIES, PEOPLE, Who

# The owner is told who reads; what the team withholds the owner can't ask about, and there the team is told. Elsewhere the team is told who may read
# by what they are, whatever the owner closed.
ASKERS = ("owner", "assigned")


def really_read(access: Access, entry: int) -> set[tuple[int, str]]:
    """Who gets the entry's words from the database: (person, kind), each as they really come in."""
    found = set()
    for name, who in PEOPLE.items():
        if name in ("mandate, speaking for somebody else", "team lead, as professional"):
            continue
        # Everybody with a grant may also come in as naaste, a professional too.
        for coming_in in (who, Who(who.person, "naaste", "inwoner")):
            connection = access.connection(coming_in.face)
            connection.execute("SELECT set_config('casus.actor', %s, true)", (access.token(coming_in),))
            if connection.execute("SELECT FROM casus.entry_version WHERE entry_id = %s", (entry,)).rowcount:
                found.add((who.person, name))
            connection.rollback()
    return found


def wrong_list(access: Access, name: str) -> str | None:
    """What is wrong with the list of readers of an entry; None when it is right."""
    entry = ENTRIES[name][0]
    said: set[str] = set()
    for asker in ASKERS:
        who = PEOPLE[asker]
        connection = access.connection(who.face)
        connection.execute("SELECT set_config('casus.actor', %s, true)", (access.token(who),))
        rows = connection.execute("SELECT name FROM acl.who_can_read(%s) WHERE relation <> 'programma'", (entry,)).fetchall()
        connection.rollback()
        if rows:
            answers = {str(row[0]).removesuffix(" Proef") for row in rows}
            if not said <= answers:
                return "the professional is told less than the inwoner"
            said = said or answers
    with psycopg.connect(access.database.admin_dsn) as admin:
        first_names = {row[0]: str(row[1]) for row in admin.execute("SELECT id, first_name FROM casus.person").fetchall()}
    wrong = said ^ {first_names[person] for person, _ in really_read(access, entry)}
    return f"{name}: {', '.join(sorted(wrong))}" if wrong or not said else None


@pytest.mark.parametrize("name", ENTRIES)
def test_the_list_names_exactly_who_can_read(access: Access, name: str) -> None:
    assert wrong_list(access, name) is None
