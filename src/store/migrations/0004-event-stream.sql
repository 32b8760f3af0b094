-- Tells this database's events from those of any other, so that a reader who comes back with an id of a database that
-- was deleted since is not served as if it were one of ours. One row, for ever the same.
CREATE TABLE event_stream (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  id uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO event_stream DEFAULT VALUES;
