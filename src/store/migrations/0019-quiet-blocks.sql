-- Conditions in which some kinds of signal were silent in a block, and what they would have told. Some follow from blocks
-- alone, others were observed when the block was read; so all of them are kept, and go with their block.
CREATE TABLE quiet_blocks (
  blockhash bytea NOT NULL REFERENCES block_headers (hash) ON DELETE CASCADE,
  reason text NOT NULL,
  -- First block in which it was so.
  since_height integer NOT NULL,
  detail text NOT NULL,
  kinds text[] NOT NULL,
  -- Kinds of the signals that were found and not told.
  withheld text[] NOT NULL,
  PRIMARY KEY (blockhash, reason)
);

-- What a role says of itself has a new part; what an earlier program said lacks it, and that program runs no more.
DELETE FROM heartbeats;
