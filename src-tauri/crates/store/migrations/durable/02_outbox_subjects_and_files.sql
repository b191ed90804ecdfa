-- Changes of customers stand in the outbox beside those of conversations; numbers stay given.
ALTER TABLE outbox RENAME TO outbox_before;
DROP INDEX outbox_of_account;
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account (key) ON DELETE CASCADE,
  conversation INTEGER,
  contact INTEGER,
  job TEXT NOT NULL,
  state TEXT NOT NULL,
  client_ref TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  after_message INTEGER,
  queued_offline INTEGER NOT NULL,
  refusal TEXT,
  CHECK ((conversation IS NULL) <> (contact IS NULL))
) STRICT;
INSERT INTO outbox (id, account, conversation, job, state, client_ref, created_at, attempts, after_message, queued_offline)
SELECT id, account, conversation, job, state, client_ref, created_at, attempts, after_message, queued_offline
FROM outbox_before ORDER BY id;
DELETE FROM sqlite_sequence WHERE name = 'outbox';
INSERT INTO sqlite_sequence (name, seq) SELECT 'outbox', seq FROM sqlite_sequence WHERE name = 'outbox_before';
DROP TABLE outbox_before;
CREATE INDEX outbox_of_account ON outbox (account);
CREATE INDEX outbox_of_conversation ON outbox (account, conversation) WHERE conversation IS NOT NULL;
CREATE INDEX outbox_of_contact ON outbox (account, contact) WHERE contact IS NOT NULL;

CREATE TABLE outbox_file (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account (key) ON DELETE CASCADE,
  conversation INTEGER NOT NULL,
  item INTEGER REFERENCES outbox (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  stored INTEGER NOT NULL,
  added_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_file_of_item ON outbox_file (item);
CREATE INDEX outbox_file_of_conversation ON outbox_file (account, conversation);

CREATE TABLE outbox_file_chunk (
  file INTEGER NOT NULL REFERENCES outbox_file (id) ON DELETE CASCADE,
  start INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (file, start)
) STRICT;
