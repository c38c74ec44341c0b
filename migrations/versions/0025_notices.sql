-- What an inwoner is told of outside the portal, and how; nothing chosen: by mail.

CREATE TABLE portaal.notice_choice (
    dossier_id int NOT NULL REFERENCES casus.dossier,
    topic text NOT NULL CHECK (topic IN ('nieuw', 'antwoord', 'bericht', 'meekijken')),
    way text NOT NULL CHECK (way IN ('mail', 'brief', 'niets')),
    PRIMARY KEY (dossier_id, topic)
);
ALTER TABLE portaal.notice_choice ENABLE ROW LEVEL SECURITY;
ALTER TABLE portaal.notice_choice FORCE ROW LEVEL SECURITY;

-- NULL: what the inwoner is always told.
ALTER TABLE portaal.outbox ADD topic text CHECK (topic IN ('nieuw', 'antwoord', 'bericht', 'meekijken'));
ALTER TABLE portaal.letter ADD topic text CHECK (topic IN ('nieuw', 'antwoord', 'bericht', 'meekijken'));
