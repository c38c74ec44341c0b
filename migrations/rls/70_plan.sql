-- The plan van aanpak: who reads which part, and who writes, lays before, agrees and follows. Nothing here changes or removes words: a text is a new row,
-- what was agreed points to rows. Refusals, put into words by portal/plan/commands.py: MB001 not there (or not yours), MB072 decided already,
-- MB091 nothing in it to agree with, MB092 an action without a holder, a day or a day to look at it together, MB093 another text of
-- this kind stands there already for those people.

-- Whether somebody came in, by the residents' face, ever.
CREATE FUNCTION acl.came_in(of_person int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM portaal.account a WHERE a.person_id = of_person AND a.face = 'inwoner' AND portaal.was_in_use(a.id));
END $$;

-- The dossiers of whose plan the actor is invited to.
CREATE FUNCTION acl.plan_dossiers() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN ARRAY(SELECT g.dossier_id FROM acl.live_grants() g WHERE g.scope = 5); END $$;

-- Of those, the ones of which nothing else is open to the actor.
CREATE FUNCTION acl.plan_only() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN ARRAY(SELECT g.dossier_id FROM acl.live_grants() g GROUP BY 1 HAVING min(g.scope) = 5); END $$;

-- As what the actor is invited into the plan of a dossier, and whether to all of it; no row: not invited.
CREATE FUNCTION acl.plan_role(of_dossier int) RETURNS TABLE (role smallint, whole boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT g.plan_role, g.plan_parts IS NULL FROM acl.live_grants() g WHERE g.scope = 5 AND g.dossier_id = of_dossier;
END $$;

-- The dossiers in whose plan the actor is invited as one of these; and those in which they write along.
CREATE FUNCTION acl.plan_invited_as(as_roles int[]) RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF acl.previewed() IS NOT NULL THEN RETURN '{}'; END IF;
    RETURN ARRAY(SELECT g.dossier_id FROM acl.live_grants() g WHERE g.plan_role = ANY (as_roles));
END $$;

CREATE FUNCTION acl.plan_written_along() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN acl.plan_invited_as('{3}'); END $$;

-- The goals of a dossier in which somebody holds an action now.
CREATE FUNCTION acl.goals_held(in_dossier int, by_person int) RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN ARRAY(
        SELECT a.goal_id FROM casus.plan_part a
        CROSS JOIN LATERAL (SELECT t.holder_id, t.dropped FROM casus.plan_text t WHERE t.part_id = a.id ORDER BY t.number DESC LIMIT 1) t
        WHERE a.dossier_id = in_dossier AND a.kind = 21 AND t.holder_id = by_person AND NOT t.dropped);
END $$;

-- What is for professionals (of these also what keeps one safe), and was opened for the actor by name. A goal goes with its actions.
CREATE FUNCTION acl.plan_named() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN ARRAY(
        SELECT p.id FROM acl.live_grants() g JOIN casus.plan_part p ON p.dossier_id = g.dossier_id
        WHERE p.audience = 2 AND coalesce(p.goal_id, p.id) = ANY (g.plan_parts));
END $$;

-- Every part that an invitation opens: what was named, else all that is for whom one lets read the plan; and always the goals in which one holds an action,
-- when those are for whom one lets read it.
CREATE FUNCTION acl.plan_opened() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN acl.plan_named() || ARRAY(
        SELECT p.id FROM (SELECT x.*, acl.goals_held(x.dossier_id, x.grantee_id) AS held FROM acl.live_grants() x WHERE x.scope = 5) g
        JOIN casus.plan_part p ON p.dossier_id = g.dossier_id
        WHERE p.audience = 3 AND (g.plan_parts IS NULL OR coalesce(p.goal_id, p.id) = ANY (g.plan_parts || g.held)));
END $$;

-- The parts that the actor may read. The inwoner reads all; the team, and who represents the inwoner, what is not kept; who reads along what is for them,
-- when the whole dossier is open to them or its plan (section 4), or when they are invited (see above). Who wrote in a part, and isn't one who
-- reads along, goes on seeing that it is there.
CREATE FUNCTION acl.plan_parts() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    core int[] := acl.core_dossiers();
    own int[] := acl.own_dossiers();
    whole int[] := acl.whole_dossiers();
    keys int[] := acl.section_keys();
    invited int[] := acl.plan_opened();
    me int := acl.person_id();
BEGIN
    RETURN ARRAY(
        SELECT p.id FROM casus.plan_part p
        WHERE p.dossier_id = ANY (acl.any_dossiers())
          AND (p.dossier_id = ANY (own)
            OR p.audience >= 2 AND p.dossier_id = ANY (core)
            OR p.audience = 3 AND (p.dossier_id = ANY (whole) OR p.dossier_id * 32 + 4 = ANY (keys))
            OR p.id = ANY (invited)
            OR p.dossier_id = ANY (core) AND EXISTS (SELECT FROM casus.plan_text t WHERE t.part_id = p.id AND t.author_id = me)));
END $$;

-- The actor's name, and in whose name.
CREATE FUNCTION acl.signature() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN acl.full_name(acl.person_id()) || coalesce(', namens ' || acl.full_name((SELECT a.on_behalf_of FROM acl.actor() a)), '');
END $$;

-- Who can be named to do something: the inwoner, who works in the dossier today, who reads the plan along, in or invited, and who is in the
-- household plan (74_household_plan.sql). Anybody else is a name that
-- was typed. Who is invited to write along names the inwoner and themselves, and isn't told of others.
CREATE FUNCTION acl.plan_people(of_dossier int) RETURNS TABLE (id int, public_id uuid, name text, relation text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today date := acl.today();
    core boolean := of_dossier = ANY (acl.core_dossiers());
BEGIN
    IF NOT core AND NOT of_dossier = ANY (acl.plan_written_along()) THEN RETURN; END IF;
    RETURN QUERY
    SELECT p.id, p.public_id, acl.full_name(p.id), min(w.relation) FROM (
        SELECT d.inwoner_id, 'a inwoner' FROM casus.dossier d WHERE d.id = of_dossier
        UNION ALL
        SELECT t.staff_id, 'b professional' FROM casus.assignment t
        WHERE t.dossier_id = of_dossier AND t.valid_from <= today AND (t.valid_until IS NULL OR t.valid_until >= today)
        UNION ALL
        SELECT g.grantee_id, CASE WHEN acl.came_in(g.grantee_id) THEN 'c naaste' ELSE 'c uitgenodigd' END FROM casus.access_grant g
        WHERE g.dossier_id = of_dossier AND (g.scope IN (1, 5) OR g.section = 4) AND g.withdrawn_at IS NULL
          AND g.valid_from <= today AND (g.valid_until IS NULL OR g.valid_until >= today)
        UNION ALL
        SELECT d.inwoner_id, 'd huisgenoot' FROM casus.dossier d WHERE d.id = ANY (acl.joint_dossiers(of_dossier))
    ) w (person, relation) JOIN casus.person p ON p.id = w.person
    WHERE core OR p.id = acl.person_id() OR w.relation = 'a inwoner'
    GROUP BY p.id ORDER BY min(w.relation), p.id;
END $$;

-- Makes room for something the plan is to say, to be written in the same transaction. An action is for whom its goal is. What the inwoner alone reads, the
-- inwoner alone begins. Who is invited to write along begins goals and actions that they read. Gives false when it is there already.
CREATE FUNCTION casus.begin_plan_part(of_dossier int, part uuid, of_kind int, of_goal uuid, for_whom int) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE goal casus.plan_part%ROWTYPE;
BEGIN
    IF NOT of_dossier = ANY (CASE WHEN for_whom = 1 THEN acl.own_dossiers() ELSE acl.core_dossiers() END)
        AND NOT (for_whom = 3 AND of_kind >= 20 AND of_dossier = ANY (acl.plan_written_along())) THEN
        RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001';
    END IF;
    PERFORM acl.hold_joint_plan(of_dossier);
    SELECT * INTO goal FROM casus.plan_part g
    WHERE g.public_id = of_goal AND g.dossier_id = of_dossier AND g.kind = 20 AND g.id = ANY (acl.plan_parts());
    INSERT INTO casus.plan_part (public_id, dossier_id, kind, goal_id, audience, place)
    VALUES (part, of_dossier, of_kind, goal.id, coalesce(goal.audience, for_whom),
        (SELECT count(*) FROM casus.plan_part x WHERE x.dossier_id = of_dossier AND x.kind = of_kind))
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN RETURN false; END IF;
    IF NOT EXISTS (SELECT FROM casus.plan_part x WHERE x.public_id = part AND x.id = ANY (acl.plan_parts())) THEN
        RAISE EXCEPTION 'not for you' USING ERRCODE = 'MB001';
    END IF;
    PERFORM casus.begin_joint_action(part);
    RETURN true;
END $$;

-- Writes what a part says from now on. base: the number of the text that was changed, 0 for the first. Gives false, and writes nothing, when somebody
-- wrote since. The own words of the question (kind 1) are the inwoner's side's alone. Under the same name an action stays whose it was, also when the
-- writer can't name that person.
CREATE FUNCTION casus.write_plan(part uuid, base int, words jsonb) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p casus.plan_part%ROWTYPE;
    w casus.plan_text%ROWTYPE := jsonb_populate_record(NULL::casus.plan_text, words);
    before casus.plan_text%ROWTYPE;
BEGIN
    PERFORM acl.hold_joint_plan((SELECT x.dossier_id FROM casus.plan_part x WHERE x.public_id = part));
    SELECT * INTO p FROM casus.plan_part x
    WHERE x.public_id = part AND x.dossier_id = ANY (acl.core_dossiers() || acl.plan_written_along()) AND x.id = ANY (acl.plan_parts()) FOR UPDATE;
    IF NOT FOUND OR p.kind = 1 AND NOT p.dossier_id = ANY (acl.owned_dossiers()) THEN RAISE EXCEPTION 'no such part' USING ERRCODE = 'MB001'; END IF;
    SELECT * INTO before FROM casus.plan_text t WHERE t.part_id = p.id ORDER BY t.number DESC LIMIT 1;
    IF base <> coalesce(before.number, 0) THEN RETURN false; END IF;
    INSERT INTO casus.plan_text (part_id, dossier_id, number, body, why, answers, leefdomein, perspective, holder_id, holder_name, due_on, look_on,
        dropped, author_id, author_name, written_for)
    SELECT p.id, p.dossier_id, base + 1, w.body, w.why, w.answers, w.leefdomein, w.perspective,
        coalesce(m.id, CASE WHEN w.holder_name = before.holder_name THEN before.holder_id END), coalesce(m.name, w.holder_name), w.due_on, w.look_on, w.dropped, acl.person_id(), acl.signature(), p.audience
    FROM (SELECT (words ->> 'holder')::uuid) h (id) LEFT JOIN acl.plan_people(p.dossier_id) m ON m.public_id = h.id;
    PERFORM casus.mirror_text(p.id);
    RETURN true;
END $$;

-- The inwoner says who reads a part from now on; the actions of a goal go along. For fewer people: whoever had it by name has it no more. A text that was
-- written for fewer people stays for those: what more people are to read now is put down once more, for them.
CREATE FUNCTION casus.share_plan_part(part uuid, for_whom int) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE p casus.plan_part%ROWTYPE;
BEGIN
    SELECT * INTO p FROM casus.plan_part x WHERE x.public_id = part AND x.goal_id IS NULL AND x.dossier_id = ANY (acl.own_dossiers());
    IF NOT FOUND THEN RAISE EXCEPTION 'no such part' USING ERRCODE = 'MB001'; END IF;
    IF for_whom = p.audience THEN RETURN false; END IF;
    IF EXISTS (SELECT FROM casus.plan_part x WHERE x.dossier_id = p.dossier_id AND x.kind = p.kind AND x.kind < 20 AND x.id <> p.id
        AND (x.audience = 1) = (for_whom = 1)) THEN RAISE EXCEPTION 'another stands there' USING ERRCODE = 'MB093'; END IF;
    UPDATE casus.plan_part x SET audience = for_whom, shown_number = CASE WHEN for_whom > 1 THEN x.shown_number END,
        shown_at = CASE WHEN for_whom > 1 THEN x.shown_at END WHERE x.id = p.id OR x.goal_id = p.id;
    IF for_whom < p.audience THEN
        UPDATE casus.access_grant g SET plan_parts = array_remove(g.plan_parts, p.id) WHERE g.dossier_id = p.dossier_id AND p.id = ANY (g.plan_parts);
    END IF;
    INSERT INTO casus.plan_text (part_id, dossier_id, number, body, why, answers, leefdomein, perspective, holder_id, holder_name, due_on, look_on,
        dropped, author_id, author_name, written_for)
    SELECT t.part_id, t.dossier_id, t.number + 1, t.body, t.why, t.answers, t.leefdomein, t.perspective, t.holder_id, t.holder_name, t.due_on, t.look_on,
        t.dropped, t.author_id, t.author_name, for_whom
    FROM casus.plan_part x CROSS JOIN LATERAL (SELECT y.* FROM casus.plan_text y WHERE y.part_id = x.id ORDER BY y.number DESC LIMIT 1) t
    WHERE (x.id = p.id OR x.goal_id = p.id) AND t.written_for < for_whom;
    RETURN true;
END $$;

-- The order of the goals is the inwoner's side's (R122). goals: every goal that is to stand in an order, the first first. Gives whether there was one.
CREATE FUNCTION casus.order_goals(goals uuid[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE casus.plan_part x SET place = array_position(goals, x.public_id)
    WHERE x.public_id = ANY (goals) AND x.kind = 20 AND x.dossier_id = ANY (acl.owned_dossiers())
      AND x.id = ANY (acl.plan_parts());
    RETURN FOUND;
END $$;

-- How far an action is. Who may: the inwoner's side, the team and who is invited to keep the overview, and who reads it and holds the action. Gives false when it stood so already.
CREATE FUNCTION casus.step_plan(part uuid, now_is int) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p casus.plan_part%ROWTYPE;
    last casus.plan_step%ROWTYPE;
BEGIN
    PERFORM acl.hold_joint_plan((SELECT x.dossier_id FROM casus.plan_part x WHERE x.public_id = part));
    SELECT * INTO p FROM casus.plan_part x
    WHERE x.public_id = part AND x.kind = 21 AND x.id = ANY (acl.plan_parts())
      AND (x.dossier_id = ANY (acl.core_dossiers() || acl.plan_invited_as('{6}'))
        OR acl.person_id() = (SELECT t.holder_id FROM casus.plan_text t WHERE t.part_id = x.id ORDER BY t.number DESC LIMIT 1)) FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such action' USING ERRCODE = 'MB001'; END IF;
    SELECT * INTO last FROM casus.plan_step s WHERE s.part_id = p.id ORDER BY s.number DESC LIMIT 1;
    IF now_is = coalesce(last.status, 1) THEN RETURN false; END IF;
    INSERT INTO casus.plan_step (part_id, dossier_id, number, status, by_id, by_name)
    VALUES (p.id, p.dossier_id, coalesce(last.number, 0) + 1, now_is, acl.person_id(), acl.signature());
    PERFORM casus.mirror_step(p.id);
    RETURN true;
END $$;

-- Lays the plan as it stands now before the inwoner; what lay there waits no more. What the inwoner keeps is not part of it.
CREATE FUNCTION casus.propose_plan(of_dossier int, proposal uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE made int;
BEGIN
    IF NOT of_dossier = ANY (acl.core_dossiers()) THEN RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001'; END IF;
    UPDATE casus.plan_proposal x SET settled_at = now() WHERE x.dossier_id = of_dossier AND x.settled_at IS NULL;
    INSERT INTO casus.plan_proposal (public_id, dossier_id, made_by, made_by_name)
    VALUES (proposal, of_dossier, acl.person_id(), acl.signature()) RETURNING id INTO made;
    INSERT INTO casus.plan_proposal_text (proposal_id, dossier_id, part_id, number, place)
    SELECT made, of_dossier, t.part_id, t.number, p.place
    FROM casus.plan_part p CROSS JOIN LATERAL (SELECT x.* FROM casus.plan_text x WHERE x.part_id = p.id ORDER BY x.number DESC LIMIT 1) t
    LEFT JOIN LATERAL (SELECT x.dropped FROM casus.plan_text x WHERE x.part_id = p.goal_id ORDER BY x.number DESC LIMIT 1) goal ON true
    WHERE p.dossier_id = of_dossier AND p.audience >= 2 AND NOT t.dropped AND goal.dropped IS NOT TRUE;
    IF NOT FOUND THEN RAISE EXCEPTION 'nothing in it' USING ERRCODE = 'MB091'; END IF;
    IF EXISTS (
        SELECT FROM casus.plan_proposal_text x JOIN casus.plan_part p ON p.id = x.part_id
        JOIN casus.plan_text t ON t.part_id = x.part_id AND t.number = x.number
        WHERE x.proposal_id = made AND p.kind = 21 AND (t.holder_name = '' OR t.due_on IS NULL OR t.look_on IS NULL))
    THEN RAISE EXCEPTION 'an action is not whole' USING ERRCODE = 'MB092'; END IF;
    IF of_dossier = ANY (acl.treated_dossiers()) THEN PERFORM casus.tell_owner(of_dossier, 'nieuw'); END IF;
END $$;

-- What the inwoner's side says of what was laid before; or who works in the dossier writes down what the inwoner said on paper or aloud, with the proof.
-- What is agreed with gets the next number. Gives that number, or NULL when it wasn't agreed with.
CREATE FUNCTION casus.decide_plan(proposal uuid, decision jsonb) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    x casus.plan_proposal%ROWTYPE;
    d casus.plan_decision%ROWTYPE := jsonb_populate_record(NULL::casus.plan_decision, decision);
    agreed int;
BEGIN
    SELECT * INTO x FROM casus.plan_proposal y
    WHERE y.public_id = proposal AND y.dossier_id = ANY (CASE WHEN d.way = 'portaal' THEN acl.owned_dossiers() ELSE acl.treated_dossiers() END) FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such proposal' USING ERRCODE = 'MB001'; END IF;
    IF x.settled_at IS NOT NULL THEN RAISE EXCEPTION 'decided already' USING ERRCODE = 'MB072'; END IF;
    IF d.choice < 3 THEN agreed := (SELECT coalesce(max(y.version), 0) + 1 FROM casus.plan_proposal y WHERE y.dossier_id = x.dossier_id); END IF;
    INSERT INTO casus.plan_decision (proposal_id, dossier_id, choice, words, way, proof, decided_on, copy, own, recorded_by, recorded_by_name)
    VALUES (x.id, x.dossier_id, d.choice, d.words, d.way, d.proof, coalesce(d.decided_on, acl.today()), d.copy, d.own, acl.person_id(), acl.signature());
    UPDATE casus.plan_proposal y SET settled_at = now(), version = agreed WHERE y.id = x.id;
    -- Looking back is yearly unless somebody plans it otherwise (R147).
    IF agreed IS NOT NULL THEN
        INSERT INTO casus.evaluation (public_id, dossier_id, kind, planned_on, planned_by_name)
        VALUES (gen_random_uuid(), x.dossier_id, 2, acl.today() + interval '1 year', acl.signature()) ON CONFLICT DO NOTHING;
    END IF;
    RETURN agreed;
END $$;

GRANT EXECUTE ON FUNCTION acl.plan_parts(), acl.plan_named(), acl.plan_dossiers(), acl.plan_people(int), casus.begin_plan_part(int, uuid, int, uuid, int), casus.write_plan(uuid, int, jsonb),
    casus.step_plan(uuid, int), casus.propose_plan(int, uuid), casus.decide_plan(uuid, jsonb) TO web_inwoner, web_team;
GRANT EXECUTE ON FUNCTION casus.share_plan_part(uuid, int), casus.order_goals(uuid[]), acl.plan_only(), acl.plan_role(int) TO web_inwoner;

GRANT SELECT ON casus.plan_part, casus.plan_text, casus.plan_step, casus.plan_proposal, casus.plan_proposal_text, casus.plan_decision TO web_inwoner, web_team;
CREATE POLICY read ON casus.plan_part FOR SELECT TO web_inwoner, web_team USING (
    id = ANY ((SELECT acl.plan_parts())::int[]));
-- As with reactions: a text is read by whom the part is for now and that text was for when it was written.
CREATE POLICY read ON casus.plan_text FOR SELECT TO web_inwoner, web_team USING (
    part_id = ANY ((SELECT acl.plan_parts())::int[])
    AND (author_id = (SELECT acl.person_id())
        OR written_for = 3
        OR written_for >= 2 AND (dossier_id = ANY ((SELECT acl.core_dossiers())::int[]) OR part_id = ANY ((SELECT acl.plan_named())::int[]))));
CREATE POLICY read ON casus.plan_step FOR SELECT TO web_inwoner, web_team USING (
    part_id = ANY ((SELECT acl.plan_parts())::int[]));
-- Whoever reads the plan may know that it was agreed with; what was said about that is between the inwoner's side and the team.
CREATE POLICY read ON casus.plan_proposal FOR SELECT TO web_inwoner, web_team USING (
    dossier_id = ANY ((SELECT acl.core_dossiers())::int[])
    OR version IS NOT NULL AND (dossier_id = ANY ((SELECT acl.whole_dossiers())::int[])
        OR (dossier_id * 32 + 4) = ANY ((SELECT acl.section_keys())::int[])
        OR dossier_id = ANY ((SELECT acl.plan_dossiers())::int[])));
CREATE POLICY read ON casus.plan_proposal_text FOR SELECT TO web_inwoner, web_team USING (
    part_id = ANY ((SELECT acl.plan_parts())::int[]));
CREATE POLICY read ON casus.plan_decision FOR SELECT TO web_inwoner, web_team USING (dossier_id = ANY ((SELECT acl.core_dossiers())::int[]));

-- The operator's import only adds, and reads nothing back.
GRANT INSERT ON casus.plan_part, casus.plan_text, casus.plan_step, casus.plan_proposal, casus.plan_proposal_text, casus.plan_decision TO portaal_operator;
GRANT USAGE ON SEQUENCE casus.plan_part_id_seq, casus.plan_proposal_id_seq TO portaal_operator;
DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['plan_part', 'plan_text', 'plan_step', 'plan_proposal', 'plan_proposal_text', 'plan_decision']
    LOOP EXECUTE format('CREATE POLICY import ON casus.%I FOR INSERT TO portaal_operator WITH CHECK (true)', t); END LOOP;
END $$;

-- No right to change or remove a text, a step, what was laid before or what was decided: for nobody.
GRANT SELECT, INSERT (public_id, dossier_id, kind, goal_id, audience, place), UPDATE (audience, place) ON casus.plan_part TO casus_acl;
GRANT SELECT, INSERT (part_id, dossier_id, number, body, why, answers, leefdomein, perspective, holder_id, holder_name, due_on, look_on, dropped, author_id,
    author_name, written_for) ON casus.plan_text TO casus_acl;
GRANT SELECT, INSERT (part_id, dossier_id, number, status, by_id, by_name) ON casus.plan_step TO casus_acl;
GRANT SELECT, INSERT (public_id, dossier_id, made_by, made_by_name), UPDATE (settled_at, version) ON casus.plan_proposal TO casus_acl;
GRANT SELECT, INSERT ON casus.plan_proposal_text TO casus_acl;
GRANT INSERT (proposal_id, dossier_id, choice, words, way, proof, decided_on, copy, own, recorded_by, recorded_by_name) ON casus.plan_decision TO casus_acl;
DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['plan_part', 'plan_text', 'plan_step', 'plan_proposal', 'plan_proposal_text']
    LOOP EXECUTE format('CREATE POLICY definer ON casus.%I TO casus_acl USING (true) WITH CHECK (true)', t); END LOOP;
END $$;
CREATE POLICY decides ON casus.plan_decision FOR INSERT TO casus_acl WITH CHECK (true);
