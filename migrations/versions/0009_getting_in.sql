-- Tries are also: a code of the card, the code of an e-mail address, asking for help, and finding a dossier by a user name.
ALTER TABLE portaal.sign_in_attempt DROP CONSTRAINT sign_in_attempt_step_check;
ALTER TABLE portaal.sign_in_attempt ADD CHECK (step IN ('wachtwoord', 'code', 'startcode', 'kaart', 'mailcode', 'hulp', 'koppelen'));

-- The card with ten codes for who has no telephone; only hashes, each used once.
CREATE TABLE portaal.recovery_code (
    account_id int NOT NULL REFERENCES portaal.account,
    code_hash bytea NOT NULL CHECK (length(code_hash) = 32),
    used_at timestamptz,
    PRIMARY KEY (account_id, code_hash)
);

-- An e-mail address that somebody gave and did not confirm yet: nobody signs in with it. The code goes by mail, and is of use to who is signed in to this
-- account alone.
CREATE TABLE portaal.new_email (
    account_id int PRIMARY KEY REFERENCES portaal.account,
    email text NOT NULL CHECK (email = lower(email) AND email LIKE '_%@_%' AND length(email) <= 254),
    code text CHECK (code ~ '^[0-9]{6}$'),
    code_until timestamptz,
    CHECK ((code IS NULL) = (code_until IS NULL))
);

-- "Ik kan niet inloggen": what somebody said, for a person of the team to decide about. person_id: of whom the answers fit, or nobody.
CREATE TABLE portaal.sign_in_request (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    public_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    made_at timestamptz NOT NULL DEFAULT now(),
    lost text NOT NULL CHECK (lost IN ('wachtwoord', 'telefoon', 'allebei')),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    birth_date date NOT NULL,
    username text NOT NULL CHECK (length(username) <= 254),
    reach text NOT NULL CHECK (length(reach) <= 500),
    person_id int REFERENCES casus.person,
    handled_at timestamptz,
    handled_by int REFERENCES casus.staff,
    outcome text CHECK (outcome IN ('brief', 'balie', 'niets')),
    CHECK ((handled_at IS NULL) = (handled_by IS NULL) AND (handled_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX ON portaal.sign_in_request (made_at) WHERE handled_at IS NULL;
CREATE INDEX ON portaal.sign_in_request (person_id);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['portaal.recovery_code', 'portaal.new_email', 'portaal.sign_in_request']
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    END LOOP;
END $$;
