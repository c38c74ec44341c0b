-- The inwoner decides which organisations read on consent: which parts, until when; changes it, ends it. Only organisations that the city agreed with are
-- offered, and never more than was agreed. Refusals, in the words of portal/sharing/commands.py: MB001 not there (or not yours), MB051 no such last day,
-- MB052 nothing was chosen.

-- What reads this dossier when the inwoner consents.
CREATE FUNCTION acl.offered_programs(in_dossier int) RETURNS SETOF casus.program
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT p.* FROM casus.program p JOIN casus.dossier d ON d.id = in_dossier WHERE p.ground = 'toestemming' AND acl.in_scope(p, d);
END $$;

CREATE FUNCTION acl.programs_to_ask(of_dossier uuid) RETURNS TABLE (program uuid, name text, purpose text, sections smallint[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN QUERY SELECT p.public_id, p.name, p.purpose, p.sections FROM acl.offered_programs(acl.shared_dossier(of_dossier)) p ORDER BY p.name, p.public_id; END $$;

-- A program that the inwoner ever let read in this dossier; no other is found, whoever the number is of.
CREATE FUNCTION acl.consented_program(in_dossier int, of_program uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE found_name text;
BEGIN
    SELECT p.role_name INTO found_name FROM casus.program p
    WHERE p.public_id = of_program AND EXISTS (SELECT FROM casus.program_consent c WHERE c.dossier_id = in_dossier AND c.role_name = p.role_name);
    IF NOT FOUND THEN RAISE EXCEPTION 'no such program' USING ERRCODE = 'MB001'; END IF;
    RETURN found_name;
END $$;

-- Gives false when there was nothing to end. The program isn't told, unless the inwoner wants it, and then not why (casus_api.ended_consents).
CREATE FUNCTION acl.end_consents(in_dossier int, of_program text, told boolean) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE casus.program_consent c SET withdrawn_at = now(), tell = told FROM acl.open_consents(in_dossier, of_program) o WHERE c.id = o.id;
    IF NOT FOUND THEN RETURN false; END IF;
    PERFORM portaal.drop_reminder(in_dossier);
    RETURN true;
END $$;

-- From now on a program reads these sections and no other, until that day.
CREATE FUNCTION acl.give_consent(of_dossier uuid, of_program uuid, of_sections smallint[], until_day date, told boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_id int := acl.shared_dossier(of_dossier);
    reader casus.program%ROWTYPE;
    changed boolean;
BEGIN
    SELECT * INTO reader FROM acl.offered_programs(of_id) p WHERE p.public_id = of_program;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such program' USING ERRCODE = 'MB001'; END IF;
    -- A year at most: portal.deadlines.ACCESS_LONGEST.
    IF (until_day BETWEEN acl.today() AND acl.today() + interval '1 year') IS NOT TRUE THEN
        RAISE EXCEPTION 'no such last day' USING ERRCODE = 'MB051';
    END IF;
    IF (cardinality(of_sections) > 0 AND of_sections <@ reader.sections) IS NOT TRUE THEN
        RAISE EXCEPTION 'nothing was chosen' USING ERRCODE = 'MB052';
    END IF;
    changed := acl.end_consents(of_id, reader.role_name, told);
    INSERT INTO casus.program_consent (dossier_id, role_name, sections, valid_until) VALUES (of_id, reader.role_name, of_sections, until_day);
    IF changed THEN PERFORM casus.log_dossier('consent.changed', of_id, NULL); ELSE PERFORM casus.log_dossier('consent.given', of_id, NULL); END IF;
END $$;

-- A program reads nothing of the dossier any more. What ended already ends once: no line, and nobody is told.
CREATE FUNCTION acl.withdraw_consent(of_dossier uuid, of_program uuid, told boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE of_id int := acl.shared_dossier(of_dossier);
BEGIN
    IF acl.end_consents(of_id, acl.consented_program(of_id, of_program), told) THEN PERFORM casus.log_dossier('consent.withdrawn', of_id, NULL); END IF;
END $$;

-- "Klopt dit nog?" Yes: for a year.
CREATE FUNCTION acl.confirm_consent(of_dossier uuid, of_program uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE of_id int := acl.shared_dossier(of_dossier);
BEGIN
    UPDATE casus.program_consent c SET confirmed_at = now(), valid_until = (acl.today() + interval '1 year')::date
    FROM acl.open_consents(of_id, acl.consented_program(of_id, of_program)) o WHERE c.id = o.id;
    IF FOUND THEN PERFORM casus.log_dossier('consent.confirmed', of_id, NULL); END IF;
END $$;

GRANT EXECUTE ON FUNCTION acl.programs_to_ask(uuid), acl.give_consent(uuid, uuid, smallint[], date, boolean), acl.withdraw_consent(uuid, uuid, boolean),
    acl.confirm_consent(uuid, uuid) TO web_inwoner;
GRANT SELECT ON casus.program_consent TO web_inwoner;
CREATE POLICY read ON casus.program_consent FOR SELECT TO web_inwoner USING (dossier_id = ANY ((SELECT acl.own_dossiers())::int[]));
GRANT SELECT, INSERT (dossier_id, role_name, sections, valid_until),
    UPDATE (valid_until, confirmed_at, reminded_until, withdrawn_at, tell) ON casus.program_consent TO casus_acl;
CREATE POLICY definer ON casus.program_consent FOR SELECT TO casus_acl USING (true);
-- No function of ours lets a program read for longer than a year; ending is always allowed.
CREATE POLICY owner_gives ON casus.program_consent FOR INSERT TO casus_acl WITH CHECK (valid_until <= acl.today() + interval '1 year');
CREATE POLICY changes ON casus.program_consent FOR UPDATE TO casus_acl USING (true) WITH CHECK (
    withdrawn_at IS NOT NULL OR valid_until <= acl.today() + interval '1 year');
CREATE POLICY consent_logs ON casus.change_log FOR INSERT TO casus_acl WITH CHECK (event LIKE 'consent.%');
