"""The table of concepts as queries use it."""

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, SmallInteger, Table, Text, Uuid, text

from portal.db import Base

_moment = DateTime(timezone=True)

concept = Table(
    "concept",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("public_id", Uuid, nullable=False, server_default=text("gen_random_uuid()")),
    Column("dossier_id", Integer, nullable=False),
    Column("entry_id", Integer),
    Column("base_version", SmallInteger),
    Column("author_id", Integer, nullable=False),
    Column("section", SmallInteger, nullable=False),
    Column("leefdomein", SmallInteger, nullable=False, server_default=text("0")),
    Column("kind", SmallInteger, nullable=False),
    Column("occurred_on", Date, nullable=False),
    Column("title", Text, nullable=False, server_default=text("''")),
    Column("body", Text, nullable=False, server_default=text("''")),
    Column("reason", Text, nullable=False, server_default=text("''")),
    Column("discuss_first", Boolean, nullable=False, server_default=text("false")),
    Column("created_at", _moment, nullable=False, server_default=text("now()")),
    Column("saved_at", _moment, nullable=False, server_default=text("now()")),
    schema="casus",
)
