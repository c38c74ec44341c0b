-- Sessions. How long one lives stands here and nowhere else; the pages show what load_session computes.
-- 15 idle minutes: Logius, checklist aansluiten DigiD, T14. 12 hours at most: OWASP ASVS 5.0, 7.3.2.

CREATE FUNCTION portaal.idle_limit() RETURNS interval
LANGUAGE plpgsql IMMUTABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN RETURN interval '15 minutes'; END $$;

CREATE FUNCTION portaal.session_limit() RETURNS interval
LANGUAGE plpgsql IMMUTABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN RETURN interval '12 hours'; END $$;

-- live, idle (nobody did anything), expired (the longest time is over) or ended (signed out, left, account closed).
CREATE FUNCTION portaal.session_state(s portaal.session) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN CASE
        WHEN s.ended_at IS NOT NULL THEN 'ended'
        WHEN NOT portaal.may_be_used(s.account_id) THEN 'ended'
        WHEN s.created_at + portaal.session_limit() <= now() THEN 'expired'
        WHEN s.last_seen_at + portaal.idle_limit() <= now() THEN 'idle'
        ELSE 'live' END;
END $$;

-- As what somebody comes in: on the residents' face the owner of a dossier, else who represents one today, else a naaste.
CREATE FUNCTION portaal.capacity(of_person int, on_face text, OUT kind text, OUT on_behalf_of int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF on_face = 'team' THEN
        SELECT s.role INTO kind FROM casus.staff s WHERE s.person_id = of_person;
    ELSIF on_face = 'inwoner' THEN
        IF EXISTS (SELECT FROM casus.dossier d WHERE d.inwoner_id = of_person) THEN
            kind := 'inwoner';
            RETURN;
        END IF;
        SELECT 'vertegenwoordiger', d.inwoner_id INTO kind, on_behalf_of
        FROM casus.mandate m JOIN casus.dossier d ON d.id = m.dossier_id
        WHERE m.person_id = of_person
          AND m.withdrawn_at IS NULL
          AND m.valid_from <= acl.today()
          AND (m.valid_until IS NULL OR m.valid_until >= acl.today())
        ORDER BY m.id LIMIT 1;
        IF NOT FOUND THEN kind := 'naaste'; END IF;
    END IF;
END $$;

-- As whom this session reads: the person of its account, or the same person in another dossier (docs/decisions/0054), while both are in sight.
CREATE FUNCTION portaal.session_person(s portaal.session, own int) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN coalesce((SELECT p.person_id FROM casus.same_person p
        WHERE p.person_id = s.as_person AND p.main_id = own AND NOT casus.is_paused(own, NULL) AND NOT casus.is_paused(p.person_id, NULL)), own);
END $$;

-- The person of the account that the actor signed in with: not always the one as whom they read.
CREATE FUNCTION portaal.signed_in() RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN coalesce((SELECT a.person_id FROM portaal.session s JOIN portaal.account a ON a.id = s.account_id
        WHERE s.id = (SELECT x.session_id FROM acl.actor() x)), acl.person_id());
END $$;

-- Opens a session; NULL when the account may not be used here. Earlier sessions stay: somebody may use a telephone and a computer.
CREATE FUNCTION portaal.start_session(of_account uuid, new_token_hash bytea, by_method text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE new_id uuid;
BEGIN
    INSERT INTO portaal.session (account_id, token_hash, method)
    SELECT a.id, new_token_hash, by_method FROM portaal.account a
    WHERE a.public_id = of_account AND a.start_code_hash IS NULL AND portaal.may_be_used(a.id)
    RETURNING id INTO new_id;
    RETURN new_id;
END $$;

-- Who holds this token. No row for an unknown token or one of another face. person_id is given for a session that is over too, because the
-- person's typed text is kept under it; everything else only for a live one.
CREATE FUNCTION portaal.load_session(of_token_hash bytea)
RETURNS TABLE (state text, until timestamptz, session_id uuid, account uuid, person_id int, person_name text,
    username text, language text, kind text, on_behalf_of int, touch_due boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    s portaal.session%ROWTYPE;
    a portaal.account%ROWTYPE;
    c record;
BEGIN
    SELECT * INTO s FROM portaal.session x WHERE x.token_hash = of_token_hash;
    IF NOT FOUND THEN RETURN; END IF;
    SELECT * INTO a FROM portaal.account x WHERE x.id = s.account_id;
    IF a.face IS DISTINCT FROM portaal.own_face() THEN RETURN; END IF;
    state := portaal.session_state(s);
    person_id := portaal.session_person(s, a.person_id);
    IF state = 'live' THEN
        SELECT * INTO c FROM portaal.capacity(person_id, a.face);
        until := least(s.last_seen_at + portaal.idle_limit(), s.created_at + portaal.session_limit());
        session_id := s.id;
        account := a.public_id;
        person_name := acl.full_name(person_id);
        username := a.username;
        language := a.language;
        kind := c.kind;
        on_behalf_of := c.on_behalf_of;
        touch_due := s.last_seen_at <= now() - interval '1 minute';
    END IF;
    RETURN NEXT;
END $$;

-- The person did something: written at most once a minute. Gives until when the session now lives; NULL when it lives no more.
CREATE FUNCTION portaal.touch_session(of_token_hash bytea) RETURNS timestamptz
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE s portaal.session%ROWTYPE;
BEGIN
    SELECT x.* INTO s FROM portaal.session x WHERE x.token_hash = of_token_hash FOR UPDATE;
    IF NOT FOUND OR portaal.session_state(s) <> 'live' THEN RETURN NULL; END IF;
    IF s.last_seen_at <= now() - interval '1 minute' THEN
        s.last_seen_at := now();
        UPDATE portaal.session x SET last_seen_at = s.last_seen_at WHERE x.id = s.id;
    END IF;
    RETURN least(s.last_seen_at + portaal.idle_limit(), s.created_at + portaal.session_limit());
END $$;

CREATE FUNCTION portaal.end_session(of_token_hash bytea, reason text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE portaal.session x SET ended_at = now(), ended_reason = reason
    FROM portaal.account a
    WHERE x.token_hash = of_token_hash AND x.ended_at IS NULL AND a.id = x.account_id AND a.face = portaal.own_face();
END $$;

-- All sessions of a person, on this face or on every face (NULL). Not to be run by any login role: other definer functions call it.
CREATE FUNCTION portaal.end_sessions_of(of_person int, on_face text, reason text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE portaal.session x SET ended_at = now(), ended_reason = reason
    FROM portaal.account a
    WHERE a.id = x.account_id AND a.person_id = of_person AND x.ended_at IS NULL AND (on_face IS NULL OR a.face = on_face);
END $$;

-- "Log overal uit": the person's own sessions on this face.
CREATE FUNCTION portaal.end_all_sessions() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM portaal.end_sessions_of(portaal.signed_in(), portaal.own_face(), 'uitgelogd');
END $$;

CREATE FUNCTION portaal.set_language(of_token_hash bytea, new_language text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE portaal.account a SET language = new_language
    FROM portaal.session s
    WHERE s.token_hash = of_token_hash AND a.id = s.account_id AND a.face = portaal.own_face() AND portaal.session_state(s) = 'live';
END $$;

-- Typed text that came in with a session that is over: kept for its person when the session was alive in the last 24 hours and the account still
-- works. A session ended by "Snel weg" keeps nothing.
CREATE FUNCTION portaal.keep_typed_text(of_token_hash bytea, for_form text, new_ciphertext bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO portaal.typed_text AS t (person_id, face, form_key, ciphertext)
    SELECT portaal.session_person(s, a.person_id), a.face, for_form, new_ciphertext
    FROM portaal.session s JOIN portaal.account a ON a.id = s.account_id
    WHERE s.token_hash = of_token_hash
      AND s.ended_reason IS DISTINCT FROM 'snel_weg'
      AND s.last_seen_at > now() - interval '24 hours'
      AND portaal.may_be_used(a.id)
    ON CONFLICT (person_id, face, form_key) DO UPDATE SET ciphertext = excluded.ciphertext, saved_at = excluded.saved_at;
    RETURN FOUND;
END $$;

-- What is too old: kept text after 24 hours; sign-in attempts, sessions that are over and requests for help that were handled after 90 days.
CREATE FUNCTION portaal.clean_up() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM portaal.typed_text t WHERE t.saved_at <= now() - interval '24 hours';
    DELETE FROM portaal.sign_in_attempt t WHERE t.at <= now() - interval '90 days';
    DELETE FROM portaal.session s WHERE s.created_at <= now() - interval '90 days';
    DELETE FROM portaal.sign_in_request r WHERE r.handled_at <= now() - interval '90 days';
END $$;

GRANT USAGE ON SCHEMA portaal TO web_inwoner, web_team, web_onafhankelijk, portaal_jobs;
GRANT EXECUTE ON FUNCTION
    portaal.start_session(uuid, bytea, text),
    portaal.load_session(bytea),
    portaal.touch_session(bytea),
    portaal.end_session(bytea, text),
    portaal.end_all_sessions(),
    portaal.set_language(bytea, text),
    portaal.keep_typed_text(bytea, text, bytea)
TO web_inwoner, web_team, web_onafhankelijk;
GRANT EXECUTE ON FUNCTION portaal.clean_up() TO portaal_jobs;

GRANT SELECT, INSERT, UPDATE, DELETE ON portaal.session TO casus_acl;
CREATE POLICY definer ON portaal.session TO casus_acl USING (true) WITH CHECK (true);

-- Kept text is the one table the web roles reach: to read and throw away own rows on the own face, for 24 hours. It is written by keep_typed_text alone.
GRANT SELECT, INSERT, UPDATE, DELETE ON portaal.typed_text TO casus_acl;
CREATE POLICY definer ON portaal.typed_text TO casus_acl USING (true) WITH CHECK (true);
GRANT SELECT, DELETE ON portaal.typed_text TO web_inwoner, web_team, web_onafhankelijk;
CREATE POLICY reads_own_text ON portaal.typed_text FOR SELECT TO web_inwoner, web_team, web_onafhankelijk USING (
    person_id = (SELECT acl.person_id()) AND face = (SELECT portaal.own_face()) AND saved_at > now() - interval '24 hours');
CREATE POLICY drops_own_text ON portaal.typed_text FOR DELETE TO web_inwoner, web_team, web_onafhankelijk USING (
    person_id = (SELECT acl.person_id()) AND face = (SELECT portaal.own_face()) AND saved_at > now() - interval '24 hours');
