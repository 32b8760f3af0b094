import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { codeOf } from "#lib";
import { instanceKeyError } from "./errors.ts";
import { createPrivateFile, isOpenToOthers } from "./private-file.ts";

const FILE = "instance.key";
const KEY = /^[0-9a-f]{64}$/;

/**
 * The key that signs cookies and one-time codes: 64 hex digits that were given, or those of `instance.key` in the data
 * directory, which is drawn at first start.
 * @throws AppError AUTH_INSTANCE_KEY where it is no key, or others may read the file
 */
export function openInstanceKey(dataDir: string, given: string | undefined): Uint8Array {
  if (given !== undefined) return parseKey(given, "UTXOIQ_INSTANCE_KEY");
  const path = join(dataDir, FILE);
  const text = readIfThere(path) ?? drawKeyFile(path);
  if (isOpenToOthers(path)) {
    throw instanceKeyError(
      `${path} can be read by others than its owner, who could sign in as operator; delete it, and a new one is drawn`,
    );
  }
  return parseKey(text.trim(), path);
}

function drawKeyFile(path: string): string {
  createPrivateFile(path, `${randomBytes(32).toString("hex")}\n`);
  // Of two that start at once one was first, and its key counts.
  return readFileSync(path, "utf8");
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function parseKey(text: string, where: string): Uint8Array {
  if (!KEY.test(text)) throw instanceKeyError(`${where} is no key: 64 hex digits are expected`);
  return Buffer.from(text, "hex");
}
