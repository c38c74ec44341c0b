-- How often people get somebody else, and how soon a wish is answered (eis 59; R083): counted here, so that no row about anybody leaves. For who leads a team of
-- that team, for who administers of all.

-- The teams of which the actor sees this.
CREATE FUNCTION acl.teams_led() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF acl.kind() = 'teamleider' THEN RETURN ARRAY[acl.team_id()]; END IF;
    IF acl.kind() = 'beheerder' THEN RETURN (SELECT array_agg(t.id) FROM casus.team t); END IF;
    RETURN '{}';
END $$;

-- Dossiers that were open since that day, by how many times somebody else became responsible since then (3: three times or more), and how many of those times
-- were the inwoner's own wish. Below five changes in a team together own is NULL: it would tell who chose quietly (docs/decisions/0051).
CREATE FUNCTION casus.helper_changes(since date) RETURNS TABLE (team uuid, team_name text, changes int, dossiers bigint, own bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    WITH counted AS (
        SELECT d.id, d.team_id,
            count(*) FILTER (WHERE c.staff_id IS NOT NULL) AS times,
            count(*) FILTER (WHERE EXISTS (SELECT FROM casus.wish w
                WHERE w.dossier_id = d.id AND w.helper_id = c.staff_id AND w.from_day = c.valid_from)) AS chosen
        FROM casus.dossier d LEFT JOIN LATERAL (
            SELECT t.staff_id, t.valid_from FROM casus.assignment t
            WHERE t.dossier_id = d.id AND t.responsible AND t.valid_from >= since AND t.valid_from <= acl.today()
              AND t.staff_id <> (SELECT b.staff_id FROM casus.assignment b
                WHERE b.dossier_id = d.id AND b.responsible AND b.valid_from < t.valid_from ORDER BY b.valid_from DESC LIMIT 1)
            ) c ON true
        WHERE d.team_id = ANY (acl.teams_led()) AND (d.closed_on IS NULL OR d.closed_on >= since)
        GROUP BY d.id)
    SELECT t.public_id, t.name, least(x.times, 3)::int, count(*),
        CASE WHEN (SELECT sum(y.times) FROM counted y WHERE y.team_id = t.id) >= 5 THEN sum(x.chosen)::bigint END
    FROM counted x JOIN casus.team t ON t.id = x.team_id GROUP BY t.id, least(x.times, 3) ORDER BY t.name, 3;
END $$;

-- When the wishes of a team were sent since that moment, and when they were answered (NULL: not yet). What was taken back doesn't count.
CREATE FUNCTION casus.wish_moments(since timestamptz) RETURNS TABLE (team uuid, sent_at timestamptz, answered_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT t.public_id, w.sent_at, w.answered_at FROM casus.wish w JOIN casus.team t ON t.id = w.team_id
        WHERE w.team_id = ANY (acl.teams_led()) AND w.sent_at >= since AND w.withdrawn_at IS NULL ORDER BY w.sent_at, w.id;
END $$;

GRANT EXECUTE ON FUNCTION casus.helper_changes(date), casus.wish_moments(timestamptz) TO web_team;
