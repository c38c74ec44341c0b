"""What the page says about who can read an entry is what the database does: nobody is left out, nobody is named in vain."""

import psycopg
import pytest

from tests.access.conftest import Access
from tests.access.world import ENTRIES, PEOPLE, Who

# The team sees every entry but those that are closed for one of them or kept by the owner, so two of them together can ask about all.
ASKERS = ("assigned", "owner")


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
    answered = False
    for asker in ASKERS:
        who = PEOPLE[asker]
        connection = access.connection(who.face)
        connection.execute("SELECT set_config('casus.actor', %s, true)", (access.token(who),))
        rows = connection.execute("SELECT name FROM acl.who_can_read(%s) WHERE relation <> 'programma'", (entry,)).fetchall()
        connection.rollback()
        if rows:
            answers = {str(row[0]).removesuffix(" Proef") for row in rows}
            if answered and answers != said:
                return "the inwoner and the professional are told different things"
            said, answered = answers, True
    with psycopg.connect(access.database.admin_dsn) as admin:
        first_names = {row[0]: str(row[1]) for row in admin.execute("SELECT id, first_name FROM casus.person").fetchall()}
    wrong = said ^ {first_names[person] for person, _ in really_read(access, entry)}
    return f"{name}: {', '.join(sorted(wrong))}" if wrong or not answered else None


@pytest.mark.parametrize("name", ENTRIES)
def test_the_list_names_exactly_who_can_read(access: Access, name: str) -> None:
    assert wrong_list(access, name) is None
