-- A claim that was told of one payment is found also where the insight goes on as one of a flow that cites others before it.
CREATE OR REPLACE FUNCTION claim_outcome(evidence jsonb) RETURNS jsonb STABLE LANGUAGE sql AS $$
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
$$;
