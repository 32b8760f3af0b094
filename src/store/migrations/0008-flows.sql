-- What depends on labels carries their version: when labels change, a block gets rows of the new version beside the
-- old ones, which stay answerable.

CREATE TABLE block_flows (
  blockhash bytea NOT NULL REFERENCES block_headers (hash) ON DELETE CASCADE,
  label_version integer NOT NULL,
  -- Share of the block's value, spent and received, whose owner is known.
  label_coverage double precision,
  payout_actor text,
  payout_kind text,
  PRIMARY KEY (blockhash, label_version),
  CHECK ((payout_actor IS NULL) = (payout_kind IS NULL))
);

-- Satoshis, each transaction netted first.
CREATE TABLE entity_flows (
  blockhash bytea NOT NULL,
  label_version integer NOT NULL,
  actor text NOT NULL,
  kind text NOT NULL,
  inflow bigint NOT NULL,
  outflow bigint NOT NULL,
  in_house bigint NOT NULL,
  inter_entity_in bigint NOT NULL,
  inter_entity_out bigint NOT NULL,
  mined bigint NOT NULL,
  deposits integer NOT NULL,
  withdrawals integer NOT NULL,
  in_house_transactions integer NOT NULL,
  PRIMARY KEY (blockhash, label_version, actor, kind),
  FOREIGN KEY (blockhash, label_version) REFERENCES block_flows (blockhash, label_version) ON DELETE CASCADE
);
CREATE INDEX entity_flows_actor ON entity_flows (actor, kind, label_version);

-- Who pays whom in a transfer; no row where no label tells anything.
CREATE TABLE transfer_parties (
  blockhash bytea NOT NULL,
  tx_index integer NOT NULL,
  label_version integer NOT NULL,
  from_actor text,
  from_kind text,
  to_actor text,
  to_kind text,
  kind text CHECK (kind IN ('deposit', 'withdrawal', 'in-house', 'inter-entity')),
  PRIMARY KEY (blockhash, tx_index, label_version),
  FOREIGN KEY (blockhash, tx_index) REFERENCES transfers (blockhash, tx_index) ON DELETE CASCADE,
  FOREIGN KEY (blockhash, label_version) REFERENCES block_flows (blockhash, label_version) ON DELETE CASCADE
);
