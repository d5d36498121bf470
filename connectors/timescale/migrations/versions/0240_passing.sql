-- A digest is said and done: that it no longer stands is told to nobody.
ALTER TABLE nhip.alert ADD COLUMN passing boolean NOT NULL DEFAULT false;
