-- Mail that has to go out. Which text is meant by a key and a language; what it is about is never in it. The address is there until it is sent or a
-- person took care of it, and no web role can read it.
CREATE TABLE portaal.outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    public_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    template text NOT NULL CHECK (template ~ '^[a-z_]+$'),
    language text NOT NULL CHECK (language ~ '^[a-z]{2,3}$'),
    to_whom text NOT NULL CHECK (to_whom IN ('inwoner', 'aanmelder')),
    address text CHECK (length(address) <= 254),
    melding_id int REFERENCES casus.melding,
    person_id int REFERENCES casus.person,
    team_id int REFERENCES casus.team,
    made_at timestamptz NOT NULL DEFAULT now(),
    not_before timestamptz NOT NULL DEFAULT now(),
    attempts int NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    last_error text CHECK (last_error IN ('adres', 'geweigerd', 'tijdelijk', 'geen_antwoord', 'tekst')),
    sent_at timestamptz,
    gave_up_at timestamptz,
    allowed_at timestamptz,
    allowed_by int REFERENCES casus.staff,
    handled_at timestamptz,
    handled_by int REFERENCES casus.staff,
    CHECK ((address IS NOT NULL) = (sent_at IS NULL AND handled_at IS NULL)),
    CHECK (sent_at IS NULL OR (gave_up_at IS NULL AND handled_at IS NULL)),
    CHECK ((allowed_at IS NULL) = (allowed_by IS NULL)),
    CHECK ((handled_at IS NULL) = (handled_by IS NULL))
);
CREATE INDEX ON portaal.outbox (not_before, id) WHERE address IS NOT NULL;
CREATE INDEX ON portaal.outbox (melding_id);
CREATE INDEX ON portaal.outbox (person_id);

-- Letters to print and post. What only the paper may say, such as a code, is sealed with the text key of the team's face, and gone once it is posted.
CREATE TABLE portaal.letter (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    public_id uuid NOT NULL UNIQUE,
    template text NOT NULL CHECK (template ~ '^[a-z_]+$'),
    language text NOT NULL CHECK (language ~ '^[a-z]{2,3}$'),
    to_whom text NOT NULL CHECK (to_whom IN ('inwoner', 'aanmelder')),
    to_name text NOT NULL CHECK (length(to_name) <= 200),
    to_lines text[] NOT NULL CHECK (cardinality(to_lines) <= 4 AND length(array_to_string(to_lines, '')) <= 400),
    sealed bytea CHECK (length(sealed) <= 4000),
    melding_id int REFERENCES casus.melding,
    person_id int REFERENCES casus.person,
    team_id int REFERENCES casus.team,
    made_at timestamptz NOT NULL DEFAULT now(),
    printed_at timestamptz,
    printed_by int REFERENCES casus.staff,
    posted_at timestamptz,
    posted_by int REFERENCES casus.staff,
    allowed_at timestamptz,
    allowed_by int REFERENCES casus.staff,
    handled_at timestamptz,
    handled_by int REFERENCES casus.staff,
    CHECK ((printed_at IS NULL) = (printed_by IS NULL)),
    CHECK ((posted_at IS NULL) = (posted_by IS NULL)),
    CHECK ((allowed_at IS NULL) = (allowed_by IS NULL)),
    CHECK ((handled_at IS NULL) = (handled_by IS NULL)),
    CHECK (posted_at IS NULL OR (printed_at IS NOT NULL AND handled_at IS NULL)),
    CHECK (sealed IS NULL OR (posted_at IS NULL AND handled_at IS NULL))
);
CREATE INDEX ON portaal.letter (made_at) WHERE posted_at IS NULL AND handled_at IS NULL;
CREATE INDEX ON portaal.letter (melding_id);
CREATE INDEX ON portaal.letter (person_id);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['portaal.outbox', 'portaal.letter']
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    END LOOP;
END $$;
