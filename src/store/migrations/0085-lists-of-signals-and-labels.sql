-- Signals about somebody, and those that are rarer than most, the highest block first.
CREATE INDEX signals_subject ON signals ((detail->'subject'->>'actor'), height);
CREATE INDEX signals_surprise ON signals (surprise_percentile, height) WHERE surprise_percentile IS NOT NULL;

-- Labels entity by entity, a page at a time.
DROP INDEX labels_entity;
CREATE INDEX labels_entity ON labels (entity_id, id);
