-- Whoever is no administrator any more, or is kept out, has invited nobody; who the operator invited has nobody here.
ALTER TABLE invitations ADD COLUMN invited_by text REFERENCES people (id) ON DELETE CASCADE;
CREATE INDEX invitations_invited_by ON invitations (invited_by) WHERE used_at IS NULL;
