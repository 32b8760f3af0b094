import { InvalidArgumentError } from "commander";

/** An argument that is the height of a block. */
export function parseHeight(text: string): number {
  return wholeNumber(text, "A height");
}

/** An argument that is a number of something. */
export function parseNumber(text: string): number {
  return wholeNumber(text, "It");
}

function wholeNumber(text: string, what: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError(`${what} is a whole number.`);
  return Number(text);
}
