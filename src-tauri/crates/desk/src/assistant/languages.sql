-- The knowledge in other languages than the house's own. `language` is an ISO 639-1 code.

CREATE TABLE article_text (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    language TEXT NOT NULL,
    content TEXT NOT NULL,
    UNIQUE (article_id, language)
) STRICT;

CREATE VIRTUAL TABLE article_text_search USING fts5 (
    content, content = 'article_text', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER article_text_added AFTER INSERT ON article_text BEGIN
    INSERT INTO article_text_search (rowid, content) VALUES (new.id, new.content);
END;
CREATE TRIGGER article_text_removed AFTER DELETE ON article_text BEGIN
    INSERT INTO article_text_search (article_text_search, rowid, content) VALUES ('delete', old.id, old.content);
END;
CREATE TRIGGER article_text_changed AFTER UPDATE ON article_text BEGIN
    INSERT INTO article_text_search (article_text_search, rowid, content) VALUES ('delete', old.id, old.content);
    INSERT INTO article_text_search (rowid, content) VALUES (new.id, new.content);
END;

CREATE TABLE price_text (
    price_id INTEGER NOT NULL REFERENCES price (id) ON DELETE CASCADE,
    language TEXT NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (price_id, language)
) STRICT, WITHOUT ROWID;
