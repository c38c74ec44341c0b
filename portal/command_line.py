"""What the slices' own commands share (``portal staff``, ``portal accounts``)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import make_url

from portal.db import Database
from portal.settings import SettingsError

OPERATOR = "portaal_operator"


@contextmanager
def operator_database() -> Iterator[Database]:
    """The database of MBT_DATABASE_URL as the operator, closed on leaving. Raises SettingsError when the address is for somebody else."""
    url = os.environ.get("MBT_DATABASE_URL", "").strip()
    if not url:
        raise SettingsError(f"MBT_DATABASE_URL is missing; this command signs in as {OPERATOR}.")
    if make_url(url).username != OPERATOR:
        raise SettingsError(f"MBT_DATABASE_URL must be the address with which {OPERATOR} signs in.")
    database = Database(url, None, pool_size=1)
    try:
        yield database
    finally:
        database.dispose()
