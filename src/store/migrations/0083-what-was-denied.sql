-- The last of the denials that are counted together: by which request, and what it was about.
ALTER TABLE denials ADD COLUMN last_request_id text;
ALTER TABLE denials ADD COLUMN last_target text;
