-- Observations: what was given to us or asked for, and is not derived from stored blocks. They outlive a reorg.

-- A price file as it was at one time. Another content is another version; nothing is ever changed.
CREATE TABLE price_series (
  name text NOT NULL,
  version text NOT NULL,
  currency text NOT NULL,
  sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
  imported_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (name, version)
);

CREATE TABLE prices (
  series_name text NOT NULL,
  series_version text NOT NULL,
  -- In UTC.
  day date NOT NULL,
  close double precision NOT NULL CHECK (close > 0),
  PRIMARY KEY (series_name, series_version, day),
  FOREIGN KEY (series_name, series_version) REFERENCES price_series (name, version) ON DELETE CASCADE
);

-- Header times of blocks below the first one that is stored, unix seconds: when the coins were made that later blocks spend.
CREATE TABLE block_times (
  height integer PRIMARY KEY CHECK (height >= 0),
  time bigint NOT NULL CHECK (time > 0)
);

-- Derived. Columns have the names of PriceFeatures, amounts are in the currency of the series, null means unknown.
CREATE TABLE block_price_features (
  blockhash bytea NOT NULL REFERENCES block_headers (hash) ON DELETE CASCADE,
  series_name text NOT NULL,
  series_version text NOT NULL,
  price double precision,
  spent_value double precision,
  created_value double precision,
  sopr double precision,
  asopr double precision,
  realised_cap_change double precision,
  total_out_value double precision,
  priced_share double precision CHECK (priced_share BETWEEN 0 AND 1),
  PRIMARY KEY (blockhash, series_name, series_version),
  FOREIGN KEY (series_name, series_version) REFERENCES price_series (name, version)
);
