-- What the inwoner closes and opens again, reading in an emergency, and looking through somebody else's eyes.

-- An entry of an own dossier that the inwoner can read; no row otherwise.
CREATE FUNCTION acl.own_entry(entry_public_id uuid) RETURNS SETOF casus.entry
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT x.* FROM casus.entry x
        WHERE x.public_id = entry_public_id AND x.dossier_id = ANY (acl.own_dossiers()) AND NOT x.id = ANY (acl.closed_entries());
END $$;

-- For whom the inwoner can close an entry: whoever can read it, but for who wrote it. Each person once. responsible: the one who keeps reading when it
-- is closed for all others.
CREATE FUNCTION acl.closable_for(for_entry uuid) RETURNS TABLE (public_id uuid, name text, relation text, detail text, responsible boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT DISTINCT ON (r.place, r.person_id) p.public_id, acl.full_name(p.id), r.relation, r.detail,
        r.relation = 'professional' AND acl.is_responsible(r.person_id, e.dossier_id)
    FROM acl.own_entry(for_entry) e CROSS JOIN LATERAL acl.readers_of(e, true) r JOIN casus.person p ON p.id = r.person_id
    WHERE r.relation <> 'inwoner' AND r.person_id IS DISTINCT FROM e.author_id
    ORDER BY r.place, r.person_id;
END $$;

-- Who goes on reading an entry that the inwoner closes, or closed, for all but the responsible professional: that one, and who wrote it.
CREATE FUNCTION acl.goes_on_reading(for_entry uuid) RETURNS TABLE (name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT acl.full_name(r.person_id) FROM acl.own_entry(for_entry) e CROSS JOIN LATERAL acl.readers_of(e, true) r
    WHERE r.relation <> 'inwoner'
      AND (r.person_id = e.author_id OR acl.is_responsible(r.person_id, e.dossier_id))
    GROUP BY r.person_id ORDER BY min(r.place), r.person_id;
END $$;

-- What the inwoner closed of an entry and did not open again. person NULL: for all but the responsible professional.
CREATE FUNCTION acl.own_closures(for_entry uuid) RETURNS TABLE (public_id uuid, person text, since timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT c.public_id, acl.full_name(c.person_id), c.from_at
    FROM acl.own_entry(for_entry) e JOIN casus.closure c ON c.entry_id = e.id
    WHERE (c.person_id IS NOT NULL OR c.except_responsible) AND (c.ended_at IS NULL OR c.ended_at > now())
    ORDER BY c.from_at, c.id;
END $$;

-- The same of every entry of an own dossier that the inwoner can read; the newest closing first.
CREATE FUNCTION acl.all_own_closures(of_dossier int) RETURNS TABLE (entry uuid, person text, since timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT e.public_id, o.person, o.since
    FROM (SELECT DISTINCT c.entry_id AS id FROM casus.closure c WHERE c.dossier_id = of_dossier) k JOIN casus.entry e ON e.id = k.id
        CROSS JOIN LATERAL acl.own_closures(e.public_id) o
    ORDER BY o.since DESC, e.id, o.person;
END $$;

-- The inwoner closes an entry, for one person or (NULL) for all but the responsible professional. What those were writing about it goes in the same
-- moment. When the inwoner wishes it, the professionals it is closed for are told that something changed. For all it can be closed also when nobody
-- else reads it today: somebody new would tomorrow. Gives false when it is closed so already, or when there is nobody to close it for.
CREATE FUNCTION acl.close_entry(for_entry uuid, for_person uuid, tell boolean) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    e casus.entry%ROWTYPE;
    shut int[];
BEGIN
    SELECT * INTO e FROM acl.own_entry(for_entry);
    SELECT array_agg(p.id) INTO shut FROM acl.closable_for(for_entry) r JOIN casus.person p ON p.public_id = r.public_id
        WHERE CASE WHEN for_person IS NULL THEN NOT r.responsible ELSE r.public_id = for_person END;
    IF for_person IS NULL THEN
        -- A page for oneself is closed for everybody.
        IF coalesce(e.audience, 1) = 1 OR EXISTS (SELECT FROM acl.own_closures(for_entry) o WHERE o.person IS NULL) THEN RETURN false; END IF;
    ELSIF shut IS NULL THEN
        RETURN false;
    END IF;
    INSERT INTO casus.closure (dossier_id, entry_id, person_id, except_responsible, reason)
        VALUES (e.dossier_id, e.id, CASE WHEN for_person IS NOT NULL THEN shut[1] END, for_person IS NULL, '');
    DELETE FROM casus.concept k WHERE k.entry_id = e.id AND k.author_id = ANY (shut);
    DELETE FROM portaal.typed_text t WHERE t.person_id = ANY (shut) AND position(for_entry::text IN t.form_key) > 0;
    IF tell THEN
        INSERT INTO casus.access_notice (dossier_id, person_id) SELECT e.dossier_id, s.person_id FROM casus.staff s WHERE s.person_id = ANY (shut);
    END IF;
    RETURN true;
END $$;

-- Opens again what the inwoner closed. Gives false when there is no such thing (any more).
CREATE FUNCTION acl.reopen_entry(for_entry uuid, closure_public_id uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE casus.closure c SET ended_at = now()
    WHERE c.public_id = closure_public_id AND c.public_id IN (SELECT o.public_id FROM acl.own_closures(for_entry) o);
    RETURN FOUND;
END $$;

-- A professional's worklist: in which of the dossiers one works in the inwoner changed what one may see, and wished to tell.
CREATE FUNCTION acl.access_notices() RETURNS TABLE (public_id uuid, dossier uuid, inwoner text, made_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT n.public_id, d.public_id, acl.full_name(d.inwoner_id), n.made_at FROM casus.access_notice n JOIN casus.dossier d ON d.id = n.dossier_id
    WHERE n.person_id = acl.person_id() AND n.seen_at IS NULL AND n.dossier_id = ANY (acl.treated_dossiers()) ORDER BY n.made_at, n.id;
END $$;

CREATE FUNCTION acl.access_notice_seen(notice uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE casus.access_notice n SET seen_at = now()
    WHERE n.public_id = notice AND n.public_id IN (SELECT m.public_id FROM acl.access_notices() m);
END $$;

-- Reading in an emergency: a professional of the dossier says why first, and then reads for 24 hours (portal.deadlines.EMERGENCY) what was closed for all
-- but the responsible one. The inwoner is told. Gives false in a dossier where one doesn't work; once it is open a second reason changes nothing.
CREATE FUNCTION acl.open_emergency(for_dossier uuid, why text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE d casus.dossier%ROWTYPE;
BEGIN
    SELECT * INTO d FROM casus.dossier x WHERE x.public_id = for_dossier AND x.id = ANY (acl.treated_dossiers());
    IF NOT FOUND OR coalesce(btrim(why), '') = '' THEN RETURN false; END IF;
    IF (SELECT acl.emergency_until(for_dossier)) IS NOT NULL THEN RETURN true; END IF;
    INSERT INTO casus.emergency_reading (dossier_id, person_id, reason, ends_at) VALUES (d.id, acl.person_id(), btrim(why), now() + interval '24 hours');
    PERFORM casus.tell_owner(d.id, NULL);
    RETURN true;
END $$;

-- Until when the actor reads in an emergency in this dossier; NULL: not now.
CREATE FUNCTION acl.emergency_until(for_dossier uuid) RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT max(n.ends_at) FROM casus.emergency_reading n JOIN casus.dossier d ON d.id = n.dossier_id
        WHERE d.public_id = for_dossier AND n.person_id = acl.person_id() AND n.ends_at > now());
END $$;

-- For the inwoner: who read in an emergency, why, and what came of the review; newest first.
CREATE FUNCTION acl.emergencies(for_dossier int)
RETURNS TABLE (name text, reason text, opened_at timestamptz, ends_at timestamptz, reviewed_at timestamptz, reviewer text, justified boolean, judgement text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT acl.full_name(n.person_id), n.reason, n.opened_at, n.ends_at, n.reviewed_at, acl.full_name(n.reviewed_by), n.justified, n.judgement
    FROM casus.emergency_reading n WHERE n.dossier_id = for_dossier AND n.dossier_id = ANY (acl.own_dossiers()) ORDER BY n.opened_at DESC, n.id DESC;
END $$;

-- For a team lead: what is to be looked at afterwards. The lead of the dossier's team does it; what a team lead read, another one.
CREATE FUNCTION acl.emergencies_to_review()
RETURNS TABLE (public_id uuid, reader text, inwoner text, reason text, opened_at timestamptz, lines bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record;
BEGIN
    SELECT * INTO a FROM acl.actor();
    IF a.kind IS DISTINCT FROM 'teamleider' THEN RETURN; END IF;
    RETURN QUERY
    SELECT n.public_id, acl.full_name(n.person_id), acl.full_name(d.inwoner_id), n.reason, n.opened_at,
        (SELECT count(*) FROM casus.read_log l WHERE l.dossier_id = n.dossier_id AND l.reader_id = n.person_id AND l.ground = 'nood'
            AND l.at >= n.opened_at AND l.at <= n.ends_at)
    FROM casus.emergency_reading n JOIN casus.dossier d ON d.id = n.dossier_id JOIN casus.staff r ON r.person_id = n.person_id
    WHERE n.reviewed_at IS NULL AND n.person_id <> a.person_id AND (d.team_id = acl.team_id() OR r.role = 'teamleider')
    ORDER BY n.opened_at, n.id;
END $$;

CREATE FUNCTION acl.review_emergency(reading uuid, was_justified boolean, words text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE casus.emergency_reading n SET reviewed_at = now(), reviewed_by = acl.person_id(), justified = was_justified, judgement = btrim(words)
    WHERE n.public_id = reading AND n.public_id IN (SELECT o.public_id FROM acl.emergencies_to_review() o);
    IF NOT FOUND THEN RETURN false; END IF;
    INSERT INTO casus.change_log (dossier_id, event, subject_id)
        SELECT n.dossier_id, 'emergency.reviewed', n.person_id FROM casus.emergency_reading n WHERE n.public_id = reading;
    RETURN true;
END $$;

-- Through whose eyes the inwoner may look: a person with a grant that holds today in this own dossier, and not for its plan alone. Gives the number for casus.preview; NULL: nobody's.
CREATE FUNCTION acl.preview_of(for_dossier uuid, person uuid) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT p.id FROM casus.person p JOIN casus.dossier d ON d.public_id = for_dossier
        WHERE p.public_id = person AND d.id = ANY (acl.own_dossiers())
          AND EXISTS (SELECT FROM acl.grants_to('naaste', p.id) g WHERE g.dossier_id = d.id AND g.scope < 5));
END $$;

-- Whose eyes there are to look through, in an own dossier.
CREATE FUNCTION acl.previews(for_dossier uuid) RETURNS TABLE (public_id uuid, name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT DISTINCT p.public_id, acl.full_name(p.id)
        FROM casus.dossier d JOIN casus.access_grant g ON g.dossier_id = d.id JOIN casus.person p ON p.id = g.grantee_id
        WHERE d.public_id = for_dossier AND acl.preview_of(for_dossier, p.public_id) IS NOT NULL ORDER BY 2;
END $$;

GRANT EXECUTE ON FUNCTION acl.closable_for(uuid), acl.own_closures(uuid), acl.goes_on_reading(uuid), acl.all_own_closures(int),
    acl.close_entry(uuid, uuid, boolean), acl.reopen_entry(uuid, uuid),
    acl.emergencies(int), acl.preview_of(uuid, uuid), acl.previews(uuid) TO web_inwoner;
GRANT EXECUTE ON FUNCTION acl.access_notices(), acl.access_notice_seen(uuid), acl.open_emergency(uuid, text), acl.emergency_until(uuid),
    acl.emergencies_to_review(), acl.review_emergency(uuid, boolean, text) TO web_team;
GRANT INSERT (dossier_id, entry_id, person_id, except_responsible, reason), UPDATE (ended_at) ON casus.closure TO casus_acl;
CREATE POLICY inwoner_closes ON casus.closure FOR INSERT TO casus_acl WITH CHECK (true);
CREATE POLICY inwoner_opens ON casus.closure FOR UPDATE TO casus_acl USING (true) WITH CHECK (true);
GRANT SELECT (entry_id, author_id), DELETE ON casus.concept TO casus_acl;
CREATE POLICY closing_ends ON casus.concept FOR DELETE TO casus_acl USING (true);
GRANT SELECT, INSERT (dossier_id, person_id), UPDATE (seen_at) ON casus.access_notice TO casus_acl;
CREATE POLICY definer ON casus.access_notice FOR SELECT TO casus_acl USING (true);
CREATE POLICY closing_tells ON casus.access_notice FOR INSERT TO casus_acl WITH CHECK (true);
CREATE POLICY seen ON casus.access_notice FOR UPDATE TO casus_acl USING (true) WITH CHECK (true);
GRANT INSERT (dossier_id, person_id, reason, ends_at), UPDATE (reviewed_at, reviewed_by, justified, judgement) ON casus.emergency_reading TO casus_acl;
CREATE POLICY opens ON casus.emergency_reading FOR INSERT TO casus_acl WITH CHECK (true);
CREATE POLICY reviews ON casus.emergency_reading FOR UPDATE TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY emergency_logs ON casus.change_log FOR INSERT TO casus_acl WITH CHECK (event IN ('emergency.reviewed'));
