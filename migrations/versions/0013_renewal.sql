-- A new start code for an inwoner who signed in before: who asked for it and how that person was sure, and the colleague who made sure too, or said no.
-- asked_by is empty for the operator, who gives one from the terminal. Rows stay: the inwoner reads them, and given_at says that there was a sign-in.
CREATE TABLE portaal.sign_in_renewal (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    public_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    account_id int NOT NULL REFERENCES portaal.account,
    asked_at timestamptz NOT NULL DEFAULT now(),
    asked_by int REFERENCES casus.staff,
    how text CHECK (how IN ('gezien', 'gebeld')),
    decided_at timestamptz,
    decided_by int REFERENCES casus.staff CHECK (decided_by <> asked_by),
    decision text CHECK (decision IN ('gezien', 'gebeld', 'nee')),
    given_at timestamptz,
    CHECK ((asked_by IS NULL) = (how IS NULL)),
    CHECK ((decided_at IS NULL) = (decided_by IS NULL) AND (decided_at IS NULL) = (decision IS NULL)),
    CHECK (given_at IS NULL OR asked_by IS NULL OR coalesce(decision, 'nee') <> 'nee')
);
CREATE INDEX ON portaal.sign_in_renewal (account_id);
CREATE INDEX ON portaal.sign_in_renewal (asked_at) WHERE decided_at IS NULL;

-- Who of the team saw what somebody said who can't sign in; a line for each time.
CREATE TABLE portaal.sign_in_request_read (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id int NOT NULL REFERENCES portaal.sign_in_request ON DELETE CASCADE,
    at timestamptz NOT NULL DEFAULT now(),
    staff_id int NOT NULL REFERENCES casus.staff,
    staff_name text NOT NULL
);
CREATE INDEX ON portaal.sign_in_request_read (request_id, at);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['portaal.sign_in_renewal', 'portaal.sign_in_request_read']
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    END LOOP;
END $$;
