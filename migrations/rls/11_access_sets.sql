-- Which dossiers, parts and entries the actor may read. Each set is asked once per statement (as an InitPlan), never per row.
-- Keys of parts are dossier * 32 + section, and dossier * 32 + leefdomein.
-- Looking whether a token is good is most of the work. So a set that is made of others looks once, in acl.actor(), and asks them with who that is:
-- those functions, with arguments, are run by no login role. The day is asked once too, not for each row.

-- The one dossier that a page is about, from casus.dossier; NULL: it is about no dossier, or about more. Every set is then of that dossier alone: what
-- is of another one is neither reached nor looked at. It needs no signature, because it can only take away.
CREATE FUNCTION acl.asked_dossier() RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN nullif(current_setting('casus.dossier', true), '')::int; END $$;

-- Through whose eyes an inwoner looks ("Zo ziet ... uw dossier"), from casus.preview; NULL: nobody's. Every set is then only what both may read, and
-- nothing is one's own. It needs no signature either.
CREATE FUNCTION acl.previewed() RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN nullif(current_setting('casus.preview', true), '')::int; END $$;

-- By which mandates somebody represents this inwoner today, in a dossier that is not put out of sight (60_pause.sql).
CREATE FUNCTION acl.mandates_held(person int, behalf int) RETURNS SETOF casus.mandate
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today date := acl.today();
    asked int := acl.asked_dossier();
BEGIN
    RETURN QUERY
    SELECT m.* FROM casus.mandate m JOIN casus.dossier d ON d.id = m.dossier_id
    WHERE m.person_id = person
      AND d.inwoner_id = behalf
      AND NOT EXISTS (SELECT FROM casus.pause q WHERE q.dossier_id = d.id AND q.ended_at IS NULL)
      AND (asked IS NULL OR d.id = asked)
      AND m.withdrawn_at IS NULL
      AND m.valid_from <= today
      AND (m.valid_until IS NULL OR m.valid_until >= today);
END $$;

-- The inwoner's own dossiers, and those of a person the actor represents. What the inwoner put out of sight is as if it were not there.
CREATE FUNCTION acl.owned_by(kind text, person int, behalf int) RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE asked int := acl.asked_dossier();
BEGIN
    IF kind = 'inwoner' THEN
        RETURN coalesce((
            SELECT array_agg(d.id) FROM casus.dossier d
            WHERE d.inwoner_id = person
              AND (asked IS NULL OR d.id = asked)
              AND NOT EXISTS (SELECT FROM casus.pause q WHERE q.dossier_id = d.id AND q.ended_at IS NULL)), '{}');
    END IF;
    IF kind = 'vertegenwoordiger' THEN
        RETURN coalesce((SELECT array_agg(m.dossier_id) FROM acl.mandates_held(person, behalf) m), '{}');
    END IF;
    RETURN '{}';
END $$;

-- The dossiers a professional works in today: assigned, or standing in for an absent colleague who is.
CREATE FUNCTION acl.treated_by(kind text, person int) RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today date;
    -- Bounds, because an index serves them whether or not a dossier is asked for; a caseload is long.
    first_dossier int := coalesce(acl.asked_dossier(), 0);
    last_dossier int := coalesce(acl.asked_dossier(), 2147483647);
    colleagues int[];
BEGIN
    IF kind IN ('professional', 'teamleider') THEN
        today := acl.today();
        -- An array, because an index serves it; a table of assignments is long.
        colleagues := person || coalesce((
            SELECT array_agg(b.staff_id) FROM casus.absence b JOIN casus.staff s ON s.person_id = b.staff_id
            WHERE b.substitute_id = person
              AND b.from_date <= today
              AND b.until_date >= today
              AND (s.left_on IS NULL OR s.left_on > today)), '{}');
        RETURN coalesce((
            SELECT array_agg(DISTINCT t.dossier_id) FROM casus.assignment t
            WHERE t.staff_id = ANY (colleagues)
              AND t.dossier_id BETWEEN first_dossier AND last_dossier
              AND t.valid_from <= today
              AND (t.valid_until IS NULL OR t.valid_until >= today)), '{}');
    END IF;
    RETURN '{}';
END $$;

-- The grants that hold today (for a naaste only: on the other faces a grant gives nothing).
CREATE FUNCTION acl.grants_to(kind text, person int) RETURNS SETOF casus.access_grant
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today date;
    asked int := acl.asked_dossier();
BEGIN
    IF kind = 'naaste' THEN
        today := acl.today();
        RETURN QUERY SELECT g.* FROM casus.access_grant g
            WHERE g.grantee_id = person
              AND (asked IS NULL OR g.dossier_id = asked)
              AND NOT EXISTS (SELECT FROM casus.pause q WHERE q.dossier_id = g.dossier_id AND q.ended_at IS NULL)
              AND g.withdrawn_at IS NULL
              AND g.valid_from <= today
              AND (g.valid_until IS NULL OR g.valid_until >= today);
    END IF;
END $$;

-- Every dossier of which somebody may read something. A kind has one way in; only that one is asked.
CREATE FUNCTION acl.reached_by(kind text, person int, behalf int) RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF kind IN ('professional', 'teamleider') THEN RETURN acl.treated_by(kind, person); END IF;
    IF kind = 'naaste' THEN RETURN coalesce((SELECT array_agg(DISTINCT g.dossier_id) FROM acl.grants_to(kind, person) g), '{}'); END IF;
    RETURN acl.owned_by(kind, person, behalf);
END $$;

-- The grants to the actor; in a preview those to the other person, in the dossiers that are the actor's own.
CREATE FUNCTION acl.live_grants() RETURNS SETOF casus.access_grant
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record;
BEGIN
    SELECT * INTO a FROM acl.actor();
    IF acl.previewed() IS NULL THEN
        RETURN QUERY SELECT g.* FROM acl.grants_to(a.kind, a.person_id) g;
    ELSE
        RETURN QUERY SELECT g.* FROM acl.grants_to('naaste', acl.previewed()) g
            WHERE g.dossier_id = ANY (acl.owned_by(a.kind, a.person_id, a.on_behalf_of));
    END IF;
END $$;

CREATE FUNCTION acl.owned_dossiers() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record;
BEGIN
    IF acl.previewed() IS NOT NULL THEN RETURN '{}'; END IF;
    SELECT * INTO a FROM acl.actor();
    RETURN acl.owned_by(a.kind, a.person_id, a.on_behalf_of);
END $$;

-- The dossiers of the inwoner who asks, and none of who represents one: some things are the inwoner's alone.
CREATE FUNCTION acl.own_dossiers() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record;
BEGIN
    SELECT * INTO a FROM acl.actor();
    IF a.kind = 'inwoner' THEN RETURN acl.owned_dossiers(); END IF;
    RETURN '{}';
END $$;

CREATE FUNCTION acl.treated_dossiers() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record;
BEGIN
    IF acl.previewed() IS NOT NULL THEN RETURN '{}'; END IF;
    SELECT * INTO a FROM acl.actor();
    RETURN acl.treated_by(a.kind, a.person_id);
END $$;

CREATE FUNCTION acl.core_dossiers() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record;
BEGIN
    IF acl.previewed() IS NOT NULL THEN RETURN '{}'; END IF;
    SELECT * INTO a FROM acl.actor();
    IF a.kind <> 'naaste' THEN RETURN acl.reached_by(a.kind, a.person_id, a.on_behalf_of); END IF;
    RETURN '{}';
END $$;

CREATE FUNCTION acl.any_dossiers() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record;
BEGIN
    SELECT * INTO a FROM acl.actor();
    IF acl.previewed() IS NOT NULL THEN
        RETURN ARRAY(SELECT g.dossier_id FROM acl.live_grants() g);
    END IF;
    RETURN acl.reached_by(a.kind, a.person_id, a.on_behalf_of);
END $$;

CREATE FUNCTION acl.whole_dossiers() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record;
BEGIN
    SELECT * INTO a FROM acl.actor();
    IF a.kind = 'naaste' OR acl.previewed() IS NOT NULL THEN
        RETURN coalesce((SELECT array_agg(g.dossier_id) FROM acl.live_grants() g WHERE g.scope = 1), '{}');
    END IF;
    RETURN acl.reached_by(a.kind, a.person_id, a.on_behalf_of);
END $$;

CREATE FUNCTION acl.section_keys() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN coalesce((SELECT array_agg(g.dossier_id * 32 + g.section) FROM acl.live_grants() g WHERE g.scope = 2), '{}'); END $$;

CREATE FUNCTION acl.leefdomein_keys() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN coalesce((SELECT array_agg(g.dossier_id * 32 + g.leefdomein) FROM acl.live_grants() g WHERE g.scope = 3), '{}'); END $$;

CREATE FUNCTION acl.single_entries() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN coalesce((SELECT array_agg(g.entry_id) FROM acl.live_grants() g WHERE g.scope = 4), '{}'); END $$;

-- Whether somebody is the responsible professional of a dossier today. A colleague who stands in for that one is not.
CREATE FUNCTION acl.is_responsible(person int, in_dossier int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE today date := acl.today();
BEGIN
    RETURN EXISTS (
        SELECT FROM casus.assignment t
        WHERE t.dossier_id = in_dossier AND t.staff_id = person AND t.responsible
          AND t.valid_from <= today AND (t.valid_until IS NULL OR t.valid_until >= today));
END $$;

-- Whether an entry that the inwoner closed for all but the responsible professional is open to somebody: that one, or who reads in an emergency now.
-- An emergency opens no page of a diary, shared or not.
CREATE FUNCTION acl.reads_what_is_kept(kind text, person int, in_dossier int, is_diary boolean) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF kind NOT IN ('professional', 'teamleider') THEN RETURN kind = 'inwoner'; END IF;
    RETURN acl.is_responsible(person, in_dossier)
      OR NOT is_diary AND EXISTS (
        SELECT FROM casus.emergency_reading n WHERE n.dossier_id = in_dossier AND n.person_id = person AND n.ends_at > now());
END $$;

-- Entries of these dossiers that somebody may not read, whatever was granted: closed by the inwoner, for this person or for all but the responsible
-- professional, unless one wrote it oneself; and outside the team also what is withheld from everybody there, and what is to be talked over first and
-- was not opened yet. What the author keeps to a smaller circle is closed to the rest. What was taken out as standing wrong is closed for everybody.
CREATE FUNCTION acl.closed_for(as_kind text, person int, dossiers int[]) RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE outside boolean := as_kind IN ('inwoner', 'vertegenwoordiger', 'naaste');
BEGIN
    RETURN coalesce((
        SELECT array_agg(c.entry_id) FROM casus.closure c
        WHERE c.dossier_id = ANY (dossiers)
          AND (c.ended_at IS NULL OR c.ended_at > now())
          AND c.from_at <= now()
          AND CASE
            WHEN c.except_responsible THEN NOT acl.reads_what_is_kept(as_kind, person, c.dossier_id,
                (SELECT e.kind = 11 FROM casus.entry e WHERE e.id = c.entry_id))
            WHEN c.person_id IS NULL THEN outside
            ELSE c.person_id = person END
          AND (c.person_id IS NULL AND NOT c.except_responsible
            OR NOT EXISTS (SELECT FROM casus.entry e WHERE e.id = c.entry_id AND e.author_id = person))), '{}')
    || coalesce((
        SELECT array_agg(e.id) FROM casus.entry e
        WHERE outside
          AND e.dossier_id = ANY (dossiers)
          AND e.discuss_until > now()
          AND NOT EXISTS (SELECT FROM casus.entry_opening o WHERE o.entry_id = e.id)), '{}')
    || coalesce((
        SELECT array_agg(e.id) FROM casus.entry e
        WHERE e.dossier_id = ANY (dossiers)
          AND e.audience < 3
          AND e.author_id IS DISTINCT FROM person
          AND (e.audience = 1 OR as_kind = 'naaste')), '{}')
    || acl.taken_out(dossiers);
END $$;

CREATE FUNCTION acl.closed_entries() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    a record;
    dossiers int[];
BEGIN
    SELECT * INTO a FROM acl.actor();
    dossiers := acl.reached_by(a.kind, a.person_id, a.on_behalf_of);
    IF acl.previewed() IS NULL THEN RETURN acl.closed_for(a.kind, a.person_id, dossiers); END IF;
    RETURN acl.closed_for(a.kind, a.person_id, dossiers) || acl.closed_for('naaste', acl.previewed(), dossiers);
END $$;

-- Persons whose name the actor may know beside colleagues: oneself and the inwoners of the dossiers one may open.
CREATE FUNCTION acl.known_persons() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    a record;
    dossiers int[];
BEGIN
    SELECT * INTO a FROM acl.actor();
    dossiers := acl.reached_by(a.kind, a.person_id, a.on_behalf_of);
    RETURN a.person_id || coalesce((SELECT array_agg(d.inwoner_id) FROM casus.dossier d WHERE d.id = ANY (dossiers)), '{}');
END $$;

-- Inwoners whose particulars the actor may read: oneself, whom one represents, and the inwoners of the dossiers one works in.
CREATE FUNCTION acl.core_persons() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN coalesce((SELECT array_agg(d.inwoner_id) FROM casus.dossier d WHERE d.id = ANY (acl.core_dossiers())), '{}'); END $$;

-- What the actor is to a dossier: 'inwoner', 'vertegenwoordiger', 'professional', 'waarnemer', 'naaste', or NULL for nothing; with the words for the log.
CREATE FUNCTION acl.relation_of(kind text, person int, behalf int, for_dossier int, OUT relation text, OUT detail text) RETURNS record
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    detail := '';
    IF for_dossier = ANY (acl.owned_by(kind, person, behalf)) THEN
        relation := kind;
    ELSIF for_dossier = ANY (acl.treated_by(kind, person)) THEN
        SELECT t.role_text INTO detail FROM casus.assignment t
        WHERE t.dossier_id = for_dossier AND t.staff_id = person
          AND t.valid_from <= acl.today() AND (t.valid_until IS NULL OR t.valid_until >= acl.today()) ORDER BY t.id LIMIT 1;
        relation := CASE WHEN FOUND THEN 'professional' ELSE 'waarnemer' END;
        IF relation = 'waarnemer' THEN
            SELECT acl.full_name(b.staff_id) INTO detail FROM casus.absence b JOIN casus.assignment t ON t.staff_id = b.staff_id
            JOIN casus.staff s ON s.person_id = b.staff_id
            WHERE t.dossier_id = for_dossier AND b.substitute_id = person
              AND t.valid_from <= acl.today() AND (t.valid_until IS NULL OR t.valid_until >= acl.today())
              AND (s.left_on IS NULL OR s.left_on > acl.today())
              AND b.from_date <= acl.today() AND b.until_date >= acl.today() ORDER BY b.id LIMIT 1;
        END IF;
    ELSIF for_dossier = ANY (acl.reached_by(kind, person, behalf)) THEN
        relation := 'naaste';
    END IF;
END $$;

CREATE FUNCTION acl.relation(for_dossier int, OUT relation text, OUT detail text) RETURNS record
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record; r record;
BEGIN
    SELECT * INTO a FROM acl.actor();
    SELECT * INTO r FROM acl.relation_of(a.kind, a.person_id, a.on_behalf_of, for_dossier);
    relation := r.relation;
    detail := r.detail;
END $$;

CREATE FUNCTION acl.full_name(of_person int) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN (SELECT concat_ws(' ', p.first_name, p.infix, p.last_name) FROM casus.person p WHERE p.id = of_person); END $$;

GRANT EXECUTE ON FUNCTION acl.core_dossiers(), acl.any_dossiers(), acl.whole_dossiers(), acl.section_keys(), acl.leefdomein_keys(),
    acl.single_entries(), acl.closed_entries(), acl.known_persons(), acl.core_persons(), acl.relation(int) TO web_inwoner, web_team;
GRANT EXECUTE ON FUNCTION acl.owned_dossiers(), acl.own_dossiers() TO web_inwoner;
GRANT EXECUTE ON FUNCTION acl.treated_dossiers() TO web_team;

GRANT SELECT ON casus.person, casus.staff, casus.absence, casus.dossier, casus.assignment, casus.mandate, casus.access_grant,
    casus.closure, casus.entry, casus.entry_opening, casus.emergency_reading, casus.pause TO casus_acl;
CREATE POLICY definer ON casus.person FOR SELECT TO casus_acl USING (true);
CREATE POLICY definer ON casus.staff FOR SELECT TO casus_acl USING (true);
CREATE POLICY definer ON casus.absence FOR SELECT TO casus_acl USING (true);
CREATE POLICY definer ON casus.dossier FOR SELECT TO casus_acl USING (true);
CREATE POLICY definer ON casus.assignment FOR SELECT TO casus_acl USING (true);
CREATE POLICY definer ON casus.mandate FOR SELECT TO casus_acl USING (true);
CREATE POLICY definer ON casus.access_grant FOR SELECT TO casus_acl USING (true);
CREATE POLICY definer ON casus.closure FOR SELECT TO casus_acl USING (true);
CREATE POLICY definer ON casus.entry FOR SELECT TO casus_acl USING (true);
CREATE POLICY definer ON casus.entry_opening FOR SELECT TO casus_acl USING (true);
CREATE POLICY definer ON casus.emergency_reading FOR SELECT TO casus_acl USING (true);
