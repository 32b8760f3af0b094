import type { MempoolSnapshot } from "#bitcoin";
import { findSimnetId, type SimnetPlace } from "#chain";
import type { Config } from "#config";
import { AppError, pause } from "#lib";
import { type Database, findChain, findNewestSnapshot, readHeartbeats } from "#store";
import { mayHoldDatabase } from "../may-hold-database.ts";
import { openLog, openStore } from "../open-store.ts";
import type { Terminal } from "../terminal.ts";

export type StoredSnapshot = Omit<MempoolSnapshot, "nextBlockTxids">;

type Watching = {
  readonly config: Config;
  readonly dataDir: string;
  readonly place: SimnetPlace;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
};

const LOOK_AGAIN_MS = 500;

/** After so long without a heartbeat nobody follows it any more. */
const SILENCE_MS = 5_000;

/**
 * What waits on a simulated network: as it follows from how far the chain has come, that is what the program that
 * follows it stores of it. @throws AppError where nobody does
 */
export async function* watchSimulatedMempool(watching: Watching): AsyncGenerator<StoredSnapshot> {
  const { config, dataDir, place, terminal, signal } = watching;
  if (!mayHoldDatabase(config, dataDir)) throw notFollowed(`there is nothing in ${dataDir}`);
  const store = await openStore(config, dataDir, openLog(config, dataDir));
  try {
    const [held, chainId] = [await findChain(store.db), await findSimnetId(place)];
    if (held !== undefined && held.chainId !== chainId) {
      throw notFollowed(`the database is of another chain, ${held.chainId}`);
    }
    let shownTime: number | undefined;
    let told = "";
    while (!signal.aborted) {
      const waitsFor = await findReason(store.db);
      if (waitsFor !== undefined && waitsFor !== told) terminal.line("Waiting", waitsFor);
      told = waitsFor ?? "";
      const newest = waitsFor === undefined ? await findNewestSnapshot(store.db) : undefined;
      if (newest !== undefined && newest.time !== shownTime) yield newest;
      shownTime = newest?.time ?? shownTime;
      await pause(LOOK_AGAIN_MS, signal);
    }
  } finally {
    await store.close();
  }
}

/** Why nothing can be seen yet; `undefined` where it can. */
async function findReason(db: Database): Promise<string | undefined> {
  const beat = (await readHeartbeats(db)).find(({ role }) => role === "ingest");
  if (beat === undefined || Date.now() - beat.at.getTime() > SILENCE_MS) throw notFollowed("ingest is not running");
  const { backfill, mempool } = beat.state;
  if (backfill !== null && backfill.blocksDone < backfill.blocksTotal)
    return "for the end of the history, which is read";
  return mempool === null ? "for the first look at what waits" : undefined;
}

function notFollowed(why: string): AppError {
  const message = `What waits on a simulated network is seen where it is followed, and ${why}; utxoiq start follows it.`;
  return new AppError("CLI_NO_MEMPOOL", message);
}
