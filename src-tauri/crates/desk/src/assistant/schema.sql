-- What the assistant answers from. Columns ending in _at or _until are epoch milliseconds (UTC).

-- What kind of house an account is, and where its guests manage bookings themselves.
CREATE TABLE property (
    account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('hotel', 'salon')),
    portal_url TEXT
) STRICT;

-- `keywords` holds other words guests use for it, also in other languages.
CREATE TABLE article (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    keywords TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX article_by_account ON article (account_id);

CREATE VIRTUAL TABLE article_search USING fts5 (
    title, keywords, content,
    content = 'article', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER article_added AFTER INSERT ON article BEGIN
    INSERT INTO article_search (rowid, title, keywords, content) VALUES (new.id, new.title, new.keywords, new.content);
END;
CREATE TRIGGER article_removed AFTER DELETE ON article BEGIN
    INSERT INTO article_search (article_search, rowid, title, keywords, content)
    VALUES ('delete', old.id, old.title, old.keywords, old.content);
END;
CREATE TRIGGER article_changed AFTER UPDATE ON article BEGIN
    INSERT INTO article_search (article_search, rowid, title, keywords, content)
    VALUES ('delete', old.id, old.title, old.keywords, old.content);
    INSERT INTO article_search (rowid, title, keywords, content) VALUES (new.id, new.title, new.keywords, new.content);
END;

-- `amount` is in hundredths of the currency.
CREATE TABLE price (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL DEFAULT 'EUR',
    unit TEXT NOT NULL DEFAULT '',
    keywords TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX price_by_account ON price (account_id);

-- `resource` is who or what it is with: a stylist, a room. Without a limit the guest cannot do it by chat.
CREATE TABLE booking (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    reference TEXT NOT NULL,
    title TEXT NOT NULL,
    resource TEXT,
    status TEXT NOT NULL DEFAULT 'confirmed' CHECK (status IN ('confirmed', 'cancelled')),
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    cancel_until INTEGER,
    move_until INTEGER,
    UNIQUE (account_id, reference)
) STRICT;
CREATE INDEX booking_by_contact ON booking (contact_id, starts_at);
CREATE INDEX booking_by_resource ON booking (account_id, resource, starts_at);

-- What the assistant asked last and still waits for a yes or no to.
CREATE TABLE assistant_question (
    conversation_id INTEGER PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
    message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    proposal TEXT NOT NULL
) STRICT;
