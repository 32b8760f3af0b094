import type { setup } from "#contract";
import { backfill, type Database, findChain, type Heartbeat, readHeartbeats, settings } from "#store";
import { isSilent } from "./measure-status.ts";

/** Which source is read and which was chosen, and how far reading is. */
export async function readSetup(db: Database): Promise<setup.SetupState> {
  const [chain, span, heartbeats, stored] = await Promise.all([
    findChain(db),
    backfill.findSpan(db),
    readHeartbeats(db),
    settings.readSettings(db),
  ]);
  const heartbeat = heartbeats.find(({ role }) => role === "ingest");
  const reading = heartbeat === undefined || isSilent(heartbeat) ? undefined : heartbeat.state;
  return {
    ingest: reading === undefined ? "silent" : "running",
    source: reading === undefined ? null : presentSource(reading),
    choice: reading?.sourceChoice ?? "unknown",
    chosen: presentChoice(stored),
    network: chain?.network ?? null,
    simulated: chain?.simulated ?? null,
    progress: {
      stored: span ?? null,
      blocksDone: reading?.backfill?.blocksDone ?? null,
      blocksTotal: reading?.backfill?.blocksTotal ?? null,
      blocksPerSecond: reading?.backfill?.blocksPerSecond ?? null,
      etaSeconds: reading?.backfill?.etaSeconds ?? null,
      blocksBehind: behind(reading?.tipHeight ?? null, span?.last),
    },
  };
}

function presentSource({ source, sourceDescription, sourceHealth, tipHeight }: Heartbeat["state"]) {
  return { name: source, description: sourceDescription, ...sourceHealth, tipHeight };
}

function presentChoice(stored: ReadonlyMap<string, settings.StoredSetting>): setup.SetupState["chosen"] {
  const [source, shown, blocks] = ["source", "sourceShown", "historyBlocks"].map((name) => stored.get(name));
  if (source === undefined || shown === undefined) return null;
  return {
    source: shown.value,
    historyBlocks: blocks === undefined ? null : Number(blocks.value),
    at: source.changedAt.toISOString(),
    by: source.changedBy,
  };
}

function behind(tipHeight: number | null, last = -1): number | null {
  return tipHeight === null ? null : Math.max(0, tipHeight - last);
}
