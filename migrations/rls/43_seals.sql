-- The read log is sealed each minute. Every seal covers the lines of all transactions below the oldest one still running, so that a line that
-- commits late falls into a later seal and never outside one. Seals form a chain; `portal verify-log` recomputes it outside the database.

-- The text of one line, the same as portal.audit.line_text in Python: fields joined by a unit separator. What people and programs typed is quoted as
-- in JSON, so that no separator typed there can move a word from one field to the next.
CREATE FUNCTION acl.line_text(l casus.read_log) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT concat_ws(E'\x1f', l.id, to_char(l.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), l.xid, l.dossier_id, coalesce(l.entry_id, 0), l.what, l.shown,
        array_to_string(l.shown_entries, ','), coalesce(l.reader_id, 0), to_json(l.reader_name), to_json(l.reader_role), coalesce(l.on_behalf_of, 0),
        to_json(l.ground), to_json(l.ground_detail), to_json(l.program), coalesce(l.session_id::text, ''))
$$;

-- Seals what is safe to seal: all lines below the oldest transaction still running. Gives the number of lines.
CREATE FUNCTION acl.seal_read_log() RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF acl.kind() <> 'job' THEN RAISE EXCEPTION 'only the sealing job seals' USING ERRCODE = '42501'; END IF;
    RETURN acl.add_seal(pg_snapshot_xmin(pg_current_snapshot()), false);
END $$;

-- Seals the lines that stand in no seal, from the horizon of the seal before up to a new horizon. After a restore the numbers of transactions may
-- begin anew, so then (anew) there is no upper bound, and a seal is made even of no lines: from it on the count goes from the new horizon. Nobody
-- else is connected then, so a line that this statement doesn't see is of a transaction that is not below the new horizon, and a later seal has it.
-- One at a time (the advisory lock). No role may run this by itself; portal/backup.py does after a restore, as the superuser.
CREATE FUNCTION acl.add_seal(new_horizon xid8, anew boolean) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    last casus.read_seal%ROWTYPE;
    beyond xid8 := CASE WHEN anew THEN '18446744073709551615' ELSE new_horizon END;
    lines int;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('acl.seal_read_log'));
    SELECT * INTO last FROM casus.read_seal s ORDER BY s.id DESC LIMIT 1;
    last.id := coalesce(last.id, 0);
    WITH fresh AS (
        SELECT l.id, row_number() OVER (ORDER BY l.xid, l.id) AS position, sha256(convert_to(acl.line_text(l), 'UTF8')) AS row_hash
        FROM casus.read_log l
        WHERE l.xid >= coalesce(last.horizon, '0') AND l.xid < beyond AND NOT EXISTS (SELECT FROM casus.read_seal_row r WHERE r.log_id = l.id)
    ), summary AS (
        SELECT count(*)::int AS row_count, sha256(coalesce(string_agg(f.row_hash, '' ORDER BY f.position), '')) AS rows_hash FROM fresh f
    ), seal AS (
        INSERT INTO casus.read_seal (id, sealed_at, horizon, row_count, rows_hash, previous_hash, hash)
        SELECT last.id + 1, now(), new_horizon, s.row_count, s.rows_hash, coalesce(last.hash, ''), sha256(coalesce(last.hash, '')
            || convert_to(concat_ws('|', last.id + 1, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), new_horizon, s.row_count, ''), 'UTF8')
            || s.rows_hash)
        FROM summary s WHERE anew OR s.row_count > 0
    )
    INSERT INTO casus.read_seal_row (log_id, seal_id, position, row_hash)
        SELECT f.id, last.id + 1, f.position, f.row_hash FROM fresh f;
    GET DIAGNOSTICS lines = ROW_COUNT;
    RETURN lines;
END $$;

-- The seals after a number, for publishing them outside the database: number and hash in hex, nothing of the lines.
CREATE FUNCTION acl.seals_after(number int) RETURNS TABLE (id int, hash text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF acl.kind() <> 'job' THEN RETURN; END IF;
    RETURN QUERY SELECT s.id, encode(s.hash, 'hex') FROM casus.read_seal s WHERE s.id > number ORDER BY s.id;
END $$;

GRANT EXECUTE ON FUNCTION acl.line_text(casus.read_log) TO casus_acl;
GRANT EXECUTE ON FUNCTION acl.seal_read_log(), acl.seals_after(int) TO portaal_jobs;
GRANT SELECT ON casus.read_log TO casus_acl;
GRANT SELECT, INSERT ON casus.read_seal TO casus_acl;
GRANT SELECT (log_id), INSERT ON casus.read_seal_row TO casus_acl;
CREATE POLICY definer ON casus.read_log TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY definer ON casus.read_seal TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY definer ON casus.read_seal_row TO casus_acl USING (true) WITH CHECK (true);
