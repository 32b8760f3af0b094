import type { Label } from "#labels";
import { type Database, getLabelVersion, importLabels, streamLabels } from "#store";

/** Labels that no file has, and the name of the file that they are kept like. */
export type KnownLabels = { readonly file: string; readonly labels: readonly Label[] };

/** Keeps labels like those of a file, in place of what was kept under its name. Does nothing where they are there. */
export async function storeKnownLabels(db: Database, { file, labels }: KnownLabels): Promise<void> {
  // Looked at without the lock of an import, which another program may hold for minutes.
  if (isSame(labels, await listStored(db, file))) return;
  await importLabels(db, { files: [file], labels: each(labels) });
}

async function listStored(db: Database, file: string): Promise<readonly Label[]> {
  const found: Label[] = [];
  const filter = { version: await getLabelVersion(db), file };
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
