-- Blocks that are sorted by what is known of them are read as one stretch of heights. A B-tree, since features that are
-- derived anew lie anywhere in the table (docs/adr/0006).
CREATE INDEX block_features_height ON block_features (height);
