-- -1 = to be worked out at the next start, in Rust: the rules are the domain's.
ALTER TABLE conversation ADD COLUMN traits INTEGER NOT NULL DEFAULT -1;
ALTER TABLE conversation_label ADD COLUMN traits INTEGER NOT NULL DEFAULT -1;
ALTER TABLE contact ADD COLUMN traits INTEGER NOT NULL DEFAULT -1;
DROP INDEX conversation_order;
DROP INDEX conversation_order_of_account;
DROP INDEX conversation_ai_order;
DROP INDEX conversation_ai_order_of_account;
DROP INDEX conversation_label_order;
DROP INDEX conversation_label_order_of_account;
CREATE INDEX conversation_order ON conversation (list, sort, account, id, ai, inbox, unread, traits);
CREATE INDEX conversation_order_of_account ON conversation (account, list, sort, id, ai, inbox, unread, traits);
CREATE INDEX conversation_ai_order ON conversation (sort, account, id, inbox, unread, traits) WHERE ai = 1;
CREATE INDEX conversation_ai_order_of_account ON conversation (account, sort, id, inbox, unread, traits) WHERE ai = 1;
CREATE INDEX conversation_label_order
ON conversation_label (label, list, sort, account, id, ai, inbox, unread, traits);
CREATE INDEX conversation_label_order_of_account
ON conversation_label (account, label, list, sort, id, ai, inbox, unread, traits);
CREATE INDEX conversation_without_traits ON conversation (account, id) WHERE traits < 0;
CREATE INDEX contact_without_traits ON contact (account, id) WHERE traits < 0;
