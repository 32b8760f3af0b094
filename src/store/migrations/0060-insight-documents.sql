-- The words that each insight can be found by, made when it is published: a search for a common one would else make them of
-- every insight anew, and once more to rank it.
CREATE TABLE insight_documents (
  insight_id text NOT NULL,
  block_hash bytea NOT NULL,
  -- That of the insight: the newest of those that meet a search as well come first.
  published_event_id bigint NOT NULL,
  document tsvector NOT NULL,
  PRIMARY KEY (insight_id, block_hash),
  FOREIGN KEY (insight_id, block_hash) REFERENCES insights (id, block_hash)
);
INSERT INTO insight_documents
SELECT id, block_hash, published_event_id, insight_document(headline, summary, evidence) FROM insights;
CREATE INDEX insight_documents_words ON insight_documents USING gin (document);
DROP INDEX insights_document;
-- Without it a search would be planned as if there were none.
ANALYZE insight_documents;

CREATE FUNCTION note_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO insight_documents
  SELECT id, block_hash, published_event_id, insight_document(headline, summary, evidence) FROM inserted;
  RETURN NULL;
END;
$$;
CREATE TRIGGER documents AFTER INSERT ON insights
  REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION note_documents();
