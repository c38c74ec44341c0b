-- Ending the help, staying near afterwards, and coming back. Read by the inwoner's side and who works in the dossier; a team lead reads what waits for a second
-- yes, the team who came back. Refusals, put into words by portal/ending/commands.py: MB001 not there (or not yours), MB072 answered or done already, MB095 no
-- such day, MB097 a second one has to agree first, MB098 the inwoner hasn't answered yet, and still has time, MB111 who helps from now on hasn't confirmed that.

-- Lays an ending before the inwoner. about: as the columns of casus.ending; near: the public id of who stays near. Closing evaluation: the last one of which the
-- outcome was to end, or that was planned as the last.
CREATE FUNCTION casus.propose_ending(of_dossier int, number uuid, about jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    e casus.ending%ROWTYPE := jsonb_populate_record(NULL::casus.ending, about);
    near record;
BEGIN
    IF NOT of_dossier = ANY (acl.treated_dossiers()) THEN RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001'; END IF;
    IF (e.ends_on BETWEEN acl.today() AND acl.today() + interval '1 year') IS NOT TRUE
        OR (e.near_until BETWEEN e.ends_on AND e.ends_on + interval '1 year') IS FALSE THEN
        RAISE EXCEPTION 'no such day' USING ERRCODE = 'MB095';
    END IF;
    IF EXISTS (SELECT FROM casus.ending x WHERE x.dossier_id = of_dossier AND x.withdrawn_at IS NULL AND x.back_at IS NULL) THEN
        RAISE EXCEPTION 'there is one already' USING ERRCODE = 'MB072';
    END IF;
    SELECT p.id, p.name INTO near FROM acl.plan_people(of_dossier) p WHERE p.public_id = (about ->> 'near')::uuid AND p.relation = 'b professional';
    INSERT INTO casus.ending (public_id, dossier_id, kind, weighty, ends_on, reason, onward, warned, evaluation_id, not_evaluated, near_until, near_by,
        near_by_name, near_words, made_by, made_by_name)
    VALUES (number, of_dossier, e.kind, e.weighty, e.ends_on, e.reason, e.onward, e.warned,
        (SELECT max(x.id) FROM casus.evaluation x WHERE x.dossier_id = of_dossier AND x.outcome IS NOT NULL AND (x.outcome = 5 OR x.kind = 3)),
        e.not_evaluated, e.near_until, near.id, coalesce(near.name, ''), e.near_words, acl.person_id(), acl.signature());
    PERFORM casus.tell_owner(of_dossier, NULL);
END $$;

-- The ending of a dossier that isn't done, when the actor may act in that dossier as asked: held until the transaction ends.
CREATE FUNCTION casus.open_ending(ending uuid, of_dossiers int[]) RETURNS casus.ending
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e casus.ending%ROWTYPE;
BEGIN
    SELECT * INTO e FROM casus.ending x WHERE x.public_id = ending AND x.dossier_id = ANY (of_dossiers) AND x.withdrawn_at IS NULL FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such ending' USING ERRCODE = 'MB001'; END IF;
    RETURN e;
END $$;

-- What the inwoner's side says of the reason, also after the day; or who works there writes down what was said on paper or aloud. Once.
CREATE FUNCTION casus.answer_ending(ending uuid, of_choice int, said text, of_way text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e casus.ending%ROWTYPE := casus.open_ending(ending, CASE WHEN of_way = 'portaal' THEN acl.owned_dossiers() ELSE acl.treated_dossiers() END);
BEGIN
    IF e.choice IS NOT NULL THEN RAISE EXCEPTION 'answered already' USING ERRCODE = 'MB072'; END IF;
    UPDATE casus.ending x SET choice = of_choice, words = said, way = of_way, answered_by_name = acl.signature(), answered_at = now() WHERE x.id = e.id;
END $$;

-- Early endings that wait for a second yes: for a team lead of the team of the dossier who didn't make them; of what such a lead made, any other team lead.
CREATE FUNCTION acl.endings_to_agree_with()
RETURNS TABLE (public_id uuid, inwoner text, kind smallint, weighty smallint, ends_on date, reason text, onward text, warned text, made_by_name text,
    made_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE me int := acl.person_id();
BEGIN
    IF acl.kind() IS DISTINCT FROM 'teamleider' THEN RETURN; END IF;
    RETURN QUERY
    SELECT e.public_id, acl.full_name(d.inwoner_id), e.kind, e.weighty, e.ends_on, e.reason, e.onward, e.warned, e.made_by_name, e.made_at
    FROM casus.ending e JOIN casus.dossier d ON d.id = e.dossier_id JOIN casus.staff s ON s.person_id = e.made_by
    WHERE e.kind >= 4 AND e.agreed_at IS NULL AND e.withdrawn_at IS NULL AND e.made_by <> me
      AND (coalesce(d.team_id, s.team_id) = acl.team_id() OR s.role = 'teamleider')
    ORDER BY e.made_at, e.id;
END $$;

-- The second yes; or no, and then it is off.
CREATE FUNCTION casus.agree_ending(ending uuid, agrees boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE d casus.dossier%ROWTYPE;
BEGIN
    IF NOT EXISTS (SELECT FROM acl.endings_to_agree_with() w WHERE w.public_id = ending) THEN
        RAISE EXCEPTION 'no such ending' USING ERRCODE = 'MB001';
    END IF;
    UPDATE casus.ending x SET agreed_by = acl.person_id(), agreed_by_name = acl.signature(), agreed_at = now(),
        withdrawn_at = CASE WHEN agrees THEN NULL ELSE now() END
    WHERE x.public_id = ending RETURNING x.dossier_id INTO d.id;
    SELECT * INTO d FROM casus.dossier x WHERE x.id = d.id;
    PERFORM casus.tell_owner(d.id, 'nieuw');
    IF agrees THEN
        PERFORM casus.log_dossier('ending.agreed', d.id, d.inwoner_id);
    ELSE
        PERFORM casus.log_dossier('ending.withdrawn', d.id, d.inwoner_id);
    END IF;
END $$;

-- Takes it back, as long as it isn't done.
CREATE FUNCTION casus.withdraw_ending(ending uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e casus.ending%ROWTYPE := casus.open_ending(ending, acl.treated_dossiers());
BEGIN
    IF e.done_at IS NOT NULL THEN RAISE EXCEPTION 'done already' USING ERRCODE = 'MB072'; END IF;
    UPDATE casus.ending x SET withdrawn_at = now() WHERE x.id = e.id;
    PERFORM casus.tell_owner(e.dossier_id, 'nieuw');
END $$;

-- The help ends on its day: then nobody works in the dossier any more, but who stays near, until the last day of that. Not before the inwoner answered, or
-- had fourteen days for it (portal.deadlines.ENDING_ANSWER), and early not before a second one agreed. Who is handed over isn't let go before the other party
-- took over, and begins by the last day (eis 61.1 and 62.2): handed over wholly (2) goes with such a handover, and any that is to end the help holds it up.
CREATE FUNCTION casus.finish_ending(ending uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e casus.ending%ROWTYPE := casus.open_ending(ending, acl.treated_dossiers());
BEGIN
    IF e.done_at IS NOT NULL THEN RAISE EXCEPTION 'done already' USING ERRCODE = 'MB072'; END IF;
    IF e.kind >= 4 AND e.agreed_at IS NULL THEN RAISE EXCEPTION 'a second one first' USING ERRCODE = 'MB097'; END IF;
    IF e.choice IS NULL AND e.made_at > now() - interval '14 days' THEN RAISE EXCEPTION 'no answer yet' USING ERRCODE = 'MB098'; END IF;
    IF EXISTS (SELECT FROM casus.handover h WHERE h.dossier_id = e.dossier_id AND h.ends_here AND h.withdrawn_at IS NULL AND h.choice IS DISTINCT FROM 2
            AND (h.begins_on <= e.ends_on) IS NOT TRUE)
        OR e.kind = 2 AND NOT EXISTS (SELECT FROM casus.handover h
            WHERE h.dossier_id = e.dossier_id AND NOT h.inward AND h.withdrawn_at IS NULL AND h.begins_on <= e.ends_on)
    THEN
        RAISE EXCEPTION 'not taken over yet' USING ERRCODE = 'MB111';
    END IF;
    UPDATE casus.ending x SET done_at = now(), done_by_name = acl.signature(), ends_on = greatest(x.ends_on, acl.today()) WHERE x.id = e.id
    RETURNING x.ends_on INTO e.ends_on;
    UPDATE casus.dossier d SET closed_on = e.ends_on WHERE d.id = e.dossier_id;
    UPDATE casus.assignment t SET valid_until = CASE WHEN t.staff_id = e.near_by THEN greatest(e.near_until, e.ends_on) ELSE e.ends_on END
    WHERE t.dossier_id = e.dossier_id AND coalesce(t.valid_until, 'infinity') >= e.ends_on;
    PERFORM casus.tell_owner(e.dossier_id, NULL);
END $$;

-- The inwoner wants help again: in one step, without asking anew. As long as somebody stayed near, that one works in the dossier as before; the team sees it.
-- Gives false when no help ended here.
CREATE FUNCTION casus.come_back(of_dossier int) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e casus.ending%ROWTYPE;
BEGIN
    IF NOT of_dossier = ANY (acl.owned_dossiers()) THEN RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001'; END IF;
    UPDATE casus.ending x SET back_at = now()
    WHERE x.dossier_id = of_dossier AND x.done_at IS NOT NULL AND x.back_at IS NULL RETURNING * INTO e;
    IF NOT FOUND THEN RETURN false; END IF;
    UPDATE casus.dossier d SET closed_on = NULL WHERE d.id = of_dossier;
    UPDATE casus.assignment t SET valid_until = NULL WHERE t.dossier_id = of_dossier AND t.staff_id = e.near_by AND t.valid_until >= acl.today();
    RETURN true;
END $$;

-- Who came back and of whom nobody of the team said yet that they help: for the team of the dossier, or of
-- who made the ending.
CREATE FUNCTION acl.came_back() RETURNS TABLE (public_id uuid, dossier uuid, inwoner text, back_at timestamptz, near_by_name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF acl.kind() NOT IN ('professional', 'teamleider') THEN RETURN; END IF;
    RETURN QUERY
    SELECT e.public_id, d.public_id, acl.full_name(d.inwoner_id), e.back_at, e.near_by_name
    FROM casus.ending e JOIN casus.dossier d ON d.id = e.dossier_id JOIN casus.staff s ON s.person_id = e.made_by
    WHERE e.back_at IS NOT NULL AND e.taken_at IS NULL AND coalesce(d.team_id, s.team_id) = acl.team_id() ORDER BY e.back_at, e.id;
END $$;

-- The actor helps who came back, and works in the dossier from today if they didn't yet. Gives the dossier.
CREATE FUNCTION casus.take_back(ending uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_id int;
    found_id uuid;
BEGIN
    SELECT w.dossier INTO found_id FROM acl.came_back() w WHERE w.public_id = ending;
    IF NOT FOUND THEN RAISE EXCEPTION 'nobody came back' USING ERRCODE = 'MB001'; END IF;
    UPDATE casus.ending x SET taken_at = now(), taken_by_name = acl.signature() WHERE x.public_id = ending RETURNING x.dossier_id INTO of_id;
    IF NOT of_id = ANY (acl.treated_dossiers()) THEN PERFORM casus.begin_assignment(of_id); END IF;
    PERFORM casus.log_dossier('ending.taken', of_id, (SELECT d.inwoner_id FROM casus.dossier d WHERE d.id = of_id));
    PERFORM casus.tell_owner(of_id, 'nieuw');
    RETURN found_id;
END $$;

GRANT EXECUTE ON FUNCTION casus.propose_ending(int, uuid, jsonb), acl.endings_to_agree_with(), casus.agree_ending(uuid, boolean), casus.withdraw_ending(uuid),
    casus.finish_ending(uuid), acl.came_back(), casus.take_back(uuid) TO web_team;
GRANT EXECUTE ON FUNCTION casus.answer_ending(uuid, int, text, text) TO web_inwoner, web_team;
GRANT EXECUTE ON FUNCTION casus.come_back(int) TO web_inwoner;

GRANT SELECT ON casus.ending TO web_inwoner, web_team;
CREATE POLICY read ON casus.ending FOR SELECT TO web_inwoner, web_team USING (dossier_id = ANY ((SELECT acl.core_dossiers())::int[]));
GRANT SELECT, INSERT (public_id, dossier_id, kind, weighty, ends_on, reason, onward, warned, evaluation_id, not_evaluated, near_until, near_by, near_by_name,
    near_words, made_by, made_by_name), UPDATE (ends_on, agreed_by, agreed_by_name, agreed_at, choice, words, way, answered_by_name, answered_at, withdrawn_at,
    done_by_name, done_at, back_at, taken_by_name, taken_at) ON casus.ending TO casus_acl;
GRANT UPDATE (closed_on) ON casus.dossier TO casus_acl;
GRANT INSERT ON casus.ending TO portaal_operator;
CREATE POLICY import ON casus.ending FOR INSERT TO portaal_operator WITH CHECK (true);
CREATE POLICY definer ON casus.ending TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY ending_logs ON casus.change_log FOR INSERT TO casus_acl WITH CHECK (event IN ('ending.agreed', 'ending.withdrawn', 'ending.taken'));
CREATE POLICY help_ends ON casus.dossier FOR UPDATE TO casus_acl USING (true) WITH CHECK (true);
