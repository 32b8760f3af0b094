import { invariant } from "./errors.ts";

/**
 * One text for one value: keys in order, no blanks, numbers as ECMAScript writes them (RFC 8785). What is undefined is
 * left out; a number that JSON does not know is refused.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === "number") {
    invariant(Number.isFinite(value), `${value} cannot be written as JSON`);
    return JSON.stringify(value);
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  // By UTF-16 code units, as the RFC wants it and `sort` does it.
  entries.sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonicalJson(one)}`).join(",")}}`;
}
