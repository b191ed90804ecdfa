-- A second factor of a person (reference §1.2): begun when there is a row, on when `enabled_at` is set. `last_step` is the
-- time step of the newest code that was taken; none of it or before it is taken again.
CREATE TABLE second_factor (
    user_id INTEGER PRIMARY KEY REFERENCES user (id) ON DELETE CASCADE,
    secret BLOB NOT NULL,
    last_step INTEGER NOT NULL DEFAULT 0,
    enabled_at INTEGER
) STRICT;

-- Only hashes; a code that was taken is gone.
CREATE TABLE backup_code (
    user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    code_hash TEXT NOT NULL,
    PRIMARY KEY (user_id, code_hash)
) STRICT, WITHOUT ROWID;
