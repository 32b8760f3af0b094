import { describeSpec, openSource } from "#chain";
import { type Config, type Flags, readConfig } from "#config";
import { chainOf, ingestSet, openPrices } from "#ingest";
import { AppError } from "#lib";
import { claimChain, holdIngestLock } from "#store";
import { chooseSource } from "./choose-source.ts";
import { openPriceFile, tellOfPrices } from "./open-price-file.ts";
import { openLog, openStore } from "./open-store.ts";
import { describeHeights } from "./describe-heights.ts";
import { publicationOf } from "./publication-of.ts";
import type { Terminal } from "./terminal.ts";
import { addSettings } from "./add-command.ts";
import { PRICE_SETTINGS, STORE_SETTINGS } from "./settings-of-commands.ts";
import type { Complete } from "./store-command.ts";

export const complete: Complete = (command, { terminal, signal }) => {
  addSettings(command, [...STORE_SETTINGS, ...PRICE_SETTINGS]).action((flags: Flags) =>
    ingest(sourceRequired(readConfig(flags), flags), terminal(), signal),
  );
};

/** `utxoiq ingest`: reads a set of blocks once and stores features, signals and insights. */
export async function ingest(config: Config, terminal: Terminal, signal: AbortSignal): Promise<void> {
  const publication = publicationOf(config);
  const file = await openPriceFile(config, terminal);
  const { spec, dataDir, options } = await chooseSource(config, terminal, signal);
  if (spec.kind !== "dir" && spec.kind !== "core-files") throw notASet(describeSpec(spec));
  const source = await openSource(spec, options, signal);
  if (source.kind === "chain") throw notASet(source.description);
  const store = await openStore(config, dataDir, openLog(config, dataDir));
  try {
    const lock = await holdIngestLock(store.connection);
    try {
      await claimChain(store.db, chainOf(source));
      const onProgress = (progress: { done: number; total: number }): void => terminal.progress("Blocks", progress);
      const { db } = store;
      const prices =
        file && (await openPrices({ file, source, firstHeight: 0, db, signal, ...tellOfPrices(terminal) }));
      const result = await ingestSet({ source, db, prices, publication, signal, onProgress });
      const { stored, known, signals, insights, withoutSpent } = result;
      const before = known === 0 ? "" : `; ${blocks(known)} known before`;
      if (signal.aborted)
        terminal.line(
          "Stopped",
          `after ${blocks(stored + known + withoutSpent.length)} of ${source.size}; run it again to go on`,
        );
      terminal.line("Stored", `${blocks(stored)}, ${signals} signals, ${insights} insights in ${dataDir}${before}`);
      if (withoutSpent.length > 0) {
        const heights = describeHeights(withoutSpent);
        terminal.line("Left out", `${blocks(withoutSpent.length)} without a .spent file: ${heights}`);
      }
      if (stored + known === 0 && !signal.aborted) throw nothingStored();
    } finally {
      await lock.release();
    }
  } finally {
    await store.close();
    await source.close();
  }
}

function notASet(what: string): AppError {
  const message = `ingest reads blocks that need not connect (--source dir:<path>); utxoiq start follows ${what}`;
  return new AppError("CLI_NOT_A_SET", message);
}

function nothingStored(): AppError {
  const message =
    "nothing is stored: what a block spends is in its .spent file, the body of a node's GET /rest/spenttxouts/<hash>.bin; docs/guide/connecting-a-node.md has the commands";
  return new AppError("CLI_NOTHING_STORED", message);
}

function blocks(count: number): string {
  return `${count} ${count === 1 ? "block" : "blocks"}`;
}

/** Reading the default, a simulated network, as a set would help nobody. */
function sourceRequired(config: Config, flags: Flags): Config {
  if (flags.source !== undefined || !config.source.startsWith("simnet:")) return config;
  throw new AppError("CLI_SOURCE_MISSING", "which blocks? Name a directory with --source dir:<path>");
}
