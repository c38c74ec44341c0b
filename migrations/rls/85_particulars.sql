-- What changes about a person, by four eyes (docs/decisions/0053). Refusals, in the words of portal/particulars/commands.py: MB001 not there (or not yours),
-- MB009 the same form again, MB072 it waits already, or can't be now, MB095 no such day.

-- Whether this person died: then their dossier is out of sight of everybody but the team, for good.
CREATE FUNCTION casus.has_died(of_person int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM casus.pause q JOIN casus.dossier d ON d.id = q.dossier_id
        WHERE d.inwoner_id = of_person AND q.way = 'overleden' AND q.ended_at IS NULL);
END $$;

-- Writes it down; a colleague has to agree. about: as the columns of casus.particulars_change.
CREATE FUNCTION casus.ask_particulars(of_dossier int, number uuid, about jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    c casus.particulars_change%ROWTYPE := jsonb_populate_record(NULL::casus.particulars_change, about);
    whose int;
BEGIN
    SELECT d.inwoner_id INTO whose FROM casus.dossier d WHERE d.id = of_dossier AND d.id = ANY (acl.treated_dossiers()) FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001'; END IF;
    IF EXISTS (SELECT FROM casus.particulars_change x WHERE x.public_id = number) THEN RAISE EXCEPTION 'again' USING ERRCODE = 'MB009'; END IF;
    IF casus.has_died(whose) <> (c.kind = 2)
        OR EXISTS (SELECT FROM casus.particulars_change x WHERE x.dossier_id = of_dossier AND x.kind = c.kind AND x.agreed IS NULL) THEN
        RAISE EXCEPTION 'not now' USING ERRCODE = 'MB072';
    END IF;
    IF c.died_on > acl.today() OR c.died_on < (SELECT i.birth_date FROM casus.inwoner i WHERE i.person_id = whose) THEN
        RAISE EXCEPTION 'no such day' USING ERRCODE = 'MB095';
    END IF;
    IF c.kind = 5 THEN PERFORM casus.judge_same_person(of_dossier, c.other_id); END IF;
    INSERT INTO casus.particulars_change
        (public_id, dossier_id, kind, died_on, first_name, infix, last_name, stadsdeel_id, other_id, proof, asked_by, asked_by_name)
    VALUES (number, of_dossier, c.kind, c.died_on, c.first_name, c.infix, c.last_name, c.stadsdeel_id, c.other_id, c.proof, acl.person_id(),
        acl.signature());
    PERFORM casus.log_dossier('inwoner.change_asked', of_dossier, whose);
END $$;

-- What waits for a second one: in a dossier in which the actor works, or as lead of its team; of two dossiers in both. own: the actor wrote it down, and can only take it back.
CREATE FUNCTION casus.particulars_asked()
RETURNS TABLE (public_id uuid, inwoner text, kind smallint, died_on date, first_name text, infix text, last_name text, stadsdeel text, other text, proof text,
    asked_by_name text, asked_at timestamptz, own boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    a record;
    treated int[] := acl.treated_dossiers();
BEGIN
    SELECT * INTO a FROM acl.actor();
    RETURN QUERY
    SELECT c.public_id, acl.full_name(d.inwoner_id), c.kind, c.died_on, c.first_name, c.infix, c.last_name, s.name, acl.full_name(o.inwoner_id), c.proof,
        c.asked_by_name, c.asked_at, c.asked_by = a.person_id
    FROM casus.particulars_change c JOIN casus.dossier d ON d.id = c.dossier_id LEFT JOIN casus.stadsdeel s ON s.id = c.stadsdeel_id
    LEFT JOIN casus.dossier o ON o.id = c.other_id
    WHERE c.agreed IS NULL AND (d.id = ANY (treated) OR (a.kind = 'teamleider' AND d.team_id = acl.team_id()))
      AND (o.id IS NULL OR o.id = ANY (treated) OR (a.kind = 'teamleider' AND o.team_id = acl.team_id())) ORDER BY c.asked_at, c.id;
END $$;

-- What waits to be sent about this dossier would tell who reads it what they may not know.
CREATE FUNCTION casus.unsend(of_dossier int, whose int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM portaal.outbox o WHERE o.person_id = whose AND o.address IS NOT NULL AND o.template IN ('nieuws', 'toegang', 'stap');
    DELETE FROM portaal.outbox o
    WHERE o.address IS NOT NULL AND o.topic = 'stap'
      AND o.person_id IN (SELECT g.grantee_id FROM casus.access_grant g WHERE g.dossier_id = of_dossier);
    DELETE FROM portaal.letter l
    WHERE l.person_id = whose AND l.posted_at IS NULL AND l.handled_at IS NULL AND l.template IN ('nieuws', 'toegang', 'stap');
    DELETE FROM portaal.access_change c
    WHERE c.person_id IN (SELECT g.grantee_id FROM casus.access_grant g WHERE g.dossier_id = of_dossier);
END $$;

-- After a death: whoever read along, represented or was let in reads nothing any more, and nothing that waits goes on. The team reads as before.
CREATE FUNCTION casus.close_after_death(of_dossier int, whose int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM casus.unsend(of_dossier, whose);
    UPDATE casus.access_grant g SET withdrawn_at = now() WHERE g.dossier_id = of_dossier AND g.withdrawn_at IS NULL;
    -- The policy "ends" lets none be ended twice.
    UPDATE casus.mandate m SET withdrawn_at = now() WHERE m.dossier_id = of_dossier;
    DELETE FROM casus.mandate_request q WHERE q.dossier_id = of_dossier;
    UPDATE casus.program_consent c SET withdrawn_at = now() WHERE c.dossier_id = of_dossier AND c.withdrawn_at IS NULL;
    UPDATE casus.wish w SET withdrawn_at = now() WHERE w.dossier_id = of_dossier AND w.withdrawn_at IS NULL AND w.answered_at IS NULL;
    UPDATE casus.handover h SET withdrawn_at = now(), withdrawn_by_name = acl.signature()
    WHERE h.dossier_id = of_dossier AND h.withdrawn_at IS NULL AND h.takes IS NOT TRUE;
    DELETE FROM portaal.package p USING casus.handover h WHERE h.id = p.handover_id AND h.dossier_id = of_dossier;
    -- Who made a plan together with them goes on with their own.
    PERFORM acl.hold_joint_plan(of_dossier);
    UPDATE casus.joint_plan_member m SET left_at = now() WHERE m.dossier_id = of_dossier AND m.left_at IS NULL;
    UPDATE casus.plan_part x SET joint_id = NULL, shown_number = NULL, shown_at = NULL WHERE x.dossier_id = of_dossier;
    DELETE FROM casus.joint_plan_code c WHERE c.dossier_id = of_dossier;
    UPDATE casus.pause q SET way = 'overleden' WHERE q.dossier_id = of_dossier AND q.ended_at IS NULL;
    IF NOT FOUND THEN INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (of_dossier, 'overleden', acl.person_id()); END IF;
    UPDATE portaal.account a SET disabled_at = now(), start_code_hash = NULL, start_code_expires_at = NULL
    WHERE a.person_id = whose AND a.face = 'inwoner' AND a.disabled_at IS NULL;
    PERFORM portaal.end_sessions_of(whose, 'inwoner', 'toegang_gestopt');
END $$;

-- It was a mistake: the inwoner can sign in again. Access of others that ended then doesn't come back. A dossier that was out of sight before stays so.
CREATE FUNCTION casus.open_after_mistake(of_dossier int, whose int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE since timestamptz;
BEGIN
    SELECT max(c.answered_at) INTO since FROM casus.particulars_change c WHERE c.dossier_id = of_dossier AND c.kind = 1 AND c.agreed;
    UPDATE casus.pause q SET way = 'telefoon' WHERE q.dossier_id = of_dossier AND q.ended_at IS NULL AND q.began_at < since;
    UPDATE casus.pause q SET ended_at = now(), ended_by = acl.person_id() WHERE q.dossier_id = of_dossier AND q.ended_at IS NULL AND q.way = 'overleden';
    UPDATE portaal.account a SET disabled_at = NULL WHERE a.person_id = whose AND a.face = 'inwoner' AND a.disabled_at = since;
END $$;

-- The second one agrees, and then it is so; or not. Who wrote it down can only take it back.
CREATE FUNCTION casus.answer_particulars(change uuid, agrees boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    c casus.particulars_change%ROWTYPE;
    whose int;
BEGIN
    UPDATE casus.particulars_change x SET agreed = agrees, answered_by = acl.person_id(), answered_by_name = acl.signature(), answered_at = now()
    WHERE x.public_id IN (SELECT w.public_id FROM casus.particulars_asked() w WHERE w.public_id = change AND NOT (w.own AND agrees)) RETURNING * INTO c;
    IF NOT FOUND THEN RAISE EXCEPTION 'nothing waits' USING ERRCODE = 'MB001'; END IF;
    SELECT d.inwoner_id INTO whose FROM casus.dossier d WHERE d.id = c.dossier_id;
    IF NOT agrees THEN
        PERFORM casus.log_dossier('inwoner.change_refused', c.dossier_id, whose);
    ELSIF c.kind = 1 THEN
        PERFORM casus.close_after_death(c.dossier_id, whose);
        PERFORM casus.log_dossier('inwoner.died', c.dossier_id, whose);
    ELSIF c.kind = 2 THEN
        PERFORM casus.open_after_mistake(c.dossier_id, whose);
        PERFORM casus.log_dossier('inwoner.not_died', c.dossier_id, whose);
    ELSIF c.kind = 3 THEN
        UPDATE casus.person p SET first_name = c.first_name, infix = c.infix, last_name = c.last_name WHERE p.id = whose;
        PERFORM casus.log_dossier('inwoner.name', c.dossier_id, whose);
        PERFORM casus.tell_owner(c.dossier_id, 'nieuw');
    ELSIF c.kind = 5 THEN
        PERFORM casus.make_one(whose, c.other_id);
        PERFORM casus.tell_owner(c.dossier_id, 'nieuw');
    ELSE
        UPDATE casus.inwoner i SET stadsdeel_id = c.stadsdeel_id WHERE i.person_id = whose;
        PERFORM casus.log_dossier('inwoner.moved', c.dossier_id, whose);
        PERFORM casus.tell_owner(c.dossier_id, 'nieuw');
    END IF;
END $$;

-- The team is done with the dossier of somebody who died: from tomorrow on nobody works in it.
CREATE FUNCTION casus.finish_after_death(of_dossier int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE whose int;
BEGIN
    SELECT d.inwoner_id INTO whose FROM casus.dossier d WHERE d.id = of_dossier AND d.id = ANY (acl.treated_dossiers());
    IF NOT casus.has_died(whose) THEN RAISE EXCEPTION 'nobody died here' USING ERRCODE = 'MB001'; END IF;
    UPDATE casus.dossier d SET closed_on = acl.today() WHERE d.id = of_dossier;
    UPDATE casus.assignment t SET valid_until = least(t.valid_until, acl.today()) WHERE t.dossier_id = of_dossier;
    PERFORM casus.log_dossier('dossier.closed', of_dossier, whose);
END $$;

GRANT EXECUTE ON FUNCTION casus.ask_particulars(int, uuid, jsonb), casus.particulars_asked(), casus.answer_particulars(uuid, boolean),
    casus.finish_after_death(int) TO web_team;
GRANT SELECT ON casus.particulars_change TO web_inwoner, web_team;
CREATE POLICY read ON casus.particulars_change FOR SELECT TO web_team USING (dossier_id = ANY ((SELECT acl.core_dossiers())::int[]));
CREATE POLICY read_own ON casus.particulars_change FOR SELECT TO web_inwoner USING (agreed AND dossier_id = ANY ((SELECT acl.core_dossiers())::int[]));
GRANT SELECT, INSERT (public_id, dossier_id, kind, died_on, first_name, infix, last_name, stadsdeel_id, other_id, proof, asked_by, asked_by_name),
    UPDATE (agreed, answered_by, answered_by_name, answered_at) ON casus.particulars_change TO casus_acl;
GRANT SELECT ON casus.stadsdeel TO casus_acl;
GRANT UPDATE (first_name, infix, last_name) ON casus.person TO casus_acl;
GRANT SELECT (stadsdeel_id), UPDATE (stadsdeel_id) ON casus.inwoner TO casus_acl;
GRANT UPDATE (way) ON casus.pause TO casus_acl;
CREATE POLICY definer ON casus.particulars_change TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY renames ON casus.person FOR UPDATE TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY definer ON casus.stadsdeel FOR SELECT TO casus_acl USING (true);
CREATE POLICY particulars_logs ON casus.change_log FOR INSERT TO casus_acl WITH CHECK (event IN ('inwoner.change_asked', 'inwoner.change_refused',
    'inwoner.died', 'inwoner.not_died', 'inwoner.name', 'inwoner.moved', 'dossier.closed'));
