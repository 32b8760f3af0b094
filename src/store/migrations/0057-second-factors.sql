-- What somebody shows beside a password, or in its place. Both are Better Auth's (src/auth/better-auth.ts names the fields).
ALTER TABLE people ADD COLUMN two_factor_enabled boolean NOT NULL DEFAULT false;

CREATE TABLE second_factors (
  id text PRIMARY KEY,
  person_id text NOT NULL UNIQUE REFERENCES people ON DELETE CASCADE,
  -- What codes are computed from and the recovery codes that are left, both encrypted by the instance's key.
  secret text NOT NULL,
  backup_codes text NOT NULL,
  -- Whether a first code was shown: until then signing in asks for none.
  verified boolean NOT NULL DEFAULT false,
  failed_verification_count integer NOT NULL DEFAULT 0,
  locked_until timestamptz
);

CREATE TABLE passkeys (
  id text PRIMARY KEY,
  person_id text NOT NULL REFERENCES people ON DELETE CASCADE,
  name text,
  public_key text NOT NULL,
  credential_id text NOT NULL UNIQUE,
  -- Goes up with each use: one that goes back is a copy.
  counter integer NOT NULL,
  device_type text NOT NULL,
  backed_up boolean NOT NULL,
  transports text,
  aaguid text,
  created_at timestamptz
);
CREATE INDEX passkeys_person ON passkeys (person_id);

-- Since when another key has the place of this one, which goes on for a day.
ALTER TABLE api_keys ADD COLUMN replaced_at timestamptz;
