-- A block row says more from here on. What was derived before lacks it, so it is derived anew: the next start reads
-- the blocks again. Published rows stay.
DELETE FROM cursor;
DELETE FROM block_headers;

ALTER TABLE block_features
  ADD COLUMN fee_share_of_reward double precision,
  ADD COLUMN output_values jsonb NOT NULL,
  ADD COLUMN input_types jsonb,
  ADD COLUMN input_values jsonb,
  ADD COLUMN segwit_share double precision,
  ADD COLUMN segwit_weight_share double precision,
  ADD COLUMN taproot_share double precision,
  ADD COLUMN taproot_weight_share double precision,
  ADD COLUMN op_return_bytes integer NOT NULL,
  ADD COLUMN inscriptions integer NOT NULL,
  ADD COLUMN inscription_bytes integer NOT NULL,
  ADD COLUMN transaction_kinds jsonb NOT NULL,
  ADD COLUMN dust_created integer NOT NULL,
  ADD COLUMN dust_swept integer,
  ADD COLUMN reused_outputs integer,
  ADD COLUMN change bigint,
  ADD COLUMN value_moved bigint,
  ADD COLUMN net_value_moved bigint,
  ADD COLUMN transfers_100btc integer,
  ADD COLUMN transfers_100btc_value bigint,
  ADD COLUMN transfers_1000btc integer,
  ADD COLUMN transfers_1000btc_value bigint,
  ADD COLUMN dormancy double precision,
  ADD COLUMN average_lifespan double precision,
  ADD COLUMN spent_age_bands jsonb,
  ADD COLUMN revived_supply bigint,
  ADD COLUMN interval integer,
  ADD COLUMN difficulty double precision NOT NULL,
  ADD COLUMN hash_rate double precision NOT NULL,
  ADD COLUMN pool_by_address text,
  ADD COLUMN pool_by_tag text,
  ADD COLUMN pool_disagrees boolean NOT NULL,
  ADD COLUMN coinbase_text text NOT NULL;

ALTER TABLE transfers
  ADD COLUMN coin_age_days double precision,
  -- Whether it touches a script or an entity that was watched when the block was read.
  ADD COLUMN watched boolean NOT NULL;
