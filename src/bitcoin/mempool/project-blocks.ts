import type { Mempool } from "./mempool.ts";
import type { ProjectedBlock } from "./mempool-snapshot.ts";

/** The last of them holds all the rest. */
const MOST_BLOCKS = 8;

/** A block is left at so many chunks in a row that do not fit where so little room is left (`node/miner.cpp`). */
const MOST_FAILURES = 1_000;
const FULL_ENOUGH = 4_000;

/** Points of the weight, in percent, at which a block's fee rates are told. */
const PERCENTS = [10, 25, 50, 75, 90];

/**
 * The chunks of each block, by the slots that stand for them: by falling fee rate; one that does not fit waits for the
 * next block with all that comes after it in its cluster, and smaller ones are tried (`BlockAssembler::addChunks` of
 * Core's `node/miner.cpp`). Limits of signature operations are not looked at.
 */
export function assembleBlocks(mempool: Mempool): (readonly number[])[] {
  const queue: Queue = { chunks: chunksByRate(mempool), next: 0, putOff: [] };
  const blocks: (readonly number[])[] = [];
  while (blocks.length < MOST_BLOCKS - 1) {
    const taken = fillBlock(mempool, queue);
    // Nothing fits into an empty block: all that is left goes into the last one.
    if (taken.length === 0) break;
    blocks.push(taken);
  }
  const rest = [...queue.putOff, ...queue.chunks.subarray(queue.next)];
  if (rest.length > 0) blocks.push(rest);
  return blocks;
}

/** What is left for the next block: first what was put off, then the chunks from `next` on. */
type Queue = { readonly chunks: Uint32Array; next: number; putOff: number[] };

/** Slots that stand for chunks, in the order in which a miner takes them; among equals by transaction id. */
function chunksByRate({ table, columns }: Mempool): Uint32Array {
  const { chunk, chunkRate, chunkRank, cluster } = columns;
  const slots = new Uint32Array(table.size);
  let count = 0;
  table.forEach((slot) => {
    if (chunk[slot] !== slot) return;
    slots[count] = slot;
    count += 1;
  });
  return slots.subarray(0, count).sort((left, right) => {
    const byRate = (chunkRate[right] ?? 0) - (chunkRate[left] ?? 0);
    if (byRate !== 0) return byRate;
    const [ours = 0, theirs = 0] = [cluster[left], cluster[right]];
    return ours === theirs ? (chunkRank[left] ?? 0) - (chunkRank[right] ?? 0) : table.compare(ours, theirs);
  });
}

/** Takes a block's chunks from the queue. */
function fillBlock({ columns, blockWeight }: Mempool, queue: Queue): number[] {
  const { chunkWeight, cluster } = columns;
  const before = queue.putOff;
  const taken: number[] = [];
  const left: number[] = [];
  const families = new Set<number>();
  let weight = 0;
  let failures = 0;
  const tryNext = (chunk: number): void => {
    const own = chunkWeight[chunk] ?? 0;
    const family = cluster[chunk] ?? chunk;
    if (families.has(family)) left.push(chunk);
    else if (weight + own > blockWeight) {
      failures += 1;
      families.add(family);
      left.push(chunk);
    } else {
      failures = 0;
      weight += own;
      taken.push(chunk);
    }
  };
  const isFull = (): boolean => failures > MOST_FAILURES && weight > blockWeight - FULL_ENOUGH;
  let tried = 0;
  for (; tried < before.length && !isFull(); tried += 1) tryNext(before[tried] ?? 0);
  for (; queue.next < queue.chunks.length && !isFull(); queue.next += 1) tryNext(queue.chunks[queue.next] ?? 0);
  queue.putOff = [...left, ...before.slice(tried)];
  return taken;
}

export function describeBlock({ columns, fullWeight }: Mempool, chunks: readonly number[]): ProjectedBlock {
  let weight = 0;
  let count = 0;
  let totalFee = 0;
  for (const chunk of chunks) {
    weight += columns.chunkWeight[chunk] ?? 0;
    count += columns.chunkCount[chunk] ?? 0;
    totalFee += columns.chunkFee[chunk] ?? 0;
  }
  const feeRates = feeRatesOf(columns, chunks, weight);
  return {
    weight,
    count,
    totalFee,
    feeRates,
    medianFee: medianOf(columns, chunks, fullWeight),
    fullness: weight / fullWeight,
  };
}

/** Weight units around the middle that are averaged. */
const MIDDLE = 10_000;

/** Source: `Common.calcEffectiveFeeStatistics` of mempool/mempool (behaviour, not code). */
function medianOf(columns: Mempool["columns"], chunks: readonly number[], fullWeight: number): number {
  const [from, to] = [(fullWeight - MIDDLE) / 2, (fullWeight + MIDDLE) / 2];
  let [reached, sum, counted] = [0, 0, 0];
  for (let index = chunks.length - 1; index >= 0 && reached < to; index -= 1) {
    const chunk = chunks[index] ?? 0;
    const begin = reached;
    reached += columns.chunkWeight[chunk] ?? 0;
    const within = Math.min(reached, to) - Math.max(begin, from);
    if (within <= 0) continue;
    sum += within * (columns.chunkRate[chunk] ?? 0);
    counted += within;
  }
  return counted === 0 ? 0 : sum / counted;
}

/** Of each point the first fee rate, from the lowest on, at which so much of the weight is reached (as `getblockstats`). */
function feeRatesOf(columns: Mempool["columns"], chunks: readonly number[], weight: number): number[] {
  const rate = (index: number): number => columns.chunkRate[chunks[index] ?? 0] ?? 0;
  const points: number[] = [];
  let index = chunks.length - 1;
  let reached = columns.chunkWeight[chunks[index] ?? 0] ?? 0;
  for (const percent of PERCENTS) {
    while (reached < (weight * percent) / 100 && index > 0) {
      index -= 1;
      reached += columns.chunkWeight[chunks[index] ?? 0] ?? 0;
    }
    points.push(rate(index));
  }
  return [rate(chunks.length - 1), ...points, rate(0)];
}
