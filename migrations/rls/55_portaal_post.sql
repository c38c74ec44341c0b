-- Mail and letters. They are put here in the same transaction as what they are about, so that neither is there without the other; a job sends the mail,
-- and somebody of the team prints and posts the letters. No web role reads a table: each is given what its function says.

-- Whether it may go: 'nee' when somebody said that this way isn't safe, or when somebody else asked and nobody knows whether the person may know of it,
-- until somebody talked with them; 'kijk' when a dossier has words about safety, which a person has to read
-- first; else 'ja'. Who asked for somebody else gave an own address, so what is unsafe for the other doesn't count there.
CREATE FUNCTION portaal.post_safety(by_mail boolean, about_melding int, about_person int, for_whom text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    m casus.melding%ROWTYPE;
    inwoner int := about_person;
BEGIN
    SELECT * INTO m FROM casus.melding x WHERE x.id = about_melding;
    IF for_whom = 'aanmelder' AND m.for_whom = 'ander' THEN RETURN 'ja'; END IF;
    IF m.dossier_id IS NOT NULL THEN inwoner := (SELECT d.inwoner_id FROM casus.dossier d WHERE d.id = m.dossier_id); END IF;
    RETURN CASE
        WHEN EXISTS (
            SELECT FROM casus.melding x LEFT JOIN casus.dossier d ON d.id = x.dossier_id
            WHERE (x.id = about_melding OR d.inwoner_id = inwoner) AND NOT CASE WHEN by_mail THEN x.safe_mail ELSE x.safe_post END) THEN 'nee'
        WHEN m.consent <> 'ja' AND NOT EXISTS (SELECT FROM casus.melding_event e WHERE e.melding_id = m.id AND e.event = 'gesprek') THEN 'nee'
        WHEN EXISTS (SELECT FROM casus.inwoner i WHERE i.person_id = inwoner AND i.safe_contact <> '') THEN 'kijk'
        ELSE 'ja' END;
END $$;

CREATE FUNCTION portaal.mail_may_go(o portaal.outbox) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE safety text := portaal.post_safety(true, o.melding_id, o.person_id, o.to_whom);
BEGIN
    -- What somebody's account itself writes goes on when the dossier is out of sight: everybody with an account gets that.
    IF o.template NOT IN ('inloggen', 'mailcode') AND casus.is_paused(o.person_id, o.melding_id) THEN RETURN false; END IF;
    RETURN safety = 'ja' OR (safety = 'kijk' AND o.allowed_at IS NOT NULL);
END $$;

CREATE FUNCTION portaal.letter_may_go(l portaal.letter) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE safety text := portaal.post_safety(false, l.melding_id, l.person_id, l.to_whom);
BEGIN
    RETURN cardinality(l.to_lines) > 0 AND NOT casus.is_paused(l.person_id, l.melding_id) AND (safety = 'ja' OR (safety = 'kijk' AND l.allowed_at IS NOT NULL));
END $$;

-- Puts a mail in the outbox. An address that can't be one makes it a task at once: what the mail is about must not fail for it.
CREATE FUNCTION portaal.queue_mail(of_template text, in_language text, for_whom text, to_address text, about_melding int, about_person int, of_team int)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE usable boolean := coalesce(to_address, '') ~ '^[^\s@<>,;:"]{1,64}@[^\s@<>,;:"]{1,189}$';
BEGIN
    INSERT INTO portaal.outbox (template, language, to_whom, address, melding_id, person_id, team_id, last_error, gave_up_at)
    VALUES (of_template, in_language, for_whom, left(coalesce(to_address, ''), 254), about_melding, about_person, of_team,
        CASE WHEN NOT usable THEN 'adres' END, CASE WHEN NOT usable THEN now() END);
END $$;

-- Puts a letter in the queue of the printer; without an address it is a task at once. Only the team's face can open what it prints, so only that face
-- may seal something in it.
CREATE FUNCTION portaal.queue_letter(new_id uuid, of_template text, in_language text, for_whom text, name text, address_lines text[],
    sealed_words bytea, about_melding int, about_person int, of_team int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF sealed_words IS NOT NULL AND session_user <> 'web_team' THEN
        RAISE EXCEPTION 'only the team can open what is sealed in a letter' USING ERRCODE = '42501';
    END IF;
    INSERT INTO portaal.letter (public_id, template, language, to_whom, to_name, to_lines, sealed, melding_id, person_id, team_id)
    VALUES (new_id, of_template, in_language, for_whom, coalesce(name, ''), coalesce(array_remove(address_lines, ''), '{}'), sealed_words,
        about_melding, about_person, of_team);
END $$;

-- Writes to the person of a melding: a mail when there is an address for it and it is safe, else a letter. A letter that can't go, because nobody knows
-- where or it isn't safe, is a task of the team at once: somebody hears it from a person then. Run by no login role.
CREATE FUNCTION portaal.write_to_person(m casus.melding, of_template text, address text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF m.email IS NOT NULL AND ('mail' = ANY (m.reach_ways) OR m.reach_ways = '{}') AND portaal.post_safety(true, m.id, NULL, 'inwoner') <> 'nee' THEN
        PERFORM portaal.queue_mail(of_template, m.language, 'inwoner', m.email, m.id, NULL, m.team_id);
    ELSE
        PERFORM portaal.queue_letter(gen_random_uuid(), of_template, m.language, 'inwoner', m.name,
            CASE WHEN m.name <> '' THEN (regexp_split_to_array(address, '\s*[\n,]+\s*'))[1:4] END, NULL, m.id, NULL, m.team_id);
    END IF;
END $$;

-- There is an answer to read: the person is told that, and not what it is. The address is the one given for it, else that of the dossier unless
-- it is protected: who prints would read it.
CREATE FUNCTION portaal.tell_melding(of_melding uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE m casus.melding%ROWTYPE := casus.handled_melding(of_melding);
BEGIN
    PERFORM portaal.write_to_person(m, 'melding_antwoord', coalesce(m.address, (
        SELECT a.street || ', ' || a.postcode FROM casus.address a JOIN casus.dossier d ON d.inwoner_id = a.person_id
        WHERE d.id = m.dossier_id AND NOT a.protected)));
END $$;

-- The job that sends, one mail a transaction: takes one that is due and that no other has in hand, and says what came of it before it commits.
-- When it stops in between, the mail is due again: it may go twice, it is never lost. since: when what it is about began.
CREATE FUNCTION portaal.next_mail()
RETURNS TABLE (id bigint, public_id uuid, template text, language text, to_whom text, address text, since timestamptz, code text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT o.id, o.public_id, o.template, o.language, o.to_whom, o.address, coalesce(m.received_at, o.made_at),
        (SELECT n.code FROM portaal.new_email n JOIN portaal.account a ON a.id = n.account_id
         WHERE o.template = 'mailcode' AND a.person_id = o.person_id AND n.email = o.address AND n.code_until > now())
    FROM portaal.outbox o LEFT JOIN casus.melding m ON m.id = o.melding_id
    WHERE o.address IS NOT NULL AND o.gave_up_at IS NULL AND o.not_before <= now() AND portaal.mail_may_go(o)
    ORDER BY o.not_before, o.id LIMIT 1 FOR UPDATE OF o SKIP LOCKED;
END $$;

CREATE FUNCTION portaal.mail_sent(of_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE portaal.outbox o SET sent_at = now(), address = NULL, last_error = NULL, attempts = o.attempts + 1 WHERE o.id = of_id;
END $$;

-- Again after 1, 2, 4 ... minutes, at most an hour; or never, when trying again is of no use.
CREATE FUNCTION portaal.mail_failed(of_id bigint, error text, for_good boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE portaal.outbox o
    SET last_error = error, attempts = o.attempts + 1, gave_up_at = CASE WHEN for_good THEN now() END,
        not_before = now() + least(interval '1 hour', interval '1 minute' * 2 ^ least(o.attempts, 10))
    WHERE o.id = of_id;
END $$;

-- What did not go in 24 hours becomes a task: portal.deadlines.MAIL_GIVE_UP. Counted from the moment it was allowed to go.
CREATE FUNCTION portaal.give_up_mail() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE portaal.outbox o SET gave_up_at = now(), last_error = coalesce(o.last_error, 'geen_antwoord')
    WHERE o.address IS NOT NULL AND o.gave_up_at IS NULL
      AND greatest(o.made_at, o.allowed_at) <= now() - interval '24 hours' AND portaal.mail_may_go(o);
END $$;

-- 90 days after it went or somebody took care of it: portal.deadlines.POST_TRACES.
CREATE FUNCTION portaal.clean_up_post() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM portaal.outbox o WHERE coalesce(o.sent_at, o.handled_at) <= now() - interval '90 days';
    DELETE FROM portaal.letter l WHERE coalesce(l.posted_at, l.handled_at) <= now() - interval '90 days';
END $$;

-- What the actor's team still has to do something about; a reminder of a step (77_plan_reminder.sql) is nobody's task. A melding that goes to another team takes its post along; what is of no team is everybody's.
CREATE FUNCTION portaal.own_mail() RETURNS SETOF portaal.outbox
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT o.* FROM portaal.outbox o LEFT JOIN casus.melding m ON m.id = o.melding_id
        WHERE o.address IS NOT NULL AND o.topic IS DISTINCT FROM 'stap' AND coalesce(m.team_id, o.team_id, 0) = ANY (acl.melding_teams());
END $$;

CREATE FUNCTION portaal.own_letters() RETURNS SETOF portaal.letter
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT l.* FROM portaal.letter l LEFT JOIN casus.melding m ON m.id = l.melding_id
        WHERE l.posted_at IS NULL AND l.handled_at IS NULL AND coalesce(m.team_id, l.team_id, 0) = ANY (acl.melding_teams());
END $$;

CREATE FUNCTION portaal.letters_to_post()
RETURNS TABLE (public_id uuid, template text, to_name text, melding_number text, made_at timestamptz, printed_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT l.public_id, l.template, l.to_name, m.number, l.made_at, l.printed_at
        FROM portaal.own_letters() l LEFT JOIN casus.melding m ON m.id = l.melding_id
        WHERE portaal.letter_may_go(l) ORDER BY l.id;
END $$;

-- Everything the paper needs, for the letters of the team that may go; they count as printed by the actor from now on.
CREATE FUNCTION portaal.print_letters()
RETURNS TABLE (public_id uuid, template text, language text, to_whom text, to_name text, to_lines text[], sealed bytea, made_at timestamptz,
    since timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    WITH printed AS (
        UPDATE portaal.letter l SET printed_at = now(), printed_by = acl.person_id()
        FROM portaal.own_letters() mine WHERE mine.id = l.id AND portaal.letter_may_go(mine) RETURNING l.*)
    SELECT p.public_id, p.template, p.language, p.to_whom, p.to_name, p.to_lines, p.sealed, p.made_at, coalesce(m.received_at, p.made_at)
    FROM printed p LEFT JOIN casus.melding m ON m.id = p.melding_id ORDER BY p.id;
END $$;

-- Somebody put these on the post: gives how many. One that was never printed, or that may not go any more, stays.
CREATE FUNCTION portaal.letters_posted(of_letters uuid[]) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE posted int;
BEGIN
    UPDATE portaal.letter l SET posted_at = now(), posted_by = acl.person_id(), sealed = NULL
    FROM portaal.own_letters() mine
    WHERE mine.id = l.id AND l.public_id = ANY (of_letters) AND l.printed_at IS NOT NULL AND portaal.letter_may_go(mine);
    GET DIAGNOSTICS posted = ROW_COUNT;
    RETURN posted;
END $$;

-- What can't go by itself, and why: 'nee' and 'kijk' as in portaal.post_safety, or what was wrong. unsafe_call: somebody said that calling isn't safe either.
-- Whose post it is may open the melding; the dossier is given to who works in it.
CREATE FUNCTION portaal.post_tasks()
RETURNS TABLE (public_id uuid, by_mail boolean, reason text, unsafe_call boolean, template text, name text, melding_number text, made_at timestamptz,
    melding uuid, dossier uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT t.public_id, t.by_mail, t.reason,
        t.to_whom <> 'aanmelder' AND EXISTS (
            SELECT FROM casus.melding x LEFT JOIN casus.dossier d ON d.id = x.dossier_id
            WHERE (x.id = m.id OR x.dossier_id = m.dossier_id OR d.inwoner_id = t.person_id) AND NOT x.safe_call),
        t.template,
        coalesce(CASE WHEN t.to_whom = 'aanmelder' THEN m.reporter_name END, nullif(m.name, ''), acl.full_name(t.person_id)), m.number, t.made_at, m.public_id,
        (SELECT d.public_id FROM casus.dossier d
         WHERE (d.id = m.dossier_id OR d.inwoner_id = t.person_id) AND d.id = ANY (acl.treated_dossiers()) ORDER BY d.id DESC LIMIT 1)
    FROM (
        SELECT o.public_id, true AS by_mail, o.template, o.to_whom, o.melding_id, o.person_id, o.made_at,
            CASE WHEN portaal.mail_may_go(o) THEN o.last_error ELSE portaal.post_safety(true, o.melding_id, o.person_id, o.to_whom) END AS reason
        FROM portaal.own_mail() o WHERE o.gave_up_at IS NOT NULL OR NOT portaal.mail_may_go(o)
        UNION ALL
        SELECT l.public_id, false, l.template, l.to_whom, l.melding_id, l.person_id, l.made_at,
            CASE WHEN cardinality(l.to_lines) = 0 THEN 'adres' ELSE portaal.post_safety(false, l.melding_id, l.person_id, l.to_whom) END
        FROM portaal.own_letters() l WHERE NOT portaal.letter_may_go(l)) t
    LEFT JOIN casus.melding m ON m.id = t.melding_id
    ORDER BY t.made_at, t.public_id;
END $$;

-- Somebody took care of it another way: it does not go any more, and what was secret in it is gone. False: that is no task of this team.
CREATE FUNCTION portaal.post_task_done(of_task uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM portaal.post_tasks() t WHERE t.public_id = of_task) THEN RETURN false; END IF;
    UPDATE portaal.outbox o SET handled_at = now(), handled_by = acl.person_id(), address = NULL WHERE o.public_id = of_task;
    UPDATE portaal.letter l SET handled_at = now(), handled_by = acl.person_id(), sealed = NULL WHERE l.public_id = of_task;
    RETURN true;
END $$;

-- Somebody read the words about safety and says that this one may go.
CREATE FUNCTION portaal.post_allow(of_task uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM portaal.post_tasks() t WHERE t.public_id = of_task AND t.reason = 'kijk') THEN RETURN false; END IF;
    UPDATE portaal.outbox o SET allowed_at = now(), allowed_by = acl.person_id() WHERE o.public_id = of_task;
    UPDATE portaal.letter l SET allowed_at = now(), allowed_by = acl.person_id() WHERE l.public_id = of_task;
    RETURN true;
END $$;

GRANT EXECUTE ON FUNCTION
    portaal.queue_mail(text, text, text, text, int, int, int),
    portaal.queue_letter(uuid, text, text, text, text, text[], bytea, int, int, int)
TO web_inwoner, web_team, portaal_jobs;
GRANT EXECUTE ON FUNCTION
    portaal.next_mail(), portaal.mail_sent(bigint), portaal.mail_failed(bigint, text, boolean), portaal.give_up_mail(), portaal.clean_up_post()
TO portaal_jobs;
GRANT EXECUTE ON FUNCTION
    portaal.tell_melding(uuid), portaal.letters_to_post(), portaal.print_letters(), portaal.letters_posted(uuid[]), portaal.post_tasks(), portaal.post_task_done(uuid),
    portaal.post_allow(uuid)
TO web_team;

GRANT SELECT, INSERT, UPDATE, DELETE ON portaal.outbox, portaal.letter TO casus_acl;
CREATE POLICY definer ON portaal.outbox TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY definer ON portaal.letter TO casus_acl USING (true) WITH CHECK (true);
-- The rows: policy door_reads in 48_open_dossier.sql.
GRANT SELECT (person_id, safe_contact) ON casus.inwoner TO casus_acl;
