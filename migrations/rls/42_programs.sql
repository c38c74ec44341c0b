-- The door for other programs: functions only, no SELECT on any table. Each answer first writes who read, for whom, on which ground.

GRANT USAGE ON SCHEMA casus_api TO casus_program;

CREATE FUNCTION casus_api.version() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT '1' $$;

-- Entries (newest version) of one dossier that this program may read, for the person named as reader. No row when the dossier is unknown or outside
-- the program's scope. Closed, withheld and not yet talked over entries are never given. RAISES 22023 when reader or ground is empty.
CREATE FUNCTION casus_api.entries(dossier uuid, reader text, ground text)
RETURNS TABLE (entry uuid, section smallint, leefdomein smallint, kind smallint, occurred_at timestamptz, author text, version smallint, title text, body text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE p casus.program%ROWTYPE; d casus.dossier%ROWTYPE; ids int[];
BEGIN
    IF coalesce(trim(reader), '') = '' OR coalesce(trim(ground), '') = '' THEN
        RAISE EXCEPTION 'reader and ground are needed' USING ERRCODE = '22023';
    END IF;
    SELECT * INTO p FROM casus.program x WHERE x.role_name = session_user AND (x.ended_on IS NULL OR x.ended_on > acl.today());
    IF NOT FOUND THEN RETURN; END IF;
    SELECT * INTO d FROM casus.dossier x WHERE x.public_id = dossier AND x.team_id = ANY (p.team_ids);
    IF NOT FOUND THEN RETURN; END IF;
    ids := coalesce((SELECT array_agg(e.id ORDER BY e.id) FROM casus.entry e
        WHERE e.dossier_id = d.id AND e.section = ANY (p.sections) AND e.audience = 3
          AND NOT EXISTS (SELECT FROM casus.closure c WHERE c.entry_id = e.id AND c.from_at <= now() AND (c.ended_at IS NULL OR c.ended_at > now()))
          AND (e.discuss_until IS NULL OR e.discuss_until <= now() OR EXISTS (SELECT FROM casus.entry_opening o WHERE o.entry_id = e.id))), '{}');
    INSERT INTO casus.read_log (dossier_id, what, shown, shown_entries, reader_name, reader_role, ground, ground_detail)
        VALUES (d.id, 'programma', cardinality(ids), ids, reader, p.name, 'programma', ground);
    RETURN QUERY
        SELECT e.public_id, e.section, e.leefdomein, e.kind, e.occurred_at, v.author_name, v.number, v.title, v.body
        FROM casus.entry e
        CROSS JOIN LATERAL (SELECT x.* FROM casus.entry_version x WHERE x.entry_id = e.id ORDER BY x.number DESC LIMIT 1) v
        WHERE e.id = ANY (ids) ORDER BY e.occurred_at, e.id;
END $$;

GRANT EXECUTE ON FUNCTION casus_api.version(), casus_api.entries(uuid, text, text) TO casus_program;
GRANT SELECT ON casus.entry_version TO casus_acl;
GRANT INSERT ON casus.read_log TO casus_acl;
CREATE POLICY definer ON casus.entry_version FOR SELECT TO casus_acl USING (true);
