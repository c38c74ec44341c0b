"""The tables of the dossier as queries use them, and the codes that stand in them."""

from enum import IntEnum

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)

from portal.db import Base
from portal.i18n import N_, _

# Characters. Long letters fit; a whole book doesn't.
MAX_BODY = 50_000
# Sentences that one reaction may be about; migrations/versions/0003_passages.sql says the same.
MOST_SENTENCES = 200


class Section(IntEnum):
    """A part of the dossier (eis 95.1, R097)."""

    HULPVRAAG = 1
    VOORTGANG = 2
    ONDERZOEK = 3
    PLAN = 4
    EVALUATIE = 5
    VEILIGHEID = 6
    INDICATIE = 7
    CORRESPONDENTIE = 8
    EIGEN = 9


class Leefdomein(IntEnum):
    """A part of life. Never required: NONE is always a good answer (Autoriteit Persoonsgegevens 2018, z2016-11841)."""

    NONE = 0
    WERK = 1
    VEILIGHEID = 2
    WONEN = 3
    GEZONDHEID = 4
    RELATIES = 5
    FINANCIEN = 6
    TAAL = 7
    PARTICIPATIE = 8
    VERVOER = 9


class EntryKind(IntEnum):
    """What sort of contact or paper an entry tells of."""

    GESPREK = 1
    TELEFOON = 2
    HUISBEZOEK = 3
    BERICHT = 4
    BRIEF = 5
    BESLUIT = 6
    VERSLAG = 7
    OVERLEG = 8
    AFSPRAAK = 9
    NOTITIE = 10
    DAGBOEK = 11
    DOCUMENT = 12


class Audience(IntEnum):
    """Who may read a reaction."""

    ME = 1
    PROFESSIONAL = 2
    EVERYONE = 3


class AnnotationKind(IntEnum):
    """What a reaction is."""

    REACTIE = 1
    KLOPT_NIET = 2
    SNAP_NIET = 3
    UITLEG = 4
    ANTWOORD = 5
    VERKLARING = 6


class Wish(IntEnum):
    """What somebody who asks beside a text wants done with it."""

    ONJUIST = 1
    ONVOLLEDIG = 2
    NIET_NODIG = 3
    WEGHALEN = 4
    UITLEG = 5


SECTION_NAMES = {
    Section.HULPVRAAG: N_("Hulpvraag"),
    Section.VOORTGANG: N_("Hoe het gaat"),
    Section.ONDERZOEK: N_("Onderzoek"),
    Section.PLAN: N_("Plan van aanpak"),
    Section.EVALUATIE: N_("Bespreking"),
    Section.VEILIGHEID: N_("Veiligheid"),
    Section.INDICATIE: N_("Besluit over hulp"),
    Section.CORRESPONDENTIE: N_("Brieven en berichten"),
    Section.EIGEN: N_("Zelf geschreven"),
}


def titled(title: str) -> str:
    """What an entry is called on a page. Another program may give it no title, and a heading or a link needs words."""
    return title if title.strip() else _("Zonder titel")


def section_names(numbers: list[int]) -> list[str]:
    """The names of these sections, in the language of the page."""
    return [_(SECTION_NAMES[Section(number)]) for number in numbers]


LEEFDOMEIN_NAMES = {
    Leefdomein.WERK: N_("Werk of dagbesteding"),
    Leefdomein.VEILIGHEID: N_("Veiligheid"),
    Leefdomein.WONEN: N_("Wonen"),
    Leefdomein.GEZONDHEID: N_("Gezondheid en beperkingen"),
    Leefdomein.RELATIES: N_("Relaties"),
    Leefdomein.FINANCIEN: N_("Geld"),
    Leefdomein.TAAL: N_("Taal en internet"),
    Leefdomein.PARTICIPATIE: N_("Meedoen"),
    Leefdomein.VERVOER: N_("Vervoer"),
}
KIND_NAMES = {
    EntryKind.GESPREK: N_("Gesprek"),
    EntryKind.TELEFOON: N_("Telefoongesprek"),
    EntryKind.HUISBEZOEK: N_("Huisbezoek"),
    EntryKind.BERICHT: N_("Bericht"),
    EntryKind.BRIEF: N_("Brief"),
    EntryKind.BESLUIT: N_("Besluit"),
    EntryKind.VERSLAG: N_("Verslag"),
    EntryKind.OVERLEG: N_("Overleg"),
    EntryKind.AFSPRAAK: N_("Afspraak"),
    EntryKind.NOTITIE: N_("Notitie"),
    EntryKind.DAGBOEK: N_("Dagboek"),
    EntryKind.DOCUMENT: N_("Document"),
}
ANNOTATION_NAMES = {
    AnnotationKind.REACTIE: N_("Reactie"),
    AnnotationKind.KLOPT_NIET: N_("Dit klopt niet"),
    AnnotationKind.SNAP_NIET: N_("Ik snap dit niet"),
    AnnotationKind.UITLEG: N_("Uitleg"),
    AnnotationKind.ANTWOORD: N_("Antwoord"),
    AnnotationKind.VERKLARING: N_("Verklaring"),
}
AUDIENCE_NAMES = {
    Audience.ME: N_("Alleen ik"),
    Audience.PROFESSIONAL: N_("Ik en mijn hulpverleners"),
    Audience.EVERYONE: N_("Iedereen die deze notitie kan zien"),
}
WISH_NAMES = {
    Wish.ONJUIST: N_("Dit is fout"),
    Wish.ONVOLLEDIG: N_("Er ontbreekt iets"),
    Wish.NIET_NODIG: N_("Dit hoeft er niet in te staan"),
    Wish.WEGHALEN: N_("Dit moet weg"),
    Wish.UITLEG: N_("Leg het uit"),
}
OUTCOME_NAMES = {
    1: N_("Wij veranderden de tekst"),
    2: N_("Wij veranderden een deel van de tekst"),
    3: N_("Wij veranderden de tekst niet"),
}

_moment = DateTime(timezone=True)


def _part() -> list[Column[int]]:
    """What every row of a dossier carries, so that one policy serves all tables."""
    return [
        Column("dossier_id", Integer, nullable=False),
        Column("section", SmallInteger, nullable=False),
        Column("leefdomein", SmallInteger, nullable=False),
    ]


dossier = Table(
    "dossier",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("public_id", Uuid, nullable=False, server_default=text("gen_random_uuid()")),
    Column("inwoner_id", Integer, nullable=False),
    Column("team_id", Integer),
    Column("opened_on", Date, nullable=False),
    Column("closed_on", Date),
    schema="casus",
)
person = Table(
    "person",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("public_id", Uuid, nullable=False, server_default=text("gen_random_uuid()")),
    Column("first_name", Text, nullable=False),
    Column("infix", Text),
    Column("last_name", Text, nullable=False),
    Column("is_staff", Boolean, nullable=False, server_default=text("false")),
    schema="casus",
)
entry = Table(
    "entry",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("public_id", Uuid, nullable=False, server_default=text("gen_random_uuid()")),
    *_part(),
    Column("kind", SmallInteger, nullable=False),
    Column("occurred_at", _moment, nullable=False),
    Column("author_id", Integer),
    Column("author_name", Text, nullable=False),
    Column("placed_at", _moment, nullable=False, server_default=text("now()")),
    Column("discuss_until", _moment),
    Column("audience", SmallInteger, nullable=False, server_default=text("3")),
    schema="casus",
)
entry_version = Table(
    "entry_version",
    Base.metadata,
    Column("entry_id", Integer, primary_key=True),
    Column("number", SmallInteger, primary_key=True),
    *_part(),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("reason", Text),
    Column("author_id", Integer),
    Column("author_name", Text, nullable=False),
    Column("created_at", _moment, nullable=False, server_default=text("now()")),
    Column("written_for", SmallInteger, nullable=False, server_default=text("3")),
    schema="casus",
)
annotation = Table(
    "annotation",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("public_id", Uuid, nullable=False, server_default=text("gen_random_uuid()")),
    Column("entry_id", Integer, nullable=False),
    *_part(),
    Column("kind", SmallInteger, nullable=False, server_default=text("1")),
    Column("audience", SmallInteger, nullable=False),
    Column("author_id", Integer),
    Column("author_name", Text, nullable=False),
    Column("created_at", _moment, nullable=False, server_default=text("now()")),
    Column("withdrawn", Boolean, nullable=False, server_default=text("false")),
    Column("withdrawn_at", _moment),
    Column("outcome", SmallInteger, nullable=False, server_default=text("0")),
    Column("wish", SmallInteger),
    Column("answers_id", Integer),
    Column("extended_at", _moment),
    Column("extension", Text),
    Column("settled_at", _moment),
    schema="casus",
)
annotation_version = Table(
    "annotation_version",
    Base.metadata,
    Column("annotation_id", Integer, primary_key=True),
    Column("number", SmallInteger, primary_key=True),
    Column("entry_id", Integer, nullable=False),
    *_part(),
    Column("audience", SmallInteger, nullable=False),
    Column("withdrawn", Boolean, nullable=False, server_default=text("false")),
    Column("author_id", Integer),
    Column("body", Text, nullable=False),
    Column("quote", Text),
    Column("about_version", SmallInteger),
    Column("sentences", ARRAY(SmallInteger), nullable=False, server_default=text("'{}'")),
    Column("written_for", SmallInteger, nullable=False),
    Column("created_at", _moment, nullable=False, server_default=text("now()")),
    schema="casus",
)
read_log = Table(
    "read_log",
    Base.metadata,
    Column("id", BigInteger, primary_key=True),
    Column("at", _moment, nullable=False),
    Column("dossier_id", Integer, nullable=False),
    Column("entry_id", Integer),
    Column("what", Text, nullable=False),
    Column("shown", Integer, nullable=False),
    Column("reader_id", Integer),
    Column("reader_name", Text, nullable=False),
    Column("reader_role", Text, nullable=False),
    Column("ground", Text, nullable=False),
    Column("ground_detail", Text, nullable=False),
    Column("program", Text, nullable=False),
    schema="casus",
)
imported_read_line = Table(
    "imported_read_line",
    Base.metadata,
    Column("id", BigInteger, primary_key=True),
    Column("source", Text, nullable=False),
    Column("at", _moment, nullable=False),
    Column("dossier_id", Integer, nullable=False),
    Column("entry_id", Integer),
    Column("what", Text, nullable=False),
    Column("shown", Integer, nullable=False),
    Column("reader_name", Text, nullable=False),
    Column("reader_role", Text, nullable=False),
    Column("ground", Text, nullable=False),
    Column("ground_detail", Text, nullable=False),
    Column("program", Text, nullable=False),
    schema="casus",
)
