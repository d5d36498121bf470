-- name: open
INSERT INTO nhip.alert (id, rule, labels, severity, state, since, reason_vi, reason_en, evidence, level, episode, relapses,
                        told, fired_at, by_hand)
SELECT left(md5(n::text), 16), 'system-down', jsonb_build_object('system', 'system-' || n), 'critical', 'firing',
       now() - interval '1 hour', 'mất tín hiệu', 'silent', '{}', 0, 1, 0, true, now() - interval '1 hour', false
FROM generate_series(1, %s) AS n
