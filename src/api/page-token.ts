import { AppError } from "#lib";

/** The place after which the next page begins, opaque to clients. */
export function encodePageToken(publishedEventId: number): string {
  return Buffer.from(`p${publishedEventId}`).toString("base64url");
}

export function decodePageToken(token: string): number {
  const [, id] = /^p(\d{1,15})$/.exec(Buffer.from(token, "base64url").toString()) ?? [];
  if (id === undefined) throw new AppError("API_BAD_REQUEST", "pageToken is not one that this server gave out");
  return Number(id);
}
