import { hostname, userInfo } from "node:os";
import { AppError, pause } from "#lib";
import { backfill, type Database } from "#store";
import { chooseSource } from "../choose-source.ts";
import { openStoredNetwork } from "../open-network-store.ts";
import { openPriceFile } from "../open-price-file.ts";
import { openLog, openStore } from "../open-store.ts";
import { publicationOf } from "../publication-of.ts";
import type { StoreCommand } from "../store-command.ts";
import type { Terminal } from "../terminal.ts";
import { describeJob } from "./list-backfills.ts";

export type RangeFlags = {
  readonly from?: number;
  readonly to?: number;
  readonly only?: backfill.BackfillPart;
};

/** `utxoiq backfill`: asks for it, reads along with whoever else does, and shows how far it is. */
export function runBackfill(command: StoreCommand, { from, to, only }: RangeFlags): Promise<void> {
  return readAlong(command, async (db) => {
    if (from === undefined) throw firstMissing();
    const request = { fromHeight: from, toHeight: to, only: only ?? null, askedBy: whoAsks() };
    return backfill.askJob(db, request, ON_THIS_MACHINE);
  });
}

type Change = { readonly id: number; readonly change: backfill.BackfillChange };

/** `utxoiq backfill pause|cancel|resume|retry`; what goes on is read along. */
export async function changeBackfill(command: StoreCommand, change: Change): Promise<void> {
  if (change.change === "resume" || change.change === "retry") {
    return readAlong(command, (db) => makeChange(db, change));
  }
  const store = await openStoredNetwork(command);
  try {
    command.terminal.line("Backfill", describeJob(await makeChange(store.db, change)));
  } finally {
    await store.close();
  }
}

function makeChange(db: Database, { id, change }: Change): Promise<backfill.BackfillJob> {
  return backfill.changeJob(db, { id, change, by: ON_THIS_MACHINE });
}

/** Whoever may run commands on the data directory is the operator. */
const ON_THIS_MACHINE = { role: "operator", personId: null, address: null, requestId: null } as const;

async function readAlong(command: StoreCommand, ask: (db: Database) => Promise<backfill.BackfillJob>): Promise<void> {
  const { config, terminal, signal } = command;
  const prices = await openPriceFile(config, terminal);
  const chosen = await chooseSource(config, terminal, signal);
  const logger = openLog(config, chosen.dataDir);
  const store = await openStore(config, chosen.dataDir, logger);
  const { db, connection } = store;
  try {
    const { id } = await ask(db);
    const { spec, options: sourceOptions } = chosen;
    const { workers, backfillRate: blocksPerSecond } = config;
    // What only lists or changes needs no roles, and loading them takes a third of its time.
    const { startBackfillRole } = await import("#roles");
    const role = await startBackfillRole({
      db,
      connection,
      logger,
      spec,
      sourceOptions,
      prices,
      publication: publicationOf(config),
      workers,
      blocksPerSecond,
    });
    try {
      await showUntilDone(command, db, id);
    } finally {
      await role.stop();
    }
  } finally {
    logger.flush();
    await store.close();
  }
}

const LOOK_EVERY_MS = 250;

const LABELS = { features: "Features", signals: "Signals" } as const;

async function showUntilDone({ terminal, signal }: StoreCommand, db: Database, id: number): Promise<void> {
  for (;;) {
    const job = await backfill.getJob(db, id);
    show(terminal, job);
    if (job.status === "failed") throw failed(job);
    if (job.status !== "queued" && job.status !== "running") return terminal.line("Backfill", describeJob(job));
    if (signal.aborted) {
      terminal.line("Backfill", describeJob(await makeChange(db, { id, change: "pause" })));
      return terminal.line("Paused", `utxoiq backfill resume ${id} goes on`);
    }
    await pause(LOOK_EVERY_MS, signal);
  }
}

function show(terminal: Terminal, { part, blocksDone, blocksTotal, blocksPerSecond }: backfill.BackfillJob): void {
  if (blocksTotal === null || blocksTotal === 0) return;
  const perSecond = blocksPerSecond === null ? {} : { perSecond: blocksPerSecond };
  terminal.progress(LABELS[part], { done: blocksDone, total: blocksTotal, ...perSecond });
}

function whoAsks(): string {
  return `${userInfo().username}@${hostname()}`;
}

function firstMissing(): AppError {
  return new AppError("CLI_BACKFILL_RANGE", "which blocks? Name the first with --from <height>");
}

function failed({ id, failure, parkedCount }: backfill.BackfillJob): AppError {
  const hint = parkedCount > 0 ? ` (utxoiq backfill retry ${id})` : "";
  return new AppError("CLI_BACKFILL_FAILED", `backfill ${id} failed: ${failure?.message ?? "nothing says why"}${hint}`);
}
