-- The door for other programs: functions only, no SELECT on any table. A program first has its line in the read log written, which says who reads, for
-- whom and on which ground, and commits it; only then is it given rows. So a program that rolls back was given nothing.

GRANT USAGE ON SCHEMA casus_api TO casus_program;

CREATE FUNCTION casus_api.version() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT '2' $$;

-- Whether a program has not ended, and this dossier is of one of its teams.
CREATE FUNCTION acl.in_scope(p casus.program, d casus.dossier) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN coalesce(d.team_id = ANY (p.team_ids) AND (p.ended_on IS NULL OR p.ended_on > acl.today()), false); END $$;

-- The consents to a program that hold today. A dossier out of sight is read on none, as by nobody else whom the inwoner let in (acl.grants_to).
CREATE FUNCTION acl.open_consents(in_dossier int, of_program text) RETURNS SETOF casus.program_consent
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT c.* FROM casus.program_consent c
        WHERE c.dossier_id = in_dossier AND c.role_name = of_program AND c.withdrawn_at IS NULL AND c.valid_until >= acl.today()
          AND NOT EXISTS (SELECT FROM casus.pause q WHERE q.dossier_id = c.dossier_id AND q.ended_at IS NULL);
END $$;

-- The sections of a dossier that a program may read today; NULL for none: out of its scope, or it needs a consent that isn't there.
CREATE FUNCTION acl.program_sections(p casus.program, d casus.dossier) RETURNS smallint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT acl.in_scope(p, d) THEN RETURN NULL; END IF;
    IF p.ground = 'wet' THEN RETURN p.sections; END IF;
    RETURN (
        SELECT array_agg(DISTINCT s) FROM acl.open_consents(d.id, p.role_name) c CROSS JOIN LATERAL unnest(c.sections) s WHERE s = ANY (p.sections));
END $$;

-- The entries of one dossier that the program now signed in may read, as ids; NULL when the dossier is unknown, outside the program's scope, or without
-- the consent that the program needs. Closed, withheld and not yet talked over entries are never among them.
CREATE FUNCTION acl.program_entries(of_dossier int) RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (
        SELECT coalesce((SELECT array_agg(e.id ORDER BY e.id) FROM casus.entry e
            WHERE e.dossier_id = d.id AND e.section = ANY (given.sections) AND e.audience = 3 AND NOT e.id = ANY (acl.taken_out(ARRAY[d.id]))
              AND NOT EXISTS (SELECT FROM casus.closure c WHERE c.entry_id = e.id AND c.from_at <= now() AND (c.ended_at IS NULL OR c.ended_at > now()))
              AND (e.discuss_until IS NULL OR e.discuss_until <= now() OR EXISTS (SELECT FROM casus.entry_opening o WHERE o.entry_id = e.id))), '{}')
        FROM casus.program p JOIN casus.dossier d ON d.id = of_dossier CROSS JOIN LATERAL acl.program_sections(p, d) given (sections)
        WHERE p.role_name = session_user AND given.sections IS NOT NULL
    );
END $$;

-- Writes that the person named as reader is going to read what this program may read of one dossier, and gives the number of that line. NULL, and no line,
-- when the dossier is unknown, outside the program's scope, or without the consent that the program needs. RAISES 22023 when reader or ground is empty.
CREATE FUNCTION casus_api.open_reading(dossier uuid, reader text, ground text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE line bigint;
BEGIN
    IF coalesce(trim(reader), '') = '' OR coalesce(trim(ground), '') = '' THEN
        RAISE EXCEPTION 'reader and ground are needed' USING ERRCODE = '22023';
    END IF;
    INSERT INTO casus.read_log (dossier_id, what, shown, shown_entries, reader_name, reader_role, ground, ground_detail)
        SELECT d.id, 'programma', cardinality(given.ids), given.ids, reader, p.name, 'programma', open_reading.ground
        FROM casus.dossier d CROSS JOIN LATERAL acl.program_entries(d.id) given (ids) JOIN casus.program p ON p.role_name = session_user
        WHERE d.public_id = dossier AND given.ids IS NOT NULL
        RETURNING id INTO line;
    RETURN line;
END $$;

-- Entries (newest version) of a reading that this program opened less than ten minutes ago and committed; what was closed since is left out. No row for a
-- reading of this same transaction: it could still be rolled back.
CREATE FUNCTION casus_api.entries(reading bigint)
RETURNS TABLE (entry uuid, section smallint, leefdomein smallint, kind smallint, occurred_at timestamptz, author text, version smallint, title text, body text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE logged int[]; allowed int[];
BEGIN
    SELECT l.shown_entries, acl.program_entries(l.dossier_id) INTO logged, allowed FROM casus.read_log l
        WHERE l.id = reading AND l.program = session_user AND l.xid IS DISTINCT FROM pg_current_xact_id_if_assigned()
          AND l.at > clock_timestamp() - interval '10 minutes';
    RETURN QUERY
        SELECT e.public_id, e.section, e.leefdomein, e.kind, e.occurred_at, v.author_name, v.number, v.title, v.body
        FROM casus.entry e
        CROSS JOIN LATERAL (SELECT x.* FROM casus.entry_version x WHERE x.entry_id = e.id ORDER BY x.number DESC LIMIT 1) v
        WHERE e.id = ANY (logged) AND e.id = ANY (allowed) ORDER BY e.occurred_at, e.id;
END $$;

-- Dossiers of which the inwoner ended or changed a consent to this program after that moment, and wanted it told; each with the day. Never why, and not
-- while the dossier is out of sight.
CREATE FUNCTION casus_api.ended_consents(since timestamptz) RETURNS TABLE (dossier uuid, on_day date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
        SELECT d.public_id, max((c.withdrawn_at AT TIME ZONE 'Europe/Amsterdam')::date)
        FROM casus.program_consent c JOIN casus.dossier d ON d.id = c.dossier_id JOIN casus.program p ON p.role_name = c.role_name
        WHERE p.role_name = session_user AND (p.ended_on IS NULL OR p.ended_on > acl.today()) AND c.tell AND c.withdrawn_at > since
          AND NOT EXISTS (SELECT FROM casus.pause q WHERE q.dossier_id = d.id AND q.ended_at IS NULL)
        GROUP BY d.public_id ORDER BY 2, 1;
END $$;

GRANT EXECUTE ON FUNCTION casus_api.version(), casus_api.open_reading(uuid, text, text), casus_api.entries(bigint),
    casus_api.ended_consents(timestamptz) TO casus_program;
GRANT SELECT ON casus.entry_version TO casus_acl;
GRANT INSERT ON casus.read_log TO casus_acl;
CREATE POLICY definer ON casus.entry_version FOR SELECT TO casus_acl USING (true);
