-- Lists are in the order of the chain: where an insight began stays the same while it goes on in later blocks. Of equals
-- the last published comes first.
ALTER TABLE insights ADD COLUMN begin_height integer NOT NULL
  GENERATED ALWAYS AS (coalesce((evidence -> 'begins' ->> 'height')::integer, block_height)) STORED;

CREATE INDEX insights_order ON insights (begin_height DESC, published_event_id DESC);
DROP INDEX insights_category_published;
CREATE INDEX insights_category_order ON insights (category, begin_height DESC, published_event_id DESC);
DROP INDEX insights_kind_published;
CREATE INDEX insights_kind_order ON insights (kind, begin_height DESC, published_event_id DESC);
DROP INDEX insights_subject;
CREATE INDEX insights_subject
  ON insights ((evidence -> 'subject' ->> 'actor'), begin_height DESC, published_event_id DESC);

-- A view has the columns that its table had when it was made; a new one stands behind them.
CREATE OR REPLACE VIEW current_insights AS
  SELECT insights.id, insights.block_hash, insights.block_height, insights.block_time, insights.kind, insights.category,
    insights.headline, insights.summary, insights.surprise_percentile, insights.surprise_sample_size,
    insights.confidence, insights.evidence, insights.simulated, insights.published_event_id,
    latest.status, latest.reason AS status_reason, latest.event_id, insights.begin_height
  FROM insights CROSS JOIN LATERAL (
    SELECT block_hash, status, reason, event_id FROM insight_statuses
    WHERE insight_id = insights.id ORDER BY event_id DESC LIMIT 1
  ) AS latest
  WHERE coalesce(latest.block_hash = insights.block_hash, false);
