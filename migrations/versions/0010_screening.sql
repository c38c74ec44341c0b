-- open: whether it is still on the worklist. It follows from melding_event, and a trigger keeps it; it is here for the index, so that what is done or
-- put aside costs nobody time. stands_alone: it got worse or was brought back, so it is never part of a flood; kept in the same way. merged_into: the
-- earlier melding of the same person with which this one goes on.
ALTER TABLE casus.melding
    ADD COLUMN open boolean NOT NULL DEFAULT true,
    ADD COLUMN stands_alone boolean NOT NULL DEFAULT false,
    ADD COLUMN merged_into int REFERENCES casus.melding CHECK (merged_into <> id);
CREATE INDEX ON casus.melding (received_at) WHERE open;
CREATE INDEX ON casus.melding (merged_into) WHERE merged_into IS NOT NULL;

-- What the team notes beside what the person is told, one line each, never changed. rechten: value is the language of the text that was given,
-- or empty when the rights were not told, and words why not. screening: value says whether the Sociale Basis is enough, words the nature of the
-- question. instemming: value says how the person agreed. later: why it was written down later than it was asked. team: which team had it before.
CREATE TABLE casus.melding_note (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    melding_id int NOT NULL REFERENCES casus.melding,
    at timestamptz NOT NULL DEFAULT now(),
    about text NOT NULL CHECK (about IN ('rechten', 'screening', 'instemming', 'later', 'team')),
    value text CHECK (length(value) <= 200),
    words text NOT NULL DEFAULT '' CHECK (length(words) <= 5000),
    staff_id int NOT NULL REFERENCES casus.staff
);
CREATE INDEX ON casus.melding_note (melding_id, at);
ALTER TABLE casus.melding_note ENABLE ROW LEVEL SECURITY;
ALTER TABLE casus.melding_note FORCE ROW LEVEL SECURITY;
