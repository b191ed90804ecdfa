-- What the role lets a person see: the role's own name, and the wire's permissions. Read anew at the next connection.
ALTER TABLE account ADD COLUMN role_name TEXT;
ALTER TABLE account ADD COLUMN permissions TEXT NOT NULL DEFAULT '[]';
