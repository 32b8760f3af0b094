-- Where an insight stands is nearly always where it was published, but the planner takes two columns to be alike once in two
-- hundred rows: a page of a category was sorted out of all its insights. Of coalesce it expects every other row, and walks the
-- index in the order of the page.
CREATE OR REPLACE VIEW current_insights AS
  SELECT insights.*, latest.status, latest.reason AS status_reason, latest.event_id
  FROM insights CROSS JOIN LATERAL (
    SELECT block_hash, status, reason, event_id FROM insight_statuses
    WHERE insight_id = insights.id ORDER BY event_id DESC LIMIT 1
  ) AS latest
  WHERE coalesce(latest.block_hash = insights.block_hash, false);

-- Of a common word the newest matches alone are ranked and counted (src/store/published/search/newest-matches.ts).
CREATE INDEX insight_documents_newest ON insight_documents (published_event_id DESC);
