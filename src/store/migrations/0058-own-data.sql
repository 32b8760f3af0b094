-- What somebody wants to be told by mail, beside what concerns their account's safety.
ALTER TABLE people ADD COLUMN mail_key_reminders boolean NOT NULL DEFAULT true;

-- When its person was told that it ends soon.
ALTER TABLE api_keys ADD COLUMN reminded_at timestamptz;

-- Whose account is gone leaves what they did, and not from where: an address, and an e-mail address of somebody whom
-- they invited, may be taken out of an entry, and nothing else may be changed of one.
CREATE FUNCTION refuse_change_but_forgetting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.address IS NULL AND NEW.details = OLD.details - 'email'
    AND (NEW.id, NEW.at, NEW.role, NEW.person_id, NEW.action, NEW.target, NEW.request_id)
      IS NOT DISTINCT FROM (OLD.id, OLD.at, OLD.role, OLD.person_id, OLD.action, OLD.target, OLD.request_id)
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'table % is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END;
$$;
DROP TRIGGER append_only ON audit_entries;
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_but_forgetting BEFORE UPDATE ON audit_entries
  FOR EACH ROW EXECUTE FUNCTION refuse_change_but_forgetting();

CREATE INDEX audit_entries_person ON audit_entries (person_id, id DESC);
CREATE INDEX audit_entries_action ON audit_entries (action, id DESC);
