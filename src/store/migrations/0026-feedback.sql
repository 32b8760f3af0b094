-- Published: what people said of insights. The latest row of a person counts, those before stay.
CREATE TABLE insight_ratings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  insight_id text NOT NULL,
  person_id text NOT NULL,
  -- Null: withdrawn.
  stars smallint CHECK (stars BETWEEN 1 AND 5)
);
CREATE INDEX insight_ratings_latest ON insight_ratings (insight_id, person_id, id DESC);

CREATE TABLE insight_comments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  insight_id text NOT NULL,
  person_id text NOT NULL,
  text text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 1000)
);
CREATE INDEX insight_comments_insight ON insight_comments (insight_id, id DESC);

-- The latest row of a comment says whether it is shown.
CREATE TABLE comment_moderations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  comment_id bigint NOT NULL REFERENCES insight_comments (id),
  hidden boolean NOT NULL,
  reason text
);
CREATE INDEX comment_moderations_latest ON comment_moderations (comment_id, id DESC);

CREATE TABLE insight_flags (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  insight_id text NOT NULL,
  person_id text NOT NULL,
  reason text NOT NULL CHECK (reason IN ('inaccurate', 'misleading', 'spam', 'inappropriate', 'other')),
  details text CHECK (char_length(details) <= 1000)
);
CREATE INDEX insight_flags_insight ON insight_flags (insight_id);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON insight_ratings
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON insight_comments
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON comment_moderations
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON insight_flags
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A comment with whether it is shown.
CREATE VIEW current_comments AS
  SELECT insight_comments.*, coalesce(latest.hidden, false) AS hidden, latest.reason AS hidden_reason
  FROM insight_comments
  LEFT JOIN LATERAL (
    SELECT hidden, reason FROM comment_moderations
    WHERE comment_id = insight_comments.id ORDER BY id DESC LIMIT 1
  ) AS latest ON true;

-- An event of neither an insight's status nor a block carries what it tells.
ALTER TABLE events ADD COLUMN data jsonb;
ALTER TABLE events DROP CONSTRAINT events_check2;
ALTER TABLE events ADD CONSTRAINT events_tell_one_thing CHECK (num_nonnulls(insight_id, block, data) = 1);
