"""Which checks can notice which mutant: those whose statements lead, by name, to what was spoilt.

Every function here has a fixed search path and names everything in full, so the names in statements, bodies, policies and triggers tell it all.
It finds rather too much than too little.
"""

import re
from collections.abc import Iterable
from typing import Any, ClassVar, Self

import psycopg

_NAME = re.compile(r"\b(?:acl|casus|casus_api|portaal)\.[a-z_]+")

_MENTIONS = """
SELECT n.nspname || '.' || p.proname, p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname IN ('acl', 'casus', 'casus_api', 'portaal')
UNION ALL SELECT schemaname || '.' || tablename, concat_ws(' ', qual, with_check) FROM pg_policies
UNION ALL SELECT tgrelid::regclass::text, tgfoid::regproc::text FROM pg_trigger WHERE NOT tgisinternal
"""


class Recorder(psycopg.Cursor[tuple[object, ...]]):
    """A cursor that remembers the statements that went through it."""

    heard: ClassVar[list[str]] = []

    def execute(self, query: Any, params: Any = None, **how: Any) -> Self:
        """As psycopg's, and remembered."""
        self.heard.append(query if isinstance(query, str) else str(query))
        return super().execute(query, params, **how)


def names(texts: Iterable[str]) -> frozenset[str]:
    """Every table and function of ours that these texts name."""
    return frozenset(name for text in texts for name in _NAME.findall(text))


class Relevance:
    """What leads to what in one database."""

    def __init__(self, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        self._leads: dict[str, set[str]] = {}
        for name, text in connection.execute(_MENTIONS).fetchall():
            self._leads.setdefault(str(name), set()).update(names([str(text)]))
        connection.rollback()

    def reached(self, begin: Iterable[str]) -> frozenset[str]:
        """Everything that these names lead to, themselves included."""
        found: set[str] = set()
        waiting = list(begin)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self._leads.get(name, ())
        return frozenset(found)
