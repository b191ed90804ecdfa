CREATE TABLE macro (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_view (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE attribute_definition (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE notification (
  account INTEGER NOT NULL,
  id INTEGER NOT NULL,
  last_activity_at INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notification_order ON notification (account, last_activity_at, id);
CREATE INDEX notification_unread ON notification (account) WHERE unread = 1;
