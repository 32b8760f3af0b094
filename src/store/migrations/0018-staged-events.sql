-- What people staged on the simulated chain of this database. Its blocks follow from it, so it is as much a part of the
-- chain as they are, and outlives every reorg.
CREATE TABLE staged_events (
  -- How many were staged before it.
  position integer PRIMARY KEY CHECK (position >= 0),
  -- Chain time after which it takes effect, unix seconds; as the simulation has it, so with fractions.
  time double precision NOT NULL,
  kind text NOT NULL,
  entity text,
  size double precision,
  blocks integer,
  staged_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Those whose taker has not answered, of which there are none or one.
CREATE INDEX commands_taken ON commands (id) WHERE state = 'taken';
