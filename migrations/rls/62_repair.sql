-- An entry that stands in the wrong dossier: one takes it out at once, a second one says what becomes of it. Refusals have codes, which
-- portal/repair/commands.py puts into words: MB001 not there (or not yours), MB071 who found it can't decide about it, MB072 it was decided already,
-- MB073 the other dossier isn't one that the actor works in, nor one that who found it named, MB074 only who found it names one.

-- Entries of these dossiers that were taken out and not put back: hidden from everybody, who wrote them too. What was moved or destroyed stays hidden, and so
-- is what was destroyed because the inwoner asked (66_destruction.sql).
CREATE FUNCTION acl.taken_out(dossiers int[]) RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN coalesce((
        SELECT array_agg(b.entry_id) FROM casus.breach b
        WHERE b.dossier_id = ANY (dossiers) AND b.decision IS DISTINCT FROM 'terug'), '{}')
    || coalesce((
        SELECT array_agg(i.entry_id) FROM casus.destruction_item i WHERE i.dossier_id = ANY (dossiers) AND i.outcome = 1), '{}');
END $$;

-- The same of the dossier of which a copy is made (44_export.sql).
CREATE FUNCTION acl.export_taken_out() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN acl.taken_out(ARRAY[acl.export_dossier()]); END $$;

-- Takes an entry out that the actor can read, in a dossier in which one works. What anybody was writing about it ends. A page of a diary is the inwoner's
-- own and never stands wrong. Gives the id of the record.
CREATE FUNCTION casus.take_out(of_entry uuid, whose text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    e casus.entry%ROWTYPE;
    made uuid;
BEGIN
    SELECT * INTO e FROM casus.entry x
    WHERE x.public_id = of_entry AND x.kind <> 11 AND x.dossier_id = ANY (acl.treated_dossiers()) AND NOT x.id = ANY (acl.closed_entries());
    IF NOT FOUND THEN RAISE EXCEPTION 'no such entry' USING ERRCODE = 'MB001'; END IF;
    INSERT INTO casus.breach (dossier_id, entry_id, reason, found_by) VALUES (e.dossier_id, e.id, whose, acl.person_id()) RETURNING public_id INTO made;
    DELETE FROM casus.concept k WHERE k.entry_id = e.id;
    DELETE FROM portaal.typed_text t WHERE position(of_entry::text IN t.form_key) > 0;
    PERFORM casus.log_repair('entry.taken_out', e.dossier_id, e.id);
    RETURN made;
END $$;

CREATE FUNCTION casus.log_repair(what text, of_dossier int, of_entry int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO casus.change_log (dossier_id, entry_id, event) VALUES (of_dossier, of_entry, what);
END $$;

-- The dossiers in which something went wrong that the actor has to do with: who works in them, and the team lead of their team. Asked once per statement.
CREATE FUNCTION casus.repaired_dossiers() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    treated int[] := acl.treated_dossiers();
    led int := CASE WHEN acl.kind() = 'teamleider' THEN acl.team_id() END;
BEGIN
    RETURN ARRAY(SELECT b.dossier_id FROM casus.breach b JOIN casus.dossier d ON d.id = b.dossier_id
        WHERE b.dossier_id = ANY (treated) OR d.team_id = led);
END $$;

-- The record, for who has to do with it; held until the transaction ends.
CREATE FUNCTION casus.own_breach(of_breach uuid) RETURNS casus.breach
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE b casus.breach%ROWTYPE;
BEGIN
    SELECT * INTO b FROM casus.breach x WHERE x.public_id = of_breach AND x.dossier_id = ANY ((SELECT casus.repaired_dossiers())::int[]) FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such record' USING ERRCODE = 'MB001'; END IF;
    RETURN b;
END $$;

-- A dossier other than the wrong one in which the actor works; NULL: it isn't.
CREATE FUNCTION casus.other_treated(of_dossier uuid, wrong int) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN (SELECT d.id FROM casus.dossier d WHERE d.public_id = of_dossier AND d.id <> wrong AND d.id = ANY (acl.treated_dossiers())); END $$;

-- Who found it names the dossier in which it belongs, or takes that back (NULL). Not casus.take_out: that one is asked from a page about the wrong dossier,
-- and from there no other one is reached (acl.asked_dossier).
CREATE FUNCTION casus.propose_dossier(of_breach uuid, right_dossier uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    b casus.breach%ROWTYPE := casus.own_breach(of_breach);
    target int := casus.other_treated(right_dossier, b.dossier_id);
BEGIN
    IF b.found_by <> acl.person_id() THEN RAISE EXCEPTION 'who found it names one' USING ERRCODE = 'MB074'; END IF;
    IF b.decision IS NOT NULL THEN RAISE EXCEPTION 'decided already' USING ERRCODE = 'MB072'; END IF;
    IF right_dossier IS NOT NULL AND target IS NULL THEN RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB073'; END IF;
    UPDATE casus.breach x SET proposed_dossier = target, reason = CASE WHEN target IS NULL THEN x.reason ELSE 'andere_inwoner' END WHERE x.id = b.id;
    PERFORM casus.log_repair('breach.proposed', b.dossier_id, b.entry_id);
END $$;

-- The dossier that who found it named, as long as that one still works here and in it: asked again each time.
CREATE FUNCTION casus.proposed_target(b casus.breach) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (
        SELECT b.proposed_dossier FROM casus.staff s
        WHERE s.person_id = b.found_by AND s.joined_on <= acl.today() AND (s.left_on IS NULL OR s.left_on > acl.today())
          AND b.proposed_dossier = ANY (acl.treated_by(s.role, s.person_id)));
END $$;

-- All records of the actor's dossiers, oldest first. Of the entry its kind, day and author: nobody reads on in it. Of the dossier that was named only whose
-- it is, and only until it is decided: who decides has to know what is agreed to.
CREATE FUNCTION casus.breaches()
RETURNS TABLE (public_id uuid, dossier uuid, inwoner text, kind smallint, occurred_at timestamptz, author_name text, reason text, found_at timestamptz, found_by text,
    own boolean, decided_at timestamptz, decided_by text, decision text, moved_to text, reported boolean, report_why text, reported_at timestamptz,
    told_on date, told_how text, other_told_on date, other_told_how text, proposed uuid, proposed_name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT b.public_id, d.public_id, acl.full_name(d.inwoner_id), e.kind, e.occurred_at, e.author_name, b.reason, b.found_at, acl.full_name(b.found_by),
        b.found_by = acl.person_id(), b.decided_at, acl.full_name(b.decided_by), b.decision, acl.full_name(m.inwoner_id), b.reported, b.report_why,
        b.reported_at, b.told_on, b.told_how, b.other_told_on, b.other_told_how, p.public_id, acl.full_name(p.inwoner_id)
    FROM casus.breach b JOIN casus.dossier d ON d.id = b.dossier_id JOIN casus.entry e ON e.id = b.entry_id LEFT JOIN casus.dossier m ON m.id = b.moved_to
        LEFT JOIN casus.dossier p ON p.id = casus.proposed_target(b)
    WHERE b.dossier_id = ANY ((SELECT casus.repaired_dossiers())::int[]) ORDER BY b.found_at, b.id;
END $$;

-- Who had the entry on their page, from the log: by the line about it, or among what a line shows.
CREATE FUNCTION casus.breach_readers(of_breach uuid) RETURNS TABLE (name text, role text, times bigint, last_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT l.reader_name, l.reader_role, count(*), max(l.at)
    FROM casus.breach b JOIN casus.read_log l ON l.dossier_id = b.dossier_id AND (l.entry_id = b.entry_id OR b.entry_id = ANY (l.shown_entries))
    WHERE b.public_id = of_breach AND b.dossier_id = ANY ((SELECT casus.repaired_dossiers())::int[])
    GROUP BY l.reader_id, l.reader_name, l.reader_role ORDER BY max(l.at) DESC, 1;
END $$;

-- A second one says what becomes of it. Moved, to a dossier of one's own or the one that was named: a new entry in the right dossier with all its texts, in the names of who wrote them; what the wrong inwoner
-- wrote beside it doesn't go along. Moved or destroyed: its words go from the wrong dossier, and so do the words that a reaction quotes.
CREATE FUNCTION casus.decide_breach(of_breach uuid, what text, to_dossier uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    b casus.breach%ROWTYPE := casus.own_breach(of_breach);
    target int;
BEGIN
    IF b.found_by = acl.person_id() THEN RAISE EXCEPTION 'somebody else decides' USING ERRCODE = 'MB071'; END IF;
    IF b.decision IS NOT NULL THEN RAISE EXCEPTION 'decided already' USING ERRCODE = 'MB072'; END IF;
    IF what = 'verplaatst' THEN
        target := coalesce(
            casus.other_treated(to_dossier, b.dossier_id),
            (SELECT d.id FROM casus.dossier d WHERE d.public_id = to_dossier AND d.id = casus.proposed_target(b)));
        IF target IS NULL THEN RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB073'; END IF;
    END IF;
    UPDATE casus.breach x SET decided_at = now(), decided_by = acl.person_id(), decision = what, moved_to = target, proposed_dossier = NULL
    WHERE x.id = b.id;
    IF target IS NOT NULL THEN PERFORM casus.copy_entry(b.entry_id, target); END IF;
    IF what = 'terug' THEN
        PERFORM casus.log_repair('entry.put_back', b.dossier_id, b.entry_id);
    ELSE
        PERFORM casus.erase_entry(b.entry_id);
        IF what = 'verplaatst' THEN
            PERFORM casus.log_repair('entry.moved_away', b.dossier_id, b.entry_id);
        ELSE
            PERFORM casus.log_repair('entry.destroyed', b.dossier_id, b.entry_id);
        END IF;
    END IF;
END $$;

CREATE FUNCTION casus.copy_entry(of_entry int, to_dossier int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE made int;
BEGIN
    INSERT INTO casus.entry (dossier_id, section, leefdomein, kind, occurred_at, author_id, author_name, audience, discuss_until)
    SELECT to_dossier, e.section, e.leefdomein, e.kind, e.occurred_at, e.author_id, e.author_name, e.audience, e.discuss_until FROM casus.entry e WHERE e.id = of_entry
    RETURNING id INTO made;
    INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, reason, author_id, author_name, created_at, written_for)
    SELECT made, v.number, to_dossier, v.section, v.leefdomein, v.title, v.body, v.reason, v.author_id, v.author_name, v.created_at, v.written_for
    FROM casus.entry_version v WHERE v.entry_id = of_entry;
    INSERT INTO casus.document (entry_id, dossier_id, kind, size, sha256, sealed_as)
    SELECT made, to_dossier, d.kind, d.size, d.sha256, d.sealed_as FROM casus.document d WHERE d.entry_id = of_entry;
    INSERT INTO casus.document_part (entry_id, number, sealed) SELECT made, p.number, p.sealed FROM casus.document_part p WHERE p.entry_id = of_entry;
    PERFORM casus.log_repair('entry.moved_here', to_dossier, made);
END $$;

-- The one function that takes words away. It works as casus_vernietiger (portal/migrate.py), which may only make words empty, and only where that was
-- decided; nobody signs in to the portal as that role, and no other role has those rights.
CREATE FUNCTION casus.erase_entry(of_entry int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE casus.entry_version v SET title = '', body = '', reason = NULL WHERE v.entry_id = of_entry;
    DELETE FROM casus.document d WHERE d.entry_id = of_entry;
    IF casus.to_erase(of_entry) = 2 THEN
        UPDATE casus.annotation_version v SET body = '', quote = '' WHERE v.entry_id = of_entry;
        UPDATE casus.annotation a SET extension = '' WHERE a.entry_id = of_entry AND a.extension IS NOT NULL;
        UPDATE casus.closure c SET reason = '' WHERE c.entry_id = of_entry;
        UPDATE casus.withholding w SET reason = '-' WHERE w.entry_id = of_entry;
    ELSE
        UPDATE casus.annotation_version v SET quote = '' WHERE v.entry_id = of_entry;
    END IF;
END $$;

-- Whether it was reported to the Autoriteit Persoonsgegevens, and why (not). It can be said again: a report may follow later.
CREATE FUNCTION casus.report_breach(of_breach uuid, was_reported boolean, why text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE b casus.breach%ROWTYPE := casus.own_breach(of_breach);
BEGIN
    UPDATE casus.breach x SET reported = was_reported, report_why = why, reported_at = now(), reported_by = acl.person_id() WHERE x.id = b.id;
    PERFORM casus.log_repair('breach.reported', b.dossier_id, b.entry_id);
END $$;

-- When and how an inwoner was told by the team: the one in whose dossier it stood, or (other) the one whom it is about.
CREATE FUNCTION casus.told_of_breach(of_breach uuid, other boolean, told date, how text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE b casus.breach%ROWTYPE := casus.own_breach(of_breach);
BEGIN
    IF other THEN
        UPDATE casus.breach x SET other_told_on = told, other_told_how = how WHERE x.id = b.id;
    ELSE
        UPDATE casus.breach x SET told_on = told, told_how = how WHERE x.id = b.id;
    END IF;
    PERFORM casus.log_repair('breach.told', b.dossier_id, b.entry_id);
END $$;

-- For `portal incident`: whose dossiers were reached by a user name, in which one entry was shown, between two moments; what isn't given bounds nothing.
CREATE FUNCTION casus.incident(of_username text, of_entry uuid, since timestamptz, until timestamptz)
RETURNS TABLE (dossier uuid, inwoner text, lines bigint, readers bigint, first_at timestamptz, last_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE entry_number int := (SELECT e.id FROM casus.entry e WHERE e.public_id = of_entry);
BEGIN
    RETURN QUERY
    SELECT d.public_id, acl.full_name(d.inwoner_id), count(*), count(DISTINCT l.reader_name), min(l.at), max(l.at)
    FROM casus.read_log l JOIN casus.dossier d ON d.id = l.dossier_id
    WHERE (of_username IS NULL OR l.reader_id IN (SELECT a.person_id FROM portaal.account a WHERE a.username = of_username))
      AND (of_entry IS NULL OR l.entry_id = entry_number OR entry_number = ANY (l.shown_entries))
      AND (since IS NULL OR l.at >= since)
      AND (until IS NULL OR l.at < until)
    GROUP BY d.id ORDER BY min(l.at), d.id;
END $$;

GRANT EXECUTE ON FUNCTION acl.export_taken_out() TO casus_uitvoer;
GRANT EXECUTE ON FUNCTION casus.take_out(uuid, text), casus.propose_dossier(uuid, uuid), casus.breaches(), casus.breach_readers(uuid), casus.decide_breach(uuid, text, uuid),
    casus.report_breach(uuid, boolean, text), casus.told_of_breach(uuid, boolean, date, text) TO web_team;
GRANT EXECUTE ON FUNCTION casus.incident(text, uuid, timestamptz, timestamptz) TO casus_controle;
GRANT SELECT, INSERT (dossier_id, entry_id, reason, found_by), UPDATE (reason, decided_at, decided_by, decision, moved_to, proposed_dossier, reported,
    report_why, reported_at, reported_by, told_on, told_how, other_told_on, other_told_how) ON casus.breach TO casus_acl;
CREATE POLICY definer ON casus.breach TO casus_acl USING (true) WITH CHECK (true);
GRANT INSERT (reason, created_at) ON casus.entry_version TO casus_acl;
GRANT INSERT (discuss_until) ON casus.entry TO casus_acl;
-- Only to where something is being moved, in the transaction that moves it.
CREATE POLICY repair_moves ON casus.entry FOR INSERT TO casus_acl WITH CHECK (
    EXISTS (SELECT FROM casus.breach b WHERE b.moved_to = entry.dossier_id AND b.decided_at = now()));
CREATE POLICY repair_moves ON casus.entry_version FOR INSERT TO casus_acl WITH CHECK (
    EXISTS (SELECT FROM casus.breach b WHERE b.moved_to = entry_version.dossier_id AND b.decided_at = now()));
CREATE POLICY repair_logs ON casus.change_log FOR INSERT TO casus_acl WITH CHECK (
    event IN ('entry.taken_out', 'entry.moved_away', 'entry.moved_here', 'entry.destroyed', 'entry.put_back', 'breach.proposed', 'breach.reported',
    'breach.told'));
-- A copy of a dossier (44_export.sql) holds nothing of an entry that was taken out.
DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['entry', 'entry_version', 'entry_opening', 'closure', 'annotation', 'annotation_version', 'document']
    LOOP EXECUTE format('CREATE POLICY export ON casus.%I FOR SELECT TO casus_uitvoer USING (dossier_id = (SELECT acl.export_dossier())'
        ' AND NOT %I = ANY ((SELECT acl.export_taken_out())::int[]))', t, CASE t WHEN 'entry' THEN 'id' ELSE 'entry_id' END); END LOOP;
END $$;
