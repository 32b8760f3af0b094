import { linearize } from "./linearize.ts";
import type { Mempool } from "./mempool.ts";
import type { MempoolColumns } from "./mempool-columns.ts";

/** Fee rates are per virtual byte, which is four weight units (BIP 141). */
const WEIGHT_OF_VBYTE = 4;

/** Rates of one chunk that a node reported at different moments of rounding are one. */
const SAME_RATE = 1e-9;

type Group = { readonly members: readonly number[]; readonly rate: number };

/** Computes the chunks of all clusters in which something changed. */
export function updateChunks(mempool: Mempool): void {
  const { changed } = mempool.columns;
  mempool.table.forEach((slot) => {
    if (changed[slot] !== 1) return;
    if (isAlone(mempool, slot)) {
      changed[slot] = 0;
      writeSingle(mempool.columns, slot);
      return;
    }
    const members = clusterOf(mempool, slot);
    for (const member of members) changed[member] = 0;
    writeCluster(mempool, members);
  });
}

/** Slots of all transactions that hang together with this one, ascending by transaction id. */
export function clusterOf(mempool: Mempool, slot: number): number[] {
  const found = new Set([slot]);
  for (const member of found) {
    for (const parent of mempool.parentsOf(member)) found.add(parent);
    for (const child of mempool.childrenOf(member)) found.add(child);
  }
  return [...found].toSorted((left, right) => mempool.table.compare(left, right));
}

function isAlone(mempool: Mempool, slot: number): boolean {
  return mempool.parentsOf(slot).length === 0 && mempool.childrenOf(slot).length === 0;
}

function rateOf(fee: number, rateWeight: number): number {
  return (fee * WEIGHT_OF_VBYTE) / rateWeight;
}

function writeSingle(columns: MempoolColumns, slot: number): void {
  const own = rateOf(columns.fee[slot] ?? 0, columns.rateWeight[slot] ?? 0);
  columns.cluster[slot] = slot;
  writeChunk(columns, { members: [slot], rate: columns.reportedRate[slot] || own }, 0);
}

function writeCluster(mempool: Mempool, members: readonly number[]): void {
  const { columns } = mempool;
  const groups = reportedGroups(mempool, members) ?? computedGroups(mempool, members);
  for (const member of members) columns.cluster[member] = members[0] ?? member;
  for (const [rank, group] of groups.entries()) writeChunk(columns, group, rank);
}

function computedGroups(mempool: Mempool, slots: readonly number[]): Group[] {
  const { fee, rateWeight } = mempool.columns;
  const indexOf = new Map(slots.map((slot, index) => [slot, index]));
  const chunks = linearize({
    fees: slots.map((slot) => fee[slot] ?? 0),
    weights: slots.map((slot) => rateWeight[slot] ?? 0),
    parents: slots.map((slot) => mempool.parentsOf(slot).flatMap((parent) => indexOf.get(parent) ?? [])),
  });
  return chunks.map((chunk) => ({
    members: chunk.members.flatMap((index) => slots[index] ?? []),
    rate: rateOf(chunk.fee, chunk.weight),
  }));
}

/** The node's own chunks; `undefined` where it reported none, or of different moments, so that they do not fit. */
function reportedGroups(mempool: Mempool, slots: readonly number[]): Group[] | undefined {
  const { reportedRate } = mempool.columns;
  const rate = (slot: number): number => reportedRate[slot] ?? 0;
  for (const slot of slots) {
    if (rate(slot) === 0) return undefined;
    const late = mempool.parentsOf(slot).some((parent) => rate(parent) < rate(slot) * (1 - SAME_RATE));
    if (late) return undefined;
  }
  const groups: { members: number[]; rate: number }[] = [];
  for (const slot of slots.toSorted((left, right) => rate(right) - rate(left))) {
    const last = groups.at(-1);
    if (last !== undefined && rate(slot) >= last.rate * (1 - SAME_RATE)) last.members.push(slot);
    else groups.push({ members: [slot], rate: rate(slot) });
  }
  return groups;
}

function writeChunk(columns: MempoolColumns, { members, rate }: Group, rank: number): void {
  const [first = 0] = members;
  let fee = 0;
  let weight = 0;
  for (const member of members) {
    columns.chunk[member] = first;
    fee += columns.fee[member] ?? 0;
    weight += columns.weight[member] ?? 0;
  }
  columns.chunkRank[first] = rank;
  columns.chunkRate[first] = rate;
  columns.chunkFee[first] = fee;
  columns.chunkWeight[first] = weight;
  columns.chunkCount[first] = members.length;
}
