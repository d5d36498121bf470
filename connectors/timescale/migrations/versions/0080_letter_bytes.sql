-- The bytes of dead letters are erased after a week (connectors/timescale/forgetting.py); most rows have none left.
CREATE INDEX dead_letter_bytes ON nhip.dead_letter (recorded_at) WHERE key IS NOT NULL OR value IS NOT NULL;
