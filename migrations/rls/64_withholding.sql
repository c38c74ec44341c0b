-- What the team withholds from the inwoner: one professional asks, a second one confirms. Until then nothing changes for the inwoner.

-- What a professional can withhold: what stands in a dossier one works in, that one may read, and that the inwoner did not write.
CREATE FUNCTION acl.withholdable(for_entry uuid) RETURNS SETOF casus.entry
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT e.* FROM casus.entry e JOIN casus.dossier d ON d.id = e.dossier_id
        WHERE e.public_id = for_entry
          AND e.dossier_id = ANY (acl.treated_dossiers())
          AND NOT e.id = ANY (acl.closed_entries())
          AND e.author_id IS DISTINCT FROM d.inwoner_id;
END $$;

-- What is withheld of these dossiers now.
CREATE FUNCTION acl.withheld_now(dossiers int[]) RETURNS SETOF casus.closure
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT c.* FROM casus.closure c
        WHERE c.dossier_id = ANY (dossiers) AND c.person_id IS NULL AND NOT c.except_responsible
          AND c.from_at <= now() AND (c.ended_at IS NULL OR c.ended_at > now());
END $$;

-- Asks to withhold, or to go on with it. Looked at again within 3 months: portal.deadlines.WITHHOLDING_REVIEW. Only for danger the inwoner can be told
-- later. Gives false when there is no such entry here, when it is asked already, or when what is asked isn't possible.
CREATE FUNCTION acl.ask_withholding(for_entry uuid, on_ground smallint, why text, review date, postpone boolean) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e casus.entry%ROWTYPE;
BEGIN
    SELECT * INTO e FROM acl.withholdable(for_entry);
    IF NOT FOUND OR coalesce(btrim(why), '') = '' OR review <= acl.today() OR review > (acl.today() + interval '3 months')::date
        OR (postpone AND on_ground <> 2)
    THEN RETURN false; END IF;
    INSERT INTO casus.withholding (dossier_id, entry_id, ground, reason, review_on, postponed, asked_by)
        VALUES (e.dossier_id, e.id, on_ground, btrim(why), review, postpone, acl.person_id())
        ON CONFLICT (entry_id) WHERE answered_at IS NULL DO NOTHING;
    IF NOT FOUND THEN RETURN false; END IF;
    INSERT INTO casus.change_log (dossier_id, entry_id, event) VALUES (e.dossier_id, e.id, 'withholding.asked');
    RETURN true;
END $$;

-- What waits for the actor as the second professional: in a dossier one works in, or as lead of the team of the dossier; never one's own question, and
-- nothing about an entry that is closed for the actor. A team lead who doesn't work there reads why, not the text.
CREATE FUNCTION acl.withholdings_to_confirm()
RETURNS TABLE (public_id uuid, dossier uuid, entry uuid, inwoner text, asked_by text, asked_at timestamptz, ground smallint, reason text, review_on date,
    postponed boolean, occurred_at timestamptz, readable boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    a record;
    treated int[] := acl.treated_dossiers();
BEGIN
    SELECT * INTO a FROM acl.actor();
    RETURN QUERY
    SELECT w.public_id, d.public_id, e.public_id, acl.full_name(d.inwoner_id), acl.full_name(w.asked_by), w.asked_at, w.ground, w.reason, w.review_on,
        w.postponed, e.occurred_at, d.id = ANY (treated)
    FROM casus.withholding w JOIN casus.dossier d ON d.id = w.dossier_id JOIN casus.entry e ON e.id = w.entry_id
    WHERE w.answered_at IS NULL
      AND w.asked_by <> a.person_id
      AND (d.id = ANY (treated) OR (a.kind = 'teamleider' AND d.team_id = acl.team_id()))
      AND NOT e.id = ANY (acl.closed_for(a.kind, a.person_id, ARRAY[d.id]))
    ORDER BY w.asked_at, w.id;
END $$;

-- The second professional agrees or not. From then on the text is shut for everybody outside the team; the owner is told, or, when
-- that is postponed, after so many weeks: the city says how many, 4 at most (portal.deadlines.NOTICE_POSTPONED). What was told before stays told. Gives false
-- when it didn't wait for this actor.
CREATE FUNCTION acl.answer_withholding(request uuid, agree boolean, weeks int) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    w casus.withholding%ROWTYPE;
    before timestamptz;
BEGIN
    IF (weeks BETWEEN 1 AND 4) IS NOT TRUE THEN RAISE EXCEPTION 'between 1 and 4 weeks' USING ERRCODE = '22023'; END IF;
    UPDATE casus.withholding x SET answered_at = now(), answered_by = acl.person_id(), agreed = agree
    WHERE x.public_id = request AND x.answered_at IS NULL AND x.public_id IN (SELECT o.public_id FROM acl.withholdings_to_confirm() o)
    RETURNING * INTO w;
    IF NOT FOUND THEN RETURN false; END IF;
    INSERT INTO casus.change_log (dossier_id, entry_id, event)
        VALUES (w.dossier_id, w.entry_id, CASE WHEN agree THEN 'withholding.made' ELSE 'withholding.refused' END);
    IF NOT agree THEN RETURN true; END IF;
    before := (SELECT max(c.told_from) FROM acl.withheld_now(ARRAY[w.dossier_id]) c WHERE c.entry_id = w.entry_id);
    UPDATE casus.closure c SET ended_at = now()
    WHERE c.id IN (SELECT o.id FROM acl.withheld_now(ARRAY[w.dossier_id]) o WHERE o.entry_id = w.entry_id);
    INSERT INTO casus.closure (dossier_id, entry_id, reason, ground, review_on, told_from)
        VALUES (w.dossier_id, w.entry_id, w.reason, w.ground, w.review_on,
            CASE WHEN w.postponed THEN now() + make_interval(weeks => weeks) WHEN before IS NOT NULL THEN least(before, now()) END);
    IF NOT w.postponed THEN
        UPDATE casus.withholding x SET told_at = now() WHERE x.entry_id = w.entry_id AND x.agreed AND x.postponed AND x.told_at IS NULL;
        PERFORM casus.tell_owner(w.dossier_id, NULL);
    END IF;
    RETURN true;
END $$;

-- The job: tells each inwoner once what was withheld without a word, when the time for that is over and it is still withheld. A dossier that is out of sight
-- waits until it is back.
CREATE FUNCTION acl.tell_of_withholdings() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE dossiers int[];
BEGIN
    WITH told AS (
        UPDATE casus.withholding w SET told_at = now() FROM casus.dossier d
        WHERE d.id = w.dossier_id AND w.agreed AND w.postponed AND w.told_at IS NULL AND NOT casus.is_paused(d.inwoner_id, NULL)
          AND EXISTS (SELECT FROM acl.withheld_now(ARRAY[w.dossier_id]) c WHERE c.entry_id = w.entry_id AND c.told_from <= now())
        RETURNING w.dossier_id AS id)
    SELECT array_agg(DISTINCT t.id) INTO dossiers FROM told t;
    PERFORM casus.tell_owner(x.id, NULL) FROM unnest(dossiers) AS x (id);
END $$;

-- Shows the text again. Gives false when there is nothing to end.
CREATE FUNCTION acl.end_withholding(for_entry uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e casus.entry%ROWTYPE;
BEGIN
    SELECT * INTO e FROM acl.withholdable(for_entry);
    UPDATE casus.closure c SET ended_at = now() WHERE c.id IN (SELECT o.id FROM acl.withheld_now(ARRAY[e.dossier_id]) o WHERE o.entry_id = e.id);
    IF NOT FOUND THEN RETURN false; END IF;
    INSERT INTO casus.change_log (dossier_id, entry_id, event) VALUES (e.dossier_id, e.id, 'withholding.ended');
    PERFORM casus.tell_owner(e.dossier_id, NULL);
    RETURN true;
END $$;

-- For who could withhold it: whether it is withheld, why and until when, and who asked something that waits. One row, or none.
CREATE FUNCTION acl.withholding_of(for_entry uuid)
RETURNS TABLE (since timestamptz, ground smallint, reason text, review_on date, told_from timestamptz, asked_by text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT c.from_at, c.ground, c.reason, c.review_on, c.told_from, acl.full_name(w.asked_by)
    FROM acl.withholdable(for_entry) e
        LEFT JOIN LATERAL (SELECT o.* FROM acl.withheld_now(ARRAY[e.dossier_id]) o WHERE o.entry_id = e.id ORDER BY o.id DESC LIMIT 1) c ON true
        LEFT JOIN casus.withholding w ON w.entry_id = e.id AND w.answered_at IS NULL;
END $$;

-- A professional's worklist: what is withheld, and has to be looked at within a week or should have been; also what the inwoner is told of within a week.
CREATE FUNCTION acl.withholdings_to_review() RETURNS TABLE (dossier uuid, entry uuid, inwoner text, review_on date, told_from timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT d.public_id, e.public_id, acl.full_name(d.inwoner_id), c.review_on, CASE WHEN c.told_from > now() THEN c.told_from END
    FROM acl.withheld_now(acl.treated_dossiers()) c JOIN casus.dossier d ON d.id = c.dossier_id JOIN casus.entry e ON e.id = c.entry_id
    WHERE NOT e.id = ANY (acl.closed_entries())
      AND (c.review_on IS NULL OR c.review_on <= acl.today() + 7 OR (c.told_from > now() AND c.told_from <= now() + interval '7 days'))
    ORDER BY c.review_on NULLS FIRST, c.id;
END $$;

-- Entries of the actor's dossiers that are withheld without the owner being told yet: no line of a log may say that they are there.
CREATE FUNCTION acl.untold_entries() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN coalesce((SELECT array_agg(c.entry_id) FROM acl.withheld_now(acl.owned_dossiers()) c WHERE c.told_from > now()), '{}');
END $$;

-- For the owner, of an entry that can be read again: when it was withheld, why, and since when one could know (null: at once).
CREATE FUNCTION acl.withheld_before(for_entry int) RETURNS TABLE (from_at timestamptz, ended_at timestamptz, ground smallint, reason text, told_from timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT c.from_at, c.ended_at, c.ground, c.reason, c.told_from FROM casus.closure c
    WHERE c.entry_id = for_entry
      AND c.dossier_id = ANY (acl.owned_dossiers())
      AND NOT c.entry_id = ANY (acl.closed_entries())
      AND c.person_id IS NULL AND NOT c.except_responsible
      AND c.ended_at <= now()
    ORDER BY c.from_at, c.id;
END $$;

-- For the yearly report: how often the telling was postponed, by year; null: fewer than five. For team leads and who administers.
CREATE FUNCTION acl.postponed_notices() RETURNS TABLE (year int, times bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT acl.kind() IN ('teamleider', 'beheerder') THEN RETURN; END IF;
    RETURN QUERY
    SELECT date_part('year', w.answered_at AT TIME ZONE 'Europe/Amsterdam')::int, CASE WHEN count(*) >= 5 THEN count(*) END
    FROM casus.withholding w WHERE w.agreed AND w.postponed GROUP BY 1 ORDER BY 1 DESC;
END $$;

CREATE POLICY untold ON casus.read_log AS RESTRICTIVE FOR SELECT TO web_inwoner USING (NOT shown_entries && (SELECT acl.untold_entries())::int[]);
CREATE POLICY untold ON casus.imported_read_line AS RESTRICTIVE FOR SELECT TO web_inwoner USING (
    NOT coalesce(entry_id, 0) = ANY ((SELECT acl.untold_entries())::int[]) AND NOT shown_entries && (SELECT acl.untold_entries())::int[]);
CREATE POLICY untold ON casus.imported_change_line AS RESTRICTIVE FOR SELECT TO web_inwoner USING (
    NOT coalesce(entry_id, 0) = ANY ((SELECT acl.untold_entries())::int[]));
-- That somebody asked to withhold a text, and that a colleague refused, changed nothing for the owner.
CREATE POLICY untold ON casus.change_log AS RESTRICTIVE FOR SELECT TO web_inwoner USING (
    event NOT IN ('withholding.asked', 'withholding.refused') AND NOT coalesce(entry_id, 0) = ANY ((SELECT acl.untold_entries())::int[]));

GRANT EXECUTE ON FUNCTION acl.ask_withholding(uuid, smallint, text, date, boolean), acl.withholdings_to_confirm(), acl.answer_withholding(uuid, boolean, int),
    acl.end_withholding(uuid), acl.withholding_of(uuid), acl.withholdings_to_review(), acl.postponed_notices() TO web_team;
GRANT EXECUTE ON FUNCTION acl.tell_of_withholdings() TO portaal_jobs;
GRANT EXECUTE ON FUNCTION acl.untold_entries(), acl.withheld_before(int) TO web_inwoner;
GRANT SELECT, INSERT (dossier_id, entry_id, ground, reason, review_on, postponed, asked_by), UPDATE (answered_by, answered_at, agreed, told_at)
    ON casus.withholding TO casus_acl;
GRANT INSERT (ground, review_on, told_from) ON casus.closure TO casus_acl;
CREATE POLICY definer ON casus.withholding TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY withholding_logs ON casus.change_log FOR INSERT TO casus_acl
    WITH CHECK (event IN ('withholding.asked', 'withholding.made', 'withholding.refused', 'withholding.ended'));
