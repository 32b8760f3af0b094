-- What was set on the page, under the names of the settings; a flag or a variable of the process counts before it.
CREATE TABLE settings (
  name text PRIMARY KEY,
  -- As the flag would say it, or what the instance's key made of it.
  value text NOT NULL,
  sealed boolean NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  changed_by text NOT NULL
);
