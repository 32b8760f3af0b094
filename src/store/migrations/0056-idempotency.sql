-- Requests that create something and named themselves, so that one that is sent twice is carried out once.
CREATE TABLE idempotent_requests (
  -- Who asked, and the name that they gave the request.
  owner text NOT NULL,
  key text NOT NULL,
  -- Of route and body: another request under the same name is refused.
  digest bytea NOT NULL,
  begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- The answer, sealed with the instance's key; null while it is being made.
  status integer,
  answer text,
  PRIMARY KEY (owner, key),
  CHECK ((status IS NULL) = (answer IS NULL))
);
CREATE INDEX idempotent_requests_begun ON idempotent_requests (begun_at);
