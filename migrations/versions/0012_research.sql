-- Where the Wmo applies: a research begins (onderzoek), its report was given (onderzocht), the inwoner applied (aanvraag), the city decided (besluit).
ALTER TABLE casus.melding_event DROP CONSTRAINT melding_event_event_check, ADD CONSTRAINT melding_event_event_check
    CHECK (event IN ('ontvangen', 'bevestigd', 'gesprek', 'urgentie', 'wachtlijst', 'erger', 'gestart', 'advies', 'doorverwezen', 'overgedragen',
        'geweigerd', 'geholpen', 'samengevoegd', 'opzij', 'heropend', 'dossier', 'onderzoek', 'onderzocht', 'aanvraag', 'besluit'));
-- Few meldingen have these; the worklist looks among them for terms that run after help began.
CREATE INDEX melding_event_research ON casus.melding_event (melding_id) WHERE event IN ('onderzoek', 'onderzocht', 'aanvraag', 'besluit');
