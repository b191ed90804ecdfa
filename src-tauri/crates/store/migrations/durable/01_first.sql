CREATE TABLE login (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  server TEXT NOT NULL,
  built_in INTEGER NOT NULL,
  email TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  user_name TEXT NOT NULL,
  token TEXT NOT NULL,
  pubsub_token TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX login_of_server ON login (server, user_id) WHERE built_in = 0;
CREATE UNIQUE INDEX login_of_built_in ON login (user_id) WHERE built_in = 1;

CREATE TABLE account (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  login INTEGER NOT NULL REFERENCES login (id) ON DELETE CASCADE,
  account_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  color INTEGER NOT NULL,
  UNIQUE (login, account_id)
) STRICT;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account (key) ON DELETE CASCADE,
  conversation INTEGER NOT NULL,
  job TEXT NOT NULL,
  state TEXT NOT NULL,
  client_ref TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  after_message INTEGER,
  queued_offline INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_of_account ON outbox (account);

CREATE TABLE draft (
  account INTEGER NOT NULL REFERENCES account (key) ON DELETE CASCADE,
  conversation INTEGER NOT NULL,
  text TEXT NOT NULL,
  private INTEGER NOT NULL,
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (account, conversation)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert (
  account INTEGER NOT NULL REFERENCES account (key) ON DELETE CASCADE,
  conversation INTEGER NOT NULL,
  since INTEGER NOT NULL,
  reason TEXT,
  raised_at INTEGER NOT NULL,
  acknowledged_at INTEGER,
  PRIMARY KEY (account, conversation)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
