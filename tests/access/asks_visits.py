"""When somebody last read in a dossier: the own visits alone, before this session, as long as the dossier can be opened."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.access import matrix
from tests.access.stage import SESSION, Stage, scenario
from tests.access.world import PEOPLE, Who, public

OWNER = PEOPLE["owner"]
EARLIER = public("session", 1)


def read(stage: Stage, reader: int | None, hours: int, *, dossier: int = 1, session: UUID | None = EARLIER) -> None:
    """A line that somebody left so many hours ago."""
    stage.given(
        "INSERT INTO casus.read_log (at, xid, dossier_id, what, reader_id, reader_name, reader_role, ground, program, session_id)"
        " VALUES (now() - %s * interval '1 hour', '3', %s, 'overzicht', %s, 'x', 'x', 'x', 'x', %s)",
        hours,
        dossier,
        reader,
        session,
    )


def visit(stage: Stage, who: Who, dossier: int = 1) -> Any:
    """How many hours ago, as this person is told; None: never."""
    role = f"web_{who.face}"
    past: timedelta | None = stage.one(role, "SELECT now() - acl.previous_visit(%s)", dossier, who=who)
    return None if past is None else past / timedelta(hours=1)


@scenario
def a_first_visit_has_none_before_it(stage: Stage) -> None:
    assert visit(stage, OWNER) is None
    read(stage, OWNER.person, 1, session=SESSION)
    assert visit(stage, OWNER) is None


@scenario
def the_newest_of_earlier_sessions_counts(stage: Stage) -> None:
    for hours, session in ((30, EARLIER), (20, public("session", 2)), (40, public("session", 3)), (2, SESSION)):
        read(stage, OWNER.person, hours, session=session)
    assert visit(stage, OWNER) == 20


@scenario
def readings_of_others_of_other_dossiers_and_without_a_session_do_not_count(stage: Stage) -> None:
    read(stage, OWNER.person, 30)
    read(stage, PEOPLE["mandate"].person, 5)
    read(stage, OWNER.person, 4, dossier=2)
    read(stage, None, 3)
    read(stage, OWNER.person, 2, session=None)
    assert visit(stage, OWNER) == 30
    assert visit(stage, PEOPLE["mandate"]) == 5


@scenario
def only_who_may_open_the_dossier_is_told(stage: Stage) -> None:
    for who in PEOPLE.values():
        read(stage, who.person, 7)
    told = {name for name, who in PEOPLE.items() if visit(stage, who) == 7}
    assert told == matrix.ALLOWED[("read", "dossier")]
    assert visit(stage, OWNER, 2) is None


@scenario
def nobody_else_may_ask(stage: Stage) -> None:
    read(stage, OWNER.person, 7)
    assert stage.one("web_inwoner", "SELECT acl.previous_visit(1)") is None
    for role in ("web_onafhankelijk", "portaal_jobs", "portaal_operator", "casus_controle"):
        assert stage.refusal(role, "SELECT acl.previous_visit(1)") == "42501", role
