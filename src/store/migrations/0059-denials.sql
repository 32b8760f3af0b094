-- Who was refused what, and how often in an hour. Not one row each: whoever wants to fill the table only raises a count.
CREATE TABLE denials (
  hour timestamptz NOT NULL,
  -- As the connection tells it.
  address text NOT NULL,
  role text NOT NULL,
  -- Of an account; empty where there is none.
  person_id text NOT NULL,
  -- Method and path of the route, not of the request.
  route text NOT NULL,
  code text NOT NULL,
  count integer NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  PRIMARY KEY (hour, address, role, person_id, route, code)
);
CREATE INDEX denials_last_at ON denials (last_at DESC);
