"""A function of the database that may say no, and the sentence that goes with its no."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, TextClause, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session


class Refused(Exception):
    """PostgreSQL refused; ``code`` is its SQLSTATE, ``message`` is source text to translate."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


def call(db: Session | Connection, function: str | TextClause, sentences: Mapping[str, str], **values: Any) -> Any:
    """Runs ``SELECT function`` and gives its one row: the value if there is one column, else a tuple.

    ``sentences``: what people read, by SQLSTATE. Raises Refused for these. A refusal undoes only this call: the page can still be shown.
    """
    statement = text(f"SELECT {function}") if isinstance(function, str) else function
    try:
        with db.begin_nested():
            row = db.execute(statement, values).one()
    except DBAPIError as error:
        code = str(getattr(error.orig, "sqlstate", ""))
        if code not in sentences:
            raise
        raise Refused(code, sentences[code]) from None
    return row[0] if len(row) == 1 else tuple(row)
