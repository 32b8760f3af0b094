/** Transactions that hang together, by index; `parents` are indices too. */
export type Cluster = {
  /** Satoshis. */
  readonly fees: readonly number[];
  readonly weights: readonly number[];
  readonly parents: readonly (readonly number[])[];
};

/** Transactions that are mined together or not at all, in an order in which parents come first. */
export type Chunk = { readonly members: readonly number[]; readonly fee: number; readonly weight: number };

/**
 * Above so many transactions the best next one is not looked for after each step. Core's own limits (25 ancestors and
 * descendants; from 31.0 on 64 in a cluster) make clusters like that next to impossible.
 */
const MOST_TO_SEARCH = 1_000;

/**
 * Splits a cluster into chunks of falling fee rate, as a miner would take them: again and again the transaction whose
 * remaining ancestors and itself pay most for their weight, with these ancestors (`BlockAssembler::addPackageTxs` of
 * Core's `node/miner.cpp` up to 30.x); what then pays more than what stands before it is merged with that
 * (`ChunkLinearization` of Core's `cluster_linearize.h`; "chunk" as in Delving Bitcoin, "Introduction to cluster
 * linearization"). Of equal ones the lower index goes first.
 */
export function linearize(cluster: Cluster): Chunk[] {
  const order = cluster.fees.length > MOST_TO_SEARCH ? orderOnce(cluster) : orderByAncestors(cluster);
  return chunksOf(order, cluster);
}

/** Whether `fee` for `weight` is a higher fee rate than the other. */
function paysMore(fee: number, weight: number, otherFee: number, otherWeight: number): boolean {
  return fee * otherWeight > otherFee * weight;
}

function orderByAncestors(cluster: Cluster): number[] {
  const { fees, weights } = cluster;
  const ancestors = listAncestors(cluster);
  const descendants: number[][] = fees.map(() => []);
  for (const [index, above] of ancestors.entries()) for (const other of above) descendants[other]?.push(index);
  const sum = (values: readonly number[], of: readonly number[]): number =>
    of.reduce((total, index) => total + (values[index] ?? 0), 0);
  const packageFees = ancestors.map((above) => sum(fees, above));
  const packageWeights = ancestors.map((above) => sum(weights, above));
  const waiting = new Set(fees.keys());
  const order: number[] = [];
  while (waiting.size > 0) {
    const best = bestOf(waiting, packageFees, packageWeights);
    for (const taken of ancestors[best] ?? []) {
      if (!waiting.delete(taken)) continue;
      order.push(taken);
      for (const below of descendants[taken] ?? []) {
        packageFees[below] = (packageFees[below] ?? 0) - (fees[taken] ?? 0);
        packageWeights[below] = (packageWeights[below] ?? 0) - (weights[taken] ?? 0);
      }
    }
  }
  return order;
}

function bestOf(waiting: ReadonlySet<number>, fees: readonly number[], weights: readonly number[]): number {
  let best = -1;
  for (const index of waiting) {
    if (best === -1 || paysMore(fees[index] ?? 0, weights[index] ?? 0, fees[best] ?? 0, weights[best] ?? 0))
      best = index;
  }
  return best;
}

/** Of each transaction its ancestors and itself, parents first. */
function listAncestors({ parents }: Cluster): number[][] {
  const found: number[][] = parents.map(() => []);
  for (const index of topologicalOrder(parents)) {
    const all = new Set((parents[index] ?? []).flatMap((parent) => found[parent] ?? []));
    found[index] = [...all, index];
  }
  return found;
}

function topologicalOrder(parents: Cluster["parents"]): number[] {
  const order = new Set<number>();
  for (const index of parents.keys()) takeWithAncestors(index, parents, order);
  return [...order];
}

/** Adds a transaction and before it the ancestors that are not in the order yet. Without recursion: chains may be long. */
function takeWithAncestors(first: number, parents: Cluster["parents"], order: Set<number>): void {
  const path = [{ index: first, next: 0 }];
  for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
    const parent = parents[step.index]?.[step.next];
    step.next += 1;
    if (parent === undefined) {
      order.add(step.index);
      path.pop();
    } else if (!order.has(parent)) path.push({ index: parent, next: 0 });
  }
}

/** By each transaction's own fee rate, each after its ancestors: for clusters too large to search. */
function orderOnce({ fees, weights, parents }: Cluster): number[] {
  const rate = (index: number): number => (fees[index] ?? 0) / (weights[index] ?? 1);
  const byRate = [...fees.keys()].toSorted((left, right) => rate(right) - rate(left) || left - right);
  const order = new Set<number>();
  for (const index of byRate) if (!order.has(index)) takeWithAncestors(index, parents, order);
  return [...order];
}

function chunksOf(order: readonly number[], { fees, weights }: Cluster): Chunk[] {
  const chunks: { members: number[]; fee: number; weight: number }[] = [];
  for (const index of order) {
    let last = { members: [index], fee: fees[index] ?? 0, weight: weights[index] ?? 0 };
    let before = chunks.at(-1);
    while (before !== undefined && paysMore(last.fee, last.weight, before.fee, before.weight)) {
      chunks.pop();
      last = {
        members: [...before.members, ...last.members],
        fee: before.fee + last.fee,
        weight: before.weight + last.weight,
      };
      before = chunks.at(-1);
    }
    chunks.push(last);
  }
  return chunks;
}
