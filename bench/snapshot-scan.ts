/**
 * A process of its own, so that its memory is its own: reads a UTXO snapshot into opening balances, as
 * `utxoiq snapshot import` does. Prints one JSON object.
 */
import type { LabelLookup } from "#features";
import { readOpeningBalances } from "#ingest";

export type SnapshotScan = {
  readonly coins: number;
  readonly total: number;
  readonly hash: string | null;
  /** Of the one entity that there is, to which all P2SH scripts belong. */
  readonly entitySats: number;
  /** Satoshis by script. */
  readonly large: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** Of all threads. */
  readonly cpuSeconds: number;
  readonly rssPeakMb: number;
};

const LABELS: LabelLookup = {
  version: 1,
  entities: [{ actor: "all of P2SH", kind: "other" }],
  entityOf: (bytes, start, end) => (end - start === 23 && bytes[start] === 0xa9 ? 0 : -1),
  poolByPayoutScript: () => undefined,
  poolByCoinbaseText: () => undefined,
};

async function main(path: string): Promise<void> {
  const started = performance.now();
  const balances = await readOpeningBalances({ path, labels: LABELS, signal: new AbortController().signal });
  if (balances === undefined) throw new Error("it was aborted by nobody");
  const seconds = (performance.now() - started) / 1_000;
  const { totals, entities, scripts } = balances;
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const figures: SnapshotScan = {
    coins: totals.coins,
    total: totals.total,
    hash: totals.hash,
    entitySats: entities[0]?.sats ?? 0,
    large: Object.fromEntries(scripts.map(({ script, sats }) => [Buffer.from(script).toString("hex"), sats])),
    seconds,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    rssPeakMb: (maxRSS * 1024) / 1e6,
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}

await main(process.argv[2] ?? "");
