-- What one role asks of another. Rows stay: they tell who asked for what, and what came of it.
CREATE TABLE commands (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL,
  arguments jsonb NOT NULL,
  -- Who asked.
  actor text NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'done', 'failed', 'expired')),
  asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Nobody takes it later than this: whoever asked has been told that nobody is there.
  take_by timestamptz NOT NULL,
  answered_at timestamptz,
  result jsonb,
  error_code text,
  error_message text,
  CHECK ((state IN ('done', 'failed')) = (answered_at IS NOT NULL)),
  CHECK ((state = 'done') = (result IS NOT NULL)),
  CHECK ((state = 'failed') = (error_code IS NOT NULL)),
  CHECK ((error_code IS NULL) = (error_message IS NULL))
);
CREATE INDEX commands_open ON commands (id) WHERE state = 'open';

-- Takers also poll; the notification only saves them the wait.
CREATE FUNCTION notify_commands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('utxoiq_commands', '');
  RETURN NULL;
END;
$$;

CREATE TRIGGER notify AFTER INSERT ON commands
  FOR EACH STATEMENT EXECUTE FUNCTION notify_commands();
