import { AppError } from "#lib";

/** The last row of a page in the list's order; `rank` or `height` where that comes before its number. */
type Place = {
  readonly before: number;
  readonly rank?: string | undefined;
  readonly height?: number | undefined;
};

/** The place after which the next page begins, opaque to clients. */
function encodePageToken({ before, rank, height }: Place): string {
  const first = rank !== undefined ? `r${rank}` : height !== undefined ? `b${height}` : "";
  return Buffer.from(`p${before}${first}`).toString("base64url");
}

export function decodePageToken(token: string): number {
  const { before, rank, height } = decodePlace(token);
  if (rank !== undefined || height !== undefined) throw foreignToken();
  return before;
}

/** Of a list by the blocks that told, or of one by how well words are met. */
export function decodeInsightToken(token: string): Place {
  const place = decodePlace(token);
  if (place.rank === undefined && place.height === undefined) throw foreignToken();
  return place;
}

/** Of a list that is in an order of its own: how many rows were shown, of those up to which height. */
export function decodeSortedToken(token: string): { readonly skip: number; readonly top: number } {
  const { before: skip, rank, height: top } = decodePlace(token);
  if (rank !== undefined || top === undefined) throw foreignToken();
  return { skip, top };
}

/** Of labels: of which entity, and which of its labels. */
export function decodeLabelToken(token: string): { readonly entity: number; readonly id: number } {
  const { before: id, rank, height: entity } = decodePlace(token);
  if (rank !== undefined || entity === undefined) throw foreignToken();
  return { entity, id };
}

/** Of what lies in blocks: a height and, below it, room for as many as any block can hold. */
const PLACES = 100_000;

/** Above every block that the database can hold; a token that says more was made up. */
export const HIGHEST = 2 ** 31 - 1;

type PlaceInChain = { readonly height: number; readonly number: number };

export function encodePlaceInChain({ height, number }: PlaceInChain): number {
  return height * PLACES + number;
}

export function decodePlaceInChain(token: string): PlaceInChain {
  const place = decodePageToken(token);
  return { height: Math.min(Math.floor(place / PLACES), HIGHEST), number: place % PLACES };
}

function decodePlace(token: string): Place {
  const place = /^p(\d{1,15})(?:r(\d[\d.e-]{0,20})|b(\d{1,9}))?$/.exec(Buffer.from(token, "base64url").toString());
  const [, before, rank, height] = place ?? [];
  if (before === undefined || (rank !== undefined && !isRank(Number(rank)))) throw foreignToken();
  return { before: Number(before), rank, height: height === undefined ? undefined : Number(height) };
}

/** Words that are met again and again add up to more than 1. */
const MOST_RANK = 1e9;

/** What the database's ranking of words gives, and can read again as such. */
function isRank(rank: number): boolean {
  return rank === 0 || (rank >= 1e-30 && rank <= MOST_RANK);
}

function foreignToken(): AppError {
  return new AppError("API_BAD_REQUEST", "pageToken is not one that this server gave out");
}

/** Of one row more than a page holds: the page, and the token of the next one, `null` where there is no more. */
export function pageOf<Row>(rows: readonly Row[], pageSize: number, placeOf: (row: Row) => number | Place) {
  const page = rows.slice(0, pageSize);
  const last = rows.length > page.length ? page.at(-1) : undefined;
  if (last === undefined) return { page, nextPageToken: null };
  const place = placeOf(last);
  return { page, nextPageToken: encodePageToken(typeof place === "number" ? { before: place } : place) };
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
