import { AppError } from "#lib";

/** The place after which the next page begins, opaque to clients. */
function encodePageToken(place: number): string {
  return Buffer.from(`p${place}`).toString("base64url");
}

export function decodePageToken(token: string): number {
  const [, place] = /^p(\d{1,15})$/.exec(Buffer.from(token, "base64url").toString()) ?? [];
  if (place === undefined) throw new AppError("API_BAD_REQUEST", "pageToken is not one that this server gave out");
  return Number(place);
}

/** Of one row more than a page holds: the page, and the token of the next one, `null` where there is no more. */
export function pageOf<Row>(rows: readonly Row[], pageSize: number, placeOf: (row: Row) => number) {
  const page = rows.slice(0, pageSize);
  const last = rows.length > page.length ? page.at(-1) : undefined;
  return { page, nextPageToken: last === undefined ? null : encodePageToken(placeOf(last)) };
}

/** The same question for the next page. */
export function nextPageUrl(
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
  pageToken: string | null,
): string | null {
  if (pageToken === null) return null;
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
  parameters.set("pageToken", pageToken);
  return `${path}?${parameters.toString()}`;
}
