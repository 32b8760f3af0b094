-- What blocks decided of the claim of an insight, found by the block in which it was told and the claim's text; NULL while
-- it is open, and where nothing is claimed. Of transfers in one block each claims for itself.
CREATE FUNCTION claim_outcome(evidence jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('height', predictions.resolved_height, 'came', resolved.body #> '{outcome,came}')
  FROM scorecard_entries AS made
  JOIN predictions ON predictions.made_seq = made.seq AND predictions.state = 'resolved'
  JOIN scorecard_entries AS resolved ON resolved.seq = predictions.seq
  WHERE evidence #>> '{claim,text}' IS NOT NULL
    AND made.block_hash = evidence #>> '{blocks,0,hash}'
    AND made.type = 'made'
    AND made.body #>> '{statement,text}' = evidence #>> '{claim,text}'
    AND (made.kind <> 'large-transfer'
      OR made.body #>> '{statement,signal,transfers,0,txid}' = evidence #>> '{transactions,0,txid}')
  ORDER BY made.seq
  LIMIT 1;
$$;
