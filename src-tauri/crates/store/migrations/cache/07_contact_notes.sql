CREATE TABLE contact_note (
  account INTEGER NOT NULL,
  contact INTEGER NOT NULL,
  id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (account, contact, id)
) STRICT, WITHOUT ROWID;
