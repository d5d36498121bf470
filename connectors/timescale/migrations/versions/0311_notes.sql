-- What the ticker notes of an alert's steps, in both languages; what a person notes is in theirs.
ALTER TABLE nhip.alert_step ADD COLUMN note_vi text;
CREATE OR REPLACE VIEW board.alert_step AS
SELECT number, alert, episode, step, at, who, note, coalesce(note_vi, note) AS note_vi FROM nhip.alert_step;
