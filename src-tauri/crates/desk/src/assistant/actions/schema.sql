-- What guests asked for that people decide. `was_starts_at` is when the booking began as it was asked: one that was
-- moved since is not touched.
CREATE TABLE linked_action (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    booking_id INTEGER NOT NULL REFERENCES booking (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    was_starts_at INTEGER NOT NULL,
    -- When it is to begin instead; none cancels it.
    starts_at INTEGER,
    state TEXT NOT NULL DEFAULT 'proposed'
        CHECK (state IN ('proposed', 'approved', 'done', 'failed', 'declined', 'expired')),
    -- Why it failed, in words.
    reason TEXT,
    decided_by INTEGER REFERENCES user (id) ON DELETE SET NULL,
    decided_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX linked_action_by_conversation ON linked_action (conversation_id, id);
CREATE INDEX linked_action_undecided ON linked_action (booking_id) WHERE state = 'proposed';
CREATE INDEX linked_action_to_carry_out ON linked_action (id) WHERE state = 'approved';
