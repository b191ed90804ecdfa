-- What people want to be told, what a snooze leaves behind, what guests thought of it, and what reports count.

CREATE TABLE notification_setting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    email_flags TEXT NOT NULL,
    push_flags TEXT NOT NULL,
    UNIQUE (account_id, user_id)
) STRICT;

ALTER TABLE notification ADD COLUMN last_snoozed_at INTEGER;
CREATE INDEX notification_snoozed ON notification (snoozed_until) WHERE snoozed_until IS NOT NULL;

CREATE TABLE csat_survey_response (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    message_id INTEGER NOT NULL UNIQUE REFERENCES message (id) ON DELETE CASCADE,
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    assigned_agent_id INTEGER REFERENCES user (id) ON DELETE SET NULL,
    rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 5),
    feedback_message TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX csat_survey_response_by_account ON csat_survey_response (account_id, created_at);

-- `value` is a length of time in seconds.
CREATE TABLE reporting_event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    inbox_id INTEGER NOT NULL REFERENCES inbox (id) ON DELETE CASCADE,
    user_id INTEGER REFERENCES user (id) ON DELETE SET NULL,
    name TEXT NOT NULL,
    value INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX reporting_event_by_account ON reporting_event (account_id, name, created_at);
CREATE INDEX reporting_event_by_conversation ON reporting_event (conversation_id, name);
