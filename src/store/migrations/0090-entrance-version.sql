-- Raised by whatever throws people out who are in: what was being opened meanwhile, by what counted before, is not.
ALTER TABLE people ADD COLUMN entrance_version integer NOT NULL DEFAULT 0;
