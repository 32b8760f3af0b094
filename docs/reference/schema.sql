-- The schema that the migrations make, written by
-- UPDATE_GOLDEN=1 npx vitest run src/store/database/schema.test.ts
-- and compared with them by the same test. The queue has a schema of its own, pgboss.

CREATE SEQUENCE event_ids AS bigint;

CREATE OR REPLACE FUNCTION public.claim_outcome(evidence jsonb)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
  SELECT jsonb_build_object('height', predictions.resolved_height, 'came', resolved.body #> '{outcome,came}')
  FROM scorecard_entries AS made
  JOIN predictions ON predictions.made_seq = made.seq AND predictions.state = 'resolved'
  JOIN scorecard_entries AS resolved ON resolved.seq = predictions.seq
  WHERE evidence #>> '{claim,text}' IS NOT NULL
    AND made.block_hash = evidence #>> '{blocks,0,hash}'
    AND made.type = 'made'
    AND made.body #>> '{statement,text}' = evidence #>> '{claim,text}'
    AND (made.kind <> 'large-transfer' OR evidence -> 'transactions'
      @> jsonb_build_array(jsonb_build_object('txid', made.body #> '{statement,signal,transfers,0,txid}')))
  ORDER BY made.seq
  LIMIT 1;
$function$;

CREATE OR REPLACE FUNCTION public.count_none()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  UPDATE row_counts SET count = 0 WHERE counted = TG_TABLE_NAME;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION public.count_rows()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
  more bigint;
BEGIN
  SELECT CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END INTO more FROM changed;
  -- Blocks without signals leave without waiting for those who have some.
  IF more <> 0 THEN
    UPDATE row_counts SET count = count + more WHERE counted = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION public.draw_event_ids(how_many integer)
 RETURNS SETOF bigint
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM lock_events();
  PERFORM make_event_partitions(last_value, last_value + how_many) FROM event_ids;
  RETURN QUERY SELECT nextval('event_ids') FROM generate_series(1, how_many);
END;
$function$;

CREATE OR REPLACE FUNCTION public.insight_document(headline text, summary text, evidence jsonb)
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  SELECT setweight(to_tsvector('english'::regconfig, headline), 'A')
      || setweight(to_tsvector('english'::regconfig, summary), 'B')
      || setweight(to_tsvector('simple'::regconfig, coalesce(evidence->'subject'->>'actor', '')), 'A')
$function$;

CREATE OR REPLACE FUNCTION public.insight_tags(category text, kind text, evidence jsonb)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  SELECT array_agg(tag) FROM (
    VALUES (category), (kind), (evidence->'subject'->>'actor')
    UNION SELECT jsonb_array_elements_text(coalesce(evidence->'also', '[]'))
    UNION SELECT slot->>'value' FROM jsonb_path_query(evidence, '$.slots.* ? (@.unit == "name")') AS slot
  ) AS found (tag) WHERE tag IS NOT NULL
$function$;

CREATE OR REPLACE FUNCTION public.interval_sums_of(buckets integer[])
 RETURNS TABLE(bucket integer, kind text, subject text, level double precision, n integer, covered integer, width double precision, winkler double precision)
 LANGUAGE sql
 STABLE
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.lock_events()
 RETURNS void
 LANGUAGE sql
AS $function$
  SELECT pg_advisory_xact_lock(7853019, 1);
$function$;

CREATE OR REPLACE FUNCTION public.lock_scorecard()
 RETURNS void
 LANGUAGE sql
AS $function$
  SELECT pg_advisory_xact_lock(7853019, 8);
$function$;

CREATE OR REPLACE FUNCTION public.make_event_partitions(first_id bigint, last_id bigint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  FOR part IN first_id / 20000 .. last_id / 20000 LOOP
    IF to_regclass('events_' || part) IS NULL THEN
      EXECUTE format('CREATE TABLE events_%s (LIKE events INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part);
      EXECUTE format('ALTER TABLE events ATTACH PARTITION events_%s FOR VALUES FROM (%s) TO (%s)',
        part, part * 20000, (part + 1) * 20000);
    END IF;
  END LOOP;
END;
$function$;

CREATE OR REPLACE FUNCTION public.mark_rollups(times bigint[])
 RETURNS void
 LANGUAGE sql
AS $function$
  INSERT INTO stale_rollups (resolution, start, marked_at)
  SELECT DISTINCT span.resolution, time - mod(mod(time, span.seconds) + span.seconds, span.seconds), now()
  FROM unnest(times) AS time, (VALUES ('hour', 3600), ('day', 86400)) AS span (resolution, seconds)
  ORDER BY 1, 2
  ON CONFLICT (resolution, start) DO UPDATE SET marked_at = excluded.marked_at
$function$;

CREATE OR REPLACE FUNCTION public.mark_rollups_of_flows()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM mark_rollups(array_agg(header.time))
  FROM changed JOIN block_headers AS header ON header.hash = changed.blockhash AND header.connected
  HAVING count(*) > 0;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION public.mark_rollups_of_headers()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM mark_rollups(array_agg(time)) FROM changed WHERE connected HAVING count(*) > 0;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION public.note_documents()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO insight_documents
  SELECT id, block_hash, published_event_id, insight_document(headline, summary, evidence) FROM inserted;
  RETURN NULL;
END;
$function$;

CREATE OR REPLACE FUNCTION public.notify_commands()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM pg_notify('utxoiq_commands', '');
  RETURN NULL;
END;
$function$;

CREATE OR REPLACE FUNCTION public.notify_events()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM pg_notify('utxoiq_events', (SELECT max(id) FROM inserted)::text);
  RETURN NULL;
END;
$function$;

CREATE OR REPLACE FUNCTION public.prediction_sums_of(buckets integer[])
 RETURNS TABLE(bucket integer, kind text, subject text, first_seq bigint, made integer, live integer, open integer, decided integer, undecided integer, withdrawn integer, probabilities double precision[], came boolean[])
 LANGUAGE sql
 STABLE
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.refresh_prediction_sums(buckets integer[])
 RETURNS void
 LANGUAGE sql
AS $function$
  DELETE FROM prediction_sums WHERE bucket = ANY (buckets);
  DELETE FROM interval_sums WHERE bucket = ANY (buckets);
  INSERT INTO prediction_sums SELECT * FROM prediction_sums_of(buckets);
  INSERT INTO interval_sums SELECT * FROM interval_sums_of(buckets);
$function$;

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION 'table % is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END;
$function$;

CREATE OR REPLACE FUNCTION public.refuse_change_but_forgetting()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NEW.address IS NULL AND NEW.details = OLD.details - 'email'
    AND (NEW.id, NEW.at, NEW.role, NEW.person_id, NEW.action, NEW.target, NEW.request_id)
      IS NOT DISTINCT FROM (OLD.id, OLD.at, OLD.role, OLD.person_id, OLD.action, OLD.target, OLD.request_id)
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'table % is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END;
$function$;

CREATE OR REPLACE FUNCTION public.refuse_removal_but_by_age()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('utxoiq.removing', true) = TG_TABLE_NAME THEN RETURN NULL; END IF;
  RAISE EXCEPTION 'table % is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $function$;

CREATE OR REPLACE FUNCTION public.remove_old_audit_entries(days integer, at_most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET "utxoiq.removing" TO 'audit_entries'
AS $function$
DECLARE removed integer;
BEGIN
  DELETE FROM audit_entries WHERE id IN (
    SELECT id FROM (SELECT id, at FROM audit_entries ORDER BY id LIMIT at_most) AS oldest
    WHERE at < statement_timestamp() - make_interval(days => days));
  GET DIAGNOSTICS removed = ROW_COUNT;
  RETURN removed;
END $function$;

CREATE OR REPLACE FUNCTION public.sum_predictions()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM refresh_prediction_sums(ARRAY(SELECT DISTINCT height / 32 FROM moved));
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION public.tally_insights()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO insight_tallies (category, kind, status, tenths, count)
  SELECT insight.category, insight.kind, change.status, floor(insight.confidence * 10)::integer, sum(change.by)
  FROM (
    SELECT insight_id, block_hash, status, 1 AS by FROM inserted
    UNION ALL
    SELECT earlier.insight_id, earlier.block_hash, earlier.status, -1
    FROM inserted CROSS JOIN LATERAL (
      SELECT * FROM insight_statuses WHERE insight_id = inserted.insight_id AND event_id < inserted.event_id
      ORDER BY event_id DESC LIMIT 1) AS earlier
  ) AS change
  JOIN insights AS insight ON insight.id = change.insight_id AND insight.block_hash = change.block_hash
  GROUP BY 1, 2, 3, 4 HAVING sum(change.by) <> 0
  ON CONFLICT (category, kind, status, tenths) DO UPDATE SET count = insight_tallies.count + excluded.count;
  RETURN NULL;
END $function$;

CREATE TABLE api_keys (
  id text NOT NULL,
  person_id text NOT NULL,
  name text NOT NULL,
  prefix text NOT NULL,
  hash bytea NOT NULL,
  scopes text[] NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  replaced_at timestamp with time zone,
  reminded_at timestamp with time zone,
  requests_per_hour integer
);

CREATE TABLE audit_entries (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
  role text NOT NULL,
  person_id text,
  address text,
  action text NOT NULL,
  target text NOT NULL,
  details jsonb DEFAULT '{}'::jsonb NOT NULL,
  request_id text
);

CREATE TABLE backfill_errors (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  job_id integer NOT NULL,
  height integer,
  parked boolean NOT NULL,
  code text NOT NULL,
  message text NOT NULL,
  at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE backfill_jobs (
  id integer GENERATED ALWAYS AS IDENTITY NOT NULL,
  from_height integer NOT NULL,
  to_height integer NOT NULL,
  only_part text,
  status text DEFAULT 'queued'::text NOT NULL,
  part text DEFAULT 'features'::text NOT NULL,
  asked_by text NOT NULL,
  created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  features_total integer,
  fold_from integer,
  fold_to integer,
  folded integer,
  fold_sent boolean DEFAULT false NOT NULL,
  fold_worker text,
  rate double precision DEFAULT 0 NOT NULL,
  rate_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
  rate_since timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
  error_code text,
  error_message text
);

CREATE TABLE backfill_ranges (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  job_id integer NOT NULL,
  first_height integer NOT NULL,
  last_height integer NOT NULL,
  next_height integer NOT NULL,
  sent boolean DEFAULT false NOT NULL,
  worker text,
  at timestamp with time zone
);

CREATE TABLE backup_state (
  only_row boolean DEFAULT true NOT NULL,
  at timestamp with time zone NOT NULL,
  every_hours integer NOT NULL,
  name text,
  taken_at timestamp with time zone,
  bytes bigint,
  height integer,
  failure text,
  failed_at timestamp with time zone,
  log_until timestamp with time zone,
  log_failure text,
  copy_failure text
);

CREATE TABLE block_expectations (
  blockhash bytea NOT NULL,
  snapshot_time bigint NOT NULL,
  seconds_before bigint NOT NULL,
  expected integer NOT NULL,
  mined integer NOT NULL,
  matched integer NOT NULL,
  missing integer NOT NULL,
  missing_txids bytea[] NOT NULL,
  added integer NOT NULL,
  added_txids bytea[] NOT NULL,
  expected_fee bigint NOT NULL,
  mined_fee bigint,
  match_rate double precision
);

CREATE TABLE block_features (
  blockhash bytea NOT NULL,
  height integer NOT NULL,
  "time" bigint NOT NULL,
  mediantime bigint,
  txs integer NOT NULL,
  ins integer NOT NULL,
  outs integer NOT NULL,
  subsidy bigint NOT NULL,
  totalfee bigint,
  minfee bigint,
  maxfee bigint,
  avgfee bigint,
  medianfee bigint,
  minfeerate bigint,
  maxfeerate bigint,
  avgfeerate bigint,
  feerate_percentiles bigint[],
  feerate_percentiles_exact double precision[],
  mintxsize integer NOT NULL,
  maxtxsize integer NOT NULL,
  avgtxsize integer NOT NULL,
  mediantxsize integer NOT NULL,
  total_size integer NOT NULL,
  total_weight integer NOT NULL,
  total_out bigint NOT NULL,
  swtxs integer NOT NULL,
  swtotal_size integer NOT NULL,
  swtotal_weight integer NOT NULL,
  utxo_increase integer NOT NULL,
  utxo_size_inc bigint,
  utxo_increase_actual integer NOT NULL,
  utxo_size_inc_actual bigint,
  output_types jsonb NOT NULL,
  pool_name text,
  pool_by text,
  largest_transfer bigint,
  unclaimed bigint,
  coin_days_destroyed double precision,
  fee_share_of_reward double precision,
  output_values jsonb NOT NULL,
  input_types jsonb,
  input_values jsonb,
  segwit_share double precision,
  segwit_weight_share double precision,
  taproot_share double precision,
  taproot_weight_share double precision,
  op_return_bytes integer NOT NULL,
  inscriptions integer NOT NULL,
  inscription_bytes integer NOT NULL,
  transaction_kinds jsonb NOT NULL,
  dust_created integer NOT NULL,
  dust_swept integer,
  reused_outputs integer,
  change bigint,
  value_moved bigint,
  net_value_moved bigint,
  transfers_100btc integer,
  transfers_100btc_value bigint,
  transfers_1000btc integer,
  transfers_1000btc_value bigint,
  dormancy double precision,
  average_lifespan double precision,
  spent_age_bands jsonb,
  revived_supply bigint,
  "interval" integer,
  difficulty double precision NOT NULL,
  hash_rate double precision NOT NULL,
  pool_by_address text,
  pool_by_tag text,
  pool_disagrees boolean NOT NULL,
  coinbase_text text NOT NULL
);

CREATE TABLE block_flows (
  blockhash bytea NOT NULL,
  label_version integer NOT NULL,
  label_coverage double precision,
  payout_actor text,
  payout_kind text,
  exchange_inflow bigint NOT NULL,
  exchange_outflow bigint NOT NULL
);

CREATE TABLE block_headers (
  hash bytea NOT NULL,
  height integer NOT NULL,
  prev_hash bytea NOT NULL,
  "time" bigint NOT NULL,
  version integer NOT NULL,
  bits bigint NOT NULL,
  tx_count integer NOT NULL,
  size integer NOT NULL,
  weight integer NOT NULL,
  connected boolean NOT NULL,
  inserted_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE block_low_rates (
  blockhash bytea NOT NULL,
  low_rate double precision
);

CREATE TABLE block_price_features (
  blockhash bytea NOT NULL,
  series_name text NOT NULL,
  series_version text NOT NULL,
  price double precision,
  spent_value double precision,
  created_value double precision,
  sopr double precision,
  asopr double precision,
  realised_cap_change double precision,
  total_out_value double precision,
  priced_share double precision
);

CREATE TABLE block_processing (
  at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
  blocks integer NOT NULL,
  processing_buckets smallint[] NOT NULL,
  processing_counts integer[] NOT NULL,
  lag_buckets smallint[] NOT NULL,
  lag_counts integer[] NOT NULL
);

CREATE TABLE block_times (
  height integer NOT NULL,
  "time" bigint NOT NULL
);

CREATE TABLE briefs (
  day text NOT NULL,
  published_at bigint NOT NULL,
  brief jsonb NOT NULL,
  at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE chain (
  only_row boolean DEFAULT true NOT NULL,
  network text NOT NULL,
  chain_id text NOT NULL,
  simulated boolean NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE commands (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  kind text NOT NULL,
  arguments jsonb NOT NULL,
  actor text NOT NULL,
  state text DEFAULT 'open'::text NOT NULL,
  asked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
  take_by timestamp with time zone NOT NULL,
  answered_at timestamp with time zone,
  result jsonb,
  error_code text,
  error_message text
);

CREATE TABLE comment_moderations (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
  comment_id bigint NOT NULL,
  hidden boolean NOT NULL,
  reason text
);

CREATE TABLE cursor (
  only_row boolean DEFAULT true NOT NULL,
  height integer NOT NULL,
  hash bytea NOT NULL
);

CREATE TABLE denials (
  hour timestamp with time zone NOT NULL,
  address text NOT NULL,
  role text NOT NULL,
  person_id text NOT NULL,
  route text NOT NULL,
  code text NOT NULL,
  count integer NOT NULL,
  first_at timestamp with time zone NOT NULL,
  last_at timestamp with time zone NOT NULL,
  last_request_id text,
  last_target text
);

CREATE TABLE entity_flows (
  blockhash bytea NOT NULL,
  label_version integer NOT NULL,
  actor text NOT NULL,
  kind text NOT NULL,
  inflow bigint NOT NULL,
  outflow bigint NOT NULL,
  in_house bigint NOT NULL,
  inter_entity_in bigint NOT NULL,
  inter_entity_out bigint NOT NULL,
  mined bigint NOT NULL,
  deposits integer NOT NULL,
  withdrawals integer NOT NULL,
  in_house_transactions integer NOT NULL,
  certainty real
);

CREATE TABLE entity_rollups (
  actor text NOT NULL,
  kind text NOT NULL,
  resolution text NOT NULL,
  start bigint NOT NULL,
  inflow double precision NOT NULL,
  outflow double precision NOT NULL,
  mined double precision NOT NULL,
  deposits integer NOT NULL,
  withdrawals integer NOT NULL
);

CREATE TABLE event_stream (
  only_row boolean DEFAULT true NOT NULL,
  id uuid DEFAULT gen_random_uuid() NOT NULL
);

CREATE TABLE events (
  id bigint NOT NULL,
  type text NOT NULL,
  at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
  insight_id text,
  insight_block_hash bytea,
  status text,
  reason text,
  block jsonb,
  data jsonb
) PARTITION BY RANGE (id);

CREATE TABLE feedback_owners (
  person_id text NOT NULL,
  owner text NOT NULL,
  at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE heartbeats (
  role text NOT NULL,
  instance text NOT NULL,
  at timestamp with time zone NOT NULL,
  state jsonb NOT NULL
);

CREATE TABLE history (
  only_row boolean DEFAULT true NOT NULL,
  epoch integer DEFAULT 0 NOT NULL,
  followed integer DEFAULT 0 NOT NULL,
  changed_at_height integer DEFAULT 0 NOT NULL
);

CREATE TABLE idempotent_requests (
  owner text NOT NULL,
  key text NOT NULL,
  digest bytea NOT NULL,
  begun_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
  status integer,
  answer text
);

CREATE TABLE insight_comments (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
  insight_id text NOT NULL,
  person_id text NOT NULL,
  text text NOT NULL
);

CREATE TABLE insight_documents (
  insight_id text NOT NULL,
  block_hash bytea NOT NULL,
  published_event_id bigint NOT NULL,
  document tsvector NOT NULL
);

CREATE TABLE insight_flags (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
  insight_id text NOT NULL,
  person_id text NOT NULL,
  reason text NOT NULL,
  details text
);

CREATE TABLE insight_ratings (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
  insight_id text NOT NULL,
  person_id text NOT NULL,
  stars smallint
);

CREATE TABLE insight_statuses (
  insight_id text NOT NULL,
  block_hash bytea NOT NULL,
  status text NOT NULL,
  reason text,
  event_id bigint NOT NULL,
  at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE insight_tallies (
  category text NOT NULL,
  kind text NOT NULL,
  status text NOT NULL,
  tenths integer,
  count integer NOT NULL
);

CREATE TABLE insights (
  id text NOT NULL,
  block_hash bytea NOT NULL,
  block_height integer NOT NULL,
  block_time bigint NOT NULL,
  kind text NOT NULL,
  category text NOT NULL,
  headline text NOT NULL,
  summary text NOT NULL,
  surprise_percentile double precision,
  surprise_sample_size integer,
  confidence double precision,
  evidence jsonb NOT NULL,
  simulated boolean NOT NULL,
  published_event_id bigint NOT NULL,
  published_height integer NOT NULL
);

CREATE TABLE interval_sums (
  bucket integer NOT NULL,
  kind text NOT NULL,
  subject text,
  level double precision NOT NULL,
  n integer NOT NULL,
  covered integer NOT NULL,
  width double precision NOT NULL,
  winkler double precision NOT NULL
);

CREATE TABLE invitations (
  id text NOT NULL,
  email text NOT NULL,
  role text NOT NULL,
  token_hash bytea NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  invited_by text
);

CREATE TABLE label_entities (
  id integer GENERATED ALWAYS AS IDENTITY NOT NULL,
  actor text NOT NULL,
  kind text NOT NULL,
  actor_key text GENERATED ALWAYS AS (COALESCE(NULLIF(regexp_replace(lower((actor COLLATE "C")), '[\x01-/:-`{-\x7f]'::text, ''::text, 'g'::text), ''::text), actor)) STORED NOT NULL
);

CREATE TABLE label_versions (
  version integer NOT NULL,
  at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
  files text[] NOT NULL,
  added integer NOT NULL,
  changed integer NOT NULL,
  removed integer NOT NULL
);

CREATE TABLE labels (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  target bytea NOT NULL,
  is_tag boolean NOT NULL,
  address text,
  entity_id integer NOT NULL,
  category text NOT NULL,
  label text NOT NULL,
  source text NOT NULL,
  abuse text NOT NULL,
  confidence text NOT NULL,
  edited date,
  file text NOT NULL,
  version_from integer NOT NULL,
  version_to integer,
  valid_from date DEFAULT '-infinity'::date NOT NULL,
  valid_until date DEFAULT 'infinity'::date NOT NULL
);

CREATE TABLE mempool_hours (
  "time" bigint NOT NULL,
  count integer NOT NULL,
  weight bigint NOT NULL,
  total_fee bigint NOT NULL,
  min_fee_rate double precision,
  histogram jsonb,
  next_block_fee_rate double precision
);

CREATE TABLE mempool_snapshots (
  "time" bigint NOT NULL,
  tip_height integer,
  tip_hash bytea,
  count integer NOT NULL,
  weight bigint NOT NULL,
  total_fee bigint NOT NULL,
  min_fee_rate double precision,
  histogram jsonb,
  projected_blocks jsonb NOT NULL
) PARTITION BY RANGE ("time");

CREATE TABLE migrations (
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE next_block_templates (
  tip_hash bytea NOT NULL,
  ordinal bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "time" bigint NOT NULL,
  total_fee bigint NOT NULL,
  txids bytea STORAGE EXTERNAL NOT NULL
);

CREATE TABLE opening_balances (
  base_hash bytea NOT NULL,
  actor text,
  kind text,
  script bytea,
  address text,
  sats bigint NOT NULL,
  coins bigint NOT NULL
);

CREATE TABLE operator_sessions (
  id text NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  used_at timestamp with time zone DEFAULT now() NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  address text,
  user_agent text
);

CREATE TABLE passkeys (
  id text NOT NULL,
  person_id text NOT NULL,
  name text,
  public_key text NOT NULL,
  credential_id text NOT NULL,
  counter integer NOT NULL,
  device_type text NOT NULL,
  backed_up boolean NOT NULL,
  transports text,
  aaguid text,
  created_at timestamp with time zone
);

CREATE TABLE people (
  id text NOT NULL,
  name text NOT NULL,
  email text NOT NULL,
  email_verified boolean DEFAULT false NOT NULL,
  image text,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL,
  role text DEFAULT 'member'::text NOT NULL,
  tier text DEFAULT 'free'::text NOT NULL,
  blocked boolean DEFAULT false NOT NULL,
  time_zone text,
  locale text,
  two_factor_enabled boolean DEFAULT false NOT NULL,
  mail_key_reminders boolean DEFAULT true NOT NULL,
  entrance_version integer DEFAULT 0 NOT NULL
);

CREATE TABLE pool_rollups (
  pool text,
  start bigint NOT NULL,
  blocks integer NOT NULL,
  with_fees integer NOT NULL,
  fees bigint NOT NULL,
  empty_blocks integer NOT NULL
);

CREATE TABLE prediction_sums (
  bucket integer NOT NULL,
  kind text NOT NULL,
  subject text,
  first_seq bigint NOT NULL,
  made integer NOT NULL,
  live integer NOT NULL,
  open integer NOT NULL,
  decided integer NOT NULL,
  undecided integer NOT NULL,
  withdrawn integer NOT NULL,
  probabilities double precision[] NOT NULL,
  came boolean[] NOT NULL
);

CREATE TABLE predictions (
  id text NOT NULL,
  made_seq bigint NOT NULL,
  seq bigint NOT NULL,
  state text NOT NULL,
  kind text NOT NULL,
  subject text,
  height integer NOT NULL,
  live boolean NOT NULL,
  resolved_height integer
);

CREATE TABLE price_series (
  name text NOT NULL,
  version text NOT NULL,
  currency text NOT NULL,
  sha256 bytea NOT NULL,
  imported_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE prices (
  series_name text NOT NULL,
  series_version text NOT NULL,
  day date NOT NULL,
  close double precision NOT NULL
);

CREATE TABLE quiet_blocks (
  blockhash bytea NOT NULL,
  reason text NOT NULL,
  since_height integer NOT NULL,
  detail text NOT NULL,
  kinds text[] NOT NULL,
  withheld text[] NOT NULL
);

CREATE TABLE refresh_tokens (
  hash bytea NOT NULL,
  family text NOT NULL,
  session_id text NOT NULL,
  used_at timestamp with time zone
);

CREATE TABLE retention_runs (
  family text NOT NULL,
  kept_days integer NOT NULL,
  ran_at timestamp with time zone NOT NULL,
  next_at timestamp with time zone,
  removed bigint NOT NULL,
  removed_total bigint NOT NULL,
  failure text
);

CREATE TABLE rollups (
  metric text NOT NULL,
  resolution text NOT NULL,
  start bigint NOT NULL,
  n integer NOT NULL,
  sum double precision NOT NULL,
  min double precision NOT NULL,
  max double precision NOT NULL,
  median double precision NOT NULL
);

CREATE TABLE row_counts (
  counted text NOT NULL,
  count bigint NOT NULL
);

CREATE TABLE scorecard_entries (
  seq bigint NOT NULL,
  previous bytea NOT NULL,
  hash bytea NOT NULL,
  body jsonb NOT NULL,
  type text GENERATED ALWAYS AS ((body ->> 'type'::text)) STORED NOT NULL,
  prediction_id text GENERATED ALWAYS AS ((body ->> 'predictionId'::text)) STORED NOT NULL,
  kind text GENERATED ALWAYS AS ((body ->> 'kind'::text)) STORED NOT NULL,
  height integer GENERATED ALWAYS AS (((body ->> 'height'::text))::integer) STORED NOT NULL,
  block_hash text GENERATED ALWAYS AS ((body ->> 'blockHash'::text)) STORED NOT NULL
);

CREATE TABLE second_factors (
  id text NOT NULL,
  person_id text NOT NULL,
  secret text NOT NULL,
  backup_codes text NOT NULL,
  verified boolean DEFAULT false NOT NULL,
  failed_verification_count integer DEFAULT 0 NOT NULL,
  locked_until timestamp with time zone
);

CREATE TABLE sessions (
  id text NOT NULL,
  token text NOT NULL,
  person_id text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL,
  ip_address text,
  user_agent text,
  used_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE settings (
  name text NOT NULL,
  value text NOT NULL,
  sealed boolean NOT NULL,
  changed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
  changed_by text NOT NULL
);

CREATE TABLE sign_in_attempts (
  account text NOT NULL,
  address text NOT NULL,
  attempts integer NOT NULL,
  next_at timestamp with time zone NOT NULL
);

CREATE TABLE sign_in_methods (
  id text NOT NULL,
  account_id text NOT NULL,
  provider_id text NOT NULL,
  person_id text NOT NULL,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  password text,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE signals (
  blockhash bytea NOT NULL,
  ordinal integer NOT NULL,
  kind text NOT NULL,
  height integer NOT NULL,
  surprise_percentile double precision,
  surprise_sample_size integer,
  detail jsonb NOT NULL
);

CREATE TABLE signing_keys (
  id text NOT NULL,
  public_key text NOT NULL,
  private_key text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone,
  alg text,
  crv text
);

CREATE TABLE staged_events (
  "position" integer NOT NULL,
  "time" double precision NOT NULL,
  kind text NOT NULL,
  entity text,
  size double precision,
  blocks integer,
  staged_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE stale_rollups (
  resolution text NOT NULL,
  start bigint NOT NULL,
  marked_at timestamp with time zone NOT NULL
);

CREATE TABLE stream_shares (
  network text NOT NULL,
  process text NOT NULL,
  shares integer NOT NULL,
  seen_at timestamp with time zone NOT NULL
);

CREATE TABLE system_metric_hours (
  "time" timestamp with time zone NOT NULL,
  samples integer NOT NULL,
  rss_bytes double precision NOT NULL,
  heap_bytes double precision NOT NULL,
  cpu_share double precision NOT NULL,
  loop_delay_p99_ms double precision NOT NULL,
  database_ms double precision NOT NULL,
  database_bytes bigint NOT NULL,
  requests integer NOT NULL,
  stream_clients integer NOT NULL,
  event_lag_ms double precision,
  request_buckets smallint[] DEFAULT '{}'::smallint[] NOT NULL,
  request_counts integer[] DEFAULT '{}'::integer[] NOT NULL
);

CREATE TABLE system_metrics (
  at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
  instance text NOT NULL,
  rss_bytes bigint NOT NULL,
  heap_bytes bigint NOT NULL,
  cpu_share double precision NOT NULL,
  loop_delay_p99_ms double precision NOT NULL,
  database_ms double precision NOT NULL,
  database_bytes bigint NOT NULL,
  requests integer NOT NULL,
  stream_clients integer NOT NULL,
  event_lag_ms double precision,
  request_buckets smallint[] DEFAULT '{}'::smallint[] NOT NULL,
  request_counts integer[] DEFAULT '{}'::integer[] NOT NULL
);

CREATE TABLE tiers (
  name text NOT NULL,
  requests_per_hour integer NOT NULL,
  keys integer NOT NULL,
  exported_insights integer NOT NULL
);

CREATE TABLE transfer_parties (
  blockhash bytea NOT NULL,
  tx_index integer NOT NULL,
  label_version integer NOT NULL,
  from_actor text,
  from_kind text,
  to_actor text,
  to_kind text,
  kind text
);

CREATE TABLE transfers (
  blockhash bytea NOT NULL,
  tx_index integer NOT NULL,
  txid bytea NOT NULL,
  value bigint NOT NULL,
  total_in bigint NOT NULL,
  total_out bigint NOT NULL,
  fee bigint NOT NULL,
  inputs integer NOT NULL,
  outputs integer NOT NULL,
  to_address text,
  to_value bigint NOT NULL,
  coin_age_days double precision,
  watched boolean NOT NULL
);

CREATE TABLE usage_counts (
  name text NOT NULL,
  hour timestamp with time zone NOT NULL,
  used integer NOT NULL
);

CREATE TABLE used_codes (
  nonce text NOT NULL,
  expires timestamp with time zone NOT NULL
);

CREATE TABLE utxo_snapshots (
  base_hash bytea NOT NULL,
  height integer,
  max_coin_height integer NOT NULL,
  coins bigint NOT NULL,
  transactions bigint NOT NULL,
  total bigint NOT NULL,
  bogosize bigint NOT NULL,
  hash_serialized bytea,
  label_version integer NOT NULL,
  imported_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE verifications (
  id text NOT NULL,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE watches (
  id integer GENERATED ALWAYS AS IDENTITY NOT NULL,
  script bytea,
  address text,
  actor text,
  kind text,
  note text,
  created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE window_counts (
  name text NOT NULL,
  ends_at timestamp with time zone NOT NULL,
  used integer NOT NULL
);

CREATE TABLE wording_requests (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  insight_id text NOT NULL,
  block_hash bytea NOT NULL,
  model text NOT NULL,
  day date DEFAULT ((clock_timestamp() AT TIME ZONE 'UTC'::text))::date NOT NULL,
  at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
  outcome text NOT NULL,
  reason text,
  tokens integer DEFAULT 0 NOT NULL
);

CREATE TABLE wordings (
  insight_id text NOT NULL,
  block_hash bytea NOT NULL,
  model text NOT NULL,
  headline text NOT NULL,
  summary text NOT NULL,
  event_id bigint NOT NULL
);

CREATE TABLE events_0 PARTITION OF events FOR VALUES FROM (MINVALUE) TO ('20000');

ALTER TABLE api_keys ADD CONSTRAINT api_keys_hash_key UNIQUE (hash);

ALTER TABLE api_keys ADD CONSTRAINT api_keys_pkey PRIMARY KEY (id);

ALTER TABLE api_keys ADD CONSTRAINT api_keys_requests_per_hour_check CHECK ((requests_per_hour > 0));

ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_pkey PRIMARY KEY (id);

ALTER TABLE backfill_errors ADD CONSTRAINT backfill_errors_check CHECK (((NOT parked) OR (height IS NOT NULL)));

ALTER TABLE backfill_errors ADD CONSTRAINT backfill_errors_pkey PRIMARY KEY (id);

ALTER TABLE backfill_jobs ADD CONSTRAINT backfill_jobs_check CHECK ((to_height >= from_height));

ALTER TABLE backfill_jobs ADD CONSTRAINT backfill_jobs_check1 CHECK (((error_code IS NULL) = (error_message IS NULL)));

ALTER TABLE backfill_jobs ADD CONSTRAINT backfill_jobs_check2 CHECK (((status <> 'failed'::text) OR (error_code IS NOT NULL)));

ALTER TABLE backfill_jobs ADD CONSTRAINT backfill_jobs_from_height_check CHECK ((from_height >= 0));

ALTER TABLE backfill_jobs ADD CONSTRAINT backfill_jobs_only_part_check CHECK ((only_part = ANY (ARRAY['features'::text, 'signals'::text])));

ALTER TABLE backfill_jobs ADD CONSTRAINT backfill_jobs_part_check CHECK ((part = ANY (ARRAY['features'::text, 'signals'::text])));

ALTER TABLE backfill_jobs ADD CONSTRAINT backfill_jobs_pkey PRIMARY KEY (id);

ALTER TABLE backfill_jobs ADD CONSTRAINT backfill_jobs_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'paused'::text, 'done'::text, 'cancelled'::text, 'failed'::text])));

ALTER TABLE backfill_ranges ADD CONSTRAINT backfill_ranges_check CHECK ((last_height >= first_height));

ALTER TABLE backfill_ranges ADD CONSTRAINT backfill_ranges_check1 CHECK (((next_height >= first_height) AND (next_height <= (last_height + 1))));

ALTER TABLE backfill_ranges ADD CONSTRAINT backfill_ranges_pkey PRIMARY KEY (id);

ALTER TABLE backup_state ADD CONSTRAINT backup_state_only_row_check CHECK (only_row);

ALTER TABLE backup_state ADD CONSTRAINT backup_state_pkey PRIMARY KEY (only_row);

ALTER TABLE block_expectations ADD CONSTRAINT block_expectations_check CHECK (((missing = (expected - matched)) AND (added = (mined - matched))));

ALTER TABLE block_expectations ADD CONSTRAINT block_expectations_pkey PRIMARY KEY (blockhash);

ALTER TABLE block_features ADD CONSTRAINT block_features_check CHECK (((pool_name IS NULL) = (pool_by IS NULL)));

ALTER TABLE block_features ADD CONSTRAINT block_features_pkey PRIMARY KEY (blockhash);

ALTER TABLE block_features ADD CONSTRAINT block_features_pool_by_check CHECK ((pool_by = ANY (ARRAY['address'::text, 'tag'::text])));

ALTER TABLE block_flows ADD CONSTRAINT block_flows_check CHECK (((payout_actor IS NULL) = (payout_kind IS NULL)));

ALTER TABLE block_flows ADD CONSTRAINT block_flows_pkey PRIMARY KEY (blockhash, label_version);

ALTER TABLE block_headers ADD CONSTRAINT block_headers_hash_check CHECK ((octet_length(hash) = 32));

ALTER TABLE block_headers ADD CONSTRAINT block_headers_height_check CHECK ((height >= 0));

ALTER TABLE block_headers ADD CONSTRAINT block_headers_pkey PRIMARY KEY (hash);

ALTER TABLE block_headers ADD CONSTRAINT block_headers_prev_hash_check CHECK ((octet_length(prev_hash) = 32));

ALTER TABLE block_headers ADD CONSTRAINT block_headers_tx_count_check CHECK ((tx_count > 0));

ALTER TABLE block_low_rates ADD CONSTRAINT block_low_rates_pkey PRIMARY KEY (blockhash);

ALTER TABLE block_price_features ADD CONSTRAINT block_price_features_pkey PRIMARY KEY (blockhash, series_name, series_version);

ALTER TABLE block_price_features ADD CONSTRAINT block_price_features_priced_share_check CHECK (((priced_share >= (0)::double precision) AND (priced_share <= (1)::double precision)));

ALTER TABLE block_processing ADD CONSTRAINT block_processing_blocks_check CHECK ((blocks > 0));

ALTER TABLE block_times ADD CONSTRAINT block_times_height_check CHECK ((height >= 0));

ALTER TABLE block_times ADD CONSTRAINT block_times_pkey PRIMARY KEY (height);

ALTER TABLE block_times ADD CONSTRAINT block_times_time_check CHECK (("time" > 0));

ALTER TABLE briefs ADD CONSTRAINT briefs_day_check CHECK ((day ~ '^\d{4}-\d{2}-\d{2}$'::text));

ALTER TABLE briefs ADD CONSTRAINT briefs_pkey PRIMARY KEY (day);

ALTER TABLE chain ADD CONSTRAINT chain_only_row_check CHECK (only_row);

ALTER TABLE chain ADD CONSTRAINT chain_pkey PRIMARY KEY (only_row);

ALTER TABLE commands ADD CONSTRAINT commands_check CHECK (((state = ANY (ARRAY['done'::text, 'failed'::text])) = (answered_at IS NOT NULL)));

ALTER TABLE commands ADD CONSTRAINT commands_check1 CHECK (((state = 'done'::text) = (result IS NOT NULL)));

ALTER TABLE commands ADD CONSTRAINT commands_check2 CHECK (((state = 'failed'::text) = (error_code IS NOT NULL)));

ALTER TABLE commands ADD CONSTRAINT commands_check3 CHECK (((error_code IS NULL) = (error_message IS NULL)));

ALTER TABLE commands ADD CONSTRAINT commands_pkey PRIMARY KEY (id);

ALTER TABLE commands ADD CONSTRAINT commands_state_check CHECK ((state = ANY (ARRAY['open'::text, 'taken'::text, 'done'::text, 'failed'::text, 'expired'::text])));

ALTER TABLE comment_moderations ADD CONSTRAINT comment_moderations_pkey PRIMARY KEY (id);

ALTER TABLE cursor ADD CONSTRAINT cursor_only_row_check CHECK (only_row);

ALTER TABLE cursor ADD CONSTRAINT cursor_pkey PRIMARY KEY (only_row);

ALTER TABLE denials ADD CONSTRAINT denials_pkey PRIMARY KEY (hour, address, role, person_id, route, code);

ALTER TABLE entity_flows ADD CONSTRAINT entity_flows_pkey PRIMARY KEY (blockhash, label_version, actor, kind);

ALTER TABLE entity_rollups ADD CONSTRAINT entity_rollups_pkey PRIMARY KEY (actor, kind, resolution, start);

ALTER TABLE entity_rollups ADD CONSTRAINT entity_rollups_resolution_check CHECK ((resolution = ANY (ARRAY['hour'::text, 'day'::text])));

ALTER TABLE event_stream ADD CONSTRAINT event_stream_only_row_check CHECK (only_row);

ALTER TABLE event_stream ADD CONSTRAINT event_stream_pkey PRIMARY KEY (only_row);

ALTER TABLE events ADD CONSTRAINT events_check CHECK (((insight_id IS NULL) = (insight_block_hash IS NULL)));

ALTER TABLE events ADD CONSTRAINT events_check1 CHECK (((insight_id IS NULL) = (status IS NULL)));

ALTER TABLE events ADD CONSTRAINT events_pkey1 PRIMARY KEY (id);

ALTER TABLE events ADD CONSTRAINT events_tell_one_thing CHECK ((num_nonnulls(insight_id, block, data) = 1));

ALTER TABLE feedback_owners ADD CONSTRAINT feedback_owners_pkey PRIMARY KEY (person_id);

ALTER TABLE heartbeats ADD CONSTRAINT heartbeats_pkey PRIMARY KEY (role);

ALTER TABLE history ADD CONSTRAINT history_only_row_check CHECK (only_row);

ALTER TABLE history ADD CONSTRAINT history_pkey PRIMARY KEY (only_row);

ALTER TABLE idempotent_requests ADD CONSTRAINT idempotent_requests_check CHECK (((status IS NULL) = (answer IS NULL)));

ALTER TABLE idempotent_requests ADD CONSTRAINT idempotent_requests_pkey PRIMARY KEY (owner, key);

ALTER TABLE insight_comments ADD CONSTRAINT insight_comments_pkey PRIMARY KEY (id);

ALTER TABLE insight_comments ADD CONSTRAINT insight_comments_text_check CHECK (((char_length(text) >= 1) AND (char_length(text) <= 1000)));

ALTER TABLE insight_documents ADD CONSTRAINT insight_documents_pkey PRIMARY KEY (insight_id, block_hash);

ALTER TABLE insight_flags ADD CONSTRAINT insight_flags_details_check CHECK ((char_length(details) <= 1000));

ALTER TABLE insight_flags ADD CONSTRAINT insight_flags_pkey PRIMARY KEY (id);

ALTER TABLE insight_flags ADD CONSTRAINT insight_flags_reason_check CHECK ((reason = ANY (ARRAY['inaccurate'::text, 'misleading'::text, 'spam'::text, 'inappropriate'::text, 'other'::text])));

ALTER TABLE insight_ratings ADD CONSTRAINT insight_ratings_pkey PRIMARY KEY (id);

ALTER TABLE insight_ratings ADD CONSTRAINT insight_ratings_stars_check CHECK (((stars >= 1) AND (stars <= 5)));

ALTER TABLE insight_statuses ADD CONSTRAINT insight_statuses_pkey PRIMARY KEY (insight_id, event_id);

ALTER TABLE insight_statuses ADD CONSTRAINT insight_statuses_status_check CHECK ((status = ANY (ARRAY['preliminary'::text, 'confirmed'::text, 'retracted'::text])));

ALTER TABLE insight_tallies ADD CONSTRAINT insight_tallies_category_kind_status_tenths_key UNIQUE NULLS NOT DISTINCT (category, kind, status, tenths);

ALTER TABLE insights ADD CONSTRAINT insights_block_hash_check CHECK ((octet_length(block_hash) = 32));

ALTER TABLE insights ADD CONSTRAINT insights_id_check CHECK ((id ~ '^[0-9a-f]{32}$'::text));

ALTER TABLE insights ADD CONSTRAINT insights_pkey PRIMARY KEY (id, block_hash);

ALTER TABLE interval_sums ADD CONSTRAINT interval_sums_bucket_kind_subject_level_key UNIQUE NULLS NOT DISTINCT (bucket, kind, subject, level);

ALTER TABLE invitations ADD CONSTRAINT invitations_pkey PRIMARY KEY (id);

ALTER TABLE invitations ADD CONSTRAINT invitations_role_check CHECK ((role = ANY (ARRAY['member'::text, 'analyst'::text, 'service'::text, 'admin'::text])));

ALTER TABLE invitations ADD CONSTRAINT invitations_token_hash_key UNIQUE (token_hash);

ALTER TABLE label_entities ADD CONSTRAINT label_entities_actor_kind_key UNIQUE (actor, kind);

ALTER TABLE label_entities ADD CONSTRAINT label_entities_pkey PRIMARY KEY (id);

ALTER TABLE label_versions ADD CONSTRAINT label_versions_pkey PRIMARY KEY (version);

ALTER TABLE label_versions ADD CONSTRAINT label_versions_version_check CHECK ((version > 0));

ALTER TABLE labels ADD CONSTRAINT labels_check CHECK ((version_to > version_from));

ALTER TABLE labels ADD CONSTRAINT labels_pkey PRIMARY KEY (id);

ALTER TABLE labels ADD CONSTRAINT labels_valid CHECK ((valid_from <= valid_until));

ALTER TABLE mempool_hours ADD CONSTRAINT mempool_hours_pkey PRIMARY KEY ("time");

ALTER TABLE mempool_snapshots ADD CONSTRAINT mempool_snapshots_check CHECK (((tip_height IS NULL) = (tip_hash IS NULL)));

ALTER TABLE mempool_snapshots ADD CONSTRAINT mempool_snapshots_pkey PRIMARY KEY ("time");

ALTER TABLE mempool_snapshots ADD CONSTRAINT mempool_snapshots_tip_hash_check CHECK ((octet_length(tip_hash) = 32));

ALTER TABLE migrations ADD CONSTRAINT migrations_pkey PRIMARY KEY (name);

ALTER TABLE next_block_templates ADD CONSTRAINT next_block_templates_pkey PRIMARY KEY (tip_hash);

ALTER TABLE next_block_templates ADD CONSTRAINT next_block_templates_tip_hash_check CHECK ((octet_length(tip_hash) = 32));

ALTER TABLE next_block_templates ADD CONSTRAINT next_block_templates_txids_check CHECK (((octet_length(txids) % 32) = 0));

ALTER TABLE opening_balances ADD CONSTRAINT opening_balances_check CHECK (((actor IS NULL) = (kind IS NULL)));

ALTER TABLE opening_balances ADD CONSTRAINT opening_balances_check1 CHECK (((actor IS NOT NULL) OR (script IS NOT NULL)));

ALTER TABLE opening_balances ADD CONSTRAINT opening_balances_check2 CHECK (((address IS NULL) OR (script IS NOT NULL)));

ALTER TABLE opening_balances ADD CONSTRAINT opening_balances_coins_check CHECK ((coins > 0));

ALTER TABLE operator_sessions ADD CONSTRAINT operator_sessions_pkey PRIMARY KEY (id);

ALTER TABLE passkeys ADD CONSTRAINT passkeys_credential_id_key UNIQUE (credential_id);

ALTER TABLE passkeys ADD CONSTRAINT passkeys_pkey PRIMARY KEY (id);

ALTER TABLE people ADD CONSTRAINT people_email_key UNIQUE (email);

ALTER TABLE people ADD CONSTRAINT people_pkey PRIMARY KEY (id);

ALTER TABLE people ADD CONSTRAINT people_role_check CHECK ((role = ANY (ARRAY['member'::text, 'analyst'::text, 'service'::text, 'admin'::text])));

ALTER TABLE pool_rollups ADD CONSTRAINT pool_rollups_blocks_check CHECK ((blocks > 0));

ALTER TABLE pool_rollups ADD CONSTRAINT pool_rollups_start_pool_key UNIQUE NULLS NOT DISTINCT (start, pool);

ALTER TABLE prediction_sums ADD CONSTRAINT prediction_sums_bucket_kind_subject_key UNIQUE NULLS NOT DISTINCT (bucket, kind, subject);

ALTER TABLE predictions ADD CONSTRAINT predictions_check CHECK (((resolved_height IS NOT NULL) = (state = 'resolved'::text)));

ALTER TABLE predictions ADD CONSTRAINT predictions_pkey PRIMARY KEY (id);

ALTER TABLE predictions ADD CONSTRAINT predictions_state_check CHECK ((state = ANY (ARRAY['open'::text, 'resolved'::text, 'withdrawn'::text])));

ALTER TABLE price_series ADD CONSTRAINT price_series_pkey PRIMARY KEY (name, version);

ALTER TABLE price_series ADD CONSTRAINT price_series_sha256_check CHECK ((octet_length(sha256) = 32));

ALTER TABLE prices ADD CONSTRAINT prices_close_check CHECK ((close > (0)::double precision));

ALTER TABLE prices ADD CONSTRAINT prices_pkey PRIMARY KEY (series_name, series_version, day);

ALTER TABLE quiet_blocks ADD CONSTRAINT quiet_blocks_pkey PRIMARY KEY (blockhash, reason);

ALTER TABLE refresh_tokens ADD CONSTRAINT refresh_tokens_pkey PRIMARY KEY (hash);

ALTER TABLE retention_runs ADD CONSTRAINT retention_runs_check CHECK ((removed_total >= removed));

ALTER TABLE retention_runs ADD CONSTRAINT retention_runs_kept_days_check CHECK ((kept_days > 0));

ALTER TABLE retention_runs ADD CONSTRAINT retention_runs_pkey PRIMARY KEY (family);

ALTER TABLE retention_runs ADD CONSTRAINT retention_runs_removed_check CHECK ((removed >= 0));

ALTER TABLE rollups ADD CONSTRAINT rollups_n_check CHECK ((n > 0));

ALTER TABLE rollups ADD CONSTRAINT rollups_pkey PRIMARY KEY (metric, resolution, start);

ALTER TABLE rollups ADD CONSTRAINT rollups_resolution_check CHECK ((resolution = ANY (ARRAY['hour'::text, 'day'::text])));

ALTER TABLE row_counts ADD CONSTRAINT row_counts_pkey PRIMARY KEY (counted);

ALTER TABLE scorecard_entries ADD CONSTRAINT scorecard_entries_hash_check CHECK ((octet_length(hash) = 32));

ALTER TABLE scorecard_entries ADD CONSTRAINT scorecard_entries_hash_key UNIQUE (hash);

ALTER TABLE scorecard_entries ADD CONSTRAINT scorecard_entries_pkey PRIMARY KEY (seq);

ALTER TABLE scorecard_entries ADD CONSTRAINT scorecard_entries_prediction_id_check CHECK ((prediction_id ~ '^[0-9a-f]{32}$'::text));

ALTER TABLE scorecard_entries ADD CONSTRAINT scorecard_entries_previous_check CHECK ((octet_length(previous) = 32));

ALTER TABLE scorecard_entries ADD CONSTRAINT scorecard_entries_seq_check CHECK ((seq > 0));

ALTER TABLE scorecard_entries ADD CONSTRAINT scorecard_entries_type_check CHECK ((type = ANY (ARRAY['made'::text, 'resolved'::text, 'reopened'::text, 'withdrawn'::text])));

ALTER TABLE second_factors ADD CONSTRAINT second_factors_person_id_key UNIQUE (person_id);

ALTER TABLE second_factors ADD CONSTRAINT second_factors_pkey PRIMARY KEY (id);

ALTER TABLE sessions ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

ALTER TABLE sessions ADD CONSTRAINT sessions_token_key UNIQUE (token);

ALTER TABLE settings ADD CONSTRAINT settings_pkey PRIMARY KEY (name);

ALTER TABLE sign_in_attempts ADD CONSTRAINT sign_in_attempts_pkey PRIMARY KEY (account, address);

ALTER TABLE sign_in_methods ADD CONSTRAINT sign_in_methods_pkey PRIMARY KEY (id);

ALTER TABLE signals ADD CONSTRAINT signals_pkey PRIMARY KEY (blockhash, ordinal);

ALTER TABLE signing_keys ADD CONSTRAINT signing_keys_pkey PRIMARY KEY (id);

ALTER TABLE staged_events ADD CONSTRAINT staged_events_pkey PRIMARY KEY ("position");

ALTER TABLE staged_events ADD CONSTRAINT staged_events_position_check CHECK (("position" >= 0));

ALTER TABLE stale_rollups ADD CONSTRAINT stale_rollups_pkey PRIMARY KEY (resolution, start);

ALTER TABLE stream_shares ADD CONSTRAINT stream_shares_pkey PRIMARY KEY (network, process);

ALTER TABLE stream_shares ADD CONSTRAINT stream_shares_shares_check CHECK ((shares > 0));

ALTER TABLE system_metric_hours ADD CONSTRAINT system_metric_hours_pkey PRIMARY KEY ("time");

ALTER TABLE system_metrics ADD CONSTRAINT system_metrics_pkey PRIMARY KEY (at, instance);

ALTER TABLE tiers ADD CONSTRAINT tiers_exported_insights_check CHECK (((exported_insights >= 1) AND (exported_insights <= 10000000)));

ALTER TABLE tiers ADD CONSTRAINT tiers_keys_check CHECK (((keys >= 0) AND (keys <= 5)));

ALTER TABLE tiers ADD CONSTRAINT tiers_name_check CHECK ((name = ANY (ARRAY['free'::text, 'pro'::text, 'power'::text])));

ALTER TABLE tiers ADD CONSTRAINT tiers_pkey PRIMARY KEY (name);

ALTER TABLE tiers ADD CONSTRAINT tiers_requests_per_hour_check CHECK (((requests_per_hour >= 1) AND (requests_per_hour <= 1000000)));

ALTER TABLE transfer_parties ADD CONSTRAINT transfer_parties_kind_check CHECK ((kind = ANY (ARRAY['deposit'::text, 'withdrawal'::text, 'in-house'::text, 'inter-entity'::text])));

ALTER TABLE transfer_parties ADD CONSTRAINT transfer_parties_pkey PRIMARY KEY (blockhash, tx_index, label_version);

ALTER TABLE transfers ADD CONSTRAINT transfers_pkey PRIMARY KEY (blockhash, tx_index);

ALTER TABLE transfers ADD CONSTRAINT transfers_txid_check CHECK ((octet_length(txid) = 32));

ALTER TABLE usage_counts ADD CONSTRAINT usage_counts_pkey PRIMARY KEY (name, hour);

ALTER TABLE used_codes ADD CONSTRAINT used_codes_pkey PRIMARY KEY (nonce);

ALTER TABLE utxo_snapshots ADD CONSTRAINT utxo_snapshots_base_hash_check CHECK ((octet_length(base_hash) = 32));

ALTER TABLE utxo_snapshots ADD CONSTRAINT utxo_snapshots_check CHECK ((height >= max_coin_height));

ALTER TABLE utxo_snapshots ADD CONSTRAINT utxo_snapshots_hash_serialized_check CHECK ((octet_length(hash_serialized) = 32));

ALTER TABLE utxo_snapshots ADD CONSTRAINT utxo_snapshots_pkey PRIMARY KEY (base_hash);

ALTER TABLE verifications ADD CONSTRAINT verifications_pkey PRIMARY KEY (id);

ALTER TABLE watches ADD CONSTRAINT watches_actor_kind_key UNIQUE (actor, kind);

ALTER TABLE watches ADD CONSTRAINT watches_check CHECK (((script IS NULL) = (address IS NULL)));

ALTER TABLE watches ADD CONSTRAINT watches_check2 CHECK (((script IS NULL) <> (actor IS NULL)));

ALTER TABLE watches ADD CONSTRAINT watches_kind CHECK (((kind IS NULL) OR (actor IS NOT NULL)));

ALTER TABLE watches ADD CONSTRAINT watches_pkey PRIMARY KEY (id);

ALTER TABLE watches ADD CONSTRAINT watches_script_key UNIQUE (script);

ALTER TABLE window_counts ADD CONSTRAINT window_counts_pkey PRIMARY KEY (name);

ALTER TABLE wording_requests ADD CONSTRAINT wording_requests_insight_id_block_hash_key UNIQUE (insight_id, block_hash);

ALTER TABLE wording_requests ADD CONSTRAINT wording_requests_outcome_check CHECK ((outcome = ANY (ARRAY['asked'::text, 'accepted'::text, 'refused'::text, 'failed'::text, 'timed-out'::text, 'too-late'::text, 'over-budget'::text])));

ALTER TABLE wording_requests ADD CONSTRAINT wording_requests_pkey PRIMARY KEY (id);

ALTER TABLE wordings ADD CONSTRAINT wordings_pkey PRIMARY KEY (insight_id, block_hash);

ALTER TABLE api_keys ADD CONSTRAINT api_keys_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE;

ALTER TABLE backfill_errors ADD CONSTRAINT backfill_errors_job_id_fkey FOREIGN KEY (job_id) REFERENCES backfill_jobs(id) ON DELETE CASCADE;

ALTER TABLE backfill_ranges ADD CONSTRAINT backfill_ranges_job_id_fkey FOREIGN KEY (job_id) REFERENCES backfill_jobs(id) ON DELETE CASCADE;

ALTER TABLE block_expectations ADD CONSTRAINT block_expectations_blockhash_fkey FOREIGN KEY (blockhash) REFERENCES block_headers(hash) ON DELETE CASCADE;

ALTER TABLE block_features ADD CONSTRAINT block_features_blockhash_fkey FOREIGN KEY (blockhash) REFERENCES block_headers(hash) ON DELETE CASCADE;

ALTER TABLE block_flows ADD CONSTRAINT block_flows_blockhash_fkey FOREIGN KEY (blockhash) REFERENCES block_headers(hash) ON DELETE CASCADE;

ALTER TABLE block_low_rates ADD CONSTRAINT block_low_rates_blockhash_fkey FOREIGN KEY (blockhash) REFERENCES block_headers(hash) ON DELETE CASCADE;

ALTER TABLE block_price_features ADD CONSTRAINT block_price_features_blockhash_fkey FOREIGN KEY (blockhash) REFERENCES block_headers(hash) ON DELETE CASCADE;

ALTER TABLE block_price_features ADD CONSTRAINT block_price_features_series_name_series_version_fkey FOREIGN KEY (series_name, series_version) REFERENCES price_series(name, version);

ALTER TABLE comment_moderations ADD CONSTRAINT comment_moderations_comment_id_fkey FOREIGN KEY (comment_id) REFERENCES insight_comments(id);

ALTER TABLE cursor ADD CONSTRAINT cursor_hash_fkey FOREIGN KEY (hash) REFERENCES block_headers(hash);

ALTER TABLE entity_flows ADD CONSTRAINT entity_flows_blockhash_label_version_fkey FOREIGN KEY (blockhash, label_version) REFERENCES block_flows(blockhash, label_version) ON DELETE CASCADE;

ALTER TABLE events ADD CONSTRAINT events_insight_id_insight_block_hash_fkey1 FOREIGN KEY (insight_id, insight_block_hash) REFERENCES insights(id, block_hash);

ALTER TABLE insight_documents ADD CONSTRAINT insight_documents_insight_id_block_hash_fkey FOREIGN KEY (insight_id, block_hash) REFERENCES insights(id, block_hash);

ALTER TABLE insight_statuses ADD CONSTRAINT insight_statuses_insight_id_block_hash_fkey FOREIGN KEY (insight_id, block_hash) REFERENCES insights(id, block_hash);

ALTER TABLE invitations ADD CONSTRAINT invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES people(id) ON DELETE CASCADE;

ALTER TABLE labels ADD CONSTRAINT labels_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES label_entities(id);

ALTER TABLE labels ADD CONSTRAINT labels_version_from_fkey FOREIGN KEY (version_from) REFERENCES label_versions(version);

ALTER TABLE labels ADD CONSTRAINT labels_version_to_fkey FOREIGN KEY (version_to) REFERENCES label_versions(version);

ALTER TABLE opening_balances ADD CONSTRAINT opening_balances_base_hash_fkey FOREIGN KEY (base_hash) REFERENCES utxo_snapshots(base_hash) ON DELETE CASCADE;

ALTER TABLE passkeys ADD CONSTRAINT passkeys_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE;

ALTER TABLE people ADD CONSTRAINT people_tier_fkey FOREIGN KEY (tier) REFERENCES tiers(name);

ALTER TABLE predictions ADD CONSTRAINT predictions_made_seq_fkey FOREIGN KEY (made_seq) REFERENCES scorecard_entries(seq);

ALTER TABLE predictions ADD CONSTRAINT predictions_seq_fkey FOREIGN KEY (seq) REFERENCES scorecard_entries(seq);

ALTER TABLE prices ADD CONSTRAINT prices_series_name_series_version_fkey FOREIGN KEY (series_name, series_version) REFERENCES price_series(name, version) ON DELETE CASCADE;

ALTER TABLE quiet_blocks ADD CONSTRAINT quiet_blocks_blockhash_fkey FOREIGN KEY (blockhash) REFERENCES block_headers(hash) ON DELETE CASCADE;

ALTER TABLE refresh_tokens ADD CONSTRAINT refresh_tokens_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE;

ALTER TABLE second_factors ADD CONSTRAINT second_factors_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE;

ALTER TABLE sessions ADD CONSTRAINT sessions_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE;

ALTER TABLE sign_in_methods ADD CONSTRAINT sign_in_methods_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE;

ALTER TABLE signals ADD CONSTRAINT signals_blockhash_fkey FOREIGN KEY (blockhash) REFERENCES block_headers(hash) ON DELETE CASCADE;

ALTER TABLE transfer_parties ADD CONSTRAINT transfer_parties_blockhash_label_version_fkey FOREIGN KEY (blockhash, label_version) REFERENCES block_flows(blockhash, label_version) ON DELETE CASCADE;

ALTER TABLE transfer_parties ADD CONSTRAINT transfer_parties_blockhash_tx_index_fkey FOREIGN KEY (blockhash, tx_index) REFERENCES transfers(blockhash, tx_index) ON DELETE CASCADE;

ALTER TABLE transfers ADD CONSTRAINT transfers_blockhash_fkey FOREIGN KEY (blockhash) REFERENCES block_headers(hash) ON DELETE CASCADE;

ALTER TABLE wording_requests ADD CONSTRAINT wording_requests_insight_id_block_hash_fkey FOREIGN KEY (insight_id, block_hash) REFERENCES insights(id, block_hash);

ALTER TABLE wordings ADD CONSTRAINT wordings_insight_id_block_hash_fkey FOREIGN KEY (insight_id, block_hash) REFERENCES insights(id, block_hash);

CREATE INDEX api_keys_person ON public.api_keys USING btree (person_id);

CREATE INDEX audit_entries_action ON public.audit_entries USING btree (action, id DESC);

CREATE INDEX audit_entries_person ON public.audit_entries USING btree (person_id, id DESC);

CREATE INDEX audit_entries_target ON public.audit_entries USING btree (target, id DESC);

CREATE INDEX backfill_errors_job ON public.backfill_errors USING btree (job_id, id);

CREATE INDEX backfill_errors_parked ON public.backfill_errors USING btree (job_id, height) WHERE parked;

CREATE INDEX backfill_ranges_job ON public.backfill_ranges USING btree (job_id, first_height);

CREATE INDEX backfill_ranges_latest ON public.backfill_ranges USING btree (job_id, at DESC) INCLUDE (next_height) WHERE (next_height > first_height);

CREATE INDEX backfill_ranges_unsent ON public.backfill_ranges USING btree (job_id) WHERE ((NOT sent) AND (next_height <= last_height));

CREATE INDEX block_features_height ON public.block_features USING btree (height);

CREATE INDEX block_flows_label_version ON public.block_flows USING btree (label_version);

CREATE UNIQUE INDEX block_headers_connected_height ON public.block_headers USING btree (height) WHERE connected;

CREATE INDEX block_headers_time ON public.block_headers USING btree ("time");

CREATE INDEX block_headers_tip ON public.block_headers USING btree (connected, height);

CREATE INDEX block_processing_at ON public.block_processing USING btree (at);

CREATE INDEX commands_open ON public.commands USING btree (id) WHERE (state = 'open'::text);

CREATE INDEX commands_taken ON public.commands USING btree (id) WHERE (state = 'taken'::text);

CREATE INDEX comment_moderations_latest ON public.comment_moderations USING btree (comment_id, id DESC);

CREATE INDEX denials_last_at ON public.denials USING btree (last_at DESC);

CREATE INDEX entity_flows_actor ON public.entity_flows USING btree (actor, kind, label_version);

CREATE INDEX entity_rollups_of_days ON public.entity_rollups USING btree (start) INCLUDE (actor, kind, inflow, outflow, mined, deposits, withdrawals) WHERE (resolution = 'day'::text);

CREATE INDEX entity_rollups_start ON public.entity_rollups USING btree (resolution, start);

CREATE INDEX feedback_owners_owner ON public.feedback_owners USING btree (owner);

CREATE INDEX idempotent_requests_begun ON public.idempotent_requests USING btree (begun_at);

CREATE INDEX insight_comments_insight ON public.insight_comments USING btree (insight_id, id DESC);

CREATE INDEX insight_comments_person ON public.insight_comments USING btree (person_id, at DESC);

CREATE INDEX insight_documents_newest ON public.insight_documents USING btree (published_event_id DESC);

CREATE INDEX insight_documents_words ON public.insight_documents USING gin (document);

CREATE INDEX insight_flags_insight ON public.insight_flags USING btree (insight_id);

CREATE INDEX insight_flags_person ON public.insight_flags USING btree (person_id, at DESC);

CREATE INDEX insight_ratings_latest ON public.insight_ratings USING btree (insight_id, person_id, id DESC);

CREATE INDEX insight_ratings_person ON public.insight_ratings USING btree (person_id, insight_id, id DESC);

CREATE INDEX insights_block_hash ON public.insights USING btree (block_hash);

CREATE INDEX insights_block_height ON public.insights USING btree (block_height);

CREATE INDEX insights_block_time ON public.insights USING btree (block_time);

CREATE INDEX insights_category_order ON public.insights USING btree (category, published_height DESC, published_event_id DESC);

CREATE INDEX insights_confidence ON public.insights USING btree (confidence DESC, published_event_id DESC) WHERE (confidence IS NOT NULL);

CREATE INDEX insights_kind_order ON public.insights USING btree (kind, published_height DESC, published_event_id DESC);

CREATE INDEX insights_order ON public.insights USING btree (published_height DESC, published_event_id DESC);

CREATE INDEX insights_published ON public.insights USING btree (published_event_id DESC);

CREATE INDEX insights_subject ON public.insights USING btree ((((evidence -> 'subject'::text) ->> 'actor'::text)), published_height DESC, published_event_id DESC);

CREATE INDEX insights_tags ON public.insights USING gin (insight_tags(category, kind, evidence));

CREATE INDEX insights_transactions ON public.insights USING gin (((evidence -> 'transactions'::text)) jsonb_path_ops);

CREATE INDEX invitations_invited_by ON public.invitations USING btree (invited_by);

CREATE INDEX label_entities_actor_key ON public.label_entities USING btree (actor_key, kind, id);

CREATE UNIQUE INDEX labels_current ON public.labels USING btree (file, target, entity_id, is_tag, category, valid_from) WHERE (version_to IS NULL);

CREATE INDEX labels_entity ON public.labels USING btree (entity_id, id);

CREATE INDEX labels_target ON public.labels USING btree (target);

CREATE UNIQUE INDEX opening_balances_entity ON public.opening_balances USING btree (base_hash, actor, kind) WHERE (script IS NULL);

CREATE INDEX opening_balances_largest ON public.opening_balances USING btree (base_hash, sats DESC);

CREATE INDEX passkeys_person ON public.passkeys USING btree (person_id);

CREATE INDEX predictions_bucket ON public.predictions USING btree (((height / 32)));

CREATE INDEX predictions_made ON public.predictions USING btree (made_seq);

CREATE INDEX predictions_newest ON public.predictions USING btree (kind, subject, height DESC);

CREATE INDEX predictions_open ON public.predictions USING btree (height) WHERE (state = 'open'::text);

CREATE INDEX predictions_resolved ON public.predictions USING btree (resolved_height) WHERE (state = 'resolved'::text);

CREATE INDEX predictions_resolved_newest ON public.predictions USING btree (seq DESC) WHERE (state = 'resolved'::text);

CREATE INDEX refresh_tokens_family ON public.refresh_tokens USING btree (family);

CREATE INDEX refresh_tokens_session ON public.refresh_tokens USING btree (session_id);

CREATE INDEX rollups_start ON public.rollups USING btree (resolution, start);

CREATE INDEX scorecard_entries_block ON public.scorecard_entries USING btree (block_hash);

CREATE INDEX scorecard_entries_prediction ON public.scorecard_entries USING btree (prediction_id, seq);

CREATE INDEX sessions_person ON public.sessions USING btree (person_id);

CREATE INDEX sign_in_attempts_next ON public.sign_in_attempts USING btree (next_at);

CREATE INDEX sign_in_methods_person ON public.sign_in_methods USING btree (person_id);

CREATE INDEX signals_by_height ON public.signals USING btree (height) INCLUDE (kind, blockhash);

CREATE INDEX signals_kind_height ON public.signals USING btree (kind, height);

CREATE INDEX signals_subject ON public.signals USING btree ((((detail -> 'subject'::text) ->> 'actor'::text)), height);

CREATE INDEX signals_surprise ON public.signals USING btree (surprise_percentile, height) WHERE (surprise_percentile IS NOT NULL);

CREATE INDEX transfers_txid ON public.transfers USING btree (txid);

CREATE INDEX transfers_value ON public.transfers USING btree (value);

CREATE INDEX verifications_identifier ON public.verifications USING btree (identifier);

CREATE UNIQUE INDEX watches_actor ON public.watches USING btree (actor) WHERE (kind IS NULL);

CREATE INDEX window_counts_ends ON public.window_counts USING btree (ends_at);

CREATE INDEX wording_requests_day ON public.wording_requests USING btree (day);

CREATE VIEW current_comments AS
 SELECT insight_comments.id,
    insight_comments.at,
    insight_comments.insight_id,
    COALESCE(feedback_owners.owner, insight_comments.person_id) AS person_id,
    insight_comments.text,
    COALESCE(latest.hidden, false) AS hidden,
    latest.reason AS hidden_reason
   FROM ((insight_comments
     LEFT JOIN feedback_owners ON ((feedback_owners.person_id = insight_comments.person_id)))
     LEFT JOIN LATERAL ( SELECT comment_moderations.hidden,
            comment_moderations.reason
           FROM comment_moderations
          WHERE (comment_moderations.comment_id = insight_comments.id)
          ORDER BY comment_moderations.id DESC
         LIMIT 1) latest ON (true));

CREATE VIEW current_insights AS
 SELECT insights.id,
    insights.block_hash,
    insights.block_height,
    insights.block_time,
    insights.kind,
    insights.category,
    insights.headline,
    insights.summary,
    insights.surprise_percentile,
    insights.surprise_sample_size,
    insights.confidence,
    insights.evidence,
    insights.simulated,
    insights.published_event_id,
    insights.published_height,
    latest.status,
    latest.reason AS status_reason,
    latest.event_id
   FROM (insights
     CROSS JOIN LATERAL ( SELECT insight_statuses.block_hash,
            insight_statuses.status,
            insight_statuses.reason,
            insight_statuses.event_id
           FROM insight_statuses
          WHERE (insight_statuses.insight_id = insights.id)
          ORDER BY insight_statuses.event_id DESC
         LIMIT 1) latest)
  WHERE COALESCE((latest.block_hash = insights.block_hash), false);

CREATE VIEW current_ratings AS
 SELECT DISTINCT ON (insight_ratings.insight_id, COALESCE(feedback_owners.owner, insight_ratings.person_id)) insight_ratings.insight_id,
    COALESCE(feedback_owners.owner, insight_ratings.person_id) AS person_id,
    insight_ratings.stars
   FROM (insight_ratings
     LEFT JOIN feedback_owners ON ((feedback_owners.person_id = insight_ratings.person_id)))
  ORDER BY insight_ratings.insight_id, COALESCE(feedback_owners.owner, insight_ratings.person_id), insight_ratings.id DESC;

CREATE VIEW label_owners AS
 SELECT id AS entity_id,
    min(id) OVER (PARTITION BY actor_key, kind) AS owner_id,
    first_value(actor) OVER (PARTITION BY actor_key ORDER BY id) AS actor,
    actor_key,
    kind,
    actor AS spelling
   FROM label_entities;

CREATE VIEW lasting_operator_sessions AS
 SELECT id,
    created_at,
    used_at,
    expires_at,
    address,
    user_agent
   FROM operator_sessions
  WHERE ((expires_at > now()) AND (used_at > (now() - '7 days'::interval)));

CREATE VIEW lasting_sessions AS
 SELECT id,
    token,
    person_id,
    expires_at,
    created_at,
    updated_at,
    ip_address,
    user_agent,
    used_at
   FROM sessions
  WHERE ((expires_at > now()) AND (used_at > (now() - '14 days'::interval)));

CREATE VIEW owned_flags AS
 SELECT insight_flags.id,
    insight_flags.at,
    insight_flags.insight_id,
    COALESCE(feedback_owners.owner, insight_flags.person_id) AS person_id,
    insight_flags.reason,
    insight_flags.details
   FROM (insight_flags
     LEFT JOIN feedback_owners ON ((feedback_owners.person_id = insight_flags.person_id)));

CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON public.audit_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal_but_by_age();

CREATE TRIGGER append_only_but_forgetting BEFORE UPDATE ON public.audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_change_but_forgetting();

CREATE TRIGGER mark_rollups_told AFTER INSERT ON public.block_flows REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_rollups_of_flows();

CREATE TRIGGER mark_rollups_deleted AFTER DELETE ON public.block_headers REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_rollups_of_headers();

CREATE TRIGGER mark_rollups_inserted AFTER INSERT ON public.block_headers REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_rollups_of_headers();

CREATE TRIGGER mark_rollups_joined AFTER UPDATE ON public.block_headers REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_rollups_of_headers();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.briefs FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER notify AFTER INSERT ON public.commands FOR EACH STATEMENT EXECUTE FUNCTION notify_commands();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.comment_moderations FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER notify AFTER INSERT ON public.events REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION notify_events();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.insight_comments FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.insight_flags FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.insight_ratings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.insight_statuses FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER tally AFTER INSERT ON public.insight_statuses REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION tally_insights();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.insights FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER documents AFTER INSERT ON public.insights REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION note_documents();

CREATE TRIGGER sum_inserted AFTER INSERT ON public.predictions REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION sum_predictions();

CREATE TRIGGER sum_updated AFTER UPDATE ON public.predictions REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION sum_predictions();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.scorecard_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER count_deleted AFTER DELETE ON public.signals REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_rows();

CREATE TRIGGER count_inserted AFTER INSERT ON public.signals REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_rows();

CREATE TRIGGER count_truncated AFTER TRUNCATE ON public.signals FOR EACH STATEMENT EXECUTE FUNCTION count_none();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.wordings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
