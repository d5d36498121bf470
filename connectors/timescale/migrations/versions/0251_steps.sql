-- Each step of the audit, whoever took it, goes into the outbox in its own transaction: channel `alerts`, which publishes
-- to Kafka (streams/contracts/alert.py). `key` begins with what names the step for ever.
ALTER TABLE nhip.outbox DROP CONSTRAINT outbox_notice_check;
ALTER TABLE nhip.outbox ADD CONSTRAINT outbox_notice_check CHECK (notice IN ('firing', 'resolved', 'step'));
CREATE INDEX outbox_created ON nhip.outbox (created_at);

CREATE FUNCTION nhip.publish_step() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = nhip, pg_temp AS $$
BEGIN
    INSERT INTO outbox (key, channel, alert, firing, notice, body)
    SELECT format('%s.%s.%s', NEW.alert, NEW.episode, lpad(NEW.number::text, 12, '0')), 'alerts', NEW.alert,
           a.episode || '.' || a.relapses, 'step',
           jsonb_build_object(
               'step', NEW.step, 'at', NEW.at, 'who', NEW.who, 'note', NEW.note,
               'alert', jsonb_build_object(
                   'id', a.id, 'rule', a.rule, 'labels', a.labels, 'severity', a.severity, 'state', a.state,
                   'since', a.since, 'reason', jsonb_build_object('vi', a.reason_vi, 'en', a.reason_en),
                   'evidence', a.evidence, 'episode', a.episode, 'relapses', a.relapses,
                   'fired_at', a.fired_at, 'resolved_at', a.resolved_at))
    FROM alert a WHERE a.id = NEW.alert
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER alert_step_published AFTER INSERT ON nhip.alert_step FOR EACH ROW EXECUTE FUNCTION nhip.publish_step();
