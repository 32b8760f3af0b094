-- What one person said of insights, whichever those are.
CREATE INDEX insight_ratings_person ON insight_ratings (person_id, insight_id, id DESC);
CREATE INDEX insight_comments_person ON insight_comments (person_id, at DESC);
CREATE INDEX insight_flags_person ON insight_flags (person_id, at DESC);
