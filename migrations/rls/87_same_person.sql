-- Two dossiers of one person (docs/decisions/0054). Refusals, in the words of portal/particulars/commands.py: MB001 not there (or not yours),
-- MB072 can't be now, MB116 these may be two people.

-- Whether these two may be made one: neither is out of sight, or belongs with another already.
CREATE FUNCTION casus.can_be_one(main int, other int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN NOT casus.is_paused(main, NULL) AND NOT casus.is_paused(other, NULL)
        AND NOT EXISTS (SELECT FROM casus.same_person s WHERE s.person_id IN (main, other) OR s.main_id = other);
END $$;

-- Refuses when they can't be one person: two dossiers that are one by mistake show somebody everything of somebody else.
CREATE FUNCTION casus.judge_same_person(of_dossier int, other_dossier int) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    here record;
    there record;
BEGIN
    SELECT i.person_id, i.birth_date, i.bsn INTO here FROM casus.dossier d JOIN casus.inwoner i ON i.person_id = d.inwoner_id WHERE d.id = of_dossier;
    SELECT i.person_id, i.birth_date, i.bsn INTO there FROM casus.dossier d JOIN casus.inwoner i ON i.person_id = d.inwoner_id
    WHERE d.id = other_dossier AND d.id = ANY (acl.treated_dossiers());
    IF NOT FOUND THEN RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001'; END IF;
    IF here.person_id = there.person_id OR NOT casus.can_be_one(here.person_id, there.person_id) THEN
        RAISE EXCEPTION 'not now' USING ERRCODE = 'MB072';
    END IF;
    IF here.birth_date <> there.birth_date OR here.bsn <> there.bsn THEN
        RAISE EXCEPTION 'two people' USING ERRCODE = 'MB116';
    END IF;
END $$;

-- In the log of every dossier of this person.
CREATE FUNCTION casus.log_person(what text, of_person int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM casus.log_dossier(what, d.id, of_person) FROM casus.dossier d WHERE d.inwoner_id = of_person;
END $$;

-- The second one agreed. It is judged again: something may have changed since it was written down.
CREATE FUNCTION casus.make_one(main int, other_dossier int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE other int := (SELECT d.inwoner_id FROM casus.dossier d WHERE d.id = other_dossier);
BEGIN
    IF NOT casus.can_be_one(main, other) THEN RAISE EXCEPTION 'not now' USING ERRCODE = 'MB072'; END IF;
    INSERT INTO casus.same_person (person_id, main_id) VALUES (other, main);
    PERFORM casus.log_person('inwoner.joined', main);
    PERFORM casus.log_person('inwoner.joined', other);
END $$;

-- What belongs with this dossier. main: who signs in for this one opens the other one.
CREATE FUNCTION casus.same_person_of(of_dossier int) RETURNS TABLE (inwoner text, main boolean, since timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT acl.full_name(CASE WHEN s.main_id = d.inwoner_id THEN s.person_id ELSE s.main_id END), s.main_id = d.inwoner_id, s.since
    FROM casus.dossier d JOIN casus.same_person s ON d.inwoner_id IN (s.person_id, s.main_id)
    WHERE d.id = of_dossier AND d.id = ANY (acl.treated_dossiers()) ORDER BY s.since, s.person_id;
END $$;

-- They are two people, or that isn't sure: one alone ends it, at once.
CREATE FUNCTION casus.part_persons(of_dossier int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    whose int := (SELECT d.inwoner_id FROM casus.dossier d WHERE d.id = of_dossier AND d.id = ANY (acl.treated_dossiers()));
    gone casus.same_person%ROWTYPE;
BEGIN
    FOR gone IN DELETE FROM casus.same_person s WHERE whose IN (s.person_id, s.main_id) RETURNING * LOOP
        PERFORM casus.log_person('inwoner.parted', gone.main_id);
        PERFORM casus.log_person('inwoner.parted', gone.person_id);
    END LOOP;
    IF NOT FOUND THEN RAISE EXCEPTION 'nothing to part' USING ERRCODE = 'MB001'; END IF;
END $$;

-- The other dossiers of who signed in, while somebody is the person of several. What is out of sight isn't told, and hides the others with it.
CREATE FUNCTION portaal.other_own_dossiers() RETURNS TABLE (public_id uuid, opened_on date, team text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE own int := portaal.signed_in();
BEGIN
    RETURN QUERY
    SELECT d.public_id, d.opened_on, t.name FROM casus.dossier d LEFT JOIN casus.team t ON t.id = d.team_id
    WHERE d.inwoner_id <> acl.person_id()
      AND NOT casus.is_paused(own, NULL) AND NOT casus.is_paused(d.inwoner_id, NULL)
      AND EXISTS (SELECT FROM casus.same_person s WHERE s.main_id = own AND d.inwoner_id IN (s.person_id, own))
    ORDER BY d.opened_on DESC, d.id;
END $$;

-- Goes on in that one of the own dossiers.
CREATE FUNCTION portaal.open_own_dossier(of_dossier uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE portaal.session s SET as_person = (SELECT d.inwoner_id FROM casus.dossier d WHERE d.public_id = of_dossier)
    WHERE s.id = (SELECT a.session_id FROM acl.actor() a)
      AND EXISTS (SELECT FROM portaal.other_own_dossiers() o WHERE o.public_id = of_dossier);
    IF NOT FOUND THEN RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001'; END IF;
END $$;

GRANT EXECUTE ON FUNCTION portaal.other_own_dossiers(), portaal.open_own_dossier(uuid) TO web_inwoner;
GRANT EXECUTE ON FUNCTION casus.same_person_of(int), casus.part_persons(int) TO web_team;
GRANT SELECT (bsn) ON casus.inwoner TO casus_acl;
GRANT SELECT, INSERT (person_id, main_id), DELETE ON casus.same_person TO casus_acl;
CREATE POLICY definer ON casus.same_person TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY same_person_logs ON casus.change_log FOR INSERT TO casus_acl WITH CHECK (event IN ('inwoner.joined', 'inwoner.parted'));
