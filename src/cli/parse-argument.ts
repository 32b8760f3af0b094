import { InvalidArgumentError } from "commander";

/** An argument that is the height of a block. */
export function parseHeight(text: string): number {
  return wholeNumber(text, "A height");
}

/** An argument that is a number of something. */
export function parseNumber(text: string): number {
  return wholeNumber(text, "It");
}

/** An argument that is a number of something, of which there is one at least. */
export function parseCount(text: string): number {
  const count = wholeNumber(text, "It");
  if (count === 0) throw new InvalidArgumentError("It is 1 or more.");
  return count;
}

/** An argument that is a moment with its time zone, or the latest there is. */
export function parseMoment(text: string): Date | "latest" {
  if (text === "latest") return text;
  const whole = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const moment = new Date(text);
  if (whole && !Number.isNaN(moment.getTime())) return moment;
  throw new InvalidArgumentError("It is a moment such as 2031-01-14T14:02:10Z, or latest.");
}

/** An argument that is a SHA-256, hex. */
export function parseHash(text: string): string {
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new InvalidArgumentError("A hash is 64 hex digits.");
  return text.toLowerCase();
}

function wholeNumber(text: string, what: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError(`${what} is a whole number.`);
  return Number(text);
}
