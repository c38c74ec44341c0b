"""The one way to PostgreSQL: an engine per process, a session per request with the actor set as its transaction begins, one commit."""

import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, MetaData, create_engine, event, text
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction

from portal.actor import Actor, Signer

# A plan is made once and kept. The access sets are asked by many small statements, and PostgreSQL, left to itself, plans most of them anew
# each time: that was more than half of a page's time in the database. No statement here wants another plan for another person.
SESSION_OPTIONS = "-c statement_timeout=15000 -c lock_timeout=5000 -c plan_cache_mode=force_generic_plan -c jit=off"
QUIET_SECONDS = 30
"""A connection that lay unused for longer is tried before it is used: a firewall may have forgotten it without a word."""

_SET_ACTOR = text("SELECT set_config('casus.actor', :token, true)")


class Base(DeclarativeBase):
    """Tables are described here for queries; the migrations make them."""

    metadata = MetaData()


class Database:
    """The database as one role sees it. ``url`` is a SQLAlchemy URL; ``signer`` may be None for roles that never act for a person."""

    def __init__(self, url: str, signer: Signer | None, *, pool_size: int = 5) -> None:
        self.signer = signer
        self.engine: Engine = create_engine(
            url,
            hide_parameters=True,
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_timeout=5,
            connect_args={"connect_timeout": 5, "options": SESSION_OPTIONS},
        )
        event.listen(self.engine, "checkin", _leave)
        event.listen(self.engine, "checkout", _try)
        self._one_moment = self.engine.execution_options(isolation_level="REPEATABLE READ")

    def session(self, actor: Actor, *, one_moment: bool = False) -> Session:
        """A new session that speaks for ``actor`` and nobody else; close it when done. After a commit its rows are gone: take a new one.

        With ``one_moment`` everything it reads is as it stood when it began, access too: for what only reads. Two that write the same row
        would get in each other's way.
        """
        if self.signer is None:
            raise RuntimeError("this role can't speak for a person")
        signer = self.signer
        session = Session(self._one_moment if one_moment else self.engine, expire_on_commit=False)

        def set_actor(_session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
            connection.execute(_SET_ACTOR, {"token": signer.sign(actor)})

        event.listen(session, "after_begin", set_actor)
        return session

    @contextmanager
    def plain(self) -> Iterator[Connection]:
        """A short transaction without an actor, committed on leaving: only functions made for that give anything."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def act(self, actor: Actor) -> Iterator[Session]:
        """A session for ``actor``, committed on leaving and rolled back on an error."""
        with self.session(actor) as session:
            yield session
            commit(session)

    def dispose(self) -> None:
        """Closes every connection."""
        self.engine.dispose()


def _leave(_connection: Any, record: Any) -> None:
    record.info["unused_since"] = time.monotonic()


def _try(connection: Any, record: Any, _proxy: Any) -> None:
    """Before a pooled connection is used: one to which the server said goodbye, or long unused, is tried; a dead one is replaced."""
    listener = select.poll()
    listener.register(connection.fileno(), select.POLLIN)
    quiet = time.monotonic() - record.info.get("unused_since", time.monotonic())
    if quiet < QUIET_SECONDS and not listener.poll(0):
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except psycopg.Error as gone:
        raise DisconnectionError from gone


def commit(session: Session) -> None:
    """The one commit of a request."""
    session.commit()
