CREATE INDEX conversation_activity ON conversation (account, last_activity_at, id);
