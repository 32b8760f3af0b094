/**
 * A process of its own, so that its memory is its own: reads the files of a data directory from the first block to the
 * tip and sums what is in them. Prints one JSON object.
 */
import { type BlockVisitor, NETWORKS, scanBlock } from "#bitcoin";
import { type ChainBlock, openSource, type SourceOptions } from "#chain";
import { extractFeatures, type FeatureContext, type LabelLookup } from "#features";
import { sha256 } from "#lib";

export type CoreFilesScan = {
  readonly blocks: number;
  readonly transactions: number;
  readonly outputs: number;
  readonly coins: number;
  readonly fees: number;
  readonly blockBytes: number;
  /** From opening to the tip, the index of all files included. */
  readonly seconds: number;
  /** Of which the index took. */
  readonly indexSeconds: number;
  /** Of all threads. */
  readonly cpuSeconds: number;
  readonly rssPeakMb: number;
};

/** The whole chain; the rest concerns other sources. */
const OPTIONS: SourceOptions = {
  historyBlocks: Number.MAX_SAFE_INTEGER,
  finality: 100,
  network: "regtest",
  pace: 1,
  requestsPerSecond: 1,
  allowBackfill: false,
  snapshotDir: "",
};

const NO_LABELS: LabelLookup = {
  version: 0,
  entities: [],
  entityOf: () => -1,
  poolByPayoutScript: () => undefined,
  poolByCoinbaseText: () => undefined,
};

type Sums = { blocks: number; transactions: number; outputs: number; coins: number; fees: number; blockBytes: number };

async function scanAll(folder: string, take: (block: ChainBlock) => void): Promise<number> {
  const started = performance.now();
  const source = await openSource({ kind: "core-files", path: folder }, OPTIONS);
  if (source.kind !== "chain") throw new Error(`${folder} does not hold a chain`);
  const indexed = performance.now();
  const tip = await source.tipHeight();
  const stop = new AbortController();
  for await (const event of source.follow([], stop.signal)) {
    if (event.type === "disconnect") throw new Error("the chain was reorganised");
    take(event.block);
    if (event.block.height === tip) stop.abort();
  }
  await source.close();
  return (indexed - started) / 1_000;
}

function summing(sums: Sums): (block: ChainBlock) => void {
  const visitor: BlockVisitor = {
    spent: () => {
      sums.coins += 1;
    },
    output: () => {
      sums.outputs += 1;
    },
    transaction: ({ index, totalIn, totalOut }) => {
      sums.transactions += 1;
      if (index > 0) sums.fees += totalIn - totalOut;
    },
  };
  return ({ bytes, spent }) => {
    scanBlock(bytes, spent, visitor);
    sums.blocks += 1;
    sums.blockBytes += bytes.length;
  };
}

/** `heights`: those of the real blocks that the files repeat; their subsidies and coin ages hang on them. */
function extracting(sums: Sums, heights: readonly number[]): (block: ChainBlock) => void {
  const context: FeatureContext = { network: NETWORKS.mainnet, labels: NO_LABELS, sha256 };
  return ({ bytes, spent }) => {
    const height = heights[sums.blocks % heights.length] ?? 0;
    const { features } = extractFeatures({ height, block: bytes, spent }, context);
    sums.blocks += 1;
    sums.blockBytes += bytes.length;
    sums.transactions += features.txs;
    sums.fees += features.totalfee ?? Number.NaN;
  };
}

async function main(folder: string, heights: readonly number[]): Promise<void> {
  const sums: Sums = { blocks: 0, transactions: 0, outputs: 0, coins: 0, fees: 0, blockBytes: 0 };
  const take = heights.length > 0 ? extracting(sums, heights) : summing(sums);
  const started = performance.now();
  const indexSeconds = await scanAll(folder, take);
  const seconds = (performance.now() - started) / 1_000;
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const figures: CoreFilesScan = {
    ...sums,
    seconds,
    indexSeconds,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    rssPeakMb: (maxRSS * 1024) / 1e6,
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}

const [folder = "", ...heights] = process.argv.slice(2);
await main(folder, heights.map(Number));
