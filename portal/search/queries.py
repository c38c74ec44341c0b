"""Finding words in a dossier. It runs as who asks, so PostgreSQL gives nothing that may not be read: not in number, order or snippet.

Looked through are the newest text of each entry, its title, and of each reaction that isn't withdrawn, by the Dutch of PostgreSQL.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

SIZE = 20
# Of a snippet, from the first hit on and before it.
CHARACTERS, CHARACTERS_BEFORE = 200, 60
# A stem of so many letters also finds longer words that begin with it: "schuld" finds "schuldhulp".
LEAST_BEGINNING = 4
# Dutch writes brief and brieven, huis and huizen: the stemmer leaves the difference.
_SOFTER = {"f": "v", "v": "f", "s": "z", "z": "s"}
# What marks a hit, and what stands in for < and >, because PostgreSQL leaves out what looks like a tag. Forms and imports refuse these.
_BEGIN, _END, _LESS, _MORE = "\x02", "\x03", "\x04", "\x05"


@dataclass(frozen=True)
class Piece:
    """A stretch of a snippet, as it was typed, and whether it is what was looked for."""

    text: str
    hit: bool


@dataclass(frozen=True)
class Hit:
    """An entry in which the words stand: in its title or text, or in a reaction beside it (``reaction``, else empty)."""

    id: int
    public_id: UUID
    kind: int
    occurred_at: datetime
    author_name: str
    title: list[Piece]
    body: list[Piece]
    reaction: list[Piece]


@dataclass(frozen=True)
class Found:
    """At most SIZE hits, newest first; ``more``: the entry to go on from, or None at the end."""

    hits: list[Hit]
    more: UUID | None


def find(session: Session, dossier_id: int, words: str, *, after: UUID | None = None) -> Found:
    """The entries of this dossier in which all the words stand, in any form. Words that say nothing, such as "de", find nothing."""
    stems = session.execute(text("SELECT tsvector_to_array(to_tsvector('pg_catalog.dutch', :words))"), {"words": words}).scalar_one()
    if not stems:
        return Found([], None)
    marks = str.maketrans({_LESS: "<", _MORE: ">"})
    values = {"dossier": dossier_id, "query": query_of(stems), "size": SIZE + 1, "after": after}
    rows = session.execute(_FIND, {**values, **_SNIPPETS}).all()
    hits = []
    for row in rows[:SIZE]:
        title, body, reaction = (pieces_of((marked or "").translate(marks)) for marked in row[5:])
        about = (row.id, row.public_id, row.kind, row.occurred_at, row.author_name)
        hits.append(Hit(*about, title, around_first_hit(body), around_first_hit(reaction)))
    return Found(hits, hits[-1].public_id if len(rows) > SIZE else None)


def query_of(stems: list[str]) -> str:
    """What PostgreSQL looks for: every stem, or the other spelling of it, and longer words that begin with it."""
    return " & ".join(f"({' | '.join(_lexeme(each) for each in _spellings(stem))})" for stem in stems)


def _spellings(stem: str) -> list[str]:
    found = [stem]
    if stem[-1] in _SOFTER and len(stem) > 2:
        found.append(stem[:-1] + _SOFTER[stem[-1]])
    # vakanties, foto's: the stemmer leaves an s behind a vowel.
    if len(stem) > LEAST_BEGINNING and stem[-1] == "s" and stem[-2] in "aeiouy":
        found.append(stem[:-1])
    return found


def _lexeme(stem: str) -> str:
    quoted = stem.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}'{':*' if len(stem) >= LEAST_BEGINNING else ''}"


def pieces_of(snippet: str) -> list[Piece]:
    """The snippet without its marks, cut where they stood."""
    before, *marked = snippet.split(_BEGIN)
    found = [Piece(before, False)]
    for part in marked:
        hit, _, rest = part.partition(_END)
        found += [Piece(hit, True), Piece(rest, False)]
    return [piece for piece in found if piece.text]


def around_first_hit(pieces: list[Piece]) -> list[Piece]:
    """A stretch of a text: a little before the first hit, and some more from there on (without one: its beginning)."""
    first = next((place for place, piece in enumerate(pieces) if piece.hit), 0)
    before = "".join(piece.text for piece in pieces[:first])
    if len(before) > CHARACTERS_BEFORE:
        before = "… " + before[-CHARACTERS_BEFORE:].partition(" ")[2]
    found, left = [Piece(before, False)] if before else [], CHARACTERS
    for piece in pieces[first:]:
        if len(piece.text) > left:
            found.append(Piece(f"{piece.text[:left].rpartition(' ')[0]} …", False))
            break
        found.append(piece)
        left -= len(piece.text)
    return found


_SNIPPETS = {
    "whole": f"StartSel={_BEGIN}, StopSel={_END}, HighlightAll=true",
    "shown": f"<>{_BEGIN}{_END}",
    "hidden": f"{_LESS}{_MORE}",
}

# First which entries, then, for those of this page alone, the snippets: making one costs more than finding it.
_FIND: Any = text(
    """
    WITH asked AS MATERIALIZED (SELECT CAST(:query AS tsquery) AS query),
    texts AS (
        SELECT v.entry_id FROM casus.entry_version v
        WHERE v.dossier_id = :dossier AND v.found_by @@ (SELECT query FROM asked)
          AND NOT EXISTS (SELECT FROM casus.entry_version n WHERE n.entry_id = v.entry_id AND n.number > v.number)),
    reactions AS (
        SELECT r.entry_id, r.annotation_id, r.number FROM casus.annotation_version r
        WHERE r.dossier_id = :dossier AND NOT r.withdrawn AND r.found_by @@ (SELECT query FROM asked)
          AND NOT EXISTS (SELECT FROM casus.annotation_version n WHERE n.annotation_id = r.annotation_id AND n.number > r.number)),
    page AS (
        SELECT e.id, e.public_id, e.kind, e.occurred_at, e.author_name FROM casus.entry e
        WHERE e.dossier_id = :dossier AND (e.id IN (SELECT entry_id FROM texts) OR e.id IN (SELECT entry_id FROM reactions))
          AND (CAST(:after AS uuid) IS NULL OR (e.occurred_at, e.id) < (
            SELECT a.occurred_at, a.id FROM casus.entry a WHERE a.public_id = CAST(:after AS uuid) AND a.dossier_id = :dossier))
        ORDER BY e.occurred_at DESC, e.id DESC LIMIT :size)
    SELECT page.*,
        ts_headline('pg_catalog.dutch', translate(newest.title, :shown, :hidden), asked.query, :whole),
        ts_headline('pg_catalog.dutch', translate(newest.body, :shown, :hidden), asked.query, :whole),
        (SELECT ts_headline('pg_catalog.dutch', translate(r.body, :shown, :hidden), asked.query, :whole) FROM casus.annotation_version r
         WHERE (r.annotation_id, r.number) IN (SELECT x.annotation_id, x.number FROM reactions x WHERE x.entry_id = page.id)
         ORDER BY r.created_at DESC LIMIT 1)
    FROM page CROSS JOIN asked CROSS JOIN LATERAL (
        SELECT v.title, v.body FROM casus.entry_version v WHERE v.entry_id = page.id ORDER BY v.number DESC LIMIT 1) newest
    ORDER BY page.occurred_at DESC, page.id DESC
    """
)
