-- Questions that rows alone can't answer, each checking the actor itself.

-- What the owner is told about entries that are not shown: that it is there, since when, why, and until when. Never its words.
CREATE FUNCTION acl.notices(for_dossier int)
RETURNS TABLE (public_id uuid, occurred_at timestamptz, reason text, explanation text, opens_at timestamptz, ground smallint, review_on date,
    told_late boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE gone int[] := acl.taken_out(ARRAY[for_dossier]);
BEGIN
    IF NOT for_dossier = ANY (acl.owned_dossiers()) THEN RETURN; END IF;
    RETURN QUERY
        SELECT e.public_id, e.occurred_at, 'afgeschermd', c.reason, c.ended_at, c.ground, c.review_on, c.told_from IS NOT NULL
        FROM casus.closure c JOIN casus.entry e ON e.id = c.entry_id
        WHERE c.dossier_id = for_dossier AND c.person_id IS NULL AND NOT c.except_responsible AND NOT e.id = ANY (gone)
          AND c.from_at <= now() AND (c.ended_at IS NULL OR c.ended_at > now())
          AND (c.told_from IS NULL OR c.told_from <= now())
        UNION ALL
        SELECT e.public_id, e.occurred_at, 'bespreken', '', e.discuss_until, NULL, NULL, false
        FROM casus.entry e
        WHERE e.dossier_id = for_dossier AND e.discuss_until > now() AND NOT e.id = ANY (gone)
          AND NOT EXISTS (SELECT FROM casus.entry_opening o WHERE o.entry_id = e.id)
          AND NOT EXISTS (SELECT FROM casus.closure c WHERE c.entry_id = e.id AND c.person_id IS NULL AND NOT c.except_responsible
                          AND c.from_at <= now() AND (c.ended_at IS NULL OR c.ended_at > now()))
        ORDER BY 2 DESC;
END $$;

-- "I want to read it now": the inwoner opens an entry that was to be talked over first. Gives whether there was one.
CREATE FUNCTION acl.open_now(of_dossier int, entry_public_id uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT of_dossier = ANY (acl.owned_dossiers()) THEN RETURN false; END IF;
    INSERT INTO casus.entry_opening (entry_id, dossier_id, person_id)
        SELECT e.id, e.dossier_id, acl.person_id() FROM casus.entry e
        WHERE e.public_id = entry_public_id AND e.dossier_id = of_dossier AND e.discuss_until > now()
          AND NOT e.id = ANY (acl.taken_out(ARRAY[of_dossier]))
        ON CONFLICT DO NOTHING;
    RETURN FOUND;
END $$;

-- Whoever can read this entry today, each once for each relation. Checks no actor: run by no login role.
-- relation: 'inwoner', 'vertegenwoordiger', 'professional', 'waarnemer', 'naaste'; place: their order.
-- Without closings it says who may by what they are here, whatever the inwoner closed: for who may not know that.
CREATE FUNCTION acl.readers_of(e casus.entry, with_closings boolean)
RETURNS TABLE (person_id int, relation text, detail text, until date, place int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    -- From everybody outside the team.
    withheld boolean := acl.is_withheld(e)
        OR EXISTS (SELECT FROM casus.pause q WHERE q.dossier_id = e.dossier_id AND q.ended_at IS NULL);
BEGIN
    RETURN QUERY
    WITH readers AS (
        SELECT d.inwoner_id AS person_id, 'inwoner' AS relation, '' AS detail, NULL::date AS until, 1 AS place
        FROM casus.dossier d WHERE d.id = e.dossier_id AND NOT withheld
        UNION ALL
        SELECT m.person_id, 'vertegenwoordiger', m.ground, m.valid_until, 2
        FROM casus.mandate m WHERE m.dossier_id = e.dossier_id AND NOT withheld AND e.kind <> 11 AND m.withdrawn_at IS NULL
          AND m.valid_from <= acl.today() AND (m.valid_until IS NULL OR m.valid_until >= acl.today())
        UNION ALL
        SELECT t.staff_id, 'professional', t.role_text, t.valid_until, 3
        FROM casus.assignment t JOIN casus.staff s ON s.person_id = t.staff_id
        WHERE t.dossier_id = e.dossier_id AND s.role IN ('professional', 'teamleider')
          AND s.joined_on <= acl.today() AND (s.left_on IS NULL OR s.left_on > acl.today())
          AND t.valid_from <= acl.today() AND (t.valid_until IS NULL OR t.valid_until >= acl.today())
        UNION ALL
        SELECT b.substitute_id, 'waarnemer', acl.full_name(b.staff_id), b.until_date, 4
        FROM casus.absence b JOIN casus.assignment t ON t.staff_id = b.staff_id JOIN casus.staff s ON s.person_id = b.staff_id
            JOIN casus.staff w ON w.person_id = b.substitute_id
        WHERE t.dossier_id = e.dossier_id AND b.from_date <= acl.today() AND b.until_date >= acl.today()
          AND (s.left_on IS NULL OR s.left_on > acl.today())
          AND w.role IN ('professional', 'teamleider') AND w.joined_on <= acl.today() AND (w.left_on IS NULL OR w.left_on > acl.today())
          AND t.valid_from <= acl.today() AND (t.valid_until IS NULL OR t.valid_until >= acl.today())
        UNION ALL
        SELECT g.grantee_id, 'naaste', '', g.valid_until, 5
        FROM casus.access_grant g WHERE g.dossier_id = e.dossier_id AND NOT withheld AND g.withdrawn_at IS NULL
          AND g.valid_from <= acl.today() AND (g.valid_until IS NULL OR g.valid_until >= acl.today())
          AND (g.scope = 1 OR g.section = e.section OR g.leefdomein = e.leefdomein OR g.entry_id = e.id)
    )
    SELECT r.person_id, r.relation, r.detail, CASE WHEN bool_and(r.until IS NOT NULL) THEN max(r.until) END, r.place
    FROM readers r
    WHERE (r.person_id = e.author_id OR NOT with_closings OR NOT EXISTS (
        SELECT FROM casus.closure c
        WHERE c.entry_id = e.id AND c.from_at <= now() AND (c.ended_at IS NULL OR c.ended_at > now())
          AND (c.person_id = r.person_id OR (c.except_responsible AND NOT acl.reads_what_is_kept(
            CASE WHEN r.relation = 'waarnemer' THEN 'professional' ELSE r.relation END, r.person_id, e.dossier_id, e.kind = 11)))))
      AND (e.audience = 3 OR r.person_id = e.author_id OR (e.audience = 2 AND r.relation <> 'naaste'))
    GROUP BY r.place, r.person_id, r.relation, r.detail;
END $$;

-- Whether the team withholds it now, or wants to talk it over first.
CREATE FUNCTION acl.is_withheld(e casus.entry) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN coalesce(EXISTS (SELECT FROM casus.closure c WHERE c.entry_id = e.id AND c.person_id IS NULL AND NOT c.except_responsible
            AND c.from_at <= now() AND (c.ended_at IS NULL OR c.ended_at > now()))
        OR (e.discuss_until > now() AND NOT EXISTS (SELECT FROM casus.entry_opening o WHERE o.entry_id = e.id)), false);
END $$;

-- Who can read this entry today, for the owner and for who works in the dossier, if they can read it themselves; programs too ('programma'). What the
-- inwoner closed is told to the inwoner alone: a name that is missing tells it to all others.
CREATE FUNCTION acl.who_can_read(for_entry int)
RETURNS TABLE (name text, relation text, detail text, until date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    e casus.entry%ROWTYPE;
    own boolean;
BEGIN
    SELECT * INTO e FROM casus.entry x WHERE x.id = for_entry AND x.dossier_id = ANY (acl.core_dossiers())
        AND NOT x.id = ANY (acl.closed_entries());
    IF NOT FOUND THEN RETURN; END IF;
    own := e.dossier_id = ANY (acl.own_dossiers());
    RETURN QUERY
    SELECT acl.full_name(r.person_id), r.relation, r.detail, r.until FROM (SELECT x.* FROM acl.readers_of(e, own) x ORDER BY x.place, x.person_id) r
    UNION ALL
    SELECT p.name, 'programma', p.purpose, least(p.ended_on, (SELECT max(c.valid_until) FROM acl.open_consents(d.id, p.role_name) c))
    FROM casus.program p JOIN casus.dossier d ON d.id = e.dossier_id
    WHERE NOT acl.is_withheld(e) AND e.audience = 3 AND e.section = ANY (acl.program_sections(p, d))
      -- What is closed for anybody is never given to a program (acl.program_entries).
      AND NOT (own AND EXISTS (SELECT FROM casus.closure c WHERE c.entry_id = e.id AND c.from_at <= now() AND (c.ended_at IS NULL OR c.ended_at > now())));
END $$;

-- A professional's caseload: dossiers, as what, and the day of the last entry. No words of the entries.
CREATE FUNCTION acl.caseload()
RETURNS TABLE (dossier_id int, relation text, detail text, last_activity timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE closed int[] := acl.closed_entries();
BEGIN
    RETURN QUERY
    SELECT d.id, r.relation, r.detail,
        (SELECT max(e.occurred_at) FROM casus.entry e WHERE e.dossier_id = d.id AND NOT e.id = ANY (closed))
    FROM casus.dossier d CROSS JOIN LATERAL acl.relation(d.id) r
    WHERE d.id = ANY (acl.treated_dossiers());
END $$;

GRANT EXECUTE ON FUNCTION acl.notices(int), acl.open_now(int, uuid) TO web_inwoner;
GRANT EXECUTE ON FUNCTION acl.who_can_read(int) TO web_inwoner, web_team;
GRANT EXECUTE ON FUNCTION acl.caseload() TO web_team;
GRANT INSERT ON casus.entry_opening TO casus_acl;
CREATE POLICY opens ON casus.entry_opening FOR INSERT TO casus_acl WITH CHECK (true);
GRANT SELECT ON casus.program TO casus_acl;
CREATE POLICY definer ON casus.program FOR SELECT TO casus_acl USING (true);
