-- Two dossiers of one person (docs/decisions/0054). Neither changes: who signs in as main_id may also open what person_id may, as that person.
CREATE TABLE casus.same_person (
    person_id int PRIMARY KEY REFERENCES casus.inwoner,
    main_id int NOT NULL REFERENCES casus.inwoner CHECK (main_id <> person_id),
    since timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON casus.same_person (main_id);
ALTER TABLE casus.same_person ENABLE ROW LEVEL SECURITY;
ALTER TABLE casus.same_person FORCE ROW LEVEL SECURITY;

-- kind 5: the dossier other_id is of the same person.
ALTER TABLE casus.particulars_change DROP CONSTRAINT particulars_change_kind_check;
ALTER TABLE casus.particulars_change ADD CONSTRAINT particulars_change_kind_check CHECK (kind BETWEEN 1 AND 5);
ALTER TABLE casus.particulars_change ADD COLUMN other_id int REFERENCES casus.dossier CHECK ((other_id IS NOT NULL) = (kind = 5));

-- As whom this session reads now, when that isn't the person of its account.
ALTER TABLE portaal.session ADD COLUMN as_person int REFERENCES casus.person;
