-- Of what was withheld without a word: when the inwoner was told. Null: not yet, or told at once.
ALTER TABLE casus.withholding ADD told_at timestamptz CHECK (told_at IS NULL OR (agreed AND postponed));
