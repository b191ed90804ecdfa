-- The e-mail about a booking: one row for each that got its chat link and has an address to go to. `waiting` is to be
-- sent from `due_at` on; `sending` was handed out and nothing is known yet; `unsure` may or may not have arrived, and is
-- not sent again; `failed` was refused for good.
CREATE TABLE letter (
    booking_id INTEGER PRIMARY KEY REFERENCES booking (id) ON DELETE CASCADE,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- The guest link it carries.
    token TEXT NOT NULL REFERENCES guest_link (token) ON DELETE CASCADE,
    -- The left part of its Message-ID and the name of its file.
    name TEXT NOT NULL UNIQUE,
    -- ISO 639-1, as the booking said it; the property's when absent.
    language TEXT,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'sent', 'unsure', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    sent_at INTEGER
) STRICT;
CREATE INDEX letter_due ON letter (due_at) WHERE state = 'waiting';
