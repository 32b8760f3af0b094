import { createHash } from "node:crypto";
import { chmodSync, lstatSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { codeOf } from "#lib";
import { embeddedServerError } from "../errors.ts";
import { type Account, giveTo } from "./server-account.ts";

/** `sun_path` has 104 bytes on macOS and 108 on Linux; the name of the socket itself and a zero need 15 of them. */
const LONGEST_DIRECTORY = 104 - 15;

/**
 * A directory that its owner alone can enter: whoever reaches the socket is let in without a password.
 * A path that is too long for a socket is replaced by a short one among the system's temporary files.
 */
export function prepareSocketDirectory(wanted: string, account: Account | undefined): string {
  const directory = Buffer.byteLength(wanted) <= LONGEST_DIRECTORY ? wanted : shortDirectory(wanted);
  if (createClosed(directory)) giveTo(account, directory);
  else if (directory === wanted) giveTo(account, directory);
  const stat = lstatSync(directory);
  const owner = account?.uid ?? process.getuid?.();
  if (!stat.isDirectory() || stat.uid !== owner) {
    throw embeddedServerError(`The socket directory ${directory} belongs to somebody else; remove it.`);
  }
  chmodSync(directory, 0o700);
  return directory;
}

function shortDirectory(wanted: string): string {
  return join(tmpdir(), `utxoiq-${createHash("sha256").update(wanted).digest("hex").slice(0, 12)}`);
}

function createClosed(directory: string): boolean {
  try {
    mkdirSync(directory, { mode: 0o700 });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}
