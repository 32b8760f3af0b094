import { checkLabelVersion, type Database, getLabelVersionAt } from "#store";

/**
 * The version of the labels that `asOf` names: by its number, or as the newest at a moment; `undefined` where it names
 * none.
 * @throws AppError STORE_LABEL_VERSION where there is no such version
 */
export async function findLabelVersion(db: Database, asOf: string | undefined): Promise<number | undefined> {
  if (asOf === undefined) return undefined;
  if (!/^\d{1,9}$/.test(asOf)) return getLabelVersionAt(db, new Date(asOf));
  const version = Number(asOf);
  await checkLabelVersion(db, version);
  return version;
}
