-- Labels with their history: nothing is overwritten, so that what was known at a version has an answer for ever.

-- One row for every import that changed something, and when it did.
CREATE TABLE label_versions (
  version integer PRIMARY KEY CHECK (version > 0),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  files text[] NOT NULL,
  added integer NOT NULL,
  changed integer NOT NULL,
  removed integer NOT NULL
);

-- Who owns: an actor in one of its kinds.
CREATE TABLE label_entities (
  id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  actor text NOT NULL,
  kind text NOT NULL,
  UNIQUE (actor, kind)
);

CREATE TABLE labels (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  -- An output script, or (is_tag) the UTF-8 bytes of a text in coinbases.
  target bytea NOT NULL,
  is_tag boolean NOT NULL,
  address text,
  entity_id integer NOT NULL REFERENCES label_entities (id),
  -- The file's own words; empty where it says nothing.
  category text NOT NULL,
  label text NOT NULL,
  source text NOT NULL,
  abuse text NOT NULL,
  confidence text NOT NULL,
  -- The label's own date. Since when it is known here tells version_from.
  valid_from date,
  file text NOT NULL,
  -- Valid in versions from … to the one before.
  version_from integer NOT NULL REFERENCES label_versions (version),
  version_to integer REFERENCES label_versions (version),
  CHECK (version_to > version_from)
);
CREATE UNIQUE INDEX labels_current ON labels (file, target, entity_id, is_tag, category) WHERE version_to IS NULL;
CREATE INDEX labels_target ON labels (target);
CREATE INDEX labels_entity ON labels (entity_id);
