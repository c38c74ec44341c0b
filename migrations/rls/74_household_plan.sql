-- The household plan: several adults, each with a dossier of their own, one plan together. Nobody reads the dossier of another through it. A joint goal
-- stands in the plan of each; writing in one copy writes the same in all (70_plan.sql calls casus.mirror_text and casus.mirror_step). Of the own
-- parts the others read what was shown to them, through casus.read_household alone. Joining and leaving is the inwoner's own act.
-- Refusals, in the words of portal/plan/household.py: MB001 not there (or not yours), MB094 in a household plan already, MB095 too many wrong codes.

-- The household plan that a dossier is in now, or NULL.
CREATE FUNCTION acl.joint_plan_of(of_dossier int) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN (SELECT m.joint_plan_id FROM casus.joint_plan_member m WHERE m.dossier_id = of_dossier AND m.left_at IS NULL); END $$;

-- The other dossiers that are in it now.
CREATE FUNCTION acl.joint_dossiers(of_dossier int) RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT m.dossier_id FROM casus.joint_plan_member m
        WHERE m.joint_plan_id = acl.joint_plan_of(of_dossier) AND m.left_at IS NULL AND m.dossier_id <> of_dossier ORDER BY 1);
END $$;

-- One at a time for each household plan: whoever writes in one copy waits for who writes in another, and for who joins or leaves.
CREATE FUNCTION acl.hold_joint_plan(of_dossier int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- Of NULL, when there is none, it is no lock.
    PERFORM pg_advisory_xact_lock(hashtext('casus.joint_plan'), acl.joint_plan_of(of_dossier));
END $$;

-- Who does something, as it stands in the plan of another: those in the household plan by name, and found by it; of others no more than is needed:
-- a naaste of one of them by first name.
CREATE FUNCTION acl.household_holder(in_dossier int, holder int, called text, OUT known int, OUT called_there text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    known := (SELECT d.inwoner_id FROM casus.dossier d WHERE d.inwoner_id = holder AND d.id = ANY (in_dossier || acl.joint_dossiers(in_dossier)) LIMIT 1);
    called_there := coalesce((SELECT p.first_name FROM casus.person p WHERE p.id = holder AND known IS NULL AND NOT p.is_staff), called);
END $$;

-- The newest text of one copy becomes the newest of another, by the same author. Who does it stays as it stands there, unless that was changed.
CREATE FUNCTION casus.send_text(from_part int, to_part int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t casus.plan_text%ROWTYPE;
    before casus.plan_text%ROWTYPE;
    there casus.plan_text%ROWTYPE;
    c casus.plan_part%ROWTYPE;
BEGIN
    SELECT * INTO c FROM casus.plan_part x WHERE x.id = to_part;
    SELECT * INTO t FROM casus.plan_text x WHERE x.part_id = from_part ORDER BY x.number DESC LIMIT 1;
    SELECT * INTO before FROM casus.plan_text x WHERE x.part_id = from_part AND x.number = t.number - 1;
    SELECT * INTO there FROM casus.plan_text x WHERE x.part_id = to_part ORDER BY x.number DESC LIMIT 1;
    IF there.number IS NULL OR (t.holder_id, t.holder_name) IS DISTINCT FROM (before.holder_id, before.holder_name) THEN
        SELECT h.known, h.called_there INTO there.holder_id, there.holder_name FROM acl.household_holder(c.dossier_id, t.holder_id, t.holder_name) h;
    END IF;
    INSERT INTO casus.plan_text (part_id, dossier_id, number, body, why, answers, leefdomein, perspective, holder_id, holder_name, due_on, look_on,
        dropped, author_id, author_name, written_for)
    VALUES (c.id, c.dossier_id, coalesce(there.number, 0) + 1, t.body, t.why, t.answers, t.leefdomein, t.perspective, there.holder_id, there.holder_name,
        t.due_on, t.look_on, t.dropped, t.author_id, t.author_name, c.audience);
END $$;

-- What was just written in a copy, in all others; nothing when the part isn't joint.
CREATE FUNCTION casus.mirror_text(part int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM casus.send_text(part, c.id) FROM casus.plan_part p JOIN casus.plan_part c ON c.joint_id = p.joint_id AND c.id <> p.id WHERE p.id = part;
END $$;

-- How far a copy was just said to be, in all others.
CREATE FUNCTION casus.mirror_step(part int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO casus.plan_step (part_id, dossier_id, number, status, by_id, by_name)
    SELECT c.id, c.dossier_id, (SELECT count(*) FROM casus.plan_step x WHERE x.part_id = c.id) + 1, s.status, s.by_id, s.by_name
    FROM casus.plan_part p JOIN casus.plan_part c ON c.joint_id = p.joint_id AND c.id <> p.id
    CROSS JOIN LATERAL (SELECT x.* FROM casus.plan_step x WHERE x.part_id = p.id ORDER BY x.number DESC LIMIT 1) s
    WHERE p.id = part;
END $$;

-- Room in the plan of another for a goal that is joint, or an action of one; for the inwoner and their professionals, until the inwoner says
-- otherwise. An action is for whom its goal is there; nothing is made where that goal isn't. Gives its number, or NULL.
CREATE FUNCTION casus.begin_joint_copy(part int, to_dossier int) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p casus.plan_part%ROWTYPE;
    goal casus.plan_part%ROWTYPE;
    made int;
BEGIN
    SELECT * INTO p FROM casus.plan_part x WHERE x.id = part;
    SELECT c.* INTO goal FROM casus.plan_part g JOIN casus.plan_part c ON c.joint_id = g.joint_id WHERE g.id = p.goal_id AND c.dossier_id = to_dossier;
    IF p.goal_id IS NOT NULL AND goal.id IS NULL THEN RETURN NULL; END IF;
    INSERT INTO casus.plan_part (public_id, dossier_id, kind, goal_id, audience, place, joint_id)
    VALUES (gen_random_uuid(), to_dossier, p.kind, goal.id, coalesce(goal.audience, 2),
        (SELECT count(*) FROM casus.plan_part x WHERE x.dossier_id = to_dossier AND x.kind = p.kind), p.joint_id) RETURNING id INTO made;
    RETURN made;
END $$;

-- An action that was just begun in a joint goal gets room in the other copies of that goal; its text follows.
CREATE FUNCTION casus.begin_joint_action(action uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a casus.plan_part%ROWTYPE;
BEGIN
    UPDATE casus.plan_part x SET joint_id = gen_random_uuid() FROM casus.plan_part g
    WHERE x.public_id = action AND g.id = x.goal_id AND g.joint_id IS NOT NULL RETURNING x.* INTO a;
    PERFORM casus.begin_joint_copy(a.id, d.id) FROM unnest(acl.joint_dossiers(a.dossier_id)) d (id);
END $$;

-- A joint goal with its actions comes into the plan of another as it stands now: not what stood there before, nor what was taken out.
CREATE FUNCTION casus.copy_joint_goal(goal int, to_dossier int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p record;
    made int;
BEGIN
    FOR p IN
        SELECT x.id FROM casus.plan_part x
        CROSS JOIN LATERAL (SELECT t.dropped FROM casus.plan_text t WHERE t.part_id = x.id ORDER BY t.number DESC LIMIT 1) t
        WHERE (x.id = goal OR x.goal_id = goal) AND NOT t.dropped ORDER BY x.kind, x.id
    LOOP
        made := casus.begin_joint_copy(p.id, to_dossier);
        PERFORM casus.send_text(p.id, made);
        INSERT INTO casus.plan_step (part_id, dossier_id, number, status, by_id, by_name)
        SELECT made, to_dossier, 1, s.status, s.by_id, s.by_name FROM casus.plan_step s WHERE s.part_id = p.id ORDER BY s.number DESC LIMIT 1;
    END LOOP;
END $$;

-- A goal of the own plan becomes one of all who are in the household plan now. seen: the text that the inwoner read. Gives false when it is joint already,
-- or somebody wrote since.
CREATE FUNCTION casus.make_goal_joint(goal uuid, seen int) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE p casus.plan_part%ROWTYPE;
BEGIN
    PERFORM acl.hold_joint_plan((SELECT x.dossier_id FROM casus.plan_part x WHERE x.public_id = goal));
    SELECT * INTO p FROM casus.plan_part x
    WHERE x.public_id = goal AND x.kind = 20 AND x.audience > 1 AND x.dossier_id = ANY (acl.own_dossiers()) FOR UPDATE;
    IF acl.joint_plan_of(p.dossier_id) IS NULL THEN RAISE EXCEPTION 'no such goal' USING ERRCODE = 'MB001'; END IF;
    IF p.joint_id IS NOT NULL OR NOT EXISTS (SELECT FROM casus.plan_text t WHERE t.part_id = p.id AND t.number = seen AND NOT t.dropped)
        OR EXISTS (SELECT FROM casus.plan_text t WHERE t.part_id = p.id AND t.number > seen) THEN RETURN false; END IF;
    UPDATE casus.plan_part x SET joint_id = gen_random_uuid() WHERE x.id = p.id OR x.goal_id = p.id;
    PERFORM casus.copy_joint_goal(p.id, d.id) FROM unnest(acl.joint_dossiers(p.dossier_id)) d (id);
    PERFORM casus.log_dossier('plan.joint', p.dossier_id, NULL);
    RETURN true;
END $$;

-- The inwoner asks another adult into the household plan: a code that works once, for 14 days. The one before works no more.
CREATE FUNCTION casus.make_household_code(of_dossier uuid, code bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE of_id int := acl.shared_dossier(of_dossier);
BEGIN
    INSERT INTO casus.joint_plan_code AS c (dossier_id, code_hash, expires_at) VALUES (of_id, code, now() + interval '14 days')
    ON CONFLICT (dossier_id) DO UPDATE SET code_hash = excluded.code_hash, expires_at = excluded.expires_at;
    PERFORM casus.log_dossier('household.code', of_id, NULL);
END $$;

-- Who gave the code that somebody typed: the name, or NULL when there is no such code. Ten wrong ones in a day, and then none is looked at.
CREATE FUNCTION casus.try_household_code(of_dossier uuid, code bytea) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_id int := acl.shared_dossier(of_dossier);
    asker int;
BEGIN
    IF acl.joint_plan_of(of_id) IS NOT NULL THEN RAISE EXCEPTION 'in one already' USING ERRCODE = 'MB094'; END IF;
    PERFORM pg_advisory_xact_lock(hashtext('casus.joint_plan_try'), of_id);
    DELETE FROM casus.joint_plan_try t WHERE t.at <= now() - interval '1 day';
    IF (SELECT count(*) FROM casus.joint_plan_try t WHERE t.dossier_id = of_id) >= 10 THEN
        RAISE EXCEPTION 'too many' USING ERRCODE = 'MB095';
    END IF;
    SELECT d.inwoner_id INTO asker FROM casus.joint_plan_code c JOIN casus.dossier d ON d.id = c.dossier_id
    WHERE c.code_hash = code AND c.expires_at > now() AND d.id <> of_id
      AND NOT EXISTS (SELECT FROM casus.pause q WHERE q.dossier_id = d.id AND q.ended_at IS NULL);
    IF NOT FOUND THEN
        INSERT INTO casus.joint_plan_try (dossier_id) VALUES (of_id);
        RETURN NULL;
    END IF;
    RETURN acl.full_name(asker);
END $$;

-- Somebody is in it from now on; nobody is in two.
CREATE FUNCTION casus.enter_joint_plan(plan int, of_dossier int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO casus.joint_plan_member (joint_plan_id, dossier_id) VALUES (plan, of_dossier) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN RAISE EXCEPTION 'in one already' USING ERRCODE = 'MB094'; END IF;
    PERFORM casus.log_dossier('household.joined', of_dossier, NULL);
END $$;

-- Who was handed the code joins; with_goals: the joint goals come into the own plan. What was shown before to those who were in it, stays with those.
-- Gives false when there is no such code (any more).
CREATE FUNCTION casus.join_household(of_dossier uuid, code bytea, with_goals boolean) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_id int := acl.shared_dossier(of_dossier);
    asker int;
    plan int;
BEGIN
    IF casus.try_household_code(of_dossier, code) IS NULL THEN RETURN false; END IF;
    DELETE FROM casus.joint_plan_code c WHERE c.code_hash = code RETURNING c.dossier_id INTO asker;
    IF NOT FOUND THEN RETURN false; END IF;
    plan := acl.joint_plan_of(asker);
    IF plan IS NULL THEN
        INSERT INTO casus.joint_plan DEFAULT VALUES RETURNING id INTO plan;
        PERFORM casus.enter_joint_plan(plan, asker);
    END IF;
    PERFORM acl.hold_joint_plan(asker);
    PERFORM casus.enter_joint_plan(plan, of_id);
    IF with_goals THEN
        PERFORM casus.copy_joint_goal(g.id, of_id) FROM (
            SELECT DISTINCT ON (x.joint_id) x.id FROM casus.plan_part x
            WHERE x.kind = 20 AND x.joint_id IS NOT NULL AND x.dossier_id = ANY (acl.joint_dossiers(of_id)) ORDER BY x.joint_id, x.id) g;
    END IF;
    RETURN true;
END $$;

-- The inwoner leaves, at any time. The goals stay in the own plan, as own goals; nobody else is told, and nothing of the others is touched. Gives
-- false when they weren't in one.
CREATE FUNCTION casus.leave_household(of_dossier uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE of_id int := acl.shared_dossier(of_dossier);
BEGIN
    PERFORM acl.hold_joint_plan(of_id);
    UPDATE casus.joint_plan_member m SET left_at = now() WHERE m.dossier_id = of_id AND m.left_at IS NULL;
    IF NOT FOUND THEN RETURN false; END IF;
    UPDATE casus.plan_part x SET joint_id = NULL, shown_number = NULL, shown_at = NULL WHERE x.dossier_id = of_id;
    DELETE FROM casus.joint_plan_code c WHERE c.dossier_id = of_id;
    PERFORM casus.log_dossier('household.left', of_id, NULL);
    RETURN true;
END $$;

-- The inwoner shows those who are in the household plan now what one own part says: this text, and no other. seen: the text that the inwoner read.
-- Gives false when somebody wrote since.
CREATE FUNCTION casus.show_to_household(part uuid, seen int) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE p casus.plan_part%ROWTYPE;
BEGIN
    PERFORM acl.hold_joint_plan((SELECT x.dossier_id FROM casus.plan_part x WHERE x.public_id = part));
    SELECT * INTO p FROM casus.plan_part x
    WHERE x.public_id = part AND x.kind < 20 AND NOT x.kind IN (8, 12) AND x.audience > 1 AND x.dossier_id = ANY (acl.own_dossiers()) FOR UPDATE;
    IF acl.joint_plan_of(p.dossier_id) IS NULL THEN RAISE EXCEPTION 'no such part' USING ERRCODE = 'MB001'; END IF;
    IF NOT EXISTS (SELECT FROM casus.plan_text t WHERE t.part_id = p.id AND t.number = seen AND NOT t.dropped)
        OR EXISTS (SELECT FROM casus.plan_text t WHERE t.part_id = p.id AND t.number > seen) THEN RETURN false; END IF;
    UPDATE casus.plan_part x SET shown_number = seen, shown_at = clock_timestamp() WHERE x.id = p.id;
    PERFORM casus.log_dossier('plan.shown', p.dossier_id, NULL);
    RETURN true;
END $$;

-- And no longer. Gives false when it wasn't shown.
CREATE FUNCTION casus.hide_from_household(part uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE of_id int;
BEGIN
    UPDATE casus.plan_part x SET shown_number = NULL, shown_at = NULL
    WHERE x.public_id = part AND x.shown_number IS NOT NULL AND x.dossier_id = ANY (acl.own_dossiers()) RETURNING x.dossier_id INTO of_id;
    IF NOT FOUND THEN RETURN false; END IF;
    PERFORM casus.log_dossier('plan.hidden', of_id, NULL);
    RETURN true;
END $$;

-- Which parts of one dossier another one in the same household plan reads now: those shown since that other joined, that still stand in the plan.
CREATE FUNCTION acl.shown_parts(of_dossier int, to_dossier int) RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT to_dossier = ANY (acl.joint_dossiers(of_dossier)) OR EXISTS (
        SELECT FROM casus.pause q WHERE q.dossier_id = of_dossier AND q.ended_at IS NULL) THEN RETURN '{}'; END IF;
    RETURN ARRAY(
        SELECT p.id FROM casus.plan_part p
        WHERE p.dossier_id = of_dossier AND p.kind < 20 AND NOT p.kind IN (8, 12) AND p.audience > 1
          AND p.shown_at > (SELECT m.joined_at FROM casus.joint_plan_member m WHERE m.dossier_id = to_dossier AND m.left_at IS NULL)
          AND NOT (SELECT t.dropped FROM casus.plan_text t WHERE t.part_id = p.id ORDER BY t.number DESC LIMIT 1) ORDER BY p.kind, p.id);
END $$;

-- What the others in the household plan show; a line in the read log of each of whom something is. Who wrote it isn't told: it is the owner's.
CREATE FUNCTION casus.read_household(of_dossier uuid) RETURNS TABLE (name text, kind smallint, body text, answers smallint[])
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE of_id int := acl.shared_dossier(of_dossier);
BEGIN
    INSERT INTO casus.read_log (dossier_id, what) SELECT d.id, 'plan' FROM unnest(acl.joint_dossiers(of_id)) d (id) WHERE acl.shown_parts(d.id, of_id) <> '{}';
    RETURN QUERY
    SELECT acl.full_name(x.inwoner_id), p.kind, t.body, t.answers
    FROM unnest(acl.joint_dossiers(of_id)) d (id) JOIN casus.dossier x ON x.id = d.id JOIN casus.plan_part p ON p.id = ANY (acl.shown_parts(d.id, of_id))
    JOIN casus.plan_text t ON t.part_id = p.id AND t.number = p.shown_number ORDER BY x.id, p.kind, p.id;
END $$;

-- Whether somebody agreed with a goal, and its actions, as these stand now.
CREATE FUNCTION acl.goal_agreed(goal int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN NOT EXISTS (
        SELECT FROM casus.plan_part p
        CROSS JOIN LATERAL (SELECT x.* FROM casus.plan_text x WHERE x.part_id = p.id ORDER BY x.number DESC LIMIT 1) t
        LEFT JOIN casus.plan_proposal_text a ON a.part_id = p.id AND a.proposal_id = (
            SELECT y.id FROM casus.plan_proposal y WHERE y.dossier_id = p.dossier_id AND y.version IS NOT NULL ORDER BY y.version DESC LIMIT 1)
        WHERE (p.id = goal OR p.goal_id = goal) AND (a.number <> t.number OR a.number IS NULL AND NOT t.dropped));
END $$;

-- Who is in the household plan with a dossier now, and for each joint goal of it (part) whether that person agreed with it as it stands; part NULL: only
-- that they are in it. For who works in the dossier and for the inwoner's side.
CREATE FUNCTION acl.household(of_dossier int) RETURNS TABLE (name text, own boolean, joined_at timestamptz, part int, agreed boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT of_dossier = ANY (acl.core_dossiers()) THEN RETURN; END IF;
    RETURN QUERY
    SELECT acl.full_name(d.inwoner_id), d.id = of_dossier, m.joined_at, here.id, acl.goal_agreed(there.id)
    FROM casus.joint_plan_member m JOIN casus.dossier d ON d.id = m.dossier_id
    LEFT JOIN (casus.plan_part there JOIN casus.plan_part here ON here.joint_id = there.joint_id AND here.kind = 20 AND here.dossier_id = of_dossier)
        ON there.dossier_id = d.id
    WHERE m.joint_plan_id = acl.joint_plan_of(of_dossier) AND m.left_at IS NULL ORDER BY d.id <> of_dossier, 1, m.id, here.id;
END $$;

-- Until when the code works that the inwoner made; NULL: there is none.
CREATE FUNCTION acl.household_code(of_dossier uuid) RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE of_id int := acl.shared_dossier(of_dossier);
BEGIN RETURN (SELECT c.expires_at FROM casus.joint_plan_code c WHERE c.dossier_id = of_id AND c.expires_at > now()); END $$;

GRANT EXECUTE ON FUNCTION acl.household(int) TO web_inwoner, web_team;
GRANT EXECUTE ON FUNCTION acl.household_code(uuid), casus.make_household_code(uuid, bytea), casus.try_household_code(uuid, bytea),
    casus.join_household(uuid, bytea, boolean), casus.leave_household(uuid), casus.make_goal_joint(uuid, int), casus.show_to_household(uuid, int),
    casus.hide_from_household(uuid), casus.read_household(uuid) TO web_inwoner;

-- No login role reads or writes these by itself.
GRANT SELECT, INSERT ON casus.joint_plan TO casus_acl;
GRANT SELECT, INSERT (joint_plan_id, dossier_id), UPDATE (left_at) ON casus.joint_plan_member TO casus_acl;
GRANT SELECT, INSERT, UPDATE (code_hash, expires_at), DELETE ON casus.joint_plan_code TO casus_acl;
GRANT SELECT, INSERT (dossier_id), DELETE ON casus.joint_plan_try TO casus_acl;
GRANT INSERT (joint_id), UPDATE (joint_id, shown_number, shown_at) ON casus.plan_part TO casus_acl;
DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['joint_plan', 'joint_plan_member', 'joint_plan_code', 'joint_plan_try']
    LOOP EXECUTE format('CREATE POLICY definer ON casus.%I TO casus_acl USING (true) WITH CHECK (true)', t); END LOOP;
END $$;
CREATE POLICY household_logs ON casus.change_log FOR INSERT TO casus_acl WITH CHECK (event LIKE 'household.%' OR event IN ('plan.joint', 'plan.shown', 'plan.hidden'));
