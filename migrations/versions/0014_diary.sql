-- written_for: the widest circle that could read this text. Sharing an entry opens its newest text; what was written before, for fewer people, stays theirs.
ALTER TABLE casus.entry_version ADD COLUMN written_for smallint NOT NULL DEFAULT 3 CHECK (written_for BETWEEN 1 AND 3);

ALTER TABLE casus.entry_version NO FORCE ROW LEVEL SECURITY;
ALTER TABLE casus.entry NO FORCE ROW LEVEL SECURITY;
UPDATE casus.entry_version v SET written_for = e.audience FROM casus.entry e WHERE e.id = v.entry_id AND e.audience < 3;
ALTER TABLE casus.entry FORCE ROW LEVEL SECURITY;
ALTER TABLE casus.entry_version FORCE ROW LEVEL SECURITY;
