-- Where events go by HTTP, and what their signatures are made with.

CREATE TABLE webhook (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    name TEXT,
    inbox_id INTEGER REFERENCES inbox (id) ON DELETE SET NULL,
    subscriptions TEXT NOT NULL,
    secret TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (account_id, url)
) STRICT;

ALTER TABLE agent_bot ADD COLUMN secret TEXT NOT NULL DEFAULT '';
UPDATE agent_bot SET secret = lower(hex(randomblob(16)));
