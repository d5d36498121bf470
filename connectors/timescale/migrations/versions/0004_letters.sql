-- A topic that was recreated and adopted counts its offsets from the start: what it refuses must not take the place of
-- dead letters that nobody has looked at yet. One record has one append time.
ALTER TABLE nhip.dead_letter
    DROP CONSTRAINT dead_letter_pkey,
    ADD PRIMARY KEY (topic, partition, "offset", appended_at);
