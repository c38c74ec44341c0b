-- Counting meldingen: when each came in, of which team, and what happened, without a name, a number or a word of anybody. For everybody who works here,
-- of every team: how long people wait is no secret. portal/norms/figures.py says what counts.

-- Those that came in since then, that were never ended, or that were opened again: the last may wait however long ago they came in.
CREATE FUNCTION casus.melding_figures(since timestamptz) RETURNS TABLE (team uuid, team_name text, received_at timestamptz, events text[], moments timestamptz[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF acl.kind() IN ('professional', 'teamleider', 'beheerder') THEN
        RETURN QUERY
        SELECT t.public_id, t.name, m.received_at, array_agg(e.event ORDER BY e.at, e.id), array_agg(e.at ORDER BY e.at, e.id)
        FROM casus.melding m JOIN casus.melding_event e ON e.melding_id = m.id LEFT JOIN casus.team t ON t.id = m.team_id
        GROUP BY m.id, t.id
        HAVING m.received_at >= since OR bool_or(e.event = 'heropend')
            OR NOT bool_or(e.event IN ('gestart', 'advies', 'doorverwezen', 'overgedragen', 'geweigerd', 'samengevoegd', 'opzij'));
    END IF;
END $$;

GRANT EXECUTE ON FUNCTION casus.melding_figures(timestamptz) TO web_team;
