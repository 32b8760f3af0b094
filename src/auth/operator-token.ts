import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { codeOf } from "#lib";
import { createPrivateFile } from "./private-file.ts";

const FILE = "operator.token";

/** Puts the operator's token into the data directory for scripts, as bitcoind does with its cookie. */
export function writeOperatorToken(dataDir: string, token: string): void {
  const path = join(dataDir, FILE);
  // Of a program that was killed.
  rmSync(path, { force: true });
  createPrivateFile(path, `${token}\n`);
}

/** With its program a token is worth nothing any more. The token of another program stays. */
export function removeOperatorToken(dataDir: string, token: string): void {
  const path = join(dataDir, FILE);
  if (readIfThere(path)?.trim() === token) rmSync(path, { force: true });
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
