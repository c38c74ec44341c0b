-- Choosing who helps, and changing (eis 4, 6, 7 and 59). The inwoner's side reads the wishes; the team reads none, and is told by functions what each has to
-- answer. Who helps until now never sees a wish. At every moment at most one professional is responsible: casus.change_helper alone moves that.
-- Refusals, in the words of portal/choice/commands.py: MB001 not there (or not yours), MB009 the same form again, MB072 done already, MB095 this day can't be,
-- MB101 there is one already, MB102 somebody who is full and isn't waited for.

-- Who is responsible on that day, or NULL.
CREATE FUNCTION casus.responsible_on(of_dossier int, on_day date) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT min(t.staff_id) FROM casus.assignment t JOIN casus.staff s ON s.person_id = t.staff_id
        WHERE t.dossier_id = of_dossier AND t.responsible AND t.valid_from <= on_day AND (t.valid_until IS NULL OR t.valid_until >= on_day)
          AND (s.left_on IS NULL OR s.left_on > on_day));
END $$;

-- Sends a wish. Only people residents can read about, not who is responsible now, and nobody who is full unless the inwoner waits for them.
CREATE FUNCTION casus.send_wish(of_dossier int, number uuid, says jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    d casus.dossier%ROWTYPE;
    w casus.wish%ROWTYPE;
    place int := 0;
    one record;
BEGIN
    SELECT * INTO d FROM casus.dossier x WHERE x.id = of_dossier AND x.id = ANY (acl.owned_dossiers()) FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001'; END IF;
    IF EXISTS (SELECT FROM casus.wish x WHERE x.public_id = number) THEN RAISE EXCEPTION 'again' USING ERRCODE = 'MB009'; END IF;
    IF EXISTS (SELECT FROM casus.wish x WHERE x.dossier_id = d.id AND x.withdrawn_at IS NULL AND x.answered_at IS NULL) THEN
        RAISE EXCEPTION 'there is one' USING ERRCODE = 'MB101';
    END IF;
    INSERT INTO casus.wish (public_id, dossier_id, team_id, anybody, words, tell, meet)
    SELECT number, d.id, t.id, x.anybody, x.words, x.tell, x.meet
    FROM jsonb_to_record(says) AS x (team uuid, people jsonb, anybody boolean, words text, tell int, meet boolean), casus.team t
    WHERE t.id = coalesce(
        (SELECT s.team_id FROM casus.staff s JOIN casus.person p ON p.id = s.person_id WHERE p.public_id = (x.people -> 0 ->> 'person')::uuid),
        (SELECT y.id FROM casus.team y WHERE y.public_id = x.team), d.team_id) RETURNING * INTO w;
    IF NOT FOUND THEN RAISE EXCEPTION 'of which team' USING ERRCODE = 'MB001'; END IF;
    FOR one IN
        SELECT p.id, (c.pick ->> 'waits')::boolean AS waits, coalesce(f.places, 0) AS places
        FROM jsonb_array_elements(says -> 'people') WITH ORDINALITY AS c (pick, n)
            LEFT JOIN casus.profiles() f ON f.person = (c.pick ->> 'person')::uuid LEFT JOIN casus.person p ON p.public_id = f.person ORDER BY c.n
    LOOP
        place := place + 1;
        IF one.id IS NULL OR one.id IS NOT DISTINCT FROM casus.responsible_on(d.id, acl.today()) THEN
            RAISE EXCEPTION 'nobody to choose' USING ERRCODE = 'MB001';
        END IF;
        IF one.places = 0 AND NOT one.waits THEN RAISE EXCEPTION 'full' USING ERRCODE = 'MB102'; END IF;
        INSERT INTO casus.wish_choice (wish_id, dossier_id, place, staff_id, waits) VALUES (w.id, d.id, place, one.id, one.waits);
    END LOOP;
    IF place = 0 AND NOT w.anybody THEN RAISE EXCEPTION 'nobody chosen' USING ERRCODE = 'MB001'; END IF;
    PERFORM casus.log_dossier('wish.sent', d.id, d.inwoner_id);
END $$;

-- The inwoner takes it back, as long as nobody said yes.
CREATE FUNCTION casus.withdraw_wish(of_wish uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE w casus.wish%ROWTYPE;
BEGIN
    SELECT * INTO w FROM casus.wish x WHERE x.public_id = of_wish AND x.dossier_id = ANY (acl.owned_dossiers()) FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such wish' USING ERRCODE = 'MB001'; END IF;
    IF w.answered_at IS NOT NULL OR w.withdrawn_at IS NOT NULL THEN RAISE EXCEPTION 'too late' USING ERRCODE = 'MB072'; END IF;
    UPDATE casus.wish x SET withdrawn_at = now() WHERE x.id = w.id;
    PERFORM casus.log_dossier('wish.withdrawn', w.dossier_id, NULL);
END $$;

-- What the actor has to answer: whose turn it is among those who were chosen, and all of the own team for who leads it (leads, unless it is the own turn);
-- never who is responsible now.
-- place NULL: nobody who was chosen has still to answer.
CREATE FUNCTION casus.wishes_to_answer()
RETURNS TABLE (wish uuid, inwoner text, language text, words text, tell smallint, meet boolean, sent_at timestamptz, place smallint, chosen text, waits boolean,
    leads boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me int := acl.person_id();
    lead_of int := CASE WHEN acl.kind() = 'teamleider' THEN acl.team_id() END;
BEGIN
    IF session_user <> 'web_team' THEN RETURN; END IF;
    RETURN QUERY SELECT w.public_id, acl.full_name(d.inwoner_id), i.language, w.words, w.tell, w.meet, w.sent_at, c.place, acl.full_name(c.staff_id), c.waits,
        c.staff_id IS DISTINCT FROM me
    FROM casus.wish w JOIN casus.dossier d ON d.id = w.dossier_id JOIN casus.inwoner i ON i.person_id = d.inwoner_id
        LEFT JOIN LATERAL (SELECT x.* FROM casus.wish_choice x WHERE x.wish_id = w.id AND x.yes IS NULL ORDER BY x.place LIMIT 1) c ON true
    WHERE w.withdrawn_at IS NULL AND w.answered_at IS NULL AND (c.staff_id = me OR w.team_id = lead_of)
      AND casus.responsible_on(d.id, acl.today()) IS DISTINCT FROM me
    ORDER BY w.sent_at, w.id;
END $$;

-- Yes from a day on, or no with a reason. Who was chosen says so for themselves, and after a no it is the next one's turn; who leads says it for somebody of
-- the own team. When nobody is left and the inwoner didn't say that anybody will do, the wish is answered: nobody could.
CREATE FUNCTION casus.answer_wish(of_wish uuid, agrees boolean, why text, by_staff uuid, on_day date) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    q record;
    w casus.wish%ROWTYPE;
    helper int := acl.person_id();
BEGIN
    SELECT * INTO w FROM casus.wish x WHERE x.public_id = of_wish FOR UPDATE;
    SELECT * INTO q FROM casus.wishes_to_answer() x WHERE x.wish = of_wish;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such wish' USING ERRCODE = 'MB001'; END IF;
    IF agrees THEN
        IF q.leads THEN
            SELECT s.person_id INTO helper FROM casus.staff s JOIN casus.person p ON p.id = s.person_id
            WHERE p.public_id = by_staff AND s.team_id = acl.team_id() AND casus.helps_people(s)
              AND s.person_id IS DISTINCT FROM casus.responsible_on(w.dossier_id, acl.today());
            IF NOT FOUND THEN RAISE EXCEPTION 'nobody of the team' USING ERRCODE = 'MB001'; END IF;
        END IF;
        IF w.tell = 1 THEN on_day := acl.today(); END IF;
        IF on_day IS NULL OR on_day < acl.today() OR on_day > acl.today() + 90 THEN RAISE EXCEPTION 'this day' USING ERRCODE = 'MB095'; END IF;
        UPDATE casus.wish_choice c SET yes = true WHERE c.wish_id = w.id AND c.staff_id = helper;
        UPDATE casus.wish x SET answered_at = now(), answered_by_name = acl.signature(), helper_id = helper, from_day = on_day,
            before_id = casus.responsible_on(w.dossier_id, acl.today()) WHERE x.id = w.id;
        PERFORM casus.change_helper(w.dossier_id, helper, on_day);
    ELSE
        UPDATE casus.wish_choice c SET yes = false, reason = why WHERE c.wish_id = w.id AND c.staff_id = helper;
        IF q.leads OR NOT w.anybody AND NOT EXISTS (SELECT FROM casus.wish_choice c WHERE c.wish_id = w.id AND c.yes IS NULL) THEN
            UPDATE casus.wish x SET answered_at = now(), answered_by_name = acl.signature(), reason = why WHERE x.id = w.id;
        END IF;
    END IF;
    PERFORM casus.log_dossier('wish.answered', w.dossier_id, NULL);
    PERFORM casus.tell_owner(w.dossier_id, 'nieuw');
END $$;

-- From that day on this one is responsible; who was until then works in the dossier until the day before, and no longer.
CREATE FUNCTION casus.change_helper(of_dossier int, helper int, on_day date) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE casus.assignment t SET valid_until = on_day - 1
    WHERE t.dossier_id = of_dossier AND (t.valid_until IS NULL OR t.valid_until >= on_day)
      AND (t.staff_id = helper OR EXISTS (SELECT FROM casus.assignment o WHERE o.dossier_id = of_dossier AND o.responsible AND o.staff_id = t.staff_id
        AND (o.valid_until IS NULL OR o.valid_until >= on_day)));
    INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from, responsible) VALUES (of_dossier, helper, 'vaste professional', on_day, true);
    PERFORM casus.log_dossier('helper.changed', of_dossier, helper);
END $$;

-- Who helps no more, or soon, and was to be told: whose, and from which day somebody else helps. For fourteen days after that one.
CREATE FUNCTION casus.changes_told() RETURNS TABLE (inwoner text, from_day date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT acl.full_name(d.inwoner_id), w.from_day FROM casus.wish w JOIN casus.dossier d ON d.id = w.dossier_id
    WHERE w.before_id = acl.person_id() AND w.tell = 2 AND w.from_day > acl.today() - 14 AND session_user = 'web_team' ORDER BY w.from_day, w.id;
END $$;

-- Dossiers of the own team in which help goes on and nobody is responsible, today or later: for who leads the team.
CREATE FUNCTION casus.without_helper() RETURNS TABLE (dossier uuid, inwoner text, language text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF acl.kind() <> 'teamleider' THEN RETURN; END IF;
    RETURN QUERY SELECT d.public_id, acl.full_name(d.inwoner_id), i.language FROM casus.dossier d JOIN casus.inwoner i ON i.person_id = d.inwoner_id
    WHERE d.team_id = acl.team_id() AND d.closed_on IS NULL AND casus.responsible_on(d.id, acl.today()) IS NULL
      AND NOT EXISTS (SELECT FROM casus.assignment t WHERE t.dossier_id = d.id AND t.responsible AND t.valid_from > acl.today()
        AND (t.valid_until IS NULL OR t.valid_until >= t.valid_from))
    ORDER BY d.opened_on, d.id;
END $$;

-- Who leads the team gives such a dossier somebody, from today.
CREATE FUNCTION casus.give_helper(of_dossier uuid, by_staff uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    d casus.dossier%ROWTYPE;
    helper int;
BEGIN
    SELECT * INTO d FROM casus.dossier x WHERE x.public_id = of_dossier FOR UPDATE;
    SELECT s.person_id INTO helper FROM casus.staff s JOIN casus.person p ON p.id = s.person_id
    WHERE p.public_id = by_staff AND s.team_id = acl.team_id() AND casus.helps_people(s) AND of_dossier IN (SELECT x.dossier FROM casus.without_helper() x);
    IF NOT FOUND THEN RAISE EXCEPTION 'no such dossier, or nobody of the team' USING ERRCODE = 'MB001'; END IF;
    PERFORM casus.change_helper(d.id, helper, acl.today());
    PERFORM casus.tell_owner(d.id, 'nieuw');
END $$;

GRANT EXECUTE ON FUNCTION casus.send_wish(int, uuid, jsonb), casus.withdraw_wish(uuid) TO web_inwoner;
GRANT EXECUTE ON FUNCTION casus.wishes_to_answer(), casus.answer_wish(uuid, boolean, text, uuid, date), casus.changes_told(), casus.without_helper(),
    casus.give_helper(uuid, uuid) TO web_team;
GRANT SELECT (id, public_id, dossier_id, team_id, anybody, words, tell, meet, sent_at, withdrawn_at, answered_at, answered_by_name, reason, helper_id, from_day)
    ON casus.wish TO web_inwoner;
GRANT SELECT ON casus.wish_choice TO web_inwoner;
CREATE POLICY read ON casus.wish FOR SELECT TO web_inwoner USING (dossier_id = ANY ((SELECT acl.owned_dossiers())::int[]));
CREATE POLICY read ON casus.wish_choice FOR SELECT TO web_inwoner USING (dossier_id = ANY ((SELECT acl.owned_dossiers())::int[]));
GRANT SELECT, INSERT (public_id, dossier_id, team_id, anybody, words, tell, meet),
    UPDATE (withdrawn_at, answered_at, answered_by_name, reason, helper_id, from_day, before_id) ON casus.wish TO casus_acl;
GRANT SELECT, INSERT (wish_id, dossier_id, place, staff_id, waits), UPDATE (yes, reason) ON casus.wish_choice TO casus_acl;
CREATE POLICY definer ON casus.wish TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY definer ON casus.wish_choice TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY wish_logs ON casus.change_log FOR INSERT TO casus_acl WITH CHECK (event IN ('wish.sent', 'wish.withdrawn', 'wish.answered', 'helper.changed'));
