-- Who acts for an inwoner: one professional writes the mandate down, a second one looks at it and agrees; until then it opens nothing. Refusals, in the
-- words of portal/mandate/commands.py: MB001 not there, MB002 user name taken, MB081 no such days, MB082 something is missing.

-- A dossier in which the actor works, and that the inwoner didn't put out of sight.
CREATE FUNCTION acl.mandate_dossier(of_dossier uuid) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE d casus.dossier%ROWTYPE;
BEGIN
    SELECT * INTO d FROM casus.dossier x WHERE x.public_id = of_dossier AND x.id = ANY (acl.treated_dossiers());
    IF NOT FOUND OR casus.is_paused(d.inwoner_id, NULL) THEN RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001'; END IF;
    RETURN d.id;
END $$;

-- Writes a mandate down. It has the number that the form was made with, so that sending it twice makes one.
CREATE FUNCTION acl.ask_mandate(of_dossier uuid, number uuid, of_person uuid, new_first_name text, new_last_name text, on_ground text, seen text,
    seen_on date, covers text, first_day date, last_day date, log_too boolean, sharing_too boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_id int := acl.mandate_dossier(of_dossier);
    who int;
BEGIN
    IF of_person IS NOT NULL THEN
        SELECT p.id INTO who FROM casus.person p
        WHERE p.public_id = of_person AND EXISTS (SELECT FROM casus.mandate m WHERE m.dossier_id = of_id AND m.person_id = p.id);
        IF NOT FOUND THEN RAISE EXCEPTION 'no such person' USING ERRCODE = 'MB001'; END IF;
    END IF;
    -- The law gives a mentor, curator or bewindvoerder no last day of its own (BW 1:391, 1:449, 1:462).
    IF (seen_on <= acl.today()) IS NOT TRUE OR last_day < greatest(first_day, acl.today()) OR (last_day IS NULL AND on_ground = 'gemachtigde') THEN
        RAISE EXCEPTION 'no such days' USING ERRCODE = 'MB081';
    END IF;
    BEGIN
        INSERT INTO casus.mandate_request (public_id, dossier_id, person_id, first_name, last_name, ground, proof, proof_seen_on, scope, valid_from,
            valid_until, opens_log, opens_sharing, asked_by)
        VALUES (number, of_id, who, coalesce(btrim(new_first_name), ''), coalesce(btrim(new_last_name), ''), on_ground, btrim(seen), seen_on,
            btrim(covers), first_day, last_day, log_too, sharing_too, acl.person_id());
    EXCEPTION WHEN check_violation OR not_null_violation THEN
        RAISE EXCEPTION 'something is missing' USING ERRCODE = 'MB082';
    END;
    PERFORM casus.log_dossier('mandate.asked', of_id, who);
END $$;

-- What waits for a second professional: in a dossier one works in, or as lead of its team. ``own``: the actor asked it, so somebody else has to agree.
CREATE FUNCTION acl.mandates_asked()
RETURNS TABLE (public_id uuid, dossier uuid, inwoner text, name text, ground text, proof text, proof_seen_on date, scope text, valid_from date,
    valid_until date, opens_log boolean, opens_sharing boolean, asked_by text, asked_at timestamptz, own boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    a record;
    treated int[] := acl.treated_dossiers();
BEGIN
    SELECT * INTO a FROM acl.actor();
    RETURN QUERY
    SELECT q.public_id, d.public_id, acl.full_name(d.inwoner_id), coalesce(acl.full_name(q.person_id), q.first_name || ' ' || q.last_name), q.ground,
        q.proof, q.proof_seen_on, q.scope, q.valid_from, q.valid_until, q.opens_log, q.opens_sharing, acl.full_name(q.asked_by), q.asked_at,
        q.asked_by = a.person_id
    FROM casus.mandate_request q JOIN casus.dossier d ON d.id = q.dossier_id
    WHERE (d.id = ANY (treated) OR (a.kind = 'teamleider' AND d.team_id = acl.team_id()))
      AND NOT casus.is_paused(d.inwoner_id, NULL)
    ORDER BY q.asked_at, q.id;
END $$;

-- The second professional agrees or not. When one does it holds from its first day on, and the inwoner is told. Who asked it can only take it
-- back. Gives false when it didn't wait for this actor. What wasn't agreed isn't kept: it holds the name of somebody who has nothing to do here.
CREATE FUNCTION acl.answer_mandate(request uuid, agree boolean) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    q casus.mandate_request%ROWTYPE;
    who int;
BEGIN
    DELETE FROM casus.mandate_request x
    WHERE x.public_id = request AND x.public_id IN (SELECT o.public_id FROM acl.mandates_asked() o WHERE NOT (o.own AND agree))
    RETURNING * INTO q;
    IF NOT FOUND THEN RETURN false; END IF;
    who := q.person_id;
    IF agree THEN
        IF who IS NULL THEN INSERT INTO casus.person (first_name, last_name) VALUES (q.first_name, q.last_name) RETURNING id INTO who; END IF;
        INSERT INTO casus.mandate (dossier_id, person_id, ground, valid_from, valid_until, proof, proof_seen_on, scope, opens_log, opens_sharing,
            asked_by, agreed_by)
        VALUES (q.dossier_id, who, q.ground, q.valid_from, q.valid_until, q.proof, q.proof_seen_on, q.scope, q.opens_log, q.opens_sharing,
            q.asked_by, acl.person_id());
        PERFORM casus.tell_owner(q.dossier_id, NULL);
    END IF;
    INSERT INTO casus.change_log (dossier_id, event, subject_id)
        VALUES (q.dossier_id, CASE WHEN agree THEN 'mandate.made' ELSE 'mandate.refused' END, who);
    RETURN true;
END $$;

-- Whether somebody can be given a start code for this mandate: it holds or will, and the person never came in and has nothing else here. A code for
-- somebody else would open what isn't this dossier's.
CREATE FUNCTION portaal.may_get_mandate_code(m casus.mandate) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN m.withdrawn_at IS NULL AND (m.valid_until IS NULL OR m.valid_until >= acl.today())
        AND NOT EXISTS (SELECT FROM casus.access_grant g WHERE g.grantee_id = m.person_id)
        AND NOT EXISTS (SELECT FROM casus.dossier d WHERE d.inwoner_id = m.person_id)
        AND NOT EXISTS (SELECT FROM casus.mandate o WHERE o.person_id = m.person_id AND o.dossier_id <> m.dossier_id)
        AND NOT EXISTS (SELECT FROM casus.person p WHERE p.id = m.person_id AND p.is_staff)
        AND NOT EXISTS (
            SELECT FROM portaal.account a
            WHERE a.person_id = m.person_id AND a.face = 'inwoner' AND (portaal.was_in_use(a.id) OR a.disabled_at IS NOT NULL));
END $$;

-- Every mandate of a dossier, for the team and for the inwoner whose it is. needs_code: somebody can be given a start code.
CREATE FUNCTION acl.mandates_of(of_dossier uuid)
RETURNS TABLE (public_id uuid, person uuid, name text, ground text, proof text, proof_seen_on date, scope text, valid_from date, valid_until date,
    withdrawn_at timestamptz, opens_log boolean, opens_sharing boolean, asked_by text, agreed_by text, needs_code boolean, confirmed_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE readable int[] := acl.own_dossiers() || acl.treated_dossiers();
BEGIN
    RETURN QUERY
    SELECT m.public_id, p.public_id, acl.full_name(p.id), m.ground, m.proof, m.proof_seen_on, m.scope, m.valid_from, m.valid_until, m.withdrawn_at,
        m.opens_log, m.opens_sharing, acl.full_name(m.asked_by), acl.full_name(m.agreed_by), portaal.may_get_mandate_code(m), m.confirmed_at
    FROM casus.mandate m JOIN casus.dossier d ON d.id = m.dossier_id JOIN casus.person p ON p.id = m.person_id
    WHERE d.public_id = of_dossier AND d.id = ANY (readable) AND NOT casus.is_paused(d.inwoner_id, NULL)
    ORDER BY m.valid_from DESC, m.id DESC;
END $$;

-- A code for who never came in.
CREATE FUNCTION portaal.new_mandate_code(of_mandate uuid, new_username text, code_hash bytea, in_language text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    m casus.mandate%ROWTYPE;
    a portaal.account%ROWTYPE;
BEGIN
    SELECT x.* INTO m FROM casus.mandate x JOIN casus.dossier d ON d.id = x.dossier_id
    WHERE x.public_id = of_mandate AND d.id = ANY (acl.treated_dossiers()) AND NOT casus.is_paused(d.inwoner_id, NULL);
    IF NOT FOUND OR NOT portaal.may_get_mandate_code(m) THEN RAISE EXCEPTION 'no code for this person' USING ERRCODE = 'MB001'; END IF;
    UPDATE portaal.account x
    SET start_code_hash = code_hash, start_code_expires_at = now() + portaal.start_code_life(), password_hash = NULL, totp_secret = NULL
    WHERE x.person_id = m.person_id AND x.face = 'inwoner' RETURNING * INTO a;
    IF NOT FOUND THEN
        BEGIN
            INSERT INTO portaal.account (person_id, face, username, language, start_code_hash, start_code_expires_at)
            VALUES (m.person_id, 'inwoner', new_username, in_language, code_hash, now() + portaal.start_code_life()) RETURNING * INTO a;
        EXCEPTION WHEN unique_violation THEN
            RAISE EXCEPTION 'taken' USING ERRCODE = 'MB002';
        END;
    END IF;
    PERFORM casus.log_dossier('mandate.code', m.dossier_id, m.person_id);
    RETURN a.username;
END $$;

-- It holds no more: ended by the team, which tells the inwoner, or by the inwoner self when the inwoner gave it. What a judge gave, a judge takes. What has
-- to end with it: what somebody typed and did not send, and a start code with which nothing can be read any more. Gives false when there is nothing to end.
CREATE FUNCTION acl.end_mandate(of_mandate uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    m casus.mandate%ROWTYPE;
    own int[] := acl.own_dossiers();
    d casus.dossier%ROWTYPE;
BEGIN
    UPDATE casus.mandate x SET withdrawn_at = now()
    FROM casus.dossier y
    WHERE x.public_id = of_mandate AND y.id = x.dossier_id AND x.withdrawn_at IS NULL
      AND (x.valid_until IS NULL OR x.valid_until >= acl.today())
      AND (y.id = ANY (acl.treated_dossiers()) OR (x.ground = 'gemachtigde' AND y.id = ANY (own)))
      AND NOT casus.is_paused(y.inwoner_id, NULL)
    RETURNING x.* INTO m;
    IF NOT FOUND THEN RETURN false; END IF;
    SELECT * INTO d FROM casus.dossier x WHERE x.id = m.dossier_id;
    IF NOT EXISTS (
        SELECT FROM casus.mandate o
        WHERE o.person_id = m.person_id AND o.dossier_id = m.dossier_id AND o.withdrawn_at IS NULL
          AND (o.valid_until IS NULL OR o.valid_until >= acl.today()))
    THEN
        DELETE FROM portaal.typed_text t
        WHERE t.person_id = m.person_id AND t.face = 'inwoner' AND starts_with(t.form_key, '/dossier/' || d.public_id);
        m.withdrawn_at := NULL;
        IF portaal.may_get_mandate_code(m) THEN
            UPDATE portaal.account a
            SET start_code_hash = NULL, start_code_expires_at = NULL, password_hash = NULL, totp_secret = NULL
            WHERE a.person_id = m.person_id AND a.face = 'inwoner';
        END IF;
    END IF;
    PERFORM casus.log_dossier('mandate.ended', m.dossier_id, m.person_id);
    IF NOT m.dossier_id = ANY (own) THEN PERFORM casus.tell_owner(m.dossier_id, NULL); END IF;
    RETURN true;
END $$;

-- "Klopt dit nog?" Yes, says the inwoner of what the inwoner gave. Of what a judge gave there is nothing to say. Gives false when there is nothing to confirm.
CREATE FUNCTION acl.confirm_mandate(of_mandate uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE m casus.mandate%ROWTYPE;
BEGIN
    UPDATE casus.mandate x SET confirmed_at = now()
    WHERE x.public_id = of_mandate AND x.ground = 'gemachtigde' AND x.dossier_id = ANY (acl.own_dossiers()) AND x.withdrawn_at IS NULL
      AND (x.valid_until IS NULL OR x.valid_until >= acl.today())
    RETURNING x.* INTO m;
    IF NOT FOUND THEN RETURN false; END IF;
    PERFORM casus.log_dossier('mandate.confirmed', m.dossier_id, m.person_id);
    RETURN true;
END $$;

GRANT EXECUTE ON FUNCTION acl.confirm_mandate(uuid) TO web_inwoner;
GRANT EXECUTE ON FUNCTION acl.ask_mandate(uuid, uuid, uuid, text, text, text, text, date, text, date, date, boolean, boolean), acl.mandates_asked(),
    acl.answer_mandate(uuid, boolean), portaal.new_mandate_code(uuid, text, bytea, text) TO web_team;
GRANT EXECUTE ON FUNCTION acl.mandates_of(uuid), acl.end_mandate(uuid) TO web_team, web_inwoner;
GRANT INSERT (dossier_id, person_id, ground, valid_from, valid_until, proof, proof_seen_on, scope, opens_log, opens_sharing, asked_by, agreed_by),
    UPDATE (withdrawn_at, confirmed_at) ON casus.mandate TO casus_acl;
GRANT SELECT, DELETE, INSERT (public_id, dossier_id, person_id, first_name, last_name, ground, proof, proof_seen_on, scope, valid_from, valid_until,
    opens_log, opens_sharing, asked_by) ON casus.mandate_request TO casus_acl;
CREATE POLICY two_agree ON casus.mandate FOR INSERT TO casus_acl WITH CHECK (asked_by <> agreed_by);
CREATE POLICY ends ON casus.mandate FOR UPDATE TO casus_acl USING (withdrawn_at IS NULL) WITH CHECK (withdrawn_at IS NOT NULL OR confirmed_at = now());
CREATE POLICY definer ON casus.mandate_request TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY mandate_logs ON casus.change_log FOR INSERT TO casus_acl WITH CHECK (event LIKE 'mandate.%');
