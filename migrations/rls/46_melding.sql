-- Asking for help. Who has no account yet speaks for nobody: what the pages may do then are the functions here, each for whoever knows the code.
-- A code has 80 random bits, so its hash may be compared here.

-- The teams whose meldingen the actor handles: the own one, and 0 for those that belong to no team yet. Administrators handle none.
CREATE FUNCTION acl.melding_teams() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record;
BEGIN
    SELECT * INTO a FROM acl.actor();
    IF a.kind IN ('professional', 'teamleider') THEN
        RETURN ARRAY[0] || (SELECT s.team_id FROM casus.staff s WHERE s.person_id = a.person_id);
    END IF;
    RETURN '{}';
END $$;

GRANT SELECT ON casus.melding, casus.melding_event TO web_team;
CREATE POLICY read ON casus.melding FOR SELECT TO web_team USING (coalesce(team_id, 0) = ANY ((SELECT acl.melding_teams())::int[]));
CREATE POLICY read ON casus.melding_event FOR SELECT TO web_team USING (
    EXISTS (SELECT FROM casus.melding m WHERE m.id = melding_id));

-- Makes a melding of what was answered, and says that it came in. The receipt is on the page at once, or said by who writes it down, so it counts
-- as confirmed (eis 50.2). Run by no login role.
CREATE FUNCTION casus.new_melding(new_number text, by_channel text, answers jsonb, in_team text, from_source bytea, by_staff int) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    new_id int;
    team casus.team%ROWTYPE;
BEGIN
    SELECT * INTO team FROM casus.team t WHERE t.name = in_team;
    INSERT INTO casus.melding (number, channel, source_hash, entered_by, stadsdeel_id, team_id, for_whom, words, signs, reporter_role, reporter_name,
        reporter_organisation, reporter_contact, consent, name, age, children_at_home, postcode, phone, email, address, reach_ways, reach_when,
        safe_call, safe_mail, safe_post, company, language, spoken, interpreter)
    SELECT new_number, by_channel, from_source, by_staff, team.stadsdeel_id, team.id, a.*
    FROM jsonb_to_record(answers) AS a (for_whom text, words text, signs text[], reporter_role text, reporter_name text, reporter_organisation text,
        reporter_contact text, consent text, name text, age text, children_at_home boolean, postcode text, phone text, email text, address text,
        reach_ways text[], reach_when text, safe_call boolean, safe_mail boolean, safe_post boolean, company text, language text, spoken text,
        interpreter boolean)
    RETURNING id INTO new_id;
    INSERT INTO casus.melding_event (melding_id, event, staff_id) VALUES (new_id, 'ontvangen', by_staff), (new_id, 'bevestigd', by_staff);
    RETURN new_id;
END $$;

-- Keeps what was filled in so far. False: it was sent already, and stays as it was sent.
CREATE FUNCTION portaal.save_draft(of_code bytea, sealed bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO portaal.melding_draft AS d (code_hash, ciphertext) VALUES (of_code, sealed)
    ON CONFLICT (code_hash) DO UPDATE SET ciphertext = sealed, saved_at = now() WHERE d.sent_at IS NULL;
    RETURN FOUND;
END $$;

CREATE FUNCTION portaal.draft(of_code bytea, OUT ciphertext bytea, OUT sent_at timestamptz) RETURNS SETOF record
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT d.ciphertext, d.sent_at FROM portaal.melding_draft d WHERE d.code_hash = of_code;
END $$;

-- Beside the receipt on the page: a mail to who asked for somebody else (a telephone number becomes a task of the team); and who asked for oneself is
-- written to when that is how we may reach them. Run by no login role.
CREATE FUNCTION portaal.confirm_melding(of_melding int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE m casus.melding%ROWTYPE;
BEGIN
    SELECT * INTO m FROM casus.melding x WHERE x.id = of_melding;
    IF m.for_whom = 'ander' THEN
        IF m.reporter_contact IS NOT NULL THEN
            PERFORM portaal.queue_mail('melding_ontvangen', m.language, 'aanmelder', m.reporter_contact, m.id, NULL, m.team_id);
        END IF;
    ELSIF m.reach_ways && '{mail,brief}' THEN
        PERFORM portaal.write_to_person(m, 'melding_ontvangen', m.address);
    END IF;
END $$;

-- Sends it, once: pressing twice gives the number of the first time. NULL for a code that nobody has. MB010: sixty from one place in an hour,
-- which is more than a library or a Stip ever does; the answers stay.
CREATE FUNCTION portaal.send_melding(of_code bytea, new_number text, answers jsonb, in_team text, from_source bytea) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    d portaal.melding_draft%ROWTYPE;
    new_id int;
BEGIN
    SELECT * INTO d FROM portaal.melding_draft x WHERE x.code_hash = of_code FOR UPDATE;
    IF NOT FOUND THEN RETURN NULL; END IF;
    IF d.melding_id IS NULL THEN
        IF (SELECT count(*) FROM casus.melding m WHERE m.source_hash = from_source AND m.received_at > now() - interval '1 hour')
            >= 60
        THEN RAISE EXCEPTION 'too many from one place' USING ERRCODE = 'MB010'; END IF;
        new_id := casus.new_melding(new_number, 'website', answers, in_team, from_source, NULL);
        UPDATE portaal.melding_draft x SET sent_at = now(), melding_id = new_id WHERE x.code_hash = of_code;
        PERFORM portaal.confirm_melding(new_id);
    END IF;
    RETURN (SELECT m.number FROM casus.melding m WHERE m.id = coalesce(d.melding_id, new_id));
END $$;

-- Where a melding stands, for whoever sent it: its number, for whom it is, and what happened. Who sent it for somebody else is told that it came in,
-- and nothing of what came after (R005). What was decided inside the team is not told here: merged or put aside looks as before, and what happens
-- with the melding it was merged into is told here too.
CREATE FUNCTION portaal.sent_melding(of_code bytea, OUT number text, OUT received_at timestamptz, OUT for_whom text, OUT urgency smallint, OUT team text,
    OUT event text, OUT at timestamptz, OUT value text, OUT words text) RETURNS SETOF record
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT m.number, m.received_at, m.for_whom, CASE WHEN m.for_whom = 'zelf' THEN m.urgency END, t.name, e.event, e.at, e.value, e.words
        FROM portaal.melding_draft d JOIN casus.melding m ON m.id = d.melding_id
        JOIN casus.melding_event e ON e.melding_id = m.id OR (e.melding_id = m.merged_into AND e.event NOT IN ('ontvangen', 'bevestigd'))
        LEFT JOIN casus.team t ON t.id = m.team_id
        WHERE d.code_hash = of_code
          AND (e.event IN ('ontvangen', 'bevestigd') OR (m.for_whom = 'zelf' AND e.event NOT IN ('samengevoegd', 'opzij', 'heropend')))
        ORDER BY e.at, e.id;
END $$;

-- "Het gaat slechter", from who asked for oneself; more often than once in ten minutes it is the same. False: there is no such melding.
CREATE FUNCTION portaal.melding_worse(of_code bytea, told text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE found_id int;
BEGIN
    SELECT coalesce(m.merged_into, m.id) INTO found_id FROM portaal.melding_draft d JOIN casus.melding m ON m.id = d.melding_id
    WHERE d.code_hash = of_code AND m.for_whom = 'zelf' FOR UPDATE OF m;
    IF NOT FOUND THEN RETURN false; END IF;
    IF told <> '' OR NOT EXISTS (
        SELECT FROM casus.melding_event e
        WHERE e.melding_id = found_id AND e.event = 'erger' AND e.at > now() - interval '10 minutes')
    THEN
        INSERT INTO casus.melding_event (melding_id, event, words) VALUES (found_id, 'erger', told);
    END IF;
    RETURN true;
END $$;

-- The answer to "did it help?", asked some weeks after advice or a referral. "nee" brings the melding back at once, on top of the worklist. False: that
-- is no question (any more). Run by no login role.
CREATE FUNCTION casus.melding_helped(of_melding int, answer text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    outcome text := (SELECT e.event FROM casus.melding_event e
        WHERE e.melding_id = of_melding AND e.event NOT IN ('gesprek', 'urgentie', 'dossier', 'onderzoek', 'onderzocht', 'aanvraag', 'besluit')
        ORDER BY e.id DESC LIMIT 1);
BEGIN
    IF answer IN ('ja', 'nee') AND outcome IN ('advies', 'doorverwezen', 'overgedragen') THEN
        INSERT INTO casus.melding_event (melding_id, event, value) VALUES (of_melding, 'geholpen', answer);
        IF answer = 'nee' THEN INSERT INTO casus.melding_event (melding_id, event) VALUES (of_melding, 'heropend'); END IF;
        RETURN true;
    END IF;
    RETURN false;
END $$;

-- From whoever has the code, and asked for oneself.
CREATE FUNCTION portaal.sent_melding_helped(of_code bytea, answer text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE found_id int;
BEGIN
    SELECT coalesce(m.merged_into, m.id) INTO found_id FROM portaal.melding_draft d JOIN casus.melding m ON m.id = d.melding_id
    WHERE d.code_hash = of_code AND m.for_whom = 'zelf' FOR UPDATE OF m;
    RETURN casus.melding_helped(found_id, answer);
END $$;

-- From the owner of the dossier to which it belongs.
CREATE FUNCTION casus.own_melding_helped(of_number text, answer text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE found_id int;
BEGIN
    SELECT m.id INTO found_id FROM casus.melding m WHERE m.number = of_number AND m.dossier_id = ANY (acl.owned_dossiers()) FOR UPDATE;
    RETURN casus.melding_helped(found_id, answer);
END $$;

-- 14 days without a change: portal.deadlines.DRAFT_KEPT; a year after sending: portal.deadlines.COPY_KEPT.
CREATE FUNCTION portaal.remove_old_drafts() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM portaal.melding_draft d
    WHERE (d.sent_at IS NULL AND d.saved_at <= now() - interval '14 days') OR d.sent_at <= now() - interval '1 year';
END $$;

GRANT EXECUTE ON FUNCTION acl.melding_teams() TO web_team;
GRANT EXECUTE ON FUNCTION portaal.save_draft(bytea, bytea), portaal.draft(bytea), portaal.send_melding(bytea, text, jsonb, text, bytea),
    portaal.sent_melding(bytea), portaal.melding_worse(bytea, text),
    portaal.sent_melding_helped(bytea, text), casus.own_melding_helped(text, text) TO web_inwoner;
GRANT EXECUTE ON FUNCTION portaal.remove_old_drafts() TO portaal_jobs;
GRANT SELECT, INSERT, UPDATE ON casus.melding TO casus_acl;
GRANT SELECT, INSERT ON casus.melding_event TO casus_acl;
GRANT INSERT ON casus.melding_read TO casus_acl;
GRANT SELECT, INSERT, UPDATE, DELETE ON portaal.melding_draft TO casus_acl;
CREATE POLICY definer ON casus.melding TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY definer ON casus.melding_event TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY definer ON casus.melding_read FOR INSERT TO casus_acl WITH CHECK (true);
CREATE POLICY definer ON portaal.melding_draft TO casus_acl USING (true) WITH CHECK (true);
