-- Who a naaste is to the inwoner, in the inwoner's own words; when the inwoner last said that the access holds; and for which last day the inwoner was
-- mailed that it ends.
ALTER TABLE casus.access_grant
    ADD relation text CHECK (length(relation) BETWEEN 1 AND 80),
    ADD confirmed_at timestamptz,
    ADD reminded_until date;

-- Somebody reads that the own access changed, because the inwoner wanted that. Not of which dossier, and not what.
CREATE TABLE portaal.access_change (
    person_id int PRIMARY KEY REFERENCES casus.person,
    at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE portaal.access_change ENABLE ROW LEVEL SECURITY;
ALTER TABLE portaal.access_change FORCE ROW LEVEL SECURITY;
