-- From when an event is stored to when all who listen were handed it: the longest since the row before; null where none was.
ALTER TABLE system_metrics ADD COLUMN event_lag_ms double precision;
ALTER TABLE system_metric_hours ADD COLUMN event_lag_ms double precision;
