-- Browsers that the operator's link was opened in. One that nobody uses for a week has ended, as one that is too old.
CREATE TABLE operator_sessions (
  id text PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now(),
  used_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  address text,
  user_agent text
);

CREATE VIEW lasting_operator_sessions AS
  SELECT * FROM operator_sessions WHERE expires_at > now() AND used_at > now() - interval '7 days';
