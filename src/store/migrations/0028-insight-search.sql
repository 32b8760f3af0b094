-- What a search looks at: the words of an insight, its headline before all, and whom it is about.
CREATE FUNCTION insight_document(headline text, summary text, evidence jsonb) RETURNS tsvector
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT setweight(to_tsvector('english'::regconfig, headline), 'A')
      || setweight(to_tsvector('english'::regconfig, summary), 'B')
      || setweight(to_tsvector('simple'::regconfig, coalesce(evidence->'subject'->>'actor', '')), 'A')
$$;

CREATE INDEX insights_document ON insights USING gin (insight_document(headline, summary, evidence));
CREATE INDEX insights_kind_published ON insights (kind, published_event_id DESC);
CREATE INDEX insights_subject ON insights ((evidence->'subject'->>'actor'), published_event_id DESC);
CREATE INDEX insights_transactions ON insights USING gin ((evidence->'transactions') jsonb_path_ops);
CREATE INDEX insights_block_hash ON insights (block_hash);
