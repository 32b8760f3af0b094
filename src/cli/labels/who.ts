import { AddressError, type Network, scriptOfAddress } from "#bitcoin";
import { simulatedName } from "#chain";
import type { Entity } from "#features";
import { AppError, sha256 } from "#lib";
import { type LabelFilter, type StoredLabel, streamLabels } from "#store";
import { findVersion } from "./as-of.ts";
import type { NetworkStore } from "../open-network-store.ts";

/** The script of an address, or why the text is none: then it may be an actor. */
export function readAddress(text: string, network: Network): Uint8Array | AddressError {
  try {
    return scriptOfAddress(text, network, sha256);
  } catch (error) {
    if (error instanceof AddressError) return error;
    throw error;
  }
}

/** Labels of an actor or a script. */
export async function findLabels({ db }: NetworkStore, filter: LabelFilter): Promise<readonly StoredLabel[]> {
  const found: StoredLabel[] = [];
  for await (const label of streamLabels(db, filter)) found.push(label);
  return found;
}

/**
 * The entities of an actor, one a kind; on a simulated network also without the word that its names end in.
 * @throws AppError where no label names it
 */
export async function findEntities(store: NetworkStore, actor: string, reason?: string): Promise<readonly Entity[]> {
  const version = await findVersion(store, undefined);
  const said = await findLabels(store, { actor, version });
  const meant = said.length === 0 && store.network.simulated;
  const labels = meant ? await findLabels(store, { actor: simulatedName(actor), version }) : said;
  if (labels.length === 0) throw unknownWho(actor, reason);
  const entities = new Map(labels.map(({ name, kind }) => [kind, { actor: name, kind }]));
  return [...entities.values()];
}

export function unknownWho(who: string, reason?: string): AppError {
  const also = reason === undefined || !/\d/.test(who) ? "" : `; as an address: ${reason}`;
  return new AppError("CLI_LABEL_UNKNOWN", `no label is known of ${who}${also}`);
}
