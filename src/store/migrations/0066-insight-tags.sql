-- As src/insights/tags.ts says them: category, kinds, whom an insight names.
CREATE FUNCTION insight_tags(category text, kind text, evidence jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_agg(tag) FROM (
    VALUES (category), (kind), (evidence->'subject'->>'actor')
    UNION SELECT jsonb_array_elements_text(coalesce(evidence->'also', '[]'))
    UNION SELECT slot->>'value' FROM jsonb_path_query(evidence, '$.slots.* ? (@.unit == "name")') AS slot
  ) AS found (tag) WHERE tag IS NOT NULL
$$;
CREATE INDEX insights_tags ON insights USING gin (insight_tags(category, kind, evidence));
