-- cache.db: what the server can tell again. Encrypted, synchronous=NORMAL; dropped and rebuilt at any moment.
-- Times are epoch seconds, `account` is durable.db's account.key. A test compares this page with a fresh file;
-- `migrations/cache` makes the file.

-- A conversation. The columns from `list` to `subject` follow the shown version.
CREATE TABLE conversation (
  doc INTEGER PRIMARY KEY AUTOINCREMENT,   -- row number for subject_search
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,                     -- display number within the account
  list INTEGER NOT NULL,                   -- 0 needs a person, 1 mine, 2 rest, 3 closed: the order of the All view
  sort INTEGER NOT NULL,                   -- ascending within a list: waiting since, elsewhere minus the last activity
  ai INTEGER NOT NULL,                     -- 1 = the AI answers (pending)
  open INTEGER NOT NULL,                   -- 1 = status open
  assignee INTEGER,                        -- the person who holds it; bots do not count
  inbox INTEGER NOT NULL,                  -- inbox.id
  unread INTEGER NOT NULL,                 -- 1 = the guest wrote something nobody has seen
  contact INTEGER,                         -- contact.id
  last_activity_at INTEGER NOT NULL,
  at_start INTEGER NOT NULL DEFAULT 0,     -- 1 = nothing older than the oldest kept message exists
  subject TEXT NOT NULL,                   -- subject line of an e-mail, '' = none
  server TEXT NOT NULL,                    -- JSON of domain::Conversation as last told
  shown TEXT,                              -- the same with unsent changes laid over it; NULL = no difference
  traits INTEGER NOT NULL DEFAULT -1,      -- bits of conversation/traits.rs, the guest's among them; -1 = not worked out
  UNIQUE (account, id)
) STRICT;
-- One index per list, all properties together or one alone; the last columns spare the filters the row.
CREATE INDEX conversation_order ON conversation (list, sort, account, id, ai, inbox, unread, traits);
CREATE INDEX conversation_order_of_account ON conversation (account, list, sort, id, ai, inbox, unread, traits);
-- The AI view is a part of list 2.
CREATE INDEX conversation_ai_order ON conversation (sort, account, id, inbox, unread, traits) WHERE ai = 1;
CREATE INDEX conversation_ai_order_of_account ON conversation (account, sort, id, inbox, unread, traits) WHERE ai = 1;
-- Earlier conversations of a guest.
CREATE INDEX conversation_of_contact ON conversation (account, contact, last_activity_at, id) WHERE contact IS NOT NULL;
-- How many each person holds.
CREATE INDEX conversation_load ON conversation (account, assignee) WHERE open = 1 AND assignee IS NOT NULL;
-- What happened in a period, for the numbers.
CREATE INDEX conversation_activity ON conversation (account, last_activity_at, id);
-- What has to be laid over again at start.
CREATE INDEX conversation_overlaid ON conversation (account, id) WHERE shown IS NOT NULL;
-- What an earlier version left.
CREATE INDEX conversation_without_traits ON conversation (account, id) WHERE traits < 0;
-- By the server's word, for catching up.
CREATE INDEX conversation_told ON conversation (account, json_extract(server, '$.status'), id);
CREATE INDEX conversation_unfinished ON conversation (account, last_activity_at)
WHERE at_start = 0 AND json_extract(server, '$.status') <> 'resolved';

-- The tags of the shown version, with all a list filtered by one is sorted and filtered by: as in conversation.
CREATE TABLE conversation_label (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,                     -- conversation.id
  label TEXT NOT NULL,
  list INTEGER NOT NULL,
  sort INTEGER NOT NULL,
  ai INTEGER NOT NULL,
  inbox INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  traits INTEGER NOT NULL DEFAULT -1,
  PRIMARY KEY (account, id, label)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_label_order
ON conversation_label (label, list, sort, account, id, ai, inbox, unread, traits);
CREATE INDEX conversation_label_order_of_account
ON conversation_label (account, label, list, sort, id, ai, inbox, unread, traits);

-- A guest.
CREATE TABLE contact (
  doc INTEGER PRIMARY KEY AUTOINCREMENT,   -- row number for contact_search and number_search
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,                     -- '' = none
  identifier TEXT NOT NULL,                -- '' = none
  digits TEXT NOT NULL,                    -- digits of phone number and identifier, a space between them
  body TEXT NOT NULL,                      -- JSON of domain::Contact
  traits INTEGER NOT NULL DEFAULT -1,      -- bits of conversation/traits.rs; -1 = not worked out
  sort_name TEXT NOT NULL DEFAULT '',      -- name, else number, without accents and case; '' = a complete stranger
  UNIQUE (account, id)
) STRICT;
-- The address book.
CREATE INDEX contact_name ON contact (sort_name, account, id);
CREATE INDEX contact_name_of_account ON contact (account, sort_name, id);
CREATE INDEX contact_without_traits ON contact (account, id) WHERE traits < 0;

-- A message.
CREATE TABLE message (
  doc INTEGER PRIMARY KEY,                 -- row number for message_search: second of writing, then number, so that newer is higher
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,                     -- number within the account
  conversation INTEGER NOT NULL,           -- display number; its row may come later
  kind INTEGER NOT NULL,                   -- 0 incoming, 1 outgoing, 2 activity, 3 template
  created_at INTEGER NOT NULL,
  human INTEGER NOT NULL,                  -- 1 = public answer of a person
  client_ref TEXT,                         -- this computer's key, where the server keeps it
  text TEXT NOT NULL,                      -- the content: shown and searched
  body TEXT NOT NULL,                      -- JSON of domain::Message without the content
  UNIQUE (account, id)
) STRICT;
-- Pages of a thread.
CREATE INDEX message_order ON message (account, conversation, created_at, id);
-- Pages by number, as the server's `after` has them.
CREATE INDEX message_number ON message (account, conversation, id);
-- Previews.
CREATE INDEX message_said ON message (account, conversation, created_at, id) WHERE kind <> 2;
-- Reply windows.
CREATE INDEX message_incoming ON message (account, conversation, created_at) WHERE kind = 0;
-- Who answered last.
CREATE INDEX message_human ON message (account, conversation, created_at, id) WHERE human = 1;
CREATE INDEX message_client_ref ON message (account, conversation, client_ref, id) WHERE client_ref IS NOT NULL;

-- Stretches of a thread that were not loaded.
CREATE TABLE history_gap (
  account INTEGER NOT NULL,
  conversation INTEGER NOT NULL,
  after_message INTEGER NOT NULL,          -- the newest kept before the gap
  before_message INTEGER NOT NULL,         -- the oldest kept after it
  PRIMARY KEY (account, conversation, before_message)
) STRICT, WITHOUT ROWID;

-- When a person took a conversation over, as the server's word came in.
CREATE TABLE take_over (
  account INTEGER NOT NULL,
  conversation INTEGER NOT NULL,
  at INTEGER NOT NULL,                     -- epoch seconds by the server's clock
  after_message INTEGER NOT NULL,          -- the newest kept then, 0 = none
  until_message INTEGER,                   -- the newest kept when it was handed back or closed; NULL = not yet
  PRIMARY KEY (account, conversation, after_message)
) STRICT, WITHOUT ROWID;

-- Files of messages that were looked at, or may be: as large as allowed together, then the oldest go.
CREATE TABLE attachment_file (
  account INTEGER NOT NULL,
  attachment INTEGER NOT NULL,             -- its number on the server
  preview INTEGER NOT NULL,                -- 1 = a small picture of it
  conversation INTEGER NOT NULL,
  message INTEGER NOT NULL,                -- a file goes with its message; a contact's number where conversation is 0
  content_type TEXT NOT NULL,              -- MIME type, as the server told with the bytes
  size INTEGER NOT NULL,                   -- bytes
  used_at INTEGER NOT NULL,                -- epoch seconds: when somebody last looked at it, to the hour
  bytes BLOB NOT NULL,
  PRIMARY KEY (account, attachment, preview)
) STRICT;
CREATE INDEX attachment_file_of_message ON attachment_file (account, conversation, message);
CREATE INDEX attachment_file_age ON attachment_file (used_at, size);

-- A channel of a property.
CREATE TABLE inbox (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  position INTEGER NOT NULL,               -- the server's order
  channel TEXT NOT NULL,                   -- word of domain::Channel, for the filter
  body TEXT NOT NULL,                      -- JSON of domain::Inbox
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;
-- The filter by channel.
CREATE INDEX inbox_of_channel ON inbox (channel, account, id);

-- A person of the desk.
CREATE TABLE agent (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  position INTEGER NOT NULL,               -- the server's order
  name TEXT NOT NULL,                      -- for rows
  body TEXT NOT NULL,                      -- JSON of domain::Agent
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE team (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  position INTEGER NOT NULL,               -- the server's order
  body TEXT NOT NULL,                      -- JSON of domain::Team
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE label (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  position INTEGER NOT NULL,               -- the server's order
  body TEXT NOT NULL,                      -- JSON of domain::Label
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

-- A template.
CREATE TABLE canned_response (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  position INTEGER NOT NULL,               -- the server's order
  body TEXT NOT NULL,                      -- JSON of domain::CannedResponse
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

-- Several steps run at once.
CREATE TABLE macro (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  position INTEGER NOT NULL,               -- the server's order
  body TEXT NOT NULL,                      -- JSON of domain::Macro
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

-- A filter the signed-in person saved.
CREATE TABLE saved_view (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  position INTEGER NOT NULL,               -- the server's order
  body TEXT NOT NULL,                      -- JSON of domain::SavedView
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

-- What a custom attribute is called and may hold.
CREATE TABLE attribute_definition (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  position INTEGER NOT NULL,               -- the server's order
  body TEXT NOT NULL,                      -- JSON of domain::AttributeDefinition
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

-- What the server told the signed-in person to look at. Only the newest are kept.
CREATE TABLE notification (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  last_activity_at INTEGER NOT NULL,
  unread INTEGER NOT NULL,                 -- 1 = neither read nor put off
  body TEXT NOT NULL,                      -- JSON of domain::Notification
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notification_order ON notification (account, last_activity_at, id);
CREATE INDEX notification_unread ON notification (account) WHERE unread = 1;

-- A note about a guest, as last read.
CREATE TABLE contact_note (
  account INTEGER NOT NULL,
  contact INTEGER NOT NULL,                -- contact.id
  id INTEGER NOT NULL,
  position INTEGER NOT NULL,               -- the server's order
  body TEXT NOT NULL,                      -- JSON of domain::ContactNote
  PRIMARY KEY (account, contact, id)
) STRICT, WITHOUT ROWID;

-- How far an account is in step.
CREATE TABLE sync_state (
  account INTEGER NOT NULL PRIMARY KEY,
  state TEXT NOT NULL                      -- JSON of SyncState
) STRICT;

-- Search: words without accents, from their beginning. The triggers write only what changed. Activity lines (kind 2)
-- are left out.
--
-- No trigger inserts messages: before each statement with a trigger FTS5 writes out all it has gathered, so that filling
-- took twice as long. `message/save.rs` does it.
CREATE VIRTUAL TABLE message_search USING fts5 (
  text, content = 'message', content_rowid = 'doc',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3', columnsize = 0
);
CREATE TRIGGER message_search_delete AFTER DELETE ON message WHEN old.kind <> 2 BEGIN
  INSERT INTO message_search (message_search, rowid, text) VALUES ('delete', old.doc, old.text);
END;
CREATE TRIGGER message_search_update AFTER UPDATE OF text ON message
WHEN old.kind <> 2 AND old.text <> new.text BEGIN
  INSERT INTO message_search (message_search, rowid, text) VALUES ('delete', old.doc, old.text);
  INSERT INTO message_search (rowid, text) VALUES (new.doc, new.text);
END;

CREATE VIRTUAL TABLE contact_search USING fts5 (
  name, email, identifier, content = 'contact', content_rowid = 'doc',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
CREATE TRIGGER contact_search_insert AFTER INSERT ON contact BEGIN
  INSERT INTO contact_search (rowid, name, email, identifier) VALUES (new.doc, new.name, new.email, new.identifier);
END;
CREATE TRIGGER contact_search_delete AFTER DELETE ON contact BEGIN
  INSERT INTO contact_search (contact_search, rowid, name, email, identifier)
  VALUES ('delete', old.doc, old.name, old.email, old.identifier);
END;
CREATE TRIGGER contact_search_update AFTER UPDATE OF name, email, identifier ON contact
WHEN old.name <> new.name OR old.email <> new.email OR old.identifier <> new.identifier BEGIN
  INSERT INTO contact_search (contact_search, rowid, name, email, identifier)
  VALUES ('delete', old.doc, old.name, old.email, old.identifier);
  INSERT INTO contact_search (rowid, name, email, identifier) VALUES (new.doc, new.name, new.email, new.identifier);
END;

-- Any run of three digits or more inside a number.
CREATE VIRTUAL TABLE number_search USING fts5 (
  digits, content = 'contact', content_rowid = 'doc', tokenize = 'trigram'
);
CREATE TRIGGER number_search_insert AFTER INSERT ON contact WHEN new.digits <> '' BEGIN
  INSERT INTO number_search (rowid, digits) VALUES (new.doc, new.digits);
END;
CREATE TRIGGER number_search_delete AFTER DELETE ON contact WHEN old.digits <> '' BEGIN
  INSERT INTO number_search (number_search, rowid, digits) VALUES ('delete', old.doc, old.digits);
END;
CREATE TRIGGER number_search_update_old AFTER UPDATE OF digits ON contact
WHEN old.digits <> new.digits AND old.digits <> '' BEGIN
  INSERT INTO number_search (number_search, rowid, digits) VALUES ('delete', old.doc, old.digits);
END;
CREATE TRIGGER number_search_update_new AFTER UPDATE OF digits ON contact
WHEN old.digits <> new.digits AND new.digits <> '' BEGIN
  INSERT INTO number_search (rowid, digits) VALUES (new.doc, new.digits);
END;

CREATE VIRTUAL TABLE subject_search USING fts5 (
  subject, content = 'conversation', content_rowid = 'doc',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
CREATE TRIGGER subject_search_insert AFTER INSERT ON conversation WHEN new.subject <> '' BEGIN
  INSERT INTO subject_search (rowid, subject) VALUES (new.doc, new.subject);
END;
CREATE TRIGGER subject_search_delete AFTER DELETE ON conversation WHEN old.subject <> '' BEGIN
  INSERT INTO subject_search (subject_search, rowid, subject) VALUES ('delete', old.doc, old.subject);
END;
CREATE TRIGGER subject_search_update_old AFTER UPDATE OF subject ON conversation
WHEN old.subject <> new.subject AND old.subject <> '' BEGIN
  INSERT INTO subject_search (subject_search, rowid, subject) VALUES ('delete', old.doc, old.subject);
END;
CREATE TRIGGER subject_search_update_new AFTER UPDATE OF subject ON conversation
WHEN old.subject <> new.subject AND new.subject <> '' BEGIN
  INSERT INTO subject_search (rowid, subject) VALUES (new.doc, new.subject);
END;
