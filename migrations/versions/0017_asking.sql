-- wish: the author waits for an answer to this; 1 to 4: the text is wrong, incomplete, not needed, should go; 5: please explain. What was asked elsewhere
-- and came in by import without a wish waits for nothing. answers_id: what this was written in answer to.
ALTER TABLE casus.annotation
    ADD COLUMN wish smallint,
    ADD COLUMN answers_id int,
    ADD COLUMN extended_at timestamptz,
    ADD COLUMN extension text CHECK (length(extension) <= 50000),
    ADD COLUMN settled_at timestamptz,
    ADD CONSTRAINT annotation_wish_check CHECK (wish IS NULL OR (kind = 2 AND wish BETWEEN 1 AND 4) OR (kind = 3 AND wish = 5)),
    ADD CONSTRAINT annotation_asked_of_somebody CHECK (wish IS NULL OR audience >= 2),
    ADD CONSTRAINT annotation_extended CHECK ((extended_at IS NULL) = (extension IS NULL)),
    ADD CONSTRAINT annotation_of_entry UNIQUE (id, entry_id, dossier_id),
    ADD CONSTRAINT annotation_answers_fkey FOREIGN KEY (answers_id, entry_id, dossier_id) REFERENCES casus.annotation (id, entry_id, dossier_id);
-- One answer to a question; what isn't clear then is a new question.
CREATE UNIQUE INDEX annotation_answer ON casus.annotation (answers_id) WHERE kind IN (4, 5);
CREATE INDEX annotation_wish ON casus.annotation (dossier_id) WHERE wish IS NOT NULL;

-- Why did this person look: one question about a line of the read log, and its answer.
CREATE TABLE casus.look_question (
    line_id bigint PRIMARY KEY REFERENCES casus.read_log,
    public_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    asked_at timestamptz NOT NULL DEFAULT now(),
    asked_by int NOT NULL REFERENCES casus.person,
    words text NOT NULL CHECK (length(words) <= 50000),
    answered_at timestamptz,
    answered_by int REFERENCES casus.person,
    answered_name text,
    answer text CHECK (length(answer) BETWEEN 1 AND 50000),
    CHECK ((answered_at IS NULL) = (answer IS NULL) AND (answered_at IS NULL) = (answered_by IS NULL) AND (answered_at IS NULL) = (answered_name IS NULL))
);
CREATE INDEX look_question_open ON casus.look_question (asked_at) WHERE answered_at IS NULL;
ALTER TABLE casus.look_question ENABLE ROW LEVEL SECURITY;
ALTER TABLE casus.look_question FORCE ROW LEVEL SECURITY;
