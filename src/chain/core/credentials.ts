import { readFile } from "node:fs/promises";
import { AppError, codeOf } from "#lib";
import type { CoreCredentials } from "./core-spec.ts";

/** What goes into the `authorization` header, and the cookie file that it came from, if one. */
export type Login = { readonly header: string; readonly cookie: string | undefined };

export async function readLogin(credentials: CoreCredentials): Promise<Login> {
  if (credentials.kind === "password") {
    return { header: basic(`${credentials.user}:${credentials.password}`), cookie: undefined };
  }
  for (const path of credentials.paths) {
    const text = await findText(path);
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
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw unreadable([path], code === "EACCES" ? "permission denied" : (code ?? "it cannot be read"), error);
  }
}

/** A node that starts writes its cookie, so trying later can help. */
function unreadable(paths: readonly string[], reason: string, cause?: unknown): AppError {
  const message = `Cannot log in at the node with its cookie ${paths.join(" or ")}: ${reason}. A running bitcoind writes this file; another one is named by ?cookie=<file>, and core:http://user:password@… does without.`;
  return new AppError("CHAIN_RPC_COOKIE", message, { cause, retryable: true });
}
