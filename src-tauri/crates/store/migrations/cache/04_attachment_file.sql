CREATE TABLE attachment_file (
  account INTEGER NOT NULL,
  attachment INTEGER NOT NULL,
  preview INTEGER NOT NULL,
  conversation INTEGER NOT NULL,
  message INTEGER NOT NULL,
  content_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (account, attachment, preview)
) STRICT;
CREATE INDEX attachment_file_of_message ON attachment_file (account, conversation, message);
CREATE INDEX attachment_file_age ON attachment_file (used_at, size);
