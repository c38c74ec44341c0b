-- The inwoner decides who reads along: gives access, changes it, withdraws it. Refusals, in the words of portal/sharing/commands.py: MB001 not there (or
-- not yours), MB002 user name taken, MB051 no such last day, MB052 nothing was chosen.

-- The own dossier. A vertegenwoordiger gives nobody access in the inwoner's place.
CREATE FUNCTION acl.shared_dossier(of_dossier uuid) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE found_id int;
BEGIN
    SELECT d.id INTO found_id FROM casus.dossier d WHERE d.public_id = of_dossier AND d.id = ANY (acl.owned_dossiers()) AND acl.kind() = 'inwoner';
    IF NOT FOUND THEN RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001'; END IF;
    RETURN found_id;
END $$;

-- Somebody whom the inwoner ever let read along in this dossier; nobody else is found, whoever the number is of.
CREATE FUNCTION acl.naaste_of(in_dossier int, of_person uuid) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE found_id int;
BEGIN
    SELECT p.id INTO found_id FROM casus.person p
    WHERE p.public_id = of_person AND EXISTS (SELECT FROM casus.access_grant g WHERE g.dossier_id = in_dossier AND g.grantee_id = p.id);
    IF NOT FOUND THEN RAISE EXCEPTION 'no such person' USING ERRCODE = 'MB001'; END IF;
    RETURN found_id;
END $$;

-- What somebody may read of a dossier, today or from a later day on.
CREATE FUNCTION acl.open_grants(in_dossier int, of_person int) RETURNS SETOF casus.access_grant
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT g.* FROM casus.access_grant g
        WHERE g.dossier_id = in_dossier AND g.grantee_id = of_person AND g.withdrawn_at IS NULL
          AND (g.valid_until IS NULL OR g.valid_until >= acl.today());
END $$;

-- Whether somebody has, or ever had, something to do here besides this dossier. A start code for such a person would open what isn't this inwoner's.
CREATE FUNCTION acl.tied_elsewhere(of_person int, in_dossier int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM casus.access_grant g WHERE g.grantee_id = of_person AND g.dossier_id <> in_dossier)
        OR EXISTS (SELECT FROM casus.dossier d WHERE d.inwoner_id = of_person)
        OR EXISTS (SELECT FROM casus.mandate m WHERE m.person_id = of_person)
        OR EXISTS (SELECT FROM casus.person p WHERE p.id = of_person AND p.is_staff);
END $$;

-- Everybody who may read something of a dossier, did, or will from a later day on: from and until are days, both included, NULL without end. The
-- program says what holds today. Titles aren't given here: they are asked as the inwoner, who doesn't see each.
CREATE FUNCTION acl.seers(of_id int)
RETURNS TABLE (relation text, person uuid, name text, detail text, from_day date, until_day date, withdrawn_at timestamptz, ground text, scope smallint,
    sections smallint[], leefdomein smallint, entry_id int, said text, confirmed_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT 'vertegenwoordiger', p.public_id, acl.full_name(p.id), m.ground, m.valid_from, m.valid_until, m.withdrawn_at, m.ground,
        1::smallint, NULL::smallint[], NULL::smallint, NULL::int, NULL, m.confirmed_at
    FROM casus.mandate m JOIN casus.person p ON p.id = m.person_id WHERE m.dossier_id = of_id
    UNION ALL
    SELECT 'professional', p.public_id, acl.full_name(p.id), t.role_text, greatest(t.valid_from, s.joined_on), least(t.valid_until, s.left_on - 1), NULL, '',
        1::smallint, NULL, NULL, NULL, NULL, NULL
    FROM casus.assignment t JOIN casus.staff s ON s.person_id = t.staff_id JOIN casus.person p ON p.id = s.person_id
    WHERE t.dossier_id = of_id AND s.role <> 'beheerder'
    UNION ALL
    SELECT 'waarnemer', p.public_id, acl.full_name(p.id), acl.full_name(b.staff_id), greatest(b.from_date, t.valid_from, w.joined_on),
        least(b.until_date, t.valid_until, s.left_on - 1, w.left_on - 1), NULL, '', 1::smallint, NULL, NULL, NULL, NULL, NULL
    FROM casus.absence b JOIN casus.assignment t ON t.staff_id = b.staff_id JOIN casus.staff s ON s.person_id = b.staff_id
        JOIN casus.staff w ON w.person_id = b.substitute_id JOIN casus.person p ON p.id = w.person_id
    WHERE t.dossier_id = of_id AND w.role <> 'beheerder'
    UNION ALL
    SELECT 'naaste', p.public_id, acl.full_name(p.id), '', g.valid_from, g.valid_until, g.withdrawn_at, g.ground,
        g.scope, CASE WHEN g.section IS NOT NULL THEN ARRAY[g.section] END, g.leefdomein, g.entry_id, g.relation, g.confirmed_at
    FROM casus.access_grant g JOIN casus.person p ON p.id = g.grantee_id WHERE g.dossier_id = of_id
    UNION ALL
    -- Who is in the household plan, and reads a part that the inwoner showed (74_household_plan.sql).
    SELECT 'huisgenoot', NULL, acl.full_name(h.inwoner_id), '', (m.joined_at AT TIME ZONE 'Europe/Amsterdam')::date, NULL, NULL, 'toestemming', 5::smallint,
        NULL, NULL, NULL, NULL, NULL
    FROM unnest(acl.joint_dossiers(of_id)) j (id) JOIN casus.dossier h ON h.id = j.id JOIN casus.joint_plan_member m ON m.dossier_id = h.id AND m.left_at IS NULL
    WHERE acl.shown_parts(of_id, h.id) <> '{}'
    UNION ALL
    SELECT 'programma', NULL, q.name, q.purpose, d.opened_on, q.ended_on - 1, NULL, '', 2::smallint, q.sections, NULL, NULL, NULL, NULL
    FROM casus.program q JOIN casus.dossier d ON d.team_id = ANY (q.team_ids) WHERE d.id = of_id AND q.ground = 'wet'
    UNION ALL
    -- As the inwoner said it. What the agreement with the city no longer holds isn't read (acl.program_sections).
    SELECT 'organisatie', q.public_id, q.name, q.purpose, (c.given_at AT TIME ZONE 'Europe/Amsterdam')::date, least(c.valid_until, q.ended_on - 1), c.withdrawn_at,
        q.ground, 2::smallint, c.sections, NULL, NULL, NULL, c.confirmed_at
    FROM casus.program_consent c JOIN casus.program q ON q.role_name = c.role_name WHERE c.dossier_id = of_id;
END $$;

CREATE FUNCTION acl.who_may_see(of_dossier uuid)
RETURNS TABLE (relation text, person uuid, name text, detail text, from_day date, until_day date, withdrawn_at timestamptz, ground text, scope smallint,
    sections smallint[], leefdomein smallint, entry_id int, said text, confirmed_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN QUERY SELECT s.* FROM acl.seers(acl.shared_dossier(of_dossier)) s; END $$;

-- Who somebody is to the inwoner, in the inwoner's words, as it was said last.
CREATE FUNCTION acl.said_of(in_dossier int, of_person int) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT g.relation FROM casus.access_grant g
        WHERE g.dossier_id = in_dossier AND g.grantee_id = of_person AND g.relation IS NOT NULL ORDER BY g.id DESC LIMIT 1);
END $$;

-- A last day is today or later, and a year away at most: portal.deadlines.ACCESS_LONGEST.
CREATE FUNCTION acl.require_last_day(until_day date) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (until_day BETWEEN acl.today() AND acl.today() + interval '1 year') IS NOT TRUE THEN
        RAISE EXCEPTION 'no such last day' USING ERRCODE = 'MB051';
    END IF;
END $$;

-- From now on somebody reads this, until that day: each part that was open already gets that last day, each other is added. With only_this the rest ends.
-- An invitation into the plan stays as it is (72_plan_guests.sql). said: who that is, in the inwoner's words; NULL: as it was said before.
CREATE FUNCTION acl.put_access(in_dossier int, for_person int, whole boolean, of_sections smallint[], of_leefdomeinen smallint[], of_entries uuid[],
    until_day date, only_this boolean, said text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    part record;
    these int[];
    kept int[] := '{}';
    as_said text := coalesce(said, acl.said_of(in_dossier, for_person));
BEGIN
    PERFORM acl.require_last_day(until_day);
    FOR part IN
        SELECT 1::smallint AS scope, NULL::smallint AS section, NULL::smallint AS leefdomein, NULL::int AS entry_id WHERE whole
        UNION SELECT 2, s, NULL, NULL FROM unnest(of_sections) s
        UNION SELECT 3, NULL, l, NULL FROM unnest(of_leefdomeinen) l
        UNION SELECT 4, NULL, NULL, e.id FROM casus.entry e
            WHERE e.public_id = ANY (of_entries) AND e.dossier_id = in_dossier AND e.audience = 3 AND NOT e.id = ANY (acl.closed_entries())
    LOOP
        WITH changed AS (
            UPDATE casus.access_grant g SET valid_until = until_day, confirmed_at = now()
            FROM acl.open_grants(in_dossier, for_person) o
            WHERE g.id = o.id AND (o.scope, o.section, o.leefdomein, o.entry_id) IS NOT DISTINCT FROM (part.scope, part.section, part.leefdomein, part.entry_id)
            RETURNING g.id)
        SELECT array_agg(c.id) INTO these FROM changed c;
        IF these IS NULL THEN
            INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, section, leefdomein, entry_id, valid_from, valid_until, ground, relation, confirmed_at)
            VALUES (in_dossier, for_person, part.scope, part.section, part.leefdomein, part.entry_id, acl.today(), until_day, 'toestemming', as_said, now())
            RETURNING ARRAY[id] INTO these;
        END IF;
        kept := kept || these;
    END LOOP;
    IF kept = '{}' THEN RAISE EXCEPTION 'nothing was chosen' USING ERRCODE = 'MB052'; END IF;
    IF only_this THEN
        UPDATE casus.access_grant g SET withdrawn_at = now() FROM acl.open_grants(in_dossier, for_person) o
        WHERE g.id = o.id AND o.scope < 5 AND NOT g.id = ANY (kept);
    END IF;
END $$;

-- A mail that waits, and says that something ends soon, goes when nothing that was reminded of is left.
CREATE FUNCTION portaal.drop_reminder(in_dossier int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM portaal.outbox o USING casus.dossier d
    WHERE d.id = in_dossier AND o.person_id = d.inwoner_id AND o.address IS NOT NULL AND o.template = 'toegang'
      AND NOT EXISTS (
        SELECT FROM casus.access_grant g
        WHERE g.dossier_id = in_dossier AND g.withdrawn_at IS NULL AND g.reminded_until = g.valid_until AND g.valid_until >= acl.today())
      AND NOT EXISTS (
        SELECT FROM casus.program_consent c
        WHERE c.dossier_id = in_dossier AND c.withdrawn_at IS NULL AND c.reminded_until = c.valid_until AND c.valid_until >= acl.today());
END $$;

-- What has to end with access that was taken away: what somebody typed and did not send about this dossier, a start code with which nothing can be read any
-- more, and mail that waits. Nobody is told, unless the inwoner wants it, and then not what.
CREATE FUNCTION portaal.access_taken(in_dossier int, from_person int, tell boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE d casus.dossier%ROWTYPE;
BEGIN
    SELECT * INTO d FROM casus.dossier x WHERE x.id = in_dossier;
    DELETE FROM portaal.typed_text t
    WHERE t.person_id = from_person AND t.face = 'inwoner' AND starts_with(t.form_key, '/dossier/' || d.public_id);
    IF NOT EXISTS (SELECT FROM acl.open_grants(in_dossier, from_person)) AND NOT acl.tied_elsewhere(from_person, in_dossier) THEN
        -- A password that was chosen and never confirmed would work without the code beside it.
        UPDATE portaal.account a
        SET start_code_hash = NULL, start_code_expires_at = NULL, password_hash = NULL, totp_secret = NULL
        WHERE a.person_id = from_person AND a.face = 'inwoner' AND a.start_code_hash IS NOT NULL;
        DELETE FROM portaal.outbox o WHERE o.person_id = from_person AND o.address IS NOT NULL AND o.template IN ('nieuws', 'stap');
    END IF;
    PERFORM portaal.drop_reminder(in_dossier);
    IF tell THEN
        INSERT INTO portaal.access_change AS c (person_id) VALUES (from_person) ON CONFLICT (person_id) DO UPDATE SET at = excluded.at;
    END IF;
END $$;

-- A start code for a naaste who has nothing else here and never signed in. Raises MB001 for everybody else, MB002 when the name is somebody's.
CREATE FUNCTION portaal.naaste_start_code(in_dossier int, for_person int, new_username text, code_hash bytea, in_language text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a portaal.account%ROWTYPE;
BEGIN
    SELECT * INTO a FROM portaal.account x WHERE x.person_id = for_person AND x.face = 'inwoner' FOR UPDATE;
    IF acl.tied_elsewhere(for_person, in_dossier) OR portaal.was_in_use(a.id) OR a.disabled_at IS NOT NULL
        OR NOT EXISTS (SELECT FROM acl.open_grants(in_dossier, for_person)) THEN
        RAISE EXCEPTION 'no code for this person' USING ERRCODE = 'MB001';
    END IF;
    IF a.id IS NULL THEN
        BEGIN
            INSERT INTO portaal.account (person_id, face, username, language, start_code_hash, start_code_expires_at)
            VALUES (for_person, 'inwoner', new_username, in_language, code_hash, now() + portaal.start_code_life()) RETURNING * INTO a;
        EXCEPTION WHEN unique_violation THEN
            RAISE EXCEPTION 'taken' USING ERRCODE = 'MB002';
        END;
    ELSE
        UPDATE portaal.account x
        SET start_code_hash = code_hash, start_code_expires_at = now() + portaal.start_code_life(), password_hash = NULL, totp_secret = NULL
        WHERE x.id = a.id;
    END IF;
    RETURN a.username;
END $$;

-- Somebody who had a part before gets more, or again.
CREATE FUNCTION acl.give_access(of_dossier uuid, of_person uuid, whole boolean, of_sections smallint[], of_leefdomeinen smallint[], of_entries uuid[],
    until_day date) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_id int := acl.shared_dossier(of_dossier);
    to_id int := acl.naaste_of(of_id, of_person);
BEGIN
    PERFORM acl.put_access(of_id, to_id, whole, of_sections, of_leefdomeinen, of_entries, until_day, false, NULL);
    PERFORM casus.log_dossier('access.given', of_id, to_id);
END $$;

-- Somebody new: a person, an account and a start code for it. The person has the number that the form was made with, so that sending it twice makes one.
-- Always somebody new, because finding who is here already would tell that.
CREATE FUNCTION portaal.invite_naaste(of_dossier uuid, new_person uuid, new_first_name text, new_last_name text, said text, new_username text,
    code_hash bytea, in_language text, whole boolean, of_sections smallint[], of_leefdomeinen smallint[], of_entries uuid[], until_day date) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_id int := acl.shared_dossier(of_dossier);
    to_id int;
    username text;
BEGIN
    INSERT INTO casus.person (public_id, first_name, last_name) VALUES (new_person, new_first_name, new_last_name) RETURNING id INTO to_id;
    PERFORM acl.put_access(of_id, to_id, whole, of_sections, of_leefdomeinen, of_entries, until_day, false, said);
    username := portaal.naaste_start_code(of_id, to_id, new_username, code_hash, in_language);
    PERFORM casus.log_dossier('access.given', of_id, to_id);
    RETURN username;
END $$;

-- From now on somebody reads this and nothing else of the dossier.
CREATE FUNCTION acl.change_access(of_dossier uuid, of_person uuid, whole boolean, of_sections smallint[], of_leefdomeinen smallint[], of_entries uuid[],
    until_day date, tell boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_id int := acl.shared_dossier(of_dossier);
    to_id int := acl.naaste_of(of_id, of_person);
BEGIN
    PERFORM acl.put_access(of_id, to_id, whole, of_sections, of_leefdomeinen, of_entries, until_day, true, NULL);
    PERFORM portaal.access_taken(of_id, to_id, tell);
    PERFORM casus.log_dossier('access.changed', of_id, to_id);
END $$;

-- Somebody reads nothing of the dossier any more.
CREATE FUNCTION acl.withdraw_access(of_dossier uuid, of_person uuid, tell boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_id int := acl.shared_dossier(of_dossier);
    to_id int := acl.naaste_of(of_id, of_person);
BEGIN
    UPDATE casus.access_grant g SET withdrawn_at = now() FROM acl.open_grants(of_id, to_id) o WHERE g.id = o.id;
    -- What ended already ends once: no line, and nobody is told.
    IF NOT FOUND THEN RETURN; END IF;
    PERFORM portaal.access_taken(of_id, to_id, tell);
    PERFORM casus.log_dossier('access.withdrawn', of_id, to_id);
END $$;

-- "Klopt dit nog?" Yes. What had no end ends in a year, unless the inwoner says so again.
CREATE FUNCTION acl.confirm_access(of_dossier uuid, of_person uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_id int := acl.shared_dossier(of_dossier);
    to_id int := acl.naaste_of(of_id, of_person);
BEGIN
    UPDATE casus.access_grant g SET confirmed_at = now(), valid_until = coalesce(g.valid_until, (acl.today() + interval '1 year')::date)
    FROM acl.open_grants(of_id, to_id) o WHERE g.id = o.id;
    PERFORM casus.log_dossier('access.confirmed', of_id, to_id);
END $$;

-- A new code for who never came in.
CREATE FUNCTION portaal.new_naaste_code(of_dossier uuid, of_person uuid, new_username text, code_hash bytea, in_language text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_id int := acl.shared_dossier(of_dossier);
    to_id int := acl.naaste_of(of_id, of_person);
    username text;
BEGIN
    username := portaal.naaste_start_code(of_id, to_id, new_username, code_hash, in_language);
    PERFORM casus.log_dossier('access.code', of_id, to_id);
    RETURN username;
END $$;

-- Whether the inwoner can give a code to a naaste, and until when the one of before works; no row for who has something else here or came in already.
CREATE FUNCTION portaal.naaste_code(of_dossier uuid, of_person uuid) RETURNS TABLE (code_until timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_id int := acl.shared_dossier(of_dossier);
    to_id int := acl.naaste_of(of_id, of_person);
BEGIN
    RETURN QUERY
    SELECT a.start_code_expires_at FROM casus.person p LEFT JOIN portaal.account a ON a.person_id = p.id AND a.face = 'inwoner'
    WHERE p.id = to_id AND NOT acl.tied_elsewhere(to_id, of_id) AND NOT portaal.was_in_use(a.id) AND a.disabled_at IS NULL
      AND EXISTS (SELECT FROM acl.open_grants(of_id, to_id));
END $$;

-- When the own access changed, if an inwoner wanted that told and it was not long ago: portal.deadlines.ACCESS_CHANGED_SHOWN.
CREATE FUNCTION portaal.own_access_change() RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT c.at FROM portaal.access_change c WHERE c.person_id = acl.person_id() AND c.at > now() - interval '14 days');
END $$;

-- The job: one notice to each inwoner of whose dossier access ends soon (portal.deadlines.ACCESS_ENDS_SOON), the way that was chosen, where that is safe. Where
-- it isn't nobody is asked to call about it: the inwoner reads it at the next sign-in.
CREATE FUNCTION portaal.remind_of_access() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    r record;
    soon boolean;
BEGIN
    DELETE FROM portaal.access_change c WHERE c.at <= now() - interval '14 days';
    FOR r IN
        SELECT d.id FROM casus.dossier d
        WHERE NOT casus.is_paused(d.inwoner_id, NULL) AND portaal.notice_arrives(d.id, 'meekijken')
    LOOP
        UPDATE casus.access_grant g SET reminded_until = g.valid_until
        WHERE g.dossier_id = r.id AND g.withdrawn_at IS NULL AND g.reminded_until IS DISTINCT FROM g.valid_until
          AND g.valid_until BETWEEN acl.today() AND acl.today() + 14;
        soon := FOUND;
        UPDATE casus.program_consent c SET reminded_until = c.valid_until
        WHERE c.dossier_id = r.id AND c.withdrawn_at IS NULL AND c.reminded_until IS DISTINCT FROM c.valid_until
          AND c.valid_until BETWEEN acl.today() AND acl.today() + 14;
        IF soon OR FOUND THEN PERFORM casus.tell_owner(r.id, 'meekijken'); END IF;
    END LOOP;
END $$;

GRANT EXECUTE ON FUNCTION acl.who_may_see(uuid),
    acl.give_access(uuid, uuid, boolean, smallint[], smallint[], uuid[], date),
    acl.change_access(uuid, uuid, boolean, smallint[], smallint[], uuid[], date, boolean),
    acl.withdraw_access(uuid, uuid, boolean), acl.confirm_access(uuid, uuid),
    portaal.invite_naaste(uuid, uuid, text, text, text, text, bytea, text, boolean, smallint[], smallint[], uuid[], date),
    portaal.new_naaste_code(uuid, uuid, text, bytea, text), portaal.naaste_code(uuid, uuid), portaal.own_access_change()
TO web_inwoner;
GRANT EXECUTE ON FUNCTION portaal.remind_of_access() TO portaal_jobs;
GRANT INSERT (dossier_id, grantee_id, scope, section, leefdomein, entry_id, valid_from, valid_until, ground, relation, confirmed_at),
    UPDATE (valid_until, confirmed_at, reminded_until) ON casus.access_grant TO casus_acl;
GRANT SELECT, INSERT, UPDATE, DELETE ON portaal.access_change TO casus_acl;
-- No function of ours opens anything for longer than a year; ending is always allowed.
CREATE POLICY owner_gives ON casus.access_grant FOR INSERT TO casus_acl WITH CHECK (valid_until <= acl.today() + interval '1 year');
CREATE POLICY changes ON casus.access_grant FOR UPDATE TO casus_acl USING (true) WITH CHECK (
    withdrawn_at IS NOT NULL OR valid_until <= acl.today() + interval '1 year');
CREATE POLICY definer ON portaal.access_change TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY sharing_logs ON casus.change_log FOR INSERT TO casus_acl WITH CHECK (event LIKE 'access.%');
