-- Filled at the next start, as the traits are.
ALTER TABLE contact ADD COLUMN sort_name TEXT NOT NULL DEFAULT '';
UPDATE contact SET traits = -1;
CREATE INDEX contact_name ON contact (sort_name, account, id);
CREATE INDEX contact_name_of_account ON contact (account, sort_name, id);
