-- A document: the file of an entry of kind 12. It is the entry that is read, shared, closed and withheld; the file has no audience of its own (docs/decisions/0032).
ALTER TABLE casus.entry DROP CONSTRAINT entry_kind_check, ADD CONSTRAINT entry_kind_check CHECK (kind BETWEEN 1 AND 12);
ALTER TABLE casus.concept DROP CONSTRAINT concept_kind_check, ADD CONSTRAINT concept_kind_check CHECK (kind BETWEEN 1 AND 12);
ALTER TABLE casus.read_log DROP CONSTRAINT read_log_what_check,
    ADD CONSTRAINT read_log_what_check
    CHECK (what IN ('overzicht', 'notitie', 'logboek', 'versies', 'afdruk', 'zoeken', 'voorbeeld', 'berichten', 'document', 'programma', 'uitvoer'));

CREATE TABLE casus.document (
    entry_id int PRIMARY KEY,
    dossier_id int NOT NULL,
    -- 1 PDF, 2 JPEG, 3 PNG, 4 DOCX, 5 ODT: what the content is, whatever a name said.
    kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 5),
    -- 20 MiB: portal/documents/kinds.py.
    size int NOT NULL CHECK (size BETWEEN 1 AND 20971520),
    sha256 bytea NOT NULL CHECK (length(sha256) = 32),
    -- To what its pieces are sealed; it goes along when the entry is moved to the right dossier. NULL: it came with an import, which brings no bytes.
    sealed_as uuid,
    FOREIGN KEY (entry_id, dossier_id) REFERENCES casus.entry (id, dossier_id)
);

-- Its bytes, in pieces, each sealed with the key that the faces inwoner and team share.
CREATE TABLE casus.document_part (
    entry_id int NOT NULL REFERENCES casus.document ON DELETE CASCADE,
    number smallint NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (entry_id, number)
);

ALTER TABLE casus.document ENABLE ROW LEVEL SECURITY;
ALTER TABLE casus.document FORCE ROW LEVEL SECURITY;
ALTER TABLE casus.document_part ENABLE ROW LEVEL SECURITY;
ALTER TABLE casus.document_part FORCE ROW LEVEL SECURITY;
