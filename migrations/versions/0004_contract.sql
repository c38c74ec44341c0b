ALTER TABLE casus.read_log DROP CONSTRAINT read_log_what_check;
ALTER TABLE casus.read_log ADD CONSTRAINT read_log_what_check
    CHECK (what IN ('overzicht', 'notitie', 'logboek', 'versies', 'programma', 'uitvoer'));

-- NULL: given here. Otherwise the system in which it was given.
ALTER TABLE casus.access_grant ADD COLUMN imported_from text CHECK (imported_from <> '');

-- Lines that another system wrote. They have tables of their own, so that none can stand in our chain of seals as if we had seen it ourselves.
CREATE TABLE casus.imported_read_line (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source text NOT NULL CHECK (source <> ''),
    at timestamptz NOT NULL,
    dossier_id int NOT NULL REFERENCES casus.dossier,
    entry_id int,
    what text NOT NULL,
    shown int NOT NULL CHECK (shown >= 0),
    shown_entries int[] NOT NULL,
    reader_name text NOT NULL,
    reader_role text NOT NULL,
    ground text NOT NULL,
    ground_detail text NOT NULL,
    program text NOT NULL,
    FOREIGN KEY (entry_id, dossier_id) REFERENCES casus.entry (id, dossier_id)
);
CREATE INDEX ON casus.imported_read_line (dossier_id, at DESC, id DESC);

CREATE TABLE casus.imported_change_line (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source text NOT NULL CHECK (source <> ''),
    at timestamptz NOT NULL,
    dossier_id int NOT NULL REFERENCES casus.dossier,
    entry_id int,
    event text NOT NULL CHECK (event ~ '^[a-z_]+(\.[a-z_]+)+$'),
    person_name text NOT NULL,
    person_role text NOT NULL,
    program text NOT NULL,
    FOREIGN KEY (entry_id, dossier_id) REFERENCES casus.entry (id, dossier_id)
);
CREATE INDEX ON casus.imported_change_line (dossier_id, at DESC, id DESC);

ALTER TABLE casus.imported_read_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE casus.imported_read_line FORCE ROW LEVEL SECURITY;
ALTER TABLE casus.imported_change_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE casus.imported_change_line FORCE ROW LEVEL SECURITY;
