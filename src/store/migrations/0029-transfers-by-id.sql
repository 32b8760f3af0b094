-- A transfer is looked up by the id that somebody has at hand.
CREATE INDEX transfers_txid ON transfers (txid);
