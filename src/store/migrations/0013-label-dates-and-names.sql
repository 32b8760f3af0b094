-- What publishers of labels date is when they last edited them. When an address belonged to somebody is another matter,
-- and known only where a file says so.
ALTER TABLE labels RENAME COLUMN valid_from TO edited;
ALTER TABLE labels
  -- Both days included; infinite where the file does not say.
  ADD COLUMN valid_from date NOT NULL DEFAULT '-infinity',
  ADD COLUMN valid_until date NOT NULL DEFAULT 'infinity',
  ADD CONSTRAINT labels_valid CHECK (valid_from <= valid_until);
-- The same may be said of a script for several times.
DROP INDEX labels_current;
CREATE UNIQUE INDEX labels_current ON labels (file, target, entity_id, is_tag, category, valid_from)
  WHERE version_to IS NULL;

-- The letters and digits of a name in small letters: who is spelled in several ways is one. What is not ASCII stays as
-- it is, so that the rule is the same in every language of a database; `keyOfActor` is the same for the program.
ALTER TABLE label_entities ADD COLUMN actor_key text NOT NULL GENERATED ALWAYS AS (
  coalesce(nullif(regexp_replace(lower(actor COLLATE "C"), '[\x01-/:-`{-\x7f]', '', 'g'), ''), actor)) STORED;
CREATE INDEX label_entities_actor_key ON label_entities (actor_key, kind, id);

-- Whose the labels of a spelling are: `owner_id` is the same for all spellings of an actor in a kind, and `actor` the one
-- that came first, for ever.
CREATE VIEW label_owners AS
  SELECT id AS entity_id, min(id) OVER (PARTITION BY actor_key, kind) AS owner_id,
    first_value(actor) OVER (PARTITION BY actor_key ORDER BY id) AS actor, actor_key, kind, actor AS spelling
  FROM label_entities;

-- An actor may be watched in whatever kinds labels know it now and later.
ALTER TABLE watches DROP CONSTRAINT watches_check1;
ALTER TABLE watches ADD CONSTRAINT watches_kind CHECK (kind IS NULL OR actor IS NOT NULL);
CREATE UNIQUE INDEX watches_actor ON watches (actor) WHERE kind IS NULL;
