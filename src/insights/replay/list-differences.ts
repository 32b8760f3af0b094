/** One value that is not the same on two sides; `undefined` where a side has none. */
export type Difference = { readonly path: string; readonly published: unknown; readonly recomputed: unknown };

/**
 * Where two values as JSON knows them differ, field by field, in the order of the first. A field that is absent on one
 * side and `null` on the other is the same: earlier versions did not write it.
 */
export function listDifferences(published: unknown, recomputed: unknown, path = ""): Difference[] {
  if (Object.is(published, recomputed) || (isNothing(published) && isNothing(recomputed))) return [];
  if (!isContainer(published) || !isContainer(recomputed)) {
    return published === recomputed ? [] : [{ path, published, recomputed }];
  }
  const names = new Set([...Object.keys(published), ...Object.keys(recomputed)]);
  return [...names].flatMap((name) =>
    listDifferences(published[name], recomputed[name], path === "" ? name : `${path}.${name}`),
  );
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
