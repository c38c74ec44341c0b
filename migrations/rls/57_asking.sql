-- What an inwoner asks, and who may answer. Refusals have codes, which portal/asking/commands.py puts into words: MB001 not there (or not yours),
-- MB061 an answer doesn't fit the question, MB062 what was taken over has no newer text yet, MB063 the term can't be made longer (any more).

-- The inwoner asks beside an entry as one reacts (policy "write" in 30_writing.sql), and says later that it is clear.
GRANT INSERT (wish, answers_id), UPDATE (settled_at) ON casus.annotation TO web_inwoner;

-- What is asked and not answered, of an entry that the actor may read in a dossier that the actor works in. Held until the transaction ends.
CREATE FUNCTION casus.open_request(of_request uuid) RETURNS casus.annotation
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r casus.annotation%ROWTYPE;
BEGIN
    SELECT * INTO r FROM casus.annotation a
    WHERE a.public_id = of_request
      AND a.wish IS NOT NULL
      AND NOT a.withdrawn
      AND a.dossier_id = ANY (acl.treated_dossiers())
      AND NOT a.entry_id = ANY (acl.closed_entries())
      AND NOT EXISTS (SELECT FROM casus.annotation o WHERE o.answers_id = a.id AND o.kind IN (4, 5))
    FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such question' USING ERRCODE = 'MB001'; END IF;
    RETURN r;
END $$;

-- The answer stands beside the entry, for whom the question is. What is taken over, whole or in part, names the text in which it was: a version that came
-- after the question. Words that nobody of the team wrote get no newer version from us.
CREATE FUNCTION casus.answer_request(of_request uuid, new_id uuid, result smallint, words text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    r casus.annotation%ROWTYPE := casus.open_request(of_request);
    newer smallint;
    made int;
BEGIN
    IF words = '' OR result IS NULL OR (r.kind = 2) <> (result IN (1, 2, 3)) OR (r.kind = 3) <> (result = 0) THEN
        RAISE EXCEPTION 'no answer to this' USING ERRCODE = 'MB061';
    END IF;
    IF result IN (1, 2) THEN
        SELECT max(v.number) INTO newer FROM casus.entry_version v WHERE v.entry_id = r.entry_id AND v.created_at > r.created_at;
        IF newer IS NULL AND EXISTS (SELECT FROM casus.entry e JOIN casus.person p ON p.id = e.author_id WHERE e.id = r.entry_id AND p.is_staff) THEN
            RAISE EXCEPTION 'no newer text' USING ERRCODE = 'MB062';
        END IF;
    END IF;
    INSERT INTO casus.annotation (public_id, entry_id, dossier_id, section, leefdomein, kind, audience, answers_id)
    VALUES (new_id, r.entry_id, r.dossier_id, r.section, r.leefdomein, CASE r.kind WHEN 2 THEN 5 ELSE 4 END, r.audience, r.id) RETURNING id INTO made;
    INSERT INTO casus.annotation_version (annotation_id, number, entry_id, dossier_id, section, leefdomein, audience, body, about_version)
    VALUES (made, 1, r.entry_id, r.dossier_id, r.section, r.leefdomein, r.audience, words, newer);
    UPDATE casus.annotation a SET outcome = result WHERE a.id = r.id;
    PERFORM casus.tell_owner(r.dossier_id, 'antwoord');
END $$;

-- Two months more, once, told within the month with the reason (AVG 12, third paragraph): portal.deadlines.CORRECTION and CORRECTION_LONGEST.
CREATE FUNCTION casus.extend_request(of_request uuid, why text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r casus.annotation%ROWTYPE := casus.open_request(of_request);
BEGIN
    IF r.kind <> 2 OR why = '' OR r.extended_at IS NOT NULL
        OR acl.today() > ((r.created_at AT TIME ZONE 'Europe/Amsterdam')::date + interval '1 month')::date
    THEN
        RAISE EXCEPTION 'no longer term' USING ERRCODE = 'MB063';
    END IF;
    UPDATE casus.annotation a SET extended_at = now(), extension = why WHERE a.id = r.id;
    PERFORM casus.tell_owner(r.dossier_id, 'antwoord');
END $$;

GRANT EXECUTE ON FUNCTION casus.answer_request(uuid, uuid, smallint, text), casus.extend_request(uuid, text) TO web_team;
GRANT SELECT, INSERT (public_id, entry_id, dossier_id, section, leefdomein, kind, audience, answers_id), UPDATE (outcome, extended_at, extension)
    ON casus.annotation TO casus_acl;
GRANT INSERT (annotation_id, number, entry_id, dossier_id, section, leefdomein, audience, body, about_version) ON casus.annotation_version TO casus_acl;
CREATE POLICY answers ON casus.annotation FOR INSERT TO casus_acl WITH CHECK (kind IN (4, 5));
CREATE POLICY answers_read ON casus.annotation FOR SELECT TO casus_acl USING (wish IS NOT NULL OR answers_id IS NOT NULL);
CREATE POLICY answers_change ON casus.annotation FOR UPDATE TO casus_acl USING (wish IS NOT NULL) WITH CHECK (true);
CREATE POLICY answers ON casus.annotation_version FOR INSERT TO casus_acl WITH CHECK (true);

-- "Why did this person look?" The owner asks about a line of somebody of the team, of another program or of a copy; who reads along is let in by the owner,
-- so the team can't answer for them. Asked by the moment of the line, because a line has no number outside the database. Gives the id of the question;
-- the same line is asked about once.
CREATE FUNCTION casus.ask_why_looked(of_dossier int, moment timestamptz, words text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE made uuid;
BEGIN
    INSERT INTO casus.look_question (line_id, asked_by, words)
    SELECT l.id, acl.person_id(), ask_why_looked.words FROM casus.read_log l
    WHERE l.dossier_id = of_dossier AND l.at = moment AND l.program <> 'web_inwoner' AND l.dossier_id = ANY (acl.own_dossiers())
    ORDER BY l.id LIMIT 1
    RETURNING public_id INTO made;
    IF made IS NULL THEN RAISE EXCEPTION 'no such line' USING ERRCODE = 'MB001'; END IF;
    PERFORM casus.log_dossier('look.asked', of_dossier, NULL);
    RETURN made;
END $$;

-- What was asked in this dossier, by the moment of the line.
CREATE FUNCTION casus.own_look_questions(of_dossier int)
RETURNS TABLE (moment timestamptz, public_id uuid, asked_at timestamptz, words text, answered_at timestamptz, answered_name text, answer text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT l.at, q.public_id, q.asked_at, q.words, q.answered_at, q.answered_name, q.answer
        FROM casus.look_question q JOIN casus.read_log l ON l.id = q.line_id
        WHERE l.dossier_id = of_dossier AND l.dossier_id = ANY (acl.own_dossiers()) ORDER BY l.at;
END $$;

-- Whether the actor answers for this team about this reader: a team lead of the team, never about oneself; and a beheerder when the team has no other team
-- lead who works here today.
CREATE FUNCTION casus.may_answer_look(of_team int, reader int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN acl.person_id() IS DISTINCT FROM reader AND (
        (acl.kind() = 'teamleider' AND acl.team_id() = of_team)
        OR (acl.kind() = 'beheerder' AND NOT EXISTS (
            SELECT FROM casus.staff s
            WHERE s.team_id = of_team AND s.role = 'teamleider' AND s.person_id IS DISTINCT FROM reader
              AND s.joined_on <= acl.today() AND (s.left_on IS NULL OR s.left_on > acl.today()))));
END $$;

-- What waits for an answer of the actor: the question, whose dossier it is, and of the line who read, when, as what, and what kind of reading. Nothing of
-- what was read.
CREATE FUNCTION casus.look_questions()
RETURNS TABLE (public_id uuid, asked_at timestamptz, words text, inwoner text, at timestamptz, reader_name text, reader_role text, ground text,
    ground_detail text, what text, shown int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT q.public_id, q.asked_at, q.words, acl.full_name(d.inwoner_id), l.at, l.reader_name, l.reader_role, l.ground, l.ground_detail,
            l.what, l.shown
        FROM casus.look_question q JOIN casus.read_log l ON l.id = q.line_id JOIN casus.dossier d ON d.id = l.dossier_id
        WHERE q.answered_at IS NULL AND casus.may_answer_look(d.team_id, l.reader_id) ORDER BY q.asked_at, q.line_id;
END $$;

CREATE FUNCTION casus.answer_look(of_question uuid, words text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE of_dossier int;
BEGIN
    UPDATE casus.look_question q
    SET answered_at = now(), answered_by = acl.person_id(), answered_name = acl.full_name(acl.person_id()), answer = answer_look.words
    FROM casus.read_log l JOIN casus.dossier d ON d.id = l.dossier_id
    WHERE q.public_id = of_question AND q.answered_at IS NULL AND l.id = q.line_id AND casus.may_answer_look(d.team_id, l.reader_id)
    RETURNING d.id INTO of_dossier;
    IF of_dossier IS NULL THEN RAISE EXCEPTION 'no such question' USING ERRCODE = 'MB001'; END IF;
    PERFORM casus.log_dossier('look.answered', of_dossier, NULL);
    PERFORM casus.tell_owner(of_dossier, 'antwoord');
END $$;

GRANT EXECUTE ON FUNCTION casus.ask_why_looked(int, timestamptz, text), casus.own_look_questions(int) TO web_inwoner;
GRANT EXECUTE ON FUNCTION casus.look_questions(), casus.answer_look(uuid, text) TO web_team;
GRANT SELECT, INSERT (line_id, asked_by, words), UPDATE (answered_at, answered_by, answered_name, answer) ON casus.look_question TO casus_acl;
CREATE POLICY definer ON casus.look_question TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY asking_logs ON casus.change_log FOR INSERT TO casus_acl WITH CHECK (event IN ('look.asked', 'look.answered'));
