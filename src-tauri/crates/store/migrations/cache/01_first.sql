CREATE TABLE conversation (
  doc INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  list INTEGER NOT NULL,
  sort INTEGER NOT NULL,
  ai INTEGER NOT NULL,
  open INTEGER NOT NULL,
  assignee INTEGER,
  inbox INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  contact INTEGER,
  last_activity_at INTEGER NOT NULL,
  at_start INTEGER NOT NULL DEFAULT 0,
  subject TEXT NOT NULL,
  server TEXT NOT NULL,
  shown TEXT,
  UNIQUE (account, id)
) STRICT;
CREATE INDEX conversation_order ON conversation (list, sort, account, id, ai, inbox, unread);
CREATE INDEX conversation_order_of_account ON conversation (account, list, sort, id, ai, inbox, unread);
CREATE INDEX conversation_ai_order ON conversation (sort, account, id, inbox, unread) WHERE ai = 1;
CREATE INDEX conversation_ai_order_of_account ON conversation (account, sort, id, inbox, unread) WHERE ai = 1;
CREATE INDEX conversation_of_contact ON conversation (account, contact, last_activity_at, id) WHERE contact IS NOT NULL;
CREATE INDEX conversation_load ON conversation (account, assignee) WHERE open = 1 AND assignee IS NOT NULL;
CREATE INDEX conversation_overlaid ON conversation (account, id) WHERE shown IS NOT NULL;
CREATE INDEX conversation_told ON conversation (account, json_extract(server, '$.status'), id);
CREATE INDEX conversation_unfinished ON conversation (account, last_activity_at)
WHERE at_start = 0 AND json_extract(server, '$.status') <> 'resolved';

CREATE TABLE conversation_label (
  account INTEGER NOT NULL,
  conversation INTEGER NOT NULL,
  label TEXT NOT NULL,
  PRIMARY KEY (account, conversation, label)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact (
  doc INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  identifier TEXT NOT NULL,
  digits TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (account, id)
) STRICT;

CREATE TABLE message (
  doc INTEGER PRIMARY KEY,
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  conversation INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  human INTEGER NOT NULL,
  client_ref TEXT,
  text TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (account, id)
) STRICT;
CREATE INDEX message_order ON message (account, conversation, created_at, id);
CREATE INDEX message_number ON message (account, conversation, id);
CREATE INDEX message_said ON message (account, conversation, created_at, id) WHERE kind <> 2;
CREATE INDEX message_incoming ON message (account, conversation, created_at) WHERE kind = 0;
CREATE INDEX message_human ON message (account, conversation, created_at, id) WHERE human = 1;
CREATE INDEX message_client_ref ON message (account, conversation, client_ref, id) WHERE client_ref IS NOT NULL;

CREATE TABLE history_gap (
  account INTEGER NOT NULL,
  conversation INTEGER NOT NULL,
  after_message INTEGER NOT NULL,
  before_message INTEGER NOT NULL,
  PRIMARY KEY (account, conversation, before_message)
) STRICT, WITHOUT ROWID;

CREATE TABLE inbox (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  channel TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE agent (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE team (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE label (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE canned_response (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sync_state (
  account INTEGER NOT NULL PRIMARY KEY,
  state TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE message_search USING fts5 (
  text, content = 'message', content_rowid = 'doc',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
CREATE TRIGGER message_search_insert AFTER INSERT ON message WHEN new.kind <> 2 BEGIN
  INSERT INTO message_search (rowid, text) VALUES (new.doc, new.text);
END;
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
