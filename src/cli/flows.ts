import type { Flags } from "#config";
import { AppError } from "#lib";
import { listFlows, type StoredFlow } from "#store";
import { describeFlow, jsonOfStoredFlow } from "./describe-flow.ts";
import { readKind } from "./labels/import-labels.ts";
import { AS_OF, findVersion } from "./labels/as-of.ts";
import { openStoredNetwork } from "./open-network-store.ts";
import { addSettings } from "./add-command.ts";
import { parseHeight } from "./parse-argument.ts";
import { STORE_SETTINGS } from "./settings-of-commands.ts";
import { type Complete, type StoreCommand, storeCommandOf } from "./store-command.ts";
import { findEntities } from "./labels/who.ts";

export type FlowFlags = HeightFlags & { readonly kind?: string; readonly asOf?: string };

export type HeightFlags = { readonly from?: number; readonly to?: number; readonly json?: boolean };

/** The largest height that the database can hold. */
const HIGHEST = 2 ** 31 - 1;

/** @throws AppError for a range that ends before it begins */
export function readHeights({ from = 0, to = HIGHEST }: HeightFlags): { fromHeight: number; toHeight: number } {
  if (from <= to) return { fromHeight: from, toHeight: Math.min(to, HIGHEST) };
  throw new AppError("CLI_BAD_RANGE", `--from ${from} lies above --to ${to}`);
}

export const complete: Complete = (command, surroundings) => {
  addSettings(command, STORE_SETTINGS)
    .argument("<actor>", "as labels name it")
    .option("--kind <kind>", "of this kind alone")
    .option("--from <height>", "from this block on", parseHeight)
    .option("--to <height>", "up to this block", parseHeight)
    .option(...AS_OF)
    .option("--json", "one JSON object a line")
    .action((actor: string, flags: Flags & FlowFlags) => flows(storeCommandOf(surroundings)(flags), actor, flags));
};

/** `utxoiq flows`: what an actor received and spent, block by block. */
export async function flows(command: StoreCommand, actor: string, flags: FlowFlags): Promise<void> {
  const kind = readKind(flags.kind);
  const heights = readHeights(flags);
  const store = await openStoredNetwork(command);
  try {
    const { asOf, json = false } = flags;
    const labelVersion = await findVersion(store, asOf);
    const flowsOf = (name: string): Promise<readonly StoredFlow[]> =>
      listFlows(store.db, { actor: name, ...heights, labelVersion, ...(kind && { kind }) });
    // An actor that labels do not name any more still has what was said by earlier ones.
    let stored = await flowsOf(actor);
    if (stored.length === 0) {
      const [meant] = await findEntities(store, actor);
      if (meant !== undefined && meant.actor !== actor) stored = await flowsOf(meant.actor);
    }
    for (const flow of stored) command.write(json ? JSON.stringify(jsonOfStoredFlow(flow)) : describeFlow(flow));
    if (stored.length > 0 || json) return;
    const by = asOf === undefined ? "" : ` as of label version ${labelVersion}`;
    command.terminal.line("Flows", `none of ${actor} in the stored blocks${by}`);
  } finally {
    await store.close();
  }
}
