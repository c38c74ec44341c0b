-- found_by: the stems of the words, by the Dutch that PostgreSQL brings. Kept, because making it anew for each text of a long dossier takes more than half
-- a second. Not indexed: under row level security no index serves @@, and the rows of one dossier are few. A longer text is found by its beginning.
ALTER TABLE casus.entry_version ADD COLUMN found_by tsvector NOT NULL
    GENERATED ALWAYS AS (to_tsvector('pg_catalog.dutch', left(title || ' ' || body, 200000))) STORED;
ALTER TABLE casus.annotation_version ADD COLUMN found_by tsvector NOT NULL
    GENERATED ALWAYS AS (to_tsvector('pg_catalog.dutch', left(body, 200000))) STORED;

ALTER TABLE casus.read_log DROP CONSTRAINT read_log_what_check,
    ADD CONSTRAINT read_log_what_check CHECK (what IN ('overzicht', 'notitie', 'logboek', 'versies', 'afdruk', 'zoeken', 'programma', 'uitvoer'));
