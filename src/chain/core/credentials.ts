import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError, codeOf } from "#lib";
import type { CoreCredentials } from "./core-spec.ts";

/** What goes into the `authorization` header, and the cookie file that it came from, if one. */
export type Login = { readonly header: string; readonly cookie: string | undefined };

export async function readLogin(credentials: CoreCredentials): Promise<Login> {
  if (credentials.kind === "password") {
    return { header: basic(`${credentials.user}:${credentials.password}`), cookie: undefined };
  }
  for (const path of credentials.paths) {
    const text = (await findText(path)) ?? (await findText(join(path, ".cookie")));
    if (text !== undefined) return { header: basic(text.trim()), cookie: path };
  }
  throw unreadable(credentials.paths, "no such file");
}

function basic(userAndPassword: string): string {
  return `Basic ${Buffer.from(userAndPassword).toString("base64")}`;
}

async function findText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const code = codeOf(error);
    // A directory may be named instead of the file in it.
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return undefined;
    throw unreadable([path], code === "EACCES" ? "permission denied" : (code ?? "it cannot be read"), error);
  }
}

/** A node that starts writes its cookie, so trying later can help. */
function unreadable(paths: readonly string[], reason: string, cause?: unknown): AppError {
  const [first, ...rest] = paths;
  const others = rest.length === 0 ? "" : ` or in the folder of another network there`;
  const message = `Cannot log in with the node's cookie ${first}${others}: ${reason}. Name it by ?cookie=<file>, or use core:http://user:password@….`;
  return new AppError("CHAIN_RPC_COOKIE", message, { cause, retryable: true });
}
