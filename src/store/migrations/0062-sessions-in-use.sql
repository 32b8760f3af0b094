-- When a session was last used, to five minutes. One that nobody uses for two weeks has ended, as one that is too old.
ALTER TABLE sessions ADD COLUMN used_at timestamptz NOT NULL DEFAULT now();

CREATE VIEW lasting_sessions AS
  SELECT * FROM sessions WHERE expires_at > now() AND used_at > now() - interval '14 days';
