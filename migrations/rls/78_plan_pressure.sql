-- Drang or dwang, written beside the plan by who works in the dossier (eis 11.6), and that a copy on paper was given. Both are for the inwoner's side and the
-- team alone, and change nothing in who reads the plan or agrees with it. Refusals, in the words of portal/plan/commands.py: MB001 not there (or not yours).

-- Writes it down, and tells the inwoner that there is something new, and not what. Gives false when it is there already.
CREATE FUNCTION casus.flag_pressure(of_dossier int, flag uuid, as_kind int, why text, since_day date, last_day date) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT of_dossier = ANY (acl.treated_dossiers()) THEN RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001'; END IF;
    INSERT INTO casus.plan_pressure (public_id, dossier_id, kind, ground, from_day, until_day, set_by, set_by_name)
    VALUES (flag, of_dossier, as_kind, why, since_day, last_day, acl.person_id(), acl.signature()) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN RETURN false; END IF;
    PERFORM casus.tell_owner(of_dossier, 'nieuw');
    RETURN true;
END $$;

-- It ends today. Gives false when it ended already.
CREATE FUNCTION casus.end_pressure(flag uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE p casus.plan_pressure%ROWTYPE;
BEGIN
    SELECT * INTO p FROM casus.plan_pressure x WHERE x.public_id = flag AND x.dossier_id = ANY (acl.treated_dossiers()) FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such flag' USING ERRCODE = 'MB001'; END IF;
    UPDATE casus.plan_pressure x SET ended_at = now(), ended_by = acl.person_id(), ended_by_name = acl.signature() WHERE x.id = p.id AND x.ended_at IS NULL;
    RETURN FOUND;
END $$;

-- The inwoner got the copy on paper of what was agreed with. Gives false when that was written down already.
CREATE FUNCTION casus.give_plan_copy(of_proposal uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE x casus.plan_proposal%ROWTYPE;
BEGIN
    SELECT * INTO x FROM casus.plan_proposal y
    WHERE y.public_id = of_proposal AND y.version IS NOT NULL AND y.dossier_id = ANY (acl.treated_dossiers());
    IF NOT FOUND THEN RAISE EXCEPTION 'no such version' USING ERRCODE = 'MB001'; END IF;
    INSERT INTO casus.plan_copy_given (proposal_id, dossier_id, given_by, given_by_name)
    VALUES (x.id, x.dossier_id, acl.person_id(), acl.signature()) ON CONFLICT DO NOTHING;
    RETURN FOUND;
END $$;

GRANT EXECUTE ON FUNCTION casus.flag_pressure(int, uuid, int, text, date, date), casus.end_pressure(uuid), casus.give_plan_copy(uuid) TO web_team;
GRANT SELECT ON casus.plan_pressure, casus.plan_copy_given TO web_inwoner, web_team;
CREATE POLICY read ON casus.plan_pressure FOR SELECT TO web_inwoner, web_team USING (dossier_id = ANY ((SELECT acl.core_dossiers())::int[]));
CREATE POLICY read ON casus.plan_copy_given FOR SELECT TO web_inwoner, web_team USING (dossier_id = ANY ((SELECT acl.core_dossiers())::int[]));
GRANT SELECT, INSERT (public_id, dossier_id, kind, ground, from_day, until_day, set_by, set_by_name), UPDATE (ended_at, ended_by, ended_by_name)
    ON casus.plan_pressure TO casus_acl;
CREATE POLICY definer ON casus.plan_pressure TO casus_acl USING (true) WITH CHECK (true);
GRANT INSERT (proposal_id, dossier_id, given_by, given_by_name) ON casus.plan_copy_given TO casus_acl;
CREATE POLICY gives ON casus.plan_copy_given FOR INSERT TO casus_acl WITH CHECK (true);
