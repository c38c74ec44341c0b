-- Handing over to another party, and from one (docs/decisions/0052). The inwoner's side and who works in the dossier read it; who has the code reads what was
-- packed, and nothing else. Refusals, in the words of portal/handover/commands.py: MB001 not there (or not yours), MB009 the same form again, MB072 done already,
-- MB095 this day can't be, MB111 the other party hasn't begun (76_ending.sql), MB112 something goes along that was changed since it was shown.

-- Proposes to hand over. The inwoner decides what goes along.
CREATE FUNCTION casus.propose_handover(of_dossier int, number uuid, about jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h casus.handover%ROWTYPE := jsonb_populate_record(NULL::casus.handover, about);
BEGIN
    IF NOT of_dossier = ANY (acl.treated_dossiers()) THEN RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001'; END IF;
    IF EXISTS (SELECT FROM casus.handover x WHERE x.public_id = number) THEN RAISE EXCEPTION 'again' USING ERRCODE = 'MB009'; END IF;
    IF (h.starts_on >= acl.today()) IS NOT TRUE OR h.starts_on > acl.today() + interval '1 year' THEN
        RAISE EXCEPTION 'no such day' USING ERRCODE = 'MB095';
    END IF;
    INSERT INTO casus.handover (public_id, dossier_id, inward, kind, organisation, receiver, why, starts_on, ends_here, sections, from_day, with_plan, made_by,
        made_by_name)
    VALUES (number, of_dossier, false, h.kind, h.organisation, h.receiver, h.why, h.starts_on, h.ends_here, h.sections, h.from_day, h.with_plan,
        acl.person_id(), acl.signature());
    PERFORM casus.tell_owner(of_dossier, 'nieuw');
END $$;

-- Another party handed over to us: received and confirmed by the actor, in one.
CREATE FUNCTION casus.receive_handover(of_dossier int, number uuid, about jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h casus.handover%ROWTYPE := jsonb_populate_record(NULL::casus.handover, about);
BEGIN
    IF NOT of_dossier = ANY (acl.treated_dossiers()) THEN RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001'; END IF;
    IF EXISTS (SELECT FROM casus.handover x WHERE x.public_id = number) THEN RAISE EXCEPTION 'again' USING ERRCODE = 'MB009'; END IF;
    IF (h.starts_on <= acl.today() + interval '1 year') IS NOT TRUE THEN RAISE EXCEPTION 'no such day' USING ERRCODE = 'MB095'; END IF;
    INSERT INTO casus.handover (public_id, dossier_id, inward, kind, organisation, receiver, why, starts_on, ends_here, sections, with_plan, made_by, made_by_name,
        takes, begins_on, taken_by, taken_how, taken_at)
    VALUES (number, of_dossier, true, h.kind, h.organisation, h.receiver, h.why, h.starts_on, false, '{}', false, acl.person_id(), acl.signature(), true,
        h.starts_on, acl.signature(), h.taken_how, now());
    PERFORM casus.tell_owner(of_dossier, 'nieuw');
END $$;

-- A handover that isn't over, in one of these dossiers: held until the transaction ends.
CREATE FUNCTION casus.open_handover(which uuid, of_dossiers int[]) RETURNS casus.handover
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h casus.handover%ROWTYPE;
BEGIN
    SELECT * INTO h FROM casus.handover x WHERE x.public_id = which AND NOT x.inward AND x.dossier_id = ANY (of_dossiers) FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such handover' USING ERRCODE = 'MB001'; END IF;
    IF h.withdrawn_at IS NOT NULL OR h.takes THEN RAISE EXCEPTION 'over' USING ERRCODE = 'MB072'; END IF;
    RETURN h;
END $$;

-- The inwoner's side says yes, with what goes along, or no; or who works there writes down what was said. says: choice, words, way, proof, plan_version, and
-- seen: when what goes along was shown. entries: which; nothing that the actor or the inwoner can't read, nor what somebody keeps to oneself. pieces: the
-- bytes of package, sealed.
CREATE FUNCTION casus.answer_handover(which uuid, says jsonb, entries uuid[], package uuid, package_size bigint, pieces bytea[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    h casus.handover%ROWTYPE := casus.open_handover(which,
        CASE WHEN says ->> 'way' = 'portaal' THEN acl.owned_dossiers() ELSE acl.treated_dossiers() END);
    shut int[] := acl.closed_entries();
BEGIN
    IF h.choice IS NOT NULL THEN RAISE EXCEPTION 'answered already' USING ERRCODE = 'MB072'; END IF;
    UPDATE casus.handover x SET choice = a.choice, words = a.words, way = a.way, proof = a.proof, plan_version = a.plan_version,
        answered_by_name = acl.signature(), answered_at = now()
    FROM jsonb_populate_record(NULL::casus.handover, says) a WHERE x.id = h.id RETURNING x.choice INTO h.choice;
    IF h.choice = 2 THEN RETURN; END IF;
    shut := shut || acl.closed_for('inwoner', (SELECT d.inwoner_id FROM casus.dossier d WHERE d.id = h.dossier_id), ARRAY[h.dossier_id]);
    INSERT INTO casus.handover_entry (handover_id, dossier_id, entry_id, version)
        SELECT h.id, h.dossier_id, e.id, max(v.number) FROM casus.entry e JOIN casus.entry_version v ON v.entry_id = e.id
        WHERE e.public_id = ANY (entries) AND e.dossier_id = h.dossier_id AND e.audience >= 2 AND NOT e.id = ANY (shut)
          AND v.written_for >= 2 AND v.created_at <= (says ->> 'seen')::timestamptz
        GROUP BY e.id;
    IF (SELECT count(*) FROM casus.handover_entry i WHERE i.handover_id = h.id) <> cardinality(entries) OR EXISTS (
        SELECT FROM casus.handover_entry i JOIN casus.entry_version v ON v.entry_id = i.entry_id
        WHERE i.handover_id = h.id AND v.created_at > (says ->> 'seen')::timestamptz)
    THEN
        RAISE EXCEPTION 'changed since it was shown' USING ERRCODE = 'MB112';
    END IF;
    INSERT INTO portaal.package (handover_id, public_id, size) VALUES (h.id, package, package_size);
    INSERT INTO portaal.package_part (handover_id, number, sealed) SELECT h.id, p.number, p.piece FROM unnest(pieces) WITH ORDINALITY p (piece, number);
END $$;

-- The inwoner's side, or who works there, takes it back; then the code works no more.
CREATE FUNCTION casus.withdraw_handover(which uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h casus.handover%ROWTYPE := casus.open_handover(which, acl.core_dossiers());
BEGIN
    UPDATE casus.handover x SET withdrawn_at = now(), withdrawn_by_name = acl.signature() WHERE x.id = h.id;
    DELETE FROM portaal.package p WHERE p.handover_id = h.id;
END $$;

-- The inwoner's side says that it doesn't go on (eis 13.1); the team sees it.
CREATE FUNCTION casus.handover_stuck(which uuid, said text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h casus.handover%ROWTYPE := casus.open_handover(which, acl.owned_dossiers());
BEGIN
    UPDATE casus.handover x SET stuck_at = now(), stuck_words = said WHERE x.id = h.id;
END $$;

-- What the other party says: whether they take over, from which day, or why not. Nothing before the inwoner agreed.
CREATE FUNCTION casus.take_handover(h casus.handover, by_name text, yes boolean, on_day date, because text, how text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF h.choice IS DISTINCT FROM 1 THEN RAISE EXCEPTION 'the inwoner first' USING ERRCODE = 'MB072'; END IF;
    IF yes AND (on_day BETWEEN acl.today() - 366 AND acl.today() + 366) IS NOT TRUE THEN RAISE EXCEPTION 'no such day' USING ERRCODE = 'MB095'; END IF;
    UPDATE casus.handover x SET takes = yes, begins_on = CASE WHEN yes THEN on_day END, taken_by = by_name, taken_why = because, taken_how = how, taken_at = now(),
        stuck_at = NULL WHERE x.id = h.id;
    IF NOT yes THEN DELETE FROM portaal.package p WHERE p.handover_id = h.id; END IF;
    PERFORM casus.tell_owner(h.dossier_id, 'nieuw');
END $$;

-- Who works there writes down what a named person of the other party said; how: by what, such as a letter.
CREATE FUNCTION casus.note_handover(which uuid, by_name text, yes boolean, on_day date, because text, how text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM casus.take_handover(casus.open_handover(which, acl.treated_dossiers()), by_name, yes, on_day, because, how);
END $$;

-- A code for who receives, 14 days (portal.deadlines.HANDOVER_CODE); the one before works no more. NULL: there is nothing (any more) to open with it.
CREATE FUNCTION portaal.give_handover_code(which uuid, code bytea) RETURNS timestamptz
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    h casus.handover%ROWTYPE := casus.open_handover(which, acl.treated_dossiers());
    until timestamptz;
BEGIN
    UPDATE portaal.package p SET code_hash = code, code_until = now() + interval '14 days' WHERE p.handover_id = h.id RETURNING p.code_until INTO until;
    RETURN until;
END $$;

-- Whether what was packed may still be given: nothing in it was taken out or destroyed since, the plan in it neither, and the dossier is not out of sight.
CREATE FUNCTION portaal.may_be_given(h casus.handover) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN h.withdrawn_at IS NULL AND h.takes IS DISTINCT FROM false
        AND NOT EXISTS (SELECT FROM casus.handover_entry i WHERE i.handover_id = h.id AND i.entry_id = ANY (acl.taken_out(ARRAY[h.dossier_id])))
        AND NOT (h.plan_version IS NOT NULL AND EXISTS (
            SELECT FROM casus.plan_destruction x WHERE x.dossier_id = h.dossier_id AND x.outcome = 1 AND x.decided_at >= h.answered_at))
        AND NOT EXISTS (SELECT FROM casus.pause q WHERE q.dossier_id = h.dossier_id AND q.ended_at IS NULL);
END $$;

-- The handover that a code opens.
CREATE FUNCTION portaal.handover_of(code bytea) RETURNS casus.handover
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h casus.handover%ROWTYPE;
BEGIN
    SELECT x.* INTO h FROM casus.handover x JOIN portaal.package p ON p.handover_id = x.id WHERE p.code_hash = code AND p.code_until > now() FOR UPDATE OF x;
    IF NOT FOUND OR NOT portaal.may_be_given(h) THEN RAISE EXCEPTION 'no such code' USING ERRCODE = 'MB001'; END IF;
    RETURN h;
END $$;

-- What who has the code reads before fetching: for whom, of whom, how much.
CREATE FUNCTION portaal.handed_over(code bytea, OUT organisation text, OUT receiver text, OUT inwoner text, OUT made_by_name text, OUT kind smallint,
    OUT starts_on date, OUT why text, OUT entries bigint, OUT plan_version smallint, OUT size bigint, OUT code_until timestamptz, OUT fetched_at timestamptz,
    OUT takes boolean, OUT begins_on date)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h casus.handover%ROWTYPE := portaal.handover_of(code);
BEGIN
    SELECT h.organisation, h.receiver, acl.full_name(d.inwoner_id), h.made_by_name, h.kind, h.starts_on, h.why,
        (SELECT count(*) FROM casus.handover_entry i WHERE i.handover_id = h.id), h.plan_version, p.size, p.code_until, h.fetched_at, h.takes, h.begins_on
    INTO organisation, receiver, inwoner, made_by_name, kind, starts_on, why, entries, plan_version, size, code_until, fetched_at, takes, begins_on
    FROM casus.dossier d, portaal.package p WHERE d.id = h.dossier_id AND p.handover_id = h.id;
END $$;

-- Writes down that somebody with the code fetches it, in both logs of the dossier; gives what was packed.
CREATE FUNCTION portaal.fetch_handover(code bytea, by_name text, OUT package uuid, OUT parts bigint, OUT size bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h casus.handover%ROWTYPE := portaal.handover_of(code);
BEGIN
    UPDATE casus.handover x SET fetched_by = by_name, fetched_at = now() WHERE x.id = h.id;
    INSERT INTO casus.read_log (dossier_id, what, shown, shown_entries, reader_name, reader_role, ground, ground_detail)
        SELECT h.dossier_id, 'uitvoer', count(*), coalesce(array_agg(i.entry_id ORDER BY i.entry_id), '{}'), by_name, h.organisation, 'overdracht', ''
        FROM casus.handover_entry i WHERE i.handover_id = h.id;
    INSERT INTO casus.change_log (dossier_id, event, person_name, person_role) VALUES (h.dossier_id, 'handover.fetched', by_name, h.organisation);
    SELECT p.public_id, (SELECT count(*) FROM portaal.package_part q WHERE q.handover_id = h.id), p.size INTO package, parts, size
    FROM portaal.package p WHERE p.handover_id = h.id;
END $$;

-- A piece of it. NULL: there is none, or nobody wrote down that it is fetched.
CREATE FUNCTION portaal.handover_piece(code bytea, piece int) RETURNS bytea
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h casus.handover%ROWTYPE := portaal.handover_of(code);
BEGIN
    RETURN (SELECT q.sealed FROM portaal.package_part q WHERE q.handover_id = h.id AND q.number = piece AND h.fetched_at IS NOT NULL);
END $$;

-- Who has the code says whether they take over.
CREATE FUNCTION portaal.take_handover(code bytea, by_name text, yes boolean, on_day date, because text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h casus.handover%ROWTYPE := portaal.handover_of(code);
BEGIN
    IF h.takes THEN RAISE EXCEPTION 'said already' USING ERRCODE = 'MB072'; END IF;
    PERFORM casus.take_handover(h, by_name, yes, on_day, because, '');
    INSERT INTO casus.change_log (dossier_id, event, person_name, person_role)
    VALUES (h.dossier_id, CASE WHEN yes THEN 'handover.taken' ELSE 'handover.not_taken' END, by_name, h.organisation);
END $$;

-- The job: what can't be opened any more is gone, with its bytes.
CREATE FUNCTION portaal.clean_up_handovers() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM portaal.package p USING casus.handover h
    WHERE h.id = p.handover_id AND (coalesce(p.code_until, p.made_at + interval '28 days') <= now() OR NOT portaal.may_be_given(h) AND NOT EXISTS (
        SELECT FROM casus.pause q WHERE q.dossier_id = h.dossier_id AND q.ended_at IS NULL));
END $$;

-- How far the package is of the handovers of a dossier: until when its code works (NULL: no code yet). No row: there is no package.
CREATE FUNCTION portaal.packages(of_dossier int) RETURNS TABLE (handover int, size bigint, code_until timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT p.handover_id, p.size, p.code_until FROM portaal.package p JOIN casus.handover h ON h.id = p.handover_id
    WHERE h.dossier_id = of_dossier AND h.dossier_id = ANY (acl.core_dossiers()) AND portaal.may_be_given(h);
END $$;

GRANT EXECUTE ON FUNCTION casus.propose_handover(int, uuid, jsonb), casus.receive_handover(int, uuid, jsonb),
    casus.note_handover(uuid, text, boolean, date, text, text), portaal.give_handover_code(uuid, bytea) TO web_team;
GRANT EXECUTE ON FUNCTION casus.answer_handover(uuid, jsonb, uuid[], uuid, bigint, bytea[]), casus.withdraw_handover(uuid), portaal.packages(int)
    TO web_inwoner, web_team;
GRANT EXECUTE ON FUNCTION casus.handover_stuck(uuid, text), portaal.handed_over(bytea), portaal.fetch_handover(bytea, text),
    portaal.handover_piece(bytea, int), portaal.take_handover(bytea, text, boolean, date, text) TO web_inwoner;
GRANT EXECUTE ON FUNCTION portaal.clean_up_handovers() TO portaal_jobs;

GRANT SELECT ON casus.handover, casus.handover_entry TO web_inwoner, web_team;
CREATE POLICY read ON casus.handover FOR SELECT TO web_inwoner, web_team USING (dossier_id = ANY ((SELECT acl.core_dossiers())::int[]));
CREATE POLICY read ON casus.handover_entry FOR SELECT TO web_inwoner, web_team USING (
    dossier_id = ANY ((SELECT acl.core_dossiers())::int[]) AND NOT entry_id = ANY ((SELECT acl.closed_entries())::int[]));
GRANT SELECT, INSERT (public_id, dossier_id, inward, kind, organisation, receiver, why, starts_on, ends_here, sections, from_day, with_plan, made_by,
    made_by_name, takes, begins_on, taken_by, taken_how, taken_at),
    UPDATE (choice, words, way, proof, plan_version, answered_by_name, answered_at, fetched_by, fetched_at, takes, begins_on, taken_by, taken_how, taken_why,
    taken_at, stuck_at, stuck_words, withdrawn_by_name, withdrawn_at) ON casus.handover TO casus_acl;
GRANT SELECT, INSERT ON casus.handover_entry TO casus_acl;
GRANT SELECT, INSERT (handover_id, public_id, size), UPDATE (code_hash, code_until), DELETE ON portaal.package TO casus_acl;
GRANT SELECT, INSERT, DELETE ON portaal.package_part TO casus_acl;
CREATE POLICY definer ON casus.handover TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY definer ON casus.handover_entry TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY definer ON portaal.package TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY definer ON portaal.package_part TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY handover_logs ON casus.change_log FOR INSERT TO casus_acl WITH CHECK (event IN ('handover.fetched', 'handover.taken', 'handover.not_taken'));
