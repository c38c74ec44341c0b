-- What comes in from another system and what goes out to one. Making a copy of a dossier is a reading, in two steps like a program's (42_programs.sql):
-- first its line in the read log is written and committed, then casus_uitvoer sees the rows of that one dossier.

-- Imported lines: added by the operator, read by the owner, apart from our own log.
GRANT INSERT ON casus.imported_read_line, casus.imported_change_line, casus.entry_opening TO portaal_operator;
CREATE POLICY import ON casus.imported_read_line FOR INSERT TO portaal_operator WITH CHECK (true);
CREATE POLICY import ON casus.imported_change_line FOR INSERT TO portaal_operator WITH CHECK (true);
CREATE POLICY import ON casus.entry_opening FOR INSERT TO portaal_operator WITH CHECK (true);
GRANT SELECT ON casus.imported_read_line, casus.imported_change_line TO web_inwoner;
CREATE POLICY read ON casus.imported_read_line FOR SELECT TO web_inwoner USING (dossier_id = ANY ((SELECT acl.own_dossiers())::int[]));
CREATE POLICY read ON casus.imported_change_line FOR SELECT TO web_inwoner USING (dossier_id = ANY ((SELECT acl.own_dossiers())::int[]));

-- Writes that somebody is going to make a copy of a whole dossier, and gives the number of that line; NULL, and no line, for an unknown dossier.
-- RAISES 22023 when reader or ground is empty.
CREATE FUNCTION acl.open_export(dossier uuid, reader text, ground text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE line bigint;
BEGIN
    IF coalesce(trim(reader), '') = '' OR coalesce(trim(ground), '') = '' THEN
        RAISE EXCEPTION 'reader and ground are needed' USING ERRCODE = '22023';
    END IF;
    INSERT INTO casus.read_log (dossier_id, what, shown, reader_name, reader_role, ground, ground_detail)
        SELECT d.id, 'uitvoer', (SELECT count(*) FROM casus.entry e WHERE e.dossier_id = d.id AND NOT e.id = ANY (acl.taken_out(ARRAY[d.id]))), reader, 'beheer', 'uitvoer', ground
        FROM casus.dossier d WHERE d.public_id = dossier
        RETURNING id INTO line;
    RETURN line;
END $$;

-- The dossier of the line that casus.export names: one of this role, at most ten minutes old when the transaction began, and committed before it.
CREATE FUNCTION acl.export_dossier() RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT l.dossier_id FROM casus.read_log l
        WHERE l.id = nullif(current_setting('casus.export', true), '')::bigint AND l.what = 'uitvoer' AND l.program = session_user
          AND l.xid IS DISTINCT FROM pg_current_xact_id_if_assigned() AND l.at > now() - interval '10 minutes');
END $$;

-- Everybody with a part in that dossier. It reads as casus_uitvoer, so only rows of that dossier.
CREATE FUNCTION acl.export_persons() RETURNS int[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT array_agg(p.id) FROM (
        SELECT d.inwoner_id FROM casus.dossier d
        UNION SELECT t.staff_id FROM casus.assignment t
        UNION SELECT m.person_id FROM casus.mandate m
        -- An invitation into the plan is in no copy.
        UNION SELECT g.grantee_id FROM casus.access_grant g WHERE g.scope < 5
        UNION SELECT c.person_id FROM casus.closure c
        UNION SELECT o.person_id FROM casus.entry_opening o
        UNION SELECT e.author_id FROM casus.entry e
        UNION SELECT v.author_id FROM casus.entry_version v
        UNION SELECT a.author_id FROM casus.annotation a
        UNION SELECT h.id FROM (SELECT unnest(ARRAY[t.author_id, t.holder_id]) FROM casus.plan_text t UNION SELECT s.by_id FROM casus.plan_step s) h (id)
            WHERE NOT h.id = ANY (acl.export_household())
        UNION SELECT m.made_by FROM casus.plan_proposal m
        UNION SELECT r.recorded_by FROM casus.plan_decision r
        UNION SELECT g.given_by FROM casus.plan_copy_given g
        UNION SELECT unnest(ARRAY[r.author_id, r.seen_by]) FROM casus.plan_remark r
        UNION SELECT unnest(ARRAY[x.set_by, x.ended_by]) FROM casus.plan_pressure x
        UNION SELECT x.settled_by FROM casus.evaluation x
        UNION SELECT x.person_id FROM casus.evaluation_person x
        UNION SELECT x.author_id FROM casus.evaluation_look x
        UNION SELECT unnest(ARRAY[x.near_by, x.made_by, x.agreed_by]) FROM casus.ending x) p (id)
        WHERE p.id IS NOT NULL);
END $$;

GRANT USAGE ON SCHEMA casus, acl TO casus_uitvoer;
GRANT EXECUTE ON FUNCTION acl.open_export(uuid, text, text), acl.export_dossier(), acl.export_persons() TO casus_uitvoer;
GRANT SELECT ON casus.stadsdeel, casus.team, casus.person, casus.inwoner, casus.address, casus.staff, casus.dossier, casus.household_member,
    casus.assignment, casus.mandate, casus.entry, casus.entry_version, casus.entry_opening, casus.access_grant, casus.closure, casus.annotation,
    casus.annotation_version, casus.read_log, casus.change_log, casus.imported_read_line, casus.imported_change_line TO casus_uitvoer;
CREATE POLICY export ON casus.stadsdeel FOR SELECT TO casus_uitvoer USING ((SELECT acl.export_dossier()) IS NOT NULL);
CREATE POLICY export ON casus.team FOR SELECT TO casus_uitvoer USING ((SELECT acl.export_dossier()) IS NOT NULL);
CREATE POLICY export ON casus.person FOR SELECT TO casus_uitvoer USING (id = ANY ((SELECT acl.export_persons())::int[]));
CREATE POLICY export ON casus.inwoner FOR SELECT TO casus_uitvoer USING (person_id = (SELECT d.inwoner_id FROM casus.dossier d));
CREATE POLICY export ON casus.address FOR SELECT TO casus_uitvoer USING (person_id = (SELECT d.inwoner_id FROM casus.dossier d));
CREATE POLICY export ON casus.staff FOR SELECT TO casus_uitvoer USING (person_id = ANY ((SELECT acl.export_persons())::int[]));
CREATE POLICY export ON casus.dossier FOR SELECT TO casus_uitvoer USING (id = (SELECT acl.export_dossier()));
-- Entries and what hangs on them: 62_repair.sql.
DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['household_member', 'assignment', 'mandate', 'access_grant', 'read_log', 'change_log', 'imported_read_line',
        'imported_change_line']
    LOOP EXECUTE format('CREATE POLICY export ON casus.%I FOR SELECT TO casus_uitvoer USING (dossier_id = (SELECT acl.export_dossier()))', t); END LOOP;
END $$;
