/** The table of .dependency-cruiser.mjs, which is JavaScript and has no types of its own. */
export type ImportTable = {
  readonly rooms: Readonly<Record<string, readonly string[]>>;
  readonly pureRooms: readonly string[];
};

export async function readImportTable(): Promise<ImportTable> {
  const config: unknown = await import(new URL("../../.dependency-cruiser.mjs", import.meta.url).href);
  return config as ImportTable;
}
