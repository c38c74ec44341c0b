-- geholpen: some weeks after advice or a referral the inwoner says whether it helped; value is ja or nee.
ALTER TABLE casus.melding_event
    DROP CONSTRAINT melding_event_event_check,
    ADD CONSTRAINT melding_event_event_check CHECK (event IN ('ontvangen', 'bevestigd', 'gesprek', 'urgentie', 'wachtlijst', 'erger', 'gestart',
        'advies', 'doorverwezen', 'overgedragen', 'geweigerd', 'geholpen', 'samengevoegd', 'opzij', 'heropend', 'dossier'));

-- collega: who was made responsible; value is the name. Of rechten: which version of the text was given, and on which day; both empty when it wasn't.
ALTER TABLE casus.melding_note
    ADD COLUMN version text CHECK (length(version) <= 40),
    ADD COLUMN given_on date,
    DROP CONSTRAINT melding_note_about_check,
    ADD CONSTRAINT melding_note_about_check CHECK (about IN ('rechten', 'screening', 'instemming', 'later', 'team', 'collega'));
