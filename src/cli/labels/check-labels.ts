import {
  type LabelConflict,
  listActorsOfManyKinds,
  listActorsOfManySpellings,
  listLabelConflicts,
  listNamesByLabel,
  listOddNames,
} from "#store";
import { nameTarget } from "./list-labels.ts";
import { findVersion } from "./as-of.ts";
import { type NetworkStore, openNamedNetwork } from "../open-network-store.ts";
import type { StoreCommand } from "../store-command.ts";

/** `utxoiq labels check`: what a person should look at. Nothing of it is wrong by itself. */
export async function checkLabels(command: StoreCommand, flags: { readonly all?: boolean }): Promise<void> {
  const { write } = command;
  const store = await openNamedNetwork(command);
  try {
    const version = await findVersion(store, undefined);
    const conflicts = await listLabelConflicts(store.db, version);
    write(
      `Version ${version}: ${count(conflicts, "script or coinbase text is", "scripts or coinbase texts are")} claimed for several entities.`,
    );
    for (const line of describeConflicts(conflicts, flags.all === true)) write(line);
    await checkNames(store, version, write);
  } finally {
    await store.close();
  }
}

async function checkNames({ db }: NetworkStore, version: number, write: (text: string) => void): Promise<void> {
  const spelled = await listActorsOfManySpellings(db, version);
  write(`${count(spelled, "actor is", "actors are")} spelled in several ways, and taken for one each.`);
  for (const { actor, spellings } of spelled) {
    const others = spellings.filter((spelling) => spelling !== actor);
    write(`  ${actor}: ${others.join(", ")}`);
  }
  const actors = await listActorsOfManyKinds(db, version);
  write(`${count(actors, "actor is", "actors are")} several entities, which are kept apart.`);
  for (const { actor, kinds } of actors) {
    write(`  ${actor}: ${kinds.map(({ kind, labels }) => `${kind} (${labels})`).join(", ")}`);
  }
  const odd = await listOddNames(db, version);
  write(`${count(odd, "label text does", "label texts do")} not sound like their actor.`);
  for (const { actor, label, labels, file } of odd) write(`  ${actor}: "${label}" (${labels}, ${file})`);
  const named = await listNamesByLabel(db, version);
  write(`${count(named, "name is a label text", "names are label texts")}, because no actor was named.`);
  if (named.length > 0) write(`  ${named.join(", ")}`);
}

function count({ length }: readonly unknown[], one: string, many: string): string {
  return `${length} ${length === 1 ? one : many}`;
}

const EXAMPLES = 3;

/** Together what the same entities claim. */
function describeConflicts(conflicts: readonly LabelConflict[], all: boolean): string[] {
  return [...Map.groupBy(conflicts, nameClaims)].flatMap(([claims, group]) => {
    const shown = group.slice(0, all ? group.length : EXAMPLES).map((conflict) => `    ${nameTarget(conflict)}`);
    const more = group.length - shown.length;
    return [`  ${claims}: ${group.length}`, ...shown, ...(more > 0 ? [`    and ${more} more (--all lists them)`] : [])];
  });
}

function nameClaims({ claims }: LabelConflict): string {
  return claims.map(({ spelling, kind, file }) => `${spelling} (${kind}, ${file})`).join("; ");
}
