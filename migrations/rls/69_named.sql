-- What a mandate can name besides the dossier itself: who looked ("log"), and who may see what ("sharing"). Who represents the inwoner is given it by these
-- functions, and never what tells of the diary, of what the inwoner closed for this person, of messages, copies, signing in or putting out of sight.
-- Refusal, in the words of portal/mandate/commands.py: MB001 not there (or not named).

-- What the actor's mandates that hold today name for a dossier; empty for whoever represents nobody.
CREATE FUNCTION acl.mandate_names(for_dossier int) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record;
BEGIN
    SELECT * INTO a FROM acl.actor();
    IF a.kind IS DISTINCT FROM 'vertegenwoordiger' THEN RETURN '{}'; END IF;
    RETURN (
        SELECT array_remove(ARRAY[CASE WHEN bool_or(m.opens_log) THEN 'log' END, CASE WHEN bool_or(m.opens_sharing) THEN 'sharing' END], NULL)
        FROM acl.mandates_held(a.person_id, a.on_behalf_of) m WHERE m.dossier_id = for_dossier);
END $$;

-- The dossier for which the actor's mandate names this.
CREATE FUNCTION acl.named_dossier(of_dossier uuid, what text) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE found_id int;
BEGIN
    SELECT d.id INTO found_id FROM casus.dossier d WHERE d.public_id = of_dossier AND what = ANY (acl.mandate_names(d.id));
    IF NOT FOUND THEN RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001'; END IF;
    RETURN found_id;
END $$;

-- The entries that who represents the inwoner isn't told of.
CREATE FUNCTION acl.unknown_to_mandate() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN acl.closed_entries() || acl.others_diaries(); END $$;

-- Who of the team, and which program, looked; the newest lines before a moment (NULL: of all). Without counts, which would tell of what is closed, and
-- without why somebody read in an emergency, which may tell of the very person who asks.
CREATE FUNCTION acl.mandate_log(of_dossier uuid, before timestamptz, at_most int)
RETURNS TABLE (at timestamptz, name text, role text, what text, entry_id int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_id int := acl.named_dossier(of_dossier, 'log');
    unknown int[] := acl.unknown_to_mandate();
BEGIN
    RETURN QUERY
    SELECT l.at, l.reader_name, l.reader_role, l.what, l.entry_id FROM casus.read_log l
    WHERE l.dossier_id = of_id
      AND l.program <> 'web_inwoner'
      AND l.what IN ('overzicht', 'notitie', 'versies', 'afdruk', 'zoeken', 'document', 'plan', 'programma')
      AND (l.entry_id IS NULL OR NOT l.entry_id = ANY (unknown))
      AND (before IS NULL OR l.at < before)
    ORDER BY l.at DESC, l.id DESC LIMIT at_most;
END $$;

-- Who may see what, as acl.who_may_see.
CREATE FUNCTION acl.mandate_sharing(of_dossier uuid)
RETURNS TABLE (relation text, person uuid, name text, detail text, from_day date, until_day date, withdrawn_at timestamptz, ground text, scope smallint,
    sections smallint[], leefdomein smallint, entry_id int, said text, confirmed_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_id int := acl.named_dossier(of_dossier, 'sharing');
    unknown int[] := acl.unknown_to_mandate();
BEGIN
    RETURN QUERY SELECT s.* FROM acl.seers(of_id) s WHERE (s.entry_id = ANY (unknown)) IS NOT TRUE;
END $$;

-- Somebody who reads along stops doing so, in the name of the inwoner, who is told. What who represents isn't told of stays. Gives false when there is
-- nothing to stop.
CREATE FUNCTION acl.mandate_stops(of_dossier uuid, of_person uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_id int := acl.named_dossier(of_dossier, 'sharing');
    unknown int[] := acl.unknown_to_mandate();
    from_id int;
BEGIN
    SELECT p.id INTO from_id FROM casus.person p WHERE p.public_id = of_person;
    UPDATE casus.access_grant g SET withdrawn_at = now()
    FROM acl.open_grants(of_id, from_id) o WHERE g.id = o.id AND (o.entry_id = ANY (unknown)) IS NOT TRUE;
    IF NOT FOUND THEN RETURN false; END IF;
    PERFORM portaal.access_taken(of_id, from_id, false);
    PERFORM casus.log_dossier('access.withdrawn', of_id, from_id);
    PERFORM casus.tell_owner(of_id, NULL);
    RETURN true;
END $$;

GRANT EXECUTE ON FUNCTION acl.mandate_names(int), acl.mandate_log(uuid, timestamptz, int), acl.mandate_sharing(uuid), acl.mandate_stops(uuid, uuid)
TO web_inwoner;
