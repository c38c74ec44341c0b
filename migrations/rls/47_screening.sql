-- What the team does with meldingen. Only these functions write it, and each asks itself whether the actor handles this melding: professionals and
-- team leads those of the own team and of no team yet. What is refused has a code, which portal/screening/commands.py puts into words:
-- MB001 not found (or not yours), MB006 this moment can't be, MB012 closed meanwhile, MB011 not this way, MB013 before what it follows.

CREATE POLICY read ON casus.melding_note FOR SELECT TO web_team USING (
    EXISTS (SELECT FROM casus.melding m WHERE m.id = melding_id));

-- The melding, held until the end of the transaction; raises MB001 for what the actor doesn't handle, whether it exists or not.
CREATE FUNCTION casus.handled_melding(of_melding uuid) RETURNS casus.melding
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE m casus.melding%ROWTYPE;
BEGIN
    SELECT * INTO m FROM casus.melding x
    WHERE x.public_id = of_melding AND coalesce(x.team_id, 0) = ANY (acl.melding_teams()) FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such melding' USING ERRCODE = 'MB001'; END IF;
    RETURN m;
END $$;

-- Whether it may ask something of the team follows from what happened last: one line ends it, another brings it back. The worklist looks among these;
-- portal/intake/steps.py says which of them stand on it.
CREATE FUNCTION casus.melding_stands() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE casus.melding m SET open = e.reopens, stands_alone = m.stands_alone OR e.reopens
    FROM (
        SELECT DISTINCT ON (n.melding_id) n.melding_id, n.event IN ('erger', 'heropend') AS reopens FROM new_events n
        WHERE n.event IN ('gestart', 'advies', 'doorverwezen', 'overgedragen', 'geweigerd', 'samengevoegd', 'opzij', 'erger', 'heropend')
        ORDER BY n.melding_id, n.id DESC) e
    WHERE m.id = e.melding_id;
    RETURN NULL;
END $$;

-- Once for all lines of a statement: a flood is put aside in one.
CREATE TRIGGER stands AFTER INSERT ON casus.melding_event REFERENCING NEW TABLE AS new_events
FOR EACH STATEMENT EXECUTE FUNCTION casus.melding_stands();

-- Somebody opens it: a line of who and when, in the transaction that shows it.
CREATE FUNCTION casus.melding_opened(of_melding uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE m casus.melding%ROWTYPE := casus.handled_melding(of_melding);
BEGIN
    INSERT INTO casus.melding_read (melding_id, staff_id, staff_name) VALUES (m.id, acl.person_id(), acl.full_name(acl.person_id()));
END $$;

-- Something happened with it, as the person is told in their words. Who is put on the waiting list has somebody responsible from that moment (R024).
CREATE FUNCTION casus.melding_act(of_melding uuid, what text, of_value text, told text, happened timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE m casus.melding%ROWTYPE := casus.handled_melding(of_melding);
BEGIN
    IF NOT m.open AND what <> 'heropend' THEN RAISE EXCEPTION 'it stands otherwise by now' USING ERRCODE = 'MB012'; END IF;
    IF happened > now() OR happened < m.received_at THEN RAISE EXCEPTION 'this moment can not be' USING ERRCODE = 'MB006'; END IF;
    IF what IN ('wachtlijst', 'gestart', 'advies', 'doorverwezen', 'overgedragen', 'geweigerd') THEN
        IF told = '' THEN RAISE EXCEPTION 'the person has to be told' USING ERRCODE = 'MB011'; END IF;
    ELSIF what NOT IN ('gesprek', 'urgentie', 'heropend') THEN
        RAISE EXCEPTION 'not this way' USING ERRCODE = 'MB011';
    END IF;
    UPDATE casus.melding x
    SET urgency = CASE WHEN what = 'urgentie' THEN of_value::smallint ELSE x.urgency END,
        staff_id = CASE WHEN what = 'wachtlijst' THEN coalesce(x.staff_id, acl.person_id()) ELSE x.staff_id END,
        merged_into = CASE WHEN what <> 'heropend' THEN x.merged_into END
    WHERE x.id = m.id;
    INSERT INTO casus.melding_event (melding_id, at, event, value, words, staff_id)
    VALUES (m.id, coalesce(happened, now()), what, of_value, told, acl.person_id());
END $$;

-- The research and the decision of the Wmo, each after what it follows (articles 2.3.2 and 2.3.5); who gets no report in time may apply without it.
-- They go on when help has begun or the melding ended otherwise: the law's terms don't stop there.
CREATE FUNCTION casus.research_act(of_melding uuid, what text, told text, happened timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    m casus.melding%ROWTYPE := casus.handled_melding(of_melding);
    before casus.melding_event%ROWTYPE;
BEGIN
    SELECT * INTO before FROM casus.melding_event e
    WHERE e.melding_id = m.id AND e.event IN ('onderzoek', 'onderzocht', 'aanvraag', 'besluit') ORDER BY e.id DESC LIMIT 1;
    IF told = '' OR (coalesce(before.event, ''), what) NOT IN (('', 'onderzoek'), ('onderzoek', 'onderzocht'), ('onderzoek', 'aanvraag'),
        ('onderzocht', 'aanvraag'), ('onderzocht', 'onderzoek'), ('aanvraag', 'besluit'), ('besluit', 'onderzoek'))
    THEN RAISE EXCEPTION 'not this way' USING ERRCODE = 'MB011'; END IF;
    IF happened > now() OR happened < m.received_at THEN RAISE EXCEPTION 'this moment can not be' USING ERRCODE = 'MB006'; END IF;
    IF happened < before.at THEN RAISE EXCEPTION 'before what it follows' USING ERRCODE = 'MB013'; END IF;
    INSERT INTO casus.melding_event (melding_id, at, event, words, staff_id) VALUES (m.id, coalesce(happened, now()), what, told, acl.person_id());
END $$;

-- Of the rights also which version of the text was given, and on which day.
CREATE FUNCTION casus.note_melding(of_melding uuid, of_subject text, of_value text, noted text, of_version text, on_day date) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE m casus.melding%ROWTYPE := casus.handled_melding(of_melding);
BEGIN
    IF of_subject NOT IN ('rechten', 'screening', 'instemming') THEN RAISE EXCEPTION 'not this way' USING ERRCODE = 'MB011'; END IF;
    INSERT INTO casus.melding_note (melding_id, about, value, words, version, given_on, staff_id)
    VALUES (m.id, of_subject, of_value, noted, of_version, on_day, acl.person_id());
END $$;

-- The actor is responsible from now on; a melding of no team comes to the actor's.
CREATE FUNCTION casus.take_melding(of_melding uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE m casus.melding%ROWTYPE := casus.handled_melding(of_melding);
BEGIN
    UPDATE casus.melding x SET staff_id = acl.person_id(), team_id = coalesce(x.team_id, acl.team_id()) WHERE x.id = m.id;
END $$;

-- A colleague is responsible from now on: somebody who works with people in the team of the melding. Without a team it comes to the actor's.
CREATE FUNCTION casus.give_melding(of_melding uuid, to_staff uuid, why text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    m casus.melding%ROWTYPE := casus.handled_melding(of_melding);
    of_team int := coalesce(m.team_id, acl.team_id());
    colleague int := (SELECT s.person_id FROM casus.staff s JOIN casus.person p ON p.id = s.person_id
        WHERE p.public_id = to_staff AND s.team_id = of_team AND s.role IN ('professional', 'teamleider')
          AND s.joined_on <= acl.today() AND (s.left_on IS NULL OR s.left_on > acl.today()));
BEGIN
    IF NOT m.open THEN RAISE EXCEPTION 'it stands otherwise by now' USING ERRCODE = 'MB012'; END IF;
    IF colleague IS NULL OR colleague = m.staff_id THEN RAISE EXCEPTION 'no such colleague' USING ERRCODE = 'MB011'; END IF;
    UPDATE casus.melding x SET staff_id = colleague, team_id = of_team WHERE x.id = m.id;
    INSERT INTO casus.melding_note (melding_id, about, value, words, staff_id) VALUES (m.id, 'collega', acl.full_name(colleague), why, acl.person_id());
END $$;

-- To another team: who was responsible isn't any more. The clock runs on.
CREATE FUNCTION casus.move_melding(of_melding uuid, to_team uuid, why text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    m casus.melding%ROWTYPE := casus.handled_melding(of_melding);
    new_team int := (SELECT t.id FROM casus.team t WHERE t.public_id = to_team);
BEGIN
    IF new_team IS NULL OR new_team = m.team_id THEN RAISE EXCEPTION 'no other team' USING ERRCODE = 'MB011'; END IF;
    INSERT INTO casus.melding_note (melding_id, about, value, words, staff_id)
    VALUES (m.id, 'team', (SELECT t.name FROM casus.team t WHERE t.id = m.team_id), why, acl.person_id());
    UPDATE casus.melding x SET team_id = new_team, staff_id = NULL WHERE x.id = m.id;
END $$;

-- Asked by telephone, at the counter, at home, on paper: the same clock. What was asked more than an hour ago says why it is written down only now.
-- With the code the person follows it on the website, where there is no copy to read back: they filled nothing in there.
CREATE FUNCTION casus.enter_melding(new_number text, by_channel text, answers jsonb, in_team text, received timestamptz, why text,
    of_code bytea) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    new_id int;
BEGIN
    IF acl.melding_teams() = '{}' THEN RAISE EXCEPTION 'no such melding' USING ERRCODE = 'MB001'; END IF;
    IF by_channel = 'website' THEN RAISE EXCEPTION 'not this way' USING ERRCODE = 'MB011'; END IF;
    IF received > now() OR (received < now() - interval '1 hour' AND why = '') THEN
        RAISE EXCEPTION 'this moment can not be' USING ERRCODE = 'MB006';
    END IF;
    new_id := casus.new_melding(new_number, by_channel, answers, in_team, NULL, acl.person_id());
    UPDATE casus.melding m SET received_at = coalesce(received, m.received_at), team_id = coalesce(m.team_id, acl.team_id()) WHERE m.id = new_id;
    IF why <> '' THEN
        INSERT INTO casus.melding_note (melding_id, about, words, staff_id) VALUES (new_id, 'later', why, acl.person_id());
    END IF;
    INSERT INTO portaal.melding_draft (code_hash, ciphertext, sent_at, melding_id) VALUES (of_code, '', now(), new_id);
    -- Who asked in a letter sits at no table and on no telephone to hear that it came in.
    IF by_channel = 'brief' THEN PERFORM portaal.confirm_melding(new_id); END IF;
    RETURN (SELECT m.public_id FROM casus.melding m WHERE m.id = new_id);
END $$;

-- When the person said that it gets worse, while nobody talked with them or weighed it since; else NULL. Run by no login role.
CREATE FUNCTION casus.worse_since(of_melding int) RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (
        SELECT CASE WHEN last.event = 'erger' THEN last.at END FROM (
            SELECT e.at, e.event FROM casus.melding_event e
            WHERE e.melding_id = of_melding AND e.event IN ('erger', 'gesprek', 'urgentie') ORDER BY e.at DESC, e.id DESC LIMIT 1) last);
END $$;

-- Two meldingen of one person become one. The one that came first goes on, so that its clock does, with the most pressing urgency of both. When that is the
-- other's, the clock of it goes on too: from when it was found there, or from when it was last weighed here if that was later. Gives which one that is.
CREATE FUNCTION casus.merge_meldingen(this_one uuid, other_one uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    first_one casus.melding%ROWTYPE := casus.handled_melding(this_one);
    second_one casus.melding%ROWTYPE := casus.handled_melding(other_one);
    between_them casus.melding%ROWTYPE;
    weighed_at timestamptz;
    worse_before timestamptz;
    worse_at timestamptz;
BEGIN
    IF first_one.id = second_one.id THEN RAISE EXCEPTION 'not this way' USING ERRCODE = 'MB011'; END IF;
    IF NOT (first_one.open AND second_one.open) THEN RAISE EXCEPTION 'it stands otherwise by now' USING ERRCODE = 'MB012'; END IF;
    IF second_one.received_at < first_one.received_at THEN
        between_them := first_one;
        first_one := second_one;
        second_one := between_them;
    END IF;
    UPDATE casus.melding x SET merged_into = first_one.id WHERE x.id = second_one.id OR x.merged_into = second_one.id;
    UPDATE casus.melding x
    SET urgency = least(first_one.urgency, second_one.urgency), staff_id = coalesce(first_one.staff_id, second_one.staff_id),
        team_id = coalesce(first_one.team_id, second_one.team_id)
    WHERE x.id = first_one.id;
    worse_before := casus.worse_since(first_one.id);
    IF second_one.urgency < coalesce(first_one.urgency, 5) THEN
        weighed_at := coalesce(greatest(
            (SELECT min(e.at) FROM casus.melding_event e
            WHERE e.melding_id = second_one.id AND e.event = 'urgentie' AND e.value = second_one.urgency::text),
            (SELECT max(e.at) FROM casus.melding_event e WHERE e.melding_id = first_one.id AND e.event = 'urgentie')), now());
        INSERT INTO casus.melding_event (melding_id, at, event, value, staff_id)
        VALUES (first_one.id, weighed_at, 'urgentie', second_one.urgency, acl.person_id());
    END IF;
    -- Merging is no answer to who said that it gets worse: it is said again where it goes on, after an urgency that came with it.
    worse_at := greatest(casus.worse_since(second_one.id), CASE WHEN weighed_at IS NOT NULL THEN worse_before END);
    IF worse_at IS NOT NULL THEN
        INSERT INTO casus.melding_event (melding_id, at, event) VALUES (first_one.id, greatest(worse_at, weighed_at), 'erger');
    END IF;
    -- A research of the Wmo has its terms from when it began.
    INSERT INTO casus.melding_event (melding_id, at, event, value, words, staff_id)
    SELECT first_one.id, e.at, e.event, e.value, e.words, e.staff_id FROM casus.melding_event e
    WHERE e.melding_id = second_one.id AND e.event IN ('onderzoek', 'onderzocht', 'aanvraag', 'besluit')
      AND NOT EXISTS (SELECT FROM casus.melding_event o WHERE o.melding_id = first_one.id AND o.event = 'onderzoek')
    ORDER BY e.id;
    INSERT INTO casus.melding_event (melding_id, event, value, staff_id) VALUES (second_one.id, 'samengevoegd', first_one.number, acl.person_id());
    RETURN first_one.public_id;
END $$;

-- Meldingen that came in a flood: more than ten from one place within an hour. Those with which somebody did something, or that got worse, are none
-- of it. The hour is looked at from each of them, so the first and the last of a flood belong to it too.
CREATE FUNCTION casus.flood() RETURNS TABLE (melding_id int, source_hash bytea, public_id uuid, received_at timestamptz, signs text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE teams int[] := acl.melding_teams();
BEGIN
    RETURN QUERY
    WITH up_to AS (
        SELECT m.id, m.source_hash AS source, m.public_id AS public, m.received_at AS at, m.signs AS ticked, coalesce(m.team_id, 0) AS team,
            m.open AND NOT m.stands_alone AND m.urgency IS NULL AND m.staff_id IS NULL AS untouched,
            count(*) OVER (PARTITION BY m.source_hash ORDER BY m.received_at RANGE BETWEEN interval '1 hour' PRECEDING AND CURRENT ROW) AS so_many
        FROM casus.melding m WHERE m.source_hash = ANY (ARRAY(SELECT DISTINCT o.source_hash FROM casus.melding o WHERE o.open))),
    peaks AS (
        -- Backwards in time, so that it is one walk through them, and no join, however many there are.
        SELECT u.*, min(u.at) FILTER (WHERE u.so_many > 10) OVER (PARTITION BY u.source ORDER BY u.at DESC) AS next_peak FROM up_to u)
    SELECT p.id, p.source, p.public, p.at, p.ticked FROM peaks p
    WHERE p.next_peak <= p.at + interval '1 hour' AND p.untouched AND p.team = ANY (teams);
END $$;

-- Puts aside, in one act, what came in the same flood as this one. Gives how many.
CREATE FUNCTION casus.put_flood_aside(of_melding uuid) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    m casus.melding%ROWTYPE := casus.handled_melding(of_melding);
    so_many int;
BEGIN
    INSERT INTO casus.melding_event (melding_id, event, staff_id)
    SELECT f.melding_id, 'opzij', acl.person_id() FROM casus.flood() f WHERE f.source_hash = m.source_hash;
    GET DIAGNOSTICS so_many = ROW_COUNT;
    RETURN so_many;
END $$;

GRANT SELECT ON casus.melding_note TO web_team;
GRANT EXECUTE ON FUNCTION casus.melding_opened(uuid), casus.melding_act(uuid, text, text, text, timestamptz), casus.note_melding(uuid, text, text, text, text, date),
    casus.research_act(uuid, text, text, timestamptz),
    casus.take_melding(uuid), casus.give_melding(uuid, uuid, text), casus.move_melding(uuid, uuid, text), casus.enter_melding(text, text, jsonb, text, timestamptz, text, bytea),
    casus.merge_meldingen(uuid, uuid), casus.flood(), casus.put_flood_aside(uuid) TO web_team;
GRANT INSERT ON casus.melding_note TO casus_acl;
CREATE POLICY definer ON casus.melding_note FOR INSERT TO casus_acl WITH CHECK (true);
