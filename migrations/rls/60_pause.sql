-- "Zet mijn dossier tijdelijk uit": for the inwoner, who represents them and who reads along it is as if there were no dossier (acl.owned_by, acl.grants_to).
-- The team goes on. The inwoner does it, or a professional whom the inwoner or the independent client support called; back on is done by a professional
-- who met the inwoner, and by nobody else.

-- Whether the dossier of this person, or of this melding, is out of sight: no word about it is sent then. Run by no login role.
CREATE FUNCTION casus.is_paused(of_person int, of_melding int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM casus.pause q JOIN casus.dossier d ON d.id = q.dossier_id
        WHERE q.ended_at IS NULL
          AND (d.inwoner_id = of_person OR d.id = (SELECT m.dossier_id FROM casus.melding m WHERE m.id = of_melding)));
END $$;

-- Gives false when this dossier isn't the actor's to put out of sight.
CREATE FUNCTION casus.pause_dossier(of_dossier uuid, by_way text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE d casus.dossier%ROWTYPE;
BEGIN
    SELECT * INTO d FROM casus.dossier x
    WHERE x.public_id = of_dossier
      AND x.id = ANY (CASE WHEN by_way = 'portaal' THEN acl.own_dossiers() ELSE acl.treated_dossiers() END);
    IF NOT FOUND OR by_way = 'overleden' THEN RETURN false; END IF;
    INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (d.id, by_way, acl.person_id()) ON CONFLICT DO NOTHING;
    IF FOUND THEN
        -- What waits to be sent would tell that there is a dossier.
        PERFORM casus.unsend(d.id, d.inwoner_id);
        PERFORM casus.log_dossier('dossier.paused', d.id, d.inwoner_id);
    END IF;
    RETURN true;
END $$;

-- Gives false when the actor doesn't work in this dossier, it is in sight, or the inwoner died (85_particulars.sql).
CREATE FUNCTION casus.resume_dossier(of_dossier uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE d casus.dossier%ROWTYPE;
BEGIN
    SELECT * INTO d FROM casus.dossier x WHERE x.public_id = of_dossier AND x.id = ANY (acl.treated_dossiers());
    UPDATE casus.pause q SET ended_at = now(), ended_by = acl.person_id() WHERE q.dossier_id = d.id AND q.ended_at IS NULL AND q.way <> 'overleden';
    IF NOT FOUND THEN RETURN false; END IF;
    PERFORM casus.log_dossier('dossier.resumed', d.id, d.inwoner_id);
    RETURN true;
END $$;

-- Since when a dossier in which the actor works is out of sight, and how that was asked; no row: it isn't.
CREATE FUNCTION casus.pause_of(of_dossier uuid) RETURNS TABLE (since timestamptz, by_way text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT q.began_at, q.way FROM casus.pause q JOIN casus.dossier d ON d.id = q.dossier_id
        WHERE d.public_id = of_dossier AND d.id = ANY (acl.treated_dossiers()) AND q.ended_at IS NULL;
END $$;

GRANT EXECUTE ON FUNCTION casus.pause_dossier(uuid, text) TO web_inwoner, web_team;
GRANT EXECUTE ON FUNCTION casus.resume_dossier(uuid), casus.pause_of(uuid) TO web_team;
GRANT INSERT (dossier_id, way, began_by), UPDATE (ended_at, ended_by) ON casus.pause TO casus_acl;
CREATE POLICY definer ON casus.pause TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY pause_logs ON casus.change_log FOR INSERT TO casus_acl WITH CHECK (event IN ('dossier.paused', 'dossier.resumed'));
