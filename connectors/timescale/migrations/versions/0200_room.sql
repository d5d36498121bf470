-- Half of a page stays free for the versions that batches side by side cannot clean up yet: with 70 % filled, half of all
-- updates went to another page and into the index (docs/decisions/0005-cells.md). Pages filled before stay as they are.
ALTER TABLE nhip.cell SET (fillfactor = 50);
