-- Who works here: joining, role and team, absence, leaving. Only these functions write it, and each asks itself whether the actor may:
-- a beheerder everybody; a teamleider the professionals of the own team; the operator at the command line everybody.
-- Nobody changes the own role or sends oneself away. What is refused has a code of its own, which portal/staff/commands.py puts into words:
-- MB001 not found (or not yours), MB002 user name taken, MB003 last beheerder, MB004 not yourself, MB005 substitute can't, MB006 dates, MB007 role,
-- MB008 e-mail address taken, MB009 the same form for the second time.

CREATE FUNCTION casus.may_manage_staff(of_team int, of_role text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN CASE
        WHEN session_user = 'portaal_operator' THEN true
        WHEN session_user <> 'web_team' THEN false
        WHEN acl.kind() = 'beheerder' THEN true
        WHEN acl.kind() = 'teamleider' THEN coalesce(of_role = 'professional' AND of_team = acl.team_id(), false)
        ELSE false END;
END $$;

-- The member of staff who works here and whom the actor may manage; raises MB001 otherwise, whether the person exists or not.
CREATE FUNCTION casus.managed_staff(of_person uuid) RETURNS casus.staff
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE s casus.staff%ROWTYPE;
BEGIN
    SELECT x.* INTO s FROM casus.staff x JOIN casus.person p ON p.id = x.person_id
    WHERE p.public_id = of_person AND (x.left_on IS NULL OR x.left_on > acl.today()) AND casus.may_manage_staff(x.team_id, x.role);
    IF NOT FOUND THEN RAISE EXCEPTION 'no such member of staff' USING ERRCODE = 'MB001'; END IF;
    RETURN s;
END $$;

CREATE FUNCTION casus.log_staff(what text, subject int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO casus.change_log (event, subject_id) VALUES (what, subject);
END $$;

-- Somebody starts today. Makes the person, the post and the account on the team's face with a start code; gives the person's public id.
CREATE FUNCTION casus.staff_join(new_first_name text, new_infix text, new_last_name text, new_job_title text, in_team uuid, new_role text,
    new_account uuid, new_username text, new_email text, code_hash bytea) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    new_team int := (SELECT t.id FROM casus.team t WHERE t.public_id = in_team);
    new_person casus.person%ROWTYPE;
    taken text;
BEGIN
    IF in_team IS NOT NULL AND new_team IS NULL THEN RAISE EXCEPTION 'no such team' USING ERRCODE = 'MB001'; END IF;
    IF NOT casus.may_manage_staff(new_team, new_role) THEN RAISE EXCEPTION 'this role in this team is not yours to give' USING ERRCODE = 'MB007'; END IF;
    IF new_role <> 'beheerder' AND new_team IS NULL THEN RAISE EXCEPTION 'this role needs a team' USING ERRCODE = 'MB007'; END IF;
    INSERT INTO casus.person (first_name, infix, last_name, is_staff) VALUES (new_first_name, new_infix, new_last_name, true) RETURNING * INTO new_person;
    INSERT INTO casus.staff (person_id, job_title, team_id, role, joined_on) VALUES (new_person.id, new_job_title, new_team, new_role, acl.today());
    BEGIN
        INSERT INTO portaal.account (public_id, person_id, face, username, email, start_code_hash, start_code_expires_at)
        VALUES (new_account, new_person.id, 'team', new_username, new_email, code_hash, now() + portaal.start_code_life());
    EXCEPTION WHEN unique_violation THEN
        GET STACKED DIAGNOSTICS taken = CONSTRAINT_NAME;
        RAISE EXCEPTION 'taken' USING ERRCODE = CASE taken
            WHEN 'account_face_email_key' THEN 'MB008' WHEN 'account_public_id_key' THEN 'MB009' ELSE 'MB002' END;
    END;
    PERFORM casus.log_staff('staff.joined', new_person.id);
    RETURN new_person.public_id;
END $$;

-- A new start code, for who lost it or lost the telephone. It ends the old password and code at once. A teamleider gives it only to somebody
-- who never signed in: whoever holds the code can become that person.
CREATE FUNCTION casus.staff_start_code(of_person uuid, code_hash bytea) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    s casus.staff%ROWTYPE := casus.managed_staff(of_person);
    a portaal.account%ROWTYPE;
BEGIN
    SELECT * INTO a FROM portaal.account x WHERE x.person_id = s.person_id AND x.face = 'team' AND x.disabled_at IS NULL FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION 'no account' USING ERRCODE = 'MB001'; END IF;
    IF s.person_id = acl.person_id() THEN RAISE EXCEPTION 'not for yourself' USING ERRCODE = 'MB004'; END IF;
    IF a.start_code_hash IS NULL AND acl.kind() = 'teamleider' THEN
        RAISE EXCEPTION 'only a beheerder does this after the first sign-in' USING ERRCODE = 'MB007';
    END IF;
    UPDATE portaal.account x
    SET start_code_hash = code_hash, start_code_expires_at = now() + portaal.start_code_life(),
        password_hash = NULL, totp_secret = NULL, last_totp_step = NULL
    WHERE x.id = a.id;
    PERFORM portaal.end_sessions_of(s.person_id, 'team', 'toegang_gestopt');
    PERFORM casus.log_staff('staff.start_code', s.person_id);
    RETURN a.username;
END $$;

CREATE FUNCTION casus.staff_change(of_person uuid, new_job_title text, in_team uuid, new_role text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    s casus.staff%ROWTYPE := casus.managed_staff(of_person);
    new_team int := (SELECT t.id FROM casus.team t WHERE t.public_id = in_team);
BEGIN
    IF in_team IS NOT NULL AND new_team IS NULL THEN RAISE EXCEPTION 'no such team' USING ERRCODE = 'MB001'; END IF;
    IF s.person_id = acl.person_id() AND new_role <> s.role THEN RAISE EXCEPTION 'not the own role' USING ERRCODE = 'MB004'; END IF;
    IF NOT casus.may_manage_staff(new_team, new_role) THEN RAISE EXCEPTION 'this role in this team is not yours to give' USING ERRCODE = 'MB007'; END IF;
    IF new_role <> 'beheerder' AND new_team IS NULL THEN RAISE EXCEPTION 'this role needs a team' USING ERRCODE = 'MB007'; END IF;
    IF s.role = 'beheerder' AND new_role <> 'beheerder' THEN PERFORM casus.keep_a_beheerder(s.person_id); END IF;
    UPDATE casus.staff x SET job_title = new_job_title, team_id = new_team, role = new_role WHERE x.person_id = s.person_id;
    PERFORM casus.log_staff('staff.changed', s.person_id);
END $$;

-- The operator may end the last one too: the next first administrator is made by the same command.
CREATE FUNCTION casus.keep_a_beheerder(without int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM 1 FROM casus.staff x WHERE x.role = 'beheerder' ORDER BY x.person_id FOR UPDATE;
    IF session_user <> 'portaal_operator' AND NOT EXISTS (
        SELECT FROM casus.staff x WHERE x.role = 'beheerder' AND x.person_id <> without AND (x.left_on IS NULL OR x.left_on > acl.today()))
    THEN RAISE EXCEPTION 'the last beheerder' USING ERRCODE = 'MB003'; END IF;
END $$;

-- Somebody is away; who stands in may open the same dossiers on those days, and no longer.
CREATE FUNCTION casus.staff_absence(of_person uuid, first_day date, last_day date, by_substitute uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    s casus.staff%ROWTYPE := casus.managed_staff(of_person);
    new_substitute int;
BEGIN
    IF first_day IS NULL OR last_day IS NULL OR last_day < first_day OR last_day < acl.today() OR last_day > acl.today() + 366 THEN
        RAISE EXCEPTION 'these dates can not be' USING ERRCODE = 'MB006';
    END IF;
    IF by_substitute IS NOT NULL THEN
        SELECT x.person_id INTO new_substitute FROM casus.staff x JOIN casus.person p ON p.id = x.person_id
        WHERE p.public_id = by_substitute AND x.person_id <> s.person_id AND x.role IN ('professional', 'teamleider')
          AND x.joined_on <= acl.today() AND (x.left_on IS NULL OR x.left_on > acl.today());
        IF NOT FOUND THEN RAISE EXCEPTION 'this person can not stand in' USING ERRCODE = 'MB005'; END IF;
    END IF;
    INSERT INTO casus.absence (staff_id, from_date, until_date, substitute_id) VALUES (s.person_id, first_day, last_day, new_substitute);
    PERFORM casus.log_staff('staff.absence', s.person_id);
END $$;

-- Who helps people plans the own days off, from tomorrow on; a colleague of the own team stands in, or nobody.
CREATE FUNCTION casus.plan_own_absence(first_day date, last_day date, by_substitute uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me int := CASE WHEN acl.kind() IN ('professional', 'teamleider') THEN acl.person_id() END;
    new_substitute int;
BEGIN
    IF me IS NULL THEN RAISE EXCEPTION 'nobody who helps people' USING ERRCODE = 'MB001'; END IF;
    IF (first_day > acl.today() AND last_day BETWEEN first_day AND acl.today() + 366) IS NOT TRUE THEN
        RAISE EXCEPTION 'these dates can not be' USING ERRCODE = 'MB006';
    END IF;
    IF by_substitute IS NOT NULL THEN
        SELECT x.person_id INTO new_substitute FROM casus.staff x JOIN casus.person p ON p.id = x.person_id
        WHERE p.public_id = by_substitute AND x.person_id <> me AND x.role IN ('professional', 'teamleider') AND x.team_id = acl.team_id()
          AND x.joined_on <= acl.today() AND (x.left_on IS NULL OR x.left_on > acl.today());
        IF NOT FOUND THEN RAISE EXCEPTION 'this person can not stand in' USING ERRCODE = 'MB005'; END IF;
    END IF;
    INSERT INTO casus.absence (staff_id, from_date, until_date, substitute_id) VALUES (me, first_day, last_day, new_substitute);
    PERFORM casus.log_staff('staff.absence', me);
END $$;

-- The own days off that begin on that day don't happen. What began already is for who leads the team to end.
CREATE FUNCTION casus.drop_own_absence(first_day date) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM casus.absence b WHERE b.staff_id = acl.person_id() AND b.from_date = first_day AND b.from_date > acl.today();
    IF NOT FOUND THEN RAISE EXCEPTION 'no such days' USING ERRCODE = 'MB001'; END IF;
    PERFORM casus.log_staff('staff.absence_ended', acl.person_id());
END $$;

-- Back earlier: the absences of today end yesterday, and those still to come are dropped.
CREATE FUNCTION casus.staff_absence_end(of_person uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE s casus.staff%ROWTYPE := casus.managed_staff(of_person);
BEGIN
    PERFORM casus.close_absences(s.person_id);
    PERFORM casus.log_staff('staff.absence_ended', s.person_id);
END $$;

CREATE FUNCTION casus.close_absences(of_staff int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM casus.absence b WHERE b.staff_id = of_staff AND b.from_date >= acl.today();
    UPDATE casus.absence b SET until_date = acl.today() - 1 WHERE b.staff_id = of_staff AND b.until_date >= acl.today();
END $$;

-- Somebody leaves, today and whole, in one transaction: the post, the account, every session, the dossiers, standing in, and grants. A grant stays
-- for who also has an account on the residents' face: that one was given by an inwoner to a naaste, not to a colleague. Concepts stay, with their
-- author gone; casus.concepts_left_behind lists them, without their words.
CREATE FUNCTION casus.staff_leave(of_person uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE s casus.staff%ROWTYPE := casus.managed_staff(of_person);
BEGIN
    IF s.person_id = acl.person_id() THEN RAISE EXCEPTION 'not oneself' USING ERRCODE = 'MB004'; END IF;
    IF s.role = 'beheerder' THEN PERFORM casus.keep_a_beheerder(s.person_id); END IF;
    UPDATE casus.staff x SET left_on = acl.today() WHERE x.person_id = s.person_id;
    UPDATE casus.assignment t SET valid_until = acl.today() - 1
    WHERE t.staff_id = s.person_id AND (t.valid_until IS NULL OR t.valid_until >= acl.today());
    PERFORM casus.close_absences(s.person_id);
    -- Colleagues this person stood in for are still away: the days that were stay as they were, the days from today on have nobody.
    INSERT INTO casus.absence (staff_id, from_date, until_date)
        SELECT b.staff_id, acl.today(), b.until_date FROM casus.absence b
        WHERE b.substitute_id = s.person_id AND b.from_date < acl.today() AND b.until_date >= acl.today();
    UPDATE casus.absence b SET until_date = acl.today() - 1
    WHERE b.substitute_id = s.person_id AND b.from_date < acl.today() AND b.until_date >= acl.today();
    UPDATE casus.absence b SET substitute_id = NULL WHERE b.substitute_id = s.person_id AND b.from_date >= acl.today();
    UPDATE casus.access_grant g SET withdrawn_at = now()
    WHERE g.grantee_id = s.person_id AND g.withdrawn_at IS NULL
      AND NOT EXISTS (SELECT FROM portaal.account a WHERE a.person_id = s.person_id AND a.face = 'inwoner');
    UPDATE portaal.account a SET disabled_at = now(), start_code_hash = NULL, start_code_expires_at = NULL
    WHERE a.person_id = s.person_id AND a.face = 'team' AND a.disabled_at IS NULL;
    PERFORM portaal.end_sessions_of(s.person_id, NULL, 'uit_dienst');
    PERFORM casus.log_staff('staff.left', s.person_id);
END $$;

-- The people the actor manages, and who left in the last year; with what only the account knows.
CREATE FUNCTION casus.staff_overview()
RETURNS TABLE (public_id uuid, name text, job_title text, role text, team_public_id uuid, team_name text, joined_on date, left_on date,
    username text, signed_in_before boolean, code_until timestamptz, dossiers bigint, away_until date, substitute_name text, is_self boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT p.public_id, acl.full_name(p.id), s.job_title, s.role, t.public_id, t.name, s.joined_on, s.left_on,
        a.username, coalesce(a.password_hash IS NOT NULL AND a.start_code_hash IS NULL, false), a.start_code_expires_at,
        (SELECT count(DISTINCT g.dossier_id) FROM casus.assignment g WHERE g.staff_id = p.id
           AND g.valid_from <= acl.today() AND (g.valid_until IS NULL OR g.valid_until >= acl.today())),
        b.until_date, acl.full_name(b.substitute_id), p.id IS NOT DISTINCT FROM acl.person_id()
    FROM casus.staff s
    JOIN casus.person p ON p.id = s.person_id
    LEFT JOIN casus.team t ON t.id = s.team_id
    LEFT JOIN portaal.account a ON a.person_id = p.id AND a.face = 'team'
    LEFT JOIN LATERAL (SELECT x.until_date, x.substitute_id FROM casus.absence x WHERE x.staff_id = p.id
        AND x.from_date <= acl.today() AND x.until_date >= acl.today() ORDER BY x.until_date DESC LIMIT 1) b ON true
    WHERE casus.may_manage_staff(s.team_id, s.role) AND (s.left_on IS NULL OR s.left_on > acl.today() - 365)
    ORDER BY p.last_name, p.first_name, p.id;
END $$;

-- Concepts whose author left: whose, how many, and the day the last one goes. Not their words, and not whose dossier.
CREATE FUNCTION casus.concepts_left_behind() RETURNS TABLE (author_name text, concepts bigint, saved_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT acl.full_name(s.person_id), count(*), max(c.saved_at)
    FROM casus.concept c JOIN casus.staff s ON s.person_id = c.author_id
    WHERE s.left_on <= acl.today() AND casus.may_manage_staff(s.team_id, s.role)
    GROUP BY s.person_id ORDER BY 1;
END $$;

GRANT EXECUTE ON FUNCTION
    casus.staff_join(text, text, text, text, uuid, text, uuid, text, text, bytea),
    casus.staff_start_code(uuid, bytea),
    casus.staff_change(uuid, text, uuid, text),
    casus.staff_absence(uuid, date, date, uuid),
    casus.staff_absence_end(uuid),
    casus.staff_leave(uuid),
    casus.staff_overview(),
    casus.concepts_left_behind()
TO web_team, portaal_operator;

GRANT INSERT ON casus.person TO casus_acl;
GRANT INSERT, UPDATE ON casus.staff TO casus_acl;
GRANT INSERT, UPDATE, DELETE ON casus.absence TO casus_acl;
GRANT UPDATE (valid_until) ON casus.assignment TO casus_acl;
-- The rows: policy changes in 56_sharing.sql.
GRANT UPDATE (withdrawn_at) ON casus.access_grant TO casus_acl;
GRANT INSERT ON casus.change_log TO casus_acl;
GRANT SELECT ON casus.team TO casus_acl;
GRANT SELECT (author_id, saved_at) ON casus.concept TO casus_acl;
CREATE POLICY staff_adds ON casus.person FOR INSERT TO casus_acl WITH CHECK (true);
CREATE POLICY staff_adds ON casus.staff FOR INSERT TO casus_acl WITH CHECK (true);
CREATE POLICY staff_changes ON casus.staff FOR UPDATE TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY staff_adds ON casus.absence FOR INSERT TO casus_acl WITH CHECK (true);
CREATE POLICY staff_changes ON casus.absence FOR UPDATE TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY staff_drops ON casus.absence FOR DELETE TO casus_acl USING (true);
CREATE POLICY staff_changes ON casus.assignment FOR UPDATE TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY staff_logs ON casus.change_log FOR INSERT TO casus_acl WITH CHECK (event LIKE 'staff.%');
CREATE POLICY staff_reads ON casus.team FOR SELECT TO casus_acl USING (true);
CREATE POLICY staff_counts ON casus.concept FOR SELECT TO casus_acl USING (true);
GRANT EXECUTE ON FUNCTION casus.plan_own_absence(date, date, uuid), casus.drop_own_absence(date) TO web_team;
