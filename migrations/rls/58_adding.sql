-- The diary: what an inwoner writes alone, in the own dossier, private until shared. Only the inwoner writes it; nobody who acts for the inwoner does.
-- Kind 11, section 9. A page that was thrown away has audience 1 and no author, so that it is closed for everybody (acl.closed_entries).

-- Beside the rule for reading (20_reading.sql): a text is read by whom it was for. Sharing a later text opens no earlier one.
CREATE POLICY written_for ON casus.entry_version AS RESTRICTIVE FOR SELECT TO web_inwoner, web_team USING (
    written_for = 3
    OR author_id = (SELECT acl.person_id())
    OR (written_for = 2 AND dossier_id = ANY ((SELECT acl.core_dossiers())::int[])));

-- The pages of the diaries of whom the actor represents: never read, shared or not.
CREATE FUNCTION acl.others_diaries() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record;
BEGIN
    SELECT * INTO a FROM acl.actor();
    IF a.kind = 'vertegenwoordiger' THEN
        RETURN coalesce((
            SELECT array_agg(e.id) FROM casus.entry e
            WHERE e.dossier_id = ANY (acl.owned_by(a.kind, a.person_id, a.on_behalf_of)) AND e.kind = 11), '{}');
    END IF;
    RETURN '{}';
END $$;
GRANT EXECUTE ON FUNCTION acl.others_diaries() TO web_inwoner;
CREATE POLICY diary ON casus.entry AS RESTRICTIVE FOR SELECT TO web_inwoner USING (
    kind <> 11 OR NOT id = ANY ((SELECT acl.others_diaries())::int[]));
CREATE POLICY diary ON casus.entry_version AS RESTRICTIVE FOR SELECT TO web_inwoner USING (
    section <> 9 OR NOT entry_id = ANY ((SELECT acl.others_diaries())::int[]));
CREATE POLICY diary ON casus.annotation AS RESTRICTIVE FOR SELECT TO web_inwoner USING (
    section <> 9 OR NOT entry_id = ANY ((SELECT acl.others_diaries())::int[]));
CREATE POLICY diary ON casus.annotation_version AS RESTRICTIVE FOR SELECT TO web_inwoner USING (
    section <> 9 OR NOT entry_id = ANY ((SELECT acl.others_diaries())::int[]));

-- Who writes the diary of a dossier: the inwoner whose it is. RAISES MB001 for anybody else.
CREATE FUNCTION casus.diary_writer(in_dossier int) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record;
BEGIN
    SELECT * INTO a FROM acl.actor();
    IF a.kind = 'inwoner' AND in_dossier = ANY (acl.owned_by(a.kind, a.person_id, a.on_behalf_of)) THEN RETURN a.person_id; END IF;
    RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001';
END $$;

-- A page of the actor's own diary, or an own document (61_documents.sql), held until the transaction ends. RAISES MB001 when there is none.
CREATE FUNCTION casus.own_page(page uuid) RETURNS casus.entry
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e casus.entry%ROWTYPE;
BEGIN
    SELECT * INTO e FROM casus.entry x WHERE x.public_id = page AND x.kind IN (11, 12) AND x.section = 9 FOR UPDATE;
    IF e.author_id = casus.diary_writer(e.dossier_id) THEN RETURN e; END IF;
    RAISE EXCEPTION 'no such page' USING ERRCODE = 'MB001';
END $$;

-- A new page, for its writer alone. Gives false when this page was sent before.
CREATE FUNCTION casus.write_page(in_dossier int, page uuid, about int, with_title text, with_body text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    writer int := casus.diary_writer(in_dossier);
    made int;
BEGIN
    INSERT INTO casus.entry (public_id, dossier_id, section, leefdomein, kind, occurred_at, author_id, author_name, audience)
    VALUES (page, in_dossier, 9, about, 11, now(), writer, acl.full_name(writer), 1) ON CONFLICT (public_id) DO NOTHING RETURNING id INTO made;
    IF made IS NULL THEN RETURN false; END IF;
    INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_id, author_name, written_for)
    VALUES (made, 1, in_dossier, 9, about, with_title, with_body, writer, acl.full_name(writer), 1);
    RETURN true;
END $$;

-- A newer text of the own page, for whom the page is for now. Gives false when a newer one than ``base`` is there already.
CREATE FUNCTION casus.change_page(page uuid, base int, with_title text, with_body text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e casus.entry%ROWTYPE := casus.own_page(page);
BEGIN
    IF base <> (SELECT max(v.number) FROM casus.entry_version v WHERE v.entry_id = e.id) THEN RETURN false; END IF;
    INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_id, author_name, written_for)
    VALUES (e.id, base + 1, e.dossier_id, e.section, e.leefdomein, with_title, with_body, e.author_id, e.author_name, e.audience);
    RETURN true;
END $$;

-- Who reads the own page from now on: 1 the writer alone, 2 also the professionals, 3 everybody who may read that part. The newest text goes along.
CREATE FUNCTION casus.share_page(page uuid, with_whom int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e casus.entry%ROWTYPE := casus.own_page(page);
BEGIN
    UPDATE casus.entry x SET audience = with_whom WHERE x.id = e.id;
    UPDATE casus.entry_version v SET written_for = greatest(v.written_for, with_whom)
    WHERE v.entry_id = e.id AND v.number = (SELECT max(n.number) FROM casus.entry_version n WHERE n.entry_id = e.id);
END $$;

-- Throws the own page away: no word is left, nor a reaction beside it, what was typed there or a copy of the dossier that is ready. Only a page that nobody
-- else could ever read: gives false for any other.
CREATE FUNCTION casus.throw_page(page uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e casus.entry%ROWTYPE := casus.own_page(page);
BEGIN
    IF EXISTS (SELECT FROM casus.entry_version v WHERE v.entry_id = e.id AND v.written_for > 1) THEN RETURN false; END IF;
    DELETE FROM casus.annotation_version v WHERE v.entry_id = e.id;
    DELETE FROM casus.annotation n WHERE n.entry_id = e.id;
    DELETE FROM casus.entry_version v WHERE v.entry_id = e.id;
    DELETE FROM casus.document d WHERE d.entry_id = e.id;
    DELETE FROM portaal.typed_text t WHERE position(page::text IN t.form_key) > 0;
    DELETE FROM portaal.taking t WHERE t.dossier_id = e.dossier_id;
    UPDATE casus.entry x SET author_id = NULL, author_name = '' WHERE x.id = e.id;
    RETURN true;
END $$;

GRANT EXECUTE ON FUNCTION casus.write_page(int, uuid, int, text, text), casus.change_page(uuid, int, text, text), casus.share_page(uuid, int),
    casus.throw_page(uuid) TO web_inwoner;
GRANT INSERT (public_id, leefdomein, audience), UPDATE (audience, author_id, author_name) ON casus.entry TO casus_acl;
GRANT INSERT (written_for), UPDATE (written_for), DELETE ON casus.entry_version TO casus_acl;
GRANT SELECT (entry_id), DELETE ON casus.annotation, casus.annotation_version TO casus_acl;
CREATE POLICY diary_adds ON casus.entry FOR INSERT TO casus_acl WITH CHECK (section = 9 AND kind = 11 AND audience = 1);
CREATE POLICY diary_changes ON casus.entry FOR UPDATE TO casus_acl USING (kind IN (11, 12)) WITH CHECK (kind IN (11, 12));
CREATE POLICY diary_adds ON casus.entry_version FOR INSERT TO casus_acl WITH CHECK (section = 9);
CREATE POLICY diary_changes ON casus.entry_version FOR UPDATE TO casus_acl USING (section = 9) WITH CHECK (section = 9);
CREATE POLICY diary_removes ON casus.entry_version FOR DELETE TO casus_acl USING (section = 9 AND written_for = 1);
CREATE POLICY diary_reads ON casus.annotation FOR SELECT TO casus_acl USING (section = 9);
CREATE POLICY diary_removes ON casus.annotation FOR DELETE TO casus_acl USING (section = 9);
CREATE POLICY diary_removes ON casus.annotation_version FOR DELETE TO casus_acl USING (section = 9);
