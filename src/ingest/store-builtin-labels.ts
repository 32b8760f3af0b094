import type { Network } from "#bitcoin";
import { BUILTIN_FILE, listBuiltinLabels } from "#labels";
import { sha256 } from "#lib";
import { type Database, findChain } from "#store";
import { storeKnownLabels } from "./store-known-labels.ts";

/**
 * Keeps the built-in labels as those of a file, so that they have versions and conflicts like any other: what this
 * program knows replaces what an earlier one did. Nothing changes where the database has them already, or belongs to
 * another network.
 */
export async function storeBuiltinLabels(db: Database, network: Network): Promise<void> {
  const chain = await findChain(db);
  if (chain !== undefined && chain.network !== network.name) return;
  await storeKnownLabels(db, { file: BUILTIN_FILE, labels: listBuiltinLabels(network, sha256) });
}
