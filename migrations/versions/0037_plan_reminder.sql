-- Somebody was reminded of an action. about: 1 it is to be done tomorrow, 2 its day is past, 3 one looks at it together tomorrow. A day that was moved is
-- told of anew.
CREATE TABLE portaal.plan_reminder (
    person_id int NOT NULL REFERENCES casus.person,
    part_id int NOT NULL,
    dossier_id int NOT NULL,
    about smallint NOT NULL CHECK (about BETWEEN 1 AND 3),
    on_day date NOT NULL,
    told_on date NOT NULL,
    PRIMARY KEY (person_id, part_id, about, on_day),
    FOREIGN KEY (part_id, dossier_id) REFERENCES casus.plan_part (id, dossier_id)
);
CREATE INDEX ON portaal.plan_reminder (part_id);
CREATE INDEX ON portaal.plan_reminder (dossier_id);
ALTER TABLE portaal.plan_reminder ENABLE ROW LEVEL SECURITY;
ALTER TABLE portaal.plan_reminder FORCE ROW LEVEL SECURITY;

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['notice_choice', 'outbox', 'letter'] LOOP
        EXECUTE format('ALTER TABLE portaal.%1$I DROP CONSTRAINT %1$s_topic_check,'
            ' ADD CONSTRAINT %1$s_topic_check CHECK (topic IN (''nieuw'', ''antwoord'', ''bericht'', ''meekijken'', ''stap''))', t);
    END LOOP;
END $$;
