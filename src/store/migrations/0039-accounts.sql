-- Who has an account. These four are Better Auth's (src/auth/better-auth.ts names its fields), with columns of our own.
CREATE TABLE people (
  id text PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE,
  email_verified boolean NOT NULL DEFAULT false,
  image text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  role text NOT NULL DEFAULT 'member' CHECK (role IN ('member', 'analyst', 'service', 'admin')),
  tier text NOT NULL DEFAULT 'free' CHECK (tier IN ('free', 'pro', 'power')),
  -- Somebody whom an administrator keeps out.
  blocked boolean NOT NULL DEFAULT false,
  -- As IANA and BCP 47 name them; null: as the browser says.
  time_zone text,
  locale text
);

CREATE TABLE sessions (
  id text PRIMARY KEY,
  -- Signed in the cookie: who reads it here cannot sign in with it.
  token text NOT NULL UNIQUE,
  person_id text NOT NULL REFERENCES people ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  ip_address text,
  user_agent text
);
CREATE INDEX sessions_person ON sessions (person_id);

-- By what somebody signs in: a password (as scrypt makes it) or an account elsewhere.
CREATE TABLE sign_in_methods (
  id text PRIMARY KEY,
  account_id text NOT NULL,
  provider_id text NOT NULL,
  person_id text NOT NULL REFERENCES people ON DELETE CASCADE,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX sign_in_methods_person ON sign_in_methods (person_id);

-- What was mailed to prove something, such as the link that sets a new password.
CREATE TABLE verifications (
  id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX verifications_identifier ON verifications (identifier);

CREATE TABLE invitations (
  id text PRIMARY KEY,
  email text NOT NULL,
  role text NOT NULL CHECK (role IN ('member', 'analyst', 'service', 'admin')),
  -- Of the token in the mail, which is nowhere else.
  token_hash bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);

-- How often somebody tried to sign in to an account from an address, since the last time that it worked.
CREATE TABLE sign_in_attempts (
  -- A digest of the e-mail address: whoever mistypes a password here is not written down.
  account text NOT NULL,
  address text NOT NULL,
  attempts integer NOT NULL,
  next_at timestamptz NOT NULL,
  PRIMARY KEY (account, address)
);
CREATE INDEX sign_in_attempts_next ON sign_in_attempts (next_at);

-- Feedback that was given before its author signed in counts as the account's.
CREATE TABLE feedback_owners (
  person_id text PRIMARY KEY,
  owner text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX feedback_owners_owner ON feedback_owners (owner);

CREATE TABLE api_keys (
  id text PRIMARY KEY,
  person_id text NOT NULL REFERENCES people ON DELETE CASCADE,
  name text NOT NULL,
  -- The beginning of the key, to know it by.
  prefix text NOT NULL,
  hash bytea NOT NULL UNIQUE,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  last_used_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX api_keys_person ON api_keys (person_id);

-- How much was asked for in the hour that began then. Nobody misses it after a crash.
CREATE UNLOGGED TABLE usage_counts (
  name text NOT NULL,
  hour timestamptz NOT NULL,
  used integer NOT NULL,
  PRIMARY KEY (name, hour)
);

-- The latest stars of each person, whoever they were when they gave them.
CREATE VIEW current_ratings AS
  SELECT DISTINCT ON (insight_id, coalesce(owner, insight_ratings.person_id))
    insight_id, coalesce(owner, insight_ratings.person_id) AS person_id, stars
  FROM insight_ratings LEFT JOIN feedback_owners ON feedback_owners.person_id = insight_ratings.person_id
  ORDER BY insight_id, coalesce(owner, insight_ratings.person_id), id DESC;

CREATE OR REPLACE VIEW current_comments AS
  SELECT insight_comments.id, insight_comments.at, insight_comments.insight_id,
    coalesce(owner, insight_comments.person_id) AS person_id, insight_comments.text,
    coalesce(latest.hidden, false) AS hidden, latest.reason AS hidden_reason
  FROM insight_comments
  LEFT JOIN feedback_owners ON feedback_owners.person_id = insight_comments.person_id
  LEFT JOIN LATERAL (
    SELECT hidden, reason FROM comment_moderations
    WHERE comment_id = insight_comments.id ORDER BY id DESC LIMIT 1
  ) AS latest ON true;

CREATE VIEW owned_flags AS
  SELECT insight_flags.id, insight_flags.at, insight_id, coalesce(owner, insight_flags.person_id) AS person_id,
    reason, details
  FROM insight_flags LEFT JOIN feedback_owners ON feedback_owners.person_id = insight_flags.person_id;
