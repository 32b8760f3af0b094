-- What somebody named is theirs, and an entry is kept for ever: names of keys stand with the keys alone.
ALTER TABLE audit_entries DISABLE TRIGGER append_only_but_forgetting;
UPDATE audit_entries SET details = details - 'name' WHERE action = 'key.create' AND details ? 'name';
ALTER TABLE audit_entries ENABLE TRIGGER append_only_but_forgetting;

-- An invitation that was followed is an account; the log tells when. Its address, which may be another by then, goes.
DELETE FROM invitations WHERE used_at IS NOT NULL;
ALTER TABLE invitations DROP COLUMN used_at;
CREATE INDEX IF NOT EXISTS invitations_invited_by ON invitations (invited_by);
