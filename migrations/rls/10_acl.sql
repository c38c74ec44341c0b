-- Who is asking. The token in casus.actor is signed by the sign-in code of one face with the key of that face's database role:
--   v1.<payload>.<hmac-sha256 in hex>    payload = kind;person;on behalf of (0 = nobody);ground;database role;session;expiry (epoch seconds)
-- acl.actor() gives one row, or none when anything about the token is wrong. No row means: no rows anywhere.

CREATE FUNCTION acl.install_key(for_role text, key bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    padded bytea := key || decode(repeat('00', 64 - length(key)), 'hex');
    inside bytea := padded;
    outside bytea := padded;
BEGIN
    IF length(key) NOT BETWEEN 32 AND 64 THEN RAISE EXCEPTION 'an actor key has 32 to 64 bytes'; END IF;
    FOR i IN 0..63 LOOP
        inside := set_byte(inside, i, get_byte(padded, i) # 54);
        outside := set_byte(outside, i, get_byte(padded, i) # 92);
    END LOOP;
    INSERT INTO acl.key VALUES (for_role, inside, outside)
    ON CONFLICT (role_name) DO UPDATE SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad;
END $$;

CREATE FUNCTION acl.today() RETURNS date
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT (now() AT TIME ZONE 'Europe/Amsterdam')::date $$;

CREATE FUNCTION acl.actor(OUT person_id int, OUT kind text, OUT on_behalf_of int, OUT ground text, OUT session_id uuid) RETURNS record
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    token text[] := string_to_array(current_setting('casus.actor', true), '.');
    payload text[];
    pads acl.key%ROWTYPE;
BEGIN
    IF token[1] IS DISTINCT FROM 'v1' OR array_length(token, 1) <> 3 THEN RETURN; END IF;
    SELECT * INTO pads FROM acl.key k WHERE k.role_name = session_user;
    IF NOT FOUND THEN RETURN; END IF;
    IF encode(sha256(pads.outer_pad || sha256(pads.inner_pad || convert_to(token[2], 'UTF8'))), 'hex') <> token[3] THEN RETURN; END IF;
    payload := string_to_array(token[2], ';');
    IF array_length(payload, 1) <> 7 THEN RETURN; END IF;
    IF payload[5] <> session_user THEN RETURN; END IF;
    IF payload[7]::bigint <= extract(epoch FROM now()) THEN RETURN; END IF;
    IF session_user = 'web_team' THEN
        IF NOT EXISTS (
            SELECT FROM casus.staff s WHERE s.person_id = payload[2]::int AND s.role = payload[1]
              AND s.joined_on <= acl.today() AND (s.left_on IS NULL OR s.left_on > acl.today()))
        THEN RETURN; END IF;
    ELSIF NOT (CASE session_user
        WHEN 'web_inwoner' THEN payload[1] IN ('inwoner', 'naaste', 'vertegenwoordiger')
        WHEN 'portaal_jobs' THEN payload[1] = 'job'
        ELSE false END)
    THEN RETURN; END IF;
    kind := payload[1];
    person_id := payload[2]::int;
    on_behalf_of := nullif(payload[3]::int, 0);
    ground := payload[4];
    session_id := payload[6]::uuid;
END $$;

-- Nobody's while an inwoner looks through somebody else's eyes (acl.previewed): nothing is one's own then.
CREATE FUNCTION acl.person_id() RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF coalesce(current_setting('casus.preview', true), '') <> '' THEN RETURN NULL; END IF;
    RETURN (SELECT a.person_id FROM acl.actor() a);
END $$;

CREATE FUNCTION acl.kind() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN coalesce((SELECT a.kind FROM acl.actor() a), ''); END $$;

CREATE FUNCTION acl.team_id() RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN (SELECT s.team_id FROM acl.actor() a JOIN casus.staff s ON s.person_id = a.person_id); END $$;

GRANT USAGE ON SCHEMA acl TO web_inwoner, web_team, web_onafhankelijk, portaal_jobs;
GRANT EXECUTE ON FUNCTION acl.today() TO web_team, casus_acl;
GRANT EXECUTE ON FUNCTION acl.person_id() TO web_inwoner, web_team, web_onafhankelijk;
GRANT EXECUTE ON FUNCTION acl.kind() TO portaal_jobs;
GRANT EXECUTE ON FUNCTION acl.team_id() TO web_team;
GRANT SELECT, INSERT, UPDATE ON acl.key TO casus_acl;
CREATE POLICY definer ON acl.key TO casus_acl USING (true) WITH CHECK (true);
