"""Everything that can be asked of a database to notice that it was spoilt: the matrix, spoilt tokens, the list of readers, scenarios."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

import psycopg

from tests.access import scenarios, stage
from tests.access.asks import ASKS
from tests.access.conftest import Access
from tests.access.test_actor_token import SPOILT, shown_by_spoilt
from tests.access.test_hidden_dossier import LARGE, SMALL, different_costs, statements
from tests.access.test_matrix_sql import wrong_answer
from tests.access.test_who_can_read import wrong_list
from tests.access.world import ENTRIES, PEOPLE
from tests.conftest import DAYS_OF_PEOPLE, PortalDatabase
from tests.teeth.relevance import Recorder, Relevance, names

Check = Callable[[], str | None]
FACES = ("inwoner", "team", "onafhankelijk")
# Which scenarios say most about a function, by how its name begins.
_PARTS = {
    "acl.who_can_read": ("readers",),
    "acl.": ("asks_relations", "asks_logs"),
    "casus_api.": ("asks_programs", "asks_consents", "asks_consents_told"),
    "casus.staff_leave": ("asks_leaving",),
    "portaal.first": ("asks_first_time",),
    "portaal.start_code": ("asks_first_time",),
    "portaal.": ("asks_portaal", "asks_sign_in", "asks_first_time"),
    "casus.read": ("asks_logs", "asks_programs"),
    "casus.": ("asks_staff", "asks_leaving"),
}
HIDDEN_FROM = ("no grant", "other team")
# A mutant may go round in circles or wait for itself.
PATIENCE = "-c statement_timeout=20000 -c lock_timeout=5000"


class Judge:
    """One database with the world in it, and every check on it. What noticed something before is asked first the next time."""

    def __init__(self, database: PortalDatabase) -> None:
        scenarios.load()
        self.database = database
        self.admin = psycopg.connect(database.admin_dsn, options=f"{PATIENCE} {DAYS_OF_PEOPLE}")
        self.access = Access(database, {face: psycopg.connect(database.dsn(f"web_{face}"), options=PATIENCE) for face in FACES})
        self._pages = statements(database, LARGE), statements(database, SMALL)
        self.checks = self._checks()
        self._noticed: dict[str, list[str]] = {}
        self._often: Counter[str] = Counter()
        self.asked = 0
        self._reach: dict[str, frozenset[str]] = {}

    def close(self) -> None:
        """Ends the connections."""
        for connection in (self.admin, *self.access.connections.values()):
            connection.close()

    def _checks(self) -> dict[str, Check]:
        checks: dict[str, Check] = {name: partial(self._play, name) for name in stage.SCENARIOS}
        checks |= {f"token: {name}": partial(shown_by_spoilt, self.access, name) for name in SPOILT}
        for act in ASKS:
            checks |= {f"{who}: {' '.join(act)}": partial(wrong_answer, self.access, who, act) for who in PEOPLE}
        checks |= {f"readers.{name}": partial(wrong_list, self.access, name) for name in ENTRIES}
        return checks | {f"hidden.{name}": partial(self._cost, name) for name in HIDDEN_FROM}

    def _cost(self, name: str) -> str | None:
        """A hidden dossier costs the same, large or small."""
        large, small = self._pages
        Recorder.heard += [statement.sql for statement in large]
        found = different_costs(self.database, name, large, small)
        return f"hidden from {name}: {found[0]}" if found else None

    def _play(self, name: str) -> str | None:
        try:
            stage.play(name, self.admin, self.database.keys)
        except AssertionError as error:
            return f"{name}: {str(error)[:200] or 'not as it should be'}"
        return None

    def learn(self) -> list[str]:
        """Asks everything once of the unspoilt database: what is wrong with it (nothing, it must be), and what each check leads to."""
        relevance = Relevance(self.admin)
        connections = (self.admin, *self.access.connections.values())
        wrong = []
        for connection in connections:
            connection.cursor_factory = Recorder
        for name in self.checks:
            Recorder.heard.clear()
            found = self._ask(name)
            wrong += [found] if found is not None else []
            self._reach[name] = relevance.reached(names(Recorder.heard))
        for connection in connections:
            connection.cursor_factory = psycopg.Cursor
        return wrong

    def _order(self, about: str) -> Iterator[str]:
        """First what noticed other mutants of the same thing, then the scenarios of its part, then what noticed most, then all the rest."""
        part = next((modules for beginning, modules in _PARTS.items() if about.startswith(beginning)), ())
        own = [name for name in self.checks if name.split(".")[0] in part]
        often = [name for name, _ in self._often.most_common(60)]
        spoilt = about.partition("(")[0]
        seen = {name for name, reach in self._reach.items() if spoilt not in reach}
        for name in itertools.chain(self._noticed.get(about, []), own, often, self.checks):
            if name not in seen:
                seen.add(name)
                yield name

    def first_wrong(self, about: str) -> str | None:
        """What notices the mutant that is in the database now; None when nothing does."""
        for name in self._order(about):
            self.asked += 1
            wrong = self._ask(name)
            if wrong is not None:
                self._often[name] += 1
                noticed = self._noticed.setdefault(about, [])
                if name in noticed:
                    noticed.remove(name)
                noticed.insert(0, name)
                return wrong
        return None

    def _ask(self, name: str) -> str | None:
        try:
            return self.checks[name]()
        except (psycopg.Error, TypeError, ValueError, LookupError, AttributeError) as error:
            self._calm()
            return f"{name}: {type(error).__name__}: {(str(error).splitlines() or ['no words'])[0]}"

    def _calm(self) -> None:
        for connection in (self.admin, *self.access.connections.values()):
            connection.rollback()
