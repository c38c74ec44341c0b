-- Getting in: the start code of an inwoner, a new e-mail address, the card for who has no telephone, and asking for help. Refusals, in the words of
-- portal/door/commands.py: MB001 not there (or not yours), MB002 user name taken, MB043 this account was closed, MB044 no colleague confirmed this.

-- A start code that goes by post lives longer: portal.deadlines.START_CODE_BY_POST.
CREATE FUNCTION portaal.start_code_life_by_post() RETURNS interval
LANGUAGE plpgsql IMMUTABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN RETURN interval '21 days'; END $$;

-- A line in the change log of every dossier of this person, where the inwoner reads it.
CREATE FUNCTION portaal.log_account(what text, of_person int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO casus.change_log (dossier_id, event, subject_id)
    SELECT d.id, what, p.id FROM casus.person p LEFT JOIN casus.dossier d ON d.inwoner_id = p.id WHERE p.id = of_person;
END $$;

-- The inwoner of a dossier in which the actor works; raises MB001 otherwise.
CREATE FUNCTION portaal.treated_inwoner(of_dossier uuid) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE found_person int;
BEGIN
    SELECT d.inwoner_id INTO found_person FROM casus.dossier d WHERE d.public_id = of_dossier AND d.id = ANY (acl.treated_dossiers());
    IF NOT FOUND THEN RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001'; END IF;
    RETURN found_person;
END $$;

-- The inwoner's account, made or begun anew, with a start code. The old password, second step, card and sessions end at once. Gives the user name, which
-- is new_username only for who has no account yet. Who signs in already, or did, gets one after a colleague confirmed it, and is told by mail.
CREATE FUNCTION portaal.resident_start_code(of_dossier uuid, new_username text, code_hash bytea, by_post boolean) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_person int := portaal.treated_inwoner(of_dossier);
    a portaal.account%ROWTYPE;
    until timestamptz := now() + CASE WHEN by_post THEN portaal.start_code_life_by_post() ELSE portaal.start_code_life() END;
BEGIN
    SELECT * INTO a FROM portaal.account x WHERE x.person_id = of_person AND x.face = 'inwoner' FOR UPDATE;
    IF a.disabled_at IS NOT NULL OR casus.has_died(of_person) THEN RAISE EXCEPTION 'this account was closed' USING ERRCODE = 'MB043'; END IF;
    IF a.id IS NULL THEN
        BEGIN
            INSERT INTO portaal.account (person_id, face, username, language, start_code_hash, start_code_expires_at)
            SELECT of_person, 'inwoner', new_username, i.language, code_hash, until FROM casus.inwoner i WHERE i.person_id = of_person
            RETURNING * INTO a;
        EXCEPTION WHEN unique_violation THEN
            -- The name is somebody's, or a colleague made the account at this moment: trying again finds out which.
            RAISE EXCEPTION 'taken' USING ERRCODE = 'MB002';
        END;
    ELSE
        IF portaal.was_in_use(a.id) THEN PERFORM portaal.use_renewal(a.id); END IF;
        UPDATE portaal.account x
        SET start_code_hash = code_hash, start_code_expires_at = until, password_hash = NULL, totp_secret = NULL, last_totp_step = NULL
        WHERE x.id = a.id;
        DELETE FROM portaal.recovery_code r WHERE r.account_id = a.id;
        PERFORM portaal.end_sessions_of(of_person, 'inwoner', 'toegang_gestopt');
    END IF;
    PERFORM portaal.log_account('account.start_code', of_person);
    RETURN a.username;
END $$;

-- Another e-mail address, or none (NULL), told at the desk. The old one stops at once; the new one works when the inwoner has confirmed it.
CREATE FUNCTION portaal.resident_new_email(of_dossier uuid, address text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_person int := portaal.treated_inwoner(of_dossier);
    of_account int := (SELECT a.id FROM portaal.account a WHERE a.person_id = of_person AND a.face = 'inwoner');
BEGIN
    IF of_account IS NULL THEN RAISE EXCEPTION 'no account' USING ERRCODE = 'MB001'; END IF;
    DELETE FROM portaal.new_email n WHERE n.account_id = of_account;
    IF address IS NOT NULL THEN INSERT INTO portaal.new_email (account_id, email) VALUES (of_account, lower(address)); END IF;
    UPDATE portaal.account a SET email = NULL WHERE a.id = of_account;
    UPDATE casus.inwoner i SET email = NULL WHERE i.person_id = of_person;
    PERFORM portaal.log_account('account.email', of_person);
END $$;

-- What the team sees of the account: its name, whether the inwoner can sign in, whether that was ever so (in_use), until when a start code works, and
-- the address that waits.
CREATE FUNCTION portaal.resident_account(of_dossier uuid)
RETURNS TABLE (username text, signed_in_before boolean, in_use boolean, code_until timestamptz, email text, waiting_email text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT a.username, a.password_hash IS NOT NULL AND a.start_code_hash IS NULL, portaal.was_in_use(a.id), a.start_code_expires_at,
        a.email, n.email
    FROM portaal.account a LEFT JOIN portaal.new_email n ON n.account_id = a.id
    WHERE a.person_id = portaal.treated_inwoner(of_dossier) AND a.face = 'inwoner';
END $$;

-- The own account on this face.
CREATE FUNCTION portaal.own_account() RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT a.id FROM portaal.account a WHERE a.person_id = portaal.signed_in() AND a.face = portaal.own_face());
END $$;

-- What somebody sees of the own account.
CREATE FUNCTION portaal.own_sign_in()
RETURNS TABLE (username text, email text, waiting_email text, code_until timestamptz, codes_left bigint, has_card boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT a.username, a.email, n.email, n.code_until,
        (SELECT count(*) FROM portaal.recovery_code r WHERE r.account_id = a.id AND r.used_at IS NULL),
        EXISTS (SELECT FROM portaal.recovery_code r WHERE r.account_id = a.id)
    FROM portaal.account a LEFT JOIN portaal.new_email n ON n.account_id = a.id
    WHERE a.id = portaal.own_account();
END $$;

-- A card of codes for the own account; the card of before stops.
CREATE FUNCTION portaal.new_card(code_hashes bytea[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE of_account int := portaal.own_account();
BEGIN
    -- Two cards at once: the second waits and takes the place of the first.
    PERFORM FROM portaal.account a WHERE a.id = of_account FOR UPDATE;
    DELETE FROM portaal.recovery_code r WHERE r.account_id = of_account;
    INSERT INTO portaal.recovery_code (account_id, code_hash) SELECT of_account, h FROM unnest(code_hashes) h;
    PERFORM portaal.log_account('account.card', portaal.signed_in());
END $$;

-- Another app on the own account, once a code of it was typed: the one of before, the card and every other session stop at once, and the inwoner is told.
-- False: a start code was given meanwhile.
CREATE FUNCTION portaal.new_app(new_secret bytea, step bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE of_account int := portaal.own_account();
BEGIN
    UPDATE portaal.account a SET totp_secret = new_secret, last_totp_step = step WHERE a.id = of_account AND a.start_code_hash IS NULL;
    IF NOT FOUND THEN RETURN false; END IF;
    DELETE FROM portaal.recovery_code r WHERE r.account_id = of_account;
    UPDATE portaal.session x SET ended_at = now(), ended_reason = 'toegang_gestopt'
    WHERE x.account_id = of_account AND x.ended_at IS NULL AND x.id <> (SELECT c.session_id FROM acl.actor() c);
    PERFORM portaal.log_account('account.app', portaal.signed_in());
    PERFORM portaal.tell_sign_in_changed(of_account);
    RETURN true;
END $$;

-- A code of the card in the place of one of the app, counted as a try like those. codes_left is NULL when it isn't right, or was used.
CREATE FUNCTION portaal.use_card_code(of_account uuid, of_code bytea, subject bytea, address bytea, OUT wait_seconds int, OUT codes_left bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found_account int := (SELECT a.id FROM portaal.account a
        WHERE a.public_id = of_account AND a.start_code_hash IS NULL AND portaal.may_be_used(a.id));
    attempt bigint;
BEGIN
    SELECT b.wait_seconds, b.attempt_id INTO wait_seconds, attempt FROM portaal.begin_attempt('kaart', subject, address, found_account) b;
    IF wait_seconds > 0 THEN RETURN; END IF;
    UPDATE portaal.recovery_code r SET used_at = now() WHERE r.account_id = found_account AND r.code_hash = of_code AND r.used_at IS NULL;
    IF NOT FOUND THEN RETURN; END IF;
    UPDATE portaal.sign_in_attempt t SET accepted = true WHERE t.id = attempt;
    codes_left := (SELECT count(*) FROM portaal.recovery_code r WHERE r.account_id = found_account AND r.used_at IS NULL);
END $$;

-- A code for the e-mail address that waits, to be mailed: portal.deadlines.MAIL_CODE. Gives the address; NULL when none waits.
CREATE FUNCTION portaal.new_email_code(of_code text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE waiting text;
BEGIN
    UPDATE portaal.new_email n SET code = of_code, code_until = now() + interval '30 minutes' WHERE n.account_id = portaal.own_account()
    RETURNING n.email INTO waiting;
    RETURN waiting;
END $$;

-- The code that was mailed: from now on the address is the inwoner's, also to sign in with, unless somebody else of this face does so already. Nobody
-- is told which of the two. right_code is NULL when one has to wait.
CREATE FUNCTION portaal.confirm_email(of_code text, subject bytea, address bytea, OUT wait_seconds int, OUT right_code boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    own int := portaal.own_account();
    attempt bigint;
    confirmed text;
BEGIN
    SELECT b.wait_seconds, b.attempt_id INTO wait_seconds, attempt FROM portaal.begin_attempt('mailcode', subject, address, own) b;
    IF wait_seconds > 0 THEN RETURN; END IF;
    DELETE FROM portaal.new_email n WHERE n.account_id = own AND n.code = of_code AND n.code_until > now() RETURNING n.email INTO confirmed;
    right_code := confirmed IS NOT NULL;
    IF NOT right_code THEN RETURN; END IF;
    UPDATE portaal.sign_in_attempt t SET accepted = true WHERE t.id = attempt;
    UPDATE casus.inwoner i SET email = confirmed WHERE i.person_id = acl.person_id();
    BEGIN
        UPDATE portaal.account a SET email = confirmed WHERE a.id = own;
    EXCEPTION WHEN unique_violation THEN
        -- Two people with one address: the first one signs in with it, the other with the user name.
        NULL;
    END;
    PERFORM portaal.log_account('account.email', portaal.signed_in());
END $$;

-- "Ik kan niet inloggen", from anybody: written down for a person to decide about, and the same answer whoever it is. Gives the seconds to wait. Whose it
-- may be: the one inwoner of this birth date with this user name or this name; who fits none, or more than one, is nobody.
CREATE FUNCTION portaal.ask_sign_in_help(of_lost text, of_name text, of_birth_date date, of_username text, of_reach text, subject bytea, address bytea)
RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wait int := (SELECT b.wait_seconds FROM portaal.begin_attempt('hulp', subject, address, NULL) b);
BEGIN
    IF wait > 0 THEN RETURN wait; END IF;
    INSERT INTO portaal.sign_in_request (lost, name, birth_date, username, reach, person_id)
    VALUES (of_lost, of_name, of_birth_date, of_username, of_reach, (
        SELECT min(i.person_id) FROM casus.inwoner i LEFT JOIN portaal.account a ON a.person_id = i.person_id AND a.face = 'inwoner'
        WHERE i.birth_date = of_birth_date AND (a.username = lower(of_username) OR lower(acl.full_name(i.person_id)) = lower(of_name))
        HAVING count(*) = 1));
    RETURN 0;
END $$;

-- The requests that wait for the actor: of whom one works with; and for team leads those of nobody, or of whom nobody works with.
CREATE FUNCTION portaal.own_sign_in_requests()
RETURNS TABLE (public_id uuid, made_at timestamptz, lost text, name text, birth_date date, username text, reach text, dossier uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine int[] := acl.treated_dossiers();
    leads boolean := acl.kind() = 'teamleider';
BEGIN
    RETURN QUERY
    SELECT r.public_id, r.made_at, r.lost, r.name, r.birth_date, r.username, r.reach, CASE WHEN d.id = ANY (mine) THEN d.public_id END
    FROM portaal.sign_in_request r LEFT JOIN casus.dossier d ON d.inwoner_id = r.person_id
    WHERE r.handled_at IS NULL
      AND (d.id = ANY (mine) OR (leads AND NOT EXISTS (
        SELECT FROM casus.assignment t
        WHERE t.dossier_id = d.id AND t.valid_from <= acl.today() AND (t.valid_until IS NULL OR t.valid_until >= acl.today()))))
    ORDER BY r.made_at, r.id;
END $$;

-- The same to be shown: the list says who can't sign in, so a line for each is written that the actor read it.
CREATE FUNCTION portaal.sign_in_requests()
RETURNS TABLE (public_id uuid, made_at timestamptz, lost text, name text, birth_date date, username text, reach text, dossier uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO portaal.sign_in_request_read (request_id, staff_id, staff_name)
    SELECT r.id, acl.person_id(), acl.full_name(acl.person_id())
    FROM portaal.own_sign_in_requests() q JOIN portaal.sign_in_request r ON r.public_id = q.public_id;
    RETURN QUERY SELECT * FROM portaal.own_sign_in_requests();
END $$;

-- What a person decided about it: a letter, at the desk, or nothing.
CREATE FUNCTION portaal.handle_sign_in_request(of_request uuid, how text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE portaal.sign_in_request r SET handled_at = now(), handled_by = acl.person_id(), outcome = how
    WHERE r.public_id = of_request AND r.public_id IN (SELECT q.public_id FROM portaal.own_sign_in_requests() q);
END $$;

GRANT EXECUTE ON FUNCTION portaal.ask_sign_in_help(text, text, date, text, text, bytea, bytea) TO web_inwoner;
GRANT EXECUTE ON FUNCTION portaal.sign_in_requests(), portaal.handle_sign_in_request(uuid, text) TO web_team;
GRANT EXECUTE ON FUNCTION portaal.own_sign_in(), portaal.new_card(bytea[]), portaal.new_app(bytea, bigint),
    portaal.use_card_code(uuid, bytea, bytea, bytea), portaal.new_email_code(text), portaal.confirm_email(text, bytea, bytea) TO web_inwoner;
GRANT EXECUTE ON FUNCTION portaal.resident_start_code(uuid, text, bytea, boolean), portaal.resident_new_email(uuid, text),
    portaal.resident_account(uuid) TO web_team;
GRANT INSERT ON portaal.sign_in_request_read TO casus_acl;
GRANT SELECT, INSERT, UPDATE, DELETE ON portaal.recovery_code, portaal.new_email, portaal.sign_in_request TO casus_acl;
GRANT UPDATE (email) ON casus.inwoner TO casus_acl;
CREATE POLICY definer ON portaal.recovery_code TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY definer ON portaal.new_email TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY definer ON portaal.sign_in_request_read FOR INSERT TO casus_acl WITH CHECK (true);
CREATE POLICY definer ON portaal.sign_in_request TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY door_changes ON casus.inwoner FOR UPDATE TO casus_acl USING (true) WITH CHECK (true);
