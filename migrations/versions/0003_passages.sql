ALTER TABLE casus.entry_version ADD CONSTRAINT entry_version_of_dossier UNIQUE (entry_id, number, dossier_id);

-- about_version, sentences (numbers from 1, in order) and quote: the words of the entry that the text is about. Without numbers: the whole entry, or a
-- quote that came from elsewhere. written_for: the audience at the time of writing; showing a later text to more people doesn't show them this one.
ALTER TABLE casus.annotation_version
    ADD COLUMN about_version smallint,
    ADD COLUMN sentences smallint[] NOT NULL DEFAULT '{}',
    ADD COLUMN written_for smallint CHECK (written_for BETWEEN 1 AND 3),
    ADD CHECK (cardinality(sentences) = 0 OR (about_version IS NOT NULL AND quote IS NOT NULL)),
    ADD CHECK (cardinality(sentences) <= 200 AND 1 <= ALL (sentences)),
    ADD FOREIGN KEY (entry_id, about_version, dossier_id) REFERENCES casus.entry_version (entry_id, number, dossier_id);

ALTER TABLE casus.annotation_version NO FORCE ROW LEVEL SECURITY;
UPDATE casus.annotation_version SET written_for = audience;
ALTER TABLE casus.annotation_version ALTER COLUMN written_for SET NOT NULL;
ALTER TABLE casus.annotation_version FORCE ROW LEVEL SECURITY;
