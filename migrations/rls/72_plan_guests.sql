-- Inviting somebody into the plan (scope 5 of casus.access_grant), and leaving. What an invitation opens stands in 70_plan.sql; everything else about it (who
-- gives, the start code, the last day, withdrawing) is as of all access: 56_sharing.sql. Refusals, in the words of portal/sharing/commands.py:
-- MB001 not there (or not yours), MB002 user name taken, MB051 no such last day.

-- From now on somebody is in the plan as this, with these parts, until that day. Gives whether they were already.
CREATE FUNCTION acl.put_plan_access(in_dossier int, for_person int, as_role int, whole boolean, of_parts uuid[], until_day date, said text)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE named int[];
BEGIN
    PERFORM acl.require_last_day(until_day);
    IF NOT whole THEN
        named := ARRAY(SELECT p.id FROM casus.plan_part p
            WHERE p.public_id = ANY (of_parts) AND p.dossier_id = in_dossier AND p.kind <> 21 AND p.audience >= 2);
    END IF;
    UPDATE casus.access_grant g SET plan_role = as_role, plan_parts = named, valid_until = until_day, confirmed_at = now()
    FROM acl.open_grants(in_dossier, for_person) o WHERE g.id = o.id AND o.scope = 5;
    IF FOUND THEN RETURN true; END IF;
    -- What ended by its day makes room: there is one invitation at a time.
    UPDATE casus.access_grant g SET withdrawn_at = now()
    WHERE g.dossier_id = in_dossier AND g.grantee_id = for_person AND g.scope = 5 AND g.withdrawn_at IS NULL;
    INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, plan_role, plan_parts, valid_from, valid_until, ground, relation, confirmed_at)
    VALUES (in_dossier, for_person, 5, as_role, named, acl.today(), until_day, 'toestemming', coalesce(said, acl.said_of(in_dossier, for_person)), now());
    RETURN false;
END $$;

-- Somebody who was let in before is invited into the plan, or gets another role, other parts or another last day.
CREATE FUNCTION acl.give_plan_access(of_dossier uuid, of_person uuid, as_role int, whole boolean, of_parts uuid[], until_day date) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_id int := acl.shared_dossier(of_dossier);
    to_id int := acl.naaste_of(of_id, of_person);
BEGIN
    IF acl.put_plan_access(of_id, to_id, as_role, whole, of_parts, until_day, NULL) THEN
        PERFORM portaal.access_taken(of_id, to_id, false);
        PERFORM casus.log_dossier('access.changed', of_id, to_id);
    ELSE
        PERFORM casus.log_dossier('access.given', of_id, to_id);
    END IF;
END $$;

-- Somebody new is invited into the plan: as portaal.invite_naaste.
CREATE FUNCTION portaal.invite_to_plan(of_dossier uuid, new_person uuid, new_first_name text, new_last_name text, said text, new_username text,
    code_hash bytea, in_language text, as_role int, whole boolean, of_parts uuid[], until_day date) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_id int := acl.shared_dossier(of_dossier);
    to_id int;
    username text;
BEGIN
    INSERT INTO casus.person (public_id, first_name, last_name) VALUES (new_person, new_first_name, new_last_name) RETURNING id INTO to_id;
    PERFORM acl.put_plan_access(of_id, to_id, as_role, whole, of_parts, until_day, said);
    username := portaal.naaste_start_code(of_id, to_id, new_username, code_hash, in_language);
    PERFORM casus.log_dossier('access.given', of_id, to_id);
    RETURN username;
END $$;

-- Who is invited into the plan of the own dossier, today or from a later day on. came_in: false as long as the code wasn't used.
CREATE FUNCTION acl.plan_guests(of_dossier uuid)
RETURNS TABLE (person uuid, name text, said text, role smallint, whole boolean, parts uuid[], until_day date, came_in boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE of_id int := acl.shared_dossier(of_dossier);
BEGIN
    RETURN QUERY
    SELECT p.public_id, acl.full_name(p.id), g.relation, g.plan_role, g.plan_parts IS NULL,
        ARRAY(SELECT x.public_id FROM casus.plan_part x WHERE x.id = ANY (g.plan_parts) ORDER BY x.id), g.valid_until, acl.came_in(p.id)
    FROM casus.access_grant g JOIN casus.person p ON p.id = g.grantee_id JOIN acl.open_grants(of_id, p.id) o ON o.id = g.id
    WHERE g.dossier_id = of_id AND g.scope = 5 ORDER BY 2, 1;
END $$;

-- Who reads along stops by themselves: all that was open to them in this dossier. The inwoner is told that something is new, and not what. Gives false when
-- there was nothing.
CREATE FUNCTION acl.leave(of_dossier uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me int := acl.person_id();
    of_id int;
BEGIN
    SELECT d.id INTO of_id FROM casus.dossier d WHERE d.public_id = of_dossier AND d.id = ANY (acl.any_dossiers()) AND acl.kind() = 'naaste';
    UPDATE casus.access_grant g SET withdrawn_at = now() FROM acl.open_grants(of_id, me) o WHERE g.id = o.id;
    IF NOT FOUND THEN RETURN false; END IF;
    PERFORM portaal.access_taken(of_id, me, false);
    PERFORM casus.log_dossier('access.left', of_id, me);
    PERFORM casus.tell_owner(of_id, 'nieuw');
    RETURN true;
END $$;

GRANT EXECUTE ON FUNCTION acl.give_plan_access(uuid, uuid, int, boolean, uuid[], date),
    portaal.invite_to_plan(uuid, uuid, text, text, text, text, bytea, text, int, boolean, uuid[], date), acl.plan_guests(uuid), acl.leave(uuid)
TO web_inwoner;
GRANT INSERT (plan_role, plan_parts), UPDATE (plan_role, plan_parts) ON casus.access_grant TO casus_acl;
