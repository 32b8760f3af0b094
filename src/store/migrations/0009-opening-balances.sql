-- What entities and large scripts held when a node wrote its unspent outputs down. One row per base block; importing
-- it again replaces all that hangs on it.
CREATE TABLE utxo_snapshots (
  -- In display order. No reference: the block need not be stored here.
  base_hash bytea PRIMARY KEY CHECK (octet_length(base_hash) = 32),
  -- Null where neither a stored header nor a person told it: the file does not.
  height integer CHECK (height >= max_coin_height),
  -- Of the youngest coin. The base block is at this height or above.
  max_coin_height integer NOT NULL,
  coins bigint NOT NULL,
  transactions bigint NOT NULL,
  -- Satoshis.
  total bigint NOT NULL,
  bogosize bigint NOT NULL,
  -- Core's hash_serialized_3, in display order; null where the order of the file does not give it.
  hash_serialized bytea CHECK (octet_length(hash_serialized) = 32),
  label_version integer NOT NULL,
  imported_at timestamptz NOT NULL DEFAULT now()
);

-- Either an entity (no script), or a script, which may have a known owner.
CREATE TABLE opening_balances (
  base_hash bytea NOT NULL REFERENCES utxo_snapshots (base_hash) ON DELETE CASCADE,
  actor text,
  kind text,
  script bytea,
  -- Of the script; null where its type has none.
  address text,
  sats bigint NOT NULL,
  coins bigint NOT NULL CHECK (coins > 0),
  CHECK ((actor IS NULL) = (kind IS NULL)),
  CHECK (actor IS NOT NULL OR script IS NOT NULL),
  CHECK (address IS NULL OR script IS NOT NULL)
);
CREATE INDEX opening_balances_largest ON opening_balances (base_hash, sats DESC);
CREATE UNIQUE INDEX opening_balances_entity ON opening_balances (base_hash, actor, kind) WHERE script IS NULL;
