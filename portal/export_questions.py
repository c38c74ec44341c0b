"""What a copy of a dossier asks of the case database (portal/exporting.py), in SQL: as casus_uitvoer, and as the inwoner."""

PERSONS = "SELECT p.id, p.public_id FROM casus.person p"
DOSSIER = """
SELECT d.public_id AS id, t.name AS team, d.opened_on, d.closed_on
FROM casus.dossier d LEFT JOIN casus.team t ON t.id = d.team_id
"""
INWONER = """
SELECT p.public_id AS id, p.first_name, p.infix, p.last_name, i.birth_date, i.bsn, i.phone, i.email, s.name AS stadsdeel, i.language,
    i.interpreter_needed, i.reachable, i.safe_contact
FROM casus.inwoner i JOIN casus.person p ON p.id = i.person_id LEFT JOIN casus.stadsdeel s ON s.id = i.stadsdeel_id
"""
ADDRESS = "SELECT street, postcode, protected FROM casus.address"
PROFESSIONALS = """
SELECT p.public_id AS id, p.first_name, p.infix, p.last_name, s.job_title, t.name AS team, s.role, s.joined_on, s.left_on
FROM casus.person p JOIN casus.staff s ON s.person_id = p.id LEFT JOIN casus.team t ON t.id = s.team_id
WHERE p.id <> (SELECT d.inwoner_id FROM casus.dossier d)
ORDER BY p.public_id
"""
NETWORK = """
SELECT p.public_id AS id, p.first_name, p.infix, p.last_name
FROM casus.person p
WHERE p.id <> (SELECT d.inwoner_id FROM casus.dossier d) AND NOT EXISTS (SELECT FROM casus.staff s WHERE s.person_id = p.id)
ORDER BY p.public_id
"""
ASSIGNMENTS = """
SELECT p.public_id AS professional, t.role_text AS role, t.responsible, t.valid_from, t.valid_until
FROM casus.assignment t JOIN casus.person p ON p.id = t.staff_id
ORDER BY t.id
"""
MANDATES = """
SELECT p.public_id AS person, m.ground, m.valid_from, m.valid_until, m.withdrawn_at, m.proof, m.proof_seen_on, m.scope, m.opens_log,
    m.opens_sharing FROM casus.mandate m JOIN casus.person p ON p.id = m.person_id ORDER BY m.id
"""
# A page of a diary that was thrown away has no text.
ENTRIES = """
SELECT e.id AS number, e.public_id AS id, e.kind, e.section, e.leefdomein, e.occurred_at, e.placed_at, e.discuss_until, e.audience,
    e.author_id AS author, e.author_name
FROM casus.entry e
WHERE EXISTS (SELECT FROM casus.entry_version v WHERE v.entry_id = e.id)
ORDER BY e.occurred_at, e.id
"""
ENTRY_VERSIONS = """
SELECT v.entry_id AS below, v.number, v.title, v.body, v.reason, v.author_id AS author, v.author_name, v.created_at, v.written_for
FROM casus.entry_version v
WHERE v.entry_id = ANY (:numbers)
ORDER BY v.entry_id, v.number
"""
DOCUMENTS = """
SELECT entry_id AS below, kind, size AS bytes, encode(sha256, 'hex') AS sha256 FROM casus.document WHERE entry_id = ANY (:numbers)
"""
OPENINGS = """
SELECT o.entry_id AS below, o.person_id AS person, o.opened_at AS at
FROM casus.entry_opening o
WHERE o.entry_id = ANY (:numbers)
"""
CLOSURES = """
SELECT c.entry_id AS below, c.person_id AS person, c.except_responsible, c.reason, c.from_at, c.ended_at, c.ground, c.review_on, c.told_from
FROM casus.closure c
WHERE c.entry_id = ANY (:numbers)
ORDER BY c.id
"""
ANNOTATIONS = """
SELECT a.entry_id AS below, a.id AS number, a.public_id AS id, a.kind, a.audience, a.author_id AS author, a.author_name, a.created_at,
    a.withdrawn_at, a.outcome, a.wish, q.public_id AS answers, a.extended_at, a.extension, a.settled_at
FROM casus.annotation a LEFT JOIN casus.annotation q ON q.id = a.answers_id
WHERE a.entry_id = ANY (:numbers)
ORDER BY a.entry_id, a.created_at, a.id
"""
ANNOTATION_VERSIONS = """
SELECT v.annotation_id AS below, v.number, v.body, v.quote, v.about_version, v.sentences, v.written_for, v.created_at
FROM casus.annotation_version v
WHERE v.annotation_id = ANY (:numbers)
ORDER BY v.annotation_id, v.number
"""
GRANTS = """
SELECT g.public_id AS id, p.public_id AS grantee, g.scope, g.section, g.leefdomein, e.public_id AS entry, g.valid_from, g.valid_until,
    g.withdrawn_at, g.ground, g.relation, g.confirmed_at, coalesce(g.imported_from, :source) AS source
FROM casus.access_grant g JOIN casus.person p ON p.id = g.grantee_id LEFT JOIN casus.entry e ON e.id = g.entry_id
WHERE g.scope < 5 AND (g.entry_id IS NULL OR e.id IS NOT NULL)
ORDER BY g.id
"""
# Lines about copies are left out: else no two copies of the same dossier would be the same.
READ_LINES = """
SELECT l.at, e.public_id AS entry, l.what, l.shown,
    ARRAY(SELECT x.public_id FROM unnest(l.shown_entries) WITH ORDINALITY one (id, place) JOIN casus.entry x ON x.id = one.id
        ORDER BY one.place) AS shown_entries,
    l.reader_name, l.reader_role, l.ground, l.ground_detail, l.program, l.source
FROM (
    SELECT 1 AS own, r.id, r.at, r.entry_id, r.what, r.shown, r.shown_entries, r.reader_name, r.reader_role, r.ground, r.ground_detail,
        r.program, :source AS source
    FROM casus.read_log r WHERE r.what <> 'uitvoer'
    UNION ALL
    SELECT 0, i.id, i.at, i.entry_id, i.what, i.shown, i.shown_entries, i.reader_name, i.reader_role, i.ground, i.ground_detail,
        i.program, i.source
    FROM casus.imported_read_line i) l
LEFT JOIN casus.entry e ON e.id = l.entry_id
ORDER BY l.at, l.own, l.id
"""
CHANGES = """
SELECT l.at, e.public_id AS entry, l.event, l.person_name, l.person_role, l.program, l.source
FROM (
    SELECT 1 AS own, c.id, c.at, c.entry_id, c.event, c.person_name, c.person_role, c.program, :source AS source FROM casus.change_log c
    UNION ALL
    SELECT 0, i.id, i.at, i.entry_id, i.event, i.person_name, i.person_role, i.program, i.source FROM casus.imported_change_line i) l
LEFT JOIN casus.entry e ON e.id = l.entry_id
ORDER BY l.at, l.own, l.id
"""

_HERE = "(SELECT d.id FROM casus.dossier d)"
_PEOPLE = f"acl.taken_people({_HERE})"
_FOR_OWNER = (
    ("casus.person p JOIN casus.staff s ON s.person_id = p.id", f"{_PEOPLE} p JOIN {_PEOPLE} s ON s.id = p.id AND s.role IS NOT NULL"),
    ("casus.person p", f"{_PEOPLE} p"),
    ("casus.entry_opening o", f"acl.taken_openings({_HERE}) o"),
    ("casus.closure c", f"acl.taken_closures({_HERE}) c"),
    # Why something was closed for somebody are the words of a team, when it came from elsewhere.
    ("c.reason", "'' AS reason"),
    # Of what is withheld nothing is in the own copy.
    (", c.ground, c.review_on, c.told_from", ""),
)


def _for_owner(query: str) -> str:
    for table, function in _FOR_OWNER:
        query = query.replace(table, function)
    return query


OWN = {query: _for_owner(query) for query in (PERSONS, PROFESSIONALS, NETWORK, ASSIGNMENTS, MANDATES, OPENINGS, CLOSURES, GRANTS)}
"""What the inwoner asks instead: the tables give that role less, and these functions the rest (migrations/rls/63_taking.sql)."""
