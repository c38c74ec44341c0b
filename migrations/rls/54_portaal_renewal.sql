-- A new start code for an inwoner who signs in already, or did before. With it one could become that person, so nobody of the team gives it alone: who asks
-- says how it is sure who this is, and a colleague who made sure too confirms. Refusal, in the words of portal/door/commands.py: MB044 no colleague
-- confirmed this yet.

-- How long a request waits, and may be used once it was confirmed: portal.deadlines.RENEWAL.
CREATE FUNCTION portaal.renewal_life() RETURNS interval
LANGUAGE plpgsql IMMUTABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN RETURN interval '3 days'; END $$;

-- Whether somebody can sign in with it now, or could before a new code was given.
CREATE FUNCTION portaal.was_in_use(of_account int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM portaal.account a WHERE a.id = of_account AND a.password_hash IS NOT NULL AND a.start_code_hash IS NULL)
        OR EXISTS (SELECT FROM portaal.sign_in_renewal r WHERE r.account_id = of_account AND r.given_at IS NOT NULL);
END $$;

-- Tells the inwoner by mail that the way in changed, at the address that was confirmed, if there is one. Whether mailing is safe is asked when it is sent.
CREATE FUNCTION portaal.tell_sign_in_changed(of_account int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM portaal.queue_mail('inloggen', a.language, 'inwoner', a.email, NULL, a.person_id,
        (SELECT d.team_id FROM casus.dossier d WHERE d.inwoner_id = a.person_id ORDER BY d.opened_on DESC, d.id DESC LIMIT 1))
    FROM portaal.account a WHERE a.id = of_account AND a.email IS NOT NULL;
END $$;

-- What the actor asked for this account and can still use or has to wait for, or was refused.
CREATE FUNCTION portaal.renewal_of_actor(of_account int) RETURNS SETOF portaal.sign_in_renewal
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT r.* FROM portaal.sign_in_renewal r
        WHERE r.account_id = of_account AND r.asked_by = acl.person_id() AND r.given_at IS NULL AND r.asked_at > now() - portaal.renewal_life()
        ORDER BY r.id DESC LIMIT 1;
END $$;

-- Asks a colleague to make sure as well. Who asked already and was not refused asks nothing new.
CREATE FUNCTION portaal.ask_renewal(of_dossier uuid, sure_how text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_person int := portaal.treated_inwoner(of_dossier);
    of_account int := (SELECT a.id FROM portaal.account a WHERE a.person_id = of_person AND a.face = 'inwoner');
BEGIN
    IF of_account IS NULL THEN RAISE EXCEPTION 'no account' USING ERRCODE = 'MB001'; END IF;
    IF EXISTS (SELECT FROM portaal.renewal_of_actor(of_account) r WHERE r.decision IS DISTINCT FROM 'nee') THEN RETURN; END IF;
    INSERT INTO portaal.sign_in_renewal (account_id, asked_by, how) VALUES (of_account, acl.person_id(), sure_how);
    PERFORM portaal.log_account('account.renewal_asked', of_person);
END $$;

-- What the actor asked for the inwoner of this dossier, newest only: since when it waits, what the colleague said, and who that was.
CREATE FUNCTION portaal.asked_renewal(of_dossier uuid) RETURNS TABLE (asked_at timestamptz, decision text, decided_by text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE of_person int := portaal.treated_inwoner(of_dossier);
BEGIN
    RETURN QUERY SELECT r.asked_at, r.decision, acl.full_name(r.decided_by)
        FROM portaal.account a, portaal.renewal_of_actor(a.id) r WHERE a.person_id = of_person AND a.face = 'inwoner';
END $$;

-- What the actor may confirm: asked by a colleague, of an inwoner whose dossier the own team keeps, or with whom the actor works.
CREATE FUNCTION portaal.renewals_to_confirm() RETURNS TABLE (public_id uuid, asked_at timestamptz, asked_by text, how text, name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine int[] := acl.treated_dossiers();
    teams int[] := acl.melding_teams();
BEGIN
    RETURN QUERY
    SELECT r.public_id, r.asked_at, acl.full_name(r.asked_by), r.how, acl.full_name(a.person_id)
    FROM portaal.sign_in_renewal r JOIN portaal.account a ON a.id = r.account_id
    WHERE r.decided_at IS NULL AND r.asked_at > now() - portaal.renewal_life() AND r.asked_by <> acl.person_id()
      AND EXISTS (
        SELECT FROM casus.dossier d WHERE d.inwoner_id = a.person_id AND (d.id = ANY (mine) OR coalesce(d.team_id, 0) = ANY (teams)))
    ORDER BY r.asked_at, r.id;
END $$;

-- A colleague made sure too, or says no. One that is not there (any more) changes nothing.
CREATE FUNCTION portaal.decide_renewal(of_renewal uuid, sure_how text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE of_person int;
BEGIN
    UPDATE portaal.sign_in_renewal r SET decided_at = now(), decided_by = acl.person_id(), decision = sure_how
    FROM portaal.account a
    WHERE a.id = r.account_id AND r.public_id = of_renewal AND r.decided_at IS NULL
      AND r.public_id IN (SELECT q.public_id FROM portaal.renewals_to_confirm() q)
    RETURNING a.person_id INTO of_person;
    IF sure_how = 'nee' THEN
        PERFORM portaal.log_account('account.renewal_refused', of_person);
    ELSE
        PERFORM portaal.log_account('account.renewal_confirmed', of_person);
    END IF;
END $$;

-- Uses a confirmed request of the actor up; raises MB044 when there is none.
CREATE FUNCTION portaal.use_renewal(of_account int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE portaal.sign_in_renewal r SET given_at = now()
    WHERE r.id IN (SELECT q.id FROM portaal.renewal_of_actor(of_account) q WHERE q.decision <> 'nee');
    IF NOT FOUND THEN RAISE EXCEPTION 'no colleague confirmed this' USING ERRCODE = 'MB044'; END IF;
    PERFORM portaal.tell_sign_in_changed(of_account);
END $$;

-- For the inwoner: the new codes of the last year, newest first, with who asked and who confirmed. asked_by is NULL for the operator.
CREATE FUNCTION portaal.own_renewals() RETURNS TABLE (at timestamptz, asked_by text, confirmed_by text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT r.given_at, acl.full_name(r.asked_by), acl.full_name(r.decided_by)
        FROM portaal.sign_in_renewal r
        WHERE r.account_id = portaal.own_account() AND r.given_at > now() - interval '1 year' ORDER BY r.given_at DESC, r.id DESC;
END $$;

GRANT EXECUTE ON FUNCTION portaal.ask_renewal(uuid, text), portaal.asked_renewal(uuid), portaal.renewals_to_confirm(),
    portaal.decide_renewal(uuid, text) TO web_team;
GRANT EXECUTE ON FUNCTION portaal.own_renewals() TO web_inwoner;
GRANT SELECT, INSERT, UPDATE ON portaal.sign_in_renewal TO casus_acl;
CREATE POLICY definer ON portaal.sign_in_renewal TO casus_acl USING (true) WITH CHECK (true);
