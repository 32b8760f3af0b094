import type { Network } from "#bitcoin";
import { BUILTIN_FILE, type Label, listBuiltinLabels } from "#labels";
import { sha256 } from "#lib";
import { type Database, findChain, getLabelVersion, importLabels, streamLabels } from "#store";

/**
 * Keeps the built-in labels as those of a file, so that they have versions and conflicts like any other: what this
 * program knows replaces what an earlier one did. Nothing changes where the database has them already, or belongs to
 * another network.
 */
export async function storeBuiltinLabels(db: Database, network: Network): Promise<void> {
  const chain = await findChain(db);
  if (chain !== undefined && chain.network !== network.name) return;
  const labels = listBuiltinLabels(network, sha256);
  // Looked at without the lock of an import, which another program may hold for minutes.
  if (isSame(labels, await listStored(db))) return;
  await importLabels(db, { files: [BUILTIN_FILE], labels: each(labels) });
}

async function listStored(db: Database): Promise<readonly Label[]> {
  const found: Label[] = [];
  const filter = { version: await getLabelVersion(db), file: BUILTIN_FILE };
  for await (const label of streamLabels(db, filter)) found.push(label);
  return found;
}

function isSame(known: readonly Label[], stored: readonly Label[]): boolean {
  const rows = new Set(stored.map(rowOf));
  return known.length === stored.length && known.every((label) => rows.has(rowOf(label)));
}

function rowOf({ script, tag, address, actor, kind, source, edited, confidence }: Label): string {
  return JSON.stringify([script === null ? tag : [...script], address, actor, kind, source, edited, confidence]);
}

async function* each(labels: readonly Label[]): AsyncGenerator<Label> {
  yield* labels;
}
