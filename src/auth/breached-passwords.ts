import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, read, readSync } from "node:fs";
import { promisify } from "node:util";
import { messageOf } from "#lib";
import { breachedListError } from "./errors.ts";

const readAt = promisify(read);

/** A hash, a colon, how often it was seen, and the end of the line. */
const MOST_OF_A_LINE = 64;
const LINE = /^([0-9A-F]{40})(?::\d+)?\r?(?:\n|$)/i;

/** Passwords that were found in what others have lost, as a file of their SHA-1, one a line, in order. */
export type BreachedPasswords = { readonly has: (password: string) => Promise<boolean>; readonly close: () => void };

/**
 * Opens such a file, as Have I Been Pwned gives it ("ordered by hash"); it stays where it is and may have tens of
 * gigabytes, of which some lines are read for each new password.
 * @throws AppError AUTH_BREACHED_LIST where it cannot be read or is none
 */
export function openBreachedPasswords(path: string): BreachedPasswords {
  const file = openFile(path);
  const size = fstatSync(file).size;
  const start = Buffer.alloc(MOST_OF_A_LINE);
  const length = readSync(file, start, 0, start.length, 0);
  if (!LINE.test(start.toString("latin1", 0, length)))
    throw breachedListError(`${path} does not begin with a SHA-1 in hexadecimal digits`);
  refuseDisorder(file, size, path);
  return {
    has: async (password) => {
      const wanted = createHash("sha1").update(password).digest("hex").toUpperCase();
      let [low, high] = [0, size];
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        const found = await hashFrom(file, middle);
        if (found === undefined || found >= wanted) high = middle;
        else low = middle + 1;
      }
      return (await hashFrom(file, low)) === wanted;
    },
    close: () => closeSync(file),
  };
}

/** Looked at in so many places: a list in another order would find next to nothing. */
const PLACES = 64;

function refuseDisorder(file: number, size: number, path: string): void {
  const piece = Buffer.alloc(2 * MOST_OF_A_LINE);
  let before = "";
  for (let place = 0; place < PLACES; place += 1) {
    const offset = Math.floor((size * place) / PLACES);
    const read = readSync(file, piece, 0, piece.length, offset);
    const text = piece.toString("latin1", 0, read);
    const hash = LINE.exec(offset === 0 ? text : text.slice(text.indexOf("\n") + 1))?.[1]?.toUpperCase() ?? before;
    if (hash < before) throw breachedListError(`${path} is not in the order of its hashes`);
    before = hash;
  }
}

/** The hash of the first line that begins there or later; `undefined` where none does. */
async function hashFrom(file: number, offset: number): Promise<string | undefined> {
  // The byte before tells whether a line begins right there.
  const from = Math.max(0, offset - 1);
  const { buffer, bytesRead } = await readAt(file, Buffer.alloc(2 * MOST_OF_A_LINE), 0, 2 * MOST_OF_A_LINE, from);
  const text = buffer.toString("latin1", 0, bytesRead);
  const begin = offset === 0 ? 0 : text.indexOf("\n") + 1;
  if (offset > 0 && begin === 0) return undefined;
  return LINE.exec(text.slice(begin))?.[1]?.toUpperCase();
}

function openFile(path: string): number {
  try {
    return openSync(path, "r");
  } catch (error) {
    throw breachedListError(`${path} cannot be read: ${messageOf(error)}`);
  }
}
