-- What an answer over many days reads lies side by side, so that a year of entities or a month of signals is one piece of
-- an index and not a row here and there.
CREATE INDEX entity_rollups_of_days ON entity_rollups (start)
  INCLUDE (actor, kind, inflow, outflow, mined, deposits, withdrawals) WHERE resolution = 'day';
CREATE INDEX signals_by_height ON signals (height) INCLUDE (kind, blockhash);
