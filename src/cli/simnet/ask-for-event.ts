import type { Config } from "#config";
import { AppError } from "#lib";
import { commands } from "#store";
import { chooseSource } from "../choose-source.ts";
import { mayHoldDatabase } from "../may-hold-database.ts";
import { openLog, openStore } from "../open-store.ts";
import type { Terminal } from "../terminal.ts";

export type EventFlags = { readonly entity?: string; readonly size?: number; readonly lasts?: number };

type Asking = { readonly config: Config; readonly terminal: Terminal; readonly signal: AbortSignal };

/** `utxoiq simnet event`: asks the program that runs, through its database. */
export async function askForEvent(
  { config, terminal, signal }: Asking,
  kind: string,
  flags: EventFlags,
): Promise<void> {
  const { dataDir } = await chooseSource(config, terminal, signal);
  if (!mayHoldDatabase(config, dataDir)) throw nothingThere(dataDir);
  const store = await openStore(config, dataDir, openLog(config, dataDir));
  try {
    const { entity, size, lasts: blocks } = flags;
    const request = { kind, entity, size, blocks };
    const question = { kind: "simnet.event", arguments: request, actor: "command line" } as const;
    terminal.line("Staged", describe(await commands.askCommand(store.db, question, signal)));
  } finally {
    await store.close();
  }
}

function nothingThere(dataDir: string): AppError {
  return new AppError("CLI_NOT_RUNNING", `ingest is not running: there is nothing in ${dataDir}.`);
}

type Staged = commands.CommandTypes["simnet.event"]["result"];

/** What was not said is drawn, and not known before it happens. */
function describe({ kind, entity, size, unit, blocks, fromHeight }: Staged): string {
  const parts = [
    // Who is named is marked already.
    entity === null ? `${kind} (simulated)` : kind,
    ...(entity === null ? [] : [entity]),
    ...(size === null ? [] : [unit === "BTC" ? `${size.toLocaleString("en")} BTC` : `${size} times the usual`]),
    ...(blocks === null ? [] : [`over ${blocks} ${blocks === 1 ? "block" : "blocks"}`]),
    `from block ${fromHeight} on`,
  ];
  return parts.join(", ");
}
