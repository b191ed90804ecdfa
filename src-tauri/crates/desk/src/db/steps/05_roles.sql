-- What an agent of a role may do beyond or short of a plain agent, under the permissions of the wire (reference §2.3).
-- `breadth` is what they say about conversations; where several are held the widest counts.
CREATE TABLE custom_role (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    permissions TEXT NOT NULL DEFAULT '[]',
    breadth TEXT NOT NULL GENERATED ALWAYS AS (CASE
        WHEN instr(permissions, '"conversation_manage"') > 0 THEN 'channels'
        WHEN instr(permissions, '"conversation_unassigned_manage"') > 0 THEN 'unassigned'
        WHEN instr(permissions, '"conversation_participating_manage"') > 0 THEN 'served'
        ELSE 'nothing' END) VIRTUAL,
    created_at INTEGER NOT NULL,
    UNIQUE (account_id, name)
) STRICT;

-- Without a custom role a member is what `role` says. `calendar_name` is what the bookings call them: who has a booking
-- with that resource is their customer.
ALTER TABLE account_user ADD COLUMN custom_role_id INTEGER REFERENCES custom_role (id);
ALTER TABLE account_user ADD COLUMN calendar_name TEXT;
CREATE UNIQUE INDEX account_user_by_calendar_name ON account_user (account_id, calendar_name COLLATE NOCASE)
    WHERE calendar_name IS NOT NULL;
CREATE INDEX participant_by_user ON participant (user_id);
