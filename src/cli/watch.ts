import { AddressError } from "#bitcoin";
import type { Command } from "commander";
import type { Flags } from "#config";
import type { EntityKind } from "#features";
import { AppError } from "#lib";
import { addWatch, listWatches, removeWatch, type Watch, type Watched } from "#store";
import { readKind } from "./labels/import-labels.ts";
import { type NetworkStore, openNetworkStore } from "./open-network-store.ts";
import { addCommand } from "./add-command.ts";
import { parseNumber } from "./parse-argument.ts";
import { STORE_SETTINGS } from "./settings-of-commands.ts";
import { type Complete, type StoreCommand, storeCommandOf } from "./store-command.ts";
import { findEntities, readAddress } from "./labels/who.ts";

export type WatchFlags = { readonly kind?: string; readonly note?: string };

export const complete: Complete = (watch, surroundings) => {
  const commandOf = storeCommandOf(surroundings);
  const add = (name: string, sentence: string): Command =>
    addCommand(watch, name, { sentence, settings: STORE_SETTINGS });
  add("add <who>", "watch an address, or an actor that labels name")
    .option("--kind <kind>", "the actor in this kind alone, where all its kinds would be watched, later ones too")
    .option("--note <text>", "why")
    .action((who: string, flags: Flags & WatchFlags) => addToWatch(commandOf(flags), who, flags));
  add("list", "print what is watched")
    .option("--json", "one JSON object a line")
    .action((flags: Flags & { json?: boolean }) => listWatched(commandOf(flags), { json: flags.json ?? false }));
  add("remove", "watch somebody no longer")
    .argument("<number>", "as watch list tells it", parseNumber)
    .action((number: number, flags: Flags) => removeFromWatch(commandOf(flags), number));
};

/** `utxoiq watch add`: an address, or an actor. Blocks that are read from then on keep their transfers. */
export async function addToWatch(command: StoreCommand, who: string, flags: WatchFlags): Promise<void> {
  const kind = readKind(flags.kind) ?? null;
  const store = await openNetworkStore(command);
  try {
    const watched = await findWatched(store, who, kind);
    const id = await addWatch(store.db, watched, flags.note ?? null);
    command.terminal.line("Watched", `${describe(watched)}, number ${id}, in blocks that are read from now on`);
  } finally {
    await store.close();
  }
}

async function findWatched(store: NetworkStore, who: string, kind: EntityKind | null): Promise<Watched> {
  const script = readAddress(who, store.network);
  if (!(script instanceof AddressError)) {
    if (kind === null) return { address: who, script };
    throw new AppError("CLI_UNKNOWN_KIND", `--kind chooses among the kinds of an actor; ${who} is an address`);
  }
  const entities = await findEntities(store, who, script.reason);
  return { actor: entities[0]?.actor ?? who, kind };
}

/** `utxoiq watch list`: what is watched, in the order in which it was added. */
export async function listWatched(command: StoreCommand, { json }: { readonly json: boolean }): Promise<void> {
  const store = await openNetworkStore(command);
  try {
    const watches = await listWatches(store.db);
    for (const watch of watches) command.write(json ? JSON.stringify(withoutScript(watch)) : tell(watch));
    if (watches.length === 0 && !json) command.terminal.line("Watched", "nothing; utxoiq watch add names somebody");
  } finally {
    await store.close();
  }
}

/** `utxoiq watch remove`: by the number that `watch list` tells. */
export async function removeFromWatch(command: StoreCommand, id: number): Promise<void> {
  const store = await openNetworkStore(command);
  try {
    if (!(await removeWatch(store.db, id))) {
      throw new AppError(
        "CLI_WATCH_UNKNOWN",
        `there is no watch with the number ${id}; utxoiq watch list tells which there are`,
      );
    }
    command.terminal.line("Removed", `number ${id}; transfers that were kept stay`);
  } finally {
    await store.close();
  }
}

function tell(watch: Watch): string {
  return `${String(watch.id).padStart(4)}  ${describe(watch.watched)}${watch.note === null ? "" : `  ${watch.note}`}`;
}

function describe(watched: Watched): string {
  return "actor" in watched ? `${watched.actor} (${watched.kind ?? "of all kinds"})` : watched.address;
}

function withoutScript({ id, watched, note, createdAt }: Watch) {
  const who =
    "actor" in watched ? { ...watched, address: null } : { actor: null, kind: null, address: watched.address };
  return { id, ...who, note, createdAt: createdAt.toISOString() };
}
