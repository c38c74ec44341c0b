-- Getting in: the start code of an inwoner, a new e-mail address, the card for who has no telephone, and asking for help. Refusals, in the words of
-- portal/door/commands.py: MB001 not there (or not yours), MB002 user name taken, MB043 this account was closed.

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
-- is new_username only for who has no account yet.
CREATE FUNCTION portaal.resident_start_code(of_dossier uuid, new_username text, code_hash bytea, by_post boolean) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_person int := portaal.treated_inwoner(of_dossier);
    a portaal.account%ROWTYPE;
    until timestamptz := now() + CASE WHEN by_post THEN portaal.start_code_life_by_post() ELSE portaal.start_code_life() END;
BEGIN
    SELECT * INTO a FROM portaal.account x WHERE x.person_id = of_person AND x.face = 'inwoner' FOR UPDATE;
    IF a.disabled_at IS NOT NULL THEN RAISE EXCEPTION 'this account was closed' USING ERRCODE = 'MB043'; END IF;
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

-- What the team sees of the account: its name, whether the inwoner came in, until when a start code works, and the address that waits.
CREATE FUNCTION portaal.resident_account(of_dossier uuid)
RETURNS TABLE (username text, signed_in_before boolean, code_until timestamptz, email text, waiting_email text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT a.username, a.password_hash IS NOT NULL AND a.start_code_hash IS NULL, a.start_code_expires_at, a.email, n.email
    FROM portaal.account a LEFT JOIN portaal.new_email n ON n.account_id = a.id
    WHERE a.person_id = portaal.treated_inwoner(of_dossier) AND a.face = 'inwoner';
END $$;

GRANT EXECUTE ON FUNCTION portaal.resident_start_code(uuid, text, bytea, boolean), portaal.resident_new_email(uuid, text),
    portaal.resident_account(uuid) TO web_team;
GRANT SELECT, INSERT, UPDATE, DELETE ON portaal.recovery_code, portaal.new_email, portaal.sign_in_request TO casus_acl;
GRANT UPDATE (email) ON casus.inwoner TO casus_acl;
CREATE POLICY definer ON portaal.recovery_code TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY definer ON portaal.new_email TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY definer ON portaal.sign_in_request TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY door_changes ON casus.inwoner FOR UPDATE TO casus_acl USING (true) WITH CHECK (true);
