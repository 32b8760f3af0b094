-- What each role last said about itself.
CREATE TABLE heartbeats (
  role text PRIMARY KEY,
  instance text NOT NULL,
  at timestamptz NOT NULL,
  state jsonb NOT NULL
);
