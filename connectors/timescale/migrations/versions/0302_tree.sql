-- Every watched system under the one it stands on: in the order of `path`, each comes after its parent, which the catalogue
-- keeps free of circles. What a system stands on may not be watched; then it stands alone.
CREATE VIEW board.system_tree AS
WITH RECURSIVE known AS MATERIALIZED (
    SELECT w.system_id, p.system_id AS parent
    FROM board.watched w LEFT JOIN board.watched p ON p.system_id = w.parent
), tree AS (
    SELECT k.system_id, 0 AS depth, ARRAY[k.system_id] AS path FROM known k WHERE k.parent IS NULL
    UNION ALL
    SELECT k.system_id, t.depth + 1, t.path || k.system_id FROM known k JOIN tree t ON t.system_id = k.parent
)
SELECT system_id, depth, path FROM tree;
