CREATE TABLE label_before AS SELECT account, conversation, label FROM conversation_label;
DROP TABLE conversation_label;
CREATE TABLE conversation_label (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  label TEXT NOT NULL,
  list INTEGER NOT NULL,
  sort INTEGER NOT NULL,
  ai INTEGER NOT NULL,
  inbox INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  PRIMARY KEY (account, id, label)
) STRICT, WITHOUT ROWID;
INSERT INTO conversation_label (account, id, label, list, sort, ai, inbox, unread)
SELECT l.account, l.conversation, l.label, c.list, c.sort, c.ai, c.inbox, c.unread
FROM label_before AS l JOIN conversation AS c ON c.account = l.account AND c.id = l.conversation;
DROP TABLE label_before;
CREATE INDEX conversation_label_order ON conversation_label (label, list, sort, account, id, ai, inbox, unread);
CREATE INDEX conversation_label_order_of_account
ON conversation_label (account, label, list, sort, id, ai, inbox, unread);
INSERT INTO message_search (message_search, rank) VALUES ('automerge', 8);
CREATE INDEX inbox_of_channel ON inbox (channel, account, id);
