import { AddressError, type Network, scriptOfAddress } from "#bitcoin";
import { type Label, LabelCompiler, listBuiltinLabels } from "#labels";
import { AppError, sha256 } from "#lib";
import { streamLabels } from "#store";
import { describeLabel } from "./list-labels.ts";
import { findVersion, type LabelCommand, openLabels, type OpenLabels } from "./open-labels.ts";

/** `utxoiq labels show`: all that is known of an address or an actor, built-in facts included. */
export async function showLabels(command: LabelCommand, who: string): Promise<void> {
  const store = await openLabels(command);
  try {
    const asked = readAddress(who, store.network);
    const script = asked instanceof Uint8Array ? asked : undefined;
    const known = await findLabels(store, script === undefined ? { actor: who } : { script });
    if (known.length === 0) throw asked instanceof AddressError ? unknown(who, asked.reason) : unknown(who);
    if (script !== undefined) command.write(`${who} belongs to ${winnerOf(known, script)}`);
    for (const label of known) command.write(describeLabel(label));
  } finally {
    await store.close();
  }
}

function readAddress(text: string, network: Network): Uint8Array | AddressError {
  try {
    return scriptOfAddress(text, network, sha256);
  } catch (error) {
    if (error instanceof AddressError) return error;
    throw error;
  }
}

type Asked = { readonly actor?: string; readonly script?: Uint8Array };

async function findLabels(store: OpenLabels, { actor, script }: Asked): Promise<readonly Label[]> {
  const isAsked = (label: Label): boolean =>
    script === undefined
      ? label.actor.toLowerCase() === actor?.toLowerCase()
      : label.script !== null && Buffer.compare(label.script, script) === 0;
  const found: Label[] = listBuiltinLabels(store.network, sha256).filter(isAsked);
  const version = await findVersion(store, undefined);
  for await (const label of streamLabels(store.db, { version, actor, script })) found.push(label);
  return found;
}

/** By the same rule as in the features of a block. */
function winnerOf(labels: readonly Label[], script: Uint8Array): string {
  const compiler = new LabelCompiler();
  for (const label of labels) compiler.add(label);
  const { entities, entityOf } = compiler.finish(0);
  const entity = entities[entityOf(script, 0, script.length)];
  const others = entities.length === 1 ? "" : `; ${entities.length} entities claim it`;
  return entity === undefined ? "nobody that is known" : `${entity.actor} (${entity.kind})${others}`;
}

function unknown(who: string, reason?: string): AppError {
  const also = reason === undefined || !/\d/.test(who) ? "" : `; as an address: ${reason}`;
  return new AppError("CLI_LABEL_UNKNOWN", `no label is known of ${who}${also}`);
}
