-- What the scorecard says of the predictions that were made on 32 blocks: derived, and computed anew from their entries,
-- in the transaction that enters something of one of them. So nobody reads all entries to tell how a kind did.
CREATE TABLE prediction_sums (
  -- Height of those blocks by 32.
  bucket integer NOT NULL,
  kind text NOT NULL,
  -- Only fees of one target are like each other.
  subject text,
  first_seq bigint NOT NULL,
  made integer NOT NULL,
  live integer NOT NULL,
  open integer NOT NULL,
  decided integer NOT NULL,
  undecided integer NOT NULL,
  withdrawn integer NOT NULL,
  -- Of each claim that was decided, in the order in which they were: what was said, null without one, and what came.
  probabilities double precision[] NOT NULL,
  came boolean[] NOT NULL,
  UNIQUE NULLS NOT DISTINCT (bucket, kind, subject)
);

-- The same of intervals of one level.
CREATE TABLE interval_sums (
  bucket integer NOT NULL,
  kind text NOT NULL,
  subject text,
  level double precision NOT NULL,
  n integer NOT NULL,
  covered integer NOT NULL,
  width double precision NOT NULL,
  winkler double precision NOT NULL,
  UNIQUE NULLS NOT DISTINCT (bucket, kind, subject, level)
);

CREATE INDEX predictions_bucket ON predictions ((height / 32));

CREATE FUNCTION prediction_sums_of(buckets integer[]) RETURNS TABLE (
  bucket integer, kind text, subject text, first_seq bigint, made integer, live integer, open integer, decided integer,
  undecided integer, withdrawn integer, probabilities double precision[], came boolean[]) LANGUAGE sql STABLE AS $$
  SELECT one.height / 32, one.kind, CASE WHEN one.kind = 'fee-rate' THEN one.subject END AS subject, min(one.made_seq),
    count(*)::integer, count(*) FILTER (WHERE one.live)::integer, count(*) FILTER (WHERE one.state = 'open')::integer,
    count(*) FILTER (WHERE one.state = 'resolved' AND last.body #>> '{outcome,type}' <> 'unknown')::integer,
    count(*) FILTER (WHERE one.state = 'resolved' AND last.body #>> '{outcome,type}' = 'unknown')::integer,
    count(*) FILTER (WHERE one.state = 'withdrawn')::integer,
    coalesce(array_agg((made.body #>> '{statement,probability}')::double precision ORDER BY one.seq)
      FILTER (WHERE one.state = 'resolved' AND last.body #>> '{outcome,type}' = 'claim'), '{}'),
    coalesce(array_agg((last.body #>> '{outcome,came}')::boolean ORDER BY one.seq)
      FILTER (WHERE one.state = 'resolved' AND last.body #>> '{outcome,type}' = 'claim'), '{}')
  FROM predictions AS one
  JOIN scorecard_entries AS last ON last.seq = one.seq
  JOIN scorecard_entries AS made ON made.seq = one.made_seq
  WHERE one.height / 32 = ANY (buckets)
  GROUP BY 1, 2, 3
$$;

CREATE FUNCTION interval_sums_of(buckets integer[]) RETURNS TABLE (
  bucket integer, kind text, subject text, level double precision, n integer, covered integer, width double precision,
  winkler double precision) LANGUAGE sql STABLE AS $$
  SELECT one.height / 32, one.kind, CASE WHEN one.kind = 'fee-rate' THEN one.subject END AS subject,
    (scored ->> 'level')::double precision, count(*)::integer,
    count(*) FILTER (WHERE (scored ->> 'covered')::boolean)::integer,
    sum((scored ->> 'width')::double precision ORDER BY one.seq),
    sum((scored ->> 'winkler')::double precision ORDER BY one.seq)
  FROM predictions AS one
  JOIN scorecard_entries AS last ON last.seq = one.seq
  CROSS JOIN jsonb_array_elements(last.body #> '{score,intervals}') AS scored
  WHERE one.height / 32 = ANY (buckets) AND one.state = 'resolved'
  GROUP BY 1, 2, 3, 4
$$;

CREATE FUNCTION refresh_prediction_sums(buckets integer[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM prediction_sums WHERE bucket = ANY (buckets);
  DELETE FROM interval_sums WHERE bucket = ANY (buckets);
  INSERT INTO prediction_sums SELECT * FROM prediction_sums_of(buckets);
  INSERT INTO interval_sums SELECT * FROM interval_sums_of(buckets);
$$;

-- Entries are made one transaction after the other (lock_scorecard), so nobody waits for a row of these.
CREATE FUNCTION sum_predictions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_prediction_sums(ARRAY(SELECT DISTINCT height / 32 FROM moved));
  RETURN NULL;
END $$;
CREATE TRIGGER sum_inserted AFTER INSERT ON predictions
  REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION sum_predictions();
CREATE TRIGGER sum_updated AFTER UPDATE ON predictions
  REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION sum_predictions();

SELECT refresh_prediction_sums(ARRAY(SELECT DISTINCT height / 32 FROM predictions));
