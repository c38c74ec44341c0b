"""The program of one face with two answers beside it, for the same worker and server: hello, and raw. Only the bench starts this.

``/bench/hello`` is a Flask answer of a few bytes. ``/bench/raw/N`` runs the statements of page N with psycopg, in the same transactions, as the
same role and actor, and answers stored bytes of the page's length: what a page would cost that nobody has to make.
"""

import os
import pickle
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask, Response

from portal.actor import Signer
from portal.db import SESSION_OPTIONS
from portal.provision import libpq_dsn
from portal.wsgi import app as portal

# Written by the bench itself, in a folder of its own (tests/bench/web.py).
_SCRIPTS: list[dict[str, Any]] = pickle.loads(Path(os.environ["BENCH_SCRIPTS"]).read_bytes())  # noqa: S301
_BYTES = os.urandom(max((script["length"] for script in _SCRIPTS), default=0))
_DSN = libpq_dsn(os.environ["MBT_DATABASE_URL"])
_SIGNER = Signer(f"web_{os.environ['MBT_FACE']}", bytes.fromhex(os.environ["MBT_ACTOR_KEY"]))
_kept = threading.local()

beside = Flask("bench")


@beside.get("/bench/hello")
def hello() -> Response:
    """A few bytes."""
    return Response("hallo\n", mimetype="text/plain")


@beside.get("/bench/raw/<int:number>")
def raw(number: int) -> Response:
    """The statements of a page, and stored bytes."""
    script = _SCRIPTS[number]
    connection = _connection()
    for transaction in script["transactions"]:
        for sql, values in transaction:
            # An actor is signed for each request, and its token is good for minutes only.
            fresh = {"token": _SIGNER.sign(script["actor"])} if "casus.actor" in sql else values
            cursor = connection.execute(sql, fresh)
            if cursor.description is not None:
                cursor.fetchall()
        connection.commit()
    return Response(_BYTES[: script["length"]], mimetype="text/html")


def _connection() -> psycopg.Connection[Any]:
    connection: psycopg.Connection[Any] | None = getattr(_kept, "connection", None)
    if connection is None:
        connection = _kept.connection = psycopg.connect(_DSN, options=SESSION_OPTIONS)
    return connection


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The face, and beside it what starts with /bench/."""
    return (beside if environ["PATH_INFO"].startswith("/bench/") else portal)(environ, start_response)
