-- durable.db: what only this computer knows. Encrypted, synchronous=FULL, never dropped and never rebuilt.
-- Times are epoch seconds. A test compares this page with a fresh file; `migrations/durable` makes the file.

-- A person signed in on a server.
CREATE TABLE login (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- LoginKey; never given twice
  server TEXT NOT NULL,                  -- base address without a slash at the end
  built_in INTEGER NOT NULL,             -- 1 = the desk that comes with Deskbell: its address changes with every start
  email TEXT NOT NULL,
  user_id INTEGER NOT NULL,              -- the person's number on the server
  user_name TEXT NOT NULL,
  token TEXT NOT NULL,                   -- access token; '' = not to be kept on this computer
  pubsub_token TEXT NOT NULL             -- opens the socket; '' as above
) STRICT;
-- The same person again is the same login.
CREATE UNIQUE INDEX login_of_server ON login (server, user_id) WHERE built_in = 0;
CREATE UNIQUE INDEX login_of_built_in ON login (user_id) WHERE built_in = 1;

-- A property: an account the login may work in.
CREATE TABLE account (
  key INTEGER PRIMARY KEY AUTOINCREMENT, -- AccountKey; never given twice, because cached rows are found by it
  login INTEGER NOT NULL REFERENCES login (id) ON DELETE CASCADE,
  account_id INTEGER NOT NULL,           -- its number on the server
  name TEXT NOT NULL,
  role TEXT NOT NULL,                    -- administrator, agent
  color INTEGER NOT NULL,                -- 0 to 5: which of the property colours
  role_name TEXT,                        -- what a role that somebody made is called
  permissions TEXT NOT NULL DEFAULT '[]', -- JSON list of the wire's words; empty = an old server told none
  UNIQUE (login, account_id)
) STRICT;

-- Pressed changes the server does not have yet.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order within a subject; never given twice
  account INTEGER NOT NULL REFERENCES account (key) ON DELETE CASCADE,
  conversation INTEGER,                  -- the subject: a conversation (display number within the account)
  contact INTEGER,                       -- or a customer (number within the account)
  job TEXT NOT NULL,                     -- JSON of domain::Job
  state TEXT NOT NULL,                   -- JSON of domain::OutboxState
  client_ref TEXT NOT NULL UNIQUE,       -- Deskbell's own key (UUIDv7)
  created_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,             -- failures that say something about the request; 0 = nothing reached the server
  after_message INTEGER,                 -- the newest message known when it was written
  queued_offline INTEGER NOT NULL,       -- 1 = pressed without a connection
  refusal TEXT,                          -- what the server's validation said when it refused it
  CHECK ((conversation IS NULL) <> (contact IS NULL))
) STRICT;
CREATE INDEX outbox_of_account ON outbox (account);
-- What a new press may replace.
CREATE INDEX outbox_of_conversation ON outbox (account, conversation) WHERE conversation IS NOT NULL;
CREATE INDEX outbox_of_contact ON outbox (account, contact) WHERE contact IS NOT NULL;

-- Files that go with a message. They leave with its item; without one they are still in the composer.
CREATE TABLE outbox_file (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account (key) ON DELETE CASCADE,
  conversation INTEGER NOT NULL,         -- whose composer it was put into
  item INTEGER REFERENCES outbox (id) ON DELETE CASCADE,  -- outbox.id; NULL = not pressed yet
  name TEXT NOT NULL,
  content_type TEXT NOT NULL,            -- MIME type
  size INTEGER NOT NULL,                 -- bytes of the whole
  stored INTEGER NOT NULL,               -- bytes kept so far
  added_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_file_of_item ON outbox_file (item);
CREATE INDEX outbox_file_of_conversation ON outbox_file (account, conversation);

CREATE TABLE outbox_file_chunk (
  file INTEGER NOT NULL REFERENCES outbox_file (id) ON DELETE CASCADE,
  start INTEGER NOT NULL,                -- its first byte's place in the file
  bytes BLOB NOT NULL,
  PRIMARY KEY (file, start)
) STRICT;

-- What somebody is still writing; one per conversation.
CREATE TABLE draft (
  account INTEGER NOT NULL REFERENCES account (key) ON DELETE CASCADE,
  conversation INTEGER NOT NULL,
  text TEXT NOT NULL,                    -- never empty
  private INTEGER NOT NULL,              -- 1 = a note for the team
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (account, conversation)
) STRICT, WITHOUT ROWID;

-- Escalations that are raised: a row goes when nobody is needed any more.
CREATE TABLE alert (
  account INTEGER NOT NULL REFERENCES account (key) ON DELETE CASCADE,
  conversation INTEGER NOT NULL,
  since INTEGER NOT NULL,                -- since when it waits; with the conversation it names the escalation
  reason TEXT,                           -- why, in words of the AI or a colleague
  raised_at INTEGER NOT NULL,            -- when it rang here
  acknowledged_at INTEGER,               -- when somebody here opened it
  PRIMARY KEY (account, conversation)
) STRICT, WITHOUT ROWID;

-- What a person chose.
CREATE TABLE setting (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL                    -- JSON
) STRICT, WITHOUT ROWID;
