-- Destruction by law (Wmo 2015, article 5.3.5): the inwoner asks, a professional answers entry by entry, and what goes, goes in that transaction.
-- Refusals have codes, which portal/destruction/commands.py puts into words: MB001 not there (or not yours), MB081 the answer doesn't name exactly what
-- waits, MB082 a ground that isn't one, or a reason that is missing.

-- Asks for the destruction of entries that the inwoner can read; whole: of all of them. What the inwoner alone can read isn't kept by the team: the inwoner
-- throws it away without asking. What waits already, or is destroyed, isn't asked again. Gives false when this question was sent before.
CREATE FUNCTION casus.ask_destruction(of_dossier int, number uuid, entries uuid[], whole boolean) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    made int;
    closed int[];
BEGIN
    IF NOT of_dossier = ANY (acl.own_dossiers()) THEN RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001'; END IF;
    INSERT INTO casus.destruction (public_id, dossier_id, asked_by) VALUES (number, of_dossier, acl.person_id())
    ON CONFLICT (public_id) DO NOTHING RETURNING id INTO made;
    IF made IS NULL THEN RETURN false; END IF;
    closed := acl.closed_entries();
    INSERT INTO casus.destruction_item (destruction_id, entry_id, dossier_id)
    SELECT made, e.id, e.dossier_id FROM casus.entry e
    WHERE e.dossier_id = of_dossier AND e.audience > 1 AND NOT e.id = ANY (closed) AND (whole OR e.public_id = ANY (entries))
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN RAISE EXCEPTION 'nothing to destroy' USING ERRCODE = 'MB001'; END IF;
    PERFORM casus.log_destruction('destruction.asked', of_dossier, NULL);
    RETURN true;
END $$;

CREATE FUNCTION casus.log_destruction(what text, of_dossier int, of_entry int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO casus.change_log (dossier_id, entry_id, event) VALUES (of_dossier, of_entry, what);
END $$;

-- The inwoner takes back what isn't decided yet.
CREATE FUNCTION casus.take_back_destruction(of_question uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE of_dossier int := (SELECT q.dossier_id FROM casus.destruction q WHERE q.public_id = of_question AND q.dossier_id = ANY (acl.own_dossiers()));
BEGIN
    UPDATE casus.destruction_item i SET outcome = 0, decided_at = now(), decided_by = acl.person_id()
    FROM casus.destruction q
    WHERE q.public_id = of_question AND q.dossier_id = of_dossier AND i.destruction_id = q.id AND i.outcome IS NULL;
    IF NOT FOUND THEN RAISE EXCEPTION 'nothing to take back' USING ERRCODE = 'MB001'; END IF;
    PERFORM casus.log_destruction('destruction.taken_back', of_dossier, NULL);
END $$;

-- Everything that was asked in the own dossier, the newest question first. Of an entry its kind, day and author, which stay. Nothing of what turned out to
-- stand in the wrong dossier, and nothing of what is withheld since without the inwoner being told.
CREATE FUNCTION casus.own_destructions(of_dossier int)
RETURNS TABLE (public_id uuid, asked_at timestamptz, entry uuid, kind smallint, occurred_at timestamptz, author_name text, outcome smallint, reason text,
    decided_at timestamptz, decided_by text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE hidden int[] := casus.wrong_entries(of_dossier) || acl.untold_entries();
BEGIN
    IF NOT of_dossier = ANY (acl.own_dossiers()) THEN RETURN; END IF;
    RETURN QUERY
    SELECT q.public_id, q.asked_at, e.public_id, e.kind, e.occurred_at, e.author_name, i.outcome, i.reason, i.decided_at, acl.full_name(i.decided_by)
    FROM casus.destruction q JOIN casus.destruction_item i ON i.destruction_id = q.id JOIN casus.entry e ON e.id = i.entry_id
    WHERE q.dossier_id = of_dossier AND NOT e.id = ANY (hidden)
    ORDER BY q.asked_at DESC, q.id DESC, e.occurred_at DESC, e.id DESC;
END $$;

CREATE FUNCTION casus.wrong_entries(of_dossier int) RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN coalesce((SELECT array_agg(b.entry_id) FROM casus.breach b WHERE b.dossier_id = of_dossier AND b.decision IS DISTINCT FROM 'terug'), '{}');
END $$;

-- What waits for an answer of the actor: entries that one can read, in the dossiers one works in.
CREATE FUNCTION casus.destructions_to_answer()
RETURNS TABLE (public_id uuid, dossier uuid, inwoner text, asked_at timestamptz, entry_id int, entry uuid, kind smallint, occurred_at timestamptz,
    author_name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    treated int[] := acl.treated_dossiers();
    closed int[] := acl.closed_entries();
BEGIN
    RETURN QUERY
    SELECT q.public_id, d.public_id, acl.full_name(d.inwoner_id), q.asked_at, e.id, e.public_id, e.kind, e.occurred_at, e.author_name
    FROM casus.destruction_item i JOIN casus.destruction q ON q.id = i.destruction_id JOIN casus.dossier d ON d.id = i.dossier_id
        JOIN casus.entry e ON e.id = i.entry_id
    WHERE i.dossier_id = ANY (treated) AND i.outcome IS NULL AND NOT e.id = ANY (closed)
    ORDER BY q.asked_at, q.id, e.occurred_at DESC, e.id DESC;
END $$;

-- The whole answer: what goes, and what stays on which ground with the reason in plain words. It names exactly what waits for the actor, so that nothing
-- goes that wasn't on the page. What goes is gone when this transaction commits.
CREATE FUNCTION casus.answer_destruction(of_question uuid, gone uuid[], kept uuid[], grounds smallint[], reasons text[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    q casus.destruction%ROWTYPE;
    waits uuid[];
    one record;
BEGIN
    SELECT * INTO q FROM casus.destruction x WHERE x.public_id = of_question AND x.dossier_id = ANY (acl.treated_dossiers());
    -- Who answers at the same moment waits here, and then finds that nothing waits any more.
    PERFORM FROM casus.destruction_item i WHERE i.destruction_id = q.id ORDER BY i.entry_id FOR UPDATE;
    waits := ARRAY(SELECT w.entry FROM casus.destructions_to_answer() w WHERE w.public_id = q.public_id);
    IF cardinality(waits) = 0 THEN RAISE EXCEPTION 'no such question' USING ERRCODE = 'MB001'; END IF;
    IF NOT (gone || kept @> waits AND gone || kept <@ waits) OR gone && kept THEN
        RAISE EXCEPTION 'not what waits' USING ERRCODE = 'MB081';
    END IF;
    IF EXISTS (SELECT FROM unnest(kept, grounds, reasons) k (entry, ground, reason)
        WHERE k.entry IS NULL OR k.ground IS NULL OR k.ground NOT IN (2, 3) OR coalesce(btrim(k.reason), '') = '')
    THEN RAISE EXCEPTION 'no ground' USING ERRCODE = 'MB082'; END IF;
    UPDATE casus.destruction_item i SET outcome = coalesce(k.ground, 1), reason = k.reason, decided_at = now(), decided_by = acl.person_id()
    FROM casus.entry e LEFT JOIN unnest(kept, grounds, reasons) k (entry, ground, reason) ON k.entry = e.public_id
    WHERE i.destruction_id = q.id AND e.id = i.entry_id AND e.public_id = ANY (waits);
    FOR one IN SELECT e.id, e.public_id FROM casus.entry e WHERE e.public_id = ANY (gone) ORDER BY e.id LOOP
        PERFORM casus.erase_entry(one.id);
        DELETE FROM casus.concept k WHERE k.entry_id = one.id;
        DELETE FROM portaal.typed_text t WHERE position(one.public_id::text IN t.form_key) > 0;
        PERFORM casus.log_destruction('entry.destroyed', q.dossier_id, one.id);
        DELETE FROM portaal.taking t WHERE t.dossier_id = q.dossier_id;
    END LOOP;
    PERFORM casus.log_destruction('destruction.answered', q.dossier_id, NULL);
    PERFORM casus.tell_owner(q.dossier_id, 'antwoord');
END $$;

-- What may be erased of an entry: 1 its own words (it stood in the wrong dossier), 2 what was written about it too (its destruction was asked and granted).
CREATE FUNCTION casus.to_erase(of_entry int) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN CASE
        WHEN EXISTS (SELECT FROM casus.destruction_item i WHERE i.entry_id = of_entry AND i.outcome = 1) THEN 2
        WHEN EXISTS (SELECT FROM casus.breach b WHERE b.entry_id = of_entry AND b.decision IN ('verplaatst', 'vernietigd')) THEN 1
        ELSE 0 END;
END $$;

GRANT EXECUTE ON FUNCTION casus.ask_destruction(int, uuid, uuid[], boolean), casus.take_back_destruction(uuid), casus.own_destructions(int) TO web_inwoner;
GRANT EXECUTE ON FUNCTION casus.destructions_to_answer(), casus.answer_destruction(uuid, uuid[], uuid[], smallint[], text[]) TO web_team;
GRANT SELECT, INSERT (public_id, dossier_id, asked_by) ON casus.destruction TO casus_acl;
GRANT SELECT, INSERT (destruction_id, entry_id, dossier_id), UPDATE (outcome, reason, decided_at, decided_by) ON casus.destruction_item TO casus_acl;
CREATE POLICY definer ON casus.destruction TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY definer ON casus.destruction_item TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY destruction_logs ON casus.change_log FOR INSERT TO casus_acl WITH CHECK (
    event IN ('destruction.asked', 'destruction.taken_back', 'destruction.answered', 'entry.destroyed', 'plan.destroyed'));

GRANT USAGE ON SCHEMA casus TO casus_vernietiger;
GRANT EXECUTE ON FUNCTION casus.to_erase(int) TO casus_vernietiger;
GRANT EXECUTE ON FUNCTION casus.erase_entry(int) TO casus_acl;
GRANT SELECT (entry_id), UPDATE (title, body, reason) ON casus.entry_version TO casus_vernietiger;
GRANT SELECT (entry_id), UPDATE (body, quote) ON casus.annotation_version TO casus_vernietiger;
GRANT SELECT (entry_id, extension), UPDATE (extension) ON casus.annotation TO casus_vernietiger;
GRANT SELECT (entry_id), UPDATE (reason) ON casus.closure, casus.withholding TO casus_vernietiger;
CREATE POLICY finds ON casus.entry_version FOR SELECT TO casus_vernietiger USING (casus.to_erase(entry_id) > 0);
CREATE POLICY finds ON casus.annotation_version FOR SELECT TO casus_vernietiger USING (casus.to_erase(entry_id) > 0);
CREATE POLICY finds ON casus.annotation FOR SELECT TO casus_vernietiger USING (casus.to_erase(entry_id) > 1);
CREATE POLICY finds ON casus.closure FOR SELECT TO casus_vernietiger USING (casus.to_erase(entry_id) > 1);
CREATE POLICY finds ON casus.withholding FOR SELECT TO casus_vernietiger USING (casus.to_erase(entry_id) > 1);
GRANT SELECT (entry_id), DELETE ON casus.document TO casus_vernietiger;
CREATE POLICY finds ON casus.document FOR SELECT TO casus_vernietiger USING (casus.to_erase(entry_id) > 0);
CREATE POLICY removes ON casus.document FOR DELETE TO casus_vernietiger USING (true);
CREATE POLICY erases ON casus.entry_version FOR UPDATE TO casus_vernietiger USING (true) WITH CHECK (title = '' AND body = '' AND reason IS NULL);
CREATE POLICY erases ON casus.annotation_version FOR UPDATE TO casus_vernietiger USING (true) WITH CHECK (
    quote = '' AND (body = '' OR casus.to_erase(entry_id) = 1));
CREATE POLICY erases ON casus.annotation FOR UPDATE TO casus_vernietiger USING (true) WITH CHECK (extension = '');
CREATE POLICY erases ON casus.closure FOR UPDATE TO casus_vernietiger USING (true) WITH CHECK (reason = '');
CREATE POLICY erases ON casus.withholding FOR UPDATE TO casus_vernietiger USING (true) WITH CHECK (reason = '-');

-- For `portal retention`: dossiers in which nothing changed for more than 15 years (portal.deadlines.RETENTION), with the day of the last change.
CREATE FUNCTION casus.past_retention() RETURNS TABLE (dossier uuid, last_change date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT d.public_id, x.day FROM casus.dossier d CROSS JOIN LATERAL (
        SELECT greatest(d.opened_on, d.closed_on, (max(o.at) AT TIME ZONE 'Europe/Amsterdam')::date) FROM (
            SELECT max(v.created_at) FROM casus.entry_version v WHERE v.dossier_id = d.id
            UNION ALL SELECT max(a.created_at) FROM casus.annotation_version a WHERE a.dossier_id = d.id
            UNION ALL SELECT max(c.at) FROM casus.change_log c WHERE c.dossier_id = d.id) o (at)) x (day)
    WHERE (x.day + interval '15 years')::date < acl.today() ORDER BY x.day, d.id;
END $$;

GRANT EXECUTE ON FUNCTION casus.past_retention() TO casus_controle;
GRANT SELECT (dossier_id, created_at) ON casus.annotation_version TO casus_acl;
GRANT SELECT (dossier_id, at) ON casus.change_log TO casus_acl;
CREATE POLICY retention_reads ON casus.annotation_version FOR SELECT TO casus_acl USING (true);
CREATE POLICY retention_reads ON casus.change_log FOR SELECT TO casus_acl USING (true);
