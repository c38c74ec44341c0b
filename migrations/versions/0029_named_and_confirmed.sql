-- Where the entry belongs, in the word of who found it: one of the dossiers in which that one works. Empty again when it was decided.
ALTER TABLE casus.breach ADD COLUMN proposed_dossier int REFERENCES casus.dossier,
    ADD CHECK (proposed_dossier IS NULL OR (proposed_dossier <> dossier_id AND reason = 'andere_inwoner' AND decision IS NULL));

-- When the inwoner last said that a mandate they gave still holds. It changes nothing about the mandate: the paper says how long it lasts.
ALTER TABLE casus.mandate ADD COLUMN confirmed_at timestamptz CHECK (confirmed_at IS NULL OR ground = 'gemachtigde');
