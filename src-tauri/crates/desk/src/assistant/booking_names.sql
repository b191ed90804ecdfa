-- Who a booking is with, in small letters of any script: what decides whose customer a guest is. The desk's own `lower`
-- writes it, so that the index means the same to every program.
ALTER TABLE booking ADD COLUMN resource_key TEXT;
UPDATE booking SET resource_key = lower(resource);
CREATE TRIGGER booking_made AFTER INSERT ON booking WHEN new.resource IS NOT NULL BEGIN
    UPDATE booking SET resource_key = lower(new.resource) WHERE id = new.id;
END;
CREATE TRIGGER booking_given AFTER UPDATE OF resource ON booking BEGIN
    UPDATE booking SET resource_key = lower(new.resource) WHERE id = new.id;
END;
CREATE INDEX booking_by_person ON booking (account_id, resource_key, contact_id);
