-- Reminding who does something in a plan: the day before it is to be done, once more when that day is past, and the day before one looks at it together. A
-- reminder says that there is something to do, never what, whose or where. Nobody of the team is asked to call about one that can't go.

-- Whether somebody works in a dossier today; and whether somebody who reads along reads this action, of which they are the holder.
CREATE FUNCTION portaal.works_in(of_person int, in_dossier int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN in_dossier = ANY (acl.treated_by('professional', of_person)); END $$;

CREATE FUNCTION portaal.holds_along(of_person int, p casus.plan_part) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN acl.came_in(of_person) AND EXISTS (
        SELECT FROM acl.grants_to('naaste', of_person) g
        WHERE g.dossier_id = p.dossier_id
          AND (p.audience = 3 AND (g.scope IN (1, 5) OR g.section = 4) OR p.audience = 2 AND p.goal_id = ANY (g.plan_parts)));
END $$;

-- Every reminder that is due today and wasn't given, with as what that person is reminded: inwoner, professional or naaste. What was forgotten for longer than
-- two weeks (portal.deadlines.STEP_PAST) isn't told of any more.
CREATE FUNCTION portaal.steps_to_tell() RETURNS TABLE (person_id int, part_id int, dossier_id int, about int, on_day date, relation text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE today date := acl.today();
BEGIN
    RETURN QUERY
    WITH due AS (
        SELECT p.id, p.dossier_id, t.holder_id, d.inwoner_id, w.about, w.on_day, p AS part
        FROM casus.plan_part p
        JOIN casus.dossier d ON d.id = p.dossier_id
        CROSS JOIN LATERAL (SELECT x.* FROM casus.plan_text x WHERE x.part_id = p.id ORDER BY x.number DESC LIMIT 1) t
        CROSS JOIN LATERAL (SELECT x.dropped FROM casus.plan_text x WHERE x.part_id = p.goal_id ORDER BY x.number DESC LIMIT 1) goal
        LEFT JOIN LATERAL (SELECT x.status FROM casus.plan_step x WHERE x.part_id = p.id ORDER BY x.number DESC LIMIT 1) s ON true
        CROSS JOIN LATERAL (VALUES (1, t.due_on), (2, t.due_on), (3, t.look_on)) w (about, on_day)
        WHERE p.id IN (SELECT x.part_id FROM casus.plan_text x WHERE x.due_on BETWEEN today - 14 AND today + 1 OR x.look_on = today + 1)
          AND NOT t.dropped AND NOT goal.dropped AND coalesce(s.status, 1) IN (1, 2)
          AND CASE w.about WHEN 2 THEN w.on_day BETWEEN today - 14 AND today - 1 ELSE w.on_day = today + 1 END
          AND NOT casus.is_paused(d.inwoner_id, NULL)
    ), told AS (
        SELECT due.*, due.holder_id AS person FROM due
        UNION
        SELECT due.*, due.inwoner_id FROM due WHERE due.about = 3
        UNION
        SELECT due.*, a.staff_id FROM due
        JOIN casus.assignment a ON a.dossier_id = due.dossier_id AND a.responsible AND a.valid_from <= today AND (a.valid_until IS NULL OR a.valid_until >= today)
        WHERE due.about = 3 AND NOT portaal.works_in(due.holder_id, due.dossier_id)
    )
    SELECT t.person, t.id, t.dossier_id, t.about, t.on_day, r.relation
    FROM told t CROSS JOIN LATERAL (SELECT CASE
        WHEN t.person = t.inwoner_id THEN 'inwoner'
        WHEN (t.part).audience >= 2 AND portaal.works_in(t.person, t.dossier_id) THEN 'professional'
        WHEN t.about < 3 AND portaal.holds_along(t.person, t.part) THEN 'naaste' END) r (relation)
    WHERE r.relation IS NOT NULL
      AND NOT EXISTS (
        SELECT FROM portaal.plan_reminder x
        WHERE x.person_id = t.person AND x.part_id = t.id AND x.about = t.about AND x.on_day = t.on_day);
END $$;

-- The job: one message to each person, whatever the number of actions, and none to who had one today. The inwoner gets it the way that was chosen, where that is
-- safe; by letter once a week at most (portal.deadlines.NEWS_BY_LETTER). Others get a mail at the address of their own account, or nothing. What can't be
-- told is not kept as told: it is tried again as long as it is due.
CREATE FUNCTION portaal.remind_of_steps() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today date := acl.today();
    r record;
    a portaal.account%ROWTYPE;
BEGIN
    -- One at a time, or two runs at once would both tell.
    PERFORM pg_advisory_xact_lock(hashtext('portaal.remind_of_steps'));
    DELETE FROM portaal.plan_reminder x WHERE x.on_day < today - 30;
    -- A reminder that did not go in a day is not news any more.
    DELETE FROM portaal.outbox o WHERE o.topic = 'stap' AND o.address IS NOT NULL AND o.made_at <= now() - interval '24 hours';
    FOR r IN
        SELECT t.person_id, t.relation, min(t.dossier_id) AS dossier_id FROM portaal.steps_to_tell() t GROUP BY t.person_id, t.relation ORDER BY 1, 2
    LOOP
        CONTINUE WHEN EXISTS (SELECT FROM portaal.plan_reminder x WHERE x.person_id = r.person_id AND x.told_on = today);
        IF r.relation = 'inwoner' THEN
            CONTINUE WHEN NOT portaal.notice_arrives(r.dossier_id, 'stap')
                OR EXISTS (SELECT FROM portaal.letter l WHERE l.person_id = r.person_id AND l.topic = 'stap' AND l.made_at > now() - interval '7 days');
            PERFORM casus.tell_owner(r.dossier_id, 'stap');
        ELSE
            SELECT * INTO a FROM portaal.account x
            WHERE x.person_id = r.person_id AND x.face = CASE r.relation WHEN 'naaste' THEN 'inwoner' ELSE 'team' END
              AND x.disabled_at IS NULL AND x.email IS NOT NULL;
            CONTINUE WHEN NOT FOUND;
            INSERT INTO portaal.outbox (template, language, to_whom, address, person_id, topic)
            VALUES (CASE r.relation WHEN 'naaste' THEN 'stap' ELSE 'werk' END, a.language, 'inwoner', a.email, r.person_id, 'stap');
        END IF;
        INSERT INTO portaal.plan_reminder (person_id, part_id, dossier_id, about, on_day, told_on)
        SELECT t.person_id, t.part_id, t.dossier_id, t.about, t.on_day, today FROM portaal.steps_to_tell() t
        WHERE t.person_id = r.person_id AND t.relation = r.relation;
    END LOOP;
END $$;

GRANT EXECUTE ON FUNCTION portaal.remind_of_steps() TO portaal_jobs;
GRANT SELECT, INSERT, DELETE ON portaal.plan_reminder TO casus_acl;
CREATE POLICY definer ON portaal.plan_reminder TO casus_acl USING (true) WITH CHECK (true);
