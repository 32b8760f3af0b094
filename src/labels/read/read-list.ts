import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { unreadable } from "../errors.ts";
import type { Claim } from "./claim.ts";

/** Addresses alone, one a line; empty lines and what begins with # say nothing. Whose they are is said beside. */
export async function* readList(path: string): AsyncGenerator<Claim> {
  let line = 0;
  try {
    for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      line += 1;
      const address = text.trim();
      if (address !== "" && !address.startsWith("#")) yield { file: path, line, address };
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}
