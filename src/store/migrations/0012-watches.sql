-- Scripts and entities whose every transaction is kept as a transfer.
CREATE TABLE watches (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  script bytea UNIQUE,
  -- As it was given, for people.
  address text,
  actor text,
  kind text,
  note text,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (actor, kind),
  CHECK ((script IS NULL) = (address IS NULL)),
  CHECK ((actor IS NULL) = (kind IS NULL)),
  CHECK ((script IS NULL) <> (actor IS NULL))
);
