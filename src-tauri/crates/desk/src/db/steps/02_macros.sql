-- Macros, uploads that wait for a message, shared drafts, and what attribute definitions lacked.

CREATE TABLE macro (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    visibility TEXT NOT NULL DEFAULT 'personal' CHECK (visibility IN ('personal', 'global')),
    created_by_id INTEGER REFERENCES user (id) ON DELETE SET NULL,
    updated_by_id INTEGER REFERENCES user (id) ON DELETE SET NULL,
    actions TEXT NOT NULL DEFAULT '[]',
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX macro_by_account ON macro (account_id);

-- The bytes lie in the data folder under `files/<key>`; the key is also the credential that names an upload.
CREATE TABLE upload (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    key TEXT NOT NULL UNIQUE,
    file_name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    file_size INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- One per conversation, shared by all agents.
CREATE TABLE draft_message (
    conversation_id INTEGER PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
    message TEXT NOT NULL
) STRICT;

ALTER TABLE custom_attribute_definition ADD COLUMN regex_pattern TEXT;
ALTER TABLE custom_attribute_definition ADD COLUMN regex_cue TEXT;
ALTER TABLE custom_attribute_definition ADD COLUMN default_value INTEGER;
