/** The log of changes is cut in files of so many bytes; `initdb` chooses that where nothing is said. */
export const SEGMENT_BYTES = 16 * 2 ** 20;

const SEGMENTS_PER_NUMBER = 2 ** 32 / SEGMENT_BYTES;

/** A file of the log. `timeline` says which history it is of: each restored database begins one. */
export type Segment = { readonly timeline: number; readonly index: number };

/** A place in the log as the server writes it, `16/B374D848`, in bytes. */
export function parsePlace(lsn: string): number {
  const [high = "", low = ""] = lsn.split("/");
  return Number.parseInt(high, 16) * 2 ** 32 + Number.parseInt(low, 16);
}

/** The other way round. */
export function formatPlace(bytes: number): string {
  return `${Math.floor(bytes / 2 ** 32).toString(16)}/${(bytes % 2 ** 32).toString(16)}`.toUpperCase();
}

/** As the server names it: 24 hex digits. */
export function nameOfSegment({ timeline, index }: Segment): string {
  const parts = [timeline, Math.floor(index / SEGMENTS_PER_NUMBER), index % SEGMENTS_PER_NUMBER];
  return parts
    .map((part) => part.toString(16).padStart(8, "0"))
    .join("")
    .toUpperCase();
}

/** `undefined` for what is no name of a segment. */
export function parseSegment(name: string): Segment | undefined {
  if (!/^[0-9A-F]{24}$/.test(name)) return undefined;
  const part = (from: number): number => Number.parseInt(name.slice(from, from + 8), 16);
  return { timeline: part(0), index: part(8) * SEGMENTS_PER_NUMBER + part(16) };
}
