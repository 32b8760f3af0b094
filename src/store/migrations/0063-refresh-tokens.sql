-- By what a program asks for the next token of a session. Each counts once; the next takes its place.
CREATE TABLE refresh_tokens (
  hash bytea PRIMARY KEY,
  -- Those that took each other's place.
  family text NOT NULL,
  session_id text NOT NULL REFERENCES sessions ON DELETE CASCADE,
  used_at timestamptz
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);
CREATE INDEX refresh_tokens_family ON refresh_tokens (family);
