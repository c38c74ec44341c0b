-- What is new in a dossier since a moment, and when somebody last read in it, are found through an index however long the dossier or its log is.
DROP INDEX casus.entry_version_dossier_id_idx;
CREATE INDEX ON casus.entry_version (dossier_id, created_at);
DROP INDEX casus.annotation_version_dossier_id_idx;
CREATE INDEX ON casus.annotation_version (dossier_id, created_at);
CREATE INDEX ON casus.read_log (reader_id, dossier_id, at DESC) INCLUDE (session_id);

-- Opening a page to print shows whole texts, which "overzicht" doesn't say.
ALTER TABLE casus.read_log DROP CONSTRAINT read_log_what_check,
    ADD CONSTRAINT read_log_what_check CHECK (what IN ('overzicht', 'notitie', 'logboek', 'versies', 'afdruk', 'programma', 'uitvoer'));
