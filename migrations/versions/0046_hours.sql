-- How heavy a case is, as who works in it says: hours in a week, about. Not a word about the inwoner.
ALTER TABLE casus.assignment ADD COLUMN hours smallint CHECK (hours BETWEEN 0 AND 40);
