-- Who waits for a person is sorted by when they are to be answered, as the domain has it; before, by since when they wait.
UPDATE conversation
SET sort = sort + CASE json_extract(coalesce(shown, server), '$.priority') WHEN 'urgent' THEN 900 ELSE 7200 END
WHERE list = 0;
UPDATE conversation_label
SET sort = (
  SELECT c.sort FROM conversation c
  WHERE c.account = conversation_label.account AND c.id = conversation_label.id
)
WHERE list = 0;
