-- What each tier may have of what costs. Administrators change the numbers; the names stay.
CREATE TABLE tiers (
  name text PRIMARY KEY CHECK (name IN ('free', 'pro', 'power')),
  -- By all keys and tokens of a person together.
  requests_per_hour integer NOT NULL CHECK (requests_per_hour BETWEEN 1 AND 1000000),
  keys integer NOT NULL CHECK (keys BETWEEN 0 AND 5),
  -- In one file.
  exported_insights integer NOT NULL CHECK (exported_insights BETWEEN 1 AND 10000000)
);

INSERT INTO tiers (name, requests_per_hour, keys, exported_insights)
VALUES ('free', 100, 2, 1000), ('pro', 1000, 5, 20000), ('power', 10000, 5, 1000000);

ALTER TABLE people DROP CONSTRAINT people_tier_check;
ALTER TABLE people ADD CONSTRAINT people_tier_fkey FOREIGN KEY (tier) REFERENCES tiers (name);

-- Of a key alone, within what its person may; NULL: as much as that.
ALTER TABLE api_keys ADD COLUMN requests_per_hour integer CHECK (requests_per_hour > 0);
