-- When the actor last read in this dossier, before this session; NULL: never, or the actor may not open it. One's own visits only, so that a page
-- can say what is new since then. What is new comes through row level security; this gives a moment and nothing else.
CREATE FUNCTION acl.previous_visit(for_dossier int) RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record;
BEGIN
    IF NOT for_dossier = ANY (acl.any_dossiers()) THEN RETURN NULL; END IF;
    SELECT * INTO a FROM acl.actor();
    RETURN (SELECT max(l.at) FROM casus.read_log l
            WHERE l.dossier_id = for_dossier AND l.reader_id = a.person_id AND l.session_id <> a.session_id);
END $$;

GRANT EXECUTE ON FUNCTION acl.previous_visit(int) TO web_inwoner, web_team;
