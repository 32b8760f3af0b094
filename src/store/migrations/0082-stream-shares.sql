-- How many streams of a network each process may have open: all together as many as one network may. A process that has
-- said nothing for a while is dead, and its shares with it.
CREATE UNLOGGED TABLE stream_shares (
  network text NOT NULL,
  process text NOT NULL,
  shares integer NOT NULL CHECK (shares > 0),
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (network, process)
);
