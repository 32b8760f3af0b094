import type { MempoolSnapshot } from "#bitcoin";
import type { esplora } from "#contract";
import type { explore } from "#store";

const WEIGHT_PER_VBYTE = 4;

export function presentEsploraBlock(stored: explore.StoredBlock): esplora.EsploraBlock {
  const { hash, prevHash, version, bits, size, weight, features } = stored;
  return {
    id: hash,
    height: features.height,
    version,
    timestamp: features.time,
    tx_count: features.txs,
    size,
    weight,
    previousblockhash: features.height === 0 ? null : prevHash,
    mediantime: features.mediantime,
    bits,
    difficulty: features.difficulty,
  };
}

/** Where transactions were not seen one by one there is no histogram to give. */
export function presentEsploraMempool({
  count,
  weight,
  totalFee,
  histogram,
}: Pick<MempoolSnapshot, "count" | "weight" | "totalFee" | "histogram">): esplora.EsploraMempool {
  const bands = (histogram ?? []).filter((band) => band.weight > 0).toReversed();
  return {
    count,
    vsize: Math.ceil(weight / WEIGHT_PER_VBYTE),
    total_fee: totalFee,
    fee_histogram: bands.map((band) => [band.from, Math.ceil(band.weight / WEIGHT_PER_VBYTE)]),
  };
}
