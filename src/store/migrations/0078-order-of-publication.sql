-- Lists are in the order of the blocks that told first: what is noticed long after it began is news, and what is found in old
-- blocks later stands among what was said of them. An insight keeps that height on whichever block it is told of again.
ALTER TABLE insights ADD COLUMN published_height integer;
ALTER TABLE insights DISABLE TRIGGER append_only;
UPDATE insights SET published_height = first.block_height
FROM insight_statuses AS told
JOIN insights AS first ON first.id = told.insight_id AND first.block_hash = told.block_hash
WHERE told.insight_id = insights.id AND told.event_id = insights.published_event_id;
ALTER TABLE insights ENABLE TRIGGER append_only;
ALTER TABLE insights ALTER COLUMN published_height SET NOT NULL;

DROP VIEW current_insights;
-- With its indexes.
ALTER TABLE insights DROP COLUMN begin_height;

CREATE INDEX insights_order ON insights (published_height DESC, published_event_id DESC);
CREATE INDEX insights_category_order ON insights (category, published_height DESC, published_event_id DESC);
CREATE INDEX insights_kind_order ON insights (kind, published_height DESC, published_event_id DESC);
CREATE INDEX insights_subject
  ON insights ((evidence -> 'subject' ->> 'actor'), published_height DESC, published_event_id DESC);
-- The planner knows nothing yet of a column that was filled this moment.
ANALYZE insights;

CREATE VIEW current_insights AS
  SELECT insights.*, latest.status, latest.reason AS status_reason, latest.event_id
  FROM insights CROSS JOIN LATERAL (
    SELECT block_hash, status, reason, event_id FROM insight_statuses
    WHERE insight_id = insights.id ORDER BY event_id DESC LIMIT 1
  ) AS latest
  -- Written so that the planner expects every other row (0061).
  WHERE coalesce(latest.block_hash = insights.block_hash, false);
