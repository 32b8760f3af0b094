-- Null where the source did not know at which height the spent coins were made.
ALTER TABLE block_features ADD COLUMN coin_days_destroyed double precision;
