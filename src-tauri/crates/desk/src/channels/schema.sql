-- How channels reach their providers, what leaves through them, and what came in. Columns ending in _at are epoch
-- milliseconds (UTC).

-- Never shown on the wire. Without a token, or with is_log, what is sent is only recorded; without a secret nothing that comes in can be
-- believed. `account` is the provider's name for the sender: an account SID, a phone number id, a page id.
CREATE TABLE carrier (
    inbox_id INTEGER PRIMARY KEY REFERENCES inbox (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('twilio', 'whatsapp', 'page', 'mail')),
    base_url TEXT NOT NULL,
    account TEXT NOT NULL DEFAULT '',
    token TEXT NOT NULL DEFAULT '',
    secret TEXT NOT NULL DEFAULT '',
    verify_token TEXT NOT NULL DEFAULT '',
    call_secret TEXT NOT NULL DEFAULT '',
    is_log INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Every part of a message that left or will leave. Of one part there are several rows when it was tried again; the
-- newest counts. `due_at` is when something is to be done with it next.
CREATE TABLE outbound (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    inbox_id INTEGER NOT NULL REFERENCES inbox (id) ON DELETE CASCADE,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    part INTEGER NOT NULL,
    attachment_id INTEGER,
    is_consent INTEGER NOT NULL DEFAULT 0,
    carrier TEXT NOT NULL DEFAULT '',
    recipient TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'queued'
        CHECK (state IN ('queued', 'sending', 'unsure', 'sent', 'delivered', 'read', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER,
    provider_id TEXT,
    error TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbound_due ON outbound (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX outbound_ahead ON outbound (conversation_id, id) WHERE state IN ('queued', 'sending');
CREATE INDEX outbound_by_message ON outbound (message_id, part, id);
CREATE INDEX outbound_by_provider ON outbound (inbox_id, provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX outbound_unread ON outbound (inbox_id, recipient) WHERE state IN ('sent', 'delivered');

-- What providers brought, by their own names for it: providers bring things twice.
CREATE TABLE inbound (
    inbox_id INTEGER NOT NULL REFERENCES inbox (id) ON DELETE CASCADE,
    provider_id TEXT NOT NULL,
    conversation_id INTEGER REFERENCES conversation (id) ON DELETE SET NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (inbox_id, provider_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbound_by_conversation ON inbound (conversation_id);
