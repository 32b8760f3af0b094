/**
 * Augur's estimator, rebuilt from block/bitcoin-augur at 19f76ac (Apache-2.0; its description, not its code):
 * weight in logarithmic buckets of one percent by each transaction's own fee rate; inflow as the growth of buckets
 * between the first and the last snapshot on each tip, over half an hour and over a day; as many blocks as come with the
 * asked probability in the time of the target; the cheapest bucket that they mine whole; the two windows blended by
 * target; never dearer for a later target. The size of a block is that of the network that it looks at.
 */
export const AUGUR_PROBABILITIES = [0.5, 0.8, 0.95] as const;

/** Blocks. */
export const LEAST_AUGUR_TARGET = 3;

const MOST_BUCKET = 1_000;
const WINDOWS = { short: 30 * 60, long: 24 * 3_600 } as const;
const TEN_MINUTES = 600;

export type AugurSnapshot = {
  readonly time: number;
  readonly height: number;
  /** By place: the dearest bucket first. */
  readonly weights: Float64Array;
};

type Transaction = { readonly fee: number; readonly weight: number };

export type AugurSettings = { readonly minFeeRate: number; readonly blockWeight: number };

function leastBucket({ minFeeRate }: AugurSettings): number {
  return Math.round(Math.log(minFeeRate) * 100);
}

export function bucketsOf(waiting: readonly Transaction[], settings: AugurSettings): Float64Array {
  const least = leastBucket(settings);
  const weights = new Float64Array(MOST_BUCKET - least + 1);
  for (const { fee, weight } of waiting) {
    const bucket = Math.min(Math.round(Math.log((4 * fee) / weight) * 100), MOST_BUCKET);
    if (bucket >= least) weights[MOST_BUCKET - bucket] = (weights[MOST_BUCKET - bucket] ?? 0) + weight;
  }
  return weights;
}

/** Weight that comes in ten minutes, by bucket; `undefined` where no time lies between two snapshots of a tip. */
function inflowOf(snapshots: readonly AugurSnapshot[], seconds: number): Float64Array | undefined {
  const newest = snapshots.at(-1);
  if (newest === undefined) return undefined;
  const inflow = new Float64Array(newest.weights.length);
  let span = 0;
  for (const [first, last] of spansOf(snapshots, newest.time - seconds)) {
    span += last.time - first.time;
    for (let place = 0; place < inflow.length; place += 1) {
      inflow[place] = (inflow[place] ?? 0) + Math.max(0, (last.weights[place] ?? 0) - (first.weights[place] ?? 0));
    }
  }
  return span === 0 ? undefined : inflow.map((weight) => (weight * TEN_MINUTES) / span);
}

/** First and last snapshot on each tip. */
function spansOf(snapshots: readonly AugurSnapshot[], from: number): Iterable<[AugurSnapshot, AugurSnapshot]> {
  const byHeight = new Map<number, [AugurSnapshot, AugurSnapshot]>();
  for (const snapshot of snapshots) {
    if (snapshot.time < from) continue;
    byHeight.set(snapshot.height, [byHeight.get(snapshot.height)?.[0] ?? snapshot, snapshot]);
  }
  return byHeight.values();
}

/** The most blocks that come with at least this probability in the time in which `target` come on average. */
export function blocksWithin(target: number, probability: number): number {
  let term = Math.exp(-target);
  let below = 0;
  let blocks = 0;
  for (let count = 0; count < 4 * target; count += 1) {
    if (1 - below >= probability) blocks = count;
    below += term;
    term *= target / (count + 1);
  }
  return blocks;
}

/** Bucket that `blocks` blocks mine whole and all above; beyond the dearest where none is; `undefined` of no block. */
export function cheapestMined(
  { current, inflow }: { readonly current: Float64Array; readonly inflow: Float64Array },
  { blocks, target }: { readonly blocks: number; readonly target: number },
  settings: AugurSettings,
): number | undefined {
  if (blocks <= 0) return undefined;
  const left = Float64Array.from(current);
  for (let block = 0; block < blocks; block += 1) {
    let room = settings.blockWeight;
    for (let place = 0; place < left.length; place += 1) {
      const waits = (left[place] ?? 0) + ((inflow[place] ?? 0) * target) / blocks;
      const mined = Math.min(waits, room);
      room -= mined;
      left[place] = waits - mined;
    }
  }
  const first = left.findIndex((weight) => weight !== 0);
  return first === -1 ? leastBucket(settings) : MOST_BUCKET - (first - 1);
}

/** What the newest of the snapshots holds and what comes in ten minutes; `undefined` where no inflow is known. */
export function readState(snapshots: readonly AugurSnapshot[]): AugurState | undefined {
  const newest = snapshots.at(-1);
  const short = inflowOf(snapshots, WINDOWS.short);
  const long = inflowOf(snapshots, WINDOWS.long);
  if (newest === undefined || short === undefined || long === undefined) return undefined;
  return { current: newest.weights.map((weight, place) => weight + (short[place] ?? 0) / 2), short, long };
}

export type AugurState = {
  /** With half of the short window's inflow as a buffer. */
  readonly current: Float64Array;
  readonly short: Float64Array;
  readonly long: Float64Array;
};

/** sat/vB by target, `null` where it cannot say. */
export function estimateAugur(
  { current, short, long }: AugurState,
  { targets, probability }: { readonly targets: readonly number[]; readonly probability: number },
  settings: AugurSettings,
): (number | null)[] {
  let dearest = Number.POSITIVE_INFINITY;
  return targets.map((target) => {
    const simulation = { blocks: blocksWithin(target, probability), target };
    const bucketBy = (inflow: Float64Array): number => cheapestMined({ current, inflow }, simulation, settings) ?? 0;
    const share = 1 - (1 - target / 144) ** 2;
    dearest = Math.min(dearest, Math.exp((bucketBy(short) * (1 - share) + bucketBy(long) * share) / 100));
    return dearest < Math.exp(MOST_BUCKET / 100) ? dearest : null;
  });
}

export function keepDay(snapshots: AugurSnapshot[], snapshot: AugurSnapshot): void {
  snapshots.push(snapshot);
  while ((snapshots[0]?.time ?? snapshot.time) < snapshot.time - WINDOWS.long) snapshots.shift();
}
