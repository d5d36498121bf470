-- What a system's checks are judged by (streams/health/terms.py), as the catalogue had it when it was first heard or
-- last rebuilt: check → [interval, grace, failures, successes, required].
ALTER TABLE nhip.system_state ADD COLUMN terms jsonb NOT NULL DEFAULT '{}';
