import { AddressError } from "#bitcoin";
import { LabelCompiler } from "#labels";
import type { StoredLabel } from "#store";
import { describeLabel } from "./list-labels.ts";
import { findVersion, readDay } from "./as-of.ts";
import { openNamedNetwork } from "../open-network-store.ts";
import type { StoreCommand } from "../store-command.ts";
import { findLabels, readAddress, unknownWho } from "./who.ts";

export type ShowFlags = { readonly asOf?: string; readonly validAt?: string };

/** `utxoiq labels show`: all that is known of an address or an actor. */
export async function showLabels(command: StoreCommand, who: string, flags: ShowFlags): Promise<void> {
  const validAt = readDay(flags.validAt);
  const store = await openNamedNetwork(command);
  try {
    const asked = readAddress(who, store.network);
    const script = asked instanceof Uint8Array ? asked : undefined;
    const version = await findVersion(store, flags.asOf);
    const known = await findLabels(store, {
      version,
      validAt,
      ...(script === undefined ? { actor: who } : { script }),
    });
    if (known.length === 0) throw unknownWho(who, asked instanceof AddressError ? asked.reason : undefined);
    if (script !== undefined) command.write(`${who} belongs to ${winnerOf(known, script)}`);
    for (const label of known) command.write(`${describeLabel(label)}, ${describeKnown(label)}`);
  } finally {
    await store.close();
  }
}

function describeKnown({ knownSince, versionFrom }: StoredLabel): string {
  return `known here since ${knownSince.toISOString().slice(0, 10)} (version ${versionFrom})`;
}

/** By the same rule as in the features of a block. */
function winnerOf(labels: readonly StoredLabel[], script: Uint8Array): string {
  const compiler = new LabelCompiler();
  for (const label of labels) compiler.add({ ...label, actor: label.name });
  const compiled = compiler.finish(0);
  const { entities } = compiled;
  const entity = entities[compiled.entityOf(script, 0, script.length)];
  const others = entities.length === 1 ? "" : `; ${entities.length} entities claim it`;
  return entity === undefined ? "nobody that is known" : `${entity.actor} (${entity.kind})${others}`;
}
