-- What professionals tell about themselves to residents (R080), and how many people they help at most. Nobody reads the table: each function gives what its
-- reader may see. Refusals, in the words of portal/choice/commands.py: MB001 not there (or not yours), MB009 the same form again,
-- MB072 done already.

-- Somebody who works here today and helps people.
CREATE FUNCTION casus.helps_people(s casus.staff) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN s.role IN ('professional', 'teamleider') AND s.joined_on <= acl.today() AND (s.left_on IS NULL OR s.left_on > acl.today());
END $$;

-- How many dossiers somebody works in today.
CREATE FUNCTION casus.helped_by(person int) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT count(DISTINCT t.dossier_id) FROM casus.assignment t WHERE t.staff_id = person
        AND t.valid_from <= acl.today() AND (t.valid_until IS NULL OR t.valid_until >= acl.today()));
END $$;

-- Sends one's own words to the team lead; what residents read stays until those are placed.
CREATE FUNCTION casus.send_profile(version uuid, says jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me int := acl.person_id();
BEGIN
    IF acl.kind() NOT IN ('professional', 'teamleider') THEN RAISE EXCEPTION 'nobody to tell of' USING ERRCODE = 'MB001'; END IF;
    PERFORM pg_advisory_xact_lock(hashtext('casus.profile'), me);
    IF EXISTS (SELECT FROM casus.profile p WHERE p.public_id = version) THEN RAISE EXCEPTION 'again' USING ERRCODE = 'MB009'; END IF;
    INSERT INTO casus.profile (public_id, staff_id, number, drawing, languages, good_at, leefdomeinen, about, manner, days, lived)
    SELECT version, me, coalesce((SELECT max(p.number) FROM casus.profile p WHERE p.staff_id = me), 0) + 1, x.drawing, x.languages, x.good_at,
        x.leefdomeinen, x.about, x.manner, x.days, x.lived
    FROM jsonb_to_record(says) AS x (drawing int, languages text[], good_at text[], leefdomeinen smallint[], about text, manner text,
        days smallint[], lived boolean);
    PERFORM casus.log_staff('staff.profile_sent', me);
END $$;

-- The newest that I sent, and the one that residents read.
CREATE FUNCTION casus.own_profiles() RETURNS SETOF casus.profile
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT p.* FROM casus.profile p WHERE p.staff_id = acl.person_id() AND session_user = 'web_team' ORDER BY p.number DESC;
END $$;

-- Residents don't read about me any more.
CREATE FUNCTION casus.hide_profile() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE casus.profile p SET gone_at = now() WHERE p.staff_id = acl.person_id() AND p.gone_at IS NULL;
    IF NOT FOUND THEN RAISE EXCEPTION 'nothing there' USING ERRCODE = 'MB072'; END IF;
    PERFORM casus.log_staff('staff.profile_hidden', acl.person_id());
END $$;

-- What was sent and waits for who manages that person, the oldest first. Only the newest of each counts.
CREATE FUNCTION casus.profiles_to_look_at() RETURNS TABLE (profile casus.profile, name text, job_title text, team_name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT p, acl.full_name(p.staff_id), s.job_title, t.name
    FROM casus.profile p JOIN casus.staff s ON s.person_id = p.staff_id LEFT JOIN casus.team t ON t.id = s.team_id
    WHERE p.placed IS NULL AND p.gone_at IS NULL AND casus.helps_people(s) AND casus.may_manage_staff(s.team_id, s.role)
      AND NOT EXISTS (SELECT FROM casus.profile q WHERE q.staff_id = p.staff_id AND q.number > p.number)
    ORDER BY p.sent_at, p.id;
END $$;

-- The team lead places it or sends it back with words.
CREATE FUNCTION casus.look_at_profile(version uuid, good boolean, words text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE found_id int;
BEGIN
    SELECT (l.profile).id INTO found_id FROM casus.profiles_to_look_at() l WHERE (l.profile).public_id = version;
    IF NOT FOUND THEN RAISE EXCEPTION 'nothing waits' USING ERRCODE = 'MB001'; END IF;
    UPDATE casus.profile p SET placed = good, looked_at = now(), looked_by_name = acl.signature(), remark = words WHERE p.id = found_id;
    PERFORM casus.log_staff('staff.profile_looked', (SELECT p.staff_id FROM casus.profile p WHERE p.id = found_id));
END $$;

-- Who helps people, as residents may read of them: the newest words that were placed. places: how many people more; NULL: nobody said how many at most.
CREATE FUNCTION casus.profiles()
RETURNS TABLE (person uuid, name text, job_title text, team uuid, team_name text, stadsdeel smallint, drawing smallint, languages text[], good_at text[],
    leefdomeinen smallint[], about text, manner text, days smallint[], lived boolean, places int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF acl.person_id() IS NULL THEN RETURN; END IF;
    RETURN QUERY SELECT DISTINCT ON (p.staff_id) x.public_id, acl.full_name(x.id), s.job_title, t.public_id, t.name, t.stadsdeel_id, p.drawing, p.languages, p.good_at,
        p.leefdomeinen, p.about, p.manner, p.days, p.lived, 
        CASE WHEN s.caseload_max IS NOT NULL THEN greatest(s.caseload_max - casus.helped_by(s.person_id), 0) END
    FROM casus.profile p JOIN casus.staff s ON s.person_id = p.staff_id JOIN casus.person x ON x.id = p.staff_id
        LEFT JOIN casus.team t ON t.id = s.team_id
    WHERE p.placed AND p.gone_at IS NULL AND casus.helps_people(s)
    ORDER BY p.staff_id, p.number DESC;
END $$;

-- How many people each of those helps whom the actor manages, at most, and how many hours in a week that takes as they say; NULL: nobody said.
CREATE FUNCTION casus.caseloads() RETURNS TABLE (person uuid, name text, team_name text, helps int, most smallint, profile boolean, hours bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT p.public_id, acl.full_name(p.id), t.name, casus.helped_by(p.id), s.caseload_max,
        EXISTS (SELECT FROM casus.profile f WHERE f.staff_id = p.id AND f.placed AND f.gone_at IS NULL),
        (SELECT sum(t.hours) FROM casus.assignment t WHERE t.staff_id = p.id
            AND t.valid_from <= acl.today() AND (t.valid_until IS NULL OR t.valid_until >= acl.today()))
    FROM casus.staff s JOIN casus.person p ON p.id = s.person_id LEFT JOIN casus.team t ON t.id = s.team_id
    WHERE casus.helps_people(s) AND casus.may_manage_staff(s.team_id, s.role)
    ORDER BY t.name, p.last_name, p.first_name, p.id;
END $$;

-- About how many hours in a week the actor's own work in this dossier takes.
CREATE FUNCTION casus.say_hours(of_dossier uuid, how_many int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE casus.assignment t SET hours = how_many FROM casus.dossier d
    WHERE d.public_id = of_dossier AND t.dossier_id = d.id AND t.staff_id = acl.person_id()
      AND t.valid_from <= acl.today() AND (t.valid_until IS NULL OR t.valid_until >= acl.today());
    IF NOT FOUND THEN RAISE EXCEPTION 'no work there' USING ERRCODE = 'MB001'; END IF;
END $$;

CREATE FUNCTION casus.set_caseload(of_person uuid, most int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE s casus.staff%ROWTYPE := casus.managed_staff(of_person);
BEGIN
    UPDATE casus.staff x SET caseload_max = most WHERE x.person_id = s.person_id;
    PERFORM casus.log_staff('staff.caseload', s.person_id);
END $$;

-- Who stands in for whom of those who work in this dossier, for the inwoner's side: what was, is and comes, on days on which they work in it.
CREATE FUNCTION casus.stand_ins(of_dossier int) RETURNS TABLE (away uuid, away_name text, from_day date, until_day date, stands_in uuid, stands_in_name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT of_dossier = ANY (acl.owned_dossiers()) THEN RETURN; END IF;
    RETURN QUERY SELECT DISTINCT p.public_id, acl.full_name(p.id), b.from_date, b.until_date, w.public_id, acl.full_name(w.id)
    FROM casus.assignment t JOIN casus.absence b ON b.staff_id = t.staff_id JOIN casus.person p ON p.id = b.staff_id
        LEFT JOIN casus.person w ON w.id = b.substitute_id
    WHERE t.dossier_id = of_dossier AND b.until_date >= t.valid_from AND (t.valid_until IS NULL OR b.from_date <= t.valid_until)
    ORDER BY 3, 4, 2;
END $$;

GRANT EXECUTE ON FUNCTION casus.send_profile(uuid, jsonb), casus.own_profiles(), casus.hide_profile(), casus.profiles_to_look_at(),
    casus.look_at_profile(uuid, boolean, text), casus.caseloads(), casus.set_caseload(uuid, int), casus.say_hours(uuid, int) TO web_team;
GRANT UPDATE (hours) ON casus.assignment TO casus_acl;
GRANT EXECUTE ON FUNCTION casus.profiles() TO web_inwoner, web_team;
GRANT EXECUTE ON FUNCTION casus.stand_ins(int) TO web_inwoner;
GRANT EXECUTE ON FUNCTION casus.set_caseload(uuid, int) TO portaal_operator;
GRANT SELECT, INSERT, UPDATE (placed, looked_at, looked_by_name, remark, gone_at) ON casus.profile TO casus_acl;
CREATE POLICY definer ON casus.profile TO casus_acl USING (true) WITH CHECK (true);
GRANT INSERT ON casus.profile TO portaal_operator;
CREATE POLICY import ON casus.profile FOR INSERT TO portaal_operator WITH CHECK (true);
