import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError, codeOf, messageOf } from "#lib";

type Tool = {
  readonly name: "pg_dump" | "pg_restore";
  readonly args: readonly string[];
  /** `postgres://…`, with its password. */
  readonly url: string;
  /** Of the moment: nobody else looks into it. */
  readonly workDir: string;
  readonly signal: AbortSignal;
};

/** Runs a client program of PostgreSQL on a database. The password is neither among its arguments nor in its environment. */
export async function runTool({ name, args, url, workDir, signal }: Tool): Promise<void> {
  const passwords = join(workDir, "passwords");
  const { address, password } = withoutPassword(url, passwords);
  if (password !== "") await writeFile(passwords, `*:*:*:*:${password}\n`, { mode: 0o600 });
  try {
    await run({ name, args: [...args, "--no-password", "--dbname", address], signal });
  } finally {
    await rm(passwords, { force: true });
  }
}

/** The file has a backslash before what has a meaning in it. */
function withoutPassword(text: string, passwords: string): { address: string; password: string } {
  const url = new URL(text);
  const password = decodeURIComponent(url.password).replaceAll(/[\\:]/g, String.raw`\$&`);
  url.password = "";
  if (password !== "") url.searchParams.set("passfile", passwords);
  return { address: url.href, password };
}

async function run({ name, args, signal }: Pick<Tool, "name" | "args" | "signal">): Promise<void> {
  const child = spawn(name, args, { stdio: ["ignore", "ignore", "pipe"], signal });
  let complaint = "";
  child.stderr.on("data", (bytes) => {
    complaint = `${complaint}${String(bytes)}`.slice(-4_000);
  });
  let status: unknown;
  try {
    [status] = await once(child, "close");
  } catch (error) {
    if (codeOf(error) === "ENOENT") throw notInstalled(name);
    signal.throwIfAborted();
    throw failed(name, messageOf(error));
  }
  if (status !== 0) throw failed(name, complaint.trim());
}

function notInstalled(name: string): AppError {
  const message = `${name} is not installed here. Install the client programs of PostgreSQL 18, or let who runs the database back it up: automatic backups with point-in-time recovery, as Cloud SQL, AlloyDB, RDS and others have.`;
  return new AppError("STORE_DUMP_TOOL", message);
}

function failed(name: string, complaint: string): AppError {
  return new AppError("STORE_DUMP_FAILED", `${name} failed: ${complaint}`);
}
