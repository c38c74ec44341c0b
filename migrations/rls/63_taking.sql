-- What the inwoner takes along: a copy of the own dossier, made by the worker as that inwoner (docs/decisions/0034).

-- The copy of an own dossier as it stands; no row when there is none, when it is older than a day (portal.deadlines.TAKING), or when something in it was
-- closed to the inwoner since.
CREATE FUNCTION portaal.own_taking(of_dossier int) RETURNS SETOF portaal.taking
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT t.* FROM portaal.taking t
        WHERE t.dossier_id = of_dossier AND t.dossier_id = ANY (acl.own_dossiers())
          AND (t.made_at IS NULL OR t.made_at > now() - interval '24 hours')
          AND NOT t.entries && acl.closed_entries();
END $$;

-- The inwoner asks for a copy. One that is ready or went wrong makes place; one that is on its way stays, and so does its place in the queue, for an hour.
CREATE FUNCTION portaal.ask_taking(of_dossier int, in_language text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM portaal.taking t
    WHERE t.dossier_id = of_dossier AND t.dossier_id = ANY (acl.own_dossiers())
      AND (t.made_at IS NOT NULL OR t.failed_at IS NOT NULL OR t.asked_at <= now() - interval '1 hour');
    INSERT INTO portaal.taking (dossier_id, language)
        SELECT d, in_language FROM unnest(acl.own_dossiers()) d WHERE d = of_dossier
        ON CONFLICT (dossier_id) DO NOTHING;
    RETURN FOUND;
END $$;

-- The inwoner wants the copy gone, ready or not.
CREATE FUNCTION portaal.drop_taking(of_dossier int) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM portaal.taking t WHERE t.dossier_id = of_dossier AND t.dossier_id = ANY (acl.own_dossiers());
    RETURN FOUND;
END $$;

-- For the worker, which is nobody yet: whose copy is next, oldest question first. What was begun and is not done after ten minutes is begun anew: the
-- worker that did it is gone. After an hour it is left.
CREATE FUNCTION portaal.next_taking() RETURNS TABLE (public_id uuid, dossier_id int, inwoner_id int, language text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE chosen portaal.taking%ROWTYPE;
BEGIN
    UPDATE portaal.taking t SET begun_at = now(), done = 0, total = 0
    WHERE t.id = (
        SELECT n.id FROM portaal.taking n
        WHERE n.made_at IS NULL AND n.failed_at IS NULL AND n.asked_at > now() - interval '1 hour'
          AND (n.begun_at IS NULL OR n.begun_at <= now() - interval '10 minutes')
        ORDER BY n.asked_at, n.id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING t.* INTO chosen;
    DELETE FROM portaal.taking_part p WHERE p.taking_id = chosen.id;
    RETURN QUERY SELECT chosen.public_id, d.id, d.inwoner_id, chosen.language FROM casus.dossier d WHERE d.id = chosen.dossier_id;
END $$;

-- The number of a copy that the worker makes now, for the inwoner as whom it works; NULL: it is not, or no longer, wanted.
CREATE FUNCTION portaal.taking_in_hand(which uuid) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT t.id FROM portaal.taking t
        WHERE t.public_id = which AND t.dossier_id = ANY (acl.own_dossiers())
          AND t.begun_at IS NOT NULL AND t.made_at IS NULL AND t.failed_at IS NULL);
END $$;

CREATE FUNCTION portaal.taking_progress(which uuid, now_done int, of_total int) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE portaal.taking t SET done = now_done, total = of_total WHERE t.id = portaal.taking_in_hand(which);
    RETURN FOUND;
END $$;

CREATE FUNCTION portaal.keep_taking_part(which uuid, part_number int, part bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO portaal.taking_part (taking_id, number, sealed) SELECT n, part_number, part FROM (SELECT portaal.taking_in_hand(which)) x (n) WHERE n IS NOT NULL;
    RETURN FOUND;
END $$;

CREATE FUNCTION portaal.taking_made(which uuid, of_parts int, of_size bigint, of_entries int[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE portaal.taking t SET made_at = now(), parts = of_parts, size = of_size, entries = of_entries WHERE t.id = portaal.taking_in_hand(which);
    RETURN FOUND;
END $$;

CREATE FUNCTION portaal.taking_failed(which uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE in_hand int := portaal.taking_in_hand(which);
BEGIN
    UPDATE portaal.taking t SET failed_at = now() WHERE t.id = in_hand;
    DELETE FROM portaal.taking_part p WHERE p.taking_id = in_hand;
END $$;

-- A piece of a copy that is ready.
CREATE FUNCTION portaal.taking_part(of_dossier int, which uuid, part_number int) RETURNS bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT p.sealed FROM portaal.own_taking(of_dossier) t JOIN portaal.taking_part p ON p.taking_id = t.id
        WHERE t.public_id = which AND t.made_at IS NOT NULL AND p.number = part_number);
END $$;

-- The job: what is over is gone, with its bytes.
CREATE FUNCTION portaal.clean_up_takings() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM portaal.taking t WHERE coalesce(t.made_at, t.asked_at) <= now() - interval '24 hours';
END $$;

-- Who has a part in the own dossier, as far as the inwoner can see that part: what `portal export` says of people, and a copy for the inwoner needs too.
CREATE FUNCTION acl.taken_people(of_dossier int)
RETURNS TABLE (id int, public_id uuid, first_name text, infix text, last_name text, job_title text, team_id int, role text, joined_on date, left_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE shut int[] := acl.closed_entries();
BEGIN
    RETURN QUERY
    SELECT p.id, p.public_id, p.first_name, p.infix, p.last_name, s.job_title, s.team_id::int, s.role, s.joined_on, s.left_on
    FROM casus.dossier d CROSS JOIN LATERAL (
        SELECT d.inwoner_id
        UNION SELECT t.staff_id FROM casus.assignment t WHERE t.dossier_id = d.id
        UNION SELECT m.person_id FROM casus.mandate m WHERE m.dossier_id = d.id
        UNION SELECT g.grantee_id FROM casus.access_grant g WHERE g.dossier_id = d.id
        UNION SELECT c.person_id FROM acl.taken_closures(d.id) c
        UNION SELECT o.person_id FROM acl.taken_openings(d.id) o
        UNION SELECT e.author_id FROM casus.entry e WHERE e.dossier_id = d.id AND NOT e.id = ANY (shut)
        UNION SELECT v.author_id FROM casus.entry_version v WHERE v.dossier_id = d.id AND NOT v.entry_id = ANY (shut)) x (n)
    JOIN casus.person p ON p.id = x.n LEFT JOIN casus.staff s ON s.person_id = p.id
    WHERE d.id = of_dossier AND d.id = ANY (acl.own_dossiers());
END $$;

-- What is closed for somebody in the own dossier, by the inwoner's wish or for one person. Nothing of what is closed to the inwoner.
CREATE FUNCTION acl.taken_closures(of_dossier int)
RETURNS TABLE (id int, entry_id int, person_id int, except_responsible boolean, from_at timestamptz, ended_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT c.id, c.entry_id, c.person_id, c.except_responsible, c.from_at, c.ended_at FROM casus.closure c
        WHERE c.dossier_id = of_dossier AND c.dossier_id = ANY (acl.own_dossiers())
          AND (c.person_id IS NOT NULL OR c.except_responsible) AND NOT c.entry_id = ANY (acl.closed_entries());
END $$;

-- What was opened before its day, by the inwoner or who represents one.
CREATE FUNCTION acl.taken_openings(of_dossier int) RETURNS TABLE (entry_id int, person_id int, opened_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT o.entry_id, o.person_id, o.opened_at FROM casus.entry_opening o
        WHERE o.dossier_id = of_dossier AND o.dossier_id = ANY (acl.own_dossiers()) AND NOT o.entry_id = ANY (acl.closed_entries());
END $$;

GRANT EXECUTE ON FUNCTION portaal.own_taking(int), portaal.ask_taking(int, text), portaal.drop_taking(int), portaal.next_taking(),
    portaal.taking_progress(uuid, int, int), portaal.keep_taking_part(uuid, int, bytea), portaal.taking_made(uuid, int, bigint, int[]),
    portaal.taking_failed(uuid), portaal.taking_part(int, uuid, int),
    acl.taken_people(int), acl.taken_closures(int), acl.taken_openings(int) TO web_inwoner;
GRANT EXECUTE ON FUNCTION portaal.clean_up_takings() TO portaal_jobs;
GRANT SELECT, INSERT (dossier_id, language), UPDATE (begun_at, done, total, failed_at, made_at, parts, size, entries), DELETE ON portaal.taking TO casus_acl;
GRANT SELECT, INSERT, DELETE ON portaal.taking_part TO casus_acl;
CREATE POLICY definer ON portaal.taking TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY definer ON portaal.taking_part TO casus_acl USING (true) WITH CHECK (true);
