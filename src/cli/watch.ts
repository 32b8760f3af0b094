import { AddressError } from "#bitcoin";
import { AppError } from "#lib";
import { addWatch, listWatches, removeWatch, type Watch, type Watched } from "#store";
import { type LabelCommand, openLabels, type OpenLabels } from "./labels/open-labels.ts";
import { findEntities, readAddress } from "./labels/who.ts";

/** `utxoiq watch add`: an address, or all entities of an actor. Blocks that are read from then on keep their transfers. */
export async function addToWatch(command: LabelCommand, who: string, note: string | undefined): Promise<void> {
  const store = await openLabels(command);
  try {
    for (const watched of await findWatched(store, who)) {
      const id = await addWatch(store.db, watched, note ?? null);
      command.terminal.line("Watched", `${describe(watched)}, number ${id}, in blocks that are read from now on`);
    }
  } finally {
    await store.close();
  }
}

async function findWatched(store: OpenLabels, who: string): Promise<readonly Watched[]> {
  const script = readAddress(who, store.network);
  if (!(script instanceof AddressError)) return [{ address: who, script }];
  return (await findEntities(store, who, script.reason)).map((entity) => ({ entity }));
}

/** `utxoiq watch list`: what is watched, in the order in which it was added. */
export async function listWatched(command: LabelCommand, { json }: { readonly json: boolean }): Promise<void> {
  const store = await openLabels(command);
  try {
    const watches = await listWatches(store.db);
    for (const watch of watches) command.write(json ? JSON.stringify(withoutScript(watch)) : tell(watch));
    if (watches.length === 0 && !json) command.terminal.line("Watched", "nothing; utxoiq watch add names somebody");
  } finally {
    await store.close();
  }
}

/** `utxoiq watch remove`: by the number that `watch list` tells. */
export async function removeFromWatch(command: LabelCommand, id: number): Promise<void> {
  const store = await openLabels(command);
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
  return "entity" in watched ? `${watched.entity.actor} (${watched.entity.kind})` : watched.address;
}

function withoutScript({ id, watched, note, createdAt }: Watch) {
  const who =
    "entity" in watched ? { ...watched.entity, address: null } : { actor: null, kind: null, address: watched.address };
  return { id, ...who, note, createdAt: createdAt.toISOString() };
}
