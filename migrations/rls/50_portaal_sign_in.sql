-- Signing in. Every function works for accounts of the face whose database role is asking, and for no other.
-- An attempt is written down before the password or code is compared, so that many attempts at once count as many.

CREATE FUNCTION portaal.own_face() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN CASE session_user WHEN 'web_inwoner' THEN 'inwoner' WHEN 'web_team' THEN 'team' WHEN 'web_onafhankelijk' THEN 'onafhankelijk' END;
END $$;

-- An account that may be used today: not disabled and, on the team's face, of somebody who works here today.
CREATE FUNCTION portaal.may_be_used(of_account int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM portaal.account a
        WHERE a.id = of_account
          AND a.face = portaal.own_face()
          AND a.disabled_at IS NULL
          AND (a.face <> 'team' OR EXISTS (
            SELECT FROM casus.staff s
            WHERE s.person_id = a.person_id
              AND s.joined_on <= acl.today()
              AND (s.left_on IS NULL OR s.left_on > acl.today()))));
END $$;

-- Seconds to wait after so many failures, the last of them at this moment: nothing for the first ones, then 15 seconds, doubling up to 15 minutes.
CREATE FUNCTION portaal.seconds_to_wait(failures bigint, last_failure timestamptz, free int) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF failures < free THEN RETURN 0; END IF;
    RETURN greatest(0, ceil(extract(epoch FROM
        last_failure + make_interval(secs => least(900, 15 * 2 ^ least(failures - free, 10))) - clock_timestamp())))::int;
END $$;

-- Writes the attempt down and gives 0 and its number; or, when too many failed before, gives the seconds to wait and writes nothing.
-- Five failures for one name in 24 hours (counted since the last success) are free; thirty in an hour from one address.
CREATE FUNCTION portaal.begin_attempt(for_step text, subject bytea, address bytea, of_account int, OUT wait_seconds int, OUT attempt_id bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- One at a time for one name, and for one address; always in this order, so that two never wait for each other.
    PERFORM pg_advisory_xact_lock(hashtextextended(encode(subject, 'hex'), 1));
    PERFORM pg_advisory_xact_lock(hashtextextended(encode(address, 'hex'), 2));
    SELECT greatest(
        (SELECT portaal.seconds_to_wait(count(*), max(t.at), 5) FROM portaal.sign_in_attempt t
         WHERE t.subject_hash = subject AND t.at > clock_timestamp() - interval '24 hours' AND NOT t.accepted
           AND t.at > coalesce((SELECT max(g.at) FROM portaal.sign_in_attempt g WHERE g.subject_hash = subject AND g.accepted), '-infinity')),
        (SELECT portaal.seconds_to_wait(count(*), max(t.at), 30) FROM portaal.sign_in_attempt t
         WHERE t.address_hash = address AND t.at > clock_timestamp() - interval '1 hour' AND NOT t.accepted))
    INTO wait_seconds;
    IF wait_seconds = 0 THEN
        INSERT INTO portaal.sign_in_attempt (face, step, subject_hash, address_hash, account_id)
        VALUES (portaal.own_face(), for_step, subject, address, of_account) RETURNING id INTO attempt_id;
    END IF;
END $$;

-- First step: always one row. account and password_hash stay NULL when nobody of this name may sign in here; the caller then does the same work
-- and gives the same answer as for a wrong password.
CREATE FUNCTION portaal.sign_in_lookup(login text, subject bytea, address bytea,
    OUT wait_seconds int, OUT attempt_id bigint, OUT account uuid, OUT password_hash text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE found_account portaal.account%ROWTYPE;
BEGIN
    SELECT * INTO found_account FROM portaal.account a
    WHERE a.face = portaal.own_face() AND (a.username = lower(login) OR a.email = lower(login))
      AND a.start_code_hash IS NULL AND a.password_hash IS NOT NULL AND a.totp_secret IS NOT NULL
      AND portaal.may_be_used(a.id);
    SELECT b.wait_seconds, b.attempt_id INTO wait_seconds, attempt_id
    FROM portaal.begin_attempt('wachtwoord', subject, address, found_account.id) b;
    IF wait_seconds = 0 THEN
        account := found_account.public_id;
        password_hash := found_account.password_hash;
    END IF;
END $$;

-- The password was right. A hash made with newer settings, when given, takes the place of the old one.
CREATE FUNCTION portaal.password_accepted(of_attempt bigint, of_account uuid, new_hash text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE portaal.sign_in_attempt t SET accepted = true FROM portaal.account a
    WHERE t.id = of_attempt AND t.step = 'wachtwoord' AND a.id = t.account_id AND a.public_id = of_account AND a.face = portaal.own_face();
    IF new_hash IS NOT NULL THEN
        UPDATE portaal.account a SET password_hash = new_hash
        WHERE a.public_id = of_account AND a.start_code_hash IS NULL AND portaal.may_be_used(a.id);
    END IF;
END $$;

-- Second step: the encrypted secret, and the last step that was used. NULL when the account may not be used (any more).
CREATE FUNCTION portaal.second_step(of_account uuid, subject bytea, address bytea,
    OUT wait_seconds int, OUT attempt_id bigint, OUT totp_secret bytea, OUT last_totp_step bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT b.wait_seconds, b.attempt_id INTO wait_seconds, attempt_id
    FROM portaal.begin_attempt('code', subject, address,
        (SELECT a.id FROM portaal.account a WHERE a.public_id = of_account AND a.face = portaal.own_face())) b;
    IF wait_seconds = 0 THEN
        SELECT p.totp_secret, p.last_totp_step INTO totp_secret, last_totp_step FROM portaal.peek_second_step(of_account) p;
    END IF;
END $$;

-- For the demo only, which shows the code: the same without counting as an attempt. The web program asks it in demo mode alone.
CREATE FUNCTION portaal.peek_second_step(of_account uuid, OUT totp_secret bytea, OUT last_totp_step bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT a.totp_secret, a.last_totp_step INTO totp_secret, last_totp_step FROM portaal.account a
    WHERE a.public_id = of_account AND a.start_code_hash IS NULL AND portaal.may_be_used(a.id);
END $$;

-- True once for each step of 30 seconds: a code that was used, or an older one, is refused.
CREATE FUNCTION portaal.use_totp_step(of_attempt bigint, of_account uuid, step bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE portaal.account a SET last_totp_step = step
    WHERE a.public_id = of_account AND a.start_code_hash IS NULL AND portaal.may_be_used(a.id)
      AND (a.last_totp_step IS NULL OR a.last_totp_step < step);
    IF NOT FOUND THEN RETURN false; END IF;
    UPDATE portaal.sign_in_attempt t SET accepted = true FROM portaal.account a
    WHERE t.id = of_attempt AND t.step = 'code' AND a.id = t.account_id AND a.public_id = of_account;
    RETURN true;
END $$;

-- How long a start code works: the one place.
CREATE FUNCTION portaal.start_code_life() RETURNS interval
LANGUAGE plpgsql IMMUTABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN RETURN interval '7 days'; END $$;

-- First time: the account whose start code this is; NULL for a wrong or old code. The code was random (80 bits), so its hash may be compared here.
CREATE FUNCTION portaal.start_code_lookup(login text, code_hash bytea, subject bytea, address bytea,
    OUT wait_seconds int, OUT attempt_id bigint, OUT account uuid, OUT username text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE found_account portaal.account%ROWTYPE;
BEGIN
    SELECT * INTO found_account FROM portaal.account a
    WHERE a.face = portaal.own_face() AND (a.username = lower(login) OR a.email = lower(login))
      AND a.start_code_hash = code_hash AND a.start_code_expires_at > now() AND portaal.may_be_used(a.id);
    SELECT b.wait_seconds, b.attempt_id INTO wait_seconds, attempt_id
    FROM portaal.begin_attempt('startcode', subject, address, found_account.id) b;
    IF wait_seconds = 0 AND found_account.id IS NOT NULL THEN
        UPDATE portaal.sign_in_attempt t SET accepted = true WHERE t.id = attempt_id;
        account := found_account.public_id;
        username := found_account.username;
    END IF;
END $$;

-- Keeps the chosen password and a fresh secret beside the start code; until the code is confirmed nobody can sign in with them.
CREATE FUNCTION portaal.first_password(of_account uuid, code_hash bytea, new_hash text, new_secret bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE portaal.account a SET password_hash = new_hash, totp_secret = new_secret, last_totp_step = NULL
    WHERE a.public_id = of_account AND a.start_code_hash = code_hash AND a.start_code_expires_at > now() AND portaal.may_be_used(a.id);
    RETURN FOUND;
END $$;

CREATE FUNCTION portaal.first_secret(of_account uuid, code_hash bytea) RETURNS bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT a.totp_secret FROM portaal.account a
            WHERE a.public_id = of_account AND a.start_code_hash = code_hash AND a.start_code_expires_at > now() AND portaal.may_be_used(a.id));
END $$;

-- The code was right: the start code is used up and the account works.
CREATE FUNCTION portaal.first_done(of_account uuid, code_hash bytea, step bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE portaal.account a SET start_code_hash = NULL, start_code_expires_at = NULL, last_totp_step = step
    WHERE a.public_id = of_account AND a.start_code_hash = code_hash AND a.start_code_expires_at > now() AND portaal.may_be_used(a.id)
      AND a.password_hash IS NOT NULL AND a.totp_secret IS NOT NULL;
    RETURN FOUND;
END $$;

GRANT USAGE ON SCHEMA portaal TO web_inwoner, web_team, web_onafhankelijk;
GRANT EXECUTE ON FUNCTION
    portaal.own_face(),
    portaal.sign_in_lookup(text, bytea, bytea),
    portaal.password_accepted(bigint, uuid, text),
    portaal.second_step(uuid, bytea, bytea),
    portaal.peek_second_step(uuid),
    portaal.use_totp_step(bigint, uuid, bigint),
    portaal.start_code_lookup(text, bytea, bytea, bytea),
    portaal.first_password(uuid, bytea, text, bytea),
    portaal.first_secret(uuid, bytea),
    portaal.first_done(uuid, bytea, bigint)
TO web_inwoner, web_team, web_onafhankelijk;

GRANT SELECT, INSERT, UPDATE ON portaal.account TO casus_acl;
GRANT SELECT, INSERT, UPDATE, DELETE ON portaal.sign_in_attempt TO casus_acl;
CREATE POLICY definer ON portaal.account TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY definer ON portaal.sign_in_attempt TO casus_acl USING (true) WITH CHECK (true);
