import { findSimnetId, parseSourceSpec, type SimnetPlace } from "#chain";
import type { Config } from "#config";
import { stagedRecordOf } from "#ingest";
import { AppError } from "#lib";
import { findChain, getTip } from "#store";
import { chooseSource } from "../choose-source.ts";
import { mayHoldDatabase } from "../may-hold-database.ts";
import { openLog, openStore, type OpenStore } from "../open-store.ts";
import type { Terminal } from "../terminal.ts";

export type SimnetCommand = { readonly config: Config; readonly terminal: Terminal; readonly signal: AbortSignal };

export type SimnetChain = {
  readonly place: SimnetPlace;
  /** Of the newest stored block; `undefined` where no block of this chain is stored. */
  readonly tipHeight: number | undefined;
  /** How far a chain goes of which nothing is stored. */
  readonly historyBlocks: number;
  close(): Promise<void>;
};

/** The simulated chain that `--source` names, with what the database holds of it: what was staged, and its tip. */
export async function openSimnetChain({ config, terminal, signal }: SimnetCommand): Promise<SimnetChain> {
  const spec = parseSourceSpec(config.source);
  if (spec.kind !== "simnet") {
    throw new AppError("CLI_NOT_SIMULATED", "This is for a simulated network, e.g. --source simnet:1.");
  }
  const { dataDir, options } = await chooseSource(config, terminal, signal);
  const alone = { place: spec, tipHeight: undefined, historyBlocks: options.historyBlocks };
  const nothing = (why: string): SimnetChain => {
    terminal.line("Staged", `nothing: ${why}`);
    return { ...alone, close: async () => {} };
  };
  if (!mayHoldDatabase(config, dataDir)) return nothing(`there is no database in ${dataDir}`);
  const store = await openStore(config, dataDir, openLog(config, dataDir));
  try {
    const held = await findChain(store.db);
    if (held?.chainId === (await findSimnetId(spec))) return await withStore(alone, store);
    await store.close();
    return nothing(`the database holds ${held === undefined ? "no chain yet" : `another chain, ${held.chainId}`}`);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function withStore(alone: Omit<SimnetChain, "close">, { db, close }: OpenStore): Promise<SimnetChain> {
  const place = { ...alone.place, record: stagedRecordOf(db) };
  return { ...alone, place, tipHeight: (await getTip(db))?.height, close };
}
