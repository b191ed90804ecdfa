-- Whether a guest's address is still open is asked at each of their requests.
CREATE INDEX guest_link_by_address ON guest_link (contact_inbox_id, created_at);
