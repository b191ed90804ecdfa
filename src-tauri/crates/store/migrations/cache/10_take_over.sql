CREATE TABLE take_over (
  account INTEGER NOT NULL,
  conversation INTEGER NOT NULL,
  at INTEGER NOT NULL,
  after_message INTEGER NOT NULL,
  until_message INTEGER,
  PRIMARY KEY (account, conversation, after_message)
) STRICT, WITHOUT ROWID;
