-- How sure the labels were by which an entity's coins were known in a block; null where they do not say, and of blocks that
-- were read before this was kept.
ALTER TABLE entity_flows ADD COLUMN certainty real;
