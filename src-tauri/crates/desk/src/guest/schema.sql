-- A link from a booking e-mail to the guest's chat. The token is the guest's only credential: 32 random bytes, in hex.
-- `booking_id` is the booking the e-mail was about.
CREATE TABLE guest_link (
    token TEXT PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    contact_inbox_id INTEGER NOT NULL REFERENCES contact_inbox (id) ON DELETE CASCADE,
    booking_id INTEGER REFERENCES booking (id) ON DELETE SET NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
