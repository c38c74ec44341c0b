-- Messages: between the inwoner and the professionals who work in the dossier, and nobody else. Not who represents the inwoner, who reads along, or
-- another program. Refusals: MB001 no such dossier (or not yours), MB071 nobody works in the dossier, so nobody would read it.
GRANT SELECT ON casus.message TO web_inwoner, web_team;
CREATE POLICY read_own ON casus.message FOR SELECT TO web_inwoner USING (dossier_id = ANY ((SELECT acl.own_dossiers())::int[]));
CREATE POLICY read_treated ON casus.message FOR SELECT TO web_team USING (dossier_id = ANY ((SELECT acl.treated_dossiers())::int[]));

-- Who of the team reads what the inwoner of this dossier writes today, and until when somebody is away; null: is there.
CREATE FUNCTION acl.message_readers(of_dossier int) RETURNS TABLE (name text, relation text, detail text, away_until date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
-- An entry that is closed for nobody: whoever of the team reads that, reads the messages.
DECLARE e casus.entry%ROWTYPE;
BEGIN
    IF NOT of_dossier = ANY (acl.own_dossiers()) THEN RETURN; END IF;
    e.dossier_id := of_dossier;
    e.audience := 3;
    RETURN QUERY
        SELECT acl.full_name(r.person_id), r.relation, r.detail, (
            SELECT max(b.until_date) FROM casus.absence b
            WHERE b.staff_id = r.person_id AND b.from_date <= acl.today() AND b.until_date >= acl.today())
        FROM acl.readers_of(e, true) r WHERE r.relation IN ('professional', 'waarnemer') ORDER BY r.place, r.person_id;
END $$;

-- What an inwoner wrote waits no more, up to the message that was the last one on the page: what came in later was not read.
CREATE FUNCTION casus.settle_messages(in_dossier int, last_shown uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE casus.message m SET settled_at = clock_timestamp(), settled_name = acl.full_name(acl.person_id())
    WHERE m.dossier_id = in_dossier
      AND m.dossier_id = ANY (acl.treated_dossiers())
      AND NOT m.from_team
      AND m.settled_at IS NULL
      AND m.id <= (SELECT x.id FROM casus.message x WHERE x.public_id = last_shown AND x.dossier_id = in_dossier);
    RETURN FOUND;
END $$;

-- Writes as who asks. Gives false when this message was sent before. An answer of the team is told to the inwoner in a mail that doesn't say so.
CREATE FUNCTION casus.write_message(in_dossier int, number uuid, words text, last_shown uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE by_team boolean := in_dossier = ANY (acl.treated_dossiers());
BEGIN
    IF NOT by_team AND NOT in_dossier = ANY (acl.own_dossiers()) THEN RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001'; END IF;
    IF NOT by_team AND NOT EXISTS (SELECT FROM acl.message_readers(in_dossier)) THEN
        RAISE EXCEPTION 'nobody to read it' USING ERRCODE = 'MB071';
    END IF;
    INSERT INTO casus.message (public_id, dossier_id, author_id, author_name, from_team, body)
    VALUES (number, in_dossier, acl.person_id(), acl.full_name(acl.person_id()), by_team, words) ON CONFLICT (public_id) DO NOTHING;
    IF NOT FOUND THEN RETURN false; END IF;
    IF by_team THEN
        PERFORM casus.settle_messages(in_dossier, last_shown);
        PERFORM casus.tell_owner(in_dossier, 'bericht');
    END IF;
    RETURN true;
END $$;

GRANT EXECUTE ON FUNCTION acl.message_readers(int) TO web_inwoner;
GRANT EXECUTE ON FUNCTION casus.write_message(int, uuid, text, uuid) TO web_inwoner, web_team;
GRANT EXECUTE ON FUNCTION casus.settle_messages(int, uuid) TO web_team;
GRANT SELECT, INSERT (public_id, dossier_id, author_id, author_name, from_team, body), UPDATE (settled_at, settled_name) ON casus.message TO casus_acl;
CREATE POLICY definer ON casus.message TO casus_acl USING (true) WITH CHECK (true);
