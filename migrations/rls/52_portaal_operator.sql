-- Accounts made by the operator (staff come and go through 45_staff_functions.sql): the import of a case, and people who come in by another way than the staff pages. Never read back.
CREATE FUNCTION portaal.create_account(new_public_id uuid, of_person int, on_face text, new_username text, new_email text, new_language text,
    new_password_hash text, new_totp_secret bytea, code_hash bytea) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE new_id int;
BEGIN
    IF (code_hash IS NULL) = (new_password_hash IS NULL OR new_totp_secret IS NULL) THEN
        RAISE EXCEPTION 'an account starts with a start code, or with both a password and a secret';
    END IF;
    INSERT INTO portaal.account (public_id, person_id, face, username, email, language, password_hash, totp_secret, start_code_hash, start_code_expires_at)
    VALUES (new_public_id, of_person, on_face, new_username, new_email, new_language, new_password_hash, new_totp_secret, code_hash,
        CASE WHEN code_hash IS NOT NULL THEN now() + portaal.start_code_life() END)
    RETURNING id INTO new_id;
    RETURN new_id;
END $$;

-- A new start code for who lost the password or the telephone; for colleagues there is casus.staff_start_code. What was before ends at once.
-- Gives false when there is no such account.
CREATE FUNCTION portaal.renew_start_code(on_face text, of_username text, code_hash bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_person int;
    of_account int := (SELECT a.id FROM portaal.account a WHERE a.face = on_face AND a.username = lower(of_username));
    was_in_use boolean := portaal.was_in_use(of_account);
BEGIN
    UPDATE portaal.account a
    SET start_code_hash = code_hash, start_code_expires_at = now() + portaal.start_code_life(),
        password_hash = NULL, totp_secret = NULL, last_totp_step = NULL
    WHERE a.face = on_face AND a.face <> 'team' AND a.username = lower(of_username) AND a.disabled_at IS NULL
    RETURNING a.person_id INTO of_person;
    IF NOT FOUND THEN RETURN false; END IF;
    IF was_in_use THEN
        INSERT INTO portaal.sign_in_renewal (account_id, given_at) VALUES (of_account, now());
        PERFORM portaal.tell_sign_in_changed(of_account);
    END IF;
    PERFORM portaal.end_sessions_of(of_person, on_face, 'toegang_gestopt');
    INSERT INTO casus.change_log (event, subject_id) VALUES ('account.start_code', of_person);
    RETURN true;
END $$;

GRANT USAGE ON SCHEMA portaal TO portaal_operator;
GRANT EXECUTE ON FUNCTION portaal.renew_start_code(text, text, bytea) TO portaal_operator;
GRANT INSERT ON casus.change_log TO casus_acl;
CREATE POLICY account_logs ON casus.change_log FOR INSERT TO casus_acl WITH CHECK (event IN (
    'account.start_code', 'account.email', 'account.card', 'account.app', 'account.renewal_asked', 'account.renewal_confirmed', 'account.renewal_refused'));
GRANT EXECUTE ON FUNCTION portaal.create_account(uuid, int, text, text, text, text, text, bytea, bytea) TO portaal_operator;
