-- Looking back on the plan together (eis 9). Who reads: the inwoner's side and who works in the dossier; who was asked along reads what they wrote themselves.
-- Nothing here changes or removes what somebody said. Refusals, put into words by portal/evaluation/commands.py: MB001 not there (or not yours), MB072 has
-- an outcome already, MB095 no such day, MB096 nobody said how it went.

-- The moments ahead to which the inwoner asked the actor along, as long as something of that dossier is open to them.
CREATE FUNCTION acl.asked_along() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN ARRAY(
        SELECT e.id FROM casus.evaluation e JOIN casus.evaluation_person p ON p.evaluation_id = e.id
        WHERE p.person_id = coalesce(acl.previewed(), acl.person_id()) AND e.settled_at IS NULL
          AND EXISTS (SELECT FROM acl.live_grants() g WHERE g.dossier_id = e.dossier_id));
END $$;

-- Of these, what one has to know to come: when, where, and of whose dossier.
CREATE FUNCTION acl.moments_asked_to() RETURNS TABLE (dossier_id int, id uuid, planned_on date, place text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT e.dossier_id, e.public_id, e.planned_on, e.place FROM casus.evaluation e WHERE e.id = ANY (acl.asked_along()) ORDER BY 3, 1;
END $$;

-- Plans the moment that lies ahead, or moves it. about: kind, planned_on, place, about_pgb, others (names that were typed, for whom nothing opens).
CREATE FUNCTION casus.plan_evaluation(of_dossier int, number uuid, about jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e casus.evaluation%ROWTYPE := jsonb_populate_record(NULL::casus.evaluation, about);
BEGIN
    IF NOT of_dossier = ANY (acl.core_dossiers()) THEN RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001'; END IF;
    IF (e.planned_on BETWEEN acl.today() AND acl.today() + interval '1 year') IS NOT TRUE THEN
        RAISE EXCEPTION 'no such day' USING ERRCODE = 'MB095';
    END IF;
    INSERT INTO casus.evaluation AS x (public_id, dossier_id, kind, planned_on, place, about_pgb, others, planned_by_name)
    VALUES (number, of_dossier, e.kind, e.planned_on, e.place, e.about_pgb, e.others, acl.signature())
    ON CONFLICT (dossier_id) WHERE settled_at IS NULL DO UPDATE SET kind = excluded.kind, planned_on = excluded.planned_on, place = excluded.place,
        about_pgb = excluded.about_pgb, others = excluded.others, planned_by_name = excluded.planned_by_name, planned_at = now();
    IF of_dossier = ANY (acl.treated_dossiers()) THEN PERFORM casus.tell_owner(of_dossier, 'nieuw'); END IF;
END $$;

-- The inwoner asks people along, of those who were let in and can be named; nobody else asks anybody (R146).
CREATE FUNCTION casus.ask_along(evaluation uuid, people uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e casus.evaluation%ROWTYPE;
BEGIN
    SELECT * INTO e FROM casus.evaluation x WHERE x.public_id = evaluation AND x.settled_at IS NULL AND x.dossier_id = ANY (acl.own_dossiers()) FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such moment' USING ERRCODE = 'MB001'; END IF;
    DELETE FROM casus.evaluation_person p WHERE p.evaluation_id = e.id;
    INSERT INTO casus.evaluation_person (evaluation_id, dossier_id, person_id)
    SELECT e.id, e.dossier_id, p.id FROM acl.plan_people(e.dossier_id) p WHERE p.public_id = ANY (people) AND p.relation LIKE 'c %';
END $$;

-- Writes what somebody says of how it went. on_side: 1 the inwoner's (also written down by who works there, with how it was said), 2 who works there, 3 who was
-- asked along. base: the number of what one wrote before, 0 for the first. goals: of each goal (its id) how far it was reached. Gives false, and writes
-- nothing, when one wrote since.
CREATE FUNCTION casus.look_back(evaluation uuid, on_side int, base int, look jsonb, goals jsonb) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    e casus.evaluation%ROWTYPE;
    l casus.evaluation_look%ROWTYPE := jsonb_populate_record(NULL::casus.evaluation_look, look);
    me int := acl.person_id();
    aloud boolean := l.way <> 'portaal';
BEGIN
    SELECT * INTO e FROM casus.evaluation x WHERE x.public_id = evaluation
      AND CASE on_side
          WHEN 1 THEN x.dossier_id = ANY (CASE WHEN aloud THEN acl.treated_dossiers() ELSE acl.owned_dossiers() END)
          WHEN 2 THEN x.dossier_id = ANY (acl.treated_dossiers())
          WHEN 3 THEN x.id = ANY (acl.asked_along()) AND acl.previewed() IS NULL END FOR UPDATE;
    IF NOT FOUND OR aloud AND on_side <> 1 THEN RAISE EXCEPTION 'no such moment' USING ERRCODE = 'MB001'; END IF;
    IF e.settled_at IS NOT NULL THEN RAISE EXCEPTION 'has an outcome' USING ERRCODE = 'MB072'; END IF;
    IF base <> (SELECT coalesce(max(x.number), 0) FROM casus.evaluation_look x WHERE x.evaluation_id = e.id AND x.side = on_side AND x.author_id = me) THEN
        RETURN false;
    END IF;
    INSERT INTO casus.evaluation_look (evaluation_id, dossier_id, side, author_id, number, author_name, way, content, words, anchored, together,
        together_words, safe, fits)
    VALUES (e.id, e.dossier_id, on_side, me, base + 1, acl.signature(), l.way, l.content, l.words, l.anchored, l.together, l.together_words, l.safe, l.fits);
    INSERT INTO casus.evaluation_goal (evaluation_id, dossier_id, side, author_id, number, part_id, result)
    SELECT e.id, e.dossier_id, on_side, me, base + 1, p.id, g.value::int
    FROM jsonb_each_text(goals) g JOIN casus.plan_part p ON p.public_id = g.key::uuid
    WHERE p.kind = 20 AND p.dossier_id = e.dossier_id AND p.id = ANY (acl.plan_parts());
    IF on_side = 2 OR aloud THEN PERFORM casus.tell_owner(e.dossier_id, 'nieuw'); END IF;
    RETURN true;
END $$;

-- What came of it, once somebody of the inwoner's side or who works there said how it went. Nothing of it changes from now on.
CREATE FUNCTION casus.settle_evaluation(evaluation uuid, with_outcome int, because text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e casus.evaluation%ROWTYPE;
BEGIN
    SELECT * INTO e FROM casus.evaluation x WHERE x.public_id = evaluation AND x.dossier_id = ANY (acl.core_dossiers()) FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such moment' USING ERRCODE = 'MB001'; END IF;
    IF e.settled_at IS NOT NULL THEN RAISE EXCEPTION 'has an outcome' USING ERRCODE = 'MB072'; END IF;
    IF NOT EXISTS (SELECT FROM casus.evaluation_look l WHERE l.evaluation_id = e.id AND l.side < 3) THEN
        RAISE EXCEPTION 'nobody said anything' USING ERRCODE = 'MB096';
    END IF;
    UPDATE casus.evaluation x SET outcome = with_outcome, reason = because, settled_by = acl.person_id(), settled_by_name = acl.signature(), settled_at = now()
    WHERE x.id = e.id;
    IF e.dossier_id = ANY (acl.treated_dossiers()) THEN PERFORM casus.tell_owner(e.dossier_id, 'nieuw'); END IF;
END $$;

GRANT EXECUTE ON FUNCTION acl.asked_along(), casus.plan_evaluation(int, uuid, jsonb), casus.look_back(uuid, int, int, jsonb, jsonb),
    casus.settle_evaluation(uuid, int, text) TO web_inwoner, web_team;
GRANT EXECUTE ON FUNCTION acl.moments_asked_to(), casus.ask_along(uuid, uuid[]) TO web_inwoner;

GRANT SELECT ON casus.evaluation, casus.evaluation_person, casus.evaluation_look, casus.evaluation_goal TO web_inwoner, web_team;
CREATE POLICY read ON casus.evaluation FOR SELECT TO web_inwoner, web_team USING (dossier_id = ANY ((SELECT acl.core_dossiers())::int[]));
CREATE POLICY read ON casus.evaluation_person FOR SELECT TO web_inwoner, web_team USING (dossier_id = ANY ((SELECT acl.core_dossiers())::int[]));
CREATE POLICY read ON casus.evaluation_look FOR SELECT TO web_inwoner, web_team USING (
    dossier_id = ANY ((SELECT acl.core_dossiers())::int[])
    OR author_id = (SELECT acl.person_id()) AND evaluation_id = ANY ((SELECT acl.asked_along())::int[]));
-- Of a goal that one doesn't read one isn't told how far it is.
CREATE POLICY read ON casus.evaluation_goal FOR SELECT TO web_inwoner, web_team USING (
    part_id = ANY ((SELECT acl.plan_parts())::int[])
    AND (dossier_id = ANY ((SELECT acl.core_dossiers())::int[])
        OR author_id = (SELECT acl.person_id()) AND evaluation_id = ANY ((SELECT acl.asked_along())::int[])));

GRANT SELECT, INSERT (public_id, dossier_id, kind, planned_on, place, about_pgb, others, planned_by_name),
    UPDATE (kind, planned_on, place, about_pgb, others, planned_by_name, planned_at, outcome, reason, settled_by, settled_by_name, settled_at)
    ON casus.evaluation TO casus_acl;
GRANT SELECT, INSERT, DELETE ON casus.evaluation_person TO casus_acl;
GRANT SELECT, INSERT (evaluation_id, dossier_id, side, author_id, number, author_name, way, content, words, anchored, together, together_words, safe, fits)
    ON casus.evaluation_look TO casus_acl;
GRANT INSERT ON casus.evaluation_goal TO casus_acl;
-- The operator's import only adds, and reads nothing back.
GRANT INSERT ON casus.evaluation, casus.evaluation_person, casus.evaluation_look, casus.evaluation_goal TO portaal_operator;
GRANT USAGE ON SEQUENCE casus.evaluation_id_seq TO portaal_operator;
CREATE POLICY import ON casus.evaluation FOR INSERT TO portaal_operator WITH CHECK (true);
CREATE POLICY import ON casus.evaluation_person FOR INSERT TO portaal_operator WITH CHECK (true);
CREATE POLICY import ON casus.evaluation_look FOR INSERT TO portaal_operator WITH CHECK (true);
CREATE POLICY import ON casus.evaluation_goal FOR INSERT TO portaal_operator WITH CHECK (true);
CREATE POLICY definer ON casus.evaluation TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY definer ON casus.evaluation_person TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY definer ON casus.evaluation_look TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY says ON casus.evaluation_goal FOR INSERT TO casus_acl WITH CHECK (true);
