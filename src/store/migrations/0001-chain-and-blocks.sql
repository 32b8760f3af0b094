-- Which chain this database belongs to. One row.
CREATE TABLE chain (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  network text NOT NULL,
  chain_id text NOT NULL,
  simulated boolean NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Derived tables: every row hangs on a header, so undoing a block is deleting its header.
-- Hashes are stored in display order (the hexadecimal digits that people see).
CREATE TABLE block_headers (
  hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
  height integer NOT NULL CHECK (height >= 0),
  prev_hash bytea NOT NULL CHECK (octet_length(prev_hash) = 32),
  time bigint NOT NULL,
  version integer NOT NULL,
  bits bigint NOT NULL,
  tx_count integer NOT NULL CHECK (tx_count > 0),
  size integer NOT NULL,
  weight integer NOT NULL,
  -- false: one of a set of blocks with gaps, of which nobody knows whether it is on the best chain.
  connected boolean NOT NULL,
  inserted_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX block_headers_connected_height ON block_headers (height) WHERE connected;
CREATE INDEX block_headers_tip ON block_headers (connected, height);

-- The connected block up to which everything is stored. No row: none is. Moves in the transaction that saves blocks.
CREATE TABLE cursor (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  height integer NOT NULL,
  hash bytea NOT NULL REFERENCES block_headers (hash)
);

-- Columns have the names of BlockFeatures. Amounts are satoshis, null means unknown.
CREATE TABLE block_features (
  blockhash bytea PRIMARY KEY REFERENCES block_headers (hash) ON DELETE CASCADE,
  height integer NOT NULL,
  time bigint NOT NULL,
  mediantime bigint,
  txs integer NOT NULL,
  ins integer NOT NULL,
  outs integer NOT NULL,
  subsidy bigint NOT NULL,
  totalfee bigint,
  minfee bigint,
  maxfee bigint,
  avgfee bigint,
  medianfee bigint,
  minfeerate bigint,
  maxfeerate bigint,
  avgfeerate bigint,
  feerate_percentiles bigint[],
  feerate_percentiles_exact double precision[],
  mintxsize integer NOT NULL,
  maxtxsize integer NOT NULL,
  avgtxsize integer NOT NULL,
  mediantxsize integer NOT NULL,
  total_size integer NOT NULL,
  total_weight integer NOT NULL,
  total_out bigint NOT NULL,
  swtxs integer NOT NULL,
  swtotal_size integer NOT NULL,
  swtotal_weight integer NOT NULL,
  utxo_increase integer NOT NULL,
  utxo_size_inc bigint,
  utxo_increase_actual integer NOT NULL,
  utxo_size_inc_actual bigint,
  output_types jsonb NOT NULL,
  pool_name text,
  pool_by text CHECK (pool_by IN ('address', 'tag')),
  largest_transfer bigint,
  unclaimed bigint,
  CHECK ((pool_name IS NULL) = (pool_by IS NULL))
);

CREATE TABLE transfers (
  blockhash bytea NOT NULL REFERENCES block_headers (hash) ON DELETE CASCADE,
  tx_index integer NOT NULL,
  txid bytea NOT NULL CHECK (octet_length(txid) = 32),
  value bigint NOT NULL,
  total_in bigint NOT NULL,
  total_out bigint NOT NULL,
  fee bigint NOT NULL,
  inputs integer NOT NULL,
  outputs integer NOT NULL,
  to_address text,
  to_value bigint NOT NULL,
  PRIMARY KEY (blockhash, tx_index)
);

CREATE TABLE signals (
  blockhash bytea NOT NULL REFERENCES block_headers (hash) ON DELETE CASCADE,
  ordinal integer NOT NULL,
  kind text NOT NULL,
  height integer NOT NULL,
  surprise_percentile double precision,
  surprise_sample_size integer,
  -- What only this kind of signal has.
  detail jsonb NOT NULL,
  PRIMARY KEY (blockhash, ordinal)
);
CREATE INDEX signals_kind_height ON signals (kind, height);
