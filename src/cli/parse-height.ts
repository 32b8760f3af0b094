import { InvalidArgumentError } from "commander";

/** An argument that is a number of something. */
export function parseNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It is a whole number.");
  return Number(text);
}

/** An argument that is the height of a block. */
export function parseHeight(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("A height is a whole number.");
  return Number(text);
}
