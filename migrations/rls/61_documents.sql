-- Documents: the file of an entry of kind 12, added by the inwoner or by a professional, in the own name (docs/decisions/0032).

-- Read by whoever reads the entry now: the lock of casus.entry answers, and there is no second one that could say otherwise.
GRANT SELECT ON casus.document, casus.document_part TO web_inwoner, web_team;
CREATE POLICY read ON casus.document FOR SELECT TO web_inwoner, web_team USING (EXISTS (SELECT FROM casus.entry e WHERE e.id = entry_id));
CREATE POLICY read ON casus.document_part FOR SELECT TO web_inwoner, web_team USING (EXISTS (SELECT FROM casus.entry e WHERE e.id = entry_id));

-- A new entry with its file, in the name of who asks. The inwoner says for whom it is, and adds to the own part (section 9); what a professional adds is for
-- whoever may read that part. Gives false when this entry was sent before. RAISES MB001 when the dossier isn't the actor's to add to, MB091 when the actor has
-- too many documents in it: 300, or 1,000,000,000 bytes together (portal/documents/reasons.py); 22023 when the pieces aren't of a file of that size.
CREATE FUNCTION casus.add_document(in_dossier int, entry uuid, part int, about int, for_whom int, with_title text, with_body text,
    file_kind int, file_size int, file_sha256 bytea, pieces bytea[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    writer int := acl.person_id();
    place int := part;
    readers int := 3;
    made int;
    number_had int;
    size_had bigint;
BEGIN
    IF in_dossier = ANY (acl.own_dossiers()) THEN
        place := 9;
        readers := for_whom;
    ELSIF NOT in_dossier = ANY (acl.treated_dossiers()) THEN
        RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001';
    END IF;
    INSERT INTO casus.entry (public_id, dossier_id, section, leefdomein, kind, occurred_at, author_id, author_name, audience)
    VALUES (entry, in_dossier, place, about, 12, now(), writer, acl.full_name(writer), readers) ON CONFLICT (public_id) DO NOTHING RETURNING id INTO made;
    IF made IS NULL THEN RETURN false; END IF;
    -- Two at once don't both take the last place.
    PERFORM pg_advisory_xact_lock(in_dossier, writer);
    SELECT count(*), coalesce(sum(d.size), 0) INTO number_had, size_had
    FROM casus.document d JOIN casus.entry e ON e.id = d.entry_id WHERE e.dossier_id = in_dossier AND e.author_id = writer;
    IF number_had >= 300 OR size_had + file_size > 1000000000 THEN RAISE EXCEPTION 'too many documents' USING ERRCODE = 'MB091'; END IF;
    -- Sealing makes a piece 28 bytes longer (portal/secretbox.py): what is counted is what is kept.
    IF (SELECT sum(octet_length(p.piece) - 28) FROM unnest(pieces) p (piece)) IS DISTINCT FROM file_size THEN
        RAISE EXCEPTION 'another size' USING ERRCODE = '22023';
    END IF;
    INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_id, author_name, written_for)
    VALUES (made, 1, in_dossier, place, about, with_title, with_body, writer, acl.full_name(writer), readers);
    INSERT INTO casus.document (entry_id, dossier_id, kind, size, sha256, sealed_as) VALUES (made, in_dossier, file_kind, file_size, file_sha256, entry);
    INSERT INTO casus.document_part (entry_id, number, sealed) SELECT made, p.number, p.piece FROM unnest(pieces) WITH ORDINALITY p (piece, number);
    RETURN true;
END $$;

GRANT EXECUTE ON FUNCTION casus.add_document(int, uuid, int, int, int, text, text, int, int, bytea, bytea[]) TO web_inwoner, web_team;
GRANT SELECT, INSERT, DELETE ON casus.document TO casus_acl;
GRANT SELECT, INSERT ON casus.document_part TO casus_acl;
CREATE POLICY definer ON casus.document TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY definer ON casus.document_part TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY document_adds ON casus.entry FOR INSERT TO casus_acl WITH CHECK (kind = 12);
CREATE POLICY document_adds ON casus.entry_version FOR INSERT TO casus_acl WITH CHECK (
    EXISTS (SELECT FROM casus.entry e WHERE e.id = entry_id AND e.kind = 12));

-- In and out: what is known of a document goes in the case file; its bytes don't.
GRANT INSERT (entry_id, dossier_id, kind, size, sha256) ON casus.document TO portaal_operator;
CREATE POLICY import ON casus.document FOR INSERT TO portaal_operator WITH CHECK (true);
GRANT SELECT (entry_id, dossier_id, kind, size, sha256) ON casus.document TO casus_uitvoer;
