-- One-time codes that were used, until they would not count any more anyway.
CREATE TABLE used_codes (
  nonce text PRIMARY KEY,
  expires timestamptz NOT NULL
);

-- Published: who changed what. Nothing is overwritten.
CREATE TABLE audit_entries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  role text NOT NULL,
  -- Whose feedback it is; null where the actor has not given any.
  person_id text,
  -- As the connection tells it; null of a command on this machine.
  address text,
  action text NOT NULL,
  -- What was changed.
  target text NOT NULL,
  details jsonb NOT NULL DEFAULT '{}',
  request_id text
);
CREATE INDEX audit_entries_target ON audit_entries (target, id DESC);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
