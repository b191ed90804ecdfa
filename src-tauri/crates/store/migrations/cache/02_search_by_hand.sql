DROP TRIGGER message_search_insert;
DROP TABLE message_search;
CREATE VIRTUAL TABLE message_search USING fts5 (
  text, content = 'message', content_rowid = 'doc',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3', columnsize = 0
);
INSERT INTO message_search (rowid, text) SELECT doc, text FROM message WHERE kind <> 2 ORDER BY doc;
