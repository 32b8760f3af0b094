import { type LabelConflict, listActorsOfManyKinds, listLabelConflicts, listNamesByLabel, listOddNames } from "#store";
import { nameTarget } from "./list-labels.ts";
import { findVersion, type LabelCommand, openLabels, type OpenLabels } from "./open-labels.ts";

/** `utxoiq labels check`: what a person should look at. Nothing of it is wrong by itself. */
export async function checkLabels(command: LabelCommand, flags: { readonly all?: boolean }): Promise<void> {
  const { write } = command;
  const store = await openLabels(command);
  try {
    const version = await findVersion(store, undefined);
    const conflicts = await listLabelConflicts(store.db, version);
    write(`Version ${version}: ${conflicts.length} scripts or coinbase texts are claimed for several entities.`);
    for (const line of describeConflicts(conflicts, flags.all === true)) write(line);
    await checkNames(store, version, write);
  } finally {
    await store.close();
  }
}

async function checkNames({ db }: OpenLabels, version: number, write: (text: string) => void): Promise<void> {
  const actors = await listActorsOfManyKinds(db, version);
  write(`${actors.length} actors are several entities, which are kept apart.`);
  for (const { actor, kinds } of actors) {
    write(`  ${actor}: ${kinds.map(({ kind, labels }) => `${kind} (${labels})`).join(", ")}`);
  }
  const odd = await listOddNames(db, version);
  write(`${odd.length} label texts do not sound like their actor.`);
  for (const { actor, label, labels, file } of odd) write(`  ${actor}: "${label}" (${labels}, ${file})`);
  const named = await listNamesByLabel(db, version);
  write(`${named.length} names are label texts, because no actor was named.`);
  if (named.length > 0) write(`  ${named.join(", ")}`);
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
  return claims.map(({ actor, kind, file }) => `${actor} (${kind}, ${file})`).join("; ");
}
